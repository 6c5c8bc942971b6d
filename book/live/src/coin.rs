//! The entropy of a coin.

use gradus_information::binary_entropy;

/// The entropy in nats of a coin that shows heads with the probability p.
#[must_use]
pub fn coin(p: f64) -> f64 {
    binary_entropy(p).unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fair_coin_has_one_bit() {
        assert!((coin(0.5) - 2.0_f64.ln()).abs() < 1e-15 && coin(2.0).is_nan());
    }
}
