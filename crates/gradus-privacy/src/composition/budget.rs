//! Privacy losses add up, and for many answers by less than their sum.

use crate::error::{PrivacyError, check_delta, check_epsilon};

/// An ε and a δ: with probability at least $`1 - \delta`$ an outcome is at most $`e^\epsilon`$ times as likely with a person as without.
///
/// ```math
/// \Pr(M(D) \in S) \le e^\epsilon \Pr(M(D') \in S) + \delta
/// ```
///
/// for data $`D`$ and $`D'`$ that differ in one person, and any set $`S`$ of outcomes of the mechanism $`M`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | budgets add, in any order | `budgets_add` |
/// | many answers cost at most their sum, and for small ε far less | `many_answers_cost_at_most_their_sum` |
///
/// # Examples
///
/// ```
/// use gradus_privacy::Budget;
///
/// let answer = Budget::new(0.125, 0.0)?;
/// assert_eq!(answer.and(answer), Budget::new(0.25, 0.0)?);
/// let many = answer.times(1000, 1e-6)?; // a thousand answers
/// assert!(many.epsilon < 38.0 && many.delta == 1e-6); // and not 125
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
///
/// # References
///
/// C. Dwork and A. Roth, *The Algorithmic Foundations of Differential Privacy* (2014), definition 2.4, theorems 3.16 and
/// 3.20.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// The logarithm of the largest quotient of two probabilities.
    pub epsilon: f64,
    /// The probability that this fails.
    pub delta: f64,
}

impl Budget {
    /// A finite $`\epsilon \ge 0`$ and $`0 \le \delta < 1`$.
    ///
    /// # Errors
    ///
    /// [`PrivacyError::NotAnEpsilon`], [`PrivacyError::NotADelta`].
    pub fn new(epsilon: f64, delta: f64) -> Result<Self, PrivacyError> {
        check_epsilon(epsilon)?;
        if delta != 0.0 {
            check_delta(delta)?;
        }
        Ok(Self { epsilon, delta })
    }

    /// Two answers: the sums. Where δ sums to 1 or more, nothing is promised any more.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            epsilon: self.epsilon + other.epsilon,
            delta: self.delta + other.delta,
        }
    }

    /// `k` answers, each of which may depend on those before: the better of two bounds.
    ///
    /// ```math
    /// (k \epsilon,\; k \delta) \qquad\text{or}\qquad
    /// \bigl(\epsilon \sqrt{2 k \ln(1/\delta')} + k \epsilon (e^\epsilon - 1),\; k \delta + \delta'\bigr)
    /// ```
    ///
    /// where $`\delta'`$ is the `slack`. A loss of ε is the worst case of each answer; on average an answer costs about $`\epsilon^2`$, and the sum of many
    /// keeps near its mean.
    ///
    /// # Errors
    ///
    /// [`PrivacyError::NotADelta`] unless the slack lies in (0, 1).
    pub fn times(self, k: u64, slack: f64) -> Result<Self, PrivacyError> {
        check_delta(slack)?;
        let (k, e) = (k as f64, self.epsilon);
        let (basic, delta) = (k * e, k * self.delta);
        let advanced = e * (-2.0 * k * slack.ln()).sqrt() + k * e * e.exp_m1();
        Ok(if advanced < basic {
            Self {
                epsilon: advanced,
                delta: delta + slack,
            }
        } else {
            Self {
                epsilon: basic,
                delta,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_answers_cost_their_sum() {
        let answer = Budget::new(1.0, 0.125).unwrap();
        let three = answer.times(3, 1e-6).unwrap();
        assert_eq!((three.epsilon, three.delta), (3.0, 0.375));
        assert_eq!(answer.times(0, 1e-6).unwrap().epsilon, 0.0);
        // 0.1 √(2 · 100 ln 10⁶) + 100 · 0.1 (e^0.1 − 1) = 5.2565 + 1.0517 (by a pocket calculator)
        let many = Budget::new(0.1, 0.0).unwrap().times(100, 1e-6).unwrap();
        assert!((many.epsilon - 6.3082).abs() < 1e-4);
        assert!(Budget::new(-1.0, 0.0).is_err() && Budget::new(1.0, 1.0).is_err());
        assert!(answer.times(3, 0.0).is_err());
    }
}
