//! Markov chains on finite sets, Metropolis' among them.

use crate::generators::{distribution, distribution_on};
use gradus_probability::{Key, MarkovChain, ProbabilityError, Simplex};
use gradus_testkit::{at_least, cases, relative, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// A chain on these rows.
fn of(rows: &[Simplex]) -> Result<MarkovChain, ProbabilityError> {
    let rows: Vec<&[f64]> = rows.iter().map(Simplex::as_slice).collect();
    MarkovChain::new(&rows)
}

/// Chains on 1 to 6 states, with zeros and rare ways; of some there is no only stationary distribution.
fn chain() -> impl Strategy<Value = MarkovChain> {
    (1_usize..7)
        .prop_flat_map(|n| prop::collection::vec(distribution_on(n..n + 1), n))
        .prop_filter_map("rows fit", |rows| of(&rows).ok())
}

/// Chains in which every state leads to every other at once, by at least some 1 in 1000.
fn mixing() -> impl Strategy<Value = MarkovChain> {
    (2_usize..6)
        .prop_flat_map(|n| prop::collection::vec(prop::collection::vec(0.01..1.0_f64, n), n))
        .prop_filter_map("rows fit", |rows| {
            let rows: Result<Vec<_>, _> = rows.iter().map(|w| Simplex::from_weights(w)).collect();
            of(&rows.ok()?).ok()
        })
}

fn entry(chain: &MarkovChain, i: usize, j: usize) -> Result<f64, ProbabilityError> {
    Ok(chain.row(i)?.as_slice()[j])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_stationary_distribution_stays(chain in chain()) {
        match chain.stationary() {
            Ok(pi) => {
                let next = chain.step(&pi)?;
                for (a, b) in pi.as_slice().iter().zip(next.as_slice()) {
                    scaled(*a, *b, 1e-14, 1.0)?;
                }
            }
            // a part that is left with a tiny probability
            Err(error) => prop_assert!(matches!(error, ProbabilityError::NotUnique { .. } | ProbabilityError::Overflow), "{error}"),
        }
    }

    /// A birth and a death at a time: $`\pi_{i + 1} / \pi_i`$ is the quotient of both, however small.
    #[test]
    fn shares_of_a_line_of_states_are_products_of_quotients(ways in prop::collection::vec((1e-12..0.5_f64, 1e-12..0.5_f64), 1..8)) {
        let n = ways.len() + 1;
        let up = |i: usize| ways.get(i).map_or(0.0, |way| way.0);
        let down = |i: usize| if i == 0 { 0.0 } else { ways[i - 1].1 };
        let row = |i: usize| {
            let mut row = vec![0.0; n];
            row[i] = 1.0 - up(i) - down(i);
            if i + 1 < n { row[i + 1] = up(i); }
            if i > 0 { row[i - 1] = down(i); }
            row
        };
        let chain = MarkovChain::new(&(0..n).map(row).collect::<Vec<_>>())?;
        let pi = chain.stationary()?;
        for i in 0..n - 1 {
            // nothing is subtracted: the quotient has nearly all digits
            relative(pi.as_slice()[i + 1] / pi.as_slice()[i], up(i) / down(i + 1), 64.0 * EPS)?;
        }
        prop_assert!(chain.is_reversible(1e-15)?);
    }

    #[test]
    fn metropolis_on_a_finite_set_is_in_detailed_balance(target in distribution(), seed in 0_u64..1000, even in any::<bool>()) {
        let n = target.len();
        let mut rng = Key::new(seed).rng();
        let weight = |rng: &mut _| if even { 1.0 } else { gradus_random::uniform(rng) + 0.01 };
        let rows: Vec<Vec<f64>> = (0..n).map(|_| (0..n).map(|_| weight(&mut rng)).collect()).collect();
        let rows: Result<Vec<_>, _> = rows.iter().map(|w| Simplex::from_weights(w)).collect();
        let proposal = of(&rows?)?;
        let chain = MarkovChain::metropolis(&target, &proposal)?;
        let pi = target.as_slice();
        for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).filter(|(i, j)| i != j) {
            let (there, back) = (pi[i] * entry(&chain, i, j)?, pi[j] * entry(&chain, j, i)?);
            scaled(there, back, 1e-14, 1.0)?;
            prop_assert!(entry(&chain, i, j)? <= entry(&proposal, i, j)? * (1.0 + 4.0 * EPS));
        }
        let next = chain.step(&target)?;
        for (a, b) in pi.iter().zip(next.as_slice()) {
            scaled(*a, *b, 1e-14, 1.0)?;
        }
        if pi.iter().all(|p| *p > 1e-6) {
            for (a, b) in pi.iter().zip(chain.stationary()?.as_slice()) {
                relative(*a, *b, 1e-13 * n as f64)?;
            }
        }
    }

    /// In logarithms, since products of two shares may be no numbers.
    #[test]
    fn tiny_shares_keep_detailed_balance(shares in prop::collection::vec((0.1..1.0_f64, 0..300_i32), 2..5), ways in prop::collection::vec((0.1..1.0_f64, 0..300_i32), 16)) {
        let n = shares.len();
        let tiny = |(x, e): (f64, i32)| x * 10.0_f64.powi(-e);
        let target = Simplex::from_weights(&shares.iter().map(|w| tiny(*w)).collect::<Vec<_>>())?;
        let row = |i: usize| Simplex::from_weights(&(0..n).map(|j| if j == i { 1.0 } else { tiny(ways[4 * i + j]) }).collect::<Vec<_>>());
        let rows: Result<Vec<_>, _> = (0..n).map(row).collect();
        let proposal = of(&rows?)?;
        let (chain, pi) = (MarkovChain::metropolis(&target, &proposal)?, target.as_slice());
        for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).filter(|(i, j)| i != j) {
            let (there, back) = (entry(&proposal, i, j)?, entry(&proposal, j, i)?);
            let goes = there.ln().min(back.ln() + pi[j].ln() - pi[i].ln());
            // below, digits are lost with those of the number
            if goes > -700.0 && pi[i] > 1e-300 && pi[j] > 1e-300 {
                scaled(entry(&chain, i, j)?.ln(), goes, 16.0 * EPS, 1.0 + goes.abs() + 700.0)?;
            }
        }
    }

    /// As shares of a line, with ways down to the smallest numbers: two states wait for each other as long as one likes.
    #[test]
    fn rare_ways_leave_shares_their_digits(ways in prop::collection::vec((0.1..1.0_f64, 0.1..1.0_f64, 1..322_i32, -6..6_i32), 1..7)) {
        let n = ways.len() + 1;
        let rare = |x: f64, e: i32| (x * 10.0_f64.powi(-e.clamp(1, 322))).max(f64::from_bits(1));
        let ways: Vec<(f64, f64)> = ways.iter().map(|(up, down, e, more)| (rare(*up, *e), rare(*down, e + more))).collect();
        let mut rows = vec![vec![0.0; n]; n];
        for (i, (up, down)) in ways.iter().enumerate() {
            (rows[i][i + 1], rows[i + 1][i]) = (*up, *down);
        }
        for (i, row) in rows.iter_mut().enumerate() {
            row[i] = 1.0 - row.iter().sum::<f64>();
        }
        let chain = MarkovChain::new(&rows)?;
        let (pi, back) = (chain.stationary()?, chain.reversed()?);
        for (i, (up, down)) in ways.iter().enumerate() {
            relative(pi.as_slice()[i + 1] / pi.as_slice()[i], up / down, 64.0 * EPS)?;
            // reversible; the last digit of a subnormal number is a larger share of it
            let digit = 2.0 * f64::from_bits(1);
            scaled(entry(&back, i, i + 1)?, *up, 64.0 * EPS + digit / up, *up)?;
            scaled(entry(&back, i + 1, i)?, *down, 64.0 * EPS + digit / down, *down)?;
        }
    }

    /// The mean time of return to state 0, summed over the ways that avoid it: $`\operatorname{E} T = \sum_t \operatorname{P}(T > t)`$.
    #[test]
    fn shares_are_reciprocals_of_times_of_return(chain in mixing()) {
        let n = chain.states();
        let mut away: Vec<f64> = chain.row(0)?.as_slice().to_vec();
        let mut time = 1.0;
        for _ in 0..20_000 {
            away[0] = 0.0; // those are back
            time += away.iter().sum::<f64>();
            let mut next = vec![0.0; n];
            for (i, p) in away.iter().enumerate() {
                for (next, q) in next.iter_mut().zip(chain.row(i)?.as_slice()) {
                    *next += p * q;
                }
            }
            away = next;
            if away.iter().sum::<f64>() < 1e-18 {
                break;
            }
        }
        relative(1.0 / time, chain.stationary()?.as_slice()[0], 1e-12)?;
    }

    #[test]
    fn a_chain_turned_back_has_the_same_stationary_distribution(chain in mixing()) {
        let (pi, back) = (chain.stationary()?, chain.reversed()?);
        for (a, b) in pi.as_slice().iter().zip(back.stationary()?.as_slice()) {
            relative(*a, *b, 256.0 * EPS)?;
        }
        let again = back.reversed()?;
        for i in 0..chain.states() {
            for (a, b) in chain.row(i)?.as_slice().iter().zip(again.row(i)?.as_slice()) {
                relative(*a, *b, 1024.0 * EPS)?;
            }
        }
    }

    /// Some states before, which lead to a chain that never leads back, and a second such chain beside it.
    #[test]
    fn states_that_are_left_for_good_have_no_share(chain in mixing(), before in 1_usize..4, p in 0.1..0.9_f64) {
        let n = chain.states();
        let inside = |offset: usize, size: usize, i: usize| -> Result<Vec<f64>, ProbabilityError> {
            let mut row = vec![0.0; size];
            row[offset..offset + n].copy_from_slice(chain.row(i)?.as_slice());
            Ok(row)
        };
        let mut rows = Vec::new();
        for k in 0..before {
            let mut row = vec![0.0; before + n];
            row[(k + 1) % before] += p;
            row[before] += 1.0 - p;
            rows.push(row);
        }
        for i in 0..n {
            rows.push(inside(before, before + n, i)?);
        }
        let pi = MarkovChain::new(&rows)?.stationary()?;
        prop_assert!(pi.as_slice()[..before].iter().all(|p| *p == 0.0));
        let alone = chain.stationary()?;
        prop_assert_eq!(&pi.as_slice()[before..], alone.as_slice());

        let mut both = Vec::new();
        for offset in [0, n] {
            for i in 0..n {
                both.push(inside(offset, 2 * n, i)?);
            }
        }
        let (first, second) = (0, n);
        prop_assert_eq!(MarkovChain::new(&both)?.stationary(), Err(ProbabilityError::NotUnique { first, second }));
    }
}

