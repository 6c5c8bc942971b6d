//! The judge of `041_normal_cdf`.

use crate::judging::comparison::is_within;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::strategy::Strategy;

/// Judges the distribution function of the standard normal law.
#[must_use]
pub fn normal_cdf(answer: fn(f64) -> f64) -> Verdict {
    let call = |x: &f64| format!("normal_cdf({})", number(*x));
    Judge::new(&call)
        .law(
            Law(
                "exp_of_normal_ln_cdf_is_normal_cdf",
                say!(
                    "one half at 0, one minus the other side, and right within 1e-14",
                    "在 0 处为一半，两侧之和为 1，且误差不超过 1e-14"
                ),
            ),
            &[0.0, 1.0, -1.0, 2.0, 4.0, 6.0, -6.0],
            &(-24..=24).prop_map(|quarters| 0.25 * f64::from(quarters)),
            |x: &f64| {
                if x.abs() > 6.0 {
                    return Ok(()); // not asked for
                }
                is_within(answer(*x), gradus_numeric::normal_cdf(*x), 1e-14)
            },
        )
        .verdict()
}
