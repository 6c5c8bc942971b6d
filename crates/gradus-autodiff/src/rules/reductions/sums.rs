//! Sums that keep their digits, whatever the number of terms: the reductions of all rules.

use gradus_numeric::{MatrixRef, Order, Real, vectorized};
use std::iter::zip;

/// $`\sum_k f(x_k, y_k)`$ over the shorter of two slices.
///
/// Eight terms of a lane are added in a tree (three roundings at most), and the tree joins a compensated sum: per
/// vector that costs 1.4 additions instead of one, in a loop that mostly waits for memory. For any length an
/// error of $`6 u`$ of the sum of the absolute terms remains, three units in the last place, where adding term
/// after term has an error in proportion to their number.
#[inline(always)]
pub(crate) fn sum_of<T: Real>(x: &[T], y: &[T], f: impl Fn(T, T) -> T) -> T {
    #[inline(always)]
    fn body<T: Real>(x: &[T], y: &[T], f: impl Fn(T, T) -> T) -> T {
        let n = x.len().min(y.len());
        let (x, y) = (&x[..n], &y[..n]);
        let mut lanes = [Careful::zero(); LANES];
        let ((trees, x), (others, y)) = (x.as_chunks::<TREE>(), y.as_chunks::<TREE>());
        for (x, y) in zip(trees, others) {
            for (l, lane) in lanes.iter_mut().enumerate() {
                let term = |k: usize| f(x[k * LANES + l], y[k * LANES + l]); // k < 8, l < LANES
                let left = (term(0) + term(1)) + (term(2) + term(3));
                lane.add(left + ((term(4) + term(5)) + (term(6) + term(7))));
            }
        }
        let ((rows, x), (others, y)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
        for (x, y) in zip(rows, others) {
            for (lane, (&x, &y)) in zip(&mut lanes, zip(x, y)) {
                lane.add(f(x, y));
            }
        }
        for (lane, (&x, &y)) in zip(&mut lanes, zip(x, y)) {
            lane.add(f(x, y));
        }
        total_of(lanes)
    }
    let careful = vectorized(
        #[inline(always)]
        || body(x, y, &f),
    );
    or_plain(careful, || zip(x, y).map(|(&x, &y)| f(x, y)).sum())
}

/// The sum of the numbers of a slice; see [`sum_of`].
#[inline(always)]
pub(crate) fn sum<T: Real>(x: &[T]) -> T {
    sum_of(
        x,
        x,
        #[inline(always)]
        |x, _| x,
    )
}

/// The sum of numbers that do not lie side by side.
#[inline(always)]
pub(crate) fn scattered_sum<T: Real>(numbers: impl Iterator<Item = T> + Clone) -> T {
    let mut sum = Careful::zero();
    numbers.clone().for_each(|x| sum.add(x));
    or_plain(sum.value(), || numbers.sum())
}

/// The sum of every row.
pub(crate) fn row_sums<T: Real>(a: MatrixRef<'_, T>, sums: &mut [T]) {
    let (entries, shape) = (a.as_slice(), a.shape());
    sums.fill(T::from_f64(0.0)); // of rows without entries
    match a.order() {
        Order::Rows => {
            for (row, y) in zip(entries.chunks_exact(shape.columns.max(1)), sums) {
                *y = sum(row);
            }
        }
        Order::Columns => lane_sums(&entries.chunks_exact(shape.rows.max(1)), sums),
    }
}

/// The sums of vectors as long as `sums`, component by component.
pub(crate) fn lane_sums<'a, T: Real + 'a>(
    vectors: &(impl Iterator<Item = &'a [T]> + Clone),
    sums: &mut [T],
) {
    #[inline(always)]
    fn body<'a, T: Real + 'a>(
        vectors: impl Iterator<Item = &'a [T]>,
        first: usize,
        sums: &mut [T],
    ) {
        let mut lanes = [Careful::zero(); LANES];
        for vector in vectors {
            let part = &vector[first..][..sums.len()]; // as long as all sums
            zip(&mut lanes, part).for_each(|(lane, &x)| lane.add(x));
        }
        zip(sums, lanes).for_each(|(sum, lane)| *sum = lane.value());
    }
    for (k, part) in sums.chunks_mut(LANES).enumerate() {
        let first = k * LANES;
        vectorized(
            #[inline(always)]
            || body(vectors.clone(), first, part),
        );
        for (i, sum) in part.iter_mut().enumerate() {
            let component = || vectors.clone().map(|vector| vector[first + i]);
            *sum = or_plain(*sum, || component().sum());
        }
    }
}

/// A sum, and what rounding added to it.
#[derive(Clone, Copy)]
pub(crate) struct Careful<T> {
    sum: T,
    excess: T,
}

impl<T: Real> Careful<T> {
    #[inline(always)]
    pub(crate) fn zero() -> Self {
        let zero = T::from_f64(0.0);
        Self {
            sum: zero,
            excess: zero,
        }
    }

    /// Kahan's addition: the excess of the sum is taken from the next term.
    ///
    /// Its error, $`2u + O(n u^2)`$ of the sum of the absolute terms, stays small where $`n u`$ does not: gathering the
    /// excess of all additions, as Neumaier's does, would lose digits of what is gathered after some millions.
    #[inline(always)]
    pub(crate) fn add(&mut self, x: T) {
        let x = x - self.excess;
        let sum = self.sum + x;
        self.excess = (sum - self.sum) - x;
        self.sum = sum;
    }

    #[inline(always)]
    pub(crate) fn value(self) -> T {
        self.sum - self.excess
    }
}

/// Halves on halves, in a fixed order.
#[inline(always)]
fn total_of<T: Real>(mut lanes: [Careful<T>; LANES]) -> T {
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            let other = lanes[i + half]; // i + half < 2 · half ≤ LANES
            lanes[i].add(-other.excess);
            lanes[i].add(other.sum);
        }
    }
    lanes[0].value()
}

