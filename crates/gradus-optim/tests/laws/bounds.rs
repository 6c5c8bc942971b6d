//! Every transformation against the bound that it promises.

use gradus_optim::{
    AddDecayedWeights, AddL1Gradient, At, Average, Chain, ClipByGlobalNorm, ClipByNorm,
    ClipByValue, Entry, Entrywise, Epsilon, Gradient, Layout, Link, Look, Lookahead, Maximum,
    MeanOfSteps, Now, Orthogonalize, Reach, RootEpsilon, ScaleByAdadelta, ScaleByAdagrad,
    ScaleByAdam, ScaleByAdamax, ScaleByAdan, ScaleByAmsgrad, ScaleByBelief, ScaleByFactor,
    ScaleByFactoredRms, ScaleByLion, ScaleByNadam, ScaleByPlateau, ScaleByRectifiedAdam,
    ScaleByRms, ScaleByRprop, ScaleBySign, ScaleBySophia, ScaleByStandardDeviation,
    ScaleByTrustRatio, ScaleByYogi, Scheduled, Shape, SkipNonFinite, SoftThreshold, Trace,
    Transformation, chain,
};
use gradus_testkit::cases;
use proptest::prelude::*;

const SCALED_DOWN: f64 = 1.0 / (1_u128 << 64) as f64;

/// The largest update of one entry at θ = 1 over its bound, and whether every state was admitted.
fn tightness<W: Entrywise<f32>>(equation: &W, gradients: &[f64]) -> Result<f64, TestCaseError> {
    let any = Entry {
        name: String::new(),
        offset: 0,
        shape: Shape::new(1, 1),
    };
    let (mut state, mut numbers) = (vec![0.0; W::WIDTH], vec![0.0; W::COUNT]);
    let mut before = numbers.clone();
    equation.start(1.0, &mut state);
    let mut reach = Reach {
        g: 0.0,
        theta: 1.0,
        n: 1.0,
    };
    let mut worst = 0.0_f64;
    for (t, &g) in gradients.iter().enumerate() {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "gradients in single precision"
        )]
        let single = g as f32;
        let g = f64::from(single);
        reach.g = reach.g.max(g.abs());
        let now = Now {
            step: t as u64 + 1,
            loss: Some(1.0),
            before: &before,
        };
        equation.prepare(&now, &mut numbers)?;
        let sums = [g * g * SCALED_DOWN, SCALED_DOWN];
        let at = At {
            tensor: &any,
            numbers: &numbers,
            sums,
        };
        let u = equation.entry(at)(single, 1.0, &mut state);
        let bound = equation.bound(reach, &numbers);
        if u != 0.0 {
            worst = worst.max(f64::from(u.abs()) / bound);
        }
        prop_assert!(
            equation.admits(reach, &numbers, &state),
            "{equation:?}: {state:?} after {g}"
        );
        before.copy_from_slice(&numbers);
    }
    Ok(worst)
}

#[allow(clippy::too_many_lines, reason = "one entry a transformation")]
fn all(gradients: &[f64]) -> Result<Vec<f64>, TestCaseError> {
    let adam = |beta1, beta2, epsilon| ScaleByAdam {
        beta1,
        beta2,
        epsilon,
    };
    let trace = |look| Trace { decay: 0.9, look };
    let cycled = Scheduled(|t: u64| ScaleByAdam {
        beta1: 0.9 - 0.1 * (t % 9) as f64,
        ..ScaleByAdam::default()
    });
    Ok(vec![
        tightness(&ScaleByAdam::default(), gradients)?,
        tightness(&adam(0.99, 0.9, Epsilon::Corrected(1e-8)), gradients)?,
        tightness(&adam(0.9, 0.999, Epsilon::Corrected(0.0)), gradients)?,
        tightness(&adam(0.9, 0.999_999, Epsilon::InsideRoot(0.0)), gradients)?,
        tightness(&adam(0.0, 0.0, Epsilon::Uncorrected(1e-8)), gradients)?,
        tightness(&cycled, gradients)?,
        tightness(&trace(Look::Here), gradients)?,
        tightness(&trace(Look::Ahead), gradients)?,
        tightness(&ScaleByAdagrad::default(), gradients)?,
        tightness(
            &ScaleByRms {
                beta: 0.9,
                epsilon: RootEpsilon::Outside(1e-30),
            },
            gradients,
        )?,
        tightness(
            &ScaleByRms {
                beta: 0.9,
                epsilon: RootEpsilon::Inside(1e-60),
            },
            gradients,
        )?,
        tightness(
            &ScaleByStandardDeviation {
                beta: 0.9,
                epsilon: 1e-8,
            },
            gradients,
        )?,
        tightness(&ScaleByLion::default(), gradients)?,
        tightness(&ScaleByTrustRatio, gradients)?,
        tightness(&ClipByGlobalNorm { max_norm: 0.5 }, gradients)?,
        tightness(&ClipByValue { limit: 0.5 }, gradients)?,
        tightness(&ScaleByAdadelta::default(), gradients)?,
        tightness(&ScaleByAmsgrad::default(), gradients)?,
        tightness(
            &ScaleByAmsgrad {
                maximum: Maximum::Corrected,
                ..ScaleByAmsgrad::default()
            },
            gradients,
        )?,
        tightness(&ScaleByNadam::default(), gradients)?,
        tightness(&ScaleByRectifiedAdam::default(), gradients)?,
        tightness(&ScaleByAdamax::default(), gradients)?,
        tightness(&ScaleByYogi::default(), gradients)?,
        tightness(&ScaleByBelief::default(), gradients)?,
        tightness(&ScaleByAdan::default(), gradients)?,
        tightness(&ScaleBySign, gradients)?,
        tightness(&ScaleBySophia::default(), gradients)?,
        tightness(&SkipNonFinite { in_a_row: 1 }, gradients)?,
        tightness(&ScaleByRprop::default(), gradients)?,
        tightness(&MeanOfSteps { start: 2, every: 3 }, gradients)?,
        tightness(&SoftThreshold::new(0.1, 0.5), gradients)?,
        tightness(&ClipByNorm::Absolute(0.5), gradients)?,
        tightness(
            &ClipByNorm::Relative {
                part: 0.1,
                floor: 1e-3,
            },
            gradients,
        )?,
        tightness(&AddDecayedWeights::new(0.1), gradients)?,
        tightness(&AddL1Gradient { lambda: 0.1 }, gradients)?,
        tightness(&ScaleByFactor { factor: -3.0 }, gradients)?,
        tightness(&Average { beta: 0.9 }, gradients)?,
        tightness(
            &ScaleByPlateau {
                shrink: 0.5,
                patience: 3,
                window: 2,
            },
            gradients,
        )?,
        tightness(&(trace(Look::Here), ClipByValue { limit: 2.0 }), gradients)?,
    ])
}

