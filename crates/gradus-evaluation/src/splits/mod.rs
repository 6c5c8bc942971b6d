//! On which samples one learns, chooses and judges.

mod folds;
mod nested;
mod split;
mod stratified;
mod stratified_grouped;

pub use folds::{
    Fold, folds, grouped_folds, leave_one_out, repeated_folds, stratified_folds, time_series_folds,
};
pub use nested::{Nested, nested_folds};
pub use split::{Fractions, Split, split};
pub use stratified::stratified_split;
pub use stratified_grouped::stratified_grouped_folds;
