//! A bell in the place of any peak.

use crate::error::MultivariateError;
use crate::families::multivariate_normal::{LN_SQRT_2PI, MultivariateNormal};
use crate::matrices::factor::Factor;
use gradus_linalg::nalgebra::{DMatrix, DVector};

/// A normal law in the place of a density with a peak, and the integral; made by [`laplace`].
#[derive(Clone, Debug, PartialEq)]
pub struct Laplace {
    /// The normal law with the place and the curvature of the peak.
    pub law: MultivariateNormal,
    /// The logarithm of the integral of the density; of prior × likelihood it is the logarithm of the evidence.
    pub ln_integral: f64,
}

/// Laplace's approximation: the normal law that has the peak of a density, and the integral under it.
///
/// ```math
/// f(x) \approx f(\hat x)\, e^{-\frac12 (x - \hat x)^\top H (x - \hat x)}, \qquad
/// \int f \approx f(\hat x) \sqrt{\det(2 \pi H^{-1})}
/// ```
///
/// where $`\hat x`$ is the `mode` of f, $`\ln f(\hat x)`$ the `ln_density` there, which need not be normalized, and $`H`$ the `hessian` of $`-\ln f`$ at the mode. It is Taylor's
/// polynomial of the logarithm to second order. For prior × likelihood this is a posterior and its evidence, the better the more data there are; the factor
/// $`\sqrt{\det(2 \pi H^{-1})}`$, the volume that the data leave to the parameters, is Ockham's.
///
/// # Shapes
///
/// `mode: d`, `hessian: d × d`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | exact for a normal law | `laplace_is_exact_for_a_normal_law` |
/// | gives the evidence of linear regression | `laplace_gives_the_evidence_of_a_linear_regression` |
/// | of $`x^n e^{-x}`$: Stirling's formula for n! | `laplace_of_the_gamma_integral_is_stirlings_formula` |
///
/// # Numerics
///
/// That the gradient is 0 at the mode is not checked: no function is asked for. A maximum in a corner, or one that is flatter than a square,
/// has no such approximation.
///
/// # Errors
///
/// [`MultivariateError::Linalg`] unless the Hessian is symmetric and positive definite, as it is at a maximum;
/// [`MultivariateError::Domain`] unless the density is finite; [`MultivariateError::LengthMismatch`], [`MultivariateError::NonFinite`],
/// [`MultivariateError::NoDimension`].
///
/// # Examples
///
/// ```
/// use gradus_multivariate::laplace;
/// use gradus_multivariate::nalgebra::{DMatrix, DVector};
///
/// // 10! is the integral of x¹⁰ e⁻ˣ, with its peak at 10, where −ln f has curvature 10 / 10²
/// let ln_density = 10.0 * 10_f64.ln() - 10.0;
/// let peak = laplace(DVector::from_element(1, 10.0), ln_density, &DMatrix::from_element(1, 1, 0.1))?;
/// assert!((peak.ln_integral.exp() / 3_628_800.0 - 1.0).abs() < 0.01); // Stirling: 1 / 120 too small
/// # Ok::<(), gradus_multivariate::MultivariateError>(())
/// ```
///
/// # References
///
/// P. S. Laplace, *Mémoire sur la probabilité des causes par les événemens* (1774); C. M. Bishop, *Pattern Recognition and Machine
/// Learning* (2006), §4.4; D. J. C. MacKay, *Information Theory, Inference, and Learning Algorithms* (2003), ch. 27–28.
pub fn laplace(
    mode: DVector<f64>,
    ln_density: f64,
    hessian: &DMatrix<f64>,
) -> Result<Laplace, MultivariateError> {
    if !ln_density.is_finite() {
        return Err(MultivariateError::Domain {
            name: "ln_density",
            value: ln_density,
            domain: "finite",
        });
    }
    let d = mode.len() as f64;
    let law = MultivariateNormal::with(mode, Factor::of_inverse(hessian)?)?;
    let ln_volume = d * LN_SQRT_2PI + law.ellipsoid.factor.ln_determinant();
    Ok(Laplace {
        law,
        ln_integral: ln_density + ln_volume,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_that_are_none() {
        let of = |ln: f64, h: f64| {
            laplace(DVector::zeros(1), ln, &DMatrix::from_element(1, 1, h)).map(|_| ())
        };
        assert!(of(0.0, 1.0).is_ok());
        for (ln, h) in [
            (f64::NAN, 1.0),
            (f64::NEG_INFINITY, 1.0),
            (0.0, 0.0),
            (0.0, -1.0),
            (0.0, f64::NAN),
        ] {
            assert!(of(ln, h).is_err());
        }
        assert!(laplace(DVector::zeros(2), 0.0, &DMatrix::identity(1, 1)).is_err());
    }
}
