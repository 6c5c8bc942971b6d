//! The reference answer to `683_golden_section`.

pub fn golden_section(f: &dyn Fn(f64) -> f64, mut a: f64, mut b: f64, cuts: usize) -> (f64, f64) {
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    if cuts == 0 {
        return (a, b);
    }
    let (mut x1, mut x2) = (b - ratio * (b - a), a + ratio * (b - a));
    let (mut f1, mut f2) = (f(x1), f(x2));
    for cut in 1..=cuts {
        let left = f1 < f2;
        if left {
            (b, x2, f2) = (x2, x1, f1);
            x1 = b - ratio * (b - a);
        } else {
            (a, x1, f1) = (x1, x2, f2);
            x2 = a + ratio * (b - a);
        }
        if cut < cuts {
            if left {
                f1 = f(x1);
            } else {
                f2 = f(x2);
            }
        }
    }
    (a, b)
}
