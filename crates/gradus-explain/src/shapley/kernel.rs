//! Shapley values by weighted least squares: Kernel SHAP.

use crate::error::ExplainError;
use crate::shapley::coalitions::Value;
use crate::shapley::exact::{players, size};
use gradus_linalg::least_squares;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_numeric::MatrixRef;
use gradus_random::rand::Rng;
use gradus_random::{permutation, uniform};

/// Shapley values of a game by weighted least squares over all coalitions.
///
/// ```math
/// \min_\phi \sum_{\emptyset \ne S \ne N} \frac{n - 1}{\binom{n}{\lvert S\rvert} \lvert S\rvert (n - \lvert S\rvert)}
/// \Bigl(v(S) - v(\emptyset) - \sum_{i \in S} \phi_i\Bigr)^2, \qquad \sum_i \phi_i = v(N) - v(\emptyset)
/// ```
///
/// The additive game that is nearest to $`v`$, by these weights, has the Shapley values as its terms. So the sum over orders is
/// a regression, and a regression can be had from a part of the coalitions: [`kernel_shap`].
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is [`shapley`](crate::shapley) | `the_kernel_over_all_coalitions_is_exact` |
///
/// # Errors
///
/// As [`shapley`](crate::shapley), and [`ExplainError::Linalg`].
///
/// # Examples
///
/// ```
/// use gradus_explain::shapley_kernel;
///
/// let game = [0.0, 1.0, 2.0, 5.0]; // (1 + 3) / 2 and (2 + 4) / 2
/// let shares = shapley_kernel(&game)?;
/// assert!((shares[0] - 2.0).abs() < 1e-15 && (shares[1] - 3.0).abs() < 1e-15);
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// A. Charnes, B. Golany, M. Keane and J. Rousseau, *Extremal principle solutions of games in characteristic function form*,
/// Econometrics of Planning and Efficiency (1988), 123–133; S. M. Lundberg and S.-I. Lee, *A unified approach to interpreting
/// model predictions*, NIPS 2017, theorem 2.
pub fn shapley_kernel(game: &[f64]) -> Result<Vec<f64>, ExplainError> {
    let n = players(game)?;
    let (first, last) = (game[0], game[game.len() - 1]); // a game has two values at least
    let row = |s: usize| Row {
        known: (0..n).map(|i| s >> i & 1 == 1).collect(),
        value: game[s] - first,
        weight: kernel(n, size(s)),
    };
    regression(n, (1..game.len() - 1).map(row), last - first)
}

