//! The reference answer to `413_poisson_entropy`.

pub fn poisson_entropy(rate: f64) -> f64 {
    let last = rate + 40.0 * rate.sqrt() + 40.0; // beyond, nothing counts
    let (mut k, mut ln_p, mut entropy) = (0.0, -rate, 0.0);
    while k <= last {
        entropy -= ln_p.exp() * ln_p;
        k += 1.0;
        ln_p += (rate / k).ln();
    }
    entropy
}
