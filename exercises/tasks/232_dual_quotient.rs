//! The quotient of two dual numbers. Book: *Dual numbers*.

/// The quotient of the dual numbers $`a + \dot a \varepsilon`$ and $`b + \dot b \varepsilon`$ with $`b \ne 0`$, as a pair
/// (value, coefficient).
pub fn dual_quotient(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    todo!("{a:?} {b:?}")
}

gradus_judges::judge!(dual_quotient);
