//! The most likely von Mises distribution.

use super::von_mises::VonMises;
use crate::contract::search::crossed;
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, mean_of};
use crate::statistics::sample::weighted_mean;
use std::f64::consts::PI;

impl VonMises {
    /// The most likely von Mises distribution of some angles, which are taken modulo $`2 \pi`$.
    ///
    /// ```math
    /// \bar R e^{i \hat\mu} = \overline{e^{i x}}, \qquad A(\hat\kappa) = \frac{I_1(\hat\kappa)}{I_0(\hat\kappa)} = \bar R
    /// ```
    ///
    /// $`\bar R`$ is the length of the mean of the directions, from 0, all around, to 1, all alike. Standard errors $`1 / \sqrt{n \hat\kappa \bar R}`$ of the location and
    /// $`1 / \sqrt{n A'(\hat\kappa)}`$ of the concentration. The log-likelihood is that of the angles moved by whole turns into the support.
    ///
    /// Where directions are concentrated, $`1 - \bar R`$ is a mean of squares of sines and $`1 - A`$ a quotient of integrals of positive numbers: nothing cancels.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an angle that is not finite; [`ProbabilityError::NoMaximum`] if there are none, if all are one direction,
    /// or if directions cancel out: all directions are then equally likely, $`\kappa = 0`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::VonMises;
    /// use std::f64::consts::{FRAC_PI_2, TAU};
    ///
    /// let fit = VonMises::fit(&[0.0, FRAC_PI_2, TAU, TAU + FRAC_PI_2])?; // east and north, twice
    /// assert!((fit.distribution.location() - 0.5 * FRAC_PI_2).abs() < 1e-15);
    /// assert!((1.0 - fit.distribution.circular_variance() - 0.5_f64.sqrt()).abs() < 1e-14); // the mean of (1, 0) and (0, 1)
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// K. V. Mardia and P. E. Jupp, *Directional Statistics* (2000), §5.3.1; DLMF 10.33 for the continued fraction of $`A`$.
    pub fn fit(x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(x: &[f64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let (n, _) = weighted_mean(x, weights, |_| true)?;
        let angles: Vec<_> = x.iter().map(|x| x.sin().atan2(x.cos())).collect();
        let mean = |f: &dyn Fn(f64) -> f64| mean_of(&angles, weights, n, f);
        let mut location = mean(&f64::sin).atan2(mean(&f64::cos));
        // what the first one lost to rounding
        location += mean(&|x| (x - location).sin()).atan2(mean(&|x| (x - location).cos()));
        let location = location.clamp(-PI, PI);
        let length = mean(&f64::sin).hypot(mean(&f64::cos));
        let lack = mean(&|x| one_less_cosine(x - location));
        let law = Self::new(location, concentration(length, lack)?)?;
        let errors = vec![
            1.0 / (n * law.concentration() * length).sqrt(),
            1.0 / (n.sqrt() * law.deviation_of_cosine()),
        ];
        Ok(Fit::of(law, errors, &angles, weights, |law, x| {
            law.ln_density_around(x - law.location())
        }))
    }
}

/// $`1 - \cos t`$ as a square.
fn one_less_cosine(t: f64) -> f64 {
    2.0 * (0.5 * t).sin().powi(2)
}

/// $`\kappa`$ with $`A(\kappa) = \bar R`$, from $`\bar R`$ or $`1 - \bar R`$, whichever is small.
fn concentration(length: f64, lack: f64) -> Result<f64, ProbabilityError> {
    let none = |reason| Err(ProbabilityError::NoMaximum { reason });
    if length == 0.0 {
        return none("the directions cancel out, and all are equally likely");
    }
    if lack == 0.0 {
        return none("all directions are equal");
    }
    if length < FAR_FROM_ONE {
        let rest = |kappa: f64| {
            let a = mean_cosine(kappa);
            (a - length, 1.0 - a / kappa - a * a)
        };
        return Ok(crossed(f64::MIN_POSITIVE, FLATTEST, 2.0 * length, rest));
    }
    let rest = |kappa: f64| match VonMises::new(0.0, kappa) {
        Ok(law) => (
            lack - law.circular_variance(),
            law.deviation_of_cosine().powi(2),
        ),
        Err(_) => (f64::NAN, f64::NAN), // never: the concentration is positive
    };
    let kappa = crossed(0.5, f64::MAX, 0.5 / lack, rest);
    if kappa < f64::MAX {
        Ok(kappa)
    } else {
        none("all directions are equal")
    }
}

/// $`I_1(\kappa) / I_0(\kappa)`$ by its continued fraction $`1 / (2/\kappa + 1 / (4/\kappa + \dots))`$.
fn mean_cosine(kappa: f64) -> f64 {
    let parts = (1..=PARTS).rev().map(|k| 2.0 * f64::from(k) / kappa);
    parts.fold(0.0, |rest, part| 1.0 / (part + rest))
}

/// Below, the continued fraction is asked, of a concentration of at most 3.
const FAR_FROM_ONE: f64 = 0.75;
const FLATTEST: f64 = 3.0;

/// The last of them changes no digit there.
const PARTS: u32 = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_cosine_by_both_ways() {
        for kappa in [0.5, 1.0, 2.0, 3.0] {
            let law = VonMises::new(0.0, kappa).unwrap();
            assert!(
                (mean_cosine(kappa) + law.circular_variance() - 1.0).abs() < 1e-15,
                "{kappa}"
            );
            let a = mean_cosine(kappa);
            let slope = 1.0 - a / kappa - a * a;
            assert!((law.deviation_of_cosine().powi(2) / slope - 1.0).abs() < 1e-13);
        }
    }

    #[test]
    fn angles_without_a_fit() {
        let refused =
            |x: &[f64]| matches!(VonMises::fit(x), Err(ProbabilityError::NoMaximum { .. }));
        assert!(refused(&[]) && refused(&[1.0]) && refused(&[2.0, 2.0]));
        for bad in [f64::NAN, f64::INFINITY] {
            let fit = VonMises::fit(&[1.0, bad]);
            assert!(matches!(
                fit,
                Err(ProbabilityError::InvalidObservation { index: 1, .. })
            ));
        }
    }

    #[test]
    fn the_flattest_and_the_steepest() {
        // one direction more than those that cancel: R̄ = 10⁻⁶, κ = 2 R̄ but for R̄³
        let flat = VonMises::fit_weighted(&[-1.0, PI - 1.0], &[0.5 + 5e-7, 0.5 - 5e-7]).unwrap();
        assert!((flat.distribution.concentration() / 2e-6 - 1.0).abs() < 1e-9);
        // variance 10⁻²⁴, of which κ is the reciprocal
        let steep = VonMises::fit(&[-1e-12, 1e-12]).unwrap();
        assert!((steep.distribution.concentration() / 1e24 - 1.0).abs() < 1e-12);
        assert!(
            steep
                .standard_errors
                .iter()
                .all(|e| e.is_finite() && *e > 0.0)
        );
        // across the cut
        let cut = VonMises::fit(&[PI - 0.1, 0.1 - PI, 3.0 * PI]).unwrap();
        assert!(cut.distribution.location().abs() > PI - 1e-14 && cut.ln_likelihood > 0.0);
    }
}
