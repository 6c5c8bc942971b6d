//! The steps of elimination.

/// What elimination does next; reported by [`eliminate`](crate::eliminate) to its observer.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Step {
    /// Two rows change places, for the larger pivot.
    Swap {
        /// The row that is to be the pivot row.
        row: usize,
        /// The row below it with the largest entry in the pivot column.
        other: usize,
    },
    /// `factor` times the pivot row is subtracted from a row below it.
    Eliminate {
        /// The row that changes; its entry in column `pivot_row` becomes 0.
        row: usize,
        /// The row that is subtracted.
        pivot_row: usize,
        /// $`l_{ik} = a_{ik} / a_{kk}`$, not 0; between −1 and 1 unless rows differ by more than $`2^{30}`$ in size.
        factor: f64,
    },
    /// An unknown is found, the last one first.
    BackSubstitute {
        /// Which unknown.
        row: usize,
        /// Its value.
        value: f64,
    },
}
