//! Divergences of two normal laws.

use crate::buffer::write;
use gradus_information::kl_normal;
use gradus_probability::Normal;

/// The divergence in nats of two normal laws; writes the divergence the other way round.
#[must_use]
pub fn divergence(mean_p: f64, spread_p: f64, mean_q: f64, spread_q: f64) -> f64 {
    let (Ok(p), Ok(q)) = (Normal::new(mean_p, spread_p), Normal::new(mean_q, spread_q)) else {
        return f64::NAN;
    };
    write(&[kl_normal(&q, &p)]);
    kl_normal(&p, &q)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::read;

    #[test]
    fn laws_one_deviation_apart() {
        assert!((divergence(0.0, 1.0, 1.0, 1.0) - 0.5).abs() < 1e-15);
        assert!((read(1)[0] - 0.5).abs() < 1e-15);
    }
}
