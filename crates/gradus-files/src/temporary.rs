//! Temporary files that a dead writer cannot leave for good.
//!
//! A writer holds the lock of its temporary file. The operating system releases it when the process ends, however it
//! ends, so a temporary file that can be locked has no writer any more and may be removed.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A locked file with a name of its own, removed when it is dropped.
pub(crate) struct Temporary {
    file: File,
    path: PathBuf,
    renamed: bool,
}

impl Temporary {
    /// Makes a file in the folder of `target`, readable by no more people than `old` is.
    pub(crate) fn beside(target: &Path, old: Option<&Metadata>) -> io::Result<Self> {
        let folder = folder(target);
        loop {
            // The target's name is no part: it may be as long as the file system allows.
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!("{START}{}-{number}{END}", std::process::id());
            let path = folder.join(name);
            let file = match create(&path, old) {
                // A process with the same number was killed here, or writes from another machine.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                other => other?,
            };
            match file.try_lock() {
                // Between the creation and the lock it looked like a leftover, and another writer may have taken it.
                Err(TryLockError::WouldBlock) => continue,
                Ok(()) if !is_at(&file, &path) => continue,
                // Without locks, leftovers cannot be told from files in use, and none is removed.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            return Ok(Self {
                file,
                path,
                renamed: false,
            });
        }
    }

    pub(crate) fn file(&self) -> &File {
        &self.file
    }

    /// Gives the file its final name, which replaces what had it.
    pub(crate) fn rename(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.renamed {
            // If this fails, the next write in the folder removes it.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Removes the temporary files in a folder whose writers are dead.
///
/// Failures do not matter to whoever writes now: what remains is tried again by the next write.
pub(crate) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_temporary = name
            .to_str()
            .is_some_and(|name| name.starts_with(START) && name.ends_with(END));
        if is_temporary && let Ok(file) = OpenOptions::new().write(true).open(entry.path()) {
            // The lock is held until the file is removed, so that its writer cannot take it in between.
            if file.try_lock().is_ok() {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The folder of a file: that of `a` is the current one.
pub(crate) fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

#[cfg(unix)]
fn create(path: &Path, old: Option<&Metadata>) -> io::Result<File> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if let Some(old) = old {
        options.mode(old.permissions().mode());
    }
    options.open(path)
}

#[cfg(not(unix))]
fn create(path: &Path, _: Option<&Metadata>) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Whether the open file still has this path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let inode = |metadata: Metadata| (metadata.dev(), metadata.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(a), Ok(b)) => inode(a) == inode(b),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Numbers the temporary files of this process.
static NUMBER: AtomicU64 = AtomicU64::new(0);

const START: &str = ".gradus-";
const END: &str = ".part";
