//! A folder that takes files.

use crate::error::FileError;
use crate::temporary::{Temporary, folder, sweep};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Makes a folder, with those above it, and tries whether files can be written there.
///
/// A program that works for hours before it writes asks this first: a read-only folder, a full disk, or a file where
/// the folder should be is then an error at the start and not at the end. What killed writes have left in the folder
/// is removed.
///
/// # Errors
///
/// [`FileError::Folder`] if the folder cannot be made, or if no byte can be written in it.
///
/// # Examples
///
/// ```
/// use gradus_files::{prepare_folder, write};
///
/// let folder = std::env::temp_dir().join("gradus-files-prepare-folder");
/// prepare_folder(&folder)?;
/// write(folder.join("a.txt"), "a")?;
/// assert!(prepare_folder(folder.join("a.txt")).is_err()); // a file, not a folder
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prepare_folder(path: impl AsRef<Path>) -> Result<(), FileError> {
    let path = path.as_ref();
    let attempt = || -> io::Result<()> {
        fs::create_dir_all(path)?;
        let trial = path.join("trial");
        sweep(folder(&trial)); // the path "" is the current folder
        let trial = Temporary::beside(&trial, None)?;
        // On a full disk a file can still be made, but its first byte has no place.
        trial.file().write_all(b"?")?;
        trial.file().sync_all()
    };
    attempt().map_err(|error| FileError::Folder {
        path: path.into(),
        kind: error.kind(),
    })
}
