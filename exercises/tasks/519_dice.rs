//! How far two regions overlap. Book: *Overlap of regions*.

/// The Dice loss $`1 - 2 \sum_i p_i q_i / (\sum_i p_i + \sum_i q_i)`$ of predicted probabilities p and a true region q (0 or 1 for each pixel).
///
/// Two empty regions are equal: their loss is 0.
pub fn dice(p: &[f64], q: &[f64]) -> f64 {
    todo!("{p:?} {q:?}")
}

gradus_judges::judge!(dice);
