//! Pictures on disk.

use crate::error::PlotError;
use gradus_files::{prepare_folder, write};
use std::path::{Path, PathBuf};

/// Writes a picture, whole or not at all, makes its folder if there is none, and returns where it is.
///
/// # Errors
///
/// [`PlotError::Io`] with the path if the folder cannot be made or the file not be written.
///
/// # Examples
///
/// ```no_run
/// use gradus_plot::{Figure, Function, function_plot, save};
///
/// let square = |x: f64| x * x;
/// let functions = [Function { name: "x²", f: &square }];
/// let svg = function_plot(&Figure::new("A parabola", "x", "y"), &functions, -1.0, 1.0)?;
/// println!("picture: {}", save("out/parabola.svg", &svg)?.display());
/// # Ok::<(), gradus_plot::PlotError>(())
/// ```
pub fn save(path: impl AsRef<Path>, svg: &str) -> Result<PathBuf, PlotError> {
    let path = path.as_ref().to_path_buf();
    let folder = path.parent().map_or(Ok(()), prepare_folder);
    match folder.and_then(|()| write(&path, svg)) {
        Ok(()) => Ok(path),
        Err(error) => {
            let kind = error.kind();
            Err(PlotError::Io { path, kind })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml/picture.svg");
        let refused = save(&file, "<svg/>");
        assert!(matches!(refused, Err(PlotError::Io { path, .. }) if path == file));
    }
}
