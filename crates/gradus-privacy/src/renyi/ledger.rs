//! A ledger of privacy: what was spent, in every order.

use crate::error::{PrivacyError, check_delta, check_epsilon};
use crate::renyi::sampled_gaussian::SampledGaussian;
use std::iter::zip;

/// What was spent so far: the Rényi divergence of every order, added up.
///
/// ```math
/// \epsilon = \min_\alpha \; R(\alpha) + \ln\frac{\alpha - 1}{\alpha} - \frac{\ln \delta + \ln \alpha}{\alpha - 1},
/// \qquad R(\alpha) = \sum_t \rho_t(\alpha)
/// ```
///
/// For every order this is a bound that holds; the smallest is taken. What each step does may depend on the outcome of those before.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | steps add, in any order | `steps_add` |
/// | ε falls with δ, and δ with ε | `epsilon_falls_with_delta` |
/// | it lies above the exact ε of a Gaussian | `the_bound_lies_above_the_exact_epsilon` |
/// | nothing spent: ε = 0 | `nothing_spent_is_nothing_lost` |
/// | more orders never cost more | `more_orders_never_cost_more` |
///
/// # Numerics
///
/// [`Spent::at_end`] says that the best order is the first or the last: then a further one might give a smaller ε.
///
/// # Examples
///
/// ```
/// use gradus_privacy::{Ledger, SampledGaussian};
///
/// let mut ledger = Ledger::new();
/// ledger.spend(&SampledGaussian::new(256.0 / 60000.0, 1.1)?, 3510)?; // 15 epochs of MNIST
/// let spent = ledger.epsilon(1e-5)?;
/// assert!((spent.epsilon - 1.280_365_575_153_084_6).abs() < 1e-12);
/// assert_eq!((spent.order, spent.at_end), (12.0, false));
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
///
/// # References
///
/// I. Mironov, *Rényi differential privacy*, CSF 2017, proposition 1; B. Balle, G. Barthe, M. Gaboardi, J. Hsu and T.
/// Sato, *Hypothesis testing interpretations and Rényi differential privacy*, AISTATS 2020, theorem 21.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    orders: Vec<f64>,
    totals: Vec<f64>,
}

/// An ε, and where it came from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spent {
    /// The privacy loss.
    pub epsilon: f64,
    /// The order whose bound it is.
    pub order: f64,
    /// Whether that is the first or the last order: others might give less.
    pub at_end: bool,
}

impl Default for Ledger {
    fn default() -> Self {
        let orders = (2..=64)
            .chain([128, 256])
            .map(f64::from)
            .collect::<Vec<_>>();
        let totals = vec![0.0; orders.len()];
        Self { orders, totals }
    }
}

impl Ledger {
    /// An empty ledger of the orders 2, 3, …, 64, 128, 256.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty ledger of other orders, which may be fractions; they are sorted.
    ///
    /// # Errors
    ///
    /// [`PrivacyError::NoOrders`], [`PrivacyError::NotAnOrder`] unless each lies in (1, 2²⁰].
    pub fn with_orders(mut orders: Vec<f64>) -> Result<Self, PrivacyError> {
        if orders.is_empty() {
            return Err(PrivacyError::NoOrders);
        }
        let none = SampledGaussian::new(0.0, 0.0)?;
        for &order in &orders {
            none.renyi(order)?; // it knows which orders there are
        }
        orders.sort_by(f64::total_cmp);
        orders.dedup();
        let totals = vec![0.0; orders.len()];
        Ok(Self { orders, totals })
    }

    /// Adds so many steps.
    ///
    /// # Errors
    ///
    /// [`PrivacyError::TooFine`] for a fractional order and very little noise; nothing is added then.
    pub fn spend(&mut self, what: &SampledGaussian, steps: u64) -> Result<(), PrivacyError> {
        if steps == 0 {
            return Ok(()); // also of infinite divergence
        }
        let each = self.orders.iter().map(|&order| what.renyi(order));
        let each: Vec<f64> = each.collect::<Result<_, _>>()?;
        for (total, rho) in zip(&mut self.totals, each) {
            *total += steps as f64 * rho;
        }
        Ok(())
    }

    /// Order and divergence, one pair an order.
    pub fn renyi(&self) -> impl Iterator<Item = (f64, f64)> {
        zip(&self.orders, &self.totals).map(|(&order, &total)| (order, total))
    }

    /// The ε for a δ.
    ///
    /// # Errors
    ///
    /// [`PrivacyError::NotADelta`].
    pub fn epsilon(&self, delta: f64) -> Result<Spent, PrivacyError> {
        check_delta(delta)?;
        let bound = |(order, total): (f64, f64)| match total {
            0.0 => 0.0, // the same law with a person as without
            _ => total + (-1.0 / order).ln_1p() - (delta.ln() + order.ln()) / (order - 1.0),
        };
        let (epsilon, best) = self.smallest(bound);
        Ok(Spent {
            epsilon: epsilon.max(0.0),
            order: self.orders.get(best).copied().unwrap_or(f64::INFINITY),
            at_end: best == 0 || best + 1 == self.orders.len(),
        })
    }

    /// The δ for an ε: the same bound, solved for the other.
    ///
    /// # Errors
    ///
    /// [`PrivacyError::NotAnEpsilon`].
    pub fn delta(&self, epsilon: f64) -> Result<f64, PrivacyError> {
        check_epsilon(epsilon)?;
        Ok(self
            .smallest(|bound| ln_delta(bound, epsilon))
            .0
            .min(0.0)
            .exp())
    }

    /// The order that gives the smallest δ for an ε.
    pub(crate) fn delta_order(&self, epsilon: f64) -> f64 {
        let (_, best) = self.smallest(|bound| ln_delta(bound, epsilon));
        self.orders.get(best).copied().unwrap_or(2.0)
    }

    /// The smallest bound of all orders, and its place.
    fn smallest(&self, bound: impl Fn((f64, f64)) -> f64) -> (f64, usize) {
        let bounds = self.renyi().map(bound).enumerate();
        let start = (f64::INFINITY, 0);
        bounds.fold(start, |best, (k, b)| if b < best.0 { (b, k) } else { best })
    }
}

/// The logarithm of the bound on δ of one order.
fn ln_delta((order, total): (f64, f64), epsilon: f64) -> f64 {
    if total == 0.0 {
        return f64::NEG_INFINITY; // the same law with a person as without
    }
    (order - 1.0) * (total - epsilon + (-1.0 / order).ln_1p()) - order.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_told() {
        let mut ledger = Ledger::new();
        assert_eq!(ledger.epsilon(1e-5).unwrap().epsilon, 0.0);
        ledger
            .spend(&SampledGaussian::new(0.5, 0.0).unwrap(), 0)
            .unwrap();
        assert_eq!(ledger.delta(0.0), Ok(0.0));
        ledger
            .spend(&SampledGaussian::new(1.0, 1000.0).unwrap(), 1)
            .unwrap();
        let spent = ledger.epsilon(1e-5).unwrap();
        assert!(spent.at_end && spent.order == 256.0);
        ledger
            .spend(&SampledGaussian::new(0.5, 0.0).unwrap(), 1)
            .unwrap();
        assert_eq!(ledger.epsilon(1e-5).unwrap().epsilon, f64::INFINITY);
        assert_eq!(ledger.delta(1.0), Ok(1.0));
        assert!(ledger.epsilon(0.0).is_err() && ledger.delta(f64::NAN).is_err());
        assert_eq!(Ledger::with_orders(vec![]), Err(PrivacyError::NoOrders));
        assert!(Ledger::with_orders(vec![2.0, 1.0]).is_err());
    }
}
