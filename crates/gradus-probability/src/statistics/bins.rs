//! How many bins a histogram should have.

use super::quantile::sorted;
use crate::error::ProbabilityError;
use gradus_numeric::{quantile_of_sorted, variance};
use std::f64::consts::PI;

/// A rule that tells the bins of a histogram from the sample.
///
/// | rule | width of a bin | good for |
/// |------|----------------|----------|
/// | [`Sturges`](Self::Sturges) | $`R / (\log_2 n + 1)`$ | bells of a few hundred numbers: as many bins as a binomial row with n entries in all |
/// | [`Scott`](Self::Scott) | $`(24 \sqrt\pi / n)^{1/3}\, \sigma`$ | bells of any size: the smallest mean squared error if the density is normal |
/// | [`FreedmanDiaconis`](Self::FreedmanDiaconis) | $`2\, (q_{3/4} - q_{1/4}) / n^{1/3}`$ | the rest: outliers do not move it |
///
/// where R is the range from the smallest to the largest number, $`\sigma`$ the standard deviation (with division by n), and q are
/// [interpolated quantiles](crate::interpolated_quantile). Wide bins hide what there is, narrow ones show what there is not. Sturges'
/// number of bins grows too slowly for large samples, the others' like $`n^{1/3}`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::{BinRule, bin_edges};
///
/// let x: Vec<f64> = (0..8).map(f64::from).collect();
/// assert_eq!(bin_edges(&x, BinRule::Sturges)?, [0.0, 1.75, 3.5, 5.25, 7.0]); // log₂ 8 + 1 = 4 bins
/// assert_eq!(bin_edges(&x, BinRule::FreedmanDiaconis)?, [0.0, 3.5, 7.0]); // 2 · 3.5 / 2 wide
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// H. A. Sturges, *The choice of a class interval*, J. Am. Stat. Assoc. 21 (1926), 65–66; D. W. Scott, *On optimal and data-based
/// histograms*, Biometrika 66 (1979), 605–610; D. Freedman and P. Diaconis, *On the histogram as a density estimator: L₂ theory*, Z.
/// Wahrscheinlichkeitstheorie 57 (1981), 453–476.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinRule {
    /// $`\log_2 n + 1`$ bins.
    Sturges,
    /// $`(24 \sqrt\pi / n)^{1/3}`$ standard deviations wide.
    Scott,
    /// $`2 / n^{1/3}`$ distances of the quartiles wide.
    FreedmanDiaconis,
}

/// The edges of bins of equal width from the smallest number of a sample to the largest, as a rule says.
///
/// ```math
/// k = \Bigl\lceil \frac{x_{\max} - x_{\min}}{w} \Bigr\rceil, \qquad e_i = x_{\min} + \frac ik (x_{\max} - x_{\min})
/// ```
///
/// where w is the width that the rule tells; the bins are as narrow or a little narrower.
///
/// # Shapes
///
/// `x: n`; the result has one number more than there are bins.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | from the smallest to the largest number in equal steps; follows $`ax + b`$ | `edges_of_bins_follow_the_unit` |
/// | a sample repeated 8 times has bins half as wide (Freedman, Diaconis) | `eight_times_the_data_halve_the_bins` |
///
/// # Numerics
///
/// The same bits as `numpy.histogram_bin_edges`, unless the quotient in brackets lies within a rounding of a whole number.
///
/// # Errors
///
/// [`ProbabilityError::Numeric`] for no numbers or one that is NaN or infinite; [`ProbabilityError::Constant`] if all numbers are
/// equal (NumPy makes one bin of width 1), [`ProbabilityError::Domain`] if the quartiles are and the rule is that of Freedman and
/// Diaconis (NumPy makes one bin of everything); [`ProbabilityError::Overflow`] if the range is too large for a double;
/// [`ProbabilityError::TableTooLarge`] for more than 2²⁴ bins, [`ProbabilityError::EdgesNotRising`] for bins narrower than the
/// distance of two doubles.
///
/// # Examples
///
/// See [`BinRule`].
///
/// # References
///
/// As [`BinRule`].
pub fn bin_edges(x: &[f64], rule: BinRule) -> Result<Vec<f64>, ProbabilityError> {
    let x = sorted(x)?;
    let range = range(&x)?;
    equal_edges(&x, (range / width(&x, rule, range)?).ceil())
}

