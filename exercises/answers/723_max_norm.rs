//! The reference answer to `723_max_norm`.

pub fn max_norm(rows: &[Vec<f64>], bound: f64) -> Vec<Vec<f64>> {
    let shortened = |row: &Vec<f64>| {
        let norm = row.iter().map(|w| w * w).sum::<f64>().sqrt();
        if norm <= bound {
            row.clone()
        } else {
            row.iter().map(|w| w * (bound / norm)).collect()
        }
    };
    rows.iter().map(shortened).collect()
}
