//! The trapezoidal rule.

use super::panels::Panels;
use crate::error::CalculusError;
use crate::evaluation::in_range;

/// The integral over one finite interval by the trapezoidal rule, in equal panels.
///
/// ```math
/// \int_a^b f(x)\,dx = h \Bigl( \tfrac12 f(a) + \sum_{i=1}^{n-1} f(a + i h) + \tfrac12 f(b) \Bigr) - \frac{(b - a)\,h^2}{12} f''(\xi),
/// \qquad h = \frac{b - a}{n}
/// ```
///
/// where n is the number of `panels`. The graph is replaced by straight lines from point to point. Over a whole period of a smooth
/// periodic function, or over a bell that vanishes at both ends, all terms of the error cancel and the rule is the best there is.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | exact for straight lines | `trapezoids_are_exact_for_lines` |
/// | twice the panels, a quarter of the error | `trapezoids_have_order_two` |
/// | over a period, faster than any power | `trapezoids_over_a_period_err_exponentially_little` |
/// | a constant times the length, also of far narrow, huge and tiny intervals | `rules_take_intervals_of_any_place_and_width` |
///
/// # Numerics
///
/// It tells no error: [`integrate`](crate::integrate) does, and is the one to take where only the integral counts. The sum is
/// compensated.
///
/// # Errors
///
/// [`CalculusError::Domain`] if an end is not finite, or without panels; [`CalculusError::NonFinite`] with the point at which `f` is not
/// finite; [`CalculusError::Overflow`].
///
/// # Examples
///
/// ```
/// use gradus_calculus::trapezoid;
///
/// assert_eq!(trapezoid(|x| x * x, 0.0, 2.0, 2)?, 3.0); // (0 + 2 · 1 + 4) / 2 where 8/3 is right
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// W. H. Press et al., *Numerical Recipes*, 3rd ed., 2007, §4.2; L. N. Trefethen and J. A. C. Weideman, *The exponentially convergent
/// trapezoidal rule*, SIAM Rev. 56 (2014), 385–458.
pub fn trapezoid(
    f: impl Fn(f64) -> f64,
    a: f64,
    b: f64,
    panels: usize,
) -> Result<f64, CalculusError> {
    let panels = Panels::new(a, b, panels)?;
    in_range(panels.ends(&f)? + panels.inner(&f)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_interval_is_refused() {
        assert!(trapezoid(|x| x, 0.0, f64::INFINITY, 2).is_err());
        assert!(trapezoid(|x| x, 0.0, 1.0, 0).is_err());
        let error = trapezoid(|x| 1.0 / x, -1.0, 1.0, 2);
        let (at, value) = (0.0, f64::INFINITY);
        assert_eq!(error, Err(CalculusError::NonFinite { at, value }));
        assert_eq!(
            trapezoid(|_| 1e308, 0.0, 10.0, 1),
            Err(CalculusError::Overflow)
        );
    }

    #[test]
    fn ends_of_any_size_and_order_are_taken() {
        let wide = trapezoid(|_| 1e-300, -1e308, 1e308, 4).unwrap();
        assert!((wide / 2e8 - 1.0).abs() < 1e-15);
        assert_eq!(trapezoid(|x| x, 3.0, 1.0, 4), Ok(-4.0));
        assert_eq!(trapezoid(f64::exp, 1.0, 1.0, 3), Ok(0.0));
    }
}