/// Shapley values of a prediction from some of the coalitions: Kernel SHAP.
///
/// The coalitions of fewest and of most features have the largest weights: those of one size are all taken as long as
/// `coalitions` suffices, beginning at both ends. What is left of the number is drawn from the other sizes by their weights, each
/// together with its complement, which removes half of the error (Covert and Lee 2021). All $`2^n - 2`$ coalitions give the exact
/// values.
///
/// # Shapes
///
/// `x: n`, `background: n × m`, one sample a column; the result has $`n`$ values. `f` is evaluated $`m`$ times a coalition.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the values sum to $`f(x)`$ less the mean prediction of the background, whatever the coalitions | `kernel_shap_is_efficient` |
/// | with all coalitions it is exact | `kernel_shap_with_all_coalitions_is_exact` |
/// | a linear model is exact as soon as the sizes 1 and $`n - 1`$ are taken | `kernel_shap_of_a_linear_model_needs_few_coalitions` |
///
/// # Errors
///
/// As [`coalition_values`](crate::coalition_values), for any number of features below 64; [`ExplainError::TooFewDraws`] if
/// `coalitions` does not cover those of one feature and their complements; [`ExplainError::Linalg`].
///
/// # Examples
///
/// ```
/// use gradus_explain::{Key, MatrixRef, kernel_shap};
///
/// let f = |x: &[f64]| x[0] + 2.0 * x[1] * x[2];
/// let origin = MatrixRef::from_column(&[0.0, 0.0, 0.0]);
/// let shares = kernel_shap(f, &[1.0, 1.0, 1.0], origin, 6, &mut Key::new(1).rng())?;
/// assert!(shares.iter().all(|share| (share - 1.0).abs() < 1e-14));
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// Lundberg and Lee, section 4; I. Covert and S.-I. Lee, *Improving KernelSHAP: practical Shapley value estimation via linear
/// regression*, AISTATS 2021.
pub fn kernel_shap(
    f: impl Fn(&[f64]) -> f64,
    x: &[f64],
    background: MatrixRef<'_, f64>,
    coalitions: u32,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<f64>, ExplainError> {
    let v = Value::new(f, x, background)?;
    let (n, largest) = (x.len(), MOST_BITS);
    if n > largest {
        let features = n;
        return Err(ExplainError::TooManyFeatures { features, largest });
    }
    let (nothing, all) = (v.of(&|_| false)?, v.of(&|_| true)?);
    let mut rows = Vec::new();
    for (known, weight) in Plan::new(n, coalitions.into())?.coalitions(rng) {
        let value = v.of(&|i| known[i])? - nothing; // one a feature
        rows.push(Row {
            known,
            value,
            weight,
        });
    }
    regression(n, rows.into_iter(), all - nothing)
}

/// A coalition, its value above the empty one, and its weight.
struct Row {
    known: Vec<bool>,
    value: f64,
    weight: f64,
}

/// The weight of a coalition of s of n players, 0 < s < n.
fn kernel(n: usize, s: usize) -> f64 {
    of_size(n, s) / binomial(n, s)
}

/// The weight of all coalitions of size s together.
fn of_size(n: usize, s: usize) -> f64 {
    (n - 1) as f64 / (s * (n - s)) as f64
}

fn binomial(n: usize, k: usize) -> f64 {
    (0..k).fold(1.0, |ways, i| {
        (ways * (n - i) as f64 / (i + 1) as f64).round()
    })
}

/// The additive terms of smallest weighted error, with a given sum.
fn regression(
    n: usize,
    rows: impl Iterator<Item = Row>,
    sum: f64,
) -> Result<Vec<f64>, ExplainError> {
    let rows: Vec<Row> = rows.collect();
    if n == 1 {
        return Ok(vec![sum]);
    }
    // φ of the last player is what the others leave of the sum: its column is taken from the others.
    let one = |known: bool| f64::from(u8::from(known));
    let last = |row: &Row| one(row.known[n - 1]); // n flags a row
    let a = DMatrix::from_fn(rows.len(), n - 1, |r, i| {
        let row = &rows[r];
        row.weight.sqrt() * (one(row.known[i]) - last(row))
    });
    let right = |row: &Row| row.weight.sqrt() * (row.value - last(row) * sum);
    let b = DVector::from_iterator(rows.len(), rows.iter().map(right));
    let mut terms = least_squares(&a, &b)?.x.as_slice().to_vec();
    terms.push(sum - terms.iter().sum::<f64>());
    Ok(terms)
}

/// Which sizes of coalitions are taken whole, and how many pairs are drawn from the rest.
struct Plan {
    n: usize,
    /// Sizes 1, …, `whole` and their complements are taken whole.
    whole: usize,
    pairs: u64,
}

impl Plan {
    fn new(n: usize, draws: u64) -> Result<Self, ExplainError> {
        let (mut left, mut whole) = (draws, 0);
        while let Some(cost) = cost(n, whole + 1).filter(|&cost| cost <= left) {
            left -= cost;
            whole += 1;
        }
        if whole == 0 && n > 1 {
            let needed = cost(n, 1).unwrap_or(2);
            return Err(ExplainError::TooFewDraws { draws, needed });
        }
        let pairs = left / 2;
        Ok(Self { n, whole, pairs })
    }

    /// The coalitions with their weights.
    fn coalitions(&self, rng: &mut (impl Rng + ?Sized)) -> Vec<(Vec<bool>, f64)> {
        let n = self.n;
        let mut all = Vec::new();
        for s in (1..n).filter(|&s| s.min(n - s) <= self.whole) {
            let weight = kernel(n, s);
            all.extend(choices(n, s).into_iter().map(|known| (known, weight)));
        }
        let rest: Vec<usize> = (self.whole + 1..n.saturating_sub(self.whole)).collect();
        let total: f64 = rest.iter().map(|&s| of_size(n, s)).sum();
        // A drawn coalition stands for its share of all that the drawn ones stand for.
        let weight = total / (2 * self.pairs) as f64;
        if !rest.is_empty() {
            for _ in 0..self.pairs {
                let known = self.draw(&rest, total, rng);
                let complement = known.iter().map(|known| !known).collect();
                all.extend([(known, weight), (complement, weight)]);
            }
        }
        all
    }

    /// A coalition of a random size, by the weights of sizes.
    fn draw(&self, sizes: &[usize], total: f64, rng: &mut (impl Rng + ?Sized)) -> Vec<bool> {
        let mut u = uniform(rng) * total;
        let mut chosen = sizes[0]; // there is one
        for &s in sizes {
            chosen = s;
            u -= of_size(self.n, s);
            if u < 0.0 {
                break;
            }
        }
        let order = permutation(u32::try_from(self.n).unwrap_or(0), rng); // below 64
        let mut known = vec![false; self.n];
        for &i in &order[..chosen] {
            known[i as usize] = true;
        }
        known
    }
}

/// How many coalitions have s players or all but s, if there are some that smaller s have not.
fn cost(n: usize, s: usize) -> Option<u64> {
    let sides = match (2 * s).cmp(&n) {
        std::cmp::Ordering::Less => 2,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Greater => return None,
    };
    (0..s as u64)
        .try_fold(1_u64, |ways, i| {
            Some(ways.checked_mul(n as u64 - i)? / (i + 1))
        })
        .and_then(|ways| ways.checked_mul(sides))
}

/// All coalitions of s of n players.
fn choices(n: usize, s: usize) -> Vec<Vec<bool>> {
    if s == 0 {
        return vec![vec![false; n]];
    }
    if s == n {
        return vec![vec![true; n]];
    }
    let with = |last: bool, rest: Vec<Vec<bool>>| {
        rest.into_iter().map(move |mut known| {
            known.push(last);
            known
        })
    };
    let without = with(false, choices(n - 1, s));
    without.chain(with(true, choices(n - 1, s - 1))).collect()
}

/// Coalitions are counted with 64 bits.
const MOST_BITS: usize = 63;

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn sizes_are_taken_from_both_ends() {
        let plan = |n, draws| Plan::new(n, draws).map(|plan| (plan.whole, plan.pairs));
        assert_eq!(plan(5, 10), Ok((1, 0)));
        assert_eq!(plan(5, 13), Ok((1, 1)));
        assert_eq!(plan(5, 30), Ok((2, 0)));
        assert_eq!(plan(4, 14), Ok((2, 0)));
        let (draws, needed) = (9, 10);
        assert_eq!(plan(5, 9), Err(ExplainError::TooFewDraws { draws, needed }));
        assert_eq!(plan(1, 0), Ok((0, 0)));
    }

    #[test]
    fn weights_sum_to_that_of_all_sizes() {
        let rng = &mut Key::new(1).rng();
        for draws in [12, 20, 62] {
            let all = Plan::new(6, draws).unwrap().coalitions(rng);
            let sum: f64 = all.iter().map(|(_, weight)| weight).sum();
            let exact: f64 = (1..6).map(|s| of_size(6, s)).sum();
            // Without a draw the sizes in the middle have no weight.
            let middle: f64 = (2..5).map(|s| of_size(6, s)).sum();
            let expected = if draws == 12 { exact - middle } else { exact };
            assert!((sum - expected).abs() < 1e-13, "{draws} {sum} {expected}");
            assert_eq!(all.len() as u64, draws);
        }
        assert_eq!(choices(4, 2).len(), 6);
    }
}
