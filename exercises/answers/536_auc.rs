//! The reference answer to `536_auc`.

pub fn auc(positive: &[f64], negative: &[f64]) -> f64 {
    let mut wins = 0.0;
    for p in positive {
        for n in negative {
            if p > n {
                wins += 1.0;
            } else if p == n {
                wins += 0.5;
            }
        }
    }
    wins / (positive.len() * negative.len()) as f64
}
