//! The judge of `413_poisson_entropy`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_probability::Poisson;
use proptest::strategy::Strategy;

/// Judges the entropy of Poisson laws.
#[must_use]
pub fn poisson_entropy(answer: fn(f64) -> f64) -> Verdict {
    let call = |rate: &f64| format!("poisson_entropy({})", number(*rate));
    let check = |rate: &f64| match Poisson::new(*rate) {
        Ok(law) if (0.1..=5000.0).contains(rate) => is(answer(*rate), law.entropy(), 1e-9),
        _ => Ok(()), // not asked for
    };
    let tenths = || (1..90_u8).prop_map(|it| f64::from(it) / 10.0);
    let many = || (9..5000_u16).prop_map(f64::from);
    Judge::new(&call)
        .law(
            Law(
                "entropies_of_counts_are_sums",
                say!("-Σ p ln p over all counts", "对所有计数求 -Σ p ln p"),
            ),
            &[1.0, 0.5, 2.0],
            &tenths(),
            check,
        )
        .law(
            Law(
                "entropies_of_counts_are_sums",
                say!(
                    "for a large rate, too, it is a finite number",
                    "λ 很大时它也是有限的数"
                ),
            ),
            &[200.0, 1000.0],
            &many(),
            check,
        )
        .verdict()
}
