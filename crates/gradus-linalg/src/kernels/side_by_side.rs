//! A few vectors side by side: the same entry of all of them, then the next one.
//!
//! One walk through a matrix serves them all, and their chains of operations overlap.

/// $`y \leftarrow y + a x_p`$ for every vector.
#[inline(always)]
pub(crate) fn add_multiples<const K: usize>(y: &mut [[f64; K]], x: [f64; K], a: &[f64]) {
    for (y, a) in y.iter_mut().zip(a) {
        (0..K).for_each(|p| y[p] += x[p] * a);
    }
}

/// $`a \cdot x_p`$ of every vector: four partial sums, and then the rest, for which no earlier entry need wait.
#[inline(always)]
pub(crate) fn dots<const K: usize>(a: &[f64], x: &[[f64; K]]) -> [f64; K] {
    const LANES: usize = 4;
    let (a_chunks, a_rest) = a.as_chunks::<LANES>();
    let (x_chunks, x_rest) = x.as_chunks::<LANES>();
    let mut sums = [[0.0; K]; LANES];
    for (a, x) in a_chunks.iter().zip(x_chunks) {
        for l in 0..LANES {
            (0..K).for_each(|p| sums[l][p] += a[l] * x[l][p]);
        }
    }
    let [s, t, u, v] = sums;
    let mut total = std::array::from_fn(|p| (s[p] + t[p]) + (u[p] + v[p]));
    for (a, x) in a_rest.iter().zip(x_rest) {
        (0..K).for_each(|p| total[p] += a * x[p]);
    }
    total
}

/// A single vector.
#[inline(always)]
pub(crate) fn alone(x: &mut [f64]) -> &mut [[f64; 1]] {
    x.as_chunks_mut().0
}

#[cfg(test)]
mod tests {
    use super::{add_multiples, alone, dots};

    #[test]
    fn every_entry_of_every_vector_counts_once() {
        for n in 0..10 {
            let a: Vec<f64> = (0..n).map(f64::from).collect();
            let x: Vec<[f64; 2]> = a.iter().map(|a| [1.0, a * a]).collect();
            let cubes: f64 = a.iter().map(|a| a * a * a).sum();
            assert_eq!(dots(&a, &x), [a.iter().sum::<f64>(), cubes]);
            let mut y = x.clone();
            add_multiples(&mut y, [2.0, -1.0], &a);
            let expected: Vec<_> = a.iter().map(|a| [1.0 + 2.0 * a, a * a - a]).collect();
            assert_eq!(y, expected);
        }
        assert_eq!(alone(&mut [3.0, 4.0]), [[3.0], [4.0]]);
    }
}
