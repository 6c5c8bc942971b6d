//! Huffman's code of several flips of a coin at once.

gradus_live::export! {
    code(p: f64, n: u32) -> f64;
    coin(p: f64) -> f64;
}
