//! Least squares with dependent columns: of many solutions, the shortest.

use crate::checked::check::{rounding, times};
use crate::error::LinalgError;
use crate::kernels::side_by_side::alone;
use crate::kernels::view::{columns_of, view};
use crate::orthogonal::pivoted_qr::qr_pivoted;
use crate::spectra::svd::Triples;
use crate::systems::lu_factors::LuFactors;
use gradus_numeric::ldexp;
use nalgebra::DMatrix;

/// $`\hat x = D x`$ with the shortest of all $`x`$ for which $`\hat x`$ is as good as any, where columns were
/// multiplied by powers of two: $`A = \hat A D`$.
///
/// ```math
/// \hat x \text{ solves } V_r^\top \hat x = c, \quad c = \Sigma_r^{-1} U_r^\top b; \qquad
/// x = (V_r^\top D)^+ c = Q R^{-\top} P^\top c, \quad D V_r P = Q R
/// ```
///
/// What is good does not depend on the units of the columns, what is short does. Without units, $`x = V_r c`$. Units that
/// differ by more than $`2^{26}`$ count as if they differed by that: a solution in $`\hat x`$ that is longer by more than
/// half the digits, for the sake of a unit, would lose the other half.
///
/// # References
///
/// A. J. Cox and N. J. Higham, *Stability of Householder QR factorization for weighted least squares problems*, in
/// Numerical Analysis 1997, Pitman Research Notes in Mathematics 380 (1998), 57–73.
pub(crate) fn shortest(
    triples: &Triples,
    rank: usize,
    b: &DMatrix<f64>,
    exponents: &[i32],
) -> Result<DMatrix<f64>, LinalgError> {
    let v = columns_of(&triples.v, 0..rank);
    let along = times(columns_of(&triples.u, 0..rank).transposed(), view(b));
    let c = DMatrix::from_fn(rank, 1, |i, _| along[(i, 0)] / triples.sigma[i]);
    let d = units(exponents);
    if d.iter().all(|d| *d == 1.0) {
        return Ok(times(v, view(&c)));
    }
    // An entry made of rounding errors, in a column with a large unit, must not seem a cheap way to anything.
    let noise = rounding(v.rows(), 1);
    let entry = |j, i| {
        Some(triples.v[(j, i)])
            .filter(|v| v.abs() > noise)
            .unwrap_or(0.0)
    };
    // Large rows first, and the column with the largest rest first: then rounding errors of a row are small beside that
    // row, however much rows differ (Cox and Higham).
    let mut order: Vec<usize> = (0..d.len()).collect();
    order.sort_by(|&i, &j| d[j].total_cmp(&d[i]));
    let scaled = DMatrix::from_fn(d.len(), rank, |k, i| d[order[k]] * entry(order[k], i));
    let qr = qr_pivoted(&scaled)?;
    let mut y: Vec<f64> = qr.permutation.iter().map(|&i| c[i]).collect();
    LuFactors::of_triangle(qr.r).solve_transposed(alone(&mut y));
    let sorted = times(view(&qr.q), view(&DMatrix::from_vec(rank, 1, y)));
    let mut x = DMatrix::zeros(d.len(), 1);
    for (k, &j) in order.iter().enumerate() {
        x[(j, 0)] = d[j] * sorted[(k, 0)];
    }
    Ok(x)
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
        let in_units = shortest(&triples, 1, &b, &[5, 3])?;
        assert!((in_units[(0, 0)] - 16.0).abs() < 1e-14 && (in_units[(1, 0)] - 1.0).abs() < 1e-14);
        let without = shortest(&triples, 1, &b, &[3, 3])?;
        assert!(without.iter().all(|x| (x - 8.5).abs() < 1e-14));
        Ok(())
    }
}
