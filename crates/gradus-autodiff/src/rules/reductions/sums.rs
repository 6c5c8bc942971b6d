//! Sums that keep their digits, whatever the number of terms: the reductions of all rules.

use gradus_numeric::{MatrixRef, Order, Real, vectorized};
use std::array::from_fn;
use std::iter::zip;

/// $`\sum_k f(x_k, y_k)`$ over the shorter of two slices.
///
/// Eight terms of a lane are added in a tree (three roundings at most), and the tree joins a compensated sum: per
/// vector that costs 1.4 additions instead of one, in a loop that mostly waits for memory. For any length an
/// error of $`6 u`$ of the sum of the absolute terms remains, three units in the last place, where adding term
/// after term has an error in proportion to their number. Up to 128 terms, eight a lane, need no compensation: 12
/// roundings.
#[inline(always)]
pub(crate) fn sum_of<T: Real>(x: &[T], y: &[T], f: impl Fn(T, T) -> T) -> T {
    vectorized(
        #[inline(always)]
        move || {
            sum_over(
                [x, y],
                #[inline(always)]
                |[x, y]| f(x, y),
            )
        },
    )
}

/// [`sum_of`] of any number of slices, inside of a function that is compiled for the vectors of the machine.
#[inline(always)]
pub(crate) fn sum_over<T: Real, const S: usize>(x: [&[T]; S], f: impl Fn([T; S]) -> T) -> T {
    let x = level(x);
    if x[0].len() <= TREE * LANES {
        return halves(plainly(x, &f));
    }
    let terms = || (0..x[0].len()).map(|k| f(pick(x, k).map(|&x| x)));
    or_plain(carefully(x, &f), || terms().sum())
}

/// Slices as long as the shortest of them.
#[inline(always)]
fn level<T, const S: usize>(mut x: [&[T]; S]) -> [&[T]; S] {
    let n = x.iter().map(|x| x.len()).min().unwrap_or(0);
    for x in &mut x {
        *x = &x[..n];
    }
    x
}

/// Compensated sums of trees, of slices that are equally long.
#[inline(always)]
fn carefully<T: Real, const S: usize>(x: [&[T]; S], f: &impl Fn([T; S]) -> T) -> T {
    let mut lanes = Lanes::<T, LANES>::zero();
    let (rows, rest) = cut::<T, LANES, S>(x);
    let (trees, rows) = cut::<[T; LANES], TREE, S>(rows);
    for k in 0..trees[0].len() {
        let tree = pick(trees, k);
        // Lane by lane: a loop of few long steps becomes vectors, many short loops are unrolled.
        for l in 0..LANES {
            let term = |k: usize| f(tree.map(|x| x[k][l]));
            let four = |k| (term(k) + term(k + 1)) + (term(k + 2) + term(k + 3));
            lanes.add_to(l, four(0) + four(4));
        }
    }
    for k in 0..rows[0].len() {
        lanes.add(terms(pick(rows, k), f));
    }
    lanes.add(plainly(rest, f));
    lanes.total()
}

/// Sums in lanes, of a few terms each, of slices that are equally long.
#[inline(always)]
fn plainly<T: Real, const S: usize>(x: [&[T]; S], f: &impl Fn([T; S]) -> T) -> [T; LANES] {
    let zero = T::from_f64(0.0);
    let mut lanes = [zero; LANES];
    // Four rows at a time are a loop that becomes vectors; shorter ones are unrolled, which took a third longer for 64 terms
    // (`benches/autodiff.rs`, group `normalization`, moments of 64 samples).
    let (fours, x) = cut::<T, { 4 * LANES }, S>(x);
    for k in 0..fours[0].len() {
        let terms = terms(pick(fours, k), f);
        for row in terms.as_chunks::<LANES>().0 {
            lanes = add(lanes, *row);
        }
    }
    let (rows, rest) = cut::<T, LANES, S>(x);
    for k in 0..rows[0].len() {
        lanes = add(lanes, terms(pick(rows, k), f));
    }
    if !rest[0].is_empty() {
        let mut last = [zero; LANES];
        for (l, last) in last.iter_mut().enumerate().take(rest[0].len()) {
            *last = f(pick(rest, l).map(|&x| x));
        }
        lanes = add(lanes, last);
    }
    lanes
}

/// The terms of a row of lanes.
#[inline(always)]
fn terms<T: Real, const S: usize, const L: usize>(
    x: [&[T; L]; S],
    f: &impl Fn([T; S]) -> T,
) -> [T; L] {
    let zero = T::from_f64(0.0);
    let mut terms = [zero; L];
    for l in 0..L {
        let mut at = [zero; S];
        for s in 0..S {
            at[s] = x[s][l];
        }
        terms[l] = f(at);
    }
    terms
}

