//! The reference answer to `531_f1`.

pub fn f1(tp: usize, fp: usize, missed: usize) -> f64 {
    let all = 2 * tp + fp + missed;
    if all == 0 {
        0.0
    } else {
        2.0 * tp as f64 / all as f64
    }
}
