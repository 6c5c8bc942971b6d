//! Iterations for one eigenvector.

use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    LinalgError, Stopping, frobenius_norm, inverse_iteration, power_iteration, rayleigh_iteration,
    rayleigh_quotient, symmetric_eigenvalues,
};
use gradus_numeric::norm2;
use gradus_testkit::strategies::{matrix, orthogonal, positive_definite, vector};
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;

/// A matrix of any kind and a vector that is not zero.
fn matrix_and_vector() -> impl Strategy<Value = (DMatrix<f64>, DVector<f64>)> {
    let square = (1_usize..11).prop_flat_map(|n| any_matrix(move || n..n + 1, move || n..n + 1));
    square.prop_flat_map(|a| {
        let n = a.nrows();
        let start = vector(n).prop_filter("not zero", |x| norm2(x) > 0.0);
        (Just(a), start.prop_map(DVector::from_vec))
    })
}

/// $`1`$, $`q`$ and numbers of at most $`|q| / 2`$.
fn two_leading(q: f64, n: usize) -> Vec<f64> {
    let small = |i: usize| 0.5 * q * (i as f64 / n as f64);
    (0..n)
        .map(|i| [1.0, q].get(i).copied().unwrap_or(small(n - i)))
        .collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn power_iteration_proves_its_eigenpair((a, start) in matrix_and_vector()) {
        let stopping = Stopping { tolerance: 1e-8, iterations: 300 };
        let slack = 1.0 + rounding(a.nrows(), 1);
        let bound = 1e-8 * frobenius_norm(&unit(&a));
        let size = match frobenius_norm(&a) { 0.0 => 1.0, size => size / frobenius_norm(&unit(&a)) };
        let mut residuals = Vec::new();
        match power_iteration(&a, &start, stopping, |step| residuals.push(step.residual / size)) {
            Ok(pair) => {
                same_bits(pair.residual / size, residuals.pop().unwrap_or(f64::NAN))?;
                at_most(pair.residual / size, bound * slack)?;
                let remainder = (&a / size) * &pair.vector - pair.value / size * &pair.vector;
                at_most(norm2(remainder.as_slice()), bound + rounding(a.nrows(), a.nrows()) * frobenius_norm(&unit(&a)))?;
                relative(norm2(pair.vector.as_slice()), 1.0, rounding(a.nrows(), 1))?;
            }
            Err(LinalgError::DidNotConverge { iterations: 300, residual, .. }) => same_bits(residual / size, residuals[299])?,
            Err(error) => return Err(error.into()),
        }
        // It stops at the first that is small enough.
        for residual in residuals {
            at_most(bound, residual * slack)?;
        }
    }

    #[test]
    fn power_iteration_converges_by_the_ratio_of_eigenvalues(q in orthogonal(2..8), ratio in 0.2..0.9_f64, [largest, sign] in proptest::array::uniform2(prop_oneof![Just(1.0), Just(-1.0)])) {
        let n = q.nrows();
        let a = largest * with_eigenvalues(&q, &two_leading(sign * ratio, n));
        let start = &q * DVector::from_element(n, 1.0);
        let mut residuals = Vec::new();
        let pair = power_iteration(&a, &start, Stopping::default(), |step| residuals.push(step.residual))?;
        relative(pair.value, largest, rounding(n, n))?;
        // The other components have died out when the slope is measured, but for their squares.
        relative(logarithmic_slope(&residuals), ratio.ln(), 0.02)?;
    }

    #[test]
    fn the_estimate_of_power_iteration_never_falls(a in positive_definite(1..10), size in power_of_two()) {
        let start = DVector::from_element(a.nrows(), 1.0);
        let mut estimates = Vec::new();
        let _ = power_iteration(&(&a * size), &start, Stopping { tolerance: 0.0, iterations: 40 }, |step| estimates.push(step.estimate));
        for pair in estimates.windows(2) {
            at_most(pair[0], pair[1] * (1.0 + rounding(a.nrows(), 1)))?;
        }
    }

    #[test]
    fn power_iteration_ignores_the_scale((a, start) in (1_usize..8).prop_flat_map(|n| (matrix(n, n), vector(n))), size in power_of_two(), longer in power_of_two()) {
        let start = DVector::from_vec(start);
        prop_assume!(norm2(start.as_slice()) > 0.0);
        let stopping = Stopping { tolerance: 1e-6, iterations: 50 };
        let one = power_iteration(&a, &start, stopping, |_| ());
        let other = power_iteration(&(&a * size), &(&start * longer), stopping, |_| ());
        match (one, other) {
            (Ok(one), Ok(other)) => {
                prop_assert_eq!(one.vector, other.vector);
                same_bits(one.value * size, other.value)?;
            }
            (Err(LinalgError::DidNotConverge { residual: one, .. }), Err(LinalgError::DidNotConverge { residual: other, .. })) => same_bits(one * size, other)?,
            (one, other) => prop_assert!(false, "{:?}, {:?}", one, other),
        }
    }

    #[test]
    fn inverse_iteration_finds_the_nearest_eigenvalue(q in orthogonal(1..8), jitter in proptest::collection::vec(-0.3..0.3, 8), shift in -5.0..5.0_f64, size in power_of_two()) {
        let n = q.nrows();
        let lambda: Vec<f64> = (0..n).map(|i| i as f64 - 3.0 + jitter[i]).collect();
        let mut distances: Vec<(f64, f64)> = lambda.iter().map(|l| ((l - shift).abs(), *l)).collect();
        distances.sort_by(|a, b| a.0.total_cmp(&b.0));
        prop_assume!(n == 1 || distances[0].0 < 0.9 * distances[1].0);
        let start = &q * DVector::from_element(n, 1.0);
        let pair = inverse_iteration(&(with_eigenvalues(&q, &lambda) * size), shift * size, &start, Stopping::default(), |_| ())?;
        at_most((pair.value / size - distances[0].1).abs(), 1e-8)?;
    }

    #[test]
    fn inverse_iteration_converges_by_the_ratio_of_distances(q in orthogonal(2..8), ratio in 0.2..0.9_f64, shift in -3.0..3.0) {
        let n = q.nrows();
        let lambda: Vec<f64> = two_leading(ratio, n).iter().map(|inverse| shift + 1.0 / inverse).collect();
        let start = &q * DVector::from_element(n, 1.0);
        let mut residuals = Vec::new();
        inverse_iteration(&with_eigenvalues(&q, &lambda), shift, &start, Stopping::default(), |step| residuals.push(step.residual))?;
        relative(logarithmic_slope(&residuals), ratio.ln(), 0.02)?;
    }

    #[test]
    fn the_rayleigh_quotient_leaves_the_least_residual((a, x) in matrix_and_vector(), lambda in -30.0..30.0) {
        let a = unit(&a);
        let quotient = rayleigh_quotient(&a, &x)?;
        let x = &x / norm2(x.as_slice());
        let squared = |lambda: f64| norm2((&a * &x - lambda * &x).as_slice()).powi(2);
        // Pythagoras: ‖Ax − λx‖² = ‖Ax − ρx‖² + (λ − ρ)² for ‖x‖ = 1.
        let farther = squared(lambda) - squared(quotient);
        let scale = (frobenius_norm(&a) + lambda.abs()).powi(2);
        scaled(farther, (lambda - quotient).powi(2), rounding(a.nrows(), 1), scale)?;
    }

    #[test]
    fn the_rayleigh_quotient_lies_between_the_extreme_eigenvalues((a, x) in (1_usize..9).prop_flat_map(|n| (symmetric_of_order(n), vector(n)))) {
        prop_assume!(norm2(&x) > 0.0);
        let a = unit(&a);
        let lambda = symmetric_eigenvalues(&a)?;
        let quotient = rayleigh_quotient(&a, &DVector::from_vec(x))?;
        let slack = rounding(a.nrows(), a.nrows()) * frobenius_norm(&a);
        at_most(quotient, lambda[0] + slack)?;
        at_most(lambda[lambda.len() - 1], quotient + slack)?;
    }

    #[test]
    fn the_rayleigh_quotient_ignores_length((a, x) in (1_usize..9).prop_flat_map(|n| (matrix(n, n), vector(n))), t in power_of_two()) {
        let x = DVector::from_vec(x);
        prop_assume!(norm2(x.as_slice()) > 0.0);
        same_bits(rayleigh_quotient(&a, &x)?, rayleigh_quotient(&a, &(&x * -t))?)?;
    }

    #[test]
    fn rayleigh_iteration_cubes_the_tangent(lambda in -3.0..3.0, gap in prop_oneof![0.5..3.0, -3.0..-0.5], tangent in 0.05..0.9) {
        let a = DMatrix::from_diagonal(&DVector::from_row_slice(&[lambda, lambda + gap]));
        let start = DVector::from_row_slice(&[1.0, tangent]);
        let mut tangents = Vec::new();
        let _ = rayleigh_iteration(&a, &start, Stopping { tolerance: 1e-10, iterations: 20 }, |step| tangents.push(step.vector[1] / step.vector[0]));
        prop_assert!(tangents.len() >= 2);
        for pair in tangents.windows(2).take_while(|pair| pair[0].abs() > 1e-3) {
            // λ − ρ cancels to gap · sin²: its rounding errors grow by the inverse.
            relative(pair[1], -pair[0].powi(3), 40.0 * f64::EPSILON / pair[0].powi(2))?;
        }
    }

    #[test]
    fn rayleigh_iteration_converges_cubically(q in orthogonal(2..8), aside in proptest::collection::vec(-0.1..0.1, 8)) {
        let n = q.nrows();
        let a = with_eigenvalues(&q, &(0..n).map(|i| i as f64).collect::<Vec<_>>());
        let start = &q * DVector::from_fn(n, |i, _| if i == 0 { 1.0 } else { aside[i] / (n as f64).sqrt() });
        let mut tangents = Vec::new();
        rayleigh_iteration(&a, &start, Stopping { tolerance: 1e-13, iterations: 9 }, |step| {
            let x = q.transpose() * step.vector;
            tangents.push(norm2(&x.as_slice()[1..]) / x[0].abs());
        })?;
        prop_assert!(tangents.len() <= 5);
        for pair in tangents.windows(2) {
            // |λ₀ − ρ| ≤ spread · sin², and no other eigenvalue is nearer than the gap 1 less that.
            let error = (n - 1) as f64 * pair[0].powi(2);
            at_most(pair[1], error / (1.0 - error) * pair[0] + 1e-13)?;
        }
    }

    #[test]
    fn the_order_of_rayleigh_iteration_is_three(q in orthogonal(2..8), aside in vector(8)) {
        let n = q.nrows();
        let a = with_eigenvalues(&q, &(0..n).map(|i| i as f64).collect::<Vec<_>>());
        let length = norm2(&aside[1..n]);
        prop_assume!(length > 0.0);
        // The tangent of the angle with the first eigenvector after one step from a given one.
        let next = |tangent: f64| {
            let start = &q * DVector::from_fn(n, |i, _| if i == 0 { 1.0 } else { tangent * aside[i] / length });
            let mut tangents = Vec::new();
            let _ = rayleigh_iteration(&a, &start, Stopping { tolerance: 0.0, iterations: 2 }, |step| {
                let x = q.transpose() * step.vector;
                tangents.push(norm2(&x.as_slice()[1..]) / x[0].abs());
            });
            tangents.get(1).copied().unwrap_or(f64::NAN)
        };
        // 0.03² n ≤ 0.007 of the constant of proportionality is of higher order.
        let order = (next(0.03) / next(0.003)).log10();
        scaled(order, 3.0, 0.01, 1.0)?;
    }

    #[test]
    fn the_residual_of_rayleigh_iteration_never_grows((a, start) in (1_usize..9).prop_flat_map(|n| (symmetric_of_order(n), vector(n)))) {
        prop_assume!(norm2(&start) > 0.0);
        let a = unit(&a);
        let mut residuals = Vec::new();
        let _ = rayleigh_iteration(&a, &DVector::from_vec(start), Stopping { tolerance: 0.0, iterations: 12 }, |step| residuals.push(step.residual));
        for pair in residuals.windows(2) {
            at_most(pair[1], pair[0] * (1.0 + 1e-6) + rounding(a.nrows(), a.nrows()) * frobenius_norm(&a))?;
        }
    }
}
