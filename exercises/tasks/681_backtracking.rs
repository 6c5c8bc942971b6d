//! A step that is short enough. Book: *Line search*.

/// The first of the lengths t = 1, ½, ¼, … for which $`\varphi(t) \le \varphi(0) + c\,t\,\varphi'(0)`$ (Armijo's condition): `phi` is the objective
/// along a direction, `slope` its derivative at 0, which is negative, and c lies between 0 and 1.
pub fn backtracking(phi: &dyn Fn(f64) -> f64, slope: f64, c: f64) -> f64 {
    todo!("{} {slope} {c}", phi(0.0))
}

gradus_judges::judge!(backtracking);
