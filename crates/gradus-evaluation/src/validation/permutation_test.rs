//! Could chance have done as much? All rearrangements, or many of them.

use crate::error::EvaluationError;
use gradus_random::{Key, shuffle};

/// How many rearrangements to try, and what counts as a tie.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Key, Rearrangements};
///
/// let all = Rearrangements { limit: 100_000, tie: 1e-12, key: Key::new(1) };
/// assert_eq!(all.limit, 100_000);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rearrangements {
    /// If there are at most so many, all are tried, and the p-value is exact; else so many random ones.
    pub limit: u32,
    /// A statistic within so much of the observed one, relative to it, counts as equal: rounding must not decide.
    pub tie: f64,
    /// Where random rearrangements come from.
    pub key: Key,
}

/// The answer of a permutation test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PermutationTest {
    /// The statistic as observed.
    pub statistic: f64,
    /// The share of rearrangements whose statistic is at least as large.
    pub p_value: f64,
    /// How many rearrangements were tried, the observed one included.
    pub rearrangements: u64,
    /// Whether they were all there are.
    pub exact: bool,
}

/// Whether two sets of numbers differ: what would the statistic be if the numbers were dealt out anew?
///
/// ```math
/// p = \frac{\#\{\text{rearrangements } \pi : s(\pi) \ge s_{\text{observed}}\}}{\#\{\pi\}}
/// ```
///
/// If both sets come from one law, every way to deal the $`n + m`$ numbers out to sets of `n` and `m` is equally likely, and
/// $`p \le \alpha`$ has probability at most $`\alpha`$, for any statistic and any law. Large values of `statistic` speak for
/// a difference: the difference of the means for one side, its magnitude for both.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | of all data that are rearrangements of each other, at most the share α has $`p \le \alpha`$ | `a_permutation_test_errs_as_rarely_as_it_says` |
/// | random rearrangements give nearly the exact p-value | `random_rearrangements_estimate_the_exact_p_value` |
///
/// # Numerics
///
/// There are $`\binom{n + m}{n}`$ ways; the observed one is among them. Where they are too many, `limit` random ones are tried and
/// $`p = (1 + \text{as large}) / (1 + \text{limit})`$, which is valid, too, and never 0 (Phipson and Smyth 2010). Both sets
/// reach `statistic` in the order in which the numbers were given.
///
/// # Errors
///
/// [`EvaluationError::Empty`] if a set is empty or `limit` is 0, [`EvaluationError::NotATolerance`],
/// [`EvaluationError::ScoreNotFinite`] with the number of the rearrangement if the statistic is NaN or infinite.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Key, Rearrangements, permutation_test};
///
/// let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
/// let all = Rearrangements { limit: 1000, tie: 1e-12, key: Key::new(1) };
/// let test = permutation_test(&[5.0, 6.0, 7.0], &[1.0, 2.0, 3.0], all, |x, y| mean(x) - mean(y))?;
/// assert_eq!((test.p_value, test.rearrangements, test.exact), (1.0 / 20.0, 20, true));
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// R. A. Fisher, *The Design of Experiments*, 1935, section 21; E. L. Lehmann and J. P. Romano, *Testing Statistical Hypotheses*,
/// 3rd ed., 2005, section 15.2; B. Phipson and G. K. Smyth, *Permutation p-values should never be zero*, Stat. Appl. Genet.
/// Mol. Biol. 9 (2010), article 39.
pub fn permutation_test(
    first: &[f64],
    second: &[f64],
    how: Rearrangements,
    statistic: impl Fn(&[f64], &[f64]) -> f64,
) -> Result<PermutationTest, EvaluationError> {
    if first.is_empty() || second.is_empty() {
        return Err(EvaluationError::Empty);
    }
    let pool = [first, second].concat();
    let (n, all) = (first.len(), pool.len());
    let dealt = |chosen: &[bool]| {
        let of = |side: bool| -> Vec<f64> {
            let kept = pool.iter().zip(chosen).filter(|(_, c)| **c == side);
            kept.map(|(x, _)| *x).collect()
        };
        statistic(&of(true), &of(false))
    };
    let observed: Vec<bool> = (0..all).map(|i| i < n).collect();
    let mut tally = Tally::new(dealt(&observed), how)?;
    if binomial(all, n).is_none_or(|ways| ways > how.limit.into()) {
        return tally.sample(|key| {
            let mut chosen = observed.clone();
            shuffle(&mut chosen, &mut key.rng());
            dealt(&chosen)
        });
    }
    let mut chosen = observed;
    loop {
        tally.count(dealt(&chosen))?;
        if !next_choice(&mut chosen) {
            return Ok(tally.exact());
        }
    }
}

