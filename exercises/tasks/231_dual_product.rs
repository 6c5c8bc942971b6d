//! The product of two dual numbers. Book: *Dual numbers*.

/// The product of the dual numbers $`a + \dot a \varepsilon`$ and $`b + \dot b \varepsilon`$, with $`\varepsilon^2 = 0`$: its value and its
/// coefficient of $`\varepsilon`$. A dual number is a pair (value, coefficient).
pub fn dual_product(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    todo!("{a:?} {b:?}")
}

gradus_judges::judge!(dual_product);
