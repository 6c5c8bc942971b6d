//! Where a file is really written.

use std::fs::{self, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// What stands at a path before it is written.
pub(crate) enum Target {
    /// A file, or nothing, at the end of all links: it can be replaced.
    File(PathBuf, Option<Metadata>),
    /// A pipe, a terminal, a device: bytes go there one after another, and replacing it would break it.
    Stream(PathBuf),
}

/// Follows symbolic links and looks at what is there.
///
/// A file that may not be written is refused here: replacing needs rights in the folder alone, and would go around a
/// mode that says read-only.
pub(crate) fn target(path: &Path) -> io::Result<Target> {
    let path = follow(path)?;
    if path.file_name().is_none() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let metadata = match fs::metadata(&path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(Target::File(path, None));
        }
        Err(error) => return Err(error),
    };
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Ok(Target::Stream(path));
    }
    OpenOptions::new().write(true).open(&path)?;
    Ok(Target::File(path, Some(metadata)))
}

/// The path at the end of all symbolic links, which need not exist.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..LINKS {
        match fs::read_link(&path) {
            // A relative link starts in the folder of the link; joining an absolute one forgets the folder.
            Ok(next) => path = path.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(path), // not a link
        }
    }
    Err(io::ErrorKind::InvalidInput.into())
}

/// Links that are followed before a circle is assumed: as many as Linux follows.
const LINKS: usize = 40;
