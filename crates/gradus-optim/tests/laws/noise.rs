//! Noise on gradients, steps that are skipped, batches in parts.

use crate::{bits, flat, ordinary, run};
use gradus_optim::{
    Accumulation, AddNoise, Chain, Gradient, Key, Layout, Link, OptimError, ScaleByLearningRate,
    Shape, SkipNonFinite, State, adam, chain, momentum, sgd,
};
use gradus_random::normal;
use gradus_testkit::strategies::vector;
use gradus_testkit::{all_scaled, cases, scaled};
use proptest::prelude::*;

fn noisy(eta: f64, gamma: f64, key: Key) -> Result<Chain<f64>, OptimError> {
    let down = ScaleByLearningRate::new(1.0);
    chain(vec![
        Link::coarse(AddNoise { eta, gamma, key }),
        Link::new(down),
    ])
}

fn two_tensors(rows: usize) -> Result<Layout, OptimError> {
    let mut layout = Layout::new();
    layout.push("a", Shape::new(rows, 2))?;
    layout.push("b", Shape::new(rows, 1))?;
    Ok(layout)
}

/// Gradients of which some are not finite, and whether one is.
fn spoilt() -> impl Strategy<Value = Vec<Option<f64>>> {
    let bad = prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e200]);
    prop::collection::vec(prop::option::of(bad), 1..12)
}

