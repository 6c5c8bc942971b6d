//! Tails of families whose masses have simple ratios.

/// $`\ln \bigl( t_0 (1 + r_0 + r_0 r_1 + \dots) \bigr)`$, at most 0: a tail from its first mass $`t_0`$ and the ratios $`r_i = t_{i + 1} / t_i`$ of
/// the `others` that follow.
///
/// It ends where all that follow, were they as large as the present one, would be lost in rounding.
pub(super) fn ln_sum_of_ratios(ln_first: f64, others: u64, ratio: impl Fn(u64) -> f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for i in 0..others {
        term *= ratio(i);
        sum += term;
        if term * (others - i) as f64 <= 0.25 * f64::EPSILON * sum {
            break;
        }
    }
    let ln = ln_first + f64::ln(sum);
    if ln > 0.0 { 0.0 } else { ln } // by rounding; what is no number stays none
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_geometric_tail() {
        assert!((ln_sum_of_ratios(0.5_f64.ln(), 1000, |_| 0.5)).abs() < 1e-15);
        assert_eq!(ln_sum_of_ratios(-7.0, 0, |_| 0.5), -7.0);
        // rising and falling: 1 + 3 + 3 + 1
        let rows = [3.0, 1.0, 1.0 / 3.0];
        assert!(ln_sum_of_ratios(f64::NAN, 3, |_| 0.5).is_nan());
        let sum = ln_sum_of_ratios(-9.0, 3, |i| rows[usize::try_from(i).unwrap()]);
        assert!((sum - (8.0_f64.ln() - 9.0)).abs() < 1e-15);
    }
}
