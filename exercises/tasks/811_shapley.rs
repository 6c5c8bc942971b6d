//! A fair share. Book: *Explanations*.

/// The Shapley values of a game: `v[s]` is what the coalition s earns, where bit i of s says whether player i is in it. There
/// are $`2^n`$ coalitions of n players.
///
/// $`\varphi_i = \sum_{s \not\ni i} \frac{\lvert s \rvert!\,(n - 1 - \lvert s \rvert)!}{n!}\,\bigl(v(s \cup i) - v(s)\bigr)`$: what a player brings, on average over all orders in which
/// the players may come.
pub fn shapley(v: &[f64]) -> Vec<f64> {
    todo!("{v:?}")
}

gradus_judges::judge!(shapley);
