//! Gaussian noise on the sum over a random sample: one step of private training.

use crate::error::{PrivacyError, check_noise, check_rate};
use crate::renyi::any_order::fractional_order;
use crate::renyi::whole_order::whole_order;

/// Gaussian noise on the sum over a Poisson sample: one step of private training.
///
/// ```math
/// \rho(\alpha) = \frac{1}{\alpha - 1} \ln \mathbb{E}_{z \sim N(0, \sigma^2)}
/// \Bigl[ \bigl(1 - q + q\, e^{(2 z - 1) / 2 \sigma^2}\bigr)^\alpha \Bigr]
/// ```
///
/// the Rényi divergence of order $`\alpha`$ of the outcome with a person from that without. Each person is in the sample with probability $`q`$, the `rate`, and moves
/// the sum by at most 1 in Euclidean length, and each coordinate gets noise of standard deviation $`\sigma`$, the `noise`. Divergences of
/// steps add: the [`Ledger`](crate::Ledger) does that.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`q = 1`$: $`\alpha / 2\sigma^2`$, exactly; $`q = 0`$: 0 | `all_or_none_are_known` |
/// | order 2: $`\ln(1 + q^2 (e^{1/\sigma^2} - 1))`$ | `order_two_is_the_chi_square_divergence` |
/// | rises with α and q, falls with σ | `the_divergence_rises_with_order_rate_and_precision` |
/// | $`k`$ Gaussians are one of $`\sigma / \sqrt k`$ | `gaussians_add_their_precisions` |
/// | the integral and the sum agree | `the_integral_of_whole_orders_is_their_sum` |
/// | $`(\alpha - 1)\rho(\alpha)`$ is convex | `the_cumulant_is_convex_in_the_order` |
/// | within 10⁻¹² of 50 digits | `divergences_are_golden` |
///
/// # Numerics
///
/// For whole orders a sum of positive terms,
///
/// ```math
/// \rho(\alpha) = \frac{1}{\alpha - 1} \ln\Bigl(1 + \sum_{i=2}^{\alpha} \binom{\alpha}{i} q^i (1 - q)^{\alpha - i}
/// \bigl(e^{(i^2 - i) / 2 \sigma^2} - 1\bigr)\Bigr)
/// ```
///
/// The usual sum begins at $`i = 0`$ and has no "− 1": it adds up to nearly 1, and its logarithm loses all digits for small $`q`$. Other orders are the integral
/// of a positive function by the trapezoidal rule, which converges exponentially. (The signed series of Mironov, Talwar and Zhang
/// converges like a power of the number of terms: cut where they are below $`e^{-30}`$, as in common libraries, it has nine digits at
/// $`q = 0.01`$, $`\sigma = 1`$, $`\alpha = 1.5`$.)
///
/// # Examples
///
/// ```
/// use gradus_privacy::SampledGaussian;
///
/// assert_eq!(SampledGaussian::new(1.0, 2.0)?.renyi(5.0)?, 0.625); // 5 / (2 · 4)
/// let step = SampledGaussian::new(0.01, 1.0)?;
/// assert!((step.renyi(2.0)? / 1.718_134_220_745_479e-4 - 1.0).abs() < 1e-14);
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
///
/// # References
///
/// I. Mironov, K. Talwar and L. Zhang, *Rényi differential privacy of the sampled Gaussian mechanism*, 2019, theorems 4
/// and 5 and section 3.3, <https://arxiv.org/abs/1908.10530>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampledGaussian {
    rate: f64,
    noise: f64,
}

impl SampledGaussian {
    /// A rate in [0, 1] and a finite noise that is not negative; without noise the divergence is infinite.
    ///
    /// # Errors
    ///
    /// [`PrivacyError::NotARate`], [`PrivacyError::NotANoise`].
    pub fn new(rate: f64, noise: f64) -> Result<Self, PrivacyError> {
        let (rate, noise) = (check_rate(rate)?, check_noise(noise)?);
        Ok(Self { rate, noise })
    }

    /// With what probability a person is in the sample.
    #[must_use]
    pub const fn rate(&self) -> f64 {
        self.rate
    }

    /// The standard deviation of the noise, over how far a person can move the sum.
    #[must_use]
    pub const fn noise(&self) -> f64 {
        self.noise
    }

    /// The Rényi divergence of an order.
    ///
    /// # Errors
    ///
    /// [`PrivacyError::NotAnOrder`] unless the order lies in (1, 2²⁰], [`PrivacyError::TooFine`] if a fractional order
    /// meets very little noise.
    pub fn renyi(&self, order: f64) -> Result<f64, PrivacyError> {
        let Self { rate, noise } = *self;
        if !(order > 1.0 && order <= LARGEST) {
            return Err(PrivacyError::NotAnOrder { order });
        }
        if rate == 0.0 {
            return Ok(0.0);
        }
        if noise * noise == 0.0 {
            return Ok(f64::INFINITY);
        }
        if rate == 1.0 {
            return Ok(order / (2.0 * noise * noise));
        }
        match whole(order) {
            Some(order) => Ok(whole_order(rate, noise, order)),
            None => fractional_order(rate, noise, order),
        }
    }
}

/// The order as an integer, if it is one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number up to 2^20"
)]
fn whole(order: f64) -> Option<u32> {
    (order.fract() == 0.0).then_some(order as u32)
}

/// Far beyond any order that is of use: its sum has as many terms.
const LARGEST: f64 = 1048576.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_answered() {
        let of = |rate, noise, order| SampledGaussian::new(rate, noise).unwrap().renyi(order);
        assert_eq!(of(0.0, 0.0, 2.0), Ok(0.0));
        assert_eq!(of(0.5, 0.0, 2.0), Ok(f64::INFINITY));
        assert_eq!(of(0.5, 1e-200, 2.5), Ok(f64::INFINITY));
        assert!(of(1e-170, 1.0, 3.0).is_ok_and(|rho| rho < 1e-300));
        assert!(of(0.5, 1e-3, 64.0).is_ok_and(|rho| rho > 3e7 && rho.is_finite()));
        for order in [1.0, 0.5, f64::NAN, f64::INFINITY] {
            assert!(of(0.5, 1.0, order).is_err(), "{order}");
        }
        assert!(matches!(
            of(0.5, 1e-3, 1.5),
            Err(PrivacyError::TooFine { .. })
        ));
        assert!(SampledGaussian::new(1.1, 1.0).is_err());
        assert!(SampledGaussian::new(f64::NAN, 1.0).is_err());
        assert!(SampledGaussian::new(0.5, f64::INFINITY).is_err());
    }
}
