//! The reference answer to `431_mutual_information`.

pub fn mutual_information(joint: &[Vec<f64>]) -> f64 {
    let columns = joint.first().map_or(0, Vec::len);
    let px: Vec<f64> = joint.iter().map(|row| row.iter().sum()).collect();
    let py: Vec<f64> = (0..columns)
        .map(|y| joint.iter().map(|row| row[y]).sum())
        .collect();
    let mut sum = 0.0;
    for (row, px) in joint.iter().zip(&px) {
        for (p, py) in row.iter().zip(&py) {
            if *p > 0.0 {
                sum += p * (p / (px * py)).ln();
            }
        }
    }
    sum
}
