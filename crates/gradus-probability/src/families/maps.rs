//! Maps that keep or turn the order of numbers.

use crate::error::ProbabilityError;
use gradus_numeric::{log_sigmoid, logit, sigmoid};
use std::fmt::Debug;

/// A map $`g`$ of numbers that only rises, or only falls: what [`Transformed`](crate::Transformed) applies to a draw.
///
/// ```math
/// x = g(z), \qquad z = g^{-1}(x), \qquad \ln \lvert g'(z) \rvert
/// ```
///
/// The ends of the domain may be infinite; `map` takes them to the ends of the range.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`g^{-1}(g(z)) = z`$, $`g`$ rises or falls as it says | `maps_are_undone_by_their_inverses` |
/// | $`\ln \lvert g' \rvert`$ is the logarithm of the slope | `slopes_of_maps_are_derivatives` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Monotone, Transformed, Uniform};
///
/// /// Minus a number.
/// #[derive(Debug)]
/// struct Opposite;
/// impl Monotone for Opposite {
///     fn map(&self, z: f64) -> f64 {
///         -z
///     }
///     fn inverse(&self, x: f64) -> f64 {
///         -x
///     }
///     fn ln_slope(&self, _z: f64) -> f64 {
///         0.0
///     }
///     fn is_increasing(&self) -> bool {
///         false
///     }
/// }
/// let debt = Transformed::new(Uniform::new(0.0, 4.0)?, Opposite)?;
/// assert_eq!((debt.cdf(-1.0), debt.quantile(0.25)), (0.75, -3.0));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §2.1.
pub trait Monotone: Debug {
    /// $`g(z)`$.
    #[must_use]
    fn map(&self, z: f64) -> f64;

    /// $`g^{-1}(x)`$ for an x in the range.
    #[must_use]
    fn inverse(&self, x: f64) -> f64;

    /// $`\ln \lvert g'(z) \rvert`$.
    #[must_use]
    fn ln_slope(&self, z: f64) -> f64;

    /// Where the map is defined; the whole line unless it says otherwise.
    #[must_use]
    fn domain(&self) -> (f64, f64) {
        (f64::NEG_INFINITY, f64::INFINITY)
    }

    /// Whether the map rises; it does unless it says otherwise.
    #[must_use]
    fn is_increasing(&self) -> bool {
        true
    }
}

/// The map $`z \mapsto e^z`$: what is normal becomes [`LogNormal`](crate::LogNormal).
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Exp, Gumbel, Transformed};
///
/// // the Fréchet law of largest values, F(x) = exp(−1/x)
/// let largest = Transformed::new(Gumbel::new(0.0, 1.0)?, Exp)?;
/// assert!((largest.cdf(2.0) - (-0.5_f64).exp()).abs() < 1e-15);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exp;

impl Monotone for Exp {
    fn map(&self, z: f64) -> f64 {
        z.exp()
    }

    fn inverse(&self, x: f64) -> f64 {
        x.ln()
    }

    fn ln_slope(&self, z: f64) -> f64 {
        z
    }
}

/// The map $`z \mapsto 1 / (1 + e^{-z})`$ from log-odds to probabilities: what is normal becomes logit-normal.
///
/// Probabilities next to 1 have fewer digits than those next to 0; transform $`-z`$ where that matters.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Logistic, Sigmoid, Transformed};
///
/// // logistic log-odds are a uniform probability
/// let uniform = Transformed::new(Logistic::new(0.0, 1.0)?, Sigmoid)?;
/// assert!((uniform.cdf(0.3) - 0.3).abs() < 1e-15 && uniform.ln_pdf(0.3).abs() < 1e-15);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "expit")]
pub struct Sigmoid;

impl Monotone for Sigmoid {
    fn map(&self, z: f64) -> f64 {
        sigmoid(z)
    }

    fn inverse(&self, x: f64) -> f64 {
        logit(x)
    }

    fn ln_slope(&self, z: f64) -> f64 {
        log_sigmoid(z) + log_sigmoid(-z)
    }
}

/// The map $`z \mapsto z^c`$ of positive numbers: rising for $`c > 0`$, falling for $`c < 0`$; a reciprocal for $`c = -1`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Exponential, Power, Transformed};
///
/// // the square root of a waiting time is Rayleigh: F(x) = 1 − exp(−x²)
/// let root = Transformed::new(Exponential::new(1.0)?, Power::new(0.5)?)?;
/// assert!((root.sf(2.0) - (-4.0_f64).exp()).abs() < 1e-17);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Power {
    exponent: f64,
}

impl Power {
    /// The map with this exponent.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless the exponent and its reciprocal are normal numbers: about $`10^{-308}`$ to $`10^{308}`$ in
    /// magnitude.
    pub fn new(exponent: f64) -> Result<Self, ProbabilityError> {
        if exponent.is_normal() && exponent.recip().is_normal() {
            Ok(Self { exponent })
        } else {
            Err(ProbabilityError::Domain {
                name: "exponent",
                value: exponent,
            })
        }
    }

    /// $`c`$.
    #[must_use]
    pub fn exponent(&self) -> f64 {
        self.exponent
    }
}

impl Monotone for Power {
    fn map(&self, z: f64) -> f64 {
        z.powf(self.exponent)
    }

    fn inverse(&self, x: f64) -> f64 {
        // a rounded reciprocal of the exponent costs ε |ln x|; a reciprocal is exact
        if self.exponent == -1.0 {
            x.recip()
        } else {
            x.powf(self.exponent.recip())
        }
    }

    fn ln_slope(&self, z: f64) -> f64 {
        let c = self.exponent;
        if c == 1.0 {
            return 0.0; // also at 0
        }
        c.abs().ln() + (c - 1.0) * z.ln()
    }

    fn domain(&self) -> (f64, f64) {
        (0.0, f64::INFINITY)
    }

    fn is_increasing(&self) -> bool {
        self.exponent > 0.0
    }
}
