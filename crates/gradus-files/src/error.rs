//! What can go wrong in this crate.

use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum FileError {
    /// The folder cannot be made, or no file can be made in it. Nothing has changed.
    #[error("the folder {} takes no files: {kind}", path.display())]
    Folder {
        /// Which folder.
        path: PathBuf,
        /// What kind of failure.
        kind: io::ErrorKind,
    },
    /// The file cannot be written. What was there before is still there, unchanged.
    #[error("{} cannot be written: {kind}", path.display())]
    Write {
        /// Which file.
        path: PathBuf,
        /// What kind of failure.
        kind: io::ErrorKind,
    },
    /// The new file is there, whole, but its folder could not be flushed: after a power failure the old file may be
    /// back.
    #[error("{} is written, but its folder cannot be flushed: {kind}", path.display())]
    Flush {
        /// Which file.
        path: PathBuf,
        /// What kind of failure.
        kind: io::ErrorKind,
    },
}

impl FileError {
    /// The kind of the failure, as the operating system told it.
    #[must_use]
    pub fn kind(&self) -> io::ErrorKind {
        match self {
            Self::Folder { kind, .. } | Self::Write { kind, .. } | Self::Flush { kind, .. } => {
                *kind
            }
        }
    }

    /// The file or folder that the failure is about.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Folder { path, .. } | Self::Write { path, .. } | Self::Flush { path, .. } => path,
        }
    }
}
