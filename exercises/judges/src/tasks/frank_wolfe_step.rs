//! The judge of `687_frank_wolfe_step`.

use crate::judging::comparison::{are, part_is};
use crate::judging::inputs::{distribution, whole};
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Where it stands, the gradient and the number of the step, to the next place.
pub type FrankWolfeStep = fn(&[f64], &[f64], usize) -> Vec<f64>;

type Case = (Vec<f64>, Vec<f64>, usize);

/// Judges a step of Frank and Wolfe.
#[must_use]
pub fn frank_wolfe_step(answer: FrankWolfeStep) -> Verdict {
    let call = |(x, g, k): &Case| format!("frank_wolfe_step({}, {}, {k})", vector(x), vector(g));
    let first = [
        (vec![1.0], vec![1.0], 0),
        (vec![1.0, 0.0], vec![1.0, 0.0], 0),
        (vec![1.0, 0.0], vec![1.0, 0.0], 2),
        (vec![0.5, 0.5], vec![-1.0, -3.0], 2),
        (vec![0.5, 0.5], vec![2.0, 2.0], 2),
    ];
    let more = || (1..4_usize).prop_flat_map(|n| (distribution(n), vec(whole(), n), 0..6_usize));
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "a step stays on the simplex: the sum is 1",
                    "一步之后仍在单纯形上：和为 1"
                ),
            ),
            &first,
            &more(),
            |case| stays(answer, case),
        )
        .law(
            Law(
                "frank_and_wolfe_keep_their_rate",
                say!(
                    "2 / (k + 2) of the way to the corner of the smallest slope",
                    "朝梯度分量最小的顶点走 2 / (k + 2) 的路程"
                ),
            ),
            &first,
            &more(),
            |case| steps(answer, case),
        )
        .verdict()
}

fn asked((x, g, _): &Case) -> bool {
    let is_distribution =
        x.iter().all(|&x| x >= 0.0) && (x.iter().sum::<f64>() - 1.0).abs() < 1e-12;
    is_distribution && x.len() == g.len()
}

fn stays(answer: FrankWolfeStep, case: &Case) -> Result<(), Text> {
    if !asked(case) {
        return Ok(());
    }
    let to = answer(&case.0, &case.1, case.2);
    let all = vector(&to);
    let sum = (
        &*format!("is {all}; its sum"),
        &*format!("得到 {all}；其和"),
    );
    part_is(sum, to.iter().sum(), 1.0, 1e-12)
}

fn steps(answer: FrankWolfeStep, case: &Case) -> Result<(), Text> {
    if !asked(case) {
        return Ok(());
    }
    let (x, g, k) = case;
    let smallest = g.iter().copied().fold(f64::INFINITY, f64::min);
    let keep = *k as f64 / (*k as f64 + 2.0);
    let mut right: Vec<f64> = x.iter().map(|x| keep * x).collect();
    if let Some(corner) = g.iter().position(|&g| g == smallest) {
        right[corner] += 1.0 - keep;
    }
    are(&answer(x, g, *k), &right, 1e-12)
}
