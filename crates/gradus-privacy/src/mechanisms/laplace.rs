//! Real numbers with Laplace noise, on a grid.

use crate::error::PrivacyError;
use crate::mechanisms::discrete_laplace::discrete_laplace;
use gradus_numeric::ldexp;
use gradus_random::rand::Rng;

/// A real number with Laplace noise on a grid: ε-differentially private if one person changes it by at most `sensitivity`.
///
/// ```math
/// X = s \Bigl( \Bigl\lfloor \frac vs \Bigr\rfloor + K \Bigr), \qquad
/// \Pr(K = k) \propto e^{-\epsilon \lvert k \rvert / \lceil \Delta / s \rceil}
/// ```
///
/// where $`v`$ is `value`, $`\Delta`$ is `sensitivity` and $`s`$ is `step`, a power of two. All outputs are multiples of the step, for any value: there
/// are no gaps that could give it away. A step far below $`\Delta / \epsilon`$ costs nothing.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | neighbors lie at most $`\lceil \Delta / s \rceil`$ steps apart | `the_grid_keeps_neighbors_near` |
/// | every output is a multiple of the step | `the_grid_keeps_neighbors_near` |
///
/// # Numerics
///
/// Division by a power of two and rounding *down* are exact, and rounding down keeps numbers at distance $`d`$ within $`\lceil d \rceil`$;
/// rounding to nearest would not (−½ and ½ may become −1 and 1).
///
/// # Errors
///
/// [`PrivacyError::NotAStep`] for a step that is no power of two from 2⁻⁵⁰⁰ to 2⁵⁰⁰, [`PrivacyError::NotFinite`],
/// [`PrivacyError::NoSensitivity`] unless the sensitivity is positive, [`PrivacyError::TooManySteps`] if value or sensitivity have more than 2³¹ steps,
/// [`PrivacyError::EpsilonOutOfRange`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::{Key, laplace};
///
/// // A mean of 1000 numbers in [0, 1]: one person changes it by at most 0.001.
/// let noisy = laplace(0.4375, 0.001, 1.0, 0.5_f64.powi(16), &mut Key::new(1).rng())?;
/// assert!((noisy - 0.4375).abs() < 0.025);
/// assert_eq!((noisy * 65536.0).fract(), 0.0);
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
///
/// # References
///
/// C. Dwork, F. `McSherry`, K. Nissim and A. Smith, *Calibrating noise to sensitivity in private data analysis*, TCC 2006;
/// I. Mironov, *On significance of the least significant bits for differential privacy*, CCS 2012.
pub fn laplace(
    value: f64,
    sensitivity: f64,
    epsilon: f64,
    step: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<f64, PrivacyError> {
    let is_power = step > 0.0 && step.to_bits().trailing_zeros() >= 52;
    if !(is_power && (ldexp(1.0, -500)..=ldexp(1.0, 500)).contains(&step)) {
        return Err(PrivacyError::NotAStep { step });
    }
    if sensitivity.is_nan() || sensitivity <= 0.0 {
        return Err(PrivacyError::NoSensitivity);
    }
    let place = steps(value, step)?;
    let reach = steps((sensitivity / step).ceil() * step, step)?.unsigned_abs();
    let noisy = discrete_laplace(place.into(), reach, epsilon, rng)?;
    Ok(noisy as f64 * step)
}

/// How many steps a number has, rounded down.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a whole number of 31 bits and a sign"
)]
fn steps(value: f64, step: f64) -> Result<i32, PrivacyError> {
    if !value.is_finite() {
        return Err(PrivacyError::NotFinite { value });
    }
    let steps = (value / step).floor();
    if steps.abs() < 2147483648.0 {
        Ok(steps as i32)
    } else {
        Err(PrivacyError::TooManySteps { value, step })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn what_does_not_fit_the_grid_is_refused() {
        let of = |value, sensitivity, step| {
            laplace(value, sensitivity, 1.0, step, &mut Key::new(0).rng())
        };
        assert!(of(0.3, 0.5, 0.25).is_ok_and(|x| (4.0 * x).fract() == 0.0));
        assert_eq!(of(1.0, 1.0, 3.0), Err(PrivacyError::NotAStep { step: 3.0 }));
        assert_eq!(of(1.0, 0.0, 1.0), Err(PrivacyError::NoSensitivity));
        assert!(of(f64::NAN, 1.0, 1.0).is_err() && of(1.0, f64::NAN, 1.0).is_err());
        assert!(of(1.0, f64::INFINITY, 1.0).is_err() && of(1.0, 1.0, 0.0).is_err());
        let (value, step) = (2147483648.0, 1.0);
        assert_eq!(
            of(value, 1.0, step),
            Err(PrivacyError::TooManySteps { value, step })
        );
        assert_eq!([-0.5, 0.5, 1.5].map(|x| steps(x, 1.0).unwrap()), [-1, 0, 1]);
    }
}
