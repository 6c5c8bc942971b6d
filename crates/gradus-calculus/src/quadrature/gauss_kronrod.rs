//! The quadrature rule of Gauss and Kronrod with 10 and 21 points.

use super::panel::ROUNDING;
use super::rule;
use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::{evaluate, finite, in_range};

/// The integral over one finite interval by one 21-point Kronrod rule, without subdivision.
///
/// ```math
/// \int_a^b f(x)\,dx \approx \frac{b-a}{2} \sum_{i=1}^{21} w_i \, f\!\left(\tfrac{a+b}{2} + \tfrac{b-a}{2}\, t_i\right)
/// ```
///
/// The nodes $`t_i`$ hold those of Gauss's 10-point rule, which is exact for polynomials of degree 19; the
/// 21 points are exact for degree 31. The error estimate is the larger of two: how far `f` is from the polynomials of
/// degree 16, seen at the nodes, and the difference of the two rules, scaled by how much `f` varies as in QUADPACK.
/// What lies between the nodes is not seen. End points are never evaluated. If `b < a`, the integral is the negative
/// of the one from `b` to `a`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | exact for polynomials of degree 31 | `gauss_kronrod_is_exact_for_degree_31` |
/// | not exact beyond | `gauss_kronrod_is_not_exact_for_degree_32` |
///
/// # Numerics
///
/// Nodes and weights come from `tests/golden/gauss_kronrod.py` (60 digits, tried on all monomials there) and
/// agree with the tables of QUADPACK. Values near the largest number are summed in a unit of $`2^{64}`$: only an integral that
/// is too large itself overflows.
///
/// # Errors
///
/// [`CalculusError::Domain`] if an end is not finite; [`CalculusError::NonFinite`] with the node at which `f`
/// is not finite; [`CalculusError::Overflow`].
///
/// # Examples
///
/// ```
/// use gradus_calculus::gauss_kronrod;
///
/// let area = gauss_kronrod(|x| x * x, 0.0, 3.0)?;
/// assert!((area.value - 9.0).abs() < 1e-14);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// R. Piessens, E. de Doncker-Kapenga, C. W. Überhuber and D. K. Kahaner, *QUADPACK*, Springer 1983, §2.2 and
/// routine QK21, <https://doi.org/10.1007/978-3-642-61786-7>; D. P. Laurie, *Calculation of Gauss–Kronrod
/// quadrature rules*, Math. Comp. 66 (1997), <https://doi.org/10.1090/S0025-5718-97-00861-2>.
pub fn gauss_kronrod(f: impl Fn(f64) -> f64, a: f64, b: f64) -> Result<Estimate, CalculusError> {
    let (a, b) = (finite("a", a)?, finite("b", b)?);
    let (center, half) = (0.5 * a + 0.5 * b, 0.5 * b - 0.5 * a);
    let (values, unit) = rule::in_unit(rule::sample(|x| evaluate(&f, x), center, half)?);
    let rounding = ROUNDING * rule::magnitude(&values);
    Ok(Estimate {
        value: in_range(rule::integral(&values) * half * unit)?,
        error: in_range(rule::error(&values).max(rounding) * half.abs() * unit)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_agreement_of_both_rules_is_seen() {
        let kink = |x: f64| (x - 0.499).abs().exp();
        let area = gauss_kronrod(kink, 0.0, 1.0).unwrap();
        assert!(
            (area.value - 1.297_444_190_121_66).abs() <= area.error,
            "{area:?}"
        );
    }

    #[test]
    fn a_constant_integrates_to_the_length() {
        let area = gauss_kronrod(|_| 3.0, 1.0, 5.0).unwrap();
        assert!((area.value - 12.0).abs() <= area.error && area.error < 1e-12);
        assert_eq!(gauss_kronrod(|_| 3.0, 2.0, 2.0).unwrap().value, 0.0);
    }

    #[test]
    fn a_step_has_a_large_error_estimate() {
        let step = |x: f64| f64::from(u8::from(x > 0.3));
        let area = gauss_kronrod(step, 0.0, 1.0).unwrap();
        assert!((area.value - 0.7).abs() <= area.error && area.error > 1e-3);
    }

    #[test]
    fn a_pole_at_a_node_is_named() {
        let error = gauss_kronrod(|x| 1.0 / x, -1.0, 1.0);
        let value = f64::INFINITY;
        assert_eq!(error, Err(CalculusError::NonFinite { at: 0.0, value }));
        assert!(gauss_kronrod(|x| x, 0.0, value).is_err());
        assert_eq!(
            gauss_kronrod(|_| 1e308, 0.0, 1e3),
            Err(CalculusError::Overflow)
        );
    }

    #[test]
    fn huge_values_have_an_integral_over_a_short_interval() {
        let near = |area: Estimate, expected: f64| {
            (area.value - expected).abs() <= area.error && area.error <= 1e-13 * 1e308
        };
        for (length, expected) in [(1.0, 1e308), (1e-3, 1e305), (1e-300, 1e8)] {
            let area = gauss_kronrod(|_| 1e308, 0.0, length).unwrap();
            assert!((area.value / expected - 1.0).abs() < 1e-14, "{area:?}");
        }
        let slope = gauss_kronrod(|x| f64::MAX * x, -1.0, 1.0).unwrap(); // the ends cancel
        assert!(near(slope, 0.0), "{slope:?}");
        let parabola = gauss_kronrod(|x| f64::MAX * x * x, 0.0, 1.0).unwrap();
        assert!(near(parabola, f64::MAX / 3.0), "{parabola:?}");
        assert_eq!(
            gauss_kronrod(|_| f64::MAX, 0.0, 2.0),
            Err(CalculusError::Overflow)
        );
    }

    #[test]
    fn ends_of_any_size_are_taken() {
        let area = gauss_kronrod(|x| (x.abs() / 1e308 - 0.5) / 1e308, -1e308, 1e308).unwrap();
        assert!(area.value.abs() < 0.1);
    }
}