fn within_bounds(found: &[f64]) -> Result<(), TestCaseError> {
    // Three roundings in single precision, where a bound is attained exactly.
    let broken = found
        .iter()
        .position(|&x| x.is_nan() || x > 1.0 + 3.0 * f64::from(f32::EPSILON));
    prop_assert_eq!(broken, None, "{:?}", found);
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_update_exceeds_its_bound(
        growth in 0.5..1.6_f64,
        start in -40.0..10.0_f64,
        jumps in prop::collection::vec((0..90_usize, -42.0..18.0_f64, any::<bool>()), 0..6),
    ) {
        // Growing and falling gradients, jumps over all sizes, down to those whose squares vanish.
        let mut g: Vec<f64> = (0..90).map(|t| (10_f64.powf(start) * growth.powi(t)).clamp(1e-45, 9e18)).collect();
        for (at, size, minus) in jumps {
            g[at] = if minus { -(10_f64.powf(size)) } else { 10_f64.powf(size) };
        }
        within_bounds(&all(&g)?)?;
    }

    #[test]
    fn no_coarse_update_exceeds_its_bound(
        (rows, columns) in (1..6_usize, 1..6_usize),
        numbers in prop::collection::vec((-40.0..18.0_f64, any::<bool>()), 75),
        a in -4.0..4.0, b in -6.0..6.0, c in -3.0..3.0, iterations in 0..6_usize,
    ) {
        let n = rows * columns;
        let numbers: Vec<f64> = numbers.into_iter().map(|(e, minus)| if minus { -(10_f64.powf(e)) } else { 10_f64.powf(e) }).collect();
        let muon = Orthogonalize { coefficients: [a, b, c], steps: iterations, ..Orthogonalize::default() };
        let reach = Reach { g: 1e18, theta: 1.0, n: n as f64 };
        let bounds = [
            Transformation::<f64>::bound(&muon, reach, &[]),
            Transformation::<f64>::bound(&Orthogonalize::default(), reach, &[]),
            Transformation::<f64>::bound(&ScaleByFactoredRms::default(), reach, &[]),
        ];
        for (bound, link) in bounds.into_iter().zip([
            Link::coarse(muon),
            Link::coarse(Orthogonalize::default()),
            Link::coarse(ScaleByFactoredRms::default()),
        ]) {
            prop_assume!(bound < 1e200); // the chain refuses a polynomial that could overflow
            let optimizer: Chain<f64> = chain(vec![link])?;
            let mut layout = Layout::new();
            layout.push("w", Shape::new(rows, columns))?;
            let mut state = optimizer.init(&layout, &vec![0.0; n])?;
            for t in 0..3 {
                let mut theta = vec![0.0; n];
                optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&numbers[t * n..(t + 1) * n]]))?;
                prop_assert!(theta.iter().all(|u| u.abs() <= bound), "{optimizer:?}: {theta:?} beyond {bound}");
            }
        }
    }
}

#[test]
fn bounds_are_nearly_attained() -> Result<(), TestCaseError> {
    let growing: Vec<f64> = (0..300).map(|t| 1.11_f64.powi(t)).collect(); // the worst for Adam, see its page
    let constant = vec![3.0; 400];
    let (growing, constant) = (all(&growing)?, all(&constant)?);
    within_bounds(&growing)?;
    assert!(growing[2] > 0.09, "{growing:?}"); // 7.27 of 2 (7.27 + 31.6)
    assert!(constant[6] > 0.49 && constant[7] > 0.44, "{constant:?}"); // the geometric series of momentum
    Ok(())
}

#[test]
fn a_lookahead_stays_within_its_bound() {
    let slow = Lookahead {
        every: 1,
        alpha: 0.5,
    };
    let reach = Reach {
        g: 1.0,
        theta: 1.0,
        n: 1.0,
    };
    let any = Entry {
        name: String::new(),
        offset: 0,
        shape: Shape::new(1, 1),
    };
    let at = At {
        tensor: &any,
        numbers: &[0.5],
        sums: [0.0; 2],
    };
    let u = Entrywise::<f64>::entry(&slow, at)(1.0, 1.0, &mut [-1.0]);
    assert!(u.abs() <= Entrywise::<f64>::bound(&slow, reach, &[0.5]));
}
