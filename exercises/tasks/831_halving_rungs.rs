//! The plan of a race. Book: *Costs*.

/// The rungs of successive halving: how many points run with which budget. The first rung has all `points` with the budget `first`. Each
/// further one has the `factor`-th part of the points of the rung before, rounded down, with `factor` times its budget. The race ends
/// before a rung without points or with a budget above `last`.
///
/// There is one point at least, `factor` is at least 2, and `first` lies between 1 and `last`.
pub fn halving_rungs(
    points: usize,
    factor: usize,
    first: usize,
    last: usize,
) -> Vec<(usize, usize)> {
    todo!("{points} {factor} {first} {last}")
}

gradus_judges::judge!(halving_rungs);
