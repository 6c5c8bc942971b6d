//! The reference answer to `713_two_layer_gradient`.

pub fn two_layer_gradient(w: &[Vec<f64>], v: &[f64], x: &[f64], y: f64) -> Vec<f64> {
    let sum = |row: &Vec<f64>| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
    let h: Vec<f64> = w.iter().map(|row| sum(row).tanh()).collect();
    let p: f64 = v.iter().zip(&h).map(|(v, h)| v * h).sum();
    let delta = 2.0 * (p - y);
    let mut gradient = Vec::new();
    for (v, h) in v.iter().zip(&h) {
        let hidden = delta * v * (1.0 - h * h);
        gradient.extend(x.iter().map(|x| hidden * x));
    }
    gradient.extend(h.iter().map(|h| delta * h));
    gradient
}
