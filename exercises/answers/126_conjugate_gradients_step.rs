//! The reference answer to `126_conjugate_gradients_step`.

pub fn conjugate_gradients_step(
    a: &[Vec<f64>],
    x: &[f64],
    r: &[f64],
    p: &[f64],
) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let dot = |u: &[f64], v: &[f64]| -> f64 { u.iter().zip(v).map(|(u, v)| u * v).sum() };
    let plus = |u: &[f64], s: f64, v: &[f64]| -> Vec<f64> {
        u.iter().zip(v).map(|(u, v)| u + s * v).collect()
    };
    let ap: Vec<f64> = a.iter().map(|row| dot(row, p)).collect();
    let alpha = dot(r, r) / dot(p, &ap);
    let next = plus(r, -alpha, &ap);
    let beta = dot(&next, &next) / dot(r, r);
    (plus(x, alpha, p), next.clone(), plus(&next, beta, p))
}
