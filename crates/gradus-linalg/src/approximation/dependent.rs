//! Least squares with dependent columns: of many solutions, the shortest.

use crate::checked::check::times;
use crate::error::LinalgError;
use crate::kernels::side_by_side::alone;
use crate::kernels::view::{columns_of, view};
use crate::orthogonal::householder_qr::householder_qr;
use crate::spectra::svd::Triples;
use crate::systems::lu_factors::LuFactors;
use gradus_numeric::ldexp;
use nalgebra::DMatrix;

/// $`\hat x = D x`$ with the shortest of all $`x`$ for which $`\hat x`$ is as good as any, where columns were
/// multiplied by powers of two: $`A = \hat A D`$.
///
/// ```math
/// \hat x \text{ solves } V_r^\top \hat x = c, \quad c = \Sigma_r^{-1} U_r^\top b; \qquad
/// x = (V_r^\top D)^+ c = Q R^{-\top} c, \quad D V_r = Q R
/// ```
///
/// What is good does not depend on the units of the columns, what is short does. Without units, $`x = V_r c`$.
pub(crate) fn shortest(
    triples: &Triples,
    rank: usize,
    b: &DMatrix<f64>,
    exponents: &[i32],
) -> Result<DMatrix<f64>, LinalgError> {
    let v = columns_of(&triples.v, 0..rank);
    let along = times(columns_of(&triples.u, 0..rank).transposed(), view(b));
    let mut c = DMatrix::from_fn(rank, 1, |i, _| along[(i, 0)] / triples.sigma[i]);
    let d = units(exponents);
    if d.iter().all(|d| *d == 1.0) {
        return Ok(times(v, view(&c)));
    }
    let scaled = DMatrix::from_fn(v.rows(), rank, |j, i| d[j] * triples.v[(j, i)]);
    // By single reflections: in blocks, rows that are 10¹⁰⁰ times smaller than others lose their digits.
    let qr = householder_qr(&scaled, |_| {})?;
    LuFactors::of_triangle(qr.r).solve_transposed(alone(c.as_mut_slice()));
    let x = times(view(&qr.q), view(&c));
    Ok(DMatrix::from_fn(x.nrows(), 1, |j, _| d[j] * x[(j, 0)]))
}

/// $`D`$, up to a factor: the largest unit is 1.
fn units(exponents: &[i32]) -> Vec<f64> {
    let largest = exponents.iter().copied().max().unwrap_or(0);
    exponents.iter().map(|e| ldexp(1.0, e - largest)).collect()
}

#[cfg(test)]
mod tests {
    use super::shortest;
    use crate::error::LinalgError;
    use crate::spectra::svd::Triples;
    use nalgebra::DMatrix;

    /// 4 x + y = 17 as (1, 1) (4 x, y): the shortest (x, y) is (4, 1), the shortest (4 x, y) would be (8.5, 8.5).
    #[test]
    fn short_is_meant_in_the_units_given() -> Result<(), LinalgError> {
        let a = DMatrix::from_element(1, 2, 1.0);
        let (triples, b) = (Triples::new(&a)?, DMatrix::from_element(1, 1, 17.0));
        let in_units = shortest(&triples, 1, &b, &[5, 3])?;
        assert!((in_units[(0, 0)] - 16.0).abs() < 1e-14 && (in_units[(1, 0)] - 1.0).abs() < 1e-14);
        let without = shortest(&triples, 1, &b, &[3, 3])?;
        assert!(without.iter().all(|x| (x - 8.5).abs() < 1e-14));
        Ok(())
    }
}
