//! An anchor between two others. Book: *Embeddings*.

/// The gradient of the triplet loss $`\max(0,\ \lVert a - p \rVert - \lVert a - n \rVert + m)`$ by the anchor a, with the margin m.
///
/// p belongs to the anchor and n does not. All have one length, and neither distance is 0. 0 everywhere if the loss is 0.
pub fn triplet_gradient(a: &[f64], p: &[f64], n: &[f64], margin: f64) -> Vec<f64> {
    todo!("{a:?} {p:?} {n:?} {margin}")
}

gradus_judges::judge!(triplet_gradient);
