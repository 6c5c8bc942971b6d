//! What learns its axes or its rate: SOAP and Prodigy.

use crate::{bits, flat, run};
use gradus_optim::{
    Chain, Epsilon, Gradient, Layout, Link, Now, OptimError, Reach, ScaleByAdam,
    ScaleByLearningRate, ScaleByProdigy, ScaleBySoap, Shape, Transformation, chain,
};
use gradus_testkit::nalgebra::DMatrix;
use gradus_testkit::strategies::{orthogonal, vector};
use gradus_testkit::{all_scaled, at_most, cases};
use proptest::prelude::*;

fn at_rate(link: Link<f64>, rate: f64) -> Result<Chain<f64>, OptimError> {
    chain(vec![link, Link::new(ScaleByLearningRate::new(rate))])
}

fn prodigy(settings: ScaleByProdigy) -> Result<Chain<f64>, OptimError> {
    at_rate(Link::coarse(settings), 1.0)
}

/// Adam with its constant before the correction.
fn uncorrected(beta1: f64, beta2: f64, epsilon: f64) -> ScaleByAdam {
    let epsilon = Epsilon::Uncorrected(epsilon);
    ScaleByAdam {
        beta1,
        beta2,
        epsilon,
    }
}

/// Another gradient at every step.
fn wave(t: u64, n: usize) -> Vec<f64> {
    let one = |i: usize| (1.7 * t as f64 + 2.3 * i as f64).sin() + 0.3 * i as f64;
    (0..n).map(one).collect()
}

fn by_rows(a: &DMatrix<f64>) -> Vec<f64> {
    a.transpose().as_slice().to_vec()
}

/// The updates of a link alone for the gradients of a matrix.
fn updates(
    what: impl Transformation<f64> + 'static,
    shape: Shape,
    gradients: &[Vec<f64>],
) -> Result<Vec<Vec<f64>>, OptimError> {
    let optimizer = chain(vec![Link::coarse(what)])?;
    let mut layout = Layout::new();
    layout.push("w", shape)?;
    let mut state = optimizer.init(&layout, &vec![0.0; layout.len()])?;
    let one = |g: &Vec<f64>| {
        let mut theta = vec![0.0; g.len()];
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[g]))?;
        Ok(theta)
    };
    gradients.iter().map(one).collect()
}