#[inline(always)]
fn add<T: Real>(a: [T; LANES], b: [T; LANES]) -> [T; LANES] {
    from_fn(|l| a[l] + b[l]) // 16 of each
}

/// Pieces of `L`, and what is left over.
#[inline(always)]
fn cut<A, const L: usize, const S: usize>(x: [&[A]; S]) -> ([&[[A; L]]; S], [&[A]; S]) {
    let (mut pieces, mut rests): ([&[[A; L]]; S], _) = ([&[]; S], x);
    for s in 0..S {
        (pieces[s], rests[s]) = x[s].as_chunks();
    }
    (pieces, rests)
}

/// Entry `k` of each.
#[inline(always)]
fn pick<A, const S: usize>(x: [&[A]; S], k: usize) -> [&A; S] {
    let mut picked = [&x[0][k]; S];
    for s in 0..S {
        picked[s] = &x[s][k];
    }
    picked
}

/// Halves on halves, in a fixed order.
#[inline(always)]
fn halves<T: Real>(mut lanes: [T; LANES]) -> T {
    half::<T, 8>(&mut lanes);
    half::<T, 4>(&mut lanes);
    half::<T, 2>(&mut lanes);
    half::<T, 1>(&mut lanes);
    lanes[0]
}

/// Adds the second `H` lanes to the first.
#[inline(always)]
fn half<T: Real, const H: usize>(lanes: &mut [T; LANES]) {
    for i in 0..H {
        let other = lanes[i + H]; // 2 H of LANES
        lanes[i] += other;
    }
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
    let mut sum = Lanes::zero();
    numbers.clone().for_each(|x| sum.add([x]));
    or_plain(sum.value()[0], || numbers.sum())
}

/// The sum of every row.
pub(crate) fn row_sums<T: Real>(a: MatrixRef<'_, T>, sums: &mut [T]) {
    let (entries, shape) = (a.as_slice(), a.shape());
    sums.fill(T::from_f64(0.0)); // of rows without entries
    match a.order() {
        Order::Rows => {
            let rows = entries.chunks_exact(shape.columns.max(1));
            vectorized(
                #[inline(always)]
                || {
                    for (row, y) in zip(rows, sums) {
                        *y = sum_over([row], |[x]| x);
                    }
                },
            );
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
        let mut lanes = Lanes::<T, LANES>::zero();
        for vector in vectors {
            let part = &vector[first..][..sums.len()]; // as long as all sums
            lanes.add(from_fn(|l| {
                part.get(l).copied().unwrap_or(T::from_f64(0.0))
            }));
        }
        zip(sums, lanes.value()).for_each(|(sum, lane)| *sum = lane);
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

/// Sums side by side, and what rounding added to each.
#[derive(Clone, Copy)]
pub(crate) struct Lanes<T, const L: usize> {
    sums: [T; L],
    excess: [T; L],
}

impl<T: Real, const L: usize> Lanes<T, L> {
    #[inline(always)]
    pub(crate) fn zero() -> Self {
        let zero = [T::from_f64(0.0); L];
        Self {
            sums: zero,
            excess: zero,
        }
    }

    /// Kahan's addition: the excess of the sum is taken from the next term.
    ///
    /// Its error, $`2u + O(n u^2)`$ of the sum of the absolute terms, stays small where $`n u`$ does not: gathering the
    /// excess of all additions, as Neumaier's does, would lose digits of what is gathered after some millions.
    #[inline(always)]
    pub(crate) fn add(&mut self, x: [T; L]) {
        for l in 0..L {
            self.add_to(l, x[l]);
        }
    }

    #[inline(always)]
    fn add_to(&mut self, l: usize, x: T) {
        let x = x - self.excess[l];
        let sum = self.sums[l] + x;
        self.excess[l] = (sum - self.sums[l]) - x;
        self.sums[l] = sum;
    }

    #[inline(always)]
    pub(crate) fn value(self) -> [T; L] {
        from_fn(|l| self.sums[l] - self.excess[l]) // L of each
    }

    /// The sum over the lanes.
    #[inline(always)]
    fn total(self) -> T {
        let mut all = Lanes::zero();
        for l in 0..L {
            all.add([self.sums[l]]);
            all.add([-self.excess[l]]);
        }
        all.value()[0]
    }
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
/// How many terms of a lane are added before they join its compensated sum.
const TREE: usize = 8;

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
            assert!((sum(&x) - exact).abs() <= 6.0 * f32::EPSILON * exact, "{n}");
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
