//! The reference answer to `685_gauss_newton_step`.

pub fn gauss_newton_step(r: &[f64], j: &[f64]) -> f64 {
    let slope: f64 = j.iter().zip(r).map(|(j, r)| j * r).sum();
    -slope / j.iter().map(|j| j * j).sum::<f64>()
}
