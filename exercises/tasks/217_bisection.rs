//! A root between two signs. Book: *Integrals and roots*.

/// A root of f between a < b, where f is continuous and has values of opposite signs at a and b: the interval is halved
/// until no number lies inside, however small the values of f and the root are.
pub fn bisection(f: &dyn Fn(f64) -> f64, a: f64, b: f64) -> f64 {
    todo!("{} {a} {b}", f(a))
}

gradus_judges::judge!(bisection);
