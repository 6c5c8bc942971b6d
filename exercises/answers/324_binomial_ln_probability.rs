//! The reference answer to `324_binomial_ln_probability`.

pub fn binomial_ln_probability(trials: u32, successes: u32, p: f64) -> f64 {
    let failures = trials - successes;
    let factor = |i: u32| (f64::from(failures + i) / f64::from(i)).ln();
    let ways: f64 = (1..=successes).map(factor).sum();
    let power = |n: u32, p: f64| if n == 0 { 0.0 } else { f64::from(n) * p.ln() };
    ways + power(successes, p) + power(failures, 1.0 - p)
}
