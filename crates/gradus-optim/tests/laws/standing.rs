//! What does not pull does not move: every optimizer without decay that begins at rest, also in single precision with a tiny ε.
//! (Yogi of the paper begins with an average gradient of 10⁻⁶, and moves.)

use crate::{bits, ordinary, run, single};
use gradus_optim::{
    Average, Chain, ClipByNorm, ClipByValue, Epsilon, Float, Link, Lookahead, MeanOfSteps,
    OptimError, Orthogonalize, RootEpsilon, ScaleByAdadelta, ScaleByAdagrad, ScaleByAdam,
    ScaleByAdamax, ScaleByAdan, ScaleByAmsgrad, ScaleByBelief, ScaleByFactoredRms, ScaleByLbfgs,
    ScaleByLearningRate, ScaleByLion, ScaleByNadam, ScaleByProdigy, ScaleByRectifiedAdam,
    ScaleByRms, ScaleByRprop, ScaleBySign, ScaleBySoap, ScaleBySophia, ScaleByStandardDeviation,
    ScaleByYogi, SkipNonFinite, adafactor, adagrad, chain, descend, lamb, lars, lion, rms_prop,
    sgd,
};
use gradus_testkit::cases;
use proptest::prelude::*;

/// Each optimizer, with an ε as small as its bound allows in single precision where it has one.
fn of_averages<T: Float>() -> Result<Vec<Chain<T>>, OptimError> {
    let tiny = 1e-10;
    let adam = ScaleByAdam {
        epsilon: Epsilon::Corrected(1e-30),
        ..ScaleByAdam::default()
    };
    Ok(vec![
        adagrad(0.1)?,
        descend(
            ScaleByAdagrad {
                initial: 0.0,
                epsilon: tiny,
            },
            0.1,
        )?,
        rms_prop(0.1, 0.9)?,
        descend(
            ScaleByRms {
                beta: 0.9,
                epsilon: RootEpsilon::Outside(tiny),
            },
            0.1,
        )?,
        descend(
            ScaleByRms {
                beta: 0.9,
                epsilon: RootEpsilon::Inside(tiny),
            },
            0.1,
        )?,
        descend(
            ScaleByStandardDeviation {
                beta: 0.9,
                epsilon: tiny,
            },
            0.1,
        )?,
        descend(ScaleByAdadelta::default(), 1.0)?,
        descend(adam, 0.1)?,
        descend(ScaleByAmsgrad::default(), 0.1)?,
        descend(ScaleByNadam::default(), 0.1)?,
        descend(ScaleByRectifiedAdam::default(), 0.1)?,
        descend(ScaleByAdamax::default(), 0.1)?,
        descend(
            ScaleByYogi {
                initial: 0.0,
                ..ScaleByYogi::default()
            },
            0.1,
        )?,
        descend(
            ScaleByBelief {
                epsilon: 1e-8,
                ..ScaleByBelief::default()
            },
            0.1,
        )?,
        descend(ScaleByAdan::default(), 0.1)?,
    ])
}

/// Those of signs, of matrices, of whole parameters, and what stands beside the steps.
fn others<T: Float>() -> Result<Vec<Chain<T>>, OptimError> {
    let rate = || ScaleByLearningRate::new(0.1);
    Ok(vec![
        descend(ScaleByLion::default(), 0.1)?,
        descend(ScaleBySign, 0.1)?,
        descend(ScaleByRprop::default(), 1.0)?,
        descend(ScaleBySophia::default(), 0.1)?,
        lion(0.1, 0.0)?,
        lamb(0.1, 0.0)?,
        lars(0.1, 0.0, 0.9, 0.01)?,
        adafactor(0.1)?,
        chain(vec![
            Link::coarse(ScaleByFactoredRms::default()),
            Link::new(rate()),
        ])?,
        chain(vec![
            Link::coarse(Orthogonalize::default()),
            Link::new(rate()),
        ])?,
        chain(vec![
            Link::coarse(ScaleByLbfgs { memory: 3 }),
            Link::new(ClipByValue { limit: 1.0 }),
            Link::new(rate()),
        ])?,
        chain(vec![
            Link::coarse(ScaleByProdigy::default()),
            Link::new(rate()),
        ])?,
        chain(vec![
            Link::coarse(ScaleBySoap::default()),
            Link::new(rate()),
        ])?,
        sgd(0.1)?.after(ClipByNorm::Absolute(0.5))?,
        sgd(0.1)?.after(SkipNonFinite { in_a_row: 3 })?,
        sgd(0.1)?.before(MeanOfSteps { start: 2, every: 2 })?,
        sgd(0.1)?.before(Average { beta: 0.9 })?,
        sgd(0.1)?.before(Lookahead {
            every: 3,
            alpha: 0.5,
        })?,
    ])
}

fn all<T: Float>() -> Result<Vec<Chain<T>>, OptimError> {
    Ok([of_averages()?, others()?].into_iter().flatten().collect())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn without_a_gradient_no_optimizer_moves(x in ordinary(1..30), steps in 1..12_u64) {
        let x: Vec<f64> = x.iter().map(|x| x.clamp(-1e12, 1e12) + 0.0).collect(); // a decay of 0 makes 0 of −0
        for optimizer in &all::<f64>()? {
            let after = run(optimizer, &x, steps, |_, x| vec![0.0; x.len()])?;
            prop_assert_eq!(bits(&after), bits(&x), "{:?}", optimizer);
        }
        let x: Vec<f32> = single(&x).iter().map(|x| x + 0.0).collect();
        for optimizer in &all::<f32>()? {
            let after = run(optimizer, &x, steps, |_, x| vec![0.0; x.len()])?;
            prop_assert_eq!(bits(&after), bits(&x), "{:?}", optimizer);
        }
    }
}
