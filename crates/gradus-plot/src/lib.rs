#![doc = include_str!("../README.md")]
#![doc = include_str!("../docs/learning_curves.svg")]
#![forbid(unsafe_code)]

mod axes;
mod canvas;
mod color;
mod confusion_matrix;
mod curves;
mod decision_boundary;
mod error;
mod figure;
mod function_plot;
mod heat_map;
mod image_grid;
mod learning_curves;
mod plane_curves;
mod png;
mod ticks;

pub use color::ColorMap;
pub use confusion_matrix::confusion_matrix;
pub use decision_boundary::decision_boundary;
pub use error::PlotError;
pub use figure::Figure;
pub use function_plot::{Function, function_plot};
pub use heat_map::heat_map;
pub use image_grid::{Contrast, Image, image_grid};
pub use learning_curves::{Series, Vertical, learning_curves};
pub use plane_curves::{PlaneCurve, plane_curves};
