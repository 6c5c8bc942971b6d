//! The reference answer to `232_dual_quotient`.

pub fn dual_quotient(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    let q = a.0 / b.0;
    (q, (a.1 - q * b.1) / b.0)
}
