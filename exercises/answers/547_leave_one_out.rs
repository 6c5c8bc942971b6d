//! The reference answer to `547_leave_one_out`.

pub fn leave_one_out(y: &[f64]) -> f64 {
    let n = y.len() as f64;
    let sum: f64 = y.iter().sum();
    let squares = y.iter().map(|y| {
        let error = y - (sum - y) / (n - 1.0);
        error * error
    });
    squares.sum::<f64>() / n
}