/// Whether paired numbers differ: what would the statistic be if each difference had the other sign?
///
/// If both numbers of a pair come from the same law, their difference is as likely positive as negative: every pattern of
/// signs is equally likely. Pairs are two models on the same samples or folds.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | of all patterns of signs, at most the share α has $`p \le \alpha`$ | `a_sign_flip_test_errs_as_rarely_as_it_says` |
///
/// # Numerics
///
/// There are $`2^n`$ patterns, the observed one among them; otherwise as [`permutation_test`].
///
/// # Errors
///
/// As [`permutation_test`].
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Key, Rearrangements, sign_flip_test};
///
/// // One model is better on each of five folds: 1 of 2⁵ patterns has so large a mean.
/// let all = Rearrangements { limit: 1000, tie: 1e-12, key: Key::new(1) };
/// let mean = |d: &[f64]| d.iter().sum::<f64>() / d.len() as f64;
/// let test = sign_flip_test(&[0.01, 0.03, 0.02, 0.01, 0.02], all, mean)?;
/// assert_eq!((test.p_value, test.rearrangements), (1.0 / 32.0, 32));
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// Fisher, section 21; Lehmann and Romano, section 15.2.
#[doc(alias = "paired permutation test")]
pub fn sign_flip_test(
    differences: &[f64],
    how: Rearrangements,
    statistic: impl Fn(&[f64]) -> f64,
) -> Result<PermutationTest, EvaluationError> {
    if differences.is_empty() {
        return Err(EvaluationError::Empty);
    }
    let signed = |flip: &dyn Fn(usize) -> bool| {
        let sign = |(i, x): (usize, &f64)| if flip(i) { -x } else { *x };
        statistic(&differences.iter().enumerate().map(sign).collect::<Vec<_>>())
    };
    let mut tally = Tally::new(signed(&|_| false), how)?;
    let patterns = u32::try_from(differences.len())
        .ok()
        .and_then(|n| 1_u64.checked_shl(n));
    match patterns.filter(|&patterns| patterns <= how.limit.into()) {
        Some(patterns) => {
            for pattern in 0..patterns {
                tally.count(signed(&|i| pattern >> i & 1 == 1))?;
            }
            Ok(tally.exact())
        }
        None => tally.sample(|key| {
            let rng = &mut key.rng();
            let flips: Vec<bool> = differences
                .iter()
                .map(|_| gradus_random::uniform(rng) < 0.5)
                .collect();
            signed(&|i| flips[i]) // one flip a difference
        }),
    }
}

/// How many rearrangements are at least as extreme as the data.
struct Tally {
    observed: f64,
    threshold: f64,
    how: Rearrangements,
    tried: u64,
    as_large: u64,
}

impl Tally {
    fn new(observed: f64, how: Rearrangements) -> Result<Self, EvaluationError> {
        let tolerance = how.tie;
        if !(tolerance >= 0.0 && tolerance.is_finite()) {
            return Err(EvaluationError::NotATolerance { tolerance });
        }
        if how.limit == 0 {
            return Err(EvaluationError::Empty);
        }
        let mut tally = Self {
            observed,
            threshold: observed - tolerance * observed.abs(),
            how,
            tried: 0,
            as_large: 0,
        };
        tally.count(observed)?; // is it finite?
        (tally.tried, tally.as_large) = (0, 0);
        Ok(tally)
    }

    fn count(&mut self, value: f64) -> Result<(), EvaluationError> {
        if !value.is_finite() {
            let index = usize::try_from(self.tried).unwrap_or(usize::MAX);
            return Err(EvaluationError::ScoreNotFinite { index, value });
        }
        self.tried += 1;
        self.as_large += u64::from(value >= self.threshold);
        Ok(())
    }

