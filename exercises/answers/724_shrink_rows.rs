//! The reference answer to `724_shrink_rows`.

pub fn shrink_rows(rows: &[Vec<f64>], by: f64) -> Vec<Vec<f64>> {
    let shrink = |row: &Vec<f64>| {
        let length = row.iter().map(|w| w * w).sum::<f64>().sqrt();
        let kept = if length > by {
            (length - by) / length
        } else {
            0.0
        };
        row.iter().map(|w| w * kept).collect()
    };
    rows.iter().map(shrink).collect()
}
