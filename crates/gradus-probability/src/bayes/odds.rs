//! Odds: probabilities as gamblers count them.

/// The odds for a probability: how often it happens for each time that it does not.
///
/// ```math
/// o = \frac{p}{1 - p}
/// ```
///
/// In odds Bayes' rule is one multiplication, by the Bayes factor $`p(d \mid h) / p(d \mid \bar h)`$:
///
/// ```math
/// \frac{p(h \mid d)}{p(\bar h \mid d)} = \frac{p(h)}{p(\bar h)} \cdot \frac{p(d \mid h)}{p(d \mid \bar h)}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | odds are multiplied by the Bayes factor | `posterior_odds_are_prior_odds_times_bayes_factor` |
/// | [`probability_from_odds`] is the inverse | `odds_and_probability_are_inverse` |
///
/// # Numerics
///
/// Total: `odds(1.0)` is $`+\infty`$, NaN outside of $`[0, 1]`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::{odds, probability_from_odds};
///
/// assert_eq!(odds(0.75), 3.0); // three to one
/// assert_eq!(probability_from_odds(odds(0.75) * 5.0), 15.0 / 16.0);
/// ```
///
/// # References
///
/// MacKay (2003), §3.2.
#[must_use]
pub fn odds(p: f64) -> f64 {
    if (0.0..=1.0).contains(&p) {
        p / (1.0 - p)
    } else {
        f64::NAN
    }
}

/// The probability that belongs to odds.
///
/// ```math
/// p = \frac{o}{1 + o}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the inverse of [`odds`] | `odds_and_probability_are_inverse` |
///
/// # Numerics
///
/// Total: $`+\infty`$ gives 1, negative odds give NaN.
///
/// # Examples
///
/// ```
/// use gradus_probability::probability_from_odds;
///
/// assert_eq!(probability_from_odds(3.0), 0.75);
/// assert_eq!(probability_from_odds(f64::INFINITY), 1.0);
/// ```
#[must_use]
pub fn probability_from_odds(odds: f64) -> f64 {
    if odds == f64::INFINITY {
        1.0
    } else if odds >= 0.0 {
        odds / (1.0 + odds)
    } else {
        f64::NAN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_outside_of_their_domain() {
        assert!(odds(1.5).is_nan() && odds(-0.5).is_nan() && odds(f64::NAN).is_nan());
        assert_eq!((odds(0.0), odds(1.0)), (0.0, f64::INFINITY));
        assert!(probability_from_odds(-1.0).is_nan() && probability_from_odds(f64::NAN).is_nan());
    }
}