    /// The observed arrangement and `limit` random ones.
    fn sample(mut self, random: impl Fn(Key) -> f64) -> Result<PermutationTest, EvaluationError> {
        self.count(self.observed)?;
        for i in 0..self.how.limit {
            self.count(random(self.how.key.index(i.into())))?;
        }
        let exact = false;
        Ok(PermutationTest {
            exact,
            ..self.exact()
        })
    }

    fn exact(self) -> PermutationTest {
        PermutationTest {
            statistic: self.observed,
            p_value: self.as_large as f64 / self.tried as f64, // the observed one was tried
            rearrangements: self.tried,
            exact: true,
        }
    }
}

/// How many ways there are to choose `k` of `n`, if 64 bits can tell.
fn binomial(n: usize, k: usize) -> Option<u64> {
    let (n, k) = (u64::try_from(n).ok()?, u64::try_from(k.min(n - k)).ok()?);
    // C(n, i + 1) = C(n, i) (n − i) / (i + 1), which is whole.
    (0..k).try_fold(1_u64, |ways, i| Some(ways.checked_mul(n - i)? / (i + 1)))
}

/// The next choice of as many places, after `true` for the first ones; `false` after the last.
fn next_choice(chosen: &mut [bool]) -> bool {
    // The last `true` that can move to the right does, and those after it follow close behind.
    let Some(at) = chosen.windows(2).rposition(|pair| pair == [true, false]) else {
        return false;
    };
    let after = chosen[at + 1..].iter().filter(|&&c| c).count(); // at + 1 is in a window
    chosen[at] = false;
    for (i, place) in chosen[at + 1..].iter_mut().enumerate() {
        *place = i <= after;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_choices_come_once() {
        let mut chosen = vec![true, true, false, false, false];
        let mut seen = vec![chosen.clone()];
        while next_choice(&mut chosen) {
            seen.push(chosen.clone());
        }
        assert_eq!((seen.len(), binomial(5, 2)), (10, Some(10)));
        assert!(seen.iter().all(|c| c.iter().filter(|&&c| c).count() == 2));
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 10);
        assert_eq!(binomial(200, 100), None);
    }

    #[test]
    fn what_cannot_be_tested_is_refused() {
        let how = |limit, tie| Rearrangements {
            limit,
            tie,
            key: Key::new(1),
        };
        let first = |x: &[f64], _: &[f64]| x[0];
        let refused = |limit, tie| permutation_test(&[1.0], &[2.0], how(limit, tie), first);
        assert_eq!(refused(0, 0.0), Err(EvaluationError::Empty));
        let tolerance = -1.0;
        let not = Err(EvaluationError::NotATolerance { tolerance });
        assert_eq!(refused(9, tolerance), not);
        assert!(refused(9, f64::NAN).is_err());
        assert!(permutation_test(&[], &[2.0], how(9, 0.0), |_, _| 0.0).is_err());
        let (index, value) = (1, f64::INFINITY);
        let pole = |x: &[f64], _: &[f64]| if x[0] > 1.0 { value } else { 0.0 };
        assert_eq!(
            permutation_test(&[1.0], &[2.0], how(9, 0.0), pole),
            Err(EvaluationError::ScoreNotFinite { index, value })
        );
        assert_eq!(
            sign_flip_test(&[], how(9, 0.0), |_| 0.0),
            Err(EvaluationError::Empty)
        );
    }

    #[test]
    fn rounding_does_not_decide_ties() {
        // 0.1 + 0.2 and 0.3 differ by one unit in the last place.
        let how = Rearrangements {
            limit: 100,
            tie: 1e-12,
            key: Key::new(1),
        };
        let sum = |x: &[f64], _: &[f64]| x.iter().sum::<f64>();
        let test = permutation_test(&[0.3, 0.0], &[0.1, 0.2], how, sum).unwrap();
        assert_eq!(test.p_value, 4.0 / 6.0); // {0.3, 0}, {0.3, 0.1}, {0.3, 0.2}, {0.1, 0.2}
    }
}
