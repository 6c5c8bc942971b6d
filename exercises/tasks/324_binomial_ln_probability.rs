//! So many successes among so many trials. Book: *Distributions with a name*.

/// The logarithm of the binomial probability $`\binom{n}{k} p^k (1 - p)^{n - k}`$ of k successes among n trials, $`k \le n`$: a number for some thousand trials, too,
/// and $`-\infty`$ for what cannot happen.
pub fn binomial_ln_probability(trials: u32, successes: u32, p: f64) -> f64 {
    todo!("{trials} {successes} {p}")
}

gradus_judges::judge!(binomial_ln_probability);
