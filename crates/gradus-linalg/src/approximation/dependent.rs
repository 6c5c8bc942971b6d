//! Least squares with dependent columns: of many solutions, the shortest.

use crate::checked::check::{rounding, times};
use crate::kernels::side_by_side::alone;
use crate::kernels::view::{columns_of, view};
use crate::orthogonal::qr::householder;
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
/// What is good does not depend on the units of the columns, what is short does. Without units, $`x = V_r c`$. Units that
/// differ by more than $`2^{26}`$ count as if they differed by that: a solution in $`\hat x`$ that is longer by more than
/// half the digits, for the sake of a unit, would lose the other half.
pub(crate) fn shortest(
    triples: &Triples,
    rank: usize,
    b: &DMatrix<f64>,
    exponents: &[i32],
) -> DMatrix<f64> {
    let v = columns_of(&triples.v, 0..rank);
    let along = times(columns_of(&triples.u, 0..rank).transposed(), view(b));
    let mut c = DMatrix::from_fn(rank, 1, |i, _| along[(i, 0)] / triples.sigma[i]);
    let d = units(exponents);
    if d.iter().all(|d| *d == 1.0) {
        return times(v, view(&c));
    }
    // An entry made of rounding errors, in a column with a large unit, must not seem a cheap way to anything.
    let noise = rounding(v.rows(), 1);
    let entry = |j, i| {
        Some(triples.v[(j, i)])
            .filter(|v| v.abs() > noise)
            .unwrap_or(0.0)
    };
    let scaled = DMatrix::from_fn(v.rows(), rank, |j, i| d[j] * entry(j, i));
    let (q, r) = householder(&scaled);
    LuFactors::of_triangle(r).solve_transposed(alone(c.as_mut_slice()));
    let x = times(view(&q), view(&c));
    DMatrix::from_fn(x.nrows(), 1, |j, _| d[j] * x[(j, 0)])
}

/// $`D`$, up to a factor: the largest unit is 1, the smallest at least $`2^{-26}`$.
fn units(exponents: &[i32]) -> Vec<f64> {
    const SPREAD: i32 = 26;
    let largest = exponents.iter().copied().max().unwrap_or(0);
    let unit = |e: &i32| ldexp(1.0, (e - largest).max(-SPREAD));
    exponents.iter().map(unit).collect()
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
        let in_units = shortest(&triples, 1, &b, &[5, 3]);
        assert!((in_units[(0, 0)] - 16.0).abs() < 1e-14 && (in_units[(1, 0)] - 1.0).abs() < 1e-14);
        let without = shortest(&triples, 1, &b, &[3, 3]);
        assert!(without.iter().all(|x| (x - 8.5).abs() < 1e-14));
        Ok(())
    }
}
