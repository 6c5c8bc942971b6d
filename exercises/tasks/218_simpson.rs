//! An area from parabolas. Book: *Integrals and roots*.

/// Simpson's rule for the integral of f from a to b, cut into an even number n of equal pieces of the width h:
/// $`\frac{h}{3} (f_0 + 4 f_1 + 2 f_2 + 4 f_3 + \dots + 4 f_{n - 1} + f_n)`$.
pub fn simpson(f: &dyn Fn(f64) -> f64, a: f64, b: f64, n: usize) -> f64 {
    todo!("{} {a} {b} {n}", f(a))
}

gradus_judges::judge!(simpson);
