//! The nearest rival. Book: *Margins*.

/// The gradient of the loss of Crammer and Singer, $`\max(0,\ 1 + \max_{i \ne y} z_i - z_y)`$, by the scores z of the classes; y is
/// the true class.
///
/// 0 everywhere if the loss is 0. Otherwise the nearest rival is pushed down and the truth is pulled up; of equal rivals the first.
pub fn multiclass_hinge_gradient(z: &[f64], y: usize) -> Vec<f64> {
    todo!("{z:?} {y}")
}

gradus_judges::judge!(multiclass_hinge_gradient);
