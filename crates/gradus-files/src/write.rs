//! A file is written whole or not at all.

use crate::error::FileError;
use crate::target::{Target, target};
use crate::temporary::{Temporary, folder, sweep};
use std::fs::{File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes a file whole or not at all.
///
/// As [`write_with`], with bytes that are there already.
///
/// # Errors
///
/// As [`write_with`].
///
/// # Examples
///
/// ```
/// use gradus_files::write;
///
/// let path = std::env::temp_dir().join("gradus-files-write.txt");
/// write(&path, "one")?;
/// write(&path, "two")?;
/// assert_eq!(std::fs::read(&path)?, b"two");
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write(path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> Result<(), FileError> {
    write_with(path, |file| file.write_all(content.as_ref()))
}

/// Writes a file whole or not at all, with a closure that makes its bytes one after another.
///
/// At every moment, also after a crash or a power failure, a reader finds the old file or the new one, whole. The
/// bytes go to a temporary file in the same folder; it is flushed to the disk, gets the name of the file, and the
/// folder is flushed.
///
/// - Where `path` is a symbolic link, the file at its end is written, and the link remains.
/// - The mode of the old file is kept, and where it is allowed the owner. (Other hard links to the old file keep the
///   old content.)
/// - A file that is read-only for this process is not replaced.
/// - A device or a pipe is written directly: it cannot be replaced.
/// - What killed writes have left in the folder is removed. A temporary file that another process or thread is
///   writing is left alone.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a file has the content of the last write that succeeded, and the folder holds no other file | `a_file_is_the_last_whole_write` |
/// | readers and other writers see whole contents only | `readers_see_whole_files_while_others_write` |
///
/// # Errors
///
/// [`FileError::Folder`] if the folder takes no new file; [`FileError::Write`] if a byte cannot be written, or with the
/// error that `content` returns. What was there before is unchanged, and nothing is left beside it. Only after
/// [`FileError::Flush`] the new file is there.
///
/// # Examples
///
/// ```
/// use gradus_files::write_with;
/// use std::io::{self, Write};
///
/// let path = std::env::temp_dir().join("gradus-files-write-with.txt");
/// write_with(&path, |file| (1..=3).try_for_each(|n| writeln!(file, "{n}")))?;
/// assert_eq!(std::fs::read(&path)?, b"1\n2\n3\n");
///
/// // The second attempt fails half way: the file has not changed.
/// let failed = write_with(&path, |file| {
///     file.write_all(b"4\n")?;
///     Err(io::ErrorKind::TimedOut.into())
/// });
/// assert!(failed.is_err());
/// assert_eq!(std::fs::read(&path)?, b"1\n2\n3\n");
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// T. S. Pillai et al., *All file systems are not created equal: on the complexity of crafting crash-consistent
/// applications*, OSDI (2014), §2 and §4: why the file is flushed before it is renamed, and the folder after.
pub fn write_with(
    path: impl AsRef<Path>,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    let path = path.as_ref();
    let failed = |error: io::Error| FileError::Write {
        path: path.into(),
        kind: error.kind(),
    };
    let (place, old) = match target(path).map_err(failed)? {
        Target::Stream(place) => {
            let file = File::options().write(true).open(place).map_err(failed)?;
            return fill(&file, content).map_err(failed);
        }
        Target::File(place, old) => (place, old),
    };
    let folder = folder(&place);
    sweep(folder);
    let temporary = Temporary::beside(&place, old.as_ref()).map_err(|error| FileError::Folder {
        path: folder.into(),
        kind: error.kind(),
    })?;
    let write = || {
        fill(temporary.file(), content)?;
        adopt(temporary.file(), old.as_ref())?;
        temporary.file().sync_all()?;
        temporary.rename(&place)
    };
    write().map_err(failed)?;
    flush(folder).map_err(|error| FileError::Flush {
        path: path.into(),
        kind: error.kind(),
    })
}

/// Writes the content to an open file.
fn fill(file: &File, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut buffered = BufWriter::new(file);
    content(&mut buffered)?;
    buffered.flush()
}

/// Gives the file the owner, if that is allowed, and the mode of the old one.
#[cfg(unix)]
fn adopt(file: &File, old: Option<&Metadata>) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Some(old) = old else { return Ok(()) };
    let new = file.metadata()?;
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        // Only the administrator may give files away; any other user owns the new file.
        let _ = fchown(file, Some(old.uid()), Some(old.gid()));
    }
    // After the owner, because a change of owner clears bits of the mode.
    file.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn adopt(file: &File, old: Option<&Metadata>) -> io::Result<()> {
    old.map_or(Ok(()), |old| file.set_permissions(old.permissions()))
}

/// Writes the names in a folder to the disk.
#[cfg(unix)]
fn flush(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some file systems keep names safe by themselves and do not know the question; and a folder may be writable
        // but not readable.
        Err(error) if UNKNOWN.contains(&error.kind()) => Ok(()),
        other => other,
    }
}

#[cfg(not(unix))]
fn flush(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
const UNKNOWN: [io::ErrorKind; 3] = [
    io::ErrorKind::InvalidInput,
    io::ErrorKind::Unsupported,
    io::ErrorKind::PermissionDenied,
];
