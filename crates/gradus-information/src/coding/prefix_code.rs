//! Codes in which no word begins another.

use crate::error::InformationError;
use gradus_numeric::{CompensatedSum, Simplex};
use std::collections::HashMap;
use std::iter::zip;

/// A binary prefix code: a word of bits for each outcome, of which none begins another.
///
/// ```math
/// \sum_{i=1}^{n} 2^{-l_i} \le 1
/// ```
///
/// where $`l_i`$ is the length of word i. Kraft: exactly the lengths that obey this inequality are those of a prefix code. A message
/// needs no separators.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | lengths that obey Kraft's inequality have a code, others have none | `kraft_decides_which_lengths_have_a_code` |
/// | no word begins another; what was encoded is decoded | `messages_are_decoded` |
///
/// # Numerics
///
/// Words are canonical: in the order of their lengths, and of equal lengths in the order of the outcomes, each is the smallest number
/// that is free.
///
/// # Examples
///
/// ```
/// use gradus_information::PrefixCode;
///
/// let code = PrefixCode::from_lengths(&[1, 2, 2])?; // 0, 10, 11
/// let bits = code.encode(&[2, 0, 1])?;
/// assert_eq!(bits, [true, true, false, true, false]);
/// assert_eq!(code.decode(&bits, 3)?, [2, 0, 1]);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// T. M. Cover and J. A. Thomas, *Elements of Information Theory*, 2nd ed. (2006), theorem 5.2.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrefixCode {
    words: Vec<Vec<bool>>,
    outcomes: HashMap<Vec<bool>, usize>,
}

impl PrefixCode {
    /// The canonical code with words of these lengths.
    ///
    /// # Errors
    ///
    /// [`InformationError::Kraft`] if there is none, [`InformationError::Empty`] without a word.
    pub fn from_lengths(lengths: &[usize]) -> Result<Self, InformationError> {
        if lengths.is_empty() {
            return Err(InformationError::Empty);
        }
        let mut order: Vec<_> = (0..lengths.len()).collect();
        order.sort_by_key(|i| lengths[*i]);
        let mut words = vec![Vec::new(); lengths.len()];
        let mut next = Some(Vec::new()); // the smallest number that is free, if any is
        for outcome in order {
            let mut word: Vec<bool> = next.ok_or(InformationError::Kraft)?;
            word.resize(lengths[outcome], false);
            words[outcome].clone_from(&word);
            next = successor(word);
        }
        let outcomes = words.iter().cloned().zip(0..).collect();
        Ok(Self { words, outcomes })
    }

    /// The word of each outcome.
    #[must_use]
    pub fn words(&self) -> &[Vec<bool>] {
        &self.words
    }

    /// The expected length of a word, in bits: $`\sum_i p_i l_i`$.
    ///
    /// # Errors
    ///
    /// [`InformationError::LengthMismatch`] unless there are as many outcomes as words.
    pub fn expected_length(&self, p: &Simplex) -> Result<f64, InformationError> {
        let (left, right) = (self.words.len(), p.len());
        if left != right {
            return Err(InformationError::LengthMismatch { left, right });
        }
        let terms = zip(&self.words, p.as_slice()).map(|(word, p)| p * word.len() as f64);
        Ok(terms.collect::<CompensatedSum>().value())
    }

    /// The words of a message, one after the other.
    ///
    /// # Errors
    ///
    /// [`InformationError::UnknownSymbol`] for a symbol without a word.
    pub fn encode(&self, message: &[usize]) -> Result<Vec<bool>, InformationError> {
        let mut bits = Vec::new();
        for &symbol in message {
            let unknown = InformationError::UnknownSymbol {
                symbol,
                symbols: self.words.len(),
            };
            bits.extend_from_slice(self.words.get(symbol).ok_or(unknown)?);
        }
        Ok(bits)
    }

    /// The message of so many symbols that these bits stand for.
    ///
    /// # Errors
    ///
    /// [`InformationError::NotACode`] if the bits end within a word, or go on after the last.
    pub fn decode(&self, bits: &[bool], symbols: usize) -> Result<Vec<usize>, InformationError> {
        let mut message = Vec::new();
        let (mut start, mut end) = (0, 0);
        while message.len() < symbols {
            if let Some(symbol) = self.outcomes.get(&bits[start..end]) {
                message.push(*symbol);
                start = end;
            } else if end < bits.len() {
                end += 1;
            } else {
                return Err(InformationError::NotACode { bit: bits.len() });
            }
        }
        if start == bits.len() {
            Ok(message)
        } else {
            Err(InformationError::NotACode { bit: start })
        }
    }
}

/// The next number of as many bits.
fn successor(mut word: Vec<bool>) -> Option<Vec<bool>> {
    let place = word.iter().rposition(|bit| !bit)?;
    word[place..].fill(false);
    word[place] = true;
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_without_a_code_and_bits_without_a_message() {
        assert_eq!(
            PrefixCode::from_lengths(&[1, 1, 2]),
            Err(InformationError::Kraft)
        );
        assert_eq!(
            PrefixCode::from_lengths(&[0, 5]),
            Err(InformationError::Kraft)
        );
        assert_eq!(PrefixCode::from_lengths(&[]), Err(InformationError::Empty));
        let code = PrefixCode::from_lengths(&[1, 2, 3]).unwrap(); // 111 is free
        assert_eq!(
            code.decode(&[true, true, true], 1),
            Err(InformationError::NotACode { bit: 3 })
        );
        assert_eq!(
            code.decode(&[false, false], 1),
            Err(InformationError::NotACode { bit: 1 })
        );
        assert!(code.encode(&[3]).is_err());
        let one = PrefixCode::from_lengths(&[0]).unwrap();
        assert_eq!(one.decode(&one.encode(&[0, 0]).unwrap(), 2), Ok(vec![0, 0]));
    }
}
