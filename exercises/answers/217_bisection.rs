//! The reference answer to `217_bisection`.

pub fn bisection(f: &dyn Fn(f64) -> f64, a: f64, b: f64) -> f64 {
    let (mut a, mut b) = (a, b);
    let negative = f(a) < 0.0;
    loop {
        let middle = f64::midpoint(a, b);
        if middle <= a || middle >= b {
            return middle;
        }
        if (f(middle) < 0.0) == negative {
            a = middle;
        } else {
            b = middle;
        }
    }
}
