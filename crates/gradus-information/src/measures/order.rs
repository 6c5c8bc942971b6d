//! Entropies with an order: Rényi and Tsallis.

use super::entropy::entropy;
use crate::error::InformationError;
use crate::terms::total;
use gradus_numeric::{Simplex, log_sum_exp};

/// Rényi's entropy of an order, in nats.
///
/// ```math
/// H_\alpha(p) = \frac{1}{1 - \alpha} \ln \sum_{i=1}^{n} p_i^\alpha
/// ```
///
/// where $`\alpha \ge 0`$ is the `order`. The higher it is, the more the likely outcomes count: 0 gives the logarithm of how many
/// are possible (Hartley), 1 Shannon's [`entropy`], 2 minus the logarithm of the probability that two draws agree (collision),
/// ∞ the surprise of the most likely outcome (min-entropy).
///
/// # Shapes
///
/// `p: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | falls with the order, between $`-\ln \max p`$ and $`\ln n`$ | `renyi_entropy_falls_with_the_order` |
/// | continuous at order 1, where it is Shannon's | `renyi_entropy_goes_to_shannon_entropy` |
/// | additive for independent variables | `renyi_entropy_adds_up` |
///
/// # Numerics
///
/// Near order 1 both sides of the fraction vanish. With $`\delta = 1 - \alpha`$ and surprises $`s_i = -\ln p_i`$ it is
/// $`\ln\bigl(1 + \sum p_i (e^{\delta s_i} - 1)\bigr) / \delta`$, which keeps its digits and is used where no $`|\delta s_i|`$
/// exceeds 1.
///
/// # Errors
///
/// [`InformationError::InvalidOrder`] unless the order is at least 0.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, bits, renyi_entropy};
///
/// let p = Simplex::new(vec![0.5, 0.25, 0.25, 0.0])?;
/// assert_eq!(bits(renyi_entropy(&p, f64::INFINITY)?), 1.0); // the best guess is right half the time
/// assert!((renyi_entropy(&p, 2.0)? - (8.0_f64 / 3.0).ln()).abs() < 1e-15); // ¼ + 1/16 + 1/16 = 3/8
/// assert!((renyi_entropy(&p, 0.0)? - 3.0_f64.ln()).abs() < 1e-15);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// A. Rényi, *On measures of entropy and information*, Proc. 4th Berkeley Symp. (1961), 547–561, eq. 1.21.
#[doc(alias = "min-entropy")]
#[doc(alias = "collision entropy")]
#[doc(alias = "Hartley entropy")]
pub fn renyi_entropy(p: &Simplex, order: f64) -> Result<f64, InformationError> {
    check_order(order)?;
    let possible = possible(p);
    let largest = possible.iter().fold(0.0, |max, p| f64::max(max, *p));
    let (lowest, highest) = ((-largest.ln()).max(0.0), (possible.len() as f64).ln());
    if order == 1.0 {
        return Ok(entropy(p));
    }
    let delta = 1.0 - order;
    let value = if order == f64::INFINITY {
        lowest
    } else if possible.iter().all(|p| (delta * p.ln()).abs() <= 1.0) {
        deformed(&possible, delta).ln_1p() / delta
    } else {
        let powers: Vec<_> = possible.iter().map(|p| order * p.ln()).collect();
        log_sum_exp(&powers) / delta
    };
    Ok(value.clamp(lowest.min(highest), highest) + 0.0)
}

