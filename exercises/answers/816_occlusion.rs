//! The reference answer to `816_occlusion`.

pub fn occlusion(f: &dyn Fn(&[f64]) -> f64, x: &[f64], baseline: &[f64]) -> Vec<f64> {
    let (mut covered, all) = (x.to_vec(), f(x));
    let mut falls = vec![];
    for i in 0..x.len() {
        covered[i] = baseline[i];
        falls.push(all - f(&covered));
        covered[i] = x[i];
    }
    falls
}
