//! Have the chains forgotten where they started, and how much do they know?

use crate::error::{ProbabilityError, all_finite};
use gradus_numeric::{NumericError, mean, variance};

/// $`\hat R`$ of several chains, each split in two: near 1 if all halves draw from the same distribution.
///
/// ```math
/// \hat R = \sqrt{\frac{n - 1}{n} + \frac{B}{n W}}
/// ```
///
/// where n is the length of a half, W the mean of the variances within the halves and B / n the variance of their means. Chains that
/// have not met, or still move, differ more between than within: 1.01 is usually asked for.
///
/// # Shapes
///
/// `chains: m × 2n`, one coordinate of each.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | does not see the unit, the origin, or the order of the chains | `r_hat_does_not_see_units` |
/// | independent draws: near 1; chains apart: large | `r_hat_sees_chains_that_have_not_met` |
///
/// # Errors
///
/// [`ProbabilityError::Numeric`] unless there is a chain with four draws, all finite; [`ProbabilityError::LengthMismatch`] if
/// they differ in length; [`ProbabilityError::Constant`] if none moves.
///
/// # Examples
///
/// ```
/// use gradus_probability::r_hat;
///
/// let apart = r_hat(&[[0.0, 1.0, 0.0, 1.0], [9.0, 8.0, 9.0, 8.0]])?;
/// assert!(apart > 5.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// A. Gelman et al., *Bayesian Data Analysis*, 3rd ed. (2013), §11.4, eq. 11.4.
#[doc(alias = "Gelman-Rubin")]
pub fn r_hat(chains: &[impl AsRef<[f64]>]) -> Result<f64, ProbabilityError> {
    let (within, between, n) = variances(&halves(chains)?)?;
    Ok(((n - 1.0) / n + between / within).sqrt())
}

/// How many independent draws would know the mean as well as these chains.
///
/// ```math
/// n_{\text{eff}} = \frac{m n}{1 + 2 \sum_{t = 1}^{T} \rho_t}
/// ```
///
/// where $`\rho_t`$ is the correlation of draws that are t apart, estimated from m halves of n draws each, and T the last before the sum of two neighboring ones falls
/// below 0 (Geyer).
///
/// # Shapes
///
/// `chains: m × 2n`, one coordinate of each.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | independent draws: about their number; an autoregression: $`(1 - \varphi) / (1 + \varphi)`$ of it (fixed seed) | `effective_sizes_of_autoregressions` |
///
/// # Errors
///
/// As [`r_hat`].
///
/// # Examples
///
/// ```
/// use gradus_probability::{Key, effective_sample_size};
/// use gradus_random::normal;
///
/// let mut rng = Key::new(1).rng();
/// let independent: Vec<f64> = (0..2000).map(|_| normal(&mut rng)).collect();
/// assert!(effective_sample_size(&[independent])? > 1500.0);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// Gelman et al. (2013), §11.5, eq. 11.8; C. J. Geyer, *Practical Markov chain Monte Carlo*, Statist. Sci. 7 (1992), 473–483.
pub fn effective_sample_size(chains: &[impl AsRef<[f64]>]) -> Result<f64, ProbabilityError> {
    let halves = halves(chains)?;
    let (within, between, n) = variances(&halves)?;
    let total = (n - 1.0) / n * within + between;
    // 1 − half of the mean square of differences, in units of the variance
    let correlation = |t: usize| {
        let squares = halves
            .iter()
            .flat_map(|half| half.windows(t + 1).map(move |w| (w[t] - w[0]).powi(2)));
        let pairs = halves.len() as f64 * (n - t as f64);
        1.0 - squares.sum::<f64>() / pairs / (2.0 * total)
    };
    let draws = halves.len() as f64 * n;
    let (mut sum, mut t) = (0.0, 1);
    while t + 2 < halves[0].len() {
        let pair = correlation(t) + correlation(t + 1);
        if pair < 0.0 {
            break;
        }
        sum += pair;
        t += 2;
    }
    Ok((draws / (1.0 + 2.0 * sum)).min(draws))
}

/// The first and the second half of every chain.
fn halves(chains: &[impl AsRef<[f64]>]) -> Result<Vec<&[f64]>, ProbabilityError> {
    let left = chains.first().map_or(0, |chain| chain.as_ref().len());
    if left < 4 {
        return Err(NumericError::TooFew {
            have: left as u64,
            need: 4,
        }
        .into());
    }
    let mut halves = Vec::with_capacity(2 * chains.len());
    for chain in chains {
        let right = chain.as_ref().len();
        if left != right {
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        all_finite(chain.as_ref())?;
        let (first, second) = chain.as_ref().split_at(left / 2);
        halves.extend([first, &second[second.len() - first.len()..]]);
    }
    Ok(halves)
}

/// Mean of the variances within, variance of the means, length of each.
fn variances(halves: &[&[f64]]) -> Result<(f64, f64, f64), ProbabilityError> {
    let mut within = Vec::with_capacity(halves.len());
    let mut means = Vec::with_capacity(halves.len());
    for half in halves {
        within.push(variance(half, 1)?);
        means.push(mean(half)?);
    }
    let within = mean(&within)?;
    let between = variance(&means, 1)?;
    if within == 0.0 {
        return Err(ProbabilityError::Constant { name: "chains" });
    }
    if !(within + between).is_finite() {
        return Err(ProbabilityError::Overflow);
    }
    Ok((within, between, halves[0].len() as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_that_say_nothing() {
        let none: [[f64; 4]; 0] = [];
        assert!(r_hat(&none).is_err() && effective_sample_size(&[[1.0; 3]]).is_err());
        assert_eq!(
            r_hat(&[[1.0; 4]]),
            Err(ProbabilityError::Constant { name: "chains" })
        );
        assert!(r_hat(&[vec![1.0; 4], vec![1.0; 5]]).is_err());
        assert!(r_hat(&[[1.0, f64::NAN, 2.0, 3.0]]).is_err());
    }
}