/// The entropy of Tsallis of an order.
///
/// ```math
/// S_q(p) = \frac{1}{q - 1} \Bigl( 1 - \sum_{i=1}^{n} p_i^q \Bigr) = \sum_i p_i \frac{p_i^{q - 1} - 1}{1 - q}
/// ```
///
/// where $`q \ge 0`$ is the `order`: the mean of a surprise $`\ln_q(1 / p_i)`$ with a deformed logarithm. Order 1 is Shannon's
/// entropy in nats, order 2 the Gini impurity $`1 - \sum p_i^2`$ of decision trees.
///
/// # Shapes
///
/// `p: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a function of Rényi's: $`S_q = (e^{(1 - q) H_q} - 1) / (1 - q)`$ | `tsallis_entropy_is_a_function_of_renyis` |
/// | $`S_q(X, Y) = S_q(X) + S_q(Y) + (1 - q) S_q(X) S_q(Y)`$ for independent variables | `tsallis_entropy_is_pseudo_additive` |
///
/// # Numerics
///
/// A compensated sum of non-negative terms, by `exp_m1`: no cancellation at any order.
///
/// # Errors
///
/// [`InformationError::InvalidOrder`] unless the order is finite and at least 0.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, tsallis_entropy};
///
/// let p = Simplex::new(vec![0.5, 0.25, 0.25])?;
/// assert!((tsallis_entropy(&p, 2.0)? - 5.0 / 8.0).abs() < 1e-15); // Gini
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// C. Tsallis, *Possible generalization of Boltzmann–Gibbs statistics*, J. Stat. Phys. 52 (1988), 479–487.
#[doc(alias = "Gini impurity")]
#[doc(alias = "Havrda-Charvat entropy")]
pub fn tsallis_entropy(p: &Simplex, order: f64) -> Result<f64, InformationError> {
    check_order(order)?;
    if order == f64::INFINITY {
        return Err(InformationError::InvalidOrder { order });
    }
    let delta = 1.0 - order;
    Ok(if delta == 0.0 {
        entropy(p)
    } else {
        total(
            possible(p)
                .iter()
                .map(|p| p * (-delta * p.ln()).exp_m1() / delta),
        )
    })
}

/// $`\sum_i p_i (e^{\delta s_i} - 1)`$ with the surprises $`s_i = -\ln p_i`$.
fn deformed(p: &[f64], delta: f64) -> f64 {
    let terms = p.iter().map(|p| p * (-delta * p.ln()).exp_m1());
    delta.signum() * total(terms.map(|term| delta.signum() * term))
}

/// The probabilities that are not 0.
fn possible(p: &Simplex) -> Vec<f64> {
    p.as_slice().iter().copied().filter(|p| *p > 0.0).collect()
}

pub(crate) fn check_order(order: f64) -> Result<(), InformationError> {
    if order >= 0.0 {
        Ok(())
    } else {
        Err(InformationError::InvalidOrder { order })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_below_zero_are_errors() {
        let p = Simplex::uniform(3).unwrap();
        let error = Err(InformationError::InvalidOrder { order: -0.5 });
        assert_eq!(renyi_entropy(&p, -0.5), error);
        assert_eq!(tsallis_entropy(&p, -0.5), error);
        assert!(renyi_entropy(&p, f64::NAN).is_err());
        assert!(tsallis_entropy(&p, f64::INFINITY).is_err());
    }

    #[test]
    fn the_orders_with_a_name() {
        let p = Simplex::new(vec![0.5, 0.25, 0.125, 0.125, 0.0]).unwrap();
        let ln_2 = std::f64::consts::LN_2;
        // (order, entropy in bits): Hartley, Shannon, collision, min-entropy
        for (order, bits) in [
            (0.0, 2.0),
            (1.0, 1.75),
            (2.0, (32.0_f64 / 11.0).log2()),
            (f64::INFINITY, 1.0),
        ] {
            let found = renyi_entropy(&p, order).unwrap() / ln_2;
            assert!(
                (found - bits).abs() <= 4.0 * f64::EPSILON,
                "{order}: {found}"
            );
        }
    }

    #[test]
    fn a_sure_outcome_has_none_of_any_order() {
        let sure = Simplex::new(vec![0.0, 1.0]).unwrap();
        for order in [0.0, 0.5, 1.0, 2.0, 1e300, f64::INFINITY] {
            assert_eq!(renyi_entropy(&sure, order).unwrap().to_bits(), 0, "{order}");
        }
        assert_eq!(tsallis_entropy(&sure, 3.0).unwrap().to_bits(), 0);
    }
}
