//! The shortest code. Book: *Codes*.

/// The lengths of the words of a binary prefix code of which the mean length $`\sum_i w_i l_i / \sum_i w_i`$ is as small as
/// possible, by Huffman's method. There are at least two symbols, all with positive weights.
pub fn huffman_lengths(weights: &[f64]) -> Vec<usize> {
    todo!("{weights:?}")
}

gradus_judges::judge!(huffman_lengths);
