//! Randomized response: everyone lies now and then, and the shares can still be told.

use crate::error::{PrivacyError, check_epsilon};
use crate::mechanisms::coin::{below, exponential};
use crate::mechanisms::ratio::Ratio;
use gradus_random::rand::Rng;

/// An answer that may be a lie: ε-differentially private for the one who answers, whoever collects the answers.
///
/// ```math
/// \Pr(j \mid i) = \frac{e^{\epsilon [i = j]}}{e^\epsilon + k - 1}
/// ```
///
/// where $`i`$ is the true `answer`, $`j`$ what is said and $`k`$ the number of possible `answers`. [`response_shares`] tells from many such answers how often each is true.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | draws are as frequent as their probabilities say | `responses_have_their_probabilities` |
/// | the estimate of the expected shares is the truth | `shares_are_told_from_their_responses` |
///
/// # Numerics
///
/// Drawn exactly: an answer is picked, each with the same probability, and kept if it is true, and with probability $`e^{-\epsilon}`$ if it is
/// not.
///
/// # Errors
///
/// [`PrivacyError::NotAnAnswer`], [`PrivacyError::EpsilonOutOfRange`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::{Key, randomized_response};
///
/// // ε = ln 3: the truth three times in four.
/// let mut rng = Key::new(1).rng();
/// let said = (0..1000).map(|_| randomized_response(1, 2, 3.0_f64.ln(), &mut rng));
/// let true_ones = said.filter(|said| *said == Ok(1)).count();
/// assert!((680..820).contains(&true_ones));
/// ```
///
/// # References
///
/// S. L. Warner, *Randomized response: a survey technique for eliminating evasive answer bias*, JASA 60 (1965), 63–69;
/// P. Kairouz, S. Oh and P. Viswanath, *Extremal mechanisms for local differential privacy*, JMLR 17 (2016), no. 17.
pub fn randomized_response(
    answer: u32,
    answers: u32,
    epsilon: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<u32, PrivacyError> {
    if answer >= answers {
        return Err(PrivacyError::NotAnAnswer { answer, answers });
    }
    let Ratio { over, under } = Ratio::of(epsilon)?;
    loop {
        let pick = u32::try_from(below(answers.into(), rng)).unwrap_or(0); // below a u32
        if pick == answer || exponential(over, under, rng) {
            return Ok(pick);
        }
    }
}

/// How often each answer is true, estimated from how often it was said.
///
/// ```math
/// \hat\pi_j = \frac{c_j / n - q}{p - q}, \qquad p = \frac{e^\epsilon}{e^\epsilon + k - 1},
/// \quad q = \frac{1}{e^\epsilon + k - 1}
/// ```
///
/// where $`c`$ are the counts of what was `said` and $`n`$ is their sum. It is unbiased; a share may come out below 0 or above 1, because chance may.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the estimate of the expected shares is the truth | `shares_are_told_from_their_responses` |
/// | shares sum to 1 | `shares_are_told_from_their_responses` |
///
/// # Errors
///
/// [`PrivacyError::NoChoices`] if nothing was said, [`PrivacyError::NotAnEpsilon`] also for 0: answers that are nothing but chance tell
/// nothing.
///
/// # Examples
///
/// ```
/// use gradus_privacy::response_shares;
///
/// // ε = ln 3 of two answers: p = 3/4, q = 1/4. Of 100 "yes" 40 are expected if 3 in 10 are true.
/// let shares = response_shares(&[60, 40], 3.0_f64.ln())?;
/// assert!((shares[1] - 0.3).abs() < 1e-15);
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
pub fn response_shares(said: &[u64], epsilon: f64) -> Result<Vec<f64>, PrivacyError> {
    if check_epsilon(epsilon)? == 0.0 {
        return Err(PrivacyError::NotAnEpsilon { epsilon });
    }
    let n: f64 = said.iter().map(|&c| c as f64).sum();
    if n == 0.0 {
        return Err(PrivacyError::NoChoices);
    }
    // Divided by e^ε, which may overflow; 1 − e^−ε without cancellation.
    let others = said.len() as f64 - 1.0;
    let lie = (-epsilon).exp();
    let all = 1.0 + others * lie;
    let share = |&c: &u64| (c as f64 / n * all - lie) / -(-epsilon).exp_m1();
    Ok(said.iter().map(share).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn what_is_no_answer_is_refused() {
        let rng = &mut Key::new(0).rng();
        let (answer, answers) = (2, 2);
        let refused = Err(PrivacyError::NotAnAnswer { answer, answers });
        assert_eq!(randomized_response(2, 2, 1.0, rng), refused);
        assert_eq!(randomized_response(0, 1, 1.0, rng), Ok(0));
        assert_eq!(randomized_response(3, 9, 1024.0, rng), Ok(3));
        assert!(response_shares(&[0, 0], 1.0).is_err() && response_shares(&[1, 2], 0.0).is_err());
        assert_eq!(response_shares(&[1, 3], 1024.0), Ok(vec![0.25, 0.75]));
    }
}
