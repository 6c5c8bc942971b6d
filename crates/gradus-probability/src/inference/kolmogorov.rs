//! Kolmogorov's test: does a sample come from this law?

use super::significance::Significance;
use super::supremum::reaching;
use crate::contract::continuous::Continuous;
use crate::error::ProbabilityError;
use crate::statistics::quantile::sorted;

/// Kolmogorov's test whether a sample comes from a distribution.
///
/// ```math
/// D_n = \sup_x \lvert \hat F(x) - F(x) \rvert, \qquad p = \operatorname{P}(D_n \ge d)
/// ```
///
/// where $`\hat F`$ is the [distribution of the sample](crate::Empirical) and F that of the `law`. Whatever F is, $`F(X)`$ is uniform, so one
/// table of $`D_n`$ serves for all. It sees every difference, best in the middle of the distribution. The law must not
/// have been fitted to the sample: it would lie too near.
///
/// # Shapes
///
/// `x: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | an increasing function of sample and law changes nothing | `kolmogorov_sees_only_shares` |
/// | half a step for a sample at the quantiles, $`D \ge 1 / 2n`$ always | `no_sample_is_nearer_than_half_a_step` |
/// | $`p \le 2 e^{-2 n d^2}`$, and falls as d grows | `massart_bounds_the_tail_of_kolmogorov` |
/// | p is uniform if the law is right (fixed seed) | `p_values_of_kolmogorov_are_uniform` |
///
/// # Numerics
///
/// The p-value is exact for samples of up to 1000 numbers (Durbin's matrix; the sum of Birnbaum and Tingey from $`n d^2 = 6`$ on, then
/// for every n), with an absolute error below 1e-13, and that relative to itself in the tail. Between, Kolmogorov's limit with the terms
/// of Pelz and Good: off by less than 1e-7 (1e-8 from 5000 numbers on). Time grows like n, and in small samples like $`n^2`$.
///
/// # Errors
///
/// [`ProbabilityError::Numeric`] for no numbers, or one that is NaN or infinite.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Uniform, kolmogorov_test};
///
/// let die = Uniform::new(0.0, 1.0)?;
/// let test = kolmogorov_test(&[0.75], &die)?;
/// assert_eq!(test.statistic, 0.75); // the staircase is 0 until there
/// assert!((test.p_value - 0.5).abs() < 1e-15); // half of all draws lie as near to an end
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// A. Kolmogorov, *Sulla determinazione empirica di una legge di distribuzione*, Giorn. Ist. Ital. Attuari 4 (1933), 83–91; G. Marsaglia, W.
/// W. Tsang and J. Wang, *Evaluating Kolmogorov's distribution*, J. Stat. Softw. 8 (2003), 18; W. Pelz and I. J. Good, *Approximating
/// the lower tail-areas of the Kolmogorov–Smirnov one-sample statistic*, J. R. Stat. Soc. B 38 (1976), 152–156.
#[doc(alias = "Kolmogorov–Smirnov test")]
pub fn kolmogorov_test(x: &[f64], law: &dyn Continuous) -> Result<Significance, ProbabilityError> {
    let x = sorted(x)?;
    let n = x.len() as f64;
    // the staircase just before a number and at it
    let steps = x.iter().enumerate().map(|(i, x)| {
        let below = law.cdf(*x);
        f64::max(below - i as f64 / n, (i as f64 + 1.0) / n - below)
    });
    let statistic = steps.fold(0.0, f64::max);
    Ok(Significance {
        statistic,
        freedom: None,
        p_value: reaching(x.len() as u64, statistic)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::continuous::uniform::Uniform;

    #[test]
    fn samples_at_the_ends() {
        let law = Uniform::new(0.0, 1.0).unwrap();
        let aside = kolmogorov_test(&[2.0, 3.0], &law).unwrap();
        assert_eq!((aside.statistic, aside.p_value), (1.0, 0.0));
        let even = kolmogorov_test(&[0.25, 0.75], &law).unwrap();
        assert_eq!((even.statistic, even.p_value), (0.25, 1.0));
        let tied = kolmogorov_test(&[0.5; 4], &law).unwrap();
        assert_eq!(tied.statistic, 0.5);
        for bad in [&[][..], &[f64::NAN], &[f64::INFINITY]] {
            assert!(kolmogorov_test(bad, &law).is_err());
        }
    }
}
