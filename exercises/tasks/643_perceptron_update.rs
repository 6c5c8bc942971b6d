//! Learning from a mistake. Book: *The perceptron*.

/// One look at a sample: if $`s\,(w \cdot x + b) \le 0`$, adds $`s\, x`$ to w and s to b; otherwise changes nothing.
///
/// s is 1 or -1, the side on which x belongs; w and x have one length.
pub fn perceptron_update(w: &mut [f64], b: &mut f64, x: &[f64], s: f64) {
    todo!("{w:?} {b:?} {x:?} {s}")
}

gradus_judges::judge!(perceptron_update);
