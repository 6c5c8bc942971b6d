//! The judge of `683_golden_section`.

use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_testkit::scaled;
use proptest::strategy::Strategy;
use std::cell::Cell;

/// A function, an interval and how often it is cut, to an interval.
pub type GoldenSection = fn(&dyn Fn(f64) -> f64, f64, f64, usize) -> (f64, f64);

type Case = (f64, usize);

/// Judges the golden section on (t - c)² between 0 and 1.
#[must_use]
pub fn golden_section(answer: GoldenSection) -> Verdict {
    let call = |&(c, cuts): &Case| format!("golden_section((t - {})², 0, 1, {cuts})", number(c));
    let first = [
        (0.25, 1),
        (0.75, 1),
        (0.25, 2),
        (0.5, 3),
        (0.0, 4),
        (0.9, 5),
    ];
    let more = ((0..101).prop_map(|it| f64::from(it) / 100.0), 1..20_usize);
    Judge::new(&call)
        .law(
            Law(
                "the_golden_section_encloses_the_minimum",
                say!("the minimum stays inside", "极小点始终在区间内"),
            ),
            &first,
            &more,
            |case| encloses(answer, case),
        )
        .law(
            Law(
                "the_golden_section_shortens_by_its_ratio",
                say!(
                    "each cut leaves 0.618 of the length",
                    "每次截取保留长度的 0.618"
                ),
            ),
            &first,
            &more,
            |case| shortens(answer, case),
        )
        .law(
            Law(
                "",
                say!("one new evaluation a cut", "每次截取只需一次新的求值"),
            ),
            &first,
            &more,
            |case| frugal(answer, case),
        )
        .verdict()
}

fn encloses(answer: GoldenSection, case: &Case) -> Result<(), Text> {
    let ((a, b), _) = cut(answer, case);
    if !asked(case) || (a - 1e-9 <= case.0 && case.0 <= b + 1e-9) {
        return Ok(());
    }
    let [a, b] = [a, b].map(number);
    Err(say!(
        "is ({a}, {b}), without the minimum",
        "得到 ({a}, {b})，不含极小点"
    ))
}

fn shortens(answer: GoldenSection, case: &Case) -> Result<(), Text> {
    let ((a, b), _) = cut(answer, case);
    let mut right = 1.0;
    for _ in 0..case.1 {
        right *= 0.618_033_988_749_894_9;
    }
    if !asked(case) || scaled(b - a, right, 1e-9, right).is_ok() {
        return Ok(());
    }
    let [a, b, length, right] = [a, b, b - a, right].map(number);
    Err(say!(
        "is ({a}, {b}), of length {length}, not {right}",
        "得到 ({a}, {b})，长度是 {length}，应为 {right}"
    ))
}

fn frugal(answer: GoldenSection, case: &Case) -> Result<(), Text> {
    let (_, evaluations) = cut(answer, case);
    let enough = case.1 + 1;
    if !asked(case) || evaluations <= enough {
        return Ok(());
    }
    Err(say!(
        "evaluates f {evaluations} times; {enough} are enough",
        "计算了 {evaluations} 次 f；{enough} 次就够了"
    ))
}

fn asked(&(c, _): &Case) -> bool {
    (0.0..=1.0).contains(&c)
}

/// The interval, and how often f was evaluated.
fn cut(answer: GoldenSection, &(c, cuts): &Case) -> ((f64, f64), usize) {
    let evaluations = Cell::new(0_usize);
    let f = |t: f64| {
        evaluations.set(evaluations.get() + 1);
        (t - c) * (t - c)
    };
    (answer(&f, 0.0, 1.0, cuts), evaluations.get())
}
