//! Difference quotients: forward, central, five-point.

use crate::error::CalculusError;
use crate::evaluation::{evaluate, finite, in_range};

/// Forward difference: the slope of the secant to the right.
///
/// ```math
/// \frac{f(x + h) - f(x)}{h} = f'(x) + \tfrac{h}{2} f''(\xi)
/// ```
///
/// The error shrinks in proportion to `h`; rounding adds about $`2 \varepsilon |f| / h`$. The best step,
/// about $`\sqrt\varepsilon`$, leaves eight digits.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the error is $`O(h)`$ | `forward_difference_has_order_one` |
///
/// # Errors
///
/// [`CalculusError::Domain`] if `x` or `h` is not finite, or `h` is not positive or too small to move `x`;
/// [`CalculusError::NonFinite`] if `f` is not finite; [`CalculusError::Overflow`].
///
/// # Examples
///
/// ```
/// use gradus_calculus::forward_difference;
///
/// // (1.5² − 1²) / 0.5
/// assert_eq!(forward_difference(|x| x * x, 1.0, 0.5)?, 2.5);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
pub fn forward_difference(f: impl Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, CalculusError> {
    let h = step(x, h)?;
    let (here, right) = (evaluate(&f, x)?, evaluate(&f, x + h)?);
    in_range((right - here) / h)
}

/// Central difference: the slope of the secant through both neighbors.
///
/// ```math
/// \frac{f(x + h) - f(x - h)}{2h} = f'(x) + \tfrac{h^2}{6} f'''(\xi)
/// ```
///
/// The errors of the two sides cancel to first order, so it is exact for parabolas. The best step, about
/// $`\sqrt[3]\varepsilon \approx 6 \cdot 10^{-6}`$, leaves ten digits.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the error is $`O(h^2)`$ | `central_difference_has_order_two` |
/// | exact for parabolas | `central_difference_is_exact_for_parabolas` |
/// | within $`10^{-6}`$ at $`h = \sqrt[3]\varepsilon`$ | `central_difference_is_right_to_six_digits` |
///
/// # Errors
///
/// As for [`forward_difference`].
///
/// # Examples
///
/// ```
/// use gradus_calculus::central_difference;
///
/// // (1.5² − 0.5²) / 1
/// assert_eq!(central_difference(|x| x * x, 1.0, 0.5)?, 2.0);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
pub fn central_difference(f: impl Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, CalculusError> {
    let h = step(x, h)?;
    let (left, right) = (evaluate(&f, x - h)?, evaluate(&f, x + h)?);
    in_range((right - left) / (2.0 * h))
}

/// Five-point difference: central differences of steps `h` and `2h`, combined so that the next error
/// cancels too.
///
/// ```math
/// \frac{f(x - 2h) - 8 f(x - h) + 8 f(x + h) - f(x + 2h)}{12 h} = f'(x) - \tfrac{h^4}{30} f^{(5)}(\xi)
/// ```
///
/// Exact for polynomials of degree 4. The best step, about $`\sqrt[5]\varepsilon \approx 7 \cdot 10^{-4}`$,
/// leaves twelve digits.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the error is $`O(h^4)`$ | `five_point_difference_has_order_four` |
/// | exact for polynomials of degree 4 | `five_point_difference_is_exact_for_quartics` |
/// | within $`10^{-9}`$ at $`h = \sqrt[5]\varepsilon`$ | `five_point_difference_is_right_to_nine_digits` |
///
/// # Errors
///
/// As for [`forward_difference`].
///
/// # Examples
///
/// ```
/// use gradus_calculus::five_point_difference;
///
/// assert_eq!(five_point_difference(|x| x.powi(4), 1.0, 0.5)?, 4.0);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// M. Abramowitz and I. A. Stegun, *Handbook of Mathematical Functions*, 1964, 25.3.6 and table 25.2.
pub fn five_point_difference(f: impl Fn(f64) -> f64, x: f64, h: f64) -> Result<f64, CalculusError> {
    let h = step(x, h)?;
    let near = evaluate(&f, x + h)? - evaluate(&f, x - h)?;
    let far = evaluate(&f, x + 2.0 * h)? - evaluate(&f, x - 2.0 * h)?;
    in_range(five_point(near, far, h))
}

/// The five-point difference from $`f(x+h) - f(x-h)`$ and $`f(x+2h) - f(x-2h)`$.
pub(crate) fn five_point(near: f64, far: f64, h: f64) -> f64 {
    (8.0 * near - far) / (12.0 * h)
}

/// The step nearest to `h` for which $`x + h`$ is a machine number, if it moves `x` to both sides.
fn step(x: f64, h: f64) -> Result<f64, CalculusError> {
    let x = finite("x", x)?;
    let exact = (x + h) - x;
    if h > 0.0 && exact.is_finite() && x - exact < x && x < x + exact {
        return Ok(exact);
    }
    Err(CalculusError::Domain {
        name: "h",
        value: h,
        domain: "positive, and large enough to move x to both sides",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_moves_nothing_is_refused() {
        for h in [0.0, -1.0, 1e-17, f64::NAN, f64::INFINITY] {
            let error = central_difference(f64::sin, 1.0, h);
            assert!(
                matches!(error, Err(CalculusError::Domain { name: "h", .. })),
                "{h}"
            );
        }
        assert!(forward_difference(f64::sin, f64::INFINITY, 1.0).is_err());
    }

    #[test]
    fn the_step_is_a_machine_number_away() {
        assert_eq!(step(1.0, 0.1), Ok(1.1 - 1.0));
        assert_eq!(forward_difference(|x| x, 1.0, 0.1), Ok(1.0));
    }

    #[test]
    fn a_pole_beside_the_point_is_named() {
        let error = forward_difference(f64::ln, 0.0, 1.0);
        let value = f64::NEG_INFINITY;
        assert_eq!(error, Err(CalculusError::NonFinite { at: 0.0, value }));
    }

    #[test]
    fn a_difference_beyond_the_range_is_an_error() {
        let steep = |x: f64| x.signum() * 1e308;
        assert_eq!(
            central_difference(steep, 0.0, 1.0),
            Err(CalculusError::Overflow)
        );
        assert_eq!(
            five_point_difference(steep, 0.0, 1.0),
            Err(CalculusError::Overflow)
        );
    }
}
