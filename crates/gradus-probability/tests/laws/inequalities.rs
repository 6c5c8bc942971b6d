//! What a correlation leaves, and Hölder's inequality.

use crate::generators::{largest, pair};
use gradus_probability::{correlation, covariance, expectation, variance};
use gradus_testkit::{at_most, cases, scaled};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    /// $`\min_{a, b} \operatorname{E}(Y - a X - b)^2 = (1 - \rho^2) \operatorname{Var} Y`$: a correlation of ±1 leaves nothing, any other something.
    #[test]
    fn what_the_best_line_leaves_is_told_by_the_correlation((table, x, y) in pair()) {
        let Ok(rho) = correlation(&table, &x, &y) else { return Ok(()) }; // one of both is constant
        let (px, py) = (table.marginal_x(), table.marginal_y());
        let (vx, vy) = (variance(px, &x)?, variance(py, &y)?);
        prop_assume!(vx > 1e-200 && vy > 1e-200); // squares below lose their digits
        let slope = covariance(&table, &x, &y)? / vx;
        let (mx, my) = (expectation(px, &x)?, expectation(py, &y)?);
        let squares: Vec<f64> = x.iter().flat_map(|x| y.iter().map(move |y| (y - my - slope * (x - mx)).powi(2))).collect();
        let size = (largest(&y) + slope.abs() * largest(&x)).powi(2);
        scaled(expectation(table.joint(), &squares)?, (1.0 - rho * rho) * vy, 1e-13, size)?;
    }

    #[test]
    fn hoelder_bounds_the_mixed_moment_for_any_exponent((table, x, y) in pair(), p in 1.05..12.0_f64) {
        let q = p / (p - 1.0);
        let mixed: Vec<f64> = x.iter().flat_map(|x| y.iter().map(move |y| (x * y).abs())).collect();
        let power = |x: &[f64], p: f64| -> Vec<f64> { x.iter().map(|x| x.abs().powf(p)).collect() };
        let xp = expectation(table.marginal_x(), &power(&x, p))?.powf(1.0 / p);
        let yq = expectation(table.marginal_y(), &power(&y, q))?.powf(1.0 / q);
        // numbers whose power underflows, to the power of up to 21, are below 1e-14 of the others
        let underflow = 1e-14 * (1.0 + largest(&x)) * (1.0 + largest(&y));
        at_most(expectation(table.joint(), &mixed)?, xp * yq * (1.0 + 64.0 * f64::EPSILON) + underflow)?;
    }
}