/// The compensated sum, unless an infinite term or partial sum made NaN of the excess: then what plain addition
/// says.
#[inline(always)]
fn or_plain<T: Real>(careful: T, plain: impl FnOnce() -> T) -> T {
    if careful.partial_cmp(&careful).is_some() {
        careful
    } else {
        plain()
    }
}

/// Sums side by side: a vector of the widest machine in single precision.
const LANES: usize = 16;
/// Eight terms for every lane.
const TREE: usize = 8 * LANES;

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::Shape;

    /// 0.1, 0.2, … in single precision, and their sum in twice the digits.
    fn tenths(n: u16) -> (Vec<f32>, f32) {
        let x: Vec<f32> = (1..=n).map(|i| f32::from(i) / 10.0).collect();
        let sum = x.iter().map(|&x| f64::from(x)).sum::<f64>();
        (x, f32::from_f64(sum))
    }

    #[test]
    fn sums_of_any_length_are_exact_to_rounding() {
        for n in (0..300).chain([1000, 4095, 4096, 60_000]) {
            let (x, exact) = tenths(n);
            assert!((sum(&x) - exact).abs() <= f32::EPSILON * exact, "{n}");
            assert!((scattered_sum(x.iter().copied()) - exact).abs() <= f32::EPSILON * exact);
        }
    }

    /// Term after term, a quarter of the sum of so many tenths is lost.
    #[test]
    fn millions_of_terms_lose_nothing() {
        let exact = 4e6 * f64::from(0.1_f32);
        let sum = scattered_sum(std::iter::repeat_n(0.1_f32, 4_000_000));
        assert!((f64::from(sum) - exact).abs() <= f64::from(f32::EPSILON) * exact);
    }

    #[test]
    fn infinite_terms_give_what_plain_addition_gives() {
        let large = [f32::MAX; 200];
        assert_eq!(sum(&large), f32::INFINITY);
        assert_eq!(sum(&[1.0, f64::NEG_INFINITY]), f64::NEG_INFINITY);
        assert!(sum(&[f64::INFINITY, f64::NEG_INFINITY]).is_nan());
        assert!(sum(&[1.0, f64::NAN]).is_nan());
    }

    #[test]
    fn rows_sum_alike_in_both_orders() {
        let (rows, columns) = (19, 37); // one whole strip and a part of one
        let entry = |i: usize, j: usize| (i * columns + j) as f64;
        let by_rows: Vec<f64> = (0..rows * columns)
            .map(|k| entry(k / columns, k % columns))
            .collect();
        let by_columns: Vec<f64> = (0..rows * columns)
            .map(|k| entry(k % rows, k / rows))
            .collect();
        for (entries, order) in [(&by_rows, Order::Rows), (&by_columns, Order::Columns)] {
            let mut sums = [f64::NAN; 19];
            let a = MatrixRef::new(entries, Shape::new(rows, columns), order).unwrap();
            row_sums(a, &mut sums);
            let closed: Vec<f64> = (0..rows)
                .map(|i| (0..columns).map(|j| entry(i, j)).sum())
                .collect();
            assert_eq!(sums.as_slice(), closed);
        }
    }
}
