//! The entropy of a bell of counts, however wide it is.

use gradus_numeric::CompensatedSum;

/// $`-\sum_k \operatorname{P}(X = k) \ln \operatorname{P}(X = k)`$ of a law whose masses rise to `top` and fall from there on, of this standard `deviation`,
/// between the `ends` of its support.
///
/// A wide bell needs only every h-th of its counts, with $`h`$ the largest power of two up to $`\sigma / 8`$: some 150 terms for every law. For
/// the masses themselves this is a theorem: by Poisson's summation the strided sum errs by the characteristic function at multiples of $`2 \pi / h`$,
/// and that of a sum of independent trials (binomial, hypergeometric and Poisson laws are such sums) has
///
/// ```math
/// \lvert \varphi(t) \rvert \le e^{-2 \sigma^2 \sin^2(t / 2)}, \qquad 2 \sigma^2 \sin^2 \frac{\pi}{h} \ge 2 \sigma^2 \frac{4}{h^2} \ge 512
/// ```
///
/// The terms of the entropy are as smooth; their sums agree with the full ones to the last digits (the table `entropy_of_counts`). The
/// counts that are asked are multiples of h, so that they are exact numbers where neighbors no longer are.
pub(super) fn entropy_of_bell(
    top: u64,
    deviation: f64,
    ends: (u64, u64),
    ln_mass: impl Fn(u64) -> f64,
) -> f64 {
    let h = stride(deviation);
    entropy_by_strides((top - top % h).max(ends.0), h, ends, ln_mass)
}

/// The sum over every h-th count, h times, in both directions from `start` until what is left no longer counts.
pub(super) fn entropy_by_strides(
    start: u64,
    h: u64,
    (first, last): (u64, u64),
    ln_mass: impl Fn(u64) -> f64,
) -> f64 {
    let mut sum = Surprises::default();
    let first_term = sum.add(ln_mass(start));
    for upwards in [true, false] {
        let (mut k, mut before) = (start, first_term);
        loop {
            let next = if upwards {
                k.checked_add(h).filter(|k| *k <= last)
            } else {
                k.checked_sub(h).filter(|k| *k >= first)
            };
            let Some(next) = next else { break };
            let now = sum.add(ln_mass(next));
            // Terms fall at least as fast as the last two, or nearly so: the rest is at most a geometric series.
            if now * now <= NEGLIGIBLE * sum.unlikely.value() * (before - now) {
                break;
            }
            (k, before) = (next, now);
        }
    }
    sum.entropy() * h as f64
}

/// The terms of an entropy. A mass of more than one half is that which the others leave: its logarithm may have lost its digits.
#[derive(Default)]
pub(super) struct Surprises {
    unlikely: CompensatedSum,
    masses: CompensatedSum,
    likely: bool,
}

impl Surprises {
    /// Adds a mass with this logarithm, and tells its term.
    pub(super) fn add(&mut self, ln_p: f64) -> f64 {
        let (p, term) = (ln_p.exp(), surprise(ln_p));
        if p > 0.5 {
            self.likely = true;
        } else {
            self.unlikely.add(term);
            self.masses.add(p);
        }
        term
    }

    pub(super) fn entropy(&self) -> f64 {
        let of_likely = if self.likely {
            of_complement(self.masses.value())
        } else {
            0.0
        };
        self.unlikely.value() + of_likely + 0.0 // never −0
    }
}

/// $`-(1 - q) \ln(1 - q)`$.
pub(super) fn of_complement(q: f64) -> f64 {
    -(1.0 - q) * (-q).ln_1p()
}

/// $`-p \ln p`$, from $`\ln p`$: 0 for what cannot happen, and never negative.
pub(super) fn surprise(ln_p: f64) -> f64 {
    let p = ln_p.exp();
    if p == 0.0 { 0.0 } else { p * (-ln_p).max(0.0) }
}

/// The largest power of two up to an eighth of the deviation.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive, and saturates"
)]
fn stride(deviation: f64) -> u64 {
    let most = (deviation / 8.0) as u64;
    most.checked_ilog2().map_or(1, |log| 1 << log)
}

/// A 64th of the last digit.
const NEGLIGIBLE: f64 = f64::EPSILON / 64.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strides_are_powers_of_two() {
        let strides = [0.0, 7.9, 15.9, 16.0, 1e3, 4e9].map(stride);
        assert_eq!(strides, [1, 1, 1, 2, 64, 1 << 28]);
    }

    /// $`2^{-k - 1}`$ has two bits, and what is sure has none.
    #[test]
    fn the_entropy_of_halves() {
        let ln_2 = std::f64::consts::LN_2;
        let halves = |k: u64| -ln_2 * (k + 1) as f64;
        let bits = entropy_of_bell(0, 1.4, (0, u64::MAX), halves) / ln_2;
        assert!((bits - 2.0).abs() < 1e-15, "{bits}");
        let sure = |k: u64| if k == 3 { 0.0 } else { f64::NEG_INFINITY };
        let none = entropy_of_bell(3, 0.0, (0, 9), sure);
        assert!(none == 0.0 && none.is_sign_positive());
    }
}
