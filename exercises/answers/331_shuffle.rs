//! The reference answer to `331_shuffle`.

pub fn shuffle(picks: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..picks.len()).collect();
    for i in (1..picks.len()).rev() {
        order.swap(i, picks[i]);
    }
    order
}
