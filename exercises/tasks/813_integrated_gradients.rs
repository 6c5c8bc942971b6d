//! Shares along a way. Book: *Explanations*.

/// Integrated gradients: $`(x_i - b_i) \int_0^1 \partial_i f(b + t (x - b))\, dt`$, by the midpoint rule with `steps` steps, that is the mean of
/// the gradients at $`t = \frac{k + 1/2}{m}`$, $`k = 0, \dots, m - 1`$. `gradient` is that of f, and b the baseline.
pub fn integrated_gradients(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    baseline: &[f64],
    steps: usize,
) -> Vec<f64> {
    todo!("{:?} {x:?} {baseline:?} {steps}", gradient(x))
}

gradus_judges::judge!(integrated_gradients);
