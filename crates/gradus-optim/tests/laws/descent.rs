//! Gradient descent and momentum on quadratics, where everything is known.

use crate::{bits, run};
use gradus_optim::{Gradient, OptimError, ScaleByFactor, momentum, nesterov, sgd};
use gradus_testkit::nalgebra::{DMatrix, DVector};
use gradus_testkit::strategies::{orthogonal, vector};
use gradus_testkit::{Violation, all_scaled, at_most, cases, relative};
use proptest::prelude::*;

/// A positive definite matrix, its smallest and largest eigenvalue, and a start.
fn quadratic() -> impl Strategy<Value = (DMatrix<f64>, [f64; 2], DVector<f64>)> {
    let spectrum = prop::collection::vec(0.01..100.0_f64, 4);
    let start = prop::collection::vec(-1e3..1e3_f64, 4);
    (orthogonal(1..5), spectrum, start).prop_map(|(q, spectrum, start)| {
        let n = q.nrows();
        let spectrum = DVector::from_column_slice(&spectrum[..n]);
        let a = &q * DMatrix::from_diagonal(&spectrum) * q.transpose();
        let start = DVector::from_column_slice(&start[..n]);
        (a, [spectrum.min(), spectrum.max()], start)
    })
}

fn value(a: &DMatrix<f64>, x: &[f64]) -> f64 {
    let x = DVector::from_column_slice(x);
    0.5 * x.dot(&(a * &x))
}

fn slope(a: &DMatrix<f64>, x: &[f64]) -> Vec<f64> {
    (a * DVector::from_column_slice(x)).as_slice().to_vec()
}

