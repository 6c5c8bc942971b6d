//! Which rows learn? Book: *Embeddings as layers*.

/// The gradient of a table of `rows` rows that was looked up: sample s took row `index[s]`, and the loss changes along its output by
/// `g[s]`. What flows into a row is the sum over all samples that took it; a row that was not taken gets zeros.
///
/// There is one sample at least, and all g have one length.
pub fn embedding_gradient(rows: usize, index: &[usize], g: &[Vec<f64>]) -> Vec<Vec<f64>> {
    todo!("{rows} {index:?} {g:?}")
}

gradus_judges::judge!(embedding_gradient);
