//! Growth and turning in one formula. Book: *Rotations and the exponential of a matrix*.

/// The exponential of a square matrix, $`e^A = I + A + \frac{A^2}{2!} + \frac{A^3}{3!} + \dots`$, to twelve digits, for large negative
/// entries, too: $`e^A = \left( e^{A / 2} \right)^2`$.
pub fn matrix_exponential(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
    todo!("{a:?}")
}

gradus_judges::judge!(matrix_exponential);
