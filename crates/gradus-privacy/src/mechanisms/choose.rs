//! The exponential mechanism: good choices are likely, and no one person makes one much likelier.

use crate::error::{PrivacyError, check_epsilon};
use crate::mechanisms::coin::{below, exponential};
use crate::mechanisms::ratio::Ratio;
use gradus_numeric::softmax;
use gradus_random::rand::Rng;

/// One of several choices, by how useful they are: ε-differentially private if one person changes any utility by at most
/// `sensitivity`.
///
/// ```math
/// \Pr(i) = \frac{e^{\epsilon u_i / 2\Delta}}{\sum_j e^{\epsilon u_j / 2\Delta}}
/// ```
///
/// where $`u`$ are the `utilities`, such as counts of votes, and $`\Delta`$ is `sensitivity`. The result is worse than the best by more than
/// $`\tfrac{2\Delta}{\epsilon}(\ln n + t)`$ with probability at most $`e^{-t}`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every choice is at most $`e^\epsilon`$ times as likely for a neighbor | `neighbors_choose_alike` |
/// | draws are as frequent as their probabilities say | `choices_have_their_probabilities` |
///
/// # Numerics
///
/// Drawn exactly: a choice is picked, each with the same probability, and kept with probability $`e^{-\epsilon(\max u - u_i)/2\Delta}`$, by comparing
/// integers. On average at most $`n`$ picks.
///
/// # Errors
///
/// [`PrivacyError::NoChoices`], [`PrivacyError::NoSensitivity`], [`PrivacyError::EpsilonOutOfRange`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::{Key, choose};
///
/// // Votes: a person changes a count by at most one.
/// let winner = choose(&[12, 250, 31], 1, 1.0, &mut Key::new(1).rng())?;
/// assert_eq!(winner, 1); // any other with probability e^-109
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
///
/// # References
///
/// F. `McSherry` and K. Talwar, *Mechanism design via differential privacy*, FOCS 2007; C. Dwork and A. Roth, *The
/// Algorithmic Foundations of Differential Privacy* (2014), section 3.4.
#[doc(alias = "exponential mechanism")]
pub fn choose(
    utilities: &[i64],
    sensitivity: u32,
    epsilon: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<usize, PrivacyError> {
    let most = *utilities.iter().max().ok_or(PrivacyError::NoChoices)?;
    if sensitivity == 0 {
        return Err(PrivacyError::NoSensitivity);
    }
    let Ratio { over, under } = Ratio::of(epsilon)?;
    let scale = under * 2 * u128::from(sensitivity);
    loop {
        let pick = usize::try_from(below(utilities.len() as u128, rng)).unwrap_or(0); // below a usize
        let lack = utilities.get(pick).map_or(0, |&u| most.abs_diff(u));
        if exponential(over * u128::from(lack), scale, rng) {
            return Ok(pick);
        }
    }
}

/// The probabilities with which [`choose`] chooses.
///
/// # Laws
///
/// As [`choose`].
///
/// # Errors
///
/// [`PrivacyError::NoChoices`], [`PrivacyError::NoSensitivity`], [`PrivacyError::NotAnEpsilon`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::choice_probabilities;
///
/// // e^0 : e^ln 3
/// let p = choice_probabilities(&[5, 6], 1, 2.0 * 3.0_f64.ln())?;
/// assert!((p[0] - 0.25).abs() < 1e-15 && (p[1] - 0.75).abs() < 1e-15);
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
pub fn choice_probabilities(
    utilities: &[i64],
    sensitivity: u32,
    epsilon: f64,
) -> Result<Vec<f64>, PrivacyError> {
    let most = *utilities.iter().max().ok_or(PrivacyError::NoChoices)?;
    if sensitivity == 0 {
        return Err(PrivacyError::NoSensitivity);
    }
    let r = check_epsilon(epsilon)? / (2.0 * f64::from(sensitivity));
    let logits = utilities.iter().map(|&u| -r * most.abs_diff(u) as f64);
    softmax(&logits.collect::<Vec<_>>()).map_err(|_| PrivacyError::NoChoices)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn the_widest_utilities_do_not_overflow() {
        let rng = &mut Key::new(0).rng();
        assert_eq!(choose(&[i64::MIN, i64::MAX], 1, 1024.0, rng), Ok(1));
        assert_eq!(choose(&[i64::MIN, i64::MAX], 1, 0.7, rng), Ok(1));
        assert_eq!(choose(&[], 1, 1.0, rng), Err(PrivacyError::NoChoices));
        assert_eq!(choose(&[7], 0, 1.0, rng), Err(PrivacyError::NoSensitivity));
        assert_eq!(choice_probabilities(&[3, 3], 1, 0.0), Ok(vec![0.5, 0.5]));
    }
}
