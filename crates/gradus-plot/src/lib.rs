#![doc = include_str!("../README.md")]
#![doc = include_str!("../docs/learning_curves.svg")]
#![forbid(unsafe_code)]

mod canvas;
mod charts;
mod error;
mod save;

pub use canvas::{AxisScale, ColorMap, Figure, Mark};
pub use charts::{
    Bar, Contrast, Function, Image, Overlay, PlaneCurve, ScoreCurve, Series, calibration_curves,
    confusion_matrix, decision_boundary, function_plot, heat_map, image_grid, learning_curves,
    overlay_grid, plane_curves, precision_recall_curves, roc_curves, score_curves, signed_bars,
    xy_plot,
};
pub use error::PlotError;
pub use gradus_numeric::{Float, MatrixRef, NumericError, Order, Shape};
pub use save::save;