/// Edges of so many bins of equal width, from the first of sorted numbers to the last.
pub(crate) fn equal_edges(sorted: &[f64], bins: f64) -> Result<Vec<f64>, ProbabilityError> {
    let (range, first, last) = (range(sorted)?, sorted[0], sorted[sorted.len() - 1]);
    if bins < 1.0 {
        let (name, value) = ("bins", bins);
        return Err(ProbabilityError::Domain { name, value });
    }
    if bins > f64::from(MOST_BINS) {
        let (entries, largest) = (bins, MOST_BINS as usize);
        return Err(ProbabilityError::TableTooLarge { entries, largest });
    }
    let step = range / bins;
    let edges = (0_u32..).take_while(|i| f64::from(*i) < bins);
    let mut edges: Vec<_> = edges.map(|i| f64::from(i) * step + first).collect();
    edges.push(last);
    check_edges(&edges)?;
    Ok(edges)
}

/// Edges are finite and rise.
pub(crate) fn check_edges(edges: &[f64]) -> Result<(), ProbabilityError> {
    crate::error::all_finite(edges)?;
    let (need, have) = (2, edges.len() as u64);
    if have < need {
        return Err(gradus_numeric::NumericError::TooFew { need, have }.into());
    }
    match edges.windows(2).position(|pair| pair[0] >= pair[1]) {
        Some(before) => Err(ProbabilityError::EdgesNotRising {
            index: before + 1,
            value: edges[before + 1],
            before: edges[before],
        }),
        None => Ok(()),
    }
}

/// From the first of sorted numbers to the last.
fn range(sorted: &[f64]) -> Result<f64, ProbabilityError> {
    let range = sorted[sorted.len() - 1] - sorted[0];
    if range == 0.0 {
        Err(ProbabilityError::Constant { name: "x" })
    } else if range.is_finite() {
        Ok(range)
    } else {
        Err(ProbabilityError::Overflow)
    }
}

fn width(sorted: &[f64], rule: BinRule, range: f64) -> Result<f64, ProbabilityError> {
    let n = sorted.len() as f64;
    let width = match rule {
        BinRule::Sturges => range / (n.log2() + 1.0),
        BinRule::Scott => (24.0 * PI.sqrt() / n).cbrt() * variance(sorted, 0)?.sqrt(),
        BinRule::FreedmanDiaconis => {
            let [low, high] = [0.25, 0.75].map(|p| quantile_of_sorted(sorted, p));
            2.0 * (high? - low?) / n.cbrt()
        }
    };
    let (name, value) = ("width of a bin", width);
    if width == f64::INFINITY {
        Err(ProbabilityError::Overflow)
    } else if width > 0.0 {
        Ok(width)
    } else {
        Err(ProbabilityError::Domain { name, value })
    }
}

const MOST_BINS: u32 = 1 << 24; // more than a screen has pixels, less than memory has room for

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_without_bins() {
        let rules = [BinRule::Sturges, BinRule::Scott, BinRule::FreedmanDiaconis];
        for rule in rules {
            for bad in [
                &[][..],
                &[1.0],
                &[2.0; 5],
                &[1.0, f64::NAN],
                &[-1e308, 1e308],
            ] {
                assert!(bin_edges(bad, rule).is_err(), "{bad:?}");
            }
        }
        let ties = [1.0, 2.0, 2.0, 2.0, 2.0, 9.0];
        let (name, value) = ("width of a bin", 0.0);
        assert_eq!(
            bin_edges(&ties, BinRule::FreedmanDiaconis),
            Err(ProbabilityError::Domain { name, value })
        );
        let close = [1.0, 1.0 + f64::EPSILON, 1.0 + 2.0 * f64::EPSILON];
        assert!(matches!(
            bin_edges(&close, BinRule::Sturges), // three bins, which two steps cannot hold
            Err(ProbabilityError::EdgesNotRising { .. })
        ));
        let mut far: Vec<_> = (0..99).map(f64::from).collect();
        far.push(1e12);
        assert!(matches!(
            bin_edges(&far, BinRule::FreedmanDiaconis),
            Err(ProbabilityError::TableTooLarge { .. })
        ));
    }
}
