//! Shapley values of a game, by their formula.

use crate::error::ExplainError;

/// What each player of a game contributes, averaged over all orders in which the players may come.
///
/// ```math
/// \phi_i = \sum_{S \not\ni i} \frac{\lvert S\rvert!\,(n - \lvert S\rvert - 1)!}{n!}\,\bigl(v(S \cup \{i\}) - v(S)\bigr)
/// ```
///
/// The weight is the share of the $`n!`$ orders in which exactly the players of $`S`$ come before $`i`$. It is the only way to
/// divide $`v(N) - v(\emptyset)`$ among the players that treats equal players alike, gives nothing to those who add nothing,
/// and adds up over games (Shapley 1953).
///
/// # Shapes
///
/// `game`: $`2^n`$ values; coalition $`S`$ has the number whose binary digit `i` tells whether player `i` is in it. The result has
/// $`n`$ values.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the values sum to $`v(N) - v(\emptyset)`$ | `shapley_values_are_efficient` |
/// | interchangeable players get the same | `interchangeable_players_get_the_same` |
/// | a player that adds nothing gets 0, exactly | `a_dummy_gets_nothing` |
/// | $`\phi(a v + b w) = a \phi(v) + b \phi(w)`$ | `shapley_values_are_linear` |
/// | a linear model owes $`w_i (x_i - \bar b_i)`$ to feature `i` | `shapley_values_of_a_linear_model` |
///
/// # Numerics
///
/// Differences are taken first and then weighted, so that a player that adds nothing gets 0 to the bit. $`2^{20}`$ values
/// take a fifth of a second.
///
/// # Errors
///
/// [`ExplainError::NotAGame`] unless there are $`2^n`$ values, n from 1 to 20; [`ExplainError::ValueNotFinite`].
///
/// # Examples
///
/// ```
/// use gradus_explain::shapley;
///
/// // Gloves: players 0 and 1 have a left one, player 2 has the right one; a pair is worth 1.
/// let game = [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0];
/// let shares = shapley(&game)?;
/// assert!((shares[0] - 1.0 / 6.0).abs() < 1e-16 && (shares[2] - 2.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// L. S. Shapley, *A value for n-person games*, Contributions to the Theory of Games II (1953), 307–317.
pub fn shapley(game: &[f64]) -> Result<Vec<f64>, ExplainError> {
    let n = players(game)?;
    let weights = orders(n);
    let share = |i: usize| {
        let others = (0..game.len()).filter(|s| s >> i & 1 == 0);
        let term = |s: usize| weights[size(s)] * (game[s | 1 << i] - game[s]); // s | 1 << i < 2ⁿ
        others.map(term).sum()
    };
    Ok((0..n).map(share).collect())
}

/// How many players a game of so many values has; the values are finite.
pub(super) fn players(game: &[f64]) -> Result<usize, ExplainError> {
    let values = game.len();
    let n = (1..=LARGEST).find(|&n| values == 1 << n);
    let n = n.ok_or(ExplainError::NotAGame { values })?;
    match game.iter().position(|v| !v.is_finite()) {
        None => Ok(n),
        Some(evaluation) => Err(ExplainError::ValueNotFinite {
            evaluation,
            value: game[evaluation], // a position in it
        }),
    }
}

/// How many players a coalition has.
pub(super) fn size(coalition: usize) -> usize {
    coalition.count_ones() as usize
}

/// s! (n − s − 1)! / n! for s = 0, …, n − 1: one over n times the number of coalitions of s of the n − 1 others.
fn orders(n: usize) -> Vec<f64> {
    let mut coalitions = 1.0; // C(n − 1, s), exact
    (0..n)
        .map(|s| {
            let weight = 1.0 / (n as f64 * coalitions);
            coalitions *= (n - 1 - s) as f64 / (s + 1) as f64;
            coalitions = coalitions.round();
            weight
        })
        .collect()
}

/// 2²⁰ values are 8 MB, and a function that takes a microsecond is asked for a second and more.
pub(super) const LARGEST: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_orders_sum_to_one() {
        assert_eq!(orders(1), [1.0]);
        assert_eq!(orders(3), [1.0 / 3.0, 1.0 / 6.0, 1.0 / 3.0]);
        let mut coalitions = 1.0; // C(19, s)
        let mut sum = 0.0;
        for (s, weight) in orders(20).iter().enumerate() {
            sum += weight * coalitions;
            coalitions = (coalitions * (19 - s) as f64 / (s + 1) as f64).round();
        }
        assert!((sum - 1.0).abs() < 1e-15, "{sum}");
    }

    #[test]
    fn a_game_has_a_value_for_each_coalition() {
        for values in [0, 1, 3, 12] {
            let refused = shapley(&vec![0.0; values]);
            assert_eq!(refused, Err(ExplainError::NotAGame { values }));
        }
        assert_eq!(shapley(&[1.0, 4.0]), Ok(vec![3.0]));
        assert!(shapley(&[0.0, f64::NAN]).is_err());
    }
}
