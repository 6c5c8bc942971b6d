//! One draw from finitely many categories.

use crate::contract::discrete::Discrete;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::{EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments};
use crate::error::ProbabilityError;
use crate::finite::deviations::standardized_moment;
use crate::finite::factor::entries;
use crate::finite::moments::{expectation, variance};
use crate::statistics::fit::{Fit, numbers};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{CompensatedSum, Real, Simplex, log_softmax, logaddexp, softmax};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::iter::zip;

/// The categorical distribution: category k with probability p(k).
///
/// ```math
/// \operatorname{P}(X = k) = p_k, \qquad k = 0, \dots, n - 1
/// ```
///
/// A loaded die, a class label, what a softmax output stands for. Categories are numbered from 0 like
/// labels; where their order means something the distribution function and quantiles do too.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\sum_k p_k = 1`$, $`F`$ rises to 1, $`F(k) + \operatorname{P}(X > k) = 1`$ | `categorical_is_a_distribution` |
/// | $`F(q(p)) \ge p > F(q(p) - 1)`$ | `discrete_quantile_inverts_the_cdf` |
/// | logits $`z`$ and $`z + c`$ give the same distribution | `categorical_does_not_see_a_shift_of_its_logits` |
/// | $`\sum_k e^{\ln p_k} = 1`$ | `categorical_does_not_see_a_shift_of_its_logits` |
/// | the logarithms of probabilities are at most 0, never NaN, for any logits | `extreme_logits_are_finite` |
/// | frequencies of draws (χ²) | `draws_have_the_frequencies_of_the_distribution` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{Categorical, Discrete};
///
/// let spinner = Categorical::new(vec![0.5, 0.25, 0.25])?;
/// assert_eq!((spinner.pmf(0), spinner.pmf(3)), (0.5, 0.0));
/// assert_eq!((spinner.cdf(1), spinner.sf(1)), (0.75, 0.25));
/// assert_eq!(spinner.mean()?, 0.75);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), §2.2, eq. 2.26.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "multinoulli")]
pub struct Categorical {
    probabilities: Simplex,
    ln_probabilities: Vec<f64>,
    cumulative: Vec<f64>, // rises, and is 1 from the last possible category on
    above: Vec<f64>,      // P(X > k), falls to 0 there
}

impl Categorical {
    /// Takes probabilities as they are.
    ///
    /// # Errors
    ///
    /// What [`Simplex::new`] says about them.
    pub fn new(probabilities: Vec<f64>) -> Result<Self, ProbabilityError> {
        Simplex::new(probabilities)?.try_into()
    }

    /// Divides weights, for example counts, by their sum.
    ///
    /// # Errors
    ///
    /// What [`Simplex::from_weights`] says about them.
    pub fn from_weights(weights: &[f64]) -> Result<Self, ProbabilityError> {
        Simplex::from_weights(weights)?.try_into()
    }

    /// The softmax of scores: $`p_k = e^{z_k} / \sum_j e^{z_j}`$.
    ///
    /// The logarithms of the probabilities are kept where these underflow.
    ///
    /// # Errors
    ///
    /// What [`softmax`] says about them.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{Categorical, Discrete};
    ///
    /// let sharp = Categorical::from_logits(&[0.0, 1000.0])?;
    /// assert_eq!((sharp.pmf(0), sharp.ln_pmf(0)), (0.0, -1000.0));
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn from_logits(logits: &[f64]) -> Result<Self, ProbabilityError> {
        let ln_probabilities = log_softmax(logits)?;
        let categorical = Self::from_weights(&softmax(logits)?)?;
        Ok(Self {
            ln_probabilities,
            ..categorical
        })
    }

    /// The probabilities of all categories.
    #[must_use]
    pub fn probabilities(&self) -> &Simplex {
        &self.probabilities
    }

