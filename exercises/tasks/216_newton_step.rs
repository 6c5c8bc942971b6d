//! One step of Newton. Book: *Integrals and roots*.

/// One step of Newton's method for a root of f, from x: where the tangent crosses zero. `value` is f(x), `slope` the
/// derivative there.
pub fn newton_step(x: f64, value: f64, slope: f64) -> f64 {
    todo!("{x:?} {value:?} {slope:?}")
}

gradus_judges::judge!(newton_step);
