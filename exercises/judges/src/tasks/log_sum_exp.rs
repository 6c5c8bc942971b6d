//! The judge of `021_log_sum_exp`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use gradus_testkit::{scaled, strategies};

/// Judges a stable $`\ln \sum_i e^{x_i}`$.
#[must_use]
pub fn log_sum_exp(answer: fn(&[f64]) -> f64) -> Verdict {
    let call = |x: &Vec<f64>| format!("log_sum_exp({})", vector(x));
    let small = [&[0.0][..], &[0.0, 0.0], &[1.0, 2.0], &[1000.0], &[-1000.0]].map(Vec::from);
    let small = small.as_slice();

    let between = |x: &Vec<f64>| between(answer(x), x);
    let shift = |x: &Vec<f64>| {
        let moved: Vec<f64> = x.iter().map(|x| x + 100.0).collect();
        shift(answer(x), answer(&moved), x)
    };
    let value = |x: &Vec<f64>| {
        is(
            answer(x),
            gradus_numeric::log_sum_exp(x),
            8.0 * f64::EPSILON,
        )
    };
    Judge::new(&call)
        .law(
            Law(
                "log_sum_exp_is_a_smooth_maximum",
                say!(
                    "max x ≤ log_sum_exp(x) ≤ max x + ln n",
                    "max x ≤ log_sum_exp(x) ≤ max x + ln n"
                ),
            ),
            small,
            &strategies::logits(1..6),
            between,
        )
        .law(
            Law(
                "log_sum_exp_moves_with_a_shift",
                say!(
                    "log_sum_exp(x + c) = log_sum_exp(x) + c",
                    "log_sum_exp(x + c) = log_sum_exp(x) + c"
                ),
            ),
            small,
            &strategies::vector(1..6),
            shift,
        )
        .law(
            Law(
                "",
                say!(
                    "the empty sum is 0 and ln 0 = -∞; otherwise within 8 units in the last place",
                    "空和为 0，ln 0 = -∞；其余情形误差在 8 个末位单位以内"
                ),
            ),
            &[&[vec![]][..], small].concat(),
            &strategies::logits(0..6),
            value,
        )
        .verdict()
}

/// Between the largest entry and that plus ln n.
fn between(y: f64, x: &[f64]) -> Result<(), Text> {
    let top = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let most = top + (x.len() as f64).ln();
    let slack = 8.0 * f64::EPSILON * top.abs().max(1.0);
    if top - slack <= y && y <= most + slack {
        return Ok(());
    }
    let [y, top, most] = [y, top, most].map(number);
    Err(if top == most {
        say!("is {y}, not {top}", "得到 {y}，应为 {top}")
    } else {
        say!(
            "is {y}; it lies between {top} and {most}",
            "得到 {y}；它应在 {top} 与 {most} 之间"
        )
    })
}

/// 100 more on every entry is 100 more.
fn shift(here: f64, there: f64, x: &[f64]) -> Result<(), Text> {
    let scale = x.iter().fold(100.0, |s: f64, x| s.max(x.abs()));
    scaled(here + 100.0, there, 8.0 * f64::EPSILON, scale).map_err(|_| {
        let [here, there] = [here, there].map(number);
        say!(
            "is {here}; 100 more on every entry gives {there}",
            "得到 {here}；每个分量加 100 后却得到 {there}"
        )
    })
}
