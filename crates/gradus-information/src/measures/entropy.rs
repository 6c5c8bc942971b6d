//! Entropy: how much there is to learn from a draw.

use crate::error::InformationError;
use crate::terms::{surprise, total};
use gradus_numeric::Simplex;
use gradus_probability::{Bernoulli, JointTable};
use std::f64::consts::LN_2;

/// The entropy of a distribution, in nats: how surprising a draw is on average.
///
/// ```math
/// H(p) = -\sum_{i=1}^{n} p_i \ln p_i, \qquad 0 \ln 0 = 0
/// ```
///
/// An outcome of probability $`p_i`$ is a surprise of $`-\ln p_i`$; divided by $`\ln 2`$ ([`bits`]) the mean is
/// how many yes-or-no questions a draw is worth. No code needs fewer binary digits per draw.
///
/// # Shapes
///
/// `p: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`0 \le H \le \ln n`$; 0 for a sure outcome, to the bit; $`\ln n`$ for the uniform distribution | `entropy_lies_between_zero_and_ln_n` |
/// | the order of the outcomes does not matter, impossible ones change no bit | `entropy_sees_only_the_probabilities` |
/// | grouping: $`H(p) = H(\text{groups}) + \sum_g w_g H(\text{within } g)`$ | `entropy_of_groups_adds_up` |
/// | concave: mixing adds entropy | `entropy_is_concave` |
/// | $`-\tfrac1n \ln p(x_1) \cdots p(x_n) \to H`$ for independent draws (equipartition) | `long_messages_have_the_surprise_of_entropy` |
///
/// # Numerics
///
/// A compensated sum of non-negative terms: relative error of a few ULP. The term of an outcome with more than
/// half of the probability comes from what the others have, so that rare events count fully. Never $`-0`$,
/// never NaN, never above $`\ln n`$ for $`n`$ possible outcomes.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, bits, entropy};
///
/// let p = Simplex::new(vec![0.5, 0.25, 0.125, 0.125])?;
/// assert_eq!(bits(entropy(&p)), 1.75); // ½·1 + ¼·2 + ⅛·3 + ⅛·3
/// let sure = Simplex::new(vec![0.0, 1.0])?;
/// assert_eq!(entropy(&sure), 0.0);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// T. M. Cover and J. A. Thomas, *Elements of Information Theory*, 2nd ed. (2006), eq. 2.1; C. E. Shannon,
/// *A mathematical theory of communication*, Bell Syst. Tech. J. 27 (1948), §6.
#[must_use]
#[doc(alias = "Shannon entropy")]
pub fn entropy(p: &Simplex) -> f64 {
    surprise(p.as_slice(), p.as_slice()).min(possible(p).ln()) // the last rounding may lead out of the range
}

/// How many outcomes have a probability other than 0.
fn possible(p: &Simplex) -> f64 {
    p.as_slice().iter().filter(|p| **p > 0.0).count() as f64
}

/// The entropy of a biased coin, in nats.
///
/// ```math
/// h(p) = -p \ln p - (1 - p) \ln(1 - p)
/// ```
///
/// An arch over $`[0, 1]`$: 0 at both ends, largest at $`h(\tfrac12) = \ln 2`$, one bit.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`h(p) = h(1 - p)`$ | `binary_entropy_is_symmetric` |
/// | $`4p(1-p) \le h(p) / \ln 2 \le (4p(1-p))^{1/\ln 4}`$ | `binary_entropy_lies_between_two_parabolas` |
/// | the entropy of $`(p, 1 - p)`$ | `binary_entropy_is_the_entropy_of_two_outcomes` |
///
/// # Errors
///
/// [`InformationError::NotAProbability`] unless $`0 \le p \le 1`$.
///
/// # Examples
///
/// ```
/// use gradus_information::{binary_entropy, bits};
///
/// assert_eq!(bits(binary_entropy(0.5)?), 1.0);
/// assert!((bits(binary_entropy(0.25)?) - (2.0 - 0.75 * 3.0_f64.log2())).abs() < 1e-15);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// Cover and Thomas (2006), eq. 2.5; F. Topsøe, *Bounds for entropy and divergence for distributions
/// over a two-element set*, J. Inequal. Pure Appl. Math. 2 (2001), 25.
pub fn binary_entropy(p: f64) -> Result<f64, InformationError> {
    match Bernoulli::new(p) {
        Ok(coin) => Ok(coin.entropy()),
        Err(_) => Err(InformationError::NotAProbability { value: p }),
    }
}

