//! The divergence of whole orders: a sum of positive terms.

use gradus_numeric::{CompensatedSum, ln_binomial, log_sum_exp, softplus, softplus_inverse};

/// $`\rho`$ for $`0 < q < 1`$ and an order of 2 or more.
pub(crate) fn whole_order(q: f64, noise: f64, order: u32) -> f64 {
    let growth = |i: u32| f64::from(i) * (f64::from(i) - 1.0) / (2.0 * noise * noise);
    let divisor = f64::from(order) - 1.0;
    // Where no term overflows, products are more accurate than sums of logarithms, whose rounding errors grow with their
    // size.
    if growth(order) <= SMALL && order <= FEW {
        (q * q * sum(q, order, growth)).ln_1p() / divisor
    } else {
        softplus(ln_sum(q, order, growth)) / divisor // ln(1 + e^x)
    }
}

/// $`\sum_{i \ge 2} \binom{\alpha}{i} q^{i-2} (1 - q)^{\alpha - i} (e^{g_i} - 1)`$
fn sum(q: f64, order: u32, growth: impl Fn(u32) -> f64) -> f64 {
    let ln_rest = (-q).ln_1p();
    let (mut binomial, mut sum) = (f64::from(order), CompensatedSum::default());
    for i in 2..=order {
        binomial *= f64::from(order - i + 1) / f64::from(i);
        let rest = (f64::from(order - i) * ln_rest).exp();
        sum.add(binomial * q.powf(f64::from(i) - 2.0) * rest * growth(i).exp_m1());
    }
    sum.value()
}

/// The logarithm of the sum from 2 on, with $`q^i`$.
fn ln_sum(q: f64, order: u32, growth: impl Fn(u32) -> f64) -> f64 {
    let (ln_q, ln_rest) = (q.ln(), (-q).ln_1p());
    let term = |i: u32| {
        let power = f64::from(i) * ln_q + f64::from(order - i) * ln_rest;
        ln_binomial(order.into(), i.into()) + power + softplus_inverse(growth(i))
    };
    log_sum_exp(&(2..=order).map(term).collect::<Vec<_>>())
}

/// e³⁰⁰ times a binomial coefficient of a few hundred does not overflow.
const SMALL: f64 = 300.0;
/// Up to this order binomial coefficients are below 10¹⁵⁴.
const FEW: u32 = 512;
