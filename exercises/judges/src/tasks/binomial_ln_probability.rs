//! The judge of `324_binomial_ln_probability`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_probability::{Binomial, Discrete};
use proptest::strategy::{Just, Strategy};

/// Judges the logarithm of binomial probabilities.
#[must_use]
pub fn binomial_ln_probability(answer: fn(u32, u32, f64) -> f64) -> Verdict {
    type Case = (u32, u32, f64);
    let call = |&(n, k, p): &Case| format!("binomial_ln_probability({n}, {k}, {})", number(p));
    let check = |&(n, k, p): &Case| match Binomial::new(n.into(), p) {
        Ok(law) if k <= n => is(answer(n, k, p), law.ln_pmf(k.into()), 1e-9),
        _ => Ok(()), // not asked for
    };
    let counts = |most: u32| (0..most).prop_flat_map(|n| (Just(n), 0..=n));
    let draw = move |most: u32, eighths: std::ops::Range<u32>| {
        (counts(most), eighths).prop_map(|((n, k), it)| (n, k, f64::from(it) / 8.0))
    };
    Judge::new(&call)
        .law(
            Law(
                "masses_add_up_to_the_distribution_function",
                say!(
                    "the logarithm of ways times powers",
                    "方式数乘以各次方，再取对数"
                ),
            ),
            &[(1, 1, 0.5), (3, 0, 0.25), (4, 2, 0.5)],
            &draw(9, 1..8),
            check,
        )
        .law(
            Law(
                "discrete_laws_obey_the_contract",
                say!(
                    "sure things have the logarithm 0, impossible ones -∞",
                    "必然事件的对数为 0，不可能事件为 -∞"
                ),
            ),
            &[(1, 0, 0.0), (1, 1, 0.0), (2, 2, 1.0)],
            &draw(9, 0..9),
            check,
        )
        .law(
            Law(
                "discrete_laws_obey_the_contract",
                say!(
                    "for thousands of trials, too, it is a number",
                    "试验成千上万次时也是一个数"
                ),
            ),
            &[(2000, 1000, 0.5)],
            &draw(3000, 1..8),
            check,
        )
        .verdict()
}
