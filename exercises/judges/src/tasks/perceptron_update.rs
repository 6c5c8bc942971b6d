//! The judge of `643_perceptron_update`.

use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Weights, bias, a sample and its side.
pub type PerceptronUpdate = fn(&mut [f64], &mut f64, &[f64], f64);

type Case = (Vec<f64>, Vec<f64>, f64);

/// Judges Rosenblatt's rule; the bias before is 1.
#[must_use]
pub fn perceptron_update(answer: PerceptronUpdate) -> Verdict {
    let call = |(w, x, s): &Case| {
        let [w, x] = [w, x].map(|it| vector(it));
        format!(
            "perceptron_update: w = {w}, b = 1, x = {x}, s = {};",
            number(*s)
        )
    };
    let one = || (0..2).prop_map(|it| f64::from(2 * it - 1));
    let more = || (1..4_usize).prop_flat_map(move |n| (vec(whole(), n), vec(whole(), n), one()));
    Judge::new(&call)
        .law(
            Law(
                "",
                say!("what is right changes nothing", "判断正确时什么也不改变"),
            ),
            &[
                (vec![1.0], vec![1.0], 1.0),
                (vec![-2.0], vec![1.0], -1.0),
                (vec![1.0, 0.0], vec![2.0, 5.0], 1.0),
            ],
            &more(),
            |case| {
                if asked(case) && side(case) > 0.0 {
                    moves(answer, case, 0.0)
                } else {
                    Ok(())
                }
            },
        )
        .law(
            Law(
                "the_perceptron_makes_few_mistakes",
                say!(
                    "a mistake, and a sample on the plane itself, adds s x to w and s to b",
                    "判断错误，或样本恰在平面上时，w 加上 s x，b 加上 s"
                ),
            ),
            &[
                (vec![0.0], vec![2.0], -1.0),
                (vec![-1.0], vec![1.0], 1.0),
                (vec![2.0, 0.0], vec![-1.0, 3.0], 1.0),
            ],
            &more(),
            |case| {
                if asked(case) && side(case) <= 0.0 {
                    moves(answer, case, 1.0)
                } else {
                    Ok(())
                }
            },
        )
        .verdict()
}

fn asked((w, x, s): &Case) -> bool {
    w.len() == x.len() && !w.is_empty() && s.abs() == 1.0
}

/// Positive on the right side.
fn side((w, x, s): &Case) -> f64 {
    s * (w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + 1.0)
}

/// `Err` in words unless w and b move by `share` of the rule.
fn moves(answer: PerceptronUpdate, case: &Case, share: f64) -> Result<(), Text> {
    let (w, x, s) = case;
    let (mut to, mut b) = (w.clone(), 1.0);
    answer(&mut to, &mut b, x, *s);
    let right: Vec<f64> = w.iter().zip(x).map(|(w, x)| w + share * s * x).collect();
    let right_b = 1.0 + share * s;
    if to == right && b == right_b {
        return Ok(());
    }
    let [to, right] = [to, right].map(|it| vector(&it));
    let [b, right_b] = [b, right_b].map(number);
    Err(say!(
        "w = {to}, b = {b} come out; they should be {right} and {right_b}",
        "得到 w = {to}，b = {b}；应为 {right} 和 {right_b}"
    ))
}
