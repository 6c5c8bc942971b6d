//! The distribution of the largest distance between a sample and its law.

use crate::contract::discrete::Discrete;
use crate::error::ProbabilityError;
use crate::families::discrete::binomial::binomial_ln_pmf;
use crate::families::discrete::poisson::Poisson;
use std::f64::consts::PI;

/// $`\operatorname{P}(D_n \ge d)`$ for $`D_n = \sup_x \lvert \hat F(x) - F(x) \rvert`$ of n draws from a continuous F, which it does not
/// depend on.
pub(super) fn reaching(n: u64, d: f64) -> Result<f64, ProbabilityError> {
    let size = n as f64;
    // Twice the probability of one side: exact from ½ on, where both sides cannot happen together, and off by exp(−6nd²)
    // of itself before.
    if d >= 0.5 || size * d * d >= FAR {
        return Ok((2.0 * above_reaching(n, d)).min(1.0));
    }
    let within = if n <= EXACT {
        within(n, d)?
    } else {
        within_limit(size, d)
    };
    Ok((1.0 - within).clamp(0.0, 1.0))
}

/// $`\operatorname{P}(\sup_x (\hat F(x) - F(x)) \ge d)`$ of one side, by Birnbaum and Tingey's sum
///
/// ```math
/// \sum_{j = 0}^{\lfloor n (1 - d) \rfloor} \frac{d}{p_j} \binom nj p_j^j (1 - p_j)^{n - j}, \qquad p_j = d + \frac jn
/// ```
///
/// whose terms are all positive.
fn above_reaching(n: u64, d: f64) -> f64 {
    let size = n as f64;
    let chance = |j: u64| d + j as f64 / size;
    let possible = (0..=n).take_while(|j| chance(*j) <= 1.0);
    let term = |j: u64| d / chance(j) * binomial_ln_pmf(j, n, chance(j)).exp();
    possible.map(term).sum()
}

/// $`\operatorname{P}(D_n < d)`$ by Durbin's matrix, as Marsaglia, Tsang and Wang write it down.
///
/// Draws are a Poisson process of n time units in which n events happened. `row` holds the probabilities of how far the count of
/// events is ahead of time, as long as it stays between the lines $`d n`$ above and below; each of n steps adds a Poisson
/// number of events. The first column and the last row of the matrix leave out what crosses a line between whole times.
fn within(n: u64, d: f64) -> Result<f64, ProbabilityError> {
    let reach = n as f64 * d;
    let h = reach.floor() + 1.0 - reach;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "below √(6n) + 1"
    )]
    let start = reach.floor() as usize;
    let matrix = step(2 * start + 1, h);
    let mut row = vec![0.0; matrix.len()];
    row[start] = 1.0;
    for _ in 0..n {
        // entry (i, j) is 0 for j > i + 1
        let times = |j: usize| {
            let from = j.saturating_sub(1);
            let products = row[from..].iter().zip(&matrix[from..]);
            products.map(|(p, entries)| p * entries[j]).sum()
        };
        row = (0..row.len()).map(times).collect();
    }
    Ok(row[start] / Poisson::new(n as f64)?.pmf(n))
}

/// The matrix of one step, m × m: $`e^{-1} / (i - j + 1)!`$ but for the first column and the last row.
fn step(m: usize, h: f64) -> Vec<Vec<f64>> {
    let mut factorials = vec![1.0]; // m is below 160, and 170! finite
    for k in 1..=m {
        factorials.push(factorials[k - 1] * k as f64);
    }
    let entry = |i: usize, j: usize| {
        let power = |x: f64, k: usize| x.powi(i32::try_from(k).unwrap_or(i32::MAX));
        let crossing = match (j == 0, i + 1 == m) {
            (true, true) => 2.0 * power(h, m) - power(f64::max(2.0 * h - 1.0, 0.0), m),
            (true, false) => power(h, i + 1),
            (false, true) => power(h, m - j),
            (false, false) => 0.0,
        };
        let events = (i + 1).checked_sub(j);
        events.map_or(0.0, |k| {
            (1.0 - crossing) / factorials[k] / std::f64::consts::E
        })
    };
    (0..m)
        .map(|i| (0..m).map(|j| entry(i, j)).collect())
        .collect()
}

