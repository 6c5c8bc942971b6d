//! Saving, resuming, and steps in parts.

use crate::bits;
use gradus_optim::{
    Average, Chain, ClipByGlobalNorm, ClipByValue, Gradient, Layout, Link, Look, Lookahead,
    OptimError, Pass, ScaleByAdam, ScaleByFactoredRms, ScaleByLbfgs, ScaleByLearningRate,
    ScaleByTrustRatio, Shape, Trace, adam_w, chain,
};

fn is_matrix(e: &gradus_optim::Entry) -> bool {
    e.shape.columns > 1
}

/// A chain of every grain, on some tensors, with one of them frozen; and a plain one.
fn chains() -> Result<Vec<Chain<f64>>, OptimError> {
    let down = || ScaleByLearningRate::new(0.01);
    let every_grain = chain(vec![
        Link::new(ClipByGlobalNorm { max_norm: 0.5 }),
        Link::new(Trace {
            decay: 0.95,
            look: Look::Ahead,
        })
        .only(is_matrix),
        Link::coarse(ScaleByFactoredRms::default()).only(is_matrix),
        Link::new(ScaleByAdam::default()).only(|e| !is_matrix(e)),
        Link::new((ScaleByTrustRatio, down())),
        Link::new(Average { beta: 0.9 }),
        Link::new(Lookahead {
            every: 2,
            alpha: 0.5,
        }),
    ])?;
    let everything = chain(vec![
        Link::coarse(ScaleByLbfgs { memory: 2 }).only(is_matrix),
        Link::new(ClipByValue { limit: 1e3 }),
        Link::new(ClipByGlobalNorm { max_norm: 0.5 }),
        Link::new(down()),
    ])?;
    Ok(vec![
        every_grain.freeze(|e| e.name == "0.bias"),
        everything,
        adam_w(0.01, 0.1)?,
    ])
}

fn parts(pass: Pass<'_, f64>, depth: u64) {
    if depth == 0 || pass.blocks() < 2 {
        return pass.run();
    }
    let (left, right) = pass.halves();
    parts(right, depth - 1);
    parts(left, depth - 1);
}

#[test]
fn threads_and_resuming_change_no_bit() -> Result<(), OptimError> {
    let mut layout = Layout::new();
    layout.push("none", Shape::new(0, 5))?;
    layout.push("0.weight", Shape::new(300, 70))?;
    layout.push("0.bias", Shape::new(300, 1))?;
    layout.push("1.weight", Shape::new(40, 300))?;
    layout.push("1.bias", Shape::new(40, 1))?;
    let start: Vec<f64> = (0..layout.len()).map(|i| (i as f64).cos()).collect();
    for optimizer in chains()? {
        let (mut one, mut other) = (start.clone(), start.clone());
        let mut state = optimizer.init(&layout, &one)?;
        let mut cut = optimizer.init(&layout, &other)?;
        for t in 1..=6 {
            let wave = |(i, x): (usize, &f64)| 0.5 * x + (0.7 * t as f64 + i as f64).sin();
            let g: Vec<f64> = one.iter().enumerate().map(wave).collect();
            optimizer.update(&mut state, &mut one, Gradient::sum_of(&[&g]))?;
            let shards: [&[f64]; 1] = [&g];
            let mut step = optimizer.prepare(&mut cut, &mut other, Gradient::sum_of(&shards))?;
            while let Some(pass) = step.next_pass() {
                parts(pass, t);
            }
            assert_eq!(bits(&one), bits(&other), "{optimizer:?} at {t}");
            let mut restored = optimizer.init(&layout, &start)?;
            for name in cut.names() {
                restored.restore(name, cut.vector(name)?)?;
            }
            for name in cut.number_names() {
                restored.restore_number(name, cut.number(name)?)?;
            }
            restored.restore_step(cut.step());
            assert_eq!(restored, state);
            cut = restored;
        }
        let (mut to, mut from_cut) = (start.clone(), start.clone());
        optimizer.evaluate(&state, &one, &mut to)?;
        optimizer.evaluate(&cut, &other, &mut from_cut)?;
        assert_eq!(bits(&to), bits(&from_cut));
    }
    Ok(())
}
