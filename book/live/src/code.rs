//! Huffman's code of several flips of a coin at once.

use gradus_information::{InformationError, huffman_code};
use gradus_numeric::Simplex;

/// The bits per flip of Huffman's code for blocks of n flips of a coin, where heads have the probability p.
#[must_use]
pub fn code(p: f64, n: u32) -> f64 {
    bits_per_flip(p, n.clamp(1, 8)).unwrap_or(f64::NAN)
}

/// The mean number of bits for one flip if blocks of `n` flips get one word each; heads have the probability p.
fn bits_per_flip(p: f64, n: u32) -> Result<f64, InformationError> {
    let block = |s: u32| {
        (0..n)
            .map(|flip| if s >> flip & 1 == 1 { p } else { 1.0 - p })
            .product()
    };
    let blocks: Vec<f64> = (0..1_u32 << n).map(block).collect();
    let law = Simplex::from_weights(&blocks)?;
    Ok(huffman_code(&law)?.expected_length(&law)? / f64::from(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_two_have_words_of_1_2_3_and_3_bits() {
        let by_hand = (0.81 + 2.0 * 0.09 + 3.0 * 0.1) / 2.0;
        assert!((code(0.1, 1) - 1.0).abs() < 1e-15 && (code(0.1, 2) - by_hand).abs() < 1e-15);
    }
}
