//! Expectations by quadrature, for laws without a closed form.

use super::continuous::Continuous;
use crate::error::ProbabilityError;
use gradus_calculus::{CalculusError, Tolerance, integrate_through};

/// $`\operatorname{E}[f(X)]`$, an integral over all quantiles.
///
/// ```math
/// \operatorname{E}[f(X)] = \int_0^1 f(F^{-1}(p)) \, dp
///     = \int_{-\infty}^{\infty} f\bigl(F^{-1}(\sigma(t))\bigr) \, \sigma(t) \, \sigma(-t) \, dt, \qquad t = 2 \sinh v
/// ```
///
/// `rounding` is the relative error of a probability of the law. The log-odds t keep the digits of both tails; over v the integrand falls like the exponential of an exponential. What is left beyond
/// odds of $`e^{700}`$ is judged from the last values there: an integral that diverges is an error.
pub(crate) fn expectation(
    law: &impl Continuous,
    rounding: f64,
    moment: &'static str,
    f: impl Fn(f64) -> f64,
) -> Result<f64, ProbabilityError> {
    // a quantile is rounded to ε of itself, which may be much of the width of the law
    let (low, high) = (law.at_tails(0.25, 0.75), law.at_tails(0.75, 0.25));
    let quantile = f64::EPSILON * low.abs().max(high.abs()) / (high - low);
    let relative = TOLERANCE + rounding + 16.0 * quantile;
    if relative.is_nan() || relative > COARSEST {
        let error = relative * f(high).abs();
        return Err(ProbabilityError::NotIntegrated { moment, error });
    }
    let absolute = 0.0;
    over_quantiles(law, Tolerance { absolute, relative }, moment, f)
}

/// The integral, to this tolerance.
fn over_quantiles(
    law: &impl Continuous,
    tolerance: Tolerance,
    moment: &'static str,
    f: impl Fn(f64) -> f64,
) -> Result<f64, ProbabilityError> {
    let at = |t: f64| {
        let odds = (-t.abs()).exp();
        let (small, large) = (odds / (1.0 + odds), 1.0 / (1.0 + odds));
        let (p, q) = if t < 0.0 {
            (small, large)
        } else {
            (large, small)
        };
        f(law.at_tails(p, q)) * (small * large)
    };
    let integrand = |v: f64| at(2.0 * v.sinh()) * (2.0 * v.cosh());
    let end = (0.5 * FARTHEST).asinh();
    let integral = integrate_through(integrand, &[-end, 0.0, end], tolerance);
    let value = integral
        .map_err(|error| not_integrated(moment, error))?
        .value;
    // a power law whose exponent allows no integral does not fall from here on either
    let left = FARTHEST * at(FARTHEST).abs().max(at(-FARTHEST).abs());
    let size = value.abs() + at(0.0).abs() + at(1.0).abs() + at(-1.0).abs() + tolerance.absolute;
    if left <= NEGLIGIBLE * size {
        Ok(value)
    } else {
        let error = left;
        Err(ProbabilityError::NotIntegrated { moment, error })
    }
}

/// $`\operatorname{E}[X]`$, as a distance from the median.
///
/// A law may be so narrow that few machine numbers, or one, lie in it: quantiles then say little of the distance, and need not, since the
/// mean is rounded like them.
pub(crate) fn mean_of(law: &impl Continuous, rounding: f64) -> Result<f64, ProbabilityError> {
    let center = law.median();
    let tolerance = Tolerance {
        absolute: 16.0 * f64::EPSILON * center.abs(),
        relative: TOLERANCE + rounding,
    };
    let mean = center + over_quantiles(law, tolerance, "mean", |x| x - center)?;
    let (low, high) = (law.at_tails(0.0, 1.0), law.at_tails(1.0, 0.0));
    Ok(mean.max(low).min(high)) // rounding may lead out of a narrow support
}

fn not_integrated(moment: &'static str, error: CalculusError) -> ProbabilityError {
    let error = match error {
        CalculusError::DidNotConverge { residual, .. } => residual,
        _ => f64::INFINITY, // it overflows, or it diverges
    };
    ProbabilityError::NotIntegrated { moment, error }
}

/// The logarithm of the largest odds: the smaller tail is still a normal number.
const FARTHEST: f64 = 700.0;
/// Relative to the integral of $`\lvert f \rvert`$: quantiles of some families have errors of a tenth of it.
const TOLERANCE: f64 = 1e-11;
/// A law so narrow that fewer digits of a moment are left has none.
const COARSEST: f64 = 1e-3;
/// What may be left out.
const NEGLIGIBLE: f64 = 1e-10;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::continuous::exponential::Exponential;
    use crate::families::continuous::pareto::Pareto;

    #[test]
    fn powers_of_waiting_times() {
        let law = Exponential::new(1.0).unwrap();
        for (power, factorial) in [(0, 1.0), (1, 1.0), (2, 2.0), (4, 24.0)] {
            let value = expectation(&law, 0.0, "moment", |x| x.powi(power)).unwrap();
            assert!((value / factorial - 1.0).abs() < 1e-12, "{power}: {value}");
        }
    }

    #[test]
    fn an_integral_that_diverges_is_an_error() {
        let law = Pareto::new(1.0, 1.5).unwrap();
        assert!((expectation(&law, 0.0, "mean", |x| x).unwrap() - 3.0).abs() < 1e-10);
        let error = expectation(&law, 0.0, "square", |x| x * x).unwrap_err();
        assert!(
            matches!(error, ProbabilityError::NotIntegrated { .. }),
            "{error}"
        );
    }
}
