//! The scalar product of two vectors. Book: *Products of matrices*.

/// The scalar product $`\sum_i x_i y_i`$ of two vectors of one length.
pub fn dot_product(x: &[f64], y: &[f64]) -> f64 {
    todo!("{x:?} {y:?}")
}

gradus_judges::judge!(dot_product);