/// Visits of states against their shares, in units of five standard deviations of independent visits, times the correlation of neighbors.
#[test]
fn a_long_walk_visits_states_with_their_stationary_shares() -> Result<(), Box<dyn std::error::Error>>
{
    let chain = MarkovChain::new(&[[0.5, 0.25, 0.25], [0.125, 0.5, 0.375], [0.25, 0.0, 0.75]])?;
    let (n, pi) = (100_000, chain.stationary()?);
    let path = chain.walk(0, n, &mut Key::new(21).rng())?;
    for (state, p) in pi.as_slice().iter().enumerate() {
        let visits = path.iter().filter(|at| **at == state).count() as f64;
        // the second eigenvalue is below 0.63, so a deviation is at most (1 + 0.63) / (1 - 0.63) < 2.1² of that of independent visits
        let deviation = 2.1 * (n as f64 * p * (1.0 - p)).sqrt();
        at_least(5.0 * deviation, (visits - n as f64 * p).abs())?;
    }
    // never from the last state to the second
    assert!(path.windows(2).all(|pair| pair != [2, 1]));
    assert_eq!(path, chain.walk(0, n, &mut Key::new(21).rng())?);
    assert!(chain.walk(3, 1, &mut Key::new(1).rng()).is_err());
    Ok(())
}
