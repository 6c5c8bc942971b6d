//! On which samples one learns, chooses and judges.

mod split;

pub use split::{Fractions, Split, folds, split, stratified_split};
