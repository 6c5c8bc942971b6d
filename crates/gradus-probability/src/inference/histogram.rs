//! How often numbers fall into bins.

use crate::contract::continuous::Continuous;
use crate::error::ProbabilityError;
use crate::families::continuous::closed_form::ln_both;
use crate::finite::moments::{expectation, variance};
use crate::statistics::bins::{BinRule, bin_edges, check_edges, equal_edges};
use crate::statistics::quantile::sorted;
use gradus_numeric::{CompensatedSum, NumericError, Simplex};
use std::iter::zip;

/// How many numbers of a sample fall into each of several bins, and the density that this suggests.
///
/// ```math
/// f(x) = \frac{n_i}{N\, (e_{i + 1} - e_i)} \quad \text{for } e_i \le x < e_{i + 1}, \qquad N = \sum_i n_i
/// ```
///
/// A bin holds its lower edge, and the last bin its upper edge, too. The simplest picture of a density: its heights depend on the
/// [width of the bins](BinRule), and on where the first one begins. As a [`Continuous`] distribution it is flat within each bin, so a
/// draw from it is a bin, and then any place there.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | counts are those of comparing one by one | `histograms_count` |
/// | bins joined have the sum of their counts | `joined_bins_have_the_sum_of_their_counts` |
/// | the density integrates to one; it is a [`Mixture`](crate::Mixture) of uniform ones | `a_histogram_is_a_mixture_of_uniform_laws` |
///
/// # Numerics
///
/// Distribution functions come from counts, which are exact, and one share of a bin, from below and from above. The same counts as
/// `numpy.histogram`.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Histogram};
///
/// let waits = Histogram::new(&[0.5, 1.0, 1.5, 3.0, 9.0], vec![0.0, 1.0, 3.0])?;
/// assert_eq!(waits.counts(), [1, 3]); // 3 lies on the last edge
/// assert_eq!(waits.outside(), 1);
/// assert_eq!(waits.densities(), [0.25, 0.375]); // 1 / 4 and 3 / (4 · 2)
/// assert_eq!((waits.cdf(1.0), waits.median()), (0.25, 1.0 + 2.0 / 3.0));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// L. Wasserman, *All of Statistics* (2004), §20.2; B. W. Silverman, *Density Estimation for Statistics and Data Analysis* (1986), §2.2.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    edges: Vec<f64>,
    counts: Vec<u64>,
    reached: Vec<u64>, // how many numbers lie below the upper edge of each bin
    outside: u64,
}

impl Histogram {
    /// Counts in bins with the edges given.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::EdgesNotRising`] unless every edge lies above the one before;
    /// [`ProbabilityError::Numeric`] for fewer than two edges, for numbers or edges that are NaN or infinite, and if no number
    /// lies in a bin.
    pub fn new(x: &[f64], edges: Vec<f64>) -> Result<Self, ProbabilityError> {
        check_edges(&edges)?;
        Self::of_sorted(&sorted(x)?, edges)
    }

    /// Counts in so many bins of equal width, from the smallest number to the largest.
    ///
    /// # Errors
    ///
    /// As [`bin_edges`]; [`ProbabilityError::Domain`] without bins.
    pub fn with_bins(x: &[f64], bins: u32) -> Result<Self, ProbabilityError> {
        let x = sorted(x)?;
        let edges = equal_edges(&x, bins.into())?;
        Self::of_sorted(&x, edges)
    }

    /// Counts in bins as a rule says.
    ///
    /// # Errors
    ///
    /// As [`bin_edges`].
    pub fn by_rule(x: &[f64], rule: BinRule) -> Result<Self, ProbabilityError> {
        let edges = bin_edges(x, rule)?;
        Self::of_sorted(&sorted(x)?, edges)
    }

    fn of_sorted(x: &[f64], edges: Vec<f64>) -> Result<Self, ProbabilityError> {
        let last = edges.len() - 1;
        let places = edges.iter().enumerate().map(|(i, edge)| {
            // the last bin is closed
            x.partition_point(|x| x < edge || i == last && x == edge) as u64
        });
        let places: Vec<_> = places.collect();
        let counts: Vec<_> = places.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let reached: Vec<_> = places[1..].iter().map(|place| place - places[0]).collect();
        let inside = reached[last - 1];
        if inside == 0 {
            return Err(NumericError::EmptySupport.into());
        }
        Ok(Self {
            edges,
            counts,
            reached,
            outside: x.len() as u64 - inside,
        })
    }

    /// The edges of the bins, one more than there are bins.
    #[must_use]
    pub fn edges(&self) -> &[f64] {
        &self.edges
    }

    /// How many numbers lie in each bin.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// How many numbers lie in no bin: they count neither in densities nor in probabilities.
    #[must_use]
    pub fn outside(&self) -> u64 {
        self.outside
    }

    /// The density in each bin.
    #[must_use]
    pub fn densities(&self) -> Vec<f64> {
        let density =
            |(count, pair): (&u64, &[f64])| *count as f64 / self.inside() / (pair[1] - pair[0]);
        zip(&self.counts, self.edges.windows(2))
            .map(density)
            .collect()
    }

    fn inside(&self) -> f64 {
        self.reached[self.reached.len() - 1] as f64
    }

    /// Number of the bin, what part of it lies below x, and what part above.
    fn place(&self, x: f64) -> Option<(usize, f64, f64)> {
        let (first, last) = (self.edges[0], self.edges[self.edges.len() - 1]);
        (first <= x && x <= last).then(|| {
            let next = self.edges.partition_point(|edge| *edge <= x);
            let bin = next.min(self.counts.len()) - 1;
            let (low, high) = (self.edges[bin], self.edges[bin + 1]);
            let width = 0.5 * high - 0.5 * low; // halves, so that differences do not overflow
            (
                bin,
                (0.5 * x - 0.5 * low) / width,
                (0.5 * high - 0.5 * x) / width,
            )
        })
    }

