//! The judge of `812_kernel_weight`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use proptest::strategy::Strategy;

/// Judges the weights of Kernel SHAP.
#[must_use]
pub fn kernel_weight(answer: fn(usize, usize) -> f64) -> Verdict {
    type Case = (usize, usize);
    let call = |&(n, size): &Case| format!("kernel_weight({n}, {size})");
    let asked = |&(n, size): &Case| 0 < size && size < n;
    let mirrored = |case: &Case| {
        let &(n, size) = case;
        if !asked(case) {
            return Ok(());
        }
        is(answer(n, size), answer(n, n - size), 1e-12)
    };
    let exact = |case: &Case| {
        let &(n, size) = case;
        if !asked(case) {
            return Ok(());
        }
        // Coalitions one by one instead of the binomial coefficient.
        let ways = (0..1_u32 << n)
            .filter(|it| it.count_ones() as usize == size)
            .count();
        let right = (n - 1) as f64 / (ways * size * (n - size)) as f64;
        is(answer(n, size), right, 1e-12)
    };
    let first = [(2, 1), (3, 1), (3, 2), (4, 1), (4, 2), (4, 3)];
    let more = || (2..12_usize).prop_flat_map(|n| (n..n + 1, 1..n));
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "a coalition weighs as much as the others without it",
                    "一个联盟与其余参与者组成的联盟权重相同"
                ),
            ),
            &first,
            &more(),
            mirrored,
        )
        .law(
            Law(
                "the_kernel_over_all_coalitions_is_exact",
                say!(
                    "(n - 1) / (C(n, s) s (n - s))",
                    "(n - 1) / (C(n, s) s (n - s))"
                ),
            ),
            &first,
            &more(),
            exact,
        )
        .verdict()
}