    /// The entropy in nats: $`-\sum_k p_k \ln p_k`$, with $`0 \ln 0 = 0`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Categorical;
    ///
    /// let fair = Categorical::new(vec![0.25; 4])?;
    /// assert_eq!(fair.entropy(), 4.0_f64.ln()); // two bits
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let possible = || {
            zip(self.probabilities.as_slice(), &self.ln_probabilities).filter(|(p, _)| **p > 0.0)
        };
        let terms = possible().map(|(p, ln_p)| -p * ln_p);
        let entropy = terms.collect::<CompensatedSum>().value();
        // never −0, and never out of its range by the last rounding
        (entropy.max(0.0) + 0.0).min((possible().count() as f64).ln())
    }

    /// The most likely probabilities of `categories` categories: their shares, each with the standard error $`\sqrt{p_k (1 - p_k) / n}`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for a category that does not exist, [`ProbabilityError::NoMaximum`] for no observations,
    /// [`ProbabilityError::TableTooLarge`] beyond $`2^{26}`$ categories.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Categorical;
    ///
    /// let fit = Categorical::fit(3, &[0, 2, 2, 0])?;
    /// assert_eq!(fit.distribution.probabilities().as_slice(), [0.5, 0.0, 0.5]);
    /// assert_eq!(fit.standard_errors, [0.25, 0.0, 0.25]);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn fit(categories: usize, x: &[u64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(categories, x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(
        categories: usize,
        x: &[u64],
        weights: &[f64],
    ) -> Result<Fit<Self>, ProbabilityError> {
        let (n, _) = weighted_mean(&numbers(x), weights, |k| k < categories as f64)?;
        let mut counts = vec![CompensatedSum::default(); entries(&[categories])?];
        for (&k, &weight) in zip(x, weights) {
            if let Some(count) = usize::try_from(k).ok().and_then(|k| counts.get_mut(k)) {
                count.add(weight);
            }
        }
        let counts: Vec<_> = counts.into_iter().map(CompensatedSum::value).collect();
        let law = Self::from_weights(&counts)?;
        let p = law.probabilities.as_slice();
        let errors = p.iter().map(|p| (p * (1.0 - p) / n).sqrt()).collect();
        Ok(Fit::of(law, errors, x, weights, Self::ln_pmf))
    }

    /// $`0, 1, \dots, n - 1`$.
    fn numbers(&self) -> Vec<f64> {
        (0..self.probabilities.len()).map(|k| k as f64).collect()
    }

    /// The first category for which it is so, as it is for the last possible one.
    fn first(&self, is_so: impl Fn(f64, f64) -> bool) -> u64 {
        let tails = zip(&self.cumulative, &self.above);
        let before = tails.take_while(|&(&cumulative, &above)| !is_so(cumulative, above));
        before.count() as u64
    }
}

impl Discrete for Categorical {
    fn ln_pmf(&self, k: u64) -> f64 {
        at(&self.ln_probabilities, k).unwrap_or(f64::NEG_INFINITY)
    }

    fn tails(&self, k: u64) -> (f64, f64) {
        at(&self.cumulative, k)
            .zip(at(&self.above, k))
            .unwrap_or((1.0, 0.0))
    }

    fn ln_tails(&self, k: u64) -> (f64, f64) {
        let (below, above) = self.tails(k);
        if below <= above {
            (below.ln(), (-below).ln_1p())
        } else {
            ((-above).ln_1p(), above.ln())
        }
    }

    fn at_tails(&self, p: f64, q: f64) -> Option<u64> {
        // the smallest positive number stands for 0: impossible categories come before any probability
        let level = f64::max(p, f64::from_bits(1));
        Some(self.first(|cumulative, above| {
            if p <= q {
                cumulative >= level
            } else {
                above <= q
            }
        }))
    }

    /// $`\sum_k k \, p_k`$, where the numbers of the categories mean something.
    fn mean(&self) -> Result<f64, ProbabilityError> {
        expectation(&self.probabilities, &self.numbers())
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        variance(&self.probabilities, &self.numbers())
    }

    fn pmf(&self, k: u64) -> f64 {
        at(self.probabilities.as_slice(), k).unwrap_or(0.0)
    }

    /// By inversion: the first $`k`$ with $`F(k) > u`$, `u` uniform on $`[0, 1)`$.
    ///
    /// Takes one 64-bit word and time $`O(\ln n)`$; what has probability 0 is never drawn.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> u64 {
        let u = uniform(rng);
        self.cumulative
            .partition_point(|&cumulative| cumulative <= u) as u64
    }
}

