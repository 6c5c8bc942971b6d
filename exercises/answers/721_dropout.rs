//! The reference answer to `721_dropout`.

pub fn dropout(x: &[f64], keep: &[bool], p: f64) -> Vec<f64> {
    let kept = |(x, keep): (&f64, &bool)| if *keep { x / (1.0 - p) } else { 0.0 };
    x.iter().zip(keep).map(kept).collect()
}
