//! The reference answer to `826_steepest_pair`.

pub fn steepest_pair(scores: &[f64], places: &[f64]) -> f64 {
    let mut most = 0.0_f64;
    for i in 0..scores.len() {
        for j in 0..i {
            let (rise, run) = ((scores[i] - scores[j]).abs(), (places[i] - places[j]).abs());
            if rise > 0.0 {
                most = most.max(rise / run);
            }
        }
    }
    most
}
