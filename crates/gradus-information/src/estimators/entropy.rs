//! The entropy of a distribution from counts of draws, and what each estimator does about its bias.

use crate::error::InformationError;
use crate::terms::total;
use gradus_numeric::digamma;

/// The entropy of the relative frequencies, in nats: the plug-in estimate.
///
/// ```math
/// \hat H = -\sum_i \frac{n_i}{N} \ln \frac{n_i}{N}, \qquad N = \sum_i n_i
/// ```
///
/// The maximum likelihood estimate. It is too low by about $`(K - 1) / 2N`$ on average, where K outcomes are possible: frequencies that
/// scatter look less even than the truth, and what was not drawn looks impossible.
///
/// # Shapes
///
/// `counts: K`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the entropy of the frequencies | `the_plug_in_estimate_is_the_entropy_of_frequencies` |
/// | too low by about $`(K - 1) / 2N`$, which [`entropy_miller_madow`] repairs | `the_plug_in_estimate_is_too_low_by_the_term_of_miller` |
///
/// # Errors
///
/// [`InformationError::Empty`] if there are no draws.
///
/// # Examples
///
/// ```
/// use gradus_information::{bits, entropy_plug_in};
///
/// assert_eq!(bits(entropy_plug_in(&[2, 1, 1])?), 1.5);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// L. Paninski, *Estimation of entropy and mutual information*, Neural Comput. 15 (2003), 1191–1253, §2.
pub fn entropy_plug_in(counts: &[u64]) -> Result<f64, InformationError> {
    let n = draws(counts)?;
    Ok(total(seen(counts).map(|k| -(k / n) * (k / n).ln())))
}

/// The plug-in estimate with the first term of its bias added, in nats.
///
/// ```math
/// \hat H_{\text{MM}} = \hat H + \frac{K - 1}{2N}
/// ```
///
/// where K counts the outcomes that were drawn at all. Good if every outcome was drawn many times.
///
/// # Shapes
///
/// `counts: K`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | its mean over all samples is closer to the truth than that of [`entropy_plug_in`] | `corrections_reduce_the_bias` |
///
/// # Errors
///
/// As [`entropy_plug_in`].
///
/// # Examples
///
/// ```
/// use gradus_information::{entropy_miller_madow, entropy_plug_in};
///
/// let counts = [2, 1, 1, 0];
/// assert_eq!(entropy_miller_madow(&counts)?, entropy_plug_in(&counts)? + 0.25); // 2 / 8
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// G. A. Miller, *Note on the bias of information estimates*, Information Theory in Psychology II-B (1955), 95–100.
pub fn entropy_miller_madow(counts: &[u64]) -> Result<f64, InformationError> {
    let n = draws(counts)?;
    Ok(entropy_plug_in(counts)? + (seen(counts).count() as f64 - 1.0) / (2.0 * n))
}

/// Grassberger's estimate of the entropy, in nats.
///
/// ```math
/// \hat H_{\text{G}} = \ln N - \frac{1}{N} \sum_i n_i G(n_i), \qquad
/// G(n) = \psi(n) + \tfrac12 (-1)^n \Bigl( \psi\bigl(\tfrac{n + 1}{2}\bigr) - \psi\bigl(\tfrac{n}{2}\bigr) \Bigr)
/// ```
///
/// where $`\psi`$ is [`digamma`]. Each logarithm of a count is replaced by what makes its term nearly unbiased: outcomes that are drawn only
/// a few times are treated well.
///
/// # Shapes
///
/// `counts: K`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | its mean over all samples is closer to the truth than that of [`entropy_plug_in`] | `corrections_reduce_the_bias` |
/// | many draws: the plug-in estimate | `estimates_agree_on_large_samples` |
///
/// # Errors
///
/// As [`entropy_plug_in`].
///
/// # Examples
///
/// ```
/// use gradus_information::entropy_grassberger;
///
/// // G(1) = −γ − ln 2: two different draws
/// let two = entropy_grassberger(&[1, 1])?;
/// assert!((two - (2.0 * 2.0_f64.ln() + 0.577_215_664_901_532_9)).abs() < 1e-15);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// P. Grassberger, *Entropy estimates from insufficient samplings* (2003), eq. 27–30, <https://arxiv.org/abs/physics/0307138>.
pub fn entropy_grassberger(counts: &[u64]) -> Result<f64, InformationError> {
    let n = draws(counts)?;
    // by differences from ln n, so that many draws of few outcomes do not cancel
    let off: f64 = seen(counts).map(|k| k / n * (k.ln() - g(k))).sum();
    Ok(entropy_plug_in(counts)? + off)
}

