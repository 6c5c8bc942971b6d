//! Romberg's extrapolation of trapezoidal sums.

use super::panels::Panels;
use crate::error::CalculusError;
use crate::evaluation::in_range;

/// The integral over one finite interval by extrapolation of trapezoidal sums to panels of length 0.
///
/// ```math
/// R_{i,0} = T_{2^i}, \qquad R_{i,k} = R_{i,k-1} + \frac{R_{i,k-1} - R_{i-1,k-1}}{4^k - 1}
/// ```
///
/// where $`T_n`$ is the [trapezoidal](crate::trapezoid) sum of n panels, and the answer $`R_{m,m}`$ with m the `levels`. The error of
/// $`T_n`$ is a series in $`h^2`$ (Euler and Maclaurin), and each level eliminates a term: $`R_{1,1}`$ is [Simpson's](crate::simpson) rule,
/// and level m is exact for polynomials of degree $`2 m + 1`$ and has order $`2 m + 2`$ in the length of the interval.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | exact for polynomials of degree $`2m + 1`$ | `rombergs_rule_is_exact_up_to_its_degree` |
/// | order $`2m + 2`$ | `rombergs_rule_gains_two_orders_a_level` |
/// | a constant times the length, also of far narrow, huge and tiny intervals | `rules_take_intervals_of_any_place_and_width` |
///
/// # Numerics
///
/// $`2^m + 1`$ evaluations, each point once. The function has to be smooth up to the ends: at a kink the series does not hold, and nothing
/// is gained. It tells no error: [`integrate`](crate::integrate) does.
///
/// # Errors
///
/// Those of [`trapezoid`](crate::trapezoid); [`CalculusError::Domain`] for more than 20 levels, which are a million points.
///
/// # Examples
///
/// ```
/// use gradus_calculus::romberg;
///
/// let quarter = romberg(|x| 1.0 / (1.0 + x * x), 0.0, 1.0, 6)?; // 65 points
/// assert!((4.0 * quarter - std::f64::consts::PI).abs() < 1e-11);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
///
/// # References
///
/// W. Romberg, *Vereinfachte numerische Integration*, Det Kongelige Norske Videnskabers Selskab Forhandlinger 28 (1955), 30–36; W. H. Press
/// et al., *Numerical Recipes*, 3rd ed., 2007, §4.3.
pub fn romberg(
    f: impl Fn(f64) -> f64,
    a: f64,
    b: f64,
    levels: usize,
) -> Result<f64, CalculusError> {
    if levels > MOST {
        return Err(CalculusError::Domain {
            name: "levels",
            value: levels as f64,
            domain: "at most 20",
        });
    }
    // A row of the triangle: the sum of 2^i panels, and what was made of it and of those before.
    let mut row = vec![Panels::new(a, b, 1)?.ends(&f)?];
    for level in 0..levels {
        let middles = Panels::new(a, b, 1 << level)?.middles(&f)?;
        let mut entry = f64::midpoint(row[0], middles); // a row has its trapezoidal sum
        let mut next = vec![entry];
        let mut power = 1.0;
        for before in row {
            power *= 4.0;
            entry += (entry - before) / (power - 1.0);
            next.push(entry);
        }
        row = next;
    }
    in_range(row.last().copied().unwrap_or(f64::NAN))
}

/// The most levels.
const MOST: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_levels_by_hand() {
        let quartic = |x: f64| x.powi(4);
        assert_eq!(romberg(quartic, 0.0, 2.0, 0), Ok(16.0)); // one trapezoid
        let simpson = 20.0 / 3.0; // (0 + 4 · 1 + 16) / 3
        assert!((romberg(quartic, 0.0, 2.0, 1).unwrap() - simpson).abs() < 1e-15);
        assert!((romberg(quartic, 0.0, 2.0, 2).unwrap() - 6.4).abs() < 1e-14);
    }

    #[test]
    fn too_many_levels_are_refused() {
        assert!(romberg(|x| x, 0.0, 1.0, 21).is_err());
        assert!(romberg(|x| x, f64::NAN, 1.0, 3).is_err());
    }
}
