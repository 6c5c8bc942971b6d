//! The judge of `357_wilson_interval`.

use crate::judging::comparison::parts_are;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::prelude::Just;
use proptest::prop_oneof;
use proptest::strategy::Strategy;

/// Successes, trials and a number of deviations, to an interval.
pub type WilsonInterval = fn(u32, u32, f64) -> (f64, f64);

/// Judges Wilson's interval of a probability.
#[must_use]
pub fn wilson_interval(answer: WilsonInterval) -> Verdict {
    type Case = (u32, u32, f64);
    let call = |&(k, n, z): &Case| format!("wilson_interval({k}, {n}, {})", number(z));
    let counts = (1..30_u32).prop_flat_map(|n| (0..=n, Just(n)));
    let more = (counts, prop_oneof![Just(1.0), Just(2.0), Just(3.0)]);
    Judge::new(&call)
        .law(
            Law(
                "wilson_ends_are_z_deviations_away",
                say!(
                    "the ends p solve (k/n - p)² = z² p (1 - p) / n",
                    "两端的 p 满足 (k/n - p)² = z² p (1 - p) / n"
                ),
            ),
            &[(1, 2, 2.0), (0, 4, 2.0), (3, 4, 1.0), (4, 4, 2.0)],
            &more.prop_map(|((k, n), z)| (k, n, z)),
            |&(k, n, z): &Case| {
                let (low, high) = answer(k, n, z);
                let [lowest, highest] = ends(k, n, z);
                let names = [("low end", "下端"), ("high end", "上端")];
                parts_are(names, [low, high], [lowest, highest], 1e-12)
            },
        )
        .verdict()
}

/// The roots of (n + z²) p² - (2 k + z²) p + k² / n.
fn ends(k: u32, n: u32, z: f64) -> [f64; 2] {
    let (k, n, square) = (f64::from(k), f64::from(n), z * z);
    let (a, b, c) = (n + square, 2.0 * k + square, k * k / n);
    let high = (b + (b * b - 4.0 * a * c).max(0.0).sqrt()) / (2.0 * a);
    [c / (a * high), high] // the roots multiply to c / a
}