/// Chao and Shen's estimate of the entropy, in nats.
///
/// ```math
/// \hat H_{\text{CS}} = -\sum_{n_i > 0} \frac{\tilde p_i \ln \tilde p_i}{1 - (1 - \tilde p_i)^N}, \qquad
/// \tilde p_i = \Bigl( 1 - \frac{f_1}{N} \Bigr) \frac{n_i}{N}
/// ```
///
/// where $`f_1`$ outcomes were drawn once. Good and Turing estimate how much probability the draws cover, and each term counts
/// for the outcomes like it that were missed. For many outcomes of which most were not drawn: species, words.
///
/// # Shapes
///
/// `counts: K`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | its mean over all samples is closer to the truth than that of [`entropy_plug_in`] | `corrections_reduce_the_bias` |
/// | many draws: the plug-in estimate | `estimates_agree_on_large_samples` |
///
/// # Numerics
///
/// If every outcome was drawn once, the coverage would be 0; as is usual, one of them then counts as drawn twice.
///
/// # Errors
///
/// As [`entropy_plug_in`].
///
/// # Examples
///
/// ```
/// use gradus_information::entropy_chao_shen;
///
/// // no outcome was drawn once, so the coverage is 1: ½ ln 2 / (1 − 2⁻⁴), twice
/// assert!((entropy_chao_shen(&[2, 2])? - 2.0_f64.ln() * 16.0 / 15.0).abs() < 1e-15);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// A. Chao and T.-J. Shen, *Nonparametric estimation of Shannon's index of diversity when there are unseen species in sample*,
/// Environ. Ecol. Stat. 10 (2003), 429–443, eq. 6.
pub fn entropy_chao_shen(counts: &[u64]) -> Result<f64, InformationError> {
    let n = draws(counts)?;
    let once = counts.iter().filter(|k| **k == 1).count() as f64;
    let coverage = 1.0 - once.min(n - 1.0) / n;
    let term = |k: f64| {
        let p = coverage * k / n;
        -p * p.ln() / -(n * (-p).ln_1p()).exp_m1()
    };
    Ok(total(seen(counts).map(term)))
}

/// James and Stein's estimate of the entropy, in nats: frequencies are shrunk towards equal ones.
///
/// ```math
/// \hat H_{\text{JS}} = H\bigl( \lambda u + (1 - \lambda) \hat p \bigr), \qquad
/// \lambda = \min \Bigl( 1, \frac{1 - \sum_i \hat p_i^2}{(N - 1) \sum_i (u_i - \hat p_i)^2} \Bigr), \quad u_i = \frac{1}{K}
/// ```
///
/// The weight is the one with the smallest expected squared error. Unlike the other estimates it uses how many outcomes there are: pass a
/// count of 0 for each that was not drawn.
///
/// # Shapes
///
/// `counts: K`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | between the plug-in estimate and $`\ln K`$ | `shrinkage_lies_between_the_frequencies_and_equal_ones` |
/// | many draws: the plug-in estimate | `estimates_agree_on_large_samples` |
///
/// # Errors
///
/// As [`entropy_plug_in`].
///
/// # Examples
///
/// ```
/// use gradus_information::entropy_shrinkage;
///
/// assert_eq!(entropy_shrinkage(&[3, 3])?, 2.0_f64.ln());
/// assert_eq!(entropy_shrinkage(&[1, 0])?, 2.0_f64.ln()); // one draw says nothing
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// J. Hausser and K. Strimmer, *Entropy inference and the James–Stein estimator*, J. Mach. Learn. Res. 10 (2009), 1469–1484, eq. 4–6.
#[doc(alias = "James-Stein")]
pub fn entropy_shrinkage(counts: &[u64]) -> Result<f64, InformationError> {
    let n = draws(counts)?;
    let target = 1.0 / counts.len() as f64;
    let frequencies: Vec<_> = counts.iter().map(|k| *k as f64 / n).collect();
    let squares = total(frequencies.iter().map(|p| p * p));
    let distance = total(frequencies.iter().map(|p| (target - p).powi(2)));
    let variance = (1.0 - squares).max(0.0) / (n - 1.0);
    // 0 / 0 for frequencies that are equal, or a single draw: shrink all the way
    let weight = if n == 1.0 || distance == 0.0 {
        1.0
    } else {
        (variance / distance).min(1.0)
    };
    let shrunk = frequencies
        .iter()
        .map(|p| weight * target + (1.0 - weight) * p);
    let terms = shrunk.map(|p| if p > 0.0 { -p * p.ln() } else { 0.0 });
    Ok(total(terms).min((counts.len() as f64).ln()))
}

/// How many draws there were.
pub(crate) fn draws(counts: &[u64]) -> Result<f64, InformationError> {
    let n: f64 = counts.iter().map(|k| *k as f64).sum();
    if n > 0.0 {
        Ok(n)
    } else {
        Err(InformationError::Empty)
    }
}

/// The counts that are not 0.
fn seen(counts: &[u64]) -> impl Iterator<Item = f64> {
    counts.iter().filter(|k| **k > 0).map(|k| *k as f64)
}

/// $`G(n)`$ of Grassberger.
fn g(n: f64) -> f64 {
    let sign = if n % 2.0 == 0.0 { 0.5 } else { -0.5 };
    digamma(n) + sign * (digamma(0.5 * (n + 1.0)) - digamma(0.5 * n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_draws_are_an_error() {
        for f in [
            entropy_plug_in,
            entropy_miller_madow,
            entropy_grassberger,
            entropy_chao_shen,
            entropy_shrinkage,
        ] {
            assert_eq!(f(&[]), Err(InformationError::Empty));
            assert_eq!(f(&[0, 0]), Err(InformationError::Empty));
            assert!(f(&[1]).unwrap().is_finite() && f(&[u64::MAX, 1]).unwrap() >= 0.0);
        }
    }

    #[test]
    fn g_of_small_counts() {
        // eq. 30 of Grassberger: G₁ = −γ − ln 2, G₂ = 2 − γ − ln 2, G₂ₙ₊₁ = G₂ₙ, G₂ₙ₊₂ = G₂ₙ + 2 / (2n + 1)
        assert!((g(2.0) - (g(1.0) + 2.0)).abs() < 1e-14);
        assert!((g(3.0) - g(2.0)).abs() < 1e-14);
        assert!((g(4.0) - (g(2.0) + 2.0 / 3.0)).abs() < 1e-14);
    }
}