    /// How many numbers lie in later bins.
    fn later(&self, bin: usize) -> u64 {
        self.reached[self.reached.len() - 1] - self.reached[bin]
    }

    /// The middle of each bin.
    fn middles(&self) -> Vec<f64> {
        let pairs = self.edges.windows(2);
        pairs.map(|pair| 0.5 * pair[0] + 0.5 * pair[1]).collect()
    }

    fn shares(&self) -> Result<Simplex, ProbabilityError> {
        let counts: Vec<_> = self.counts.iter().map(|count| *count as f64).collect();
        Ok(Simplex::from_weights(&counts)?)
    }
}

impl Continuous for Histogram {
    fn ln_pdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        self.place(x).map_or(f64::NEG_INFINITY, |(bin, ..)| {
            let half = 0.5 * self.edges[bin + 1] - 0.5 * self.edges[bin];
            (self.counts[bin] as f64 / self.inside()).ln() - half.ln() - std::f64::consts::LN_2
        })
    }

    fn tails(&self, x: f64) -> (f64, f64) {
        match self.place(x) {
            Some((bin, below, above)) => {
                let count = self.counts[bin] as f64;
                let before = (self.reached[bin] - self.counts[bin]) as f64;
                let later = self.later(bin) as f64;
                (
                    (before + below * count) / self.inside(),
                    (later + above * count) / self.inside(),
                )
            }
            None if x < self.edges[0] => (0.0, 1.0),
            None if x.is_nan() => (x, x),
            None => (1.0, 0.0),
        }
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        ln_both(self.tails(x))
    }

    fn at_tails(&self, p: f64, q: f64) -> f64 {
        let (share, last) = (p.min(q) * self.inside(), self.counts.len() - 1);
        let bin = if p <= q {
            // the smallest positive number stands for 0: an empty bin has no quantile
            let share = share.max(f64::from_bits(1));
            self.reached.partition_point(|k| (*k as f64) < share)
        } else {
            let all = self.reached[last];
            self.reached.partition_point(|k| (all - k) as f64 > share)
        };
        let bin = bin.min(last); // p may be above 1 by a rounding
        let (low, high, count) = (
            self.edges[bin],
            self.edges[bin + 1],
            self.counts[bin] as f64,
        );
        let width = 0.5 * high - 0.5 * low;
        let x = if p <= q {
            let before = self.reached[bin] as f64 - count;
            2.0 * (0.5 * low + (share - before) / count * width)
        } else {
            2.0 * (0.5 * high - (share - self.later(bin) as f64) / count * width)
        };
        x.clamp(low, high)
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        expectation(&self.shares()?, &self.middles())
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        let shares = self.shares()?;
        let squares = zip(shares.as_slice(), self.edges.windows(2))
            .map(|(share, pair)| share * ((pair[1] - pair[0]) * ((pair[1] - pair[0]) / 12.0)));
        let within = squares.collect::<CompensatedSum>().value();
        let sum = within + variance(&shares, &self.middles())?;
        if sum.is_finite() {
            Ok(sum)
        } else {
            Err(ProbabilityError::Overflow)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_without_numbers() {
        let x = Histogram::new(&[0.5, 2.5, 2.5], vec![-1.0, 0.0, 1.0, 2.0, 3.0, 4.0]).unwrap();
        assert_eq!(x.counts(), [0, 1, 0, 2, 0]);
        assert_eq!((x.pdf(-0.5), x.pdf(1.5), x.pdf(9.0)), (0.0, 0.0, 0.0));
        assert_eq!((x.quantile(0.0), x.quantile(1.0)), (0.0, 3.0)); // ends of the support
        assert_eq!(x.cdf(1.5), x.cdf(1.0));
        assert_eq!(x.sf(2.5), 1.0 / 3.0);
        assert!((x.mean().unwrap() - 11.0 / 6.0).abs() < 1e-15);
        assert!((x.variance().unwrap() - (8.0 / 9.0 + 1.0 / 12.0)).abs() < 1e-15);
    }

    #[test]
    fn hostile_bins_are_errors() {
        for edges in [
            vec![],
            vec![1.0],
            vec![0.0, f64::NAN],
            vec![0.0, f64::INFINITY],
        ] {
            assert!(Histogram::new(&[0.5], edges).is_err());
        }
        let (index, value, before) = (2, 1.0, 1.0);
        assert_eq!(
            Histogram::new(&[0.5], vec![0.0, 1.0, 1.0]),
            Err(ProbabilityError::EdgesNotRising {
                index,
                value,
                before
            })
        );
        assert!(Histogram::new(&[2.0], vec![0.0, 1.0]).is_err()); // none inside
        assert!(Histogram::new(&[f64::NAN], vec![0.0, 1.0]).is_err());
        assert!(Histogram::new(&[], vec![0.0, 1.0]).is_err());
        assert!(Histogram::with_bins(&[0.0, 1.0], 0).is_err());
        assert!(Histogram::with_bins(&[1.0, 1.0], 3).is_err());
    }

    #[test]
    fn wide_bins_do_not_overflow() {
        let wide = Histogram::new(&[0.0, 1.0], vec![-f64::MAX, f64::MAX]).unwrap();
        assert_eq!((wide.cdf(0.0), wide.mean()), (0.5, Ok(0.0)));
        assert!(wide.ln_pdf(0.0).is_finite() && wide.variance().is_err());
    }
}
