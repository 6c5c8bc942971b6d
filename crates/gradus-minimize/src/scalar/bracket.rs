//! Three points, the middle one lowest.

use crate::core::counted::Plain;

/// Steps grow by the golden ratio.
const GROWTH: f64 = 1.618_033_988_749_895;

/// Steps downhill before a function counts as falling forever: after them the step has grown by $`10^{20}`$.
const MOST: usize = 100;

/// An interval that holds a local minimum of `f` near 0 and `step`, or the last two points if the function only falls.
pub(crate) fn bracket(f: &mut Plain<'_>, step: f64) -> [f64; 2] {
    let (mut a, mut b) = (0.0, step);
    let (at_a, mut at_b) = (f.at(&[a]), f.at(&[b]));
    if at_b > at_a {
        (a, b) = (b, a);
        at_b = at_a;
    }
    let mut c = b + GROWTH * (b - a);
    for _ in 0..MOST {
        let at_c = f.at(&[c]);
        if at_c >= at_b {
            break;
        }
        (a, b, at_b) = (b, c, at_c);
        c = b + GROWTH * (b - a);
    }
    [a.min(c), a.max(c)]
}