/// Makes the steps; where there is a bad number it stands in the gradient, or is the loss.
fn with_bad(
    optimizer: &Chain<f64>,
    x: &[f64],
    bad: &[Option<f64>],
    in_loss: bool,
) -> Result<(Vec<f64>, State<f64>), OptimError> {
    let mut theta = x.to_vec();
    let mut state = optimizer.init(&flat(x.len())?, x)?;
    let mut good = 0;
    for bad in bad {
        let mut g: Vec<f64> = theta.iter().map(|x| 0.5 * x + f64::from(good)).collect();
        let mut loss = 1.0;
        match *bad {
            None => good += 1,
            Some(value) if in_loss && !value.is_finite() => loss = value,
            Some(value) => g[0] = value,
        }
        let shards: [&[f64]; 1] = [&g];
        let gradient = Gradient::sum_of(&shards).with_loss(loss);
        optimizer.update(&mut state, &mut theta, gradient)?;
    }
    Ok((theta, state))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn skipped_steps_leave_no_trace_but_their_number(
        x in vector(1..20), bad in spoilt(), in_loss in any::<bool>(),
    ) {
        let skip = SkipNonFinite { in_a_row: 12 };
        let good = vec![None; bad.iter().filter(|bad| bad.is_none()).count()];
        for optimizer in [sgd(0.1)?.after(skip)?, momentum(0.1, 0.9)?.before(skip)?, adam(0.1)?.after(skip)?] {
            let (theta, state) = with_bad(&optimizer, &x, &bad, in_loss)?;
            let (expected, clean) = with_bad(&optimizer, &x, &good, false)?;
            prop_assert_eq!(bits(&theta), bits(&expected));
            prop_assert_eq!(state.step(), good.len() as u64);
            for name in state.names() {
                prop_assert_eq!(bits(state.vector(name)?), bits(clean.vector(name)?));
            }
            let skipped = |state: &State<f64>| state.number("0.skipped").or_else(|_| state.number("1.skipped"));
            prop_assert_eq!(skipped(&state)?, (bad.len() - good.len()) as f64);
            prop_assert_eq!(skipped(&clean)?, 0.0);
        }
    }

    #[test]
    fn skipped_steps_are_counted_over_a_restart(x in vector(1..20), bad in spoilt(), at in 0..12_usize) {
        let optimizer = adam(0.1)?.after(SkipNonFinite { in_a_row: 100 })?;
        let at = at.min(bad.len());
        let (theta, state) = with_bad(&optimizer, &x, &bad[..at], false)?;
        let mut restored = optimizer.init(&flat(x.len())?, &x)?;
        for name in state.names() {
            restored.restore(name, state.vector(name)?)?;
        }
        for name in state.number_names() {
            restored.restore_number(name, state.number(name)?)?;
        }
        restored.restore_step(state.step());
        prop_assert_eq!(&restored, &state);
        let mut after = theta.clone();
        optimizer.update(&mut restored, &mut after, Gradient::sum_of(&[&vec![f64::NAN; x.len()]]))?;
        prop_assert_eq!(restored.number("0.skipped")?, state.number("0.skipped")? + 1.0);
        prop_assert_eq!(bits(&after), bits(&theta));
    }

    #[test]
    fn noise_belongs_to_key_step_and_tensor(
        seed in any::<u64>(), rows in 1..600_usize, steps in 1..4_u64, eta in 0.01..2.0, gamma in 0.0..1.0,
    ) {
        // The draws in their order; parts of a pass in any order leave the same bits.
        let (layout, key) = (two_tensors(rows)?, Key::new(seed).stream(3));
        let optimizer = noisy(eta, gamma, key)?;
        let mut theta = vec![0.0; layout.len()];
        let mut expected = theta.clone();
        let mut state = optimizer.init(&layout, &theta)?;
        let zeros = theta.clone();
        for t in 1..=steps {
            let shards: [&[f64]; 1] = [&zeros];
            let mut step = optimizer.prepare(&mut state, &mut theta, Gradient::sum_of(&shards))?;
            while let Some(pass) = step.next_pass() {
                let (left, right) = pass.halves();
                right.run();
                left.run();
            }
            let deviation = (eta * (t as f64).powf(-gamma)).sqrt();
            for tensor in layout.entries() {
                let mut rng = key.round((t as f64).to_bits()).index(tensor.offset as u64).rng();
                expected[tensor.window()].iter_mut().for_each(|x| *x -= deviation * normal(&mut rng));
            }
        }
        prop_assert_eq!(bits(&theta), bits(&expected));
    }

    #[test]
    fn noise_of_no_variance_changes_no_bit(x in ordinary(1..30), gamma in 0.0..2.0) {
        let pull = |_: u64, x: &[f64]| x.iter().map(|x| 0.5 * x).collect::<Vec<_>>();
        let one = run(&noisy(0.0, gamma, Key::new(1))?, &x, 3, pull)?;
        prop_assert_eq!(bits(&one), bits(&run(&sgd(1.0)?, &x, 3, pull)?));
    }

    #[test]
    fn micro_batches_make_the_batch(
        points in prop::collection::vec((-5.0..5.0_f64, -5.0..5.0_f64), 1..60),
        cuts in prop::collection::vec(0..60_usize, 0..6),
        w in -3.0..3.0_f64,
    ) {
        // ½ (w x − y)², by parts of any size.
        let slope = |&(x, y): &(f64, f64)| [(w * x - y) * x, w * x - y];
        let value = |&(x, y): &(f64, f64)| 0.5 * (w * x - y).powi(2);
        let mean = |part: &[(f64, f64)]| -> ([f64; 2], f64) {
            let n = part.len() as f64;
            let sum = part.iter().map(slope).fold([0.0; 2], |a, b| [a[0] + b[0], a[1] + b[1]]);
            (sum.map(|s| s / n), part.iter().map(value).sum::<f64>() / n)
        };
        let mut cuts: Vec<usize> = cuts.into_iter().filter(|&cut| cut > 0 && cut < points.len()).collect();
        cuts.extend([0, points.len()]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut batch = Accumulation::new(&flat(2)?)?;
        for cut in cuts.windows(2) {
            let (gradient, loss) = mean(&points[cut[0]..cut[1]]);
            batch.add(&gradient, loss, (cut[1] - cut[0]) as f64)?;
        }
        let (gradient, loss) = mean(&points);
        // Slopes are at most 100, losses 200; γ of the samples and of three roundings a part.
        let gamma = (points.len() + 3 * cuts.len()) as f64 * f64::EPSILON;
        all_scaled(batch.gradient(), &gradient, gamma, 100.0)?;
        scaled(batch.loss(), loss, gamma, 200.0)?;
        prop_assert_eq!(batch.weight(), points.len() as f64);
        batch.clear();
        prop_assert_eq!(&batch, &Accumulation::new(&flat(2)?)?);
    }

    #[test]
    fn one_micro_batch_is_the_batch(g in ordinary(1..20), weight in 1e-3..1e3) {
        let mut batch = Accumulation::new(&flat(g.len())?)?;
        batch.add(&g, 0.25, weight)?;
        prop_assert_eq!(bits(batch.gradient()), bits(&g));
        prop_assert_eq!(batch.loss(), 0.25);
    }

    #[test]
    fn an_accumulation_resumes_to_the_bit(g in prop::collection::vec((ordinary(3..4), -9.0..9.0, 1e-3..1e3), 1..8), cut in 0..8_usize) {
        let layout = flat(3)?;
        let (mut whole, mut first) = (Accumulation::new(&layout)?, Accumulation::new(&layout)?);
        let cut = cut % g.len() + 1;
        for (g, loss, weight) in &g[..cut] {
            whole.add(g, *loss, *weight)?;
            first.add(g, *loss, *weight)?;
        }
        let mut resumed = Accumulation::new(&layout)?;
        resumed.add(first.gradient(), first.loss(), first.weight())?; // what was saved
        for (g, loss, weight) in &g[cut..] {
            whole.add(g, *loss, *weight)?;
            resumed.add(g, *loss, *weight)?;
        }
        prop_assert_eq!(bits(resumed.gradient()), bits(whole.gradient()));
        prop_assert_eq!([resumed.loss(), resumed.weight()], [whole.loss(), whole.weight()]);
    }

    #[test]
    fn means_of_huge_gradients_are_finite(
        signs in prop::collection::vec((any::<bool>(), 1e-300..1e300_f64), 1..20),
    ) {
        let mut batch = Accumulation::new(&flat(1)?)?;
        for (plus, weight) in signs {
            let g = if plus { f64::MAX } else { -f64::MAX };
            batch.add(&[g], g, weight)?;
            prop_assert!(batch.gradient()[0].is_finite() && batch.loss().is_finite());
        }
    }
}

#[test]
fn noise_has_its_variance() -> Result<(), Box<dyn std::error::Error>> {
    // The mean of n draws is within 5 σ / √n, their mean square within 5 √(2/n) of σ².
    let n = 40_000;
    let layout = flat(n)?;
    let (eta, gamma) = (0.3, 0.55);
    let optimizer = noisy(eta, gamma, Key::new(5))?;
    let mut state = optimizer.init(&layout, &vec![0.0; n])?;
    for t in 0..5 {
        let mut theta = vec![0.0; n];
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&vec![0.0; n]]))?;
        let variance = eta / (1.0 + f64::from(t)).powf(gamma);
        let count = n as f64;
        let mean = theta.iter().sum::<f64>() / count;
        let square = theta.iter().map(|x| x * x).sum::<f64>() / count;
        scaled(mean, 0.0, 5.0 / count.sqrt(), variance.sqrt())?;
        scaled(square, variance, 5.0 * (2.0 / count).sqrt(), variance)?;
    }
    Ok(())
}

