//! The quadrature rule of Gauss and Kronrod with 10 and 21 points.

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
/// 21 points are exact for degree 31. The difference of the two rules gives the error estimate, scaled by
/// how much `f` varies as in QUADPACK. End points are never evaluated. If `b < a`, the integral is the
/// negative of the one from `b` to `a`.
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
/// agree with the tables of QUADPACK.
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
    let panel = panel(&|x| evaluate(&f, x), a, b)?;
    Ok(Estimate {
        value: panel.value,
        error: panel.error,
    })
}

/// One interval and what the rule finds on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Panel {
    pub(crate) a: f64,
    pub(crate) b: f64,
    pub(crate) value: f64,
    pub(crate) error: f64,
    /// $`\int_a^b |f|`$: the natural size of value and error.
    pub(crate) magnitude: f64,
}

/// The rule on $`[a, b]`$.
pub(crate) fn panel(
    f: &impl Fn(f64) -> Result<f64, CalculusError>,
    a: f64,
    b: f64,
) -> Result<Panel, CalculusError> {
    let (center, half) = (0.5 * a + 0.5 * b, 0.5 * b - 0.5 * a);
    let values = sample(f, center, half)?;
    let sum = |term: &dyn Fn(usize) -> f64| -> f64 { (0..11).map(term).sum() };
    // Row 0 of the table is the center, which has one value; the others have two.
    let kronrod = sum(&|i| RULE[i][1] * (values[i][0] + values[i][1]));
    let gauss = sum(&|i| RULE[i][2] * (values[i][0] + values[i][1]));
    let magnitude = sum(&|i| RULE[i][1] * (values[i][0].abs() + values[i][1].abs()));
    let mean = kronrod / 2.0;
    let spread = |v: f64| (v - mean).abs();
    let variation = RULE[0][1] * spread(values[0][0])
        + (1..11)
            .map(|i| RULE[i][1] * (spread(values[i][0]) + spread(values[i][1])))
            .sum::<f64>();
    let width = half.abs();
    let error = error_estimate(
        (kronrod - gauss).abs() * width,
        variation * width,
        magnitude * width,
    );
    Ok(Panel {
        a,
        b,
        value: in_range(kronrod * half)?,
        error: in_range(error)?,
        magnitude: in_range(magnitude * width)?,
    })
}

/// The values at the nodes left and right of the center; at the center itself the second is 0.
fn sample(
    f: &impl Fn(f64) -> Result<f64, CalculusError>,
    center: f64,
    half: f64,
) -> Result<[[f64; 2]; 11], CalculusError> {
    let mut values = [[f(center)?, 0.0]; 11];
    for (pair, [node, ..]) in values.iter_mut().zip(RULE).skip(1) {
        *pair = [f(center - half * node)?, f(center + half * node)?];
    }
    Ok(values)
}

/// The error of the Kronrod rule, from its difference to the Gauss rule.
///
/// The difference $`d`$ is the error of the *Gauss* rule. With $`v = \int |f - \bar f|`$, QUADPACK's
/// experience is that $`v \min(1, (200\, d / v)^{3/2})`$ is the error of the Kronrod rule, and that rounding
/// leaves no less than $`50 \varepsilon \int |f|`$.
fn error_estimate(difference: f64, variation: f64, magnitude: f64) -> f64 {
    let scaled = if difference == 0.0 || variation == 0.0 {
        difference
    } else {
        variation * (200.0 * difference / variation).powf(1.5).min(1.0)
    };
    scaled.max(ROUNDING * magnitude)
}

/// What rounding leaves of an integral, relative to $`\int |f|`$ (QUADPACK §2.2.4).
pub(crate) const ROUNDING: f64 = 50.0 * f64::EPSILON;

/// Node, weight of Kronrod, weight of Gauss (0 if the node is not one of his), from the center outwards.
///
/// Printed by `tests/golden/gauss_kronrod.py`.
const RULE: [[f64; 3]; 11] = [
    [0.0, 0.14944555400291690566, 0.0],
    [
        0.14887433898163121088,
        0.14773910490133849137,
        0.29552422471475287017,
    ],
    [0.29439286270146019813, 0.1427759385770600808, 0.0],
    [
        0.4333953941292471908,
        0.13470921731147332593,
        0.26926671930999635509,
    ],
    [0.56275713466860468334, 0.12349197626206585108, 0.0],
    [
        0.67940956829902440623,
        0.1093871588022976419,
        0.219086362515982044,
    ],
    [0.78081772658641689706, 0.093125454583697605535, 0.0],
    [
        0.86506336668898451073,
        0.075039674810919952767,
        0.14945134915058059315,
    ],
    [0.930157491355708226, 0.054755896574351996031, 0.0],
    [
        0.97390652851717172008,
        0.032558162307964727479,
        0.066671344308688137594,
    ],
    [0.99565716302580808074, 0.011694638867371874278, 0.0],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_both_rules_add_up_to_two() {
        let total = |column: usize| -> f64 {
            RULE[0][column] + 2.0 * RULE[1..].iter().map(|row| row[column]).sum::<f64>()
        };
        assert!((total(1) - 2.0).abs() <= 2.0 * f64::EPSILON);
        assert!((total(2) - 2.0).abs() <= 2.0 * f64::EPSILON);
    }

    #[test]
    fn a_constant_integrates_to_the_length() {
        let area = gauss_kronrod(|_| 3.0, 1.0, 5.0).unwrap();
        assert!((area.value - 12.0).abs() <= area.error && area.error < 1e-12);
        assert_eq!(gauss_kronrod(|_| 3.0, 2.0, 2.0).unwrap().value, 0.0);
    }

    #[test]
    fn a_step_has_a_great_error_estimate() {
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
    fn ends_of_any_size_are_taken() {
        let area = gauss_kronrod(|x| (x.abs() / 1e308 - 0.5) / 1e308, -1e308, 1e308).unwrap();
        assert!(area.value.abs() < 0.1);
    }
}
