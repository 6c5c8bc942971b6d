//! The area below a bell curve. Book: *The normal law and the gamma function*.

/// $`\Phi(x)`$, the probability that a standard normal number is at most x, within 1e-14 for x between -6 and 6, by the series
///
/// $`\Phi(x) = \frac12 + \varphi(x) \left( x + \frac{x^3}{3} + \frac{x^5}{3 \cdot 5} + \frac{x^7}{3 \cdot 5 \cdot 7} + \dots \right)`$
/// with $`\varphi(x) = e^{-x^2 / 2} / \sqrt{2 \pi}`$.
pub fn normal_cdf(x: f64) -> f64 {
    todo!("{x:?}")
}

gradus_judges::judge!(normal_cdf);
