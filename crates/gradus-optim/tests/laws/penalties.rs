//! Penalties and weight decay.

use crate::run;
use gradus_optim::{
    AddDecayedWeights, AddL1Gradient, BLOCK, Cosine, Gradient, Layout, OptimError, Schedule, Shape,
    adam, adam_w, adam_w_paper, is_weight, sgd,
};
use gradus_testkit::strategies::vector;
use gradus_testkit::{cases, same_bits, within_ulps};
use proptest::prelude::*;

fn nothing(_: u64, x: &[f64]) -> Vec<f64> {
    vec![0.0; x.len()]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn decay_without_gradient_is_geometric(x in 0.1..10.0_f64, eta in 0.0..0.5_f64, lambda in 0.0..0.5_f64, t in 1..40_u64) {
        let coupled = run(&adam_w(eta, lambda)?, &[x], t, nothing)?;
        within_ulps(coupled[0], x * (1.0 - eta * lambda).powf(t as f64), 2 * t)?;

        let multiplier = Cosine { start: 1.0, end: 0.0, steps: 50 };
        let paper = run(&adam_w_paper(eta, multiplier, lambda)?, &[x], t, nothing)?;
        let expected = (0..t).fold(x, |x, t| x * (1.0 - multiplier.at(t) * lambda));
        within_ulps(paper[0], expected, 2 * t)?;
    }

    #[test]
    fn l2_is_decay_for_gradient_descent_only(x in vector(1..10), lambda in 0.0..0.5) {
        let pull = |t: u64, x: &[f64]| x.iter().map(|x| 0.25 * x + t as f64).collect::<Vec<_>>();
        let with_penalty = |_: u64, x: &[f64]| {
            let g = pull(1, x);
            x.iter().zip(g).map(|(x, g)| g + lambda * x).collect()
        };
        let decayed = run(&sgd(0.5)?.after(AddDecayedWeights::new(lambda))?, &x, 1, pull)?;
        let penalized = run(&sgd(0.5)?, &x, 1, with_penalty)?;
        for (one, other) in decayed.iter().zip(&penalized) {
            same_bits(*one, *other)?;
        }
    }

    #[test]
    fn l1_pulls_by_a_constant(x in vector(1..20), lambda in 0.0..1.0) {
        let optimizer = sgd(0.5)?.after(AddL1Gradient { lambda })?;
        let after = run(&optimizer, &x, 1, nothing)?;
        for (after, x) in after.iter().zip(&x) {
            let sign = if *x == 0.0 { 0.0 } else { x.signum() };
            prop_assert_eq!(*after, x - 0.5 * lambda * sign);
        }
    }
}

#[test]
fn l2_in_adam_is_not_decay() -> Result<(), OptimError> {
    // The penalty's gradient is divided by its own root: every weight moves by η, however large it is.
    let penalized = adam(0.1)?.after(AddDecayedWeights::new(0.5))?;
    let l2 = run(&penalized, &[1.0, 4.0], 1, nothing)?;
    let decayed = run(&adam_w(0.1, 0.5)?, &[1.0, 4.0], 1, nothing)?;
    assert!((l2[0] - 0.9).abs() < 1e-8 && (l2[1] - 3.9).abs() < 1e-8);
    assert_eq!(decayed, [0.95, 3.8]);
    Ok(())
}

#[test]
fn decay_keeps_to_the_parameters_it_was_given() -> Result<(), OptimError> {
    // Three tensors over several blocks, the middle one masked out; every weight decays by its own value.
    let mut layout = Layout::new();
    layout.push("0.weight", Shape::new(BLOCK, 1))?;
    layout.push("0.bias", Shape::new(700, 1))?;
    layout.push("1.weight", Shape::new(BLOCK, 2))?;
    let start: Vec<f64> = (0..layout.len()).map(|i| i as f64).collect();
    let optimizer = sgd(0.5)?.after(AddDecayedWeights::new(0.5).only(is_weight))?;
    let (mut state, mut theta) = (optimizer.init(&layout, &start)?, start.clone());
    let nothing = vec![0.0; theta.len()];
    optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&nothing]))?;
    for (i, (after, before)) in theta.iter().zip(&start).enumerate() {
        let bias = (BLOCK..BLOCK + 700).contains(&i);
        assert_eq!(*after, if bias { *before } else { 0.75 * before });
    }
    Ok(())
}
