//! The reference answer to `231_dual_product`.

pub fn dual_product(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0, a.0 * b.1 + a.1 * b.0)
}
