//! The most likely Student law, degrees of freedom included.

use super::student_t::StudentT;
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, known, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_calculus::brent;
use gradus_numeric::digamma;

impl StudentT {
    /// The most likely Student law: location, scale and degrees of freedom.
    ///
    /// For each $`\nu`$ the most likely location and scale are those of [`fit`](Self::fit). Along them the likelihood is level where
    ///
    /// ```math
    /// \psi\bigl(\tfrac{\nu + 1}2\bigr) - \psi\bigl(\tfrac \nu2\bigr) = \frac{1}{n} \sum_i w_i \ln \Bigl(1 + \frac{z_i^2}{\nu}\Bigr),
    /// \qquad z_i = \frac{x_i - \mu}{\sigma}
    /// ```
    ///
    /// The answer is the highest such top between 1 and 65 536 degrees of freedom; a rise and a fall within one octave are not seen. Standard errors come from the Fisher information of all three parameters,
    ///
    /// ```math
    /// I_{\mu\mu} = \frac{\nu + 1}{(\nu + 3)\, \sigma^2}, \quad I_{\sigma\sigma} = \frac{2 \nu}{(\nu + 3)\, \sigma^2}, \quad
    /// I_{\sigma\nu} = \frac{-2}{(\nu + 1)(\nu + 3)\, \sigma}, \quad
    /// I_{\nu\nu} = \tfrac14 \bigl( \psi'(\tfrac \nu2) - \psi'(\tfrac{\nu + 1}2) \bigr) - \frac{\nu + 5}{2 \nu (\nu + 1)(\nu + 3)} .
    /// ```
    ///
    /// Many observations are needed to tell $`\nu`$: its standard error grows like $`\nu^2 / \sqrt n`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMaximum`] if there is no top: the tails are so light that the likelihood rises up to 65 536 degrees of freedom, where the
    /// law is a [normal](crate::Normal) one, or so heavy that it falls from one degree on ([`Cauchy`](crate::Cauchy)), or half of the weight lies at one value;
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not finite.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::StudentT;
    ///
    /// let fit = StudentT::fit_freedom(&[-5.0, -1.0, -0.5, 0.0, 0.0, 0.5, 1.0, 5.0])?;
    /// let freedom = fit.distribution.freedom();
    /// assert!(1.0 < freedom && freedom < 2.0 && fit.distribution.location().abs() < 1e-15);
    /// assert!(StudentT::fit_freedom(&[-1.0, 0.0, 1.0]).is_err()); // no tails
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// K. L. Lange, R. J. A. Little and J. M. G. Taylor, *Robust statistical modeling using the t distribution*, J. Amer. Statist. Assoc. 84 (1989), §4 and
    /// appendix B.
    pub fn fit_freedom(x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_freedom_weighted(x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit_freedom`](Self::fit_freedom), and for a weight that is negative, NaN or infinite.
    pub fn fit_freedom_weighted(x: &[f64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let (n, _) = weighted_mean(x, weights, |_| true)?;
        let score = |octave: f64| -> Result<f64, ProbabilityError> {
            let law = Self::fit_weighted(octave.exp2(), x, weights)?.distribution;
            Ok(law.score_of_freedom(x, weights, n))
        };
        let (mut best, mut before): (Option<Fit<Self>>, f64) = (None, score(0.0)?);
        for octave in 0..OCTAVES {
            let (low, high) = (f64::from(octave), f64::from(octave + 1));
            let after = score(high)?;
            if before > 0.0 && after <= 0.0 {
                let of = |octave: f64| score(octave).unwrap_or(f64::NAN);
                let top = brent(of, low, high, 0.0).map_err(|_| UNCLEAR)?;
                let fit = Self::fit_weighted(top.value.exp2(), x, weights)?;
                let highest = best
                    .as_ref()
                    .map_or(f64::NEG_INFINITY, |fit| fit.ln_likelihood);
                if fit.ln_likelihood > highest {
                    best = Some(fit);
                }
            }
            before = after;
        }
        let Some(fit) = best else {
            let reason = if before > 0.0 {
                "the tails are not heavier than those of a normal law"
            } else {
                "the tails are heavier than those of one degree of freedom"
            };
            return Err(ProbabilityError::NoMaximum { reason });
        };
        let standard_errors = known(fit.distribution.errors_with_freedom(n))?;
        Ok(Fit {
            standard_errors,
            ..fit
        })
    }

    /// Twice the slope of the mean log-likelihood by ν, where location and scale are the most likely ones.
    fn score_of_freedom(&self, x: &[f64], weights: &[f64], n: f64) -> f64 {
        let (nu, mu, sigma) = (self.freedom(), self.location(), self.scale());
        let far = |x: f64| ((x - mu) / sigma).powi(2) / nu;
        let expected = digamma(0.5 * nu + 0.5) - digamma(0.5 * nu);
        expected - mean_of(x, weights, n, |x| far(x).ln_1p())
    }

    /// Standard errors of location, scale and degrees of freedom, of so many observations.
    fn errors_with_freedom(&self, n: f64) -> Vec<f64> {
        let (nu, sigma) = (self.freedom(), self.scale());
        let of_location = (nu + 1.0) / (nu + 3.0);
        let of_scale = 2.0 * nu / (nu + 3.0);
        let of_both = -2.0 / ((nu + 1.0) * (nu + 3.0));
        let of_freedom = self.freedom_information();
        let determinant = of_scale * of_freedom - of_both * of_both;
        vec![
            sigma / (n * of_location).sqrt(),
            sigma * (of_freedom / determinant / n).sqrt(),
            (of_scale / determinant / n).sqrt(),
        ]
    }
}

/// Up to 2¹⁶ degrees of freedom are told from a normal law.
const OCTAVES: u32 = 16;
const UNCLEAR: ProbabilityError = ProbabilityError::NoMaximum {
    reason: "rounding hides where the likelihood is largest",
};

#[cfg(test)]
mod tests {
    use super::*;

    /// The inverse of the information, by mpmath with 60 digits.
    #[test]
    fn errors_keep_their_digits_for_many_degrees_of_freedom() -> Result<(), ProbabilityError> {
        for (nu, of_scale, of_freedom) in [
            (4.0, 1.249_417_724_233_866_4, 16.565_562_467_115_13),
            (500.0, 1.081_512_108_518_613_5, 204_532.665_684_119_74),
            (60_000.0, 1.080_135_022_481_042_1, 2_939_436_681.406_834),
        ] {
            let errors = StudentT::new(7.0, 1.0, nu)?.errors_with_freedom(1.0);
            assert!((errors[1] / of_scale - 1.0).abs() < 1e-14, "{nu}");
            assert!((errors[2] / of_freedom - 1.0).abs() < 1e-13, "{nu}");
        }
        Ok(())
    }

    /// A tight cluster with a few far numbers: one top, below one degree of freedom.
    #[test]
    fn what_has_no_top_says_why() {
        let reason = |x: &[f64]| match StudentT::fit_freedom(x) {
            Err(ProbabilityError::NoMaximum { reason }) => reason,
            _ => "a fit",
        };
        let cluster = [
            -0.03, -0.02, -0.01, 0.0, 0.01, 0.02, 0.03, 90.0, -200.0, 4e4,
        ];
        assert!(reason(&cluster).contains("heavier than those of one"));
        assert!(reason(&[-1.0, -0.5, 0.0, 0.5, 1.0]).contains("normal law"));
        assert!(reason(&[2.0, 2.0, 2.0, 3.0]).contains("one value"));
    }
}
