//! How sure is a score? Cross-validation, curves, resamples, rearrangements.

mod batch_mean;
mod bootstrap;
mod cross_validate;
mod curves;
mod interval;
mod jackknife;
mod permutation_test;
mod scores;

pub use batch_mean::BatchMean;
pub use bootstrap::{Bootstrap, bootstrap};
pub use cross_validate::{cross_predict, cross_validate};
pub use curves::{CurvePoint, Judged, learning_curve, validation_curve};
pub use interval::Interval;
pub use jackknife::{Jackknife, jackknife};
pub use permutation_test::{PermutationTest, Rearrangements, permutation_test, sign_flip_test};
pub use scores::Scores;