impl StandardizedMoments for Categorical {
    /// Of the numbers of the categories, where these mean something.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        standardized_moment(&self.probabilities, &self.numbers(), 3, SKEWNESS)
    }

    /// Of the numbers of the categories, where these mean something.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let fourth = standardized_moment(&self.probabilities, &self.numbers(), 4, EXCESS_KURTOSIS)?;
        Ok(fourth - 3.0)
    }
}

impl Mode for Categorical {
    type Outcome = u64;

    /// The first of the likeliest categories.
    fn mode(&self) -> Result<u64, ProbabilityError> {
        let p = self.probabilities.as_slice();
        let largest = p.iter().copied().fold(0.0, f64::max);
        Ok(p.iter().take_while(|&&p| p < largest).count() as u64)
    }
}

impl TryFrom<Simplex> for Categorical {
    type Error = ProbabilityError;

    fn try_from(probabilities: Simplex) -> Result<Self, ProbabilityError> {
        let p = probabilities.as_slice();
        let ln_probabilities = ln_of_each(p);
        let cumulative = running(p.iter());
        // P(X > k), from the other end
        let mut above = running(p.iter().rev());
        above.reverse();
        above.rotate_left(1);
        let last = above.len() - 1;
        above[last] = 0.0;
        Ok(Self {
            cumulative: rising_to_one(p, cumulative),
            ln_probabilities,
            above,
            probabilities,
        })
    }
}

/// $`\ln p_k`$; of a probability above one half from what the others have, which may not be seen beside 1.
fn ln_of_each(p: &[f64]) -> Vec<f64> {
    let others = |k: usize| {
        let others = p.iter().enumerate().filter(|&(j, _)| j != k);
        others.map(|(_, p)| *p).collect::<CompensatedSum>().value()
    };
    let ln = |(k, &p): (usize, &f64)| {
        if p > 0.5 {
            (-others(k)).ln_1p()
        } else {
            p.ln()
        }
    };
    p.iter().enumerate().map(ln).collect()
}

/// Running totals, at most 1.
fn running<'a>(p: impl Iterator<Item = &'a f64>) -> Vec<f64> {
    let mut sum = CompensatedSum::default();
    let mut reached = 0.0_f64;
    let totals = p.map(|&p| {
        sum.add(p);
        reached = reached.max(sum.value().min(1.0));
        reached
    });
    totals.collect()
}

/// Totals that are 1 from the last possible category on.
fn rising_to_one(p: &[f64], mut totals: Vec<f64>) -> Vec<f64> {
    let last = p.iter().rposition(|&p| p > 0.0).unwrap_or(0);
    totals[last..].fill(1.0);
    totals
}

/// The log-probability of a category, as a function of the logits.
///
/// ```math
/// \ln \operatorname{P}(X = k) = z_k - \ln \sum_{j} e^{z_j}
/// ```
///
/// For every [`Real`], so it can be differentiated by the logits $`z`$, the natural parameters of the
/// family; minus this is the softmax cross-entropy.
///
/// # Shapes
///
/// `z: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_{z_j} = [j = k] - \operatorname{softmax}(z)_j`$ | `score_of_a_categorical` |
/// | the same for $`z + c`$ | `categorical_does_not_see_a_shift_of_its_logits` |
///
/// # Numerics
///
/// $`-\ln \sum_j e^{z_j - z_k}`$: the shift by $`z_k`$ comes first, no term overflows, and the logarithm of
/// a probability near 1 keeps its digits. $`-\infty`$ if there is no category `k`.
///
/// # Examples
///
/// ```
/// use gradus_probability::categorical_ln_pmf_from_logits;
///
/// assert_eq!(categorical_ln_pmf_from_logits(0, &[7.0, 7.0]), -std::f64::consts::LN_2);
/// assert_eq!(categorical_ln_pmf_from_logits(0, &[0.0, 1e4]), -1e4);
/// ```
///
/// # References
///
/// Bishop (2006), §2.4, eq. 2.213.
#[must_use]
pub fn categorical_ln_pmf_from_logits<R: Real>(k: u64, z: &[R]) -> R {
    let Some(z_k) = at(z, k) else {
        return R::from_f64(f64::NEG_INFINITY);
    };
    let others = z.iter().enumerate().filter(|&(j, _)| j as u64 != k);
    -others.fold(R::from_f64(0.0), |sum, (_, &z_j)| logaddexp(sum, z_j - z_k))
}

