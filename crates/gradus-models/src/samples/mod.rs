//! Samples and targets, checked, and as the matrices of a model.

mod affine;
mod check;
mod columns;
mod design;
mod weighted;

pub(crate) use affine::scores;
pub(crate) use check::{check_features, check_numbers, check_pairs, check_setting, classes};
pub(crate) use columns::{chosen, selected};
pub(crate) use design::{augmented, design};
pub(crate) use weighted::{Weighted, check_weights};