/// $`\operatorname{P}(D_n < d)`$ for large n: Kolmogorov's limit with Pelz and Good's terms of orders $`n^{-1/2}`$, $`n^{-1}`$,
/// $`n^{-3/2}`$.
///
/// With $`z = d \sqrt n`$ and $`a = \pi^2 (k + \tfrac12)^2`$ for k = 0, 1, …, Kolmogorov's limit is
/// $`\frac{\sqrt{2 \pi}}{z} \sum_k e^{-a / 2z^2}`$.
fn within_limit(n: f64, d: f64) -> f64 {
    let z2 = n * d * d;
    let z = z2.sqrt();
    let (mut halves, mut wholes) = ([0.0; 4], [0.0; 2]);
    for k in (0..TERMS).map(f64::from) {
        let (a, b) = ((PI * (k + 0.5)).powi(2), (PI * (k + 1.0)).powi(2));
        let (at_half, at_whole) = ((-0.5 * a / z2).exp(), (-0.5 * b / z2).exp());
        let terms = [
            1.0,
            a - z2,
            z2 * z2 * (6.0 * z2 + 2.0) + a * z2 * (2.0 * z2 - 5.0) + a * a * (1.0 - 2.0 * z2),
            z2.powi(3) * (-30.0 - 90.0 * z2)
                + a * z2 * z2 * (135.0 - 96.0 * z2)
                + a * a * z2 * (212.0 * z2 - 60.0)
                + a * a * a * (5.0 - 30.0 * z2),
        ];
        for (sum, term) in halves.iter_mut().zip(terms) {
            *sum += term * at_half;
        }
        wholes[0] += b * at_whole;
        wholes[1] += b * (3.0 * z2 - b) * at_whole;
    }
    let orders = [
        halves[0] / z,
        halves[1] / (6.0 * z.powi(4)),
        halves[2] / (72.0 * z.powi(7)) - wholes[0] / (36.0 * z.powi(3)),
        halves[3] / (6480.0 * z.powi(10)) + wholes[1] / (216.0 * z.powi(6)),
    ];
    let in_powers = |sum: f64, order: &f64| sum / n.sqrt() + order;
    (2.0 * PI).sqrt() * orders.iter().rev().fold(0.0, in_powers)
}

const FAR: f64 = 6.0; // exp(−6 · 6) is below the rounding unit
const EXACT: u64 = 1000; // n (2 √(6n))² products at most: 24 million
const TERMS: u32 = 12; // exp(−½ (12π)² / 6) is below the rounding unit

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_draw_and_two() -> Result<(), ProbabilityError> {
        // D of one draw is max(u, 1 − u)
        for (d, p) in [(0.25, 1.0), (0.5, 1.0), (0.75, 0.5), (1.0, 0.0)] {
            assert!((reaching(1, d)? - p).abs() < 1e-15);
        }
        // two draws stay closer than d to their law: u ≤ d and u ≥ ½ − d each way, area 2 (2d − ½)² from ¼ to ½
        assert!((1.0 - reaching(2, 0.375)? - 0.125).abs() < 1e-15);
        assert!((1.0 - reaching(2, 0.25)?).abs() < 1e-15);
        Ok(())
    }

    #[test]
    fn ways_to_compute_meet() -> Result<(), ProbabilityError> {
        for n in [3, 10, 100, 1000] {
            let size = n as f64;
            let d = (FAR / size).sqrt().min(0.5);
            assert!((1.0 - within(n, d)? - 2.0 * above_reaching(n, d)).abs() < 1e-12);
        }
        for z in [0.3, 0.5, 0.8, 1.2, 2.0, 2.4] {
            let d = z / 1000.0_f64.sqrt();
            assert!((within(1000, d)? - within_limit(1000.0, d)).abs() < 1e-7);
        }
        Ok(())
    }
}
