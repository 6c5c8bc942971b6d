//! The reference answer to `643_perceptron_update`.

pub fn perceptron_update(w: &mut [f64], b: &mut f64, x: &[f64], s: f64) {
    let decision: f64 = w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + *b;
    if s * decision > 0.0 {
        return;
    }
    for (w, x) in w.iter_mut().zip(x) {
        *w += s * x;
    }
    *b += s;
}
