//! Loops over contiguous columns.

use gradus_numeric::{Float, vectorized};

const LANES: usize = 8;

/// Runs `body`, loops over columns of at most `n` entries: with the widest vectors if they can be filled.
#[inline(always)]
pub(crate) fn for_length<R>(n: usize, body: impl FnOnce() -> R) -> R {
    /// Below, calling the vectorized version costs more than it saves (`examples/time.rs`: `time -- solve n`, `lu n`).
    const SHORT: usize = 24;
    if n <= SHORT { body() } else { vectorized(body) }
}

/// $`y \leftarrow y + \alpha x`$.
#[inline(always)]
pub(crate) fn add_multiple(y: &mut [f64], alpha: f64, x: &[f64]) {
    y.iter_mut().zip(x).for_each(|(y, x)| *y += alpha * x);
}

/// $`x \cdot y`$, in eight partial sums and one of the rest.
#[inline(always)]
pub(crate) fn dot(x: &[f64], y: &[f64]) -> f64 {
    let (xs, x_rest) = x.as_chunks::<LANES>();
    let (ys, y_rest) = y.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for (x, y) in xs.iter().zip(ys) {
        (0..LANES).for_each(|l| sums[l] += x[l] * y[l]);
    }
    let rest: f64 = x_rest.iter().zip(y_rest).map(|(x, y)| x * y).sum();
    by_halves(sums, |a, b| a + b) + rest
}

/// $`\lVert x \rVert_1`$ of numbers near one.
#[inline(always)]
pub(crate) fn absolute_sum(x: &[f64]) -> f64 {
    let (xs, rest) = x.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for x in xs {
        (0..LANES).for_each(|l| sums[l] += x[l].abs());
    }
    by_halves(sums, |a, b| a + b) + rest.iter().map(|x| x.abs()).sum::<f64>()
}

/// All lanes into one, by halves: few operations wait for each other.
#[inline(always)]
fn by_halves(lanes: [f64; LANES], f: impl Fn(f64, f64) -> f64) -> f64 {
    let [p, q, r, s, t, u, v, w] = lanes;
    f(f(f(p, t), f(r, v)), f(f(q, u), f(s, w)))
}

/// [`largest`] of a long vector.
pub(crate) fn largest_of<T: Float>(x: &[T]) -> f64 {
    for_length(
        x.len(),
        #[inline(always)]
        || largest(x),
    )
}

/// $`\lVert x \rVert_\infty`$; NaN if an entry is NaN or infinite.
#[inline(always)]
pub(crate) fn largest<T: Float>(x: &[T]) -> f64 {
    let (xs, rest) = x.as_chunks::<LANES>();
    let (mut largest, mut flaws) = ([0.0_f64; LANES], [0.0; LANES]);
    for x in xs {
        for l in 0..LANES {
            let x = x[l].to_f64();
            largest[l] = if x.abs() > largest[l] {
                x.abs()
            } else {
                largest[l]
            };
            // 0, or NaN if the entry is not finite.
            flaws[l] += 0.0 * x;
        }
    }
    let largest = by_halves(largest, |a, b| if a > b { a } else { b });
    let flaws = by_halves(flaws, |a, b| a + b);
    rest.iter()
        .map(|x| x.to_f64())
        .fold(largest + flaws, |largest, x| {
            let flaw = 0.0 * x;
            if x.abs() > largest {
                x.abs() + flaw
            } else {
                largest + flaw
            }
        })
}

#[cfg(test)]
mod tests {
    use gradus_numeric::Real;

    use super::{absolute_sum, add_multiple, dot, largest};

    #[test]
    fn every_entry_counts_once() {
        for n in 0..20 {
            let x: Vec<f64> = (0..n).map(|i| -f64::from(i)).collect();
            let count = f64::from(n);
            assert_eq!(absolute_sum(&x), count * (count - 1.0) / 2.0);
            let squares = count * (count - 1.0) * (2.0 * count - 1.0) / 6.0;
            assert_eq!(dot(&x, &x), squares);
            assert_eq!(largest(&x), (count - 1.0).max(0.0));
            let mut y = vec![1.0; x.len()];
            add_multiple(&mut y, -2.0, &x);
            assert!(y.iter().zip(&x).all(|(y, x)| *y == 1.0 - 2.0 * x));
        }
    }

    #[test]
    fn the_largest_of_what_is_not_finite_is_not_a_number() {
        for at in 0..11 {
            for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let mut x = [1.0; 11];
                x[at] = value;
                assert!(largest(&x).is_nan());
                assert!(largest(&x.map(f32::from_f64)).is_nan());
            }
        }
    }
}
