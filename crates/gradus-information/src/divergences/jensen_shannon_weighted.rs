//! The Jensen–Shannon divergence of many.

use crate::error::InformationError;
use crate::measures::entropy::entropy;
use crate::terms::{kl_term, total};
use gradus_numeric::{CompensatedSum, LogSumExp, Simplex};
use std::iter::zip;

/// The Jensen–Shannon divergence of any number of distributions with weights, in nats.
///
/// ```math
/// \operatorname{JS}_w(p_1, \dots, p_k) = \sum_{j=1}^{k} w_j D(p_j \parallel m) = H(m) - \sum_j w_j H(p_j), \qquad m = \sum_j w_j p_j
/// ```
///
/// One of the distributions is chosen with probabilities w, and one draw is made from it: this is what the draw tells about
/// the choice, a mutual information. [`jensen_shannon`](crate::jensen_shannon) is the case of two and a fair coin.
///
/// # Shapes
///
/// `weights: k`, `distributions: k` of length `n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | between 0 and $`H(w)`$; $`H(m) - \sum_j w_j H(p_j)`$ | `weighted_jensen_shannon_is_what_mixing_adds` |
/// | two with weights ½: [`jensen_shannon`](crate::jensen_shannon) | `weighted_jensen_shannon_of_two_halves_is_jensen_shannon` |
///
/// # Numerics
///
/// The terms of a Kullback–Leibler divergence in the form that does not cancel. A mixture that underflows is formed in logarithms.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] unless there is one weight for each distribution, and all are equally long.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, bits, jensen_shannon_weighted};
///
/// let three = [vec![1.0, 0.0, 0.0], vec![0.0, 1.0, 0.0], vec![0.0, 0.0, 1.0]];
/// let three = three.map(Simplex::new).into_iter().collect::<Result<Vec<_>, _>>()?;
/// let weights = Simplex::new(vec![0.5, 0.25, 0.25])?;
/// assert_eq!(bits(jensen_shannon_weighted(&weights, &three)?), 1.5); // all of H(w)
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// J. Lin, *Divergence measures based on the Shannon entropy*, IEEE Trans. Inform. Theory 37 (1991), eq. 5.1.
#[doc(alias = "Holevo")]
pub fn jensen_shannon_weighted(
    weights: &Simplex,
    distributions: &[Simplex],
) -> Result<f64, InformationError> {
    let w = weights.as_slice();
    let n = distributions.first().map_or(0, Simplex::len);
    for (left, right) in std::iter::once((w.len(), distributions.len()))
        .chain(distributions.iter().map(|p| (n, p.len())))
    {
        if left != right {
            return Err(InformationError::LengthMismatch { left, right });
        }
    }
    let term = |i: usize| {
        let parts = || zip(w, distributions).map(move |(&w, p)| (w, p.as_slice()[i]));
        let m = parts()
            .map(|(w, p)| w * p)
            .collect::<CompensatedSum>()
            .value();
        let ln_m = ln_mixture(m, parts());
        total(
            parts()
                .filter(|(w, _)| *w > 0.0)
                .map(|(w, p)| w * kl_term(p, m, ln_m)),
        )
    };
    Ok(total((0..n).map(term)).min(entropy(weights)))
}

/// $`\ln \sum_j w_j p_j`$ where the sum itself may underflow.
fn ln_mixture(m: f64, parts: impl Iterator<Item = (f64, f64)>) -> f64 {
    if m.is_normal() {
        return m.ln();
    }
    let mut sum = LogSumExp::default();
    parts.for_each(|(w, p)| sum.push(w.ln() + p.ln()));
    sum.value()
}
