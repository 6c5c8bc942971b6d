//! Scores before they are decisions: calibration and balance in groups, and like treatment of like individuals.

mod calibration;
mod mean_scores;
mod steepest;

pub use calibration::calibration_by_group;
pub(crate) use mean_scores::check_finite;
pub use mean_scores::mean_scores;
pub use steepest::{Steepest, steepest_pair};
