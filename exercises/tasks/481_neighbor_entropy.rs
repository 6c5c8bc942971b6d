//! An entropy without a density. Book: *Information from neighbors*.

/// The entropy, in nats, that Kozachenko and Leonenko's estimate finds in a sample of numbers, no two of them equal:
///
/// $`\psi(n) - \psi(1) + \ln 2 + \frac1n \sum_i \ln r_i`$, where $`r_i`$ is the distance of $`x_i`$ from its nearest neighbor and
/// $`\psi(n) - \psi(1) = 1 + \frac12 + \dots + \frac1{n - 1}`$. There are at least two numbers.
pub fn neighbor_entropy(x: &[f64]) -> f64 {
    todo!("{x:?}")
}

gradus_judges::judge!(neighbor_entropy);
