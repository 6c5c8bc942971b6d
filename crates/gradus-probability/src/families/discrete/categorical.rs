//! One draw from finitely many categories.

use crate::error::ProbabilityError;
use gradus_numeric::{CompensatedSum, Real, Simplex, log_softmax, logaddexp, softmax, xlogy};
use gradus_random::rand::Rng;
use gradus_random::uniform;

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
/// use gradus_probability::Categorical;
///
/// let spinner = Categorical::new(vec![0.5, 0.25, 0.25])?;
/// assert_eq!((spinner.pmf(0), spinner.pmf(3)), (0.5, 0.0));
/// assert_eq!((spinner.cdf(1), spinner.sf(1)), (0.75, 0.25));
/// assert_eq!(spinner.mean(), 0.75);
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
}

impl Categorical {
    /// Takes probabilities as they are.
    ///
    /// # Errors
    ///
    /// What [`Simplex::new`] says about them, [`ProbabilityError::TooManyCategories`] beyond $`2^{32}`$.
    pub fn new(probabilities: Vec<f64>) -> Result<Self, ProbabilityError> {
        Simplex::new(probabilities)?.try_into()
    }

    /// Divides weights, for example counts, by their sum.
    ///
    /// # Errors
    ///
    /// What [`Simplex::from_weights`] says about them, [`ProbabilityError::TooManyCategories`] beyond
    /// $`2^{32}`$.
    pub fn from_weights(weights: &[f64]) -> Result<Self, ProbabilityError> {
        Simplex::from_weights(weights)?.try_into()
    }

    /// The softmax of scores: $`p_k = e^{z_k} / \sum_j e^{z_j}`$.
    ///
    /// The logarithms of the probabilities are kept where these underflow.
    ///
    /// # Errors
    ///
    /// What [`softmax`] says about them, [`ProbabilityError::TooManyCategories`] beyond $`2^{32}`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Categorical;
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

    /// The probability of category `k`; 0 if there is none.
    #[must_use]
    pub fn pmf(&self, k: u32) -> f64 {
        at(self.probabilities.as_slice(), k).unwrap_or(0.0)
    }

    /// The logarithm of the probability of `k`; $`-\infty`$ for what cannot happen.
    #[must_use]
    pub fn ln_pmf(&self, k: u32) -> f64 {
        at(&self.ln_probabilities, k).unwrap_or(f64::NEG_INFINITY)
    }

    /// $`F(k) = \operatorname{P}(X \le k)`$.
    #[must_use]
    pub fn cdf(&self, k: u32) -> f64 {
        at(&self.cumulative, k).unwrap_or(1.0)
    }

    /// $`\operatorname{P}(X > k)`$, summed from the other end: exact for small tails. Takes time $`O(n)`$.
    #[must_use]
    pub fn sf(&self, k: u32) -> f64 {
        let above = self
            .probabilities
            .as_slice()
            .iter()
            .skip(k as usize)
            .skip(1);
        above.copied().collect::<CompensatedSum>().value().min(1.0)
    }

    /// The smallest possible category with $`F(k) \ge`$ `probability`; `None` unless that is in $`[0, 1]`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::Categorical;
    ///
    /// let spinner = Categorical::new(vec![0.0, 0.5, 0.25, 0.25, 0.0])?;
    /// assert_eq!((spinner.quantile(0.5), spinner.quantile(0.51)), (Some(1), Some(2)));
    /// assert_eq!((spinner.quantile(0.0), spinner.quantile(1.0)), (Some(1), Some(3)));
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn quantile(&self, probability: f64) -> Option<u32> {
        // the smallest positive number stands for 0: impossible categories come before any probability
        let level = f64::max(probability, f64::from_bits(1));
        let within = (0.0..=1.0).contains(&probability);
        within.then(|| self.first(|cumulative| cumulative >= level))
    }

    /// $`\operatorname{E}[X] = \sum_k k \, p_k`$, where the numbers of the categories mean something.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let terms = self.probabilities.as_slice().iter().enumerate();
        terms
            .map(|(k, p)| k as f64 * p)
            .collect::<CompensatedSum>()
            .value()
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
        let possible = self.probabilities.as_slice().iter().filter(|p| **p > 0.0);
        let terms = possible.clone().map(|&p| -xlogy(p, p));
        let entropy = terms.collect::<CompensatedSum>().value();
        // never −0, and never out of its range by the last rounding
        (entropy.max(0.0) + 0.0).min((possible.count() as f64).ln())
    }

    /// Draws a category by inversion: the first $`k`$ with $`F(k) > u`$, `u` uniform on $`[0, 1)`$.
    ///
    /// Takes one 64-bit word and time $`O(\ln n)`$; what has probability 0 is never drawn.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{Categorical, Key};
    ///
    /// let die = Categorical::new(vec![0.0, 0.5, 0.5])?;
    /// let mut rng = Key::new(0).rng();
    /// assert!((0..100).all(|_| die.sample(&mut rng) > 0));
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> u32 {
        let u = uniform(rng);
        self.first(|cumulative| cumulative > u)
    }

    /// The first category whose cumulative probability is so, as that of the last possible one is.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the number of categories is at most 2³²"
    )]
    fn first(&self, is_so: impl Fn(f64) -> bool) -> u32 {
        self.cumulative
            .partition_point(|&cumulative| !is_so(cumulative)) as u32
    }
}

impl TryFrom<Simplex> for Categorical {
    type Error = ProbabilityError;

    fn try_from(probabilities: Simplex) -> Result<Self, ProbabilityError> {
        let categories = probabilities.len();
        if u32::try_from(categories - 1).is_err() {
            return Err(ProbabilityError::TooManyCategories { categories });
        }
        let ln_probabilities = probabilities.as_slice().iter().map(|p| p.ln()).collect();
        let cumulative = cumulative(probabilities.as_slice());
        Ok(Self {
            probabilities,
            ln_probabilities,
            cumulative,
        })
    }
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
pub fn categorical_ln_pmf_from_logits<R: Real>(k: u32, z: &[R]) -> R {
    let Some(z_k) = at(z, k) else {
        return R::from_f64(f64::NEG_INFINITY);
    };
    let others = z.iter().enumerate().filter(|&(j, _)| j != k as usize);
    -others.fold(R::from_f64(0.0), |sum, (_, &z_j)| logaddexp(sum, z_j - z_k))
}

/// Running totals that rise to exactly 1, which is reached at the last possible category.
fn cumulative(p: &[f64]) -> Vec<f64> {
    let last = p.iter().rposition(|&p| p > 0.0).unwrap_or(0);
    let mut sum = CompensatedSum::default();
    let mut reached = 0.0_f64;
    let totals = p.iter().enumerate().map(|(k, &p)| {
        sum.add(p);
        reached = if k >= last {
            1.0
        } else {
            reached.max(sum.value().min(1.0))
        };
        reached
    });
    totals.collect()
}

fn at<T: Copy>(values: &[T], k: u32) -> Option<T> {
    values.get(k as usize).copied()
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
        assert_eq!((coin.cdf(u32::MAX), coin.sf(u32::MAX)), (1.0, 0.0));
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
