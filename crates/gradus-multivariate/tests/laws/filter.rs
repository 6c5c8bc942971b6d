//! Kalman's filter.

use crate::generators::{condition, law_and_point, near};
use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{MultivariateNormal, StateSpace};
use gradus_testkit::{all_scaled, at_least, cases, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// A model of one to three coordinates seen through one or two, a law of the first state, and observations.
fn model() -> impl Strategy<
    Value = (
        StateSpace,
        MultivariateNormal,
        Vec<DVector<f64>>,
        [DMatrix<f64>; 2],
    ),
> {
    (1..4_usize, 1..3_usize, 1..5_usize).prop_flat_map(|(d, m, n)| {
        let matrix = |rows: usize, columns: usize| {
            let entry = prop_oneof![3 => -1.0..1.0_f64, 1 => Just(0.0)];
            prop::collection::vec(entry, rows * columns)
                .prop_map(move |x| DMatrix::from_vec(rows, columns, x))
        };
        let y = prop::collection::vec(
            prop::collection::vec(-5.0..5.0_f64, m).prop_map(DVector::from_vec),
            n,
        );
        (
            (matrix(d, d), matrix(m, d)),
            (law_and_point(d), law_and_point(m), law_and_point(d)),
            y,
        )
            .prop_filter_map("a model", |((f, h), ((w, _), (v, _), (start, _)), y)| {
                let moderate = |law: &MultivariateNormal| {
                    condition(law) < 1e6 && law.covariance().amax() < 1e3
                };
                let fit = moderate(&w) && moderate(&v) && moderate(&start);
                let model = StateSpace::new(f.clone(), w, h.clone(), v).ok()?;
                fit.then_some((model, start, y, [f, h]))
            })
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn filtering_is_conditioning_on_all_observations((model, start, y, [f, h]) in model()) {
        let (mut state, mut ln_evidence) = (start.clone(), 0.0);
        for y in &y {
            let (after, ln_density) = model.updated(&model.predicted(&state)?, y)?;
            (state, ln_evidence) = (after, ln_evidence + ln_density);
        }
        // (y₁, …, yₙ, xₙ) from independent draws of the start, of the n disturbances and of the n noises
        let (d, m, n) = (f.nrows(), h.nrows(), y.len());
        let noise = model.observed(&MultivariateNormal::from_cholesky_factor(DVector::zeros(d), &(DMatrix::identity(d, d) * 1e-200))?)?;
        let step = model.predicted(&MultivariateNormal::from_cholesky_factor(DVector::zeros(d), &(DMatrix::identity(d, d) * 1e-200))?)?;
        let width = d + n * (d + m);
        let mut root = DMatrix::zeros(n * m + d, width);
        let mut mean = DVector::zeros(n * m + d);
        let (mut x, mut center) = (DMatrix::zeros(d, width), start.mean().clone());
        x.columns_mut(0, d).copy_from(&start.cholesky_factor());
        for t in 0..n {
            x = &f * x;
            x.columns_mut(d + t * d, d).copy_from(&step.cholesky_factor());
            center = &f * center + step.mean();
            let mut seen = &h * &x;
            seen.columns_mut(d + n * d + t * m, m).copy_from(&noise.cholesky_factor());
            root.rows_mut(t * m, m).copy_from(&seen);
            mean.rows_mut(t * m, m).copy_from(&(&h * &center + noise.mean()));
        }
        root.rows_mut(n * m, d).copy_from(&x);
        mean.rows_mut(n * m, d).copy_from(&center);
        let covariance = &root * root.transpose();
        let all = MultivariateNormal::new(mean, &((&covariance + covariance.transpose()) * 0.5))?;
        let k = condition(&all);
        prop_assume!(k < 1e8);
        let known: Vec<usize> = (0..n * m).collect();
        let values = DVector::from_vec(y.iter().flat_map(|y| y.iter().copied()).collect());
        let expected = all.conditional(&known, &values)?;
        near(&state.covariance(), &expected.covariance(), 256.0 * EPS * k)?;
        let size = 1e3 * expected.covariance().amax().sqrt().max(1.0);
        all_scaled(state.mean().as_slice(), expected.mean().as_slice(), 64.0 * EPS * k, size)?;
        let ln_density = all.marginal(&known)?.ln_pdf(&values)?;
        scaled(ln_evidence, ln_density, 64.0 * EPS * k, 100.0 + ln_density.abs())?;
    }

    #[test]
    fn an_observation_never_widens_what_is_believed((model, start, y, _) in model(), direction in prop::collection::vec(-1.0..1.0_f64, 3)) {
        let after = model.updated(&start, &y[0])?.0;
        let direction = DMatrix::from_row_slice(1, start.dimension(), &direction[..start.dimension()]);
        let zero = DVector::zeros(1);
        let (Ok(before), Ok(after)) = (start.affine(&direction, &zero), after.affine(&direction, &zero)) else {
            return Err(TestCaseError::reject("no direction"));
        };
        let (before, after) = (before.cholesky_factor()[(0, 0)], after.cholesky_factor()[(0, 0)]);
        at_least(before * (1.0 + 1e3 * EPS * condition(&start)), after)?;
    }
}
