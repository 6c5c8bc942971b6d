//! Bayes' rule on a finite set. Book: *Bayes' rule*.

/// The posterior $`p(h \mid d) = p(d \mid h)\,p(h) / \sum_{h'} p(d \mid h')\,p(h')`$ of the hypotheses h, from their prior and
/// from the likelihood of the data d under each. Some hypothesis makes the data possible.
pub fn posterior(prior: &[f64], likelihood: &[f64]) -> Vec<f64> {
    todo!("{prior:?} {likelihood:?}")
}

gradus_judges::judge!(posterior);
