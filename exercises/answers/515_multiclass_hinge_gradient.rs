//! The reference answer to `515_multiclass_hinge_gradient`.

pub fn multiclass_hinge_gradient(z: &[f64], y: usize) -> Vec<f64> {
    let mut gradient = vec![0.0; z.len()];
    let mut rival = usize::from(y == 0);
    for i in 0..z.len() {
        if i != y && z[i] > z[rival] {
            rival = i;
        }
    }
    if 1.0 + z[rival] - z[y] > 0.0 {
        gradient[rival] = 1.0;
        gradient[y] = -1.0;
    }
    gradient
}
