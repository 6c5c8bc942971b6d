//! The grass is wet; was it the sprinkler? Book: *Bayesian networks*.

/// Two independent causes of one effect: it rains with the probability `rain`, the sprinkler runs with the probability `sprinkler`, and
/// `wet[r][s]` is the probability of wet grass if it rains (r = 1) or not (r = 0) and the sprinkler runs (s = 1) or not (s = 0).
///
/// The result: the probability that the sprinkler ran, given that the grass is wet; and the same, given that it rained as well.
/// All probabilities are positive and below 1.
pub fn explaining_away(rain: f64, sprinkler: f64, wet: [[f64; 2]; 2]) -> (f64, f64) {
    todo!("{rain:?} {sprinkler:?} {wet:?}")
}

gradus_judges::judge!(explaining_away);
