//! The golden section.

use crate::core::counted::{Plain, within};
use crate::error::MinimizeError;

/// A minimum of a function of one variable.
///
/// # Examples
///
/// ```
/// use gradus_minimize::golden_section;
///
/// let minimum = golden_section(|x| (x - 1.0).powi(2), 0.0, 3.0, 1e-6)?;
/// assert!((minimum.x - 1.0).abs() <= 1e-6 && minimum.value <= 1e-12);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Minimum {
    /// Where it is.
    pub x: f64,
    /// The value there.
    pub value: f64,
    /// How often the function was evaluated.
    pub evaluations: usize,
}

/// The minimum of a function that first falls and then rises, by cutting the interval in the golden ratio.
///
/// ```math
/// x_1 = b - \varphi (b - a), \quad x_2 = a + \varphi (b - a), \qquad \varphi = (\sqrt 5 - 1) / 2
/// ```
///
/// If $`f(x_1) < f(x_2)`$, the minimum lies in $`[a, x_2]`$, otherwise in $`[x_1, b]`$; one of the two points divides
/// what remains in the same ratio, so each evaluation shortens the interval by $`\varphi = 0.618`$. Sure and slow. On a
/// function with several valleys it finds one of them.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the minimum of a valley is enclosed | `the_golden_section_encloses_the_minimum` |
/// | each evaluation shortens the interval by $`\varphi`$ | `the_golden_section_shortens_by_its_ratio` |
///
/// # Numerics
///
/// Near a minimum a function is flat: $`f(x) - f(x^*) \approx \tfrac12 f'' (x - x^*)^2`$ drowns in rounding once
/// $`x`$ is within the root of the rounding unit. A tolerance below $`10^{-8} \lvert x \rvert`$ gains nothing.
///
/// # Errors
///
/// [`MinimizeError::Domain`] if the ends are not finite and in order or the tolerance is not positive;
/// [`MinimizeError::StartOutside`] if the function is finite at neither inner point.
///
/// # Examples
///
/// ```
/// use gradus_minimize::golden_section;
///
/// let cosine = golden_section(f64::cos, 2.0, 5.0, 1e-7)?;
/// assert!((cosine.x - std::f64::consts::PI).abs() < 1e-7);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// J. Kiefer, *Sequential minimax search for a maximum* (1953); W. H. Press et al., *Numerical Recipes*, 3rd ed. (2007),
/// §10.2.
pub fn golden_section(
    mut f: impl FnMut(f64) -> f64,
    low: f64,
    high: f64,
    tolerance: f64,
) -> Result<Minimum, MinimizeError> {
    let [mut a, mut b] = interval(low, high, tolerance)?;
    let mut f = |x: &[f64]| f(x[0]);
    let mut f = Plain::new(&mut f);
    let (mut x1, mut x2) = (b - RATIO * (b - a), a + RATIO * (b - a));
    let (mut at1, mut at2) = (f.at(&[x1]), f.at(&[x2]));
    // Where the interval has no further number inside, both points meet.
    while b - a > tolerance && a < x1 && x1 < x2 && x2 < b {
        if at1 < at2 {
            (b, x2, at2) = (x2, x1, at1);
            x1 = b - RATIO * (b - a);
            at1 = f.at(&[x1]);
        } else {
            (a, x1, at1) = (x1, x2, at2);
            x2 = a + RATIO * (b - a);
            at2 = f.at(&[x2]);
        }
    }
    let (x, value) = if at1 < at2 { (x1, at1) } else { (x2, at2) };
    finite(x, value, f.evaluations)
}

/// Both ends, if they and the tolerance make sense.
pub(crate) fn interval(low: f64, high: f64, tolerance: f64) -> Result<[f64; 2], MinimizeError> {
    within("low", low, low.is_finite(), "finite")?;
    let ordered = high.is_finite() && high > low && (high - low).is_finite();
    within("high", high, ordered, "above low, by a finite number")?;
    within("tolerance", tolerance, tolerance > 0.0, "positive")?;
    Ok([low, high])
}

/// A minimum, if there is a value.
pub(crate) fn finite(x: f64, value: f64, evaluations: usize) -> Result<Minimum, MinimizeError> {
    if value.is_finite() {
        Ok(Minimum {
            x,
            value,
            evaluations,
        })
    } else {
        Err(MinimizeError::StartOutside { value })
    }
}

/// $`\varphi = (\sqrt 5 - 1) / 2`$.
pub(crate) const RATIO: f64 = 0.618_033_988_749_894_9;
