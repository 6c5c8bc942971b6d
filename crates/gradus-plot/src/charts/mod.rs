//! The pictures: one file each.

mod confusion_matrix;
mod decision_boundary;
mod function_plot;
mod heat_map;
mod image_grid;
mod judgement;
mod learning_curves;
mod overlay_grid;
mod plane_curves;
mod score_curves;
mod signed_bars;

pub use confusion_matrix::confusion_matrix;
pub use decision_boundary::decision_boundary;
pub use function_plot::{Function, function_plot};
pub use heat_map::heat_map;
pub use image_grid::{Contrast, Image, image_grid};
pub use judgement::{calibration_curves, precision_recall_curves, roc_curves};
pub use learning_curves::{Series, learning_curves};
pub use overlay_grid::{Overlay, overlay_grid};
pub use plane_curves::{PlaneCurve, plane_curves, xy_plot};
pub use score_curves::{ScoreCurve, score_curves};
pub use signed_bars::{Bar, signed_bars};
