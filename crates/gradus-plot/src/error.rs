//! What can go wrong in this crate.

use std::io::ErrorKind;
use std::path::PathBuf;
use thiserror::Error;

/// What can go wrong in this crate.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum PlotError {
    /// There is nothing to draw: no series, no points, no images, or not one finite number.
    #[error("there is nothing to draw")]
    Empty,
    /// A figure must be between 64 and 8192 pixels wide and high.
    #[error(
        "a figure of {width}×{height} pixels cannot be drawn; width and height lie in 64 to 8192"
    )]
    BadSize {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
    },
    /// Title, marks and legend leave no room for the picture itself.
    #[error(
        "a figure of {width}×{height} pixels has no room for the picture beside its title, marks and legend; it needs {needed_width}×{needed_height}"
    )]
    NoRoom {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
        /// The smallest width that will do.
        needed_width: u32,
        /// The smallest height that will do.
        needed_height: u32,
    },
    /// A picture could not be written.
    #[error("{}: {kind}", path.display())]
    Io {
        /// The file, as it was given.
        path: PathBuf,
        /// What kind of failure it was.
        kind: ErrorKind,
    },
    /// A range is empty, turned around, not finite, or too wide for its length to be finite.
    #[error("the range from {from:?} to {to:?} cannot be an axis")]
    BadRange {
        /// Where it starts.
        from: f64,
        /// Where it ends.
        to: f64,
    },
    /// Two lists that belong together differ in length.
    #[error("lengths differ: {left} and {right}")]
    LengthMismatch {
        /// Length of the first.
        left: usize,
        /// Length of the second.
        right: usize,
    },
    /// A confusion matrix has as many rows and columns as there are classes.
    #[error("{classes} classes need a {classes}×{classes} matrix, this one is {rows}×{columns}")]
    NotSquare {
        /// How many classes are named.
        classes: usize,
        /// Rows of the matrix.
        rows: usize,
        /// Columns of the matrix.
        columns: usize,
    },
    /// Points of a plane have two coordinates, one per row.
    #[error("points of a plane need 2 rows, these have {rows}")]
    NotPlanar {
        /// Rows of the matrix.
        rows: usize,
    },
    /// A coordinate is NaN or infinite.
    #[error("coordinate {row} of point {column} is {value}, not a finite number")]
    NonFinite {
        /// Which coordinate.
        row: usize,
        /// Which point.
        column: usize,
        /// Its value.
        value: f64,
    },
    /// Images of one grid differ in size.
    #[error("image {index} is {got_rows}×{got_columns} pixels, the first one {rows}×{columns}")]
    ImageSize {
        /// Index of the first image of another size.
        index: usize,
        /// Rows of the first image.
        rows: usize,
        /// Columns of the first image.
        columns: usize,
        /// Rows of this image.
        got_rows: usize,
        /// Columns of this image.
        got_columns: usize,
    },
    /// More images are side by side than the figure has room for; make it wider.
    #[error("{needed} pixels are needed side by side where the figure has {available}")]
    TooMany {
        /// How many pixels would be needed.
        needed: usize,
        /// How many there are.
        available: usize,
    },
    /// Rates, precisions and probabilities lie from 0 to 1.
    #[error("point {point} of curve {curve} is ({x:?}, {y:?}): shares lie from 0 to 1")]
    NotAShare {
        /// Which curve, from 0.
        curve: usize,
        /// Which of its points, from 0.
        point: usize,
        /// Its first coordinate.
        x: f64,
        /// Its second.
        y: f64,
    },
    /// The drawing library refused; with sizes and ranges checked this should not happen.
    #[error("the drawing library refused an element")]
    Refused,
}