fn square(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn gradient_descent_is_a_matrix_power((a, [_, largest], x) in quadratic(), k in 0..50_u64) {
        let eta = 1.0 / largest;
        let x_k = run(&sgd(eta)?, x.as_slice(), k, |_, x| slope(&a, x))?;
        let power = DMatrix::identity(a.nrows(), a.nrows()) - eta * &a;
        let expected = (0..k).fold(x.clone(), |x, _| &power * x);
        all_scaled(&x_k, expected.as_slice(), 1e-12 * (k + 1) as f64, x.amax())?;
    }

    #[test]
    fn gradient_descent_contracts_at_the_best_rate((a, [smallest, largest], x) in quadratic(), k in 0..50_u64) {
        let eta = 2.0 / (smallest + largest);
        let x_k = run(&sgd(eta)?, x.as_slice(), k, |_, x| slope(&a, x))?;
        let factor = ((largest - smallest) / (largest + smallest)).powf(2.0 * k as f64);
        at_most(square(&x_k), (factor + 1e-12) * square(x.as_slice()) + f64::MIN_POSITIVE)?;
    }

    #[test]
    fn a_step_of_one_over_l_descends((a, [_, l], x) in quadratic()) {
        let next = run(&sgd(1.0 / l)?, x.as_slice(), 1, |_, x| slope(&a, x))?;
        let before = value(&a, x.as_slice());
        let promised = before - square(&slope(&a, x.as_slice())) / (2.0 * l);
        at_most(value(&a, &next), promised + 1e-12 * before)?;
    }

    #[test]
    fn gradient_descent_meets_its_rate((a, [_, l], x) in quadratic(), k in 1..40_u64) {
        let x_k = run(&sgd(1.0 / l)?, x.as_slice(), k, |_, x| slope(&a, x))?;
        let bound = l * square(x.as_slice()) / (2.0 * k as f64);
        at_most(value(&a, &x_k), bound * (1.0 + 1e-12))?;
    }

    #[test]
    fn without_decay_momentum_is_gradient_descent(x in vector(1..20), eta in 0.0..1.0, k in 1..10_u64) {
        let pull = |t, x: &[f64]| x.iter().map(|x| 0.25 * x + t as f64).collect();
        let plain = bits(&run(&sgd(eta)?, &x, k, pull)?);
        prop_assert_eq!(bits(&run(&momentum(eta, 0.0)?, &x, k, pull)?), &plain[..]);
        prop_assert_eq!(bits(&run(&nesterov(eta, 0.0)?, &x, k, pull)?), &plain[..]);
    }

    #[test]
    fn velocity_is_a_geometric_sum(g in 1e-3..1e3, mu in 0.0..0.99, k in 1..100_u64) {
        // The increment of step k with rate 1 is the velocity; θ starts anew at 0 for an exact difference.
        let optimizer = momentum(1.0, mu)?;
        let layout = crate::flat(1)?;
        let mut state = optimizer.init(&layout, &[0.0])?;
        for _ in 0..k {
            optimizer.update(&mut state, &mut [0.0], Gradient::sum_of(&[&[g]]))?;
        }
        let expected = g * (1.0 - mu.powf(k as f64)) / (1.0 - mu);
        relative(state.vector("0.velocity")?[0], expected, 1e-13)?;
    }

    #[test]
    fn nesterov_looks_ahead((a, [_, l], x) in quadratic(), mu in 0.0..0.95, k in 1..30_u64) {
        // Look-ahead form: v ← μv − η∇f(φ + μv), φ ← φ + v; ours keeps θ = φ + μv.
        let eta = 1.0 / l;
        let theta = run(&nesterov(eta, mu)?, x.as_slice(), k, |_, x| slope(&a, x))?;
        let (mut phi, mut v) = (x.clone(), DVector::zeros(x.len()));
        for _ in 0..k {
            v = mu * &v - eta * (&a * (&phi + mu * &v));
            phi += &v;
        }
        all_scaled(&theta, (phi + mu * v).as_slice(), 1e-13 * k as f64, x.amax())?;
    }

    #[test]
    fn the_places_of_the_rate_agree_while_it_is_constant(x in -10.0..10.0_f64, mu in 0.0..0.95, k in 1..20_u64) {
        // PyTorch's v ← μv + g, θ ← θ − ηv against Keras' v ← μv − ηg, θ ← θ + v.
        let eta = 0.125;
        let ours = run(&momentum(eta, mu)?, &[x], k, |_, x| vec![x[0]])?;
        let (mut theta, mut v) = (x, 0.0);
        for _ in 0..k {
            v = mu * v - eta * theta;
            theta += v;
        }
        all_scaled(&ours, &[theta], 1e-14 * k as f64, x.abs())?;
    }

    #[test]
    fn the_heavy_ball_is_a_companion_matrix_power((a, [_, largest], x) in quadratic(), mu in 0.0..0.9, k in 1..50_u64) {
        // (x, before) ← ((1 + μ) x − η A x − μ before, x), a matrix of 2 n rows.
        let (n, eta) = (x.len(), 1.0 / largest);
        let ours = run(&momentum(eta, mu)?, x.as_slice(), k, |_, x| slope(&a, x))?;
        let step = DMatrix::identity(n, n) * (1.0 + mu) - eta * &a;
        let mut companion = DMatrix::zeros(2 * n, 2 * n);
        companion.view_mut((0, 0), (n, n)).copy_from(&step);
        companion.view_mut((0, n), (n, n)).copy_from(&(-mu * DMatrix::identity(n, n)));
        companion.view_mut((n, 0), (n, n)).fill_with_identity();
        let both = DVector::from_iterator(2 * n, x.iter().chain(x.iter()).copied());
        let expected = (0..k).fold(both, |x, _| &companion * x);
        all_scaled(&ours, expected.rows(0, n).as_slice(), 1e-13 * k as f64, x.amax() / (1.0 - mu))?;
    }

    #[test]
    fn nesterov_keeps_its_accelerated_rate((a, [smallest, largest], x) in quadratic(), k in 1..60_u64) {
        // f(x_k) ≤ (1 − 1/√κ)ᵏ (f(x_0) + ½ l |x_0|²) at x_k = y − ∇f(y) / L, where ours keeps y.
        let root = (largest / smallest).sqrt();
        let mu = (root - 1.0) / (root + 1.0);
        let y = run(&nesterov(1.0 / largest, mu)?, x.as_slice(), k - 1, |_, x| slope(&a, x))?;
        let step: Vec<f64> = y.iter().zip(slope(&a, &y)).map(|(y, g)| y - g / largest).collect();
        let first = value(&a, x.as_slice()) + 0.5 * smallest * square(x.as_slice());
        at_most(value(&a, &step), ((1.0 - 1.0 / root).powf(k as f64) + 1e-12) * first)?;
    }

    #[test]
    fn gradient_descent_commutes_with_rotations((a, [_, largest], x) in quadratic(), mu in 0.0..0.9, k in 1..20_u64) {
        // In axes turned by an orthogonal Q the quadratic is Q A Qᵀ; the turned path is the path of the turned function.
        let n = x.len();
        let v = DVector::from_fn(n, |i, _| (i + 1) as f64);
        let q = DMatrix::identity(n, n) - 2.0 / square(v.as_slice()) * &v * v.transpose(); // a reflection
        let (b, start) = (&q * &a * q.transpose(), &q * &x);
        for optimizer in [sgd(1.0 / largest)?, momentum(1.0 / largest, mu)?, nesterov(1.0 / largest, mu)?] {
            let plain = run(&optimizer, x.as_slice(), k, |_, x| slope(&a, x))?;
            let turned = run(&optimizer, start.as_slice(), k, |_, x| slope(&b, x))?;
            let expected = &q * DVector::from_column_slice(&plain);
            all_scaled(&turned, expected.as_slice(), 1e-12, n as f64 * x.amax() / (1.0 - mu))?;
        }
    }

    #[test]
    fn dampening_is_a_smaller_rate(x in vector(1..10), mu in 0.0..0.9, tau in 0.0..0.9, k in 1..10_u64) {
        // v ← μ v + (1 − τ) g from v = 0 is (1 − τ) times the plain velocity.
        let pull = |t, x: &[f64]| x.iter().map(|x| 0.25 * x + t as f64).collect();
        let factor = ScaleByFactor { factor: 1.0 - tau };
        let damped = run(&momentum(0.1, mu)?.after(factor)?, &x, k, pull)?;
        let slower = run(&momentum(0.1 * (1.0 - tau), mu)?, &x, k, pull)?;
        let size = x.iter().fold(10.0 / (1.0 - mu), |most: f64, x| most.max(x.abs() / (1.0 - mu)));
        all_scaled(&damped, &slower, 1e-14 * k as f64, size)?;
    }
}

