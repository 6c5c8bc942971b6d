//! Tails at points so near an end of the support that they are smaller than any normal number.
//!
//! There the smaller tail is a power of the distance t from the end, $`F(t) = F(t_0) \, (t / t_0)^s`$ with the shape s at the end, for
//! the other factors of the density are seen as constant. From the smallest normal number $`t_0`$ on nothing else is needed but
//! $`e = s \ln(t / t_0)`$, of which the logarithm of t has all digits where t has none. For a small shape much of the mass lies there.

/// $`s \ln(t / t_0)`$ from $`\ln t`$.
pub(super) fn exponent(shape: f64, ln_t: f64, anchor: f64) -> f64 {
    shape * (ln_t - anchor.ln())
}

/// Both tails from those at the anchor: $`F_0 e^e`$ and $`(1 - F_0) + F_0 (1 - e^e)`$, a sum of positive terms.
pub(super) fn tails((p, q): (f64, f64), exponent: f64) -> (f64, f64) {
    if exponent == f64::NEG_INFINITY {
        return (0.0, 1.0); // the end itself: rounded parts may not sum to one
    }
    (p * exponent.exp(), (q - p * exponent.exp_m1()).min(1.0))
}

/// The logarithms of both tails from those at the anchor.
pub(super) fn ln_tails((ln_p, ln_q): (f64, f64), exponent: f64) -> (f64, f64) {
    let (p, q) = tails((ln_p.exp(), ln_q.exp()), exponent);
    let ln_q = if p <= q { (-p).ln_1p() } else { q.ln() };
    (ln_p + exponent, ln_q)
}

/// $`\ln(t / t_0)`$ of the point with the tails p and q, from those at the anchor.
pub(super) fn ln_at_tails(shape: f64, anchor: (f64, f64), p: f64, q: f64) -> f64 {
    let exponent = if p <= q {
        p.ln() - anchor.0.ln()
    } else {
        ((anchor.1 - q) / anchor.0).ln_1p()
    };
    exponent / shape
}

/// $`t_0`$, where no other factor of the density is steep.
pub(super) const ANCHOR: f64 = f64::MIN_POSITIVE;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_root_near_zero() {
        // F(t) = √t
        let anchor = (ANCHOR.sqrt(), 1.0);
        let ln_t = ANCHOR.ln() - 100.0;
        let (p, q) = tails(anchor, exponent(0.5, ln_t, ANCHOR));
        assert!((p / (0.5 * ln_t).exp() - 1.0).abs() < 1e-13 && q == 1.0);
        let found = ln_at_tails(0.5, anchor, p, q);
        assert!((found + 100.0).abs() < 1e-12);
        assert!(ln_at_tails(0.5, anchor, 0.5, 0.5) > 0.0);
    }

    #[test]
    fn the_end_itself_has_nothing_below() {
        // these add up to 1 − ε
        let anchor = (0.987_317_1, 0.012_682_899_999_999_9);
        assert_eq!(tails(anchor, f64::NEG_INFINITY), (0.0, 1.0));
        let (ln_p, ln_q) = ln_tails((anchor.0.ln(), anchor.1.ln()), f64::NEG_INFINITY);
        assert!(ln_p == f64::NEG_INFINITY && ln_q == 0.0);
    }

    #[test]
    fn nearly_all_mass_is_there() {
        let anchor = (1.0 - 1e-10, 1e-10);
        let (p, q) = tails(anchor, -1e-12);
        assert!((q / 1.01e-10 - 1.0).abs() < 1e-12 && (p + q - 1.0).abs() < 1e-15);
        assert!((ln_tails((-1e-10, 1e-10_f64.ln()), -1e-12).1 / q.ln() - 1.0).abs() < 1e-12);
    }
}
