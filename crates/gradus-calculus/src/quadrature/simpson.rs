//! Simpson's rule.

use super::panels::Panels;
use crate::error::CalculusError;
use crate::evaluation::in_range;

/// The integral over one finite interval by Simpson's rule, in equal panels.
///
/// ```math
/// \int_{x}^{x + h} f \approx \frac h6 \Bigl( f(x) + 4 f\bigl(x + \tfrac h2\bigr) + f(x + h) \Bigr), \qquad h = \frac{b - a}{n}
/// ```
///
/// added over the n `panels`: each is replaced by the parabola through its ends and its middle. The error is
/// $`-\frac{b - a}{2880} h^4 f''''(\xi)`$, so the rule is exact for cubics too. It is what is left of two trapezoidal sums when the
/// term in $`h^2`$ of their errors is eliminated.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | exact for cubics | `simpsons_rule_is_exact_for_cubics` |
/// | twice the panels, a sixteenth of the error | `simpsons_rule_has_order_four` |
/// | $`(4 T_{2n} - T_n) / 3`$ for trapezoidal sums T | `simpsons_rule_extrapolates_trapezoids` |
/// | a constant times the length, also of far narrow, huge and tiny intervals | `rules_take_intervals_of_any_place_and_width` |
///
/// # Numerics
///
/// It tells no error: [`integrate`](crate::integrate) does. The sums are compensated.
///
/// # Errors
///
/// Those of [`trapezoid`](crate::trapezoid).
///
/// # Examples
///
/// ```
/// use gradus_calculus::simpson;
///
/// assert_eq!(simpson(|x| x * x * x, 0.0, 2.0, 1)?, 4.0); // (0 + 4 · 1 + 8) / 3
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// W. H. Press et al., *Numerical Recipes*, 3rd ed., 2007, §4.1.
pub fn simpson(
    f: impl Fn(f64) -> f64,
    a: f64,
    b: f64,
    panels: usize,
) -> Result<f64, CalculusError> {
    let panels = Panels::new(a, b, panels)?;
    let trapezoids = panels.ends(&f)? + panels.inner(&f)?;
    in_range(trapezoids / 3.0 + panels.middles(&f)? * (2.0 / 3.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parabola_by_hand() {
        assert_eq!(simpson(|x| x * x, 0.0, 3.0, 1), Ok(9.0)); // (0 + 4 · 2.25 + 9) / 2
        assert!(simpson(|x| x, 0.0, 1.0, 0).is_err());
        assert!(simpson(|x| 1.0 / x, -1.0, 1.0, 1).is_err());
    }
}
