//! The judge of `549_expected_improvement`.

use crate::judging::comparison::{is, part_is};
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::strategy::Strategy;

type Answer = fn(f64, f64, f64) -> f64;
type Case = (f64, f64, f64);

/// Judges the expected improvement.
#[must_use]
pub fn expected_improvement(answer: Answer) -> Verdict {
    let call = |&(mean, deviation, best): &Case| {
        let [mean, deviation, best] = [mean, deviation, best].map(number);
        format!("expected_improvement({mean}, {deviation}, {best})")
    };
    let more = (whole(), 1..9, whole()).prop_map(|(m, d, b)| (m, f64::from(d) / 2.0, b));
    let sure = (whole(), whole()).prop_map(|(m, b)| (m, 0.0, b));
    Judge::new(&call)
        .law(
            Law(
                "improvement_is_at_least_that_of_the_mean",
                say!(
                    "without doubt it is best - mean, and 0 if that is negative",
                    "没有不确定性时等于 best - mean，为负则取 0"
                ),
            ),
            &[(0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (1.0, 0.0, 1.0)],
            &sure,
            |case| certain(answer, case),
        )
        .law(
            Law(
                "improvement_and_its_mirror",
                say!("EI(μ) - EI(2b - μ) = b - μ", "EI(μ) - EI(2b - μ) = b - μ"),
            ),
            &[(0.0, 1.0, 1.0), (0.0, 2.0, 1.0)],
            &more,
            |case| mirrored(answer, case),
        )
        .law(
            Law(
                "improvement_grows_with_the_deviation",
                say!(
                    "the mean of max(b - X, 0) for a normal X: 0.398942 for μ = b = 0, σ = 1",
                    "正态变量 X 的 max(b - X, 0) 的期望：μ = b = 0、σ = 1 时为 0.398942"
                ),
            ),
            &[
                (0.0, 1.0, 0.0),
                (0.0, 2.0, 0.0),
                (1.0, 1.0, 0.0),
                (0.0, 2.0, 1.0),
            ],
            &more,
            |case| integrated(answer, case),
        )
        .verdict()
}

fn certain(answer: Answer, &(mean, deviation, best): &Case) -> Result<(), Text> {
    if deviation != 0.0 {
        return Ok(());
    }
    is(answer(mean, 0.0, best), (best - mean).max(0.0), 0.0)
}

fn mirrored(answer: Answer, &(mean, deviation, best): &Case) -> Result<(), Text> {
    if deviation <= 0.0 {
        return Ok(()); // not asked for
    }
    let beyond = answer(2.0 * best - mean, deviation, best);
    let difference = answer(mean, deviation, best) - beyond;
    let name = (
        "less that of the mean mirrored at the best",
        "与均值关于最优值对称时的结果之差",
    );
    part_is(name, difference, best - mean, 1e-9)
}

fn integrated(answer: Answer, &(mean, deviation, best): &Case) -> Result<(), Text> {
    if deviation <= 0.0 {
        return Ok(());
    }
    is(
        answer(mean, deviation, best),
        integral(mean, deviation, best),
        1e-6,
    )
}

/// The mean of max(b - X, 0), by the trapezoidal rule over ten deviations below the best.
fn integral(mean: f64, deviation: f64, best: f64) -> f64 {
    let z = (best - mean) / deviation;
    let from = z.min(0.0) - 10.0;
    let steps = 4000;
    let h = (z - from) / f64::from(steps);
    let value = |i: i32| {
        let t = from + f64::from(i) * h;
        (z - t) * (-0.5 * t * t).exp()
    };
    let inner: f64 = (1..steps).map(value).sum();
    deviation * h * (inner + 0.5 * value(0)) / std::f64::consts::TAU.sqrt()
}