/// Numbers of all sizes.
fn any_size() -> impl Strategy<Value = f64> {
    let signed = |(e, minus)| {
        if minus {
            -(10_f64.powf(e))
        } else {
            10_f64.powf(e)
        }
    };
    (-40.0..18.0_f64, any::<bool>()).prop_map(signed)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn prodigys_distance_never_falls(x in vector(1..10), g in vector(60..61), n in 1..10_usize) {
        let optimizer = prodigy(ScaleByProdigy::default())?;
        let n = n.min(x.len());
        let mut theta = x[..n].to_vec();
        let mut state = optimizer.init(&flat(n)?, &theta)?;
        let mut before = state.vector("0.distance")?[0];
        prop_assert_eq!(before, 1e-6);
        for g in g.windows(n) {
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[g]))?;
            let now = state.vector("0.distance")?[0];
            prop_assert!(now >= before && now <= 1e10);
            before = now;
        }
    }

    #[test]
    fn prodigys_distance_is_a_lower_bound(
        way in prop::collection::vec((-5.0..5.0_f64, 0.01..10.0_f64, any::<bool>()), 1..6), steps in 1..300_u64,
    ) {
        // Σ wᵢ |xᵢ − aᵢ| and ½ Σ wᵢ (xᵢ − aᵢ)² from 0.
        let optimizer = prodigy(ScaleByProdigy::default())?;
        let mut theta = vec![0.0; way.len()];
        let mut state = optimizer.init(&flat(way.len())?, &theta)?;
        for _ in 0..steps {
            let slope = |(x, &(a, w, kink)): (&f64, &(f64, f64, bool))| w * if kink { (x - a).signum() } else { x - a };
            let g: Vec<f64> = theta.iter().zip(&way).map(slope).collect();
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
        }
        let farthest = way.iter().fold(1e-6, |most: f64, (a, _, _)| most.max(a.abs()));
        at_most(state.vector("0.distance")?[0], farthest * (1.0 + 1e-14 * steps as f64))?; // roundings of a step
    }

    #[test]
    fn prodigy_at_one_distance_is_adam(x in vector(1..10), d in 1e-3..1.0, beta1 in 0.0..0.95) {
        let settings = ScaleByProdigy { beta1, first: d, most: d, ..ScaleByProdigy::default() };
        let adam = at_rate(Link::new(uncorrected(beta1, 0.999, 1e-8)), d)?;
        let pull = |t: u64, x: &[f64]| wave(t, x.len());
        let (one, other) = (run(&prodigy(settings)?, &x, 20, pull)?, run(&adam, &x, 20, pull)?);
        let size = 20.0 * d + x.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
        all_scaled(&one, &other, 100.0 * f64::EPSILON, size)?;
    }

    #[test]
    fn prodigy_ignores_the_scale_of_the_gradient(n in 1..10_usize, power in -60..60_i32, steps in 1..40_u64) {
        let optimizer = prodigy(ScaleByProdigy { epsilon: 0.0, ..ScaleByProdigy::default() })?;
        let (start, scale) = (vec![1.0; n], f64::powi(2.0, power));
        let plain = run(&optimizer, &start, steps, |t, x| wave(t, x.len()))?;
        let scaled = run(&optimizer, &start, steps, |t, x| wave(t, x.len()).iter().map(|g| g * scale).collect())?;
        prop_assert_eq!(bits(&plain), bits(&scaled));
    }

    #[test]
    fn soap_without_bases_is_adam(x in vector(1..10), beta1 in 0.0..0.97, beta2 in 0.95..0.999) {
        let soap = ScaleBySoap { beta1, beta2, largest: 0, ..ScaleBySoap::default() };
        let (soap, adam) = (at_rate(Link::coarse(soap), 0.1)?, at_rate(Link::new(uncorrected(beta1, beta2, 1e-8)), 0.1)?);
        let turned = run(&soap, &x, 11, |t, x| wave(t, x.len()))?;
        let plain = run(&adam, &x, 10, |t, x| wave(t + 1, x.len()))?; // the first gradient makes the bases
        prop_assert_eq!(bits(&turned), bits(&plain));
    }

    #[test]
    fn soap_commutes_with_rotations(p in orthogonal(2..4), s in orthogonal(2..4), every in 1..4_u64) {
        let (rows, columns) = (p.nrows(), s.nrows());
        // Square matrices: the first gradient leaves no direction that the first basis could choose freely.
        prop_assume!(rows == columns);
        let diagonal = DMatrix::from_fn(rows, columns, |i, j| if i == j { 3.0 * (i + 1) as f64 } else { 0.0 });
        let gradient = |t: u64| DMatrix::from_row_slice(rows, columns, &wave(t, rows * columns)) + &diagonal;
        let soap = ScaleBySoap { every, ..ScaleBySoap::default() };
        let shape = Shape::new(rows, columns);
        let plain: Vec<_> = (1..12).map(|t| by_rows(&gradient(t))).collect();
        let turned: Vec<_> = (1..12).map(|t| by_rows(&(&p * gradient(t) * &s))).collect();
        let (plain, turned) = (updates(soap, shape, &plain)?, updates(soap, shape, &turned)?);
        for (plain, turned) in plain.iter().zip(&turned) {
            let expected = &p * DMatrix::from_row_slice(rows, columns, plain) * &s;
            // Gaps between the eigenvalues of these sums are above 10⁻³ of them; twelve steps.
            all_scaled(turned, &by_rows(&expected), 1e-9, 1.0)?;
        }
    }

    #[test]
    fn soaps_bases_stay_orthonormal(
        (rows, columns) in (1..6_usize, 1..6_usize), numbers in prop::collection::vec(any_size(), 30),
        rank_one in any::<bool>(),
    ) {
        let soap = ScaleBySoap { every: 1, ..ScaleBySoap::default() };
        let optimizer = at_rate(Link::coarse(soap), 1e-3)?;
        let mut layout = Layout::new();
        layout.push("w", Shape::new(rows, columns))?;
        let mut theta = vec![0.0; layout.len()];
        let mut state = optimizer.init(&layout, &theta)?;
        for t in 0..6 {
            let entry = |k: usize| if rank_one { numbers[t] * (k / columns + 1) as f64 } else { numbers[(k + 5 * t) % 30] };
            let g: Vec<f64> = (0..rows * columns).map(entry).collect();
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
            for name in ["0.left_basis", "0.right_basis"] {
                let basis = state.vector(name)?;
                let n = basis.len().isqrt();
                let basis = DMatrix::from_row_slice(n, n, basis);
                let identity = by_rows(&DMatrix::identity(n, n));
                all_scaled(&by_rows(&(&basis * basis.transpose())), &identity, 20.0 * f64::EPSILON, 1.0)?;
            }
        }
    }

    #[test]
    fn learned_updates_stay_within_their_bounds(
        (rows, columns) in (1..5_usize, 1..5_usize), numbers in prop::collection::vec(any_size(), 160),
        every in 1..3_u64,
    ) {
        let n = rows * columns;
        let soap = ScaleBySoap { every, ..ScaleBySoap::default() };
        let settings = ScaleByProdigy { first: 1.0, most: 3.0, ..ScaleByProdigy::default() };
        let gradients: Vec<Vec<f64>> = numbers.chunks_exact(n).map(<[f64]>::to_vec).collect();
        let shape = Shape::new(rows, columns);
        let reach = Reach { g: 1e18, theta: 1.0, n: n as f64 };
        let within = |what: &dyn Transformation<f64>, updates: &[Vec<f64>]| -> Result<(), TestCaseError> {
            for (t, u) in updates.iter().enumerate() {
                let mut numbers = vec![0.0; what.numbers().len()];
                what.prepare(&Now { step: t as u64 + 1, loss: None, before: &[] }, &mut numbers)?;
                let bound = what.bound(reach, &numbers);
                prop_assert!(bound < 1e4 && u.iter().all(|u| u.abs() <= bound), "{what:?}: {u:?} beyond {bound}");
            }
            Ok(())
        };
        within(&soap, &updates(soap, shape, &gradients)?)?;
        within(&settings, &updates(settings, shape, &gradients)?)?;
    }
}

#[test]
fn prodigys_settings_are_checked() {
    let refused = |settings| Transformation::<f32>::check(&settings).is_err();
    let plain = ScaleByProdigy::default();
    assert!(!refused(plain));
    for (beta3, epsilon, first, most) in [
        (1.0, 1e-8, 1e-6, 1e10),
        (0.9, -1.0, 1e-6, 1e10),
        (0.9, 1e-8, 0.0, 1e10),
        (0.9, 1e-8, 1e-6, f64::NAN),
    ] {
        assert!(refused(ScaleByProdigy {
            beta3,
            epsilon,
            first,
            most,
            ..plain
        }));
    }
}