fn at<T: Copy>(values: &[T], k: u64) -> Option<T> {
    values.get(usize::try_from(k).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::NumericError;
    use gradus_random::rand::TryRng;
    use std::convert::Infallible;

    #[test]
    fn hostile_parameters_are_errors() {
        let sum = NumericError::NotNormalized { sum: 0.75 };
        assert_eq!(Categorical::new(vec![0.5, 0.25]), Err(sum.into()));
        assert_eq!(Categorical::new(vec![]), Err(NumericError::Empty.into()));
        let support = NumericError::EmptySupport;
        assert_eq!(Categorical::from_weights(&[0.0, 0.0]), Err(support.into()));
        assert_eq!(
            Categorical::from_logits(&[f64::NEG_INFINITY]),
            Err(support.into())
        );
        assert!(Categorical::from_logits(&[0.0, f64::NAN]).is_err());
        assert_eq!(
            Categorical::from_logits(&[]),
            Err(NumericError::Empty.into())
        );
        assert!(Categorical::from_weights(&[1.0, -1.0]).is_err());
    }

    #[test]
    fn a_sure_category() {
        let sure = Categorical::new(vec![0.0, 1.0, 0.0]).unwrap();
        assert_eq!(sure.entropy().to_bits(), 0);
        assert_eq!((sure.ln_pmf(1), sure.ln_pmf(0)), (0.0, f64::NEG_INFINITY));
        let all = [0.0, 1e-300, 0.5, 1.0].map(|p| sure.quantile(p));
        assert_eq!(all, [Some(1); 4]);
        let mut rng = gradus_random::Key::new(1).rng();
        assert!((0..100).all(|_| sure.sample(&mut rng) == 1));
    }

    /// A generator of nothing but zero bits.
    struct Zeros;
    impl TryRng for Zeros {
        type Error = Infallible;
        fn try_next_u32(&mut self) -> Result<u32, Infallible> {
            Ok(0)
        }
        fn try_next_u64(&mut self) -> Result<u64, Infallible> {
            Ok(0)
        }
        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
            bytes.fill(0);
            Ok(())
        }
    }

    #[test]
    fn the_least_draw_is_possible() {
        let late = Categorical::new(vec![0.0, 0.0, 0.5, 0.5]).unwrap();
        assert_eq!(late.sample(&mut Zeros), 2);
    }

    #[test]
    fn categories_that_do_not_exist() {
        let coin = Categorical::new(vec![0.5, 0.5]).unwrap();
        assert_eq!((coin.pmf(2), coin.ln_pmf(2)), (0.0, f64::NEG_INFINITY));
        assert_eq!((coin.cdf(u64::MAX), coin.sf(u64::MAX)), (1.0, 0.0));
        assert_eq!((coin.quantile(1.5), coin.quantile(f64::NAN)), (None, None));
        assert_eq!(
            categorical_ln_pmf_from_logits(2, &[0.0, 0.0]),
            f64::NEG_INFINITY
        );
    }

    #[test]
    fn small_tails_keep_their_digits() {
        let tiny = 0.5_f64.powi(70);
        let p = Categorical::new(vec![1.0, tiny, 2.0 * tiny]).unwrap();
        assert_eq!((p.sf(0), p.sf(1)), (3.0 * tiny, 2.0 * tiny));
    }

    #[test]
    fn probability_near_one_keeps_its_digits() {
        let ln_p = categorical_ln_pmf_from_logits(0, &[0.0_f64, -40.0]);
        assert!((ln_p / -(-40.0_f64).exp() - 1.0).abs() <= 4.0 * f64::EPSILON);
    }
}
