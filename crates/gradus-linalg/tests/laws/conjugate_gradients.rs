//! Conjugate gradients.

use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::special::random_symmetric;
use gradus_linalg::{Stopping, conjugate_gradients, max_norm, solve};
use gradus_numeric::norm2;
use gradus_testkit::strategies::{integer_matrix, positive_definite, structured_vector, vector};
use gradus_testkit::{all_scaled, at_most, cases, scaled};
use proptest::prelude::*;

/// Positive definite with a condition number below a thousand: real, of small integers, tiny, huge; and a right side.
fn system() -> impl Strategy<Value = (DMatrix<f64>, DVector<f64>)> {
    let integers = (1_usize..8)
        .prop_flat_map(|n| integer_matrix(n, n))
        .prop_map(|m| {
            let n = m.nrows();
            &m * m.transpose() + DMatrix::identity(n, n) * (81 * n) as f64
        });
    let sized = (positive_definite(0..12), power_of_two()).prop_map(|(a, size)| a * size);
    prop_oneof![positive_definite(0..12), integers, sized].prop_flat_map(|a| {
        let n = a.nrows();
        let size = size(&a);
        let b = prop_oneof![vector(n), structured_vector(n).prop_map(|b| near_one(&b))];
        (Just(a), b.prop_map(move |b| DVector::from_vec(b) * size))
    })
}

/// With entries that no product with a matrix of size $`2^{\pm 700}`$ sends out of range.
fn near_one(b: &[f64]) -> Vec<f64> {
    let size = b.iter().fold(0.0_f64, |size, b| size.max(b.abs()));
    let factor = if size > 0.0 { 1.0 / size } else { 1.0 };
    b.iter()
        .map(|b| if factor.is_finite() { b * factor } else { 0.0 })
        .collect()
}

/// The largest entry; 1 for the empty matrix.
fn size(a: &DMatrix<f64>) -> f64 {
    if a.is_empty() { 1.0 } else { max_norm(a) }
}

/// $`\lVert b - A x \rVert_2 / \lVert b \rVert_2`$; 0 for $`b = 0`$.
fn relative_remainder(a: &DMatrix<f64>, b: &DVector<f64>, x: &DVector<f64>) -> f64 {
    match norm2(b.as_slice()) {
        0.0 => norm2(x.as_slice()),
        size => norm2((b - a * x).as_slice()) / size,
    }
}

fn strict(iterations: usize) -> Stopping {
    Stopping {
        tolerance: 1e-8,
        iterations,
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn conjugate_gradients_need_at_most_n_steps((a, b) in system()) {
        let solution = conjugate_gradients(&a, &b, strict(a.nrows()), |_| ())?;
        at_most(relative_remainder(&a, &b, &solution.x), 1e-8)?;
        prop_assert!(solution.iterations <= a.nrows());
    }

    #[test]
    fn conjugate_gradients_stop_at_the_first_small_remainder((a, b) in system(), digits in 0.0..6.0_f64) {
        let stopping = Stopping { tolerance: 10.0_f64.powf(-digits), iterations: a.nrows() };
        let mut residuals = Vec::new();
        let solution = conjugate_gradients(&a, &b, stopping, |step| residuals.push(step.residual))?;
        // A condition of a thousand and n steps leave ten digits of the residual and more.
        let remainder = relative_remainder(&a, &b, &solution.x);
        scaled(solution.residual, remainder, 1e-10, 1.0)?;
        at_most(remainder, stopping.tolerance + 1e-10)?;
        prop_assert_eq!(residuals.len(), solution.iterations + 1);
        for residual in &residuals[..solution.iterations] {
            at_most(stopping.tolerance, *residual)?;
        }
    }

    /// With conditions up to 10¹² the recurrence tells of remainders that are not there; where the matrix is diagonal the
    /// true one is known to a rounding error an entry.
    #[test]
    fn conjugate_gradients_end_at_the_true_remainder(powers in proptest::collection::vec(-12.0..0.0_f64, 3..9), b in vector(8)) {
        let n = powers.len();
        let diagonal = DVector::from_iterator(n, powers.iter().map(|p| 10.0_f64.powf(*p)));
        let (a, b) = (DMatrix::from_diagonal(&diagonal), DVector::from_row_slice(&b[..n]));
        let solution = conjugate_gradients(&a, &b, Stopping { tolerance: 1e-13, iterations: 20 * n }, |_| ())?;
        at_most(relative_remainder(&a, &b, &solution.x), 1e-13 + 4.0 * U)?;
    }

    #[test]
    fn conjugate_gradients_need_a_step_an_eigenvalue(distinct in proptest::collection::vec(1.0..100.0, 1..5), n in 4_usize..13, seed in any::<u64>(), b in vector(12)) {
        let lambda = DVector::from_fn(n, |i, _| distinct[i % distinct.len()]);
        let a = random_symmetric(&lambda, normal(seed))?;
        let b = DVector::from_row_slice(&b[..n]);
        prop_assert!(conjugate_gradients(&a, &b, strict(distinct.len()), |_| ())?.iterations <= distinct.len());
    }

    #[test]
    fn the_energy_of_the_error_of_conjugate_gradients_falls((a, b) in system()) {
        let x = solve(&a, &b)?.x;
        let size = size(&a);
        let mut energies: Vec<f64> = Vec::new();
        let answer = conjugate_gradients(&a, &b, strict(a.nrows()), |step| {
            let error = step.x - &x;
            energies.push(error.dot(&(&a / size * &error)));
        });
        let whole = energies[0];
        for pair in energies.windows(2) {
            at_most(pair[1], pair[0] + 1e-13 * whole)?;
        }
        answer?;
        at_most(energies[energies.len() - 1], 1e-12 * whole)?;
    }

    #[test]
    fn remainders_of_conjugate_gradients_are_perpendicular((a, b) in system()) {
        let mut remainders: Vec<(f64, DVector<f64>)> = Vec::new();
        let _ = conjugate_gradients(&a, &b, strict(a.nrows()), |step| {
            let r = &b - &a * step.x;
            if step.residual > 1e-6 {
                remainders.push((step.residual, &r / norm2(r.as_slice())));
            }
        });
        let tolerance = rounding(a.nrows(), 1) * condition(&a)?;
        for (i, (small, r)) in remainders.iter().enumerate() {
            for (other, s) in &remainders[..i] {
                // Rounding errors of size κ u obey the same recurrence of three terms as the remainders. Its other
                // solution grows as the remainders fall, and is seen from their length: twice that factor.
                at_most(r.dot(s).abs(), tolerance / small.min(*other).powi(2))?;
            }
        }
    }

    #[test]
    fn conjugate_gradients_agree_with_elimination((a, b) in system()) {
        let exact = solve(&a, &b)?;
        let tight = Stopping { tolerance: 1e-13, iterations: 10 * a.nrows() };
        let solution = conjugate_gradients(&a, &b, tight, |_| ())?;
        let size = norm2(exact.x.as_slice());
        all_scaled(solution.x.as_slice(), exact.x.as_slice(), 4.0 * (1e-13 + rounding(a.nrows(), 1)) / exact.rcond, size)?;
    }
}