/// The joint entropy of two variables, in nats: how surprising a pair is on average.
///
/// ```math
/// H(X, Y) = -\sum_{x, y} p(x, y) \ln p(x, y)
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`H(X, Y) = H(X) + H(Y \mid X)`$ (chain rule) | `joint_entropy_has_the_chain_rule` |
/// | $`H(X, Y) \le H(X) + H(Y)`$, equal for independent variables | `joint_entropy_is_at_most_the_sum` |
///
/// # Examples
///
/// ```
/// use gradus_information::{JointTable, bits, joint_entropy};
///
/// let glued = JointTable::new(&[[0.5, 0.0], [0.0, 0.5]])?; // two coins that always agree
/// assert_eq!(bits(joint_entropy(&glued)), 1.0);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// Cover and Thomas (2006), eq. 2.8 and theorem 2.2.1.
#[must_use]
pub fn joint_entropy(table: &JointTable) -> f64 {
    entropy(table.joint())
}

/// The conditional entropy of Y given X, in nats: what is left to learn from Y once X is known.
///
/// ```math
/// H(Y \mid X) = \sum_x p(x) H(Y \mid X = x) = -\sum_{x, y} p(x, y) \ln \frac{p(x, y)}{p(x)}
/// ```
///
/// X are the rows of the table, Y the columns; for $`H(X \mid Y)`$ pass the
/// [transposed](JointTable::transposed) table.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`H(X, Y) = H(X) + H(Y \mid X)`$ (chain rule) | `joint_entropy_has_the_chain_rule` |
/// | 0 if X determines Y, to the bit | `a_function_of_x_has_no_entropy_given_x` |
/// | $`H(X_1, \dots, X_n) = \sum_i H(X_i \mid X_1, \dots, X_{i-1})`$ | `entropy_of_many_has_the_chain_rule` |
/// | the mean over $`x`$ of the entropies of $`p(y \mid x)`$ | `conditional_entropy_is_a_mean_of_entropies` |
/// | $`0 \le H(Y \mid X) \le H(Y)`$: knowing more never hurts on average | `conditioning_reduces_entropy` |
/// | $`H(X \mid Y) \le h(P_e) + P_e \ln(n - 1)`$ for any guess of X with error $`P_e`$ (Fano) | `fano_bounds_the_error_of_a_guess` |
///
/// # Numerics
///
/// A compensated sum of non-negative terms $`-p(x, y) (\ln p(x, y) - \ln p(x))`$; nothing cancels between them.
/// Exactly 0 where X determines Y, and never above $`H(Y)`$.
///
/// # Examples
///
/// ```
/// use gradus_information::{JointTable, bits, conditional_entropy};
///
/// // X is a coin; heads (row 1) leaves Y open, tails settles it
/// let table = JointTable::new(&[[0.5, 0.0], [0.25, 0.25]])?;
/// assert_eq!(bits(conditional_entropy(&table)), 0.5);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// Cover and Thomas (2006), eq. 2.10, theorems 2.2.1, 2.6.5 and 2.10.1.
#[must_use]
#[doc(alias = "equivocation")]
pub fn conditional_entropy(table: &JointTable) -> f64 {
    let rows = table.joint().as_slice().chunks_exact(table.shape().columns);
    let terms = rows.flat_map(|row| {
        // not the marginal of the table: that was divided by the sum of all, and would miss a row's only
        // entry by a rounding
        let px = total(row.iter().copied());
        row.iter().map(move |&p| p * surprise_within(p, px))
    });
    total(terms).min(entropy(table.marginal_y()))
}

/// $`-\ln (p / s)`$ of a part `p` of the sum `s`; 0 for the whole, and for nothing.
fn surprise_within(p: f64, s: f64) -> f64 {
    if p == 0.0 {
        0.0
    } else if p > 0.5 * s {
        -(-(s - p) / s).ln_1p() // s − p is exact
    } else {
        s.ln() - p.ln() // the quotient may overflow
    }
}

/// The perplexity of a distribution: how many equally likely outcomes are as uncertain.
///
/// ```math
/// e^{H(p)}
/// ```
///
/// A language model of perplexity 20 hesitates as if between 20 equally likely words.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`1 \le e^{H} \le n`$, to the bit; $`n`$ for the uniform distribution | `perplexity_counts_outcomes` |
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, perplexity};
///
/// assert!((perplexity(&Simplex::uniform(6)?) - 6.0).abs() < 1e-14);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// D. MacKay, *Information Theory, Inference, and Learning Algorithms* (2003), §2.4.
#[must_use]
pub fn perplexity(p: &Simplex) -> f64 {
    entropy(p).exp().min(possible(p))
}

