//! The reference answer to `748_naive_bayes`.

pub fn naive_bayes(prior: &[f64], rates: &[Vec<f64>], features: &[bool]) -> Vec<f64> {
    let score = |(p, rates): (&f64, &Vec<f64>)| {
        let terms = rates.iter().zip(features);
        let ln = |(r, there): (&f64, &bool)| if *there { r.ln() } else { (-r).ln_1p() };
        p.ln() + terms.map(ln).sum::<f64>()
    };
    let scores: Vec<f64> = prior.iter().zip(rates).map(score).collect();
    let top = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total = top + scores.iter().map(|s| (s - top).exp()).sum::<f64>().ln();
    scores.iter().map(|s| s - total).collect()
}