#[test]
fn dampening_of_pytorch_begins_one_step_later() -> Result<(), OptimError> {
    // PyTorch's first velocity is g and not (1 − τ) g: with η = 1, μ = τ = ½ and gradients of 1 it goes to −1, −2, where
    // the formula goes to −½, −1¼. Its dampening of 1 − μ is no moving average of gradients.
    let optimizer = momentum(1.0, 0.5)?.after(ScaleByFactor { factor: 0.5 })?;
    assert_eq!(run(&optimizer, &[0.0], 2, |_, _| vec![1.0])?, [-1.25]);
    let first = Gradient::sum_of(&[&[2.0]]); // 2 · ½: the first gradient is not damped
    let mut theta = [0.0];
    let mut state = optimizer.init(&crate::flat(1)?, &theta)?;
    optimizer.update(&mut state, &mut theta, first)?;
    optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]))?;
    assert_eq!(theta, [-2.0]);
    Ok(())
}

#[test]
fn gradient_descent_converges_below_two_over_lambda() -> Result<(), OptimError> {
    let slope = |_: u64, x: &[f64]| vec![4.0 * x[0], 0.5 * x[1]]; // λ_max = 4
    let start = [1.0, 1.0];
    let below = run(&sgd(0.4375)?, &start, 500, slope)?; // 7/8 of 2/λ_max
    let at = run(&sgd(0.5)?, &start, 501, slope)?;
    let above = run(&sgd(0.5625)?, &start, 500, slope)?; // 9/8
    assert!(square(&below) < 1e-40);
    assert_eq!(at[0], -1.0); // forever between 1 and -1
    assert!(above[0].abs() > 1e40);
    assert_eq!(run(&sgd(0.25)?, &[8.0], 1, |_, x| vec![4.0 * x[0]])?, [0.0]); // η = 1/λ
    Ok(())
}

#[test]
fn the_places_of_the_rate_differ_when_it_changes() -> Result<(), OptimError> {
    let halving = gradus_optim::StepDecay {
        start: 1.0,
        factor: 0.5,
        every: 1,
    };
    let ours = run(&momentum(halving, 0.5)?, &[0.0], 2, |_, _| vec![1.0])?;
    // PyTorch's form: -(1 · 1) - 0.5 · 1.5 = -1.75; Keras' form would give -1 - 1 = -2.
    assert_eq!(ours, [-1.75]);
    Ok(())
}

#[test]
fn heavy_ball_reaches_its_optimal_rate() -> Result<(), Violation> {
    // Polyak 1964: η = 4/(√L+√l)², μ = ((√κ−1)/(√κ+1))² on eigenvalues 1 and 100 contracts by (√κ−1)/(√κ+1) = 9/11.
    let (eta, mu) = (4.0 / 121.0, (9.0_f64 / 11.0).powi(2));
    let slope = |_: u64, x: &[f64]| vec![x[0], 100.0 * x[1]];
    let length = |k| {
        let optimizer = momentum(eta, mu).ok();
        optimizer
            .and_then(|o| run(&o, &[1.0, 1.0], k, slope).ok())
            .map_or(f64::NAN, |x| square(&x).sqrt())
    };
    // Both eigenvalues of the companion matrix are double, so the norm falls as k ρᵏ.
    let rate = (length(140) / length(70) / 2.0).powf(1.0 / 70.0);
    relative(rate, 9.0 / 11.0, 0.02)
}
