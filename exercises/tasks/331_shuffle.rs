//! Every order, equally often. Book: *Random numbers that can be repeated*.

/// A random order of 0, 1, …, n - 1, where n is the length of `picks`, and `picks[i]` is drawn from 0, 1, …, i, all equally likely.
///
/// There are $`n!`$ possible `picks`, and $`n!`$ orders: every order has to come from exactly one of them.
pub fn shuffle(picks: &[usize]) -> Vec<usize> {
    todo!("{picks:?}")
}

gradus_judges::judge!(shuffle);
