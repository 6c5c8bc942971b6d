//! The shortest prefix code, and one that is easy to write down.

use super::prefix_code::PrefixCode;
use crate::error::InformationError;
use gradus_numeric::{Simplex, argmax, binary_exponent};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Huffman's code: of all prefix codes one with the smallest expected length.
///
/// ```math
/// \frac{H(p)}{\ln 2} \le L = \sum_i p_i l_i < \frac{H(p)}{\ln 2} + 1
/// ```
///
/// The two unlikeliest outcomes get words that differ in the last bit only, and count as one outcome from then on; so on until
/// one is left.
///
/// # Shapes
///
/// `p: n`; the code has n words.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`H \le L < H + 1`$ in bits, equal for powers of ½; $`L = H + 1`$ at most with impossible outcomes | `huffman_codes_lie_within_a_bit_of_entropy` |
/// | no longer than [`shannon_code`], or than any other prefix code | `no_prefix_code_is_shorter_than_huffmans` |
/// | the words use all numbers: Kraft's sum is 1 | `huffman_codes_are_complete` |
///
/// # Errors
///
/// None in practice: every distribution has a code. Impossible outcomes have words, too, and a single outcome has the empty word.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, huffman_code};
///
/// let race = Simplex::new(vec![0.5, 0.25, 0.125, 0.125])?;
/// let code = huffman_code(&race)?;
/// assert_eq!(code.expected_length(&race)?, 1.75); // bits, the entropy
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// D. A. Huffman, *A method for the construction of minimum-redundancy codes*, Proc. IRE 40 (1952), 1098–1101.
pub fn huffman_code(p: &Simplex) -> Result<PrefixCode, InformationError> {
    let n = p.len();
    // numbers that are not negative have the order of their bits
    let leaves = p
        .as_slice()
        .iter()
        .zip(0..)
        .map(|(p, node)| Reverse(((p + 0.0).to_bits(), node)));
    let mut heap: BinaryHeap<_> = leaves.collect();
    let mut parent = vec![0; 2 * n - 1];
    for node in n..2 * n - 1 {
        if let (Some(Reverse((a, left))), Some(Reverse((b, right)))) = (heap.pop(), heap.pop()) {
            (parent[left], parent[right]) = (node, node);
            heap.push(Reverse((
                (f64::from_bits(a) + f64::from_bits(b)).to_bits(),
                node,
            )));
        }
    }
    let mut depth = vec![0_usize; 2 * n - 1]; // the root is the last
    for node in (0..2 * n - 2).rev() {
        depth[node] = depth[parent[node]] + 1;
    }
    PrefixCode::from_lengths(&depth[..n])
}

/// Shannon's code: words of length $`\lceil -\log_2 p_i \rceil`$.
///
/// Longer than [`huffman_code`], but each word can be written down without a look at the others, and it is never more than a bit longer than
/// the surprise of its outcome.
///
/// # Shapes
///
/// `p: n`; the code has n words.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`-\log_2 p_i \le l_i < -\log_2 p_i + 1`$ | `shannon_words_are_as_long_as_their_surprise` |
///
/// # Numerics
///
/// Lengths are exact. Where rounding makes the probabilities sum to more than 1 (½, ½ and 1e-20), they may violate Kraft's inequality;
/// the likeliest outcome then gets a bit more.
///
/// # Errors
///
/// [`InformationError::Impossible`] for the first outcome of probability 0: its word would have no end.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, shannon_code};
///
/// let code = shannon_code(&Simplex::new(vec![0.75, 0.25])?)?;
/// assert_eq!(code.words(), [vec![false], vec![true, false]]); // ⌈0.42⌉ = 1 bit, 2 bits
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// C. E. Shannon, *A mathematical theory of communication*, Bell Syst. Tech. J. 27 (1948), §9.
pub fn shannon_code(p: &Simplex) -> Result<PrefixCode, InformationError> {
    if let Some(outcome) = p.as_slice().iter().position(|p| *p == 0.0) {
        return Err(InformationError::Impossible { outcome });
    }
    let mut lengths: Vec<_> = p.as_slice().iter().map(|p| surprise_in_bits(*p)).collect();
    PrefixCode::from_lengths(&lengths).or_else(|_| {
        // rounded probabilities sum to a little more than 1
        lengths[argmax(p.as_slice())?] += 1;
        PrefixCode::from_lengths(&lengths)
    })
}

/// The smallest l with $`2^{-l} \le p`$.
fn surprise_in_bits(p: f64) -> usize {
    let mut length = (1 - binary_exponent(p)).max(0); // near it, whatever the convention for the exponent
    while length > 0 && 0.5_f64.powi(length - 1) <= p {
        length -= 1;
    }
    while 0.5_f64.powi(length) > p {
        length += 1;
    }
    length.unsigned_abs() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_cover_and_thomas() {
        // example 5.6.1: lengths 2, 2, 2, 3, 3
        let p = Simplex::new(vec![0.25, 0.25, 0.2, 0.15, 0.15]).unwrap();
        let code = huffman_code(&p).unwrap();
        let lengths: Vec<_> = code.words().iter().map(Vec::len).collect();
        assert_eq!(lengths, [2, 2, 2, 3, 3]);
        assert!((code.expected_length(&p).unwrap() - 2.3).abs() < 1e-15);
    }

    #[test]
    fn one_outcome_and_impossible_ones() {
        let sure = Simplex::new(vec![1.0]).unwrap();
        assert_eq!(huffman_code(&sure).unwrap().words(), [vec![]]);
        assert_eq!(shannon_code(&sure).unwrap().words(), [vec![]]);
        let p = Simplex::new(vec![0.0, 1.0]).unwrap();
        assert_eq!(
            shannon_code(&p),
            Err(InformationError::Impossible { outcome: 0 })
        );
        assert_eq!(huffman_code(&p).unwrap().words()[1].len(), 1);
        let rounded = Simplex::new(vec![0.5, 0.5, 1e-20]).unwrap();
        assert_eq!(shannon_code(&rounded).unwrap().words().len(), 3);
        assert_eq!(surprise_in_bits(5e-324), 1074);
        assert_eq!([0.5, 0.5000001, 0.4999999].map(surprise_in_bits), [1, 1, 2]);
    }
}
