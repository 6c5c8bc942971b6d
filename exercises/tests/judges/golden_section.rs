//! What goes wrong in `683_golden_section`.

use crate::{solved, told};
use gradus_judges::{Verdict, golden_section as judge};

#[path = "../../answers/683_golden_section.rs"]
mod answer;
#[path = "../../tasks/683_golden_section.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::golden_section), Verdict::ToDo);
    solved(&judge(answer::golden_section));
}

const RATIO: f64 = 0.618_033_988_749_894_9;

/// Cuts with two new points each time.
fn cut(
    f: &dyn Fn(f64) -> f64,
    (mut a, mut b): (f64, f64),
    cuts: usize,
    ratio: f64,
    left: impl Fn(f64, f64) -> bool,
) -> (f64, f64) {
    for _ in 0..cuts {
        let (x1, x2) = (b - ratio * (b - a), a + ratio * (b - a));
        if left(f(x1), f(x2)) {
            b = x2;
        } else {
            a = x1;
        }
    }
    (a, b)
}

#[test]
fn the_wrong_side() {
    told(
        &judge(|f, a, b, cuts| cut(f, (a, b), cuts, RATIO, |f1, f2| f1 > f2)),
        "Not yet. golden_section((t - 0.25)², 0, 1, 1) is (0.381966, 1), without the minimum.",
        "还不对。golden_section((t - 0.25)², 0, 1, 1) 得到 (0.381966, 1)，不含极小点。",
    );
}

#[test]
fn thirds() {
    told(
        &judge(|f, a, b, cuts| cut(f, (a, b), cuts, 2.0 / 3.0, |f1, f2| f1 < f2)),
        "Not yet. golden_section((t - 0.25)², 0, 1, 1) is (0, 0.666667), of length 0.666667, not 0.618034.",
        "还不对。golden_section((t - 0.25)², 0, 1, 1) 得到 (0, 0.666667)，长度是 0.666667，应为 0.618034。",
    );
}

/// Nothing is kept from the cut before.
#[test]
fn two_new_points_a_cut() {
    told(
        &judge(|f, a, b, cuts| cut(f, (a, b), cuts, RATIO, |f1, f2| f1 < f2)),
        "Not yet. golden_section((t - 0.25)², 0, 1, 2) evaluates f 4 times; 3 are enough.",
        "还不对。golden_section((t - 0.25)², 0, 1, 2) 计算了 4 次 f；3 次就够了。",
    );
}

/// As bisection does for roots: of two values in the middle nothing follows.
#[test]
fn halves() {
    told(
        &judge(|f, mut a, mut b, cuts| {
            for _ in 0..cuts {
                let middle = f64::midpoint(a, b);
                if f(a) < f(b) {
                    b = middle;
                } else {
                    a = middle;
                }
            }
            (a, b)
        }),
        "Not yet. golden_section((t - 0.25)², 0, 1, 1) is (0, 0.5), of length 0.5, not 0.618034.",
        "还不对。golden_section((t - 0.25)², 0, 1, 1) 得到 (0, 0.5)，长度是 0.5，应为 0.618034。",
    );
}
