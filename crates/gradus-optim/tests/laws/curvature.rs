//! What divides by the curvature: Sophia.

use crate::{bits, flat, ordinary, run};
use gradus_optim::{
    Chain, Gradient, Layout, Link, MeanStart, OptimError, ScaleByLearningRate, ScaleBySophia,
    Shape, adam, chain, descend,
};
use gradus_testkit::cases;
use gradus_testkit::strategies::vector;
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn sophia_clips_every_entry(
        g in ordinary(1..20), h in ordinary(20..21), rho in 1e-3..10.0, steps in 1..6_u64, corrected in any::<bool>(),
    ) {
        let start = if corrected { MeanStart::Corrected } else { MeanStart::Zero };
        let optimizer: Chain<f64> = chain(vec![Link::new(ScaleBySophia { rho, start, ..ScaleBySophia::default() })])?;
        let zero = vec![0.0; g.len()];
        let mut state = optimizer.init(&flat(g.len())?, &zero)?;
        for t in 0..steps {
            let mut theta = zero.clone();
            if t % 2 == 0 {
                optimizer.learn_curvature(&mut state, &h[..g.len()])?;
            }
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
            prop_assert!(theta.iter().all(|u| u.abs() <= rho), "{theta:?}");
        }
    }

    #[test]
    fn sophia_is_newton_where_the_curvature_is_known(
        lambda in prop::collection::vec(-20..20_i32, 1..10), x in prop::collection::vec(-8..8_i32, 10),
    ) {
        // ½ Σ λᵢ xᵢ² with λ powers of two, so that nothing is rounded.
        let lambda: Vec<f64> = lambda.into_iter().map(|k| f64::powi(2.0, k)).collect();
        let x: Vec<f64> = x[..lambda.len()].iter().map(|&x| f64::from(x)).collect();
        let newton = ScaleBySophia { beta1: 0.0, beta2: 0.0, gamma: 1.0, rho: 10.0, ..ScaleBySophia::default() };
        let optimizer = descend(newton, 1.0)?;
        let (mut theta, mut state) = (x.clone(), optimizer.init(&flat(x.len())?, &x)?);
        optimizer.learn_curvature(&mut state, &lambda)?;
        let g: Vec<f64> = x.iter().zip(&lambda).map(|(x, l)| x * l).collect();
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
        prop_assert!(theta.iter().all(|&x| x == 0.0), "{theta:?}");
    }

    #[test]
    fn sophia_steps_by_the_sign_where_curvature_is_negative(x in vector(1..20), rate in 0.01..1.0) {
        let g = |_: u64, x: &[f64]| vec![-3.0; x.len()];
        let optimizer = descend(ScaleBySophia::default(), rate)?;
        let (mut theta, mut state) = (x.clone(), optimizer.init(&flat(x.len())?, &x)?);
        optimizer.learn_curvature(&mut state, &vec![-1e6; x.len()])?;
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g(1, &x)]))?;
        let expected: Vec<f64> = x.iter().map(|x| x + rate).collect();
        prop_assert_eq!(bits(&theta), bits(&expected));
        // Before the first estimate the curvature is 0.
        prop_assert_eq!(bits(&run(&optimizer, &x, 1, g)?), bits(&expected));
    }

    #[test]
    fn a_refused_curvature_changes_nothing(
        h in vector(2..20), at in 0..20_usize,
        bad in prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e200]),
    ) {
        let optimizer = descend(ScaleBySophia::default(), 0.1)?;
        let mut state = optimizer.init(&flat(h.len())?, &h)?;
        optimizer.learn_curvature(&mut state, &h)?;
        let (before, mut spoilt, at) = (state.clone(), h.clone(), at % h.len());
        spoilt[at] = bad;
        let refused = optimizer.learn_curvature(&mut state, &spoilt);
        let named = matches!(refused, Err(OptimError::BadCurvature { ref parameter, index, .. }) if parameter == "w" && index == at);
        prop_assert!(named);
        let refused = optimizer.learn_curvature(&mut state, &h[1..]);
        let counted = matches!(refused, Err(OptimError::CurvatureLength { .. }));
        prop_assert!(counted);
        prop_assert_eq!(&state, &before);
    }
}

#[test]
fn curvature_reaches_the_tensors_of_its_link() -> Result<(), OptimError> {
    let sophia = (ScaleBySophia::default(), ScaleByLearningRate::new(1.0));
    let optimizer = chain(vec![
        Link::new(sophia).only(|tensor| tensor.name != "b"),
        Link::new(ScaleByLearningRate::new(0.5)).only(|tensor| tensor.name == "b"),
    ])?;
    let mut layout = Layout::new();
    for (name, rows) in [("a", 2), ("b", 1), ("c", 1)] {
        layout.push(name, Shape::new(rows, 1))?;
    }
    let mut state = optimizer.init(&layout, &[0.0; 4])?;
    optimizer.learn_curvature(&mut state, &[1.0, 2.0, 3.0, 4.0])?;
    let share = 1.0 - 0.99;
    let expected = [1.0, 2.0, 4.0].map(|h: f64| share * h);
    assert_eq!(state.vector("0.curvature")?, expected);
    let adam = adam::<f64>(0.1)?;
    let mut state = adam.init(&layout, &[0.0; 4])?;
    let refused = adam.learn_curvature(&mut state, &[1.0; 4]);
    assert_eq!(refused, Err(OptimError::NoCurvature));
    Ok(())
}
