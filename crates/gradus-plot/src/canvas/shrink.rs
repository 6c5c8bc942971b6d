//! Pictures with more cells than pixels.

use crate::canvas::color::Color;
use std::borrow::Cow;
use std::ops::Range;

/// Cells, `columns` in a row, averaged into at most `[rows, columns]` blocks; those that fit are as they were.
pub(crate) fn shrunk(
    columns: usize,
    cells: &[Color],
    [most_rows, most_columns]: [usize; 2],
) -> (usize, Cow<'_, [Color]>) {
    let rows = cells.len().checked_div(columns).unwrap_or(0);
    if rows <= most_rows && columns <= most_columns {
        return (columns, cells.into());
    }
    let (high, wide) = (rows.min(most_rows), columns.min(most_columns));
    let blocks = (0..high).flat_map(|i| {
        let block =
            move |j: usize| mean(cells, columns, part(i, high, rows), part(j, wide, columns));
        (0..wide).map(block)
    });
    (wide, blocks.collect())
}

/// The `i`-th of `n` parts of `0..length`, none of them empty if `n` is at most the length.
const fn part(i: usize, n: usize, length: usize) -> Range<usize> {
    i * length / n..(i + 1) * length / n
}

/// The mean color of a block.
fn mean(cells: &[Color], columns: usize, rows: Range<usize>, across: Range<usize>) -> Color {
    let count = (rows.len() * across.len()).max(1) as u64;
    let block = rows.flat_map(|i| &cells[i * columns + across.start..i * columns + across.end]);
    let sum = block.fold([0_u64; 3], |sum, color| {
        std::array::from_fn(|c| sum[c] + u64::from(color[c]))
    });
    sum.map(|sum| u8::try_from((sum + count / 2) / count).unwrap_or(u8::MAX)) // a mean of bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_have_their_mean_color() {
        let cells: Vec<Color> = [0, 10, 20, 30, 40, 50, 60, 70]
            .map(|gray| [gray; 3])
            .to_vec();
        let (columns, small) = shrunk(4, &cells, [1, 2]);
        assert_eq!((columns, &small[..]), (2, &[[25; 3], [45; 3]][..]));
        let (columns, same) = shrunk(4, &cells, [2, 4]);
        assert_eq!((columns, &same[..]), (4, &cells[..]));
        let (columns, uneven) = shrunk(4, &cells, [2, 3]);
        assert_eq!(columns, 3);
        assert_eq!(uneven[..3], [[0; 3], [10; 3], [25; 3]]);
    }
}
