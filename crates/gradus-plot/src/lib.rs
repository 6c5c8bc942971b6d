#![doc = include_str!("../README.md")]
#![doc = include_str!("../docs/learning_curves.svg")]
#![forbid(unsafe_code)]

mod canvas;
mod charts;
mod error;

pub use canvas::{ColorMap, Figure};
pub use charts::{
    Contrast, Function, Image, PlaneCurve, Series, Vertical, confusion_matrix, decision_boundary,
    function_plot, heat_map, image_grid, learning_curves, plane_curves,
};
pub use error::PlotError;
