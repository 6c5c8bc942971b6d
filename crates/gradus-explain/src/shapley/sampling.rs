//! Shapley values by random orders of the features.

use crate::error::ExplainError;
use crate::sampled::Sampled;
use crate::shapley::coalitions::Value;
use gradus_numeric::MatrixRef;
use gradus_random::permutation;
use gradus_random::rand::Rng;

/// Shapley values of a prediction from random orders, with standard errors.
///
/// ```math
/// \phi_i = \operatorname{E}_\pi \bigl[ v(\pi_{<i} \cup \{i\}) - v(\pi_{<i}) \bigr]
/// ```
///
/// where $`\pi_{<i}`$ are the features before $`i`$ in the order $`\pi`$. One round goes through every background sample, with an order
/// of its own: from the sample to `x`, feature by feature, and back in the same order, which is the way there in the reverse
/// order. A round is an unbiased estimate for all features; the rounds are independent, and their spread tells the error.
///
/// # Shapes
///
/// `x: n`, `background: n × m`, one sample a column; the result has $`n`$ values. `f` is evaluated $`2 n m`$ times a round.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the values sum to $`f(x)`$ less the mean prediction of the background | `sampled_values_are_efficient` |
/// | a function with interactions of two features at most: one round is exact | `orders_and_their_reverses_are_exact_up_to_second_order` |
/// | the errors are those that are told | `sampled_values_lie_within_their_errors` |
///
/// # Errors
///
/// As [`coalition_values`](crate::coalition_values), for any number of features; [`ExplainError::TooFewDraws`] for fewer than two
/// rounds.
///
/// # Examples
///
/// ```
/// use gradus_explain::{Key, MatrixRef, shapley_sampled};
///
/// let f = |x: &[f64]| x[0] * x[1] + x[2];
/// let origin = MatrixRef::from_column(&[0.0, 0.0, 0.0]);
/// let found = shapley_sampled(f, &[2.0, 3.0, 4.0], origin, 2, &mut Key::new(1).rng())?;
/// assert_eq!(found.values, [3.0, 3.0, 4.0]); // a product of two is shared
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// E. Štrumbelj and I. Kononenko, *Explaining prediction models and individual predictions with feature contributions*, Knowl. Inf.
/// Syst. 41 (2014), 647–665; R. Mitchell, J. Cooper, E. Frank and G. Holmes, *Sampling permutations for Shapley value estimation*,
/// JMLR 23 (2022), article 43, on antithetic orders.
pub fn shapley_sampled(
    f: impl Fn(&[f64]) -> f64,
    x: &[f64],
    background: MatrixRef<'_, f64>,
    rounds: u32,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Sampled, ExplainError> {
    let v = Value::new(f, x, background)?;
    let features = x.len();
    let count = u32::try_from(features).unwrap_or(u32::MAX);
    Sampled::of(features, rounds.into(), || {
        let mut shares = vec![0.0; features];
        for b in v.background() {
            let order = permutation(count, rng);
            walk(&v, &order, (b, x), 1.0, &mut shares)?;
            // From x back to b in the same order: feature i is lost when those before it are lost already.
            walk(&v, &order, (x, b), -1.0, &mut shares)?;
        }
        let terms = 2.0 * v.background().len() as f64;
        Ok(shares.into_iter().map(|share| share / terms).collect())
    })
}

/// Goes from one point to the other, feature by feature, and adds what each step changes, with the sign of the direction.
fn walk<F: Fn(&[f64]) -> f64>(
    v: &Value<'_, F>,
    order: &[u32],
    (from, to): (&[f64], &[f64]),
    towards: f64,
    shares: &mut [f64],
) -> Result<(), ExplainError> {
    let mut at = from.to_vec();
    let mut before = v.at(&at)?;
    for &i in order {
        let i = i as usize; // a permutation of the features
        at[i] = to[i];
        let after = v.at(&at)?;
        shares[i] += towards * (after - before);
        before = after;
    }
    Ok(())
}

/// How many independent rounds suffice that no value errs by more than `error`, up to a probability of `failure`.
///
/// ```math
/// m \ge \frac{r^2}{2 \epsilon^2} \ln \frac{2 n}{\delta}
/// ```
///
/// where $`r`$ is the range of a contribution, $`\epsilon`$ the error and $`\delta`$ the probability of a failure in any of the
/// $`n`$ features: Hoeffding's inequality for each of them. It promises more than the standard errors estimate, and needs to know
/// the range: at most twice that of the function.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | failures are rarer than $`\delta`$ | `hoeffding_keeps_its_promise` |
///
/// # Errors
///
/// [`ExplainError::Setting`] unless range and error are positive and finite, and the probability lies between 0 and 1;
/// [`ExplainError::Empty`] without features; [`ExplainError::TooFewDraws`] if more rounds are needed than 32 bits can count.
///
/// # Examples
///
/// ```
/// use gradus_explain::hoeffding_rounds;
///
/// // ln(2 · 10 / 0.05) / (2 · 0.1²) = 299.6
/// assert_eq!(hoeffding_rounds(10, 1.0, 0.1, 0.05)?, 300);
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// W. Hoeffding, *Probability inequalities for sums of bounded random variables*, J. Amer. Statist. Assoc. 58 (1963), 13–30,
/// theorem 2.
pub fn hoeffding_rounds(
    features: usize,
    range: f64,
    error: f64,
    failure: f64,
) -> Result<u32, ExplainError> {
    let check = |name, value: f64, fine: bool, domain| {
        let refused = ExplainError::Setting {
            name,
            value,
            domain,
        };
        if fine { Ok(()) } else { Err(refused) }
    };
    let positive = |x: f64| x > 0.0 && x.is_finite();
    check("range", range, positive(range), "positive and finite")?;
    check("error", error, positive(error), "positive and finite")?;
    let probability = failure > 0.0 && failure < 1.0;
    check("failure", failure, probability, "between 0 and 1")?;
    if features == 0 {
        let samples = 1;
        return Err(ExplainError::Empty { features, samples });
    }
    let ratio = range / error;
    let rounds = (ratio * ratio / 2.0 * (2.0 * features as f64 / failure).ln()).ceil();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and the largest number of 32 bits"
    )]
    if rounds <= f64::from(u32::MAX) {
        Ok(rounds.max(1.0) as u32)
    } else {
        let (draws, needed) = (u32::MAX.into(), u64::MAX);
        Err(ExplainError::TooFewDraws { draws, needed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn a_round_alone_tells_no_error() {
        let zero = MatrixRef::from_column(&[0.0]);
        let (draws, needed) = (1, 2);
        assert_eq!(
            shapley_sampled(|x| x[0], &[1.0], zero, 1, &mut Key::new(1).rng()),
            Err(ExplainError::TooFewDraws { draws, needed })
        );
    }

    #[test]
    fn promises_need_sensible_numbers() {
        assert!(hoeffding_rounds(3, f64::NAN, 0.1, 0.1).is_err());
        assert!(hoeffding_rounds(3, 1.0, 0.0, 0.1).is_err());
        assert!(hoeffding_rounds(3, 1.0, 0.1, 1.0).is_err());
        assert!(hoeffding_rounds(0, 1.0, 0.1, 0.1).is_err());
        assert!(hoeffding_rounds(3, 1e9, 1e-3, 0.1).is_err());
        assert_eq!(hoeffding_rounds(1, 1e-9, 1.0, 0.1), Ok(1));
    }
}
