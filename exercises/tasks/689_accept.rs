//! Uphill, now and then. Book: *Minima without derivatives*.

/// With which probability Metropolis' rule accepts a move that changes the value by `change`, at a positive temperature:
/// $`\min(1, e^{-\Delta / T})`$.
pub fn accept(change: f64, temperature: f64) -> f64 {
    todo!("{change} {temperature}")
}

gradus_judges::judge!(accept);
