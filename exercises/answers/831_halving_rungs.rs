//! The reference answer to `831_halving_rungs`.

pub fn halving_rungs(
    points: usize,
    factor: usize,
    first: usize,
    last: usize,
) -> Vec<(usize, usize)> {
    let (mut points, mut budget) = (points, first);
    let mut rungs = vec![];
    while points > 0 && budget <= last {
        rungs.push((points, budget));
        (points, budget) = (points / factor, budget * factor);
    }
    rungs
}
