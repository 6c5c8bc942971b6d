//! What a die will show next. Book: *Counts of many outcomes*.

/// The probabilities of the next outcome after `counts` of each outcome were seen, where the prior is Dirichlet's law with these
/// `concentrations`: the mean of the posterior.
pub fn dirichlet_mean(concentrations: &[f64], counts: &[u32]) -> Vec<f64> {
    todo!("{concentrations:?} {counts:?}")
}

gradus_judges::judge!(dirichlet_mean);
