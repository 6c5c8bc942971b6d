//! Huffman's code of several flips of a coin at once.

use gradus_information::{InformationError, huffman_code};
use gradus_numeric::Simplex;

/// The mean number of bits for one flip if blocks of `n` flips get one word each; heads have the probability p.
pub(crate) fn bits_per_flip(p: f64, n: u32) -> Result<f64, InformationError> {
    let block = |s: u32| {
        (0..n)
            .map(|flip| if s >> flip & 1 == 1 { p } else { 1.0 - p })
            .product()
    };
    let blocks: Vec<f64> = (0..1_u32 << n).map(block).collect();
    let law = Simplex::from_weights(&blocks)?;
    Ok(huffman_code(&law)?.expected_length(&law)? / f64::from(n))
}
