//! A derivative from two values. Book: *Derivatives*.

/// The central difference $`\frac{f(x + h) - f(x - h)}{2 h}`$: the slope of f near x, with an error of order $`h^2`$.
pub fn central_difference(f: fn(f64) -> f64, x: f64, h: f64) -> f64 {
    todo!("{f:?} {x:?} {h:?}")
}

gradus_judges::judge!(central_difference);
