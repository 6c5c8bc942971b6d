//! Where to look next. Book: *Bayesian search*.

/// By how much a loss, normal with this mean and deviation, undercuts the best so far on average:
/// $`(b - \mu)\, \Phi(z) + \sigma\, \varphi(z)`$ with $`z = (b - \mu) / \sigma`$.
///
/// For $`\sigma = 0`$ it is $`\max(b - \mu, 0)`$. Φ is `gradus_numeric::normal_cdf`, and $`\varphi(z) = e^{-z^2/2} / \sqrt{2 \pi}`$.
pub fn expected_improvement(mean: f64, deviation: f64, best: f64) -> f64 {
    todo!("{mean} {deviation} {best}")
}

gradus_judges::judge!(expected_improvement);