/// Nats as bits: an entropy to the base 2.
///
/// ```math
/// 1\ \text{nat} = \frac{1}{\ln 2}\ \text{bits}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | [`nats`] is the inverse | `bits_and_nats_are_inverse` |
///
/// # Examples
///
/// ```
/// use gradus_information::bits;
///
/// assert_eq!(bits(std::f64::consts::LN_2), 1.0);
/// ```
#[must_use]
pub fn bits(nats: f64) -> f64 {
    nats / LN_2
}

/// Bits as nats.
///
/// ```math
/// 1\ \text{bit} = \ln 2\ \text{nats}
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | [`bits`] is the inverse | `bits_and_nats_are_inverse` |
///
/// # Examples
///
/// ```
/// use gradus_information::nats;
///
/// assert_eq!(nats(1.0), std::f64::consts::LN_2);
/// ```
#[must_use]
pub fn nats(bits: f64) -> f64 {
    bits * LN_2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entropy_of_a_sure_outcome_is_plus_zero() {
        for n in 1..5 {
            let mut p = vec![0.0; n];
            p[n - 1] = 1.0;
            let sure = Simplex::new(p).unwrap();
            assert_eq!(entropy(&sure).to_bits(), 0);
            assert_eq!(perplexity(&sure), 1.0);
        }
        assert_eq!(binary_entropy(0.0).unwrap().to_bits(), 0);
        assert_eq!(binary_entropy(1.0).unwrap().to_bits(), 0);
    }

    #[test]
    fn rounding_above_one_gives_no_negative_entropy() {
        let above = Simplex::new(vec![1.0 + f64::EPSILON, 0.0]).unwrap();
        assert_eq!(entropy(&above).to_bits(), 0);
    }

    #[test]
    fn a_distribution_at_the_edge_of_its_tolerance_has_an_entropy() {
        let n = 1126_u16;
        let mut p = vec![0.0; n.into()];
        p[0] = 1.0 + 4.0 * f64::from(n) * f64::EPSILON;
        let edge = Simplex::new(p.clone()).unwrap();
        assert_eq!(entropy(&edge).to_bits(), 0);
        let table = JointTable::new(&[p]).unwrap();
        assert_eq!(conditional_entropy(&table).to_bits(), 0);
    }

    #[test]
    fn a_rare_event_counts_fully() {
        // −p ln p + p − p²/2 + …, though 1 − p rounds to 1
        let p = 1e-200;
        let rare = Simplex::new(vec![1.0, p]).unwrap();
        let expected = p - p * p.ln();
        assert!((entropy(&rare) / expected - 1.0).abs() <= 2.0 * f64::EPSILON);
    }

    #[test]
    fn what_is_determined_leaves_no_entropy() {
        let table = JointTable::from_weights(&[[0.0, 0.1], [0.3, 0.0]]).unwrap();
        assert_eq!(conditional_entropy(&table).to_bits(), 0);
    }

    #[test]
    fn as_many_outcomes_as_there_are() {
        for n in 1..2000 {
            let p = perplexity(&Simplex::uniform(n).unwrap());
            assert!(p <= n as f64 && p >= n as f64 * (1.0 - 1e-14), "{n}: {p}");
        }
    }

    #[test]
    fn binary_entropy_is_of_probabilities() {
        for value in [-0.25, 1.25, f64::INFINITY] {
            let error = InformationError::NotAProbability { value };
            assert_eq!(binary_entropy(value), Err(error));
        }
        assert!(binary_entropy(f64::NAN).is_err());
    }

    #[test]
    fn a_table_of_cover_and_thomas() {
        // example 2.2.1: H(X) = 7/4, H(Y) = 2, H(X|Y) = 11/8, H(Y|X) = 13/8, H(X,Y) = 27/8 bits
        let table = JointTable::new(
            &[
                [4.0, 2.0, 1.0, 1.0],
                [2.0, 4.0, 1.0, 1.0],
                [2.0, 2.0, 2.0, 2.0],
                [8.0, 0.0, 0.0, 0.0],
            ]
            .map(|row| row.map(|k| k / 32.0)),
        )
        .unwrap(); // rows Y, columns X
        assert_eq!(bits(entropy(table.marginal_y())), 1.75);
        assert_eq!(bits(entropy(table.marginal_x())), 2.0);
        assert_eq!(bits(joint_entropy(&table)), 3.375);
        assert_eq!(bits(conditional_entropy(&table)), 1.375);
        assert_eq!(
            bits(conditional_entropy(&table.transposed().unwrap())),
            1.625
        );
    }
}