#[test]
fn too_many_skipped_steps_in_a_row_are_refused() -> Result<(), OptimError> {
    let optimizer = sgd(1.0)?.after(SkipNonFinite { in_a_row: 2 })?;
    let mut theta = [1.0];
    let mut state = optimizer.init(&flat(1)?, &theta)?;
    for g in [f64::NAN, f64::NAN, 0.5, f64::NAN, 1e200] {
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[g]]))?;
    }
    assert_eq!((theta, state.number("0.skipped")?), ([0.5], 4.0));
    let before = state.clone();
    let refused = optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[f64::NAN]]));
    assert!(matches!(
        refused,
        Err(OptimError::NonFinite { step: 2, .. })
    ));
    assert_eq!(state, before);
    // A wrong length is no number that may be skipped, and a count is not negative.
    let refused = optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0, 2.0]]));
    assert!(matches!(refused, Err(OptimError::GradientLength { .. })));
    state.restore_number("0.skipped", -1.0)?;
    let refused = optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]));
    assert!(matches!(refused, Err(OptimError::UnsoundNumber { .. })));
    Ok(())
}

#[test]
fn what_cannot_be_accumulated_changes_nothing() -> Result<(), OptimError> {
    let mut batch = Accumulation::new(&flat(1)?)?;
    batch.add(&[1.0], 1.0, 2.0)?;
    let before = batch.clone();
    for weight in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(batch.add(&[3.0], 1.0, weight).is_err());
    }
    assert!(matches!(
        batch.add(&[1.0, 2.0], 1.0, 1.0),
        Err(OptimError::GradientLength {
            shard: 1,
            expected: 1,
            got: 2
        })
    ));
    assert_eq!(batch, before);
    Ok(())
}
