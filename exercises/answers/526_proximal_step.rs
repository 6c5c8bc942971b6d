//! The reference answer to `526_proximal_step`.

pub fn proximal_step(w: &[f64], gradient: &[f64], rate: f64, lambda: f64) -> Vec<f64> {
    let shrink = |w: f64| w.signum() * (w.abs() - rate * lambda).max(0.0);
    let moved = w.iter().zip(gradient).map(|(w, g)| w - rate * g);
    moved.map(shrink).collect()
}
