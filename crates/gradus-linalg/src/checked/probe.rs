//! The size of a map, from what it does to a few vectors without a pattern.

use crate::kernels::side_by_side::{add_multiples, dots};
use crate::kernels::vector::for_length;
use gradus_numeric::{MatrixRef, Order};
use nalgebra::DMatrix;
use std::iter::repeat_n;

/// The same entry of two vectors.
pub(crate) type Pair = [f64; 2];

/// Estimate of $`\lVert M \rVert_F`$ of a linear map from $`M v`$ and $`M w`$, for the price of those products.
///
/// ```math
/// \lVert M \rVert_F^2 = \frac{\operatorname{E} \lVert M v \rVert^2}{\operatorname{E} v_i^2}
/// \quad \text{for independent entries with mean 0}
/// ```
///
/// The entries are uniform in $`\pm [\frac12, \frac32)`$: a wrong entry of $`M`$ shows itself in every product, and
/// no pattern of wrong entries makes all products small. The estimate is too small by a factor of k for about one in
/// $`k^2`$ maps. The vectors are the same in every run.
///
/// # References
///
/// R. Freivalds, *Probabilistic machines can use less running time*, IFIP Congress 1977, 839–842; M. F.
/// Hutchinson, *A stochastic estimator of the trace of the influence matrix*, Commun. Stat. Simul. Comput. 19
/// (1990), 433–450, for $`\operatorname{tr} M^\top M`$.
pub(crate) fn frobenius_of_map(n: usize, map: impl FnOnce(&[Pair]) -> Vec<Pair>) -> f64 {
    /// $`\int_{1/2}^{3/2} x^2 \, dx`$.
    const MEAN_SQUARE: f64 = 13.0 / 12.0;
    let many: Vec<Pair>;
    let probes = if n <= FIRST.len() {
        &FIRST[..n]
    } else {
        many = (0..n).map(probe).collect();
        &many
    };
    let images = map(probes);
    let squares: f64 = images.iter().map(|[v, w]| v * v + w * w).sum();
    (squares / (2.0 * MEAN_SQUARE)).sqrt()
}

/// What most matrices are asked is known before.
static FIRST: [Pair; 64] = {
    let mut probes = [[0.0; 2]; 64];
    let mut i = 0;
    while i < probes.len() {
        probes[i] = probe(i);
        i += 1;
    }
    probes
};

/// Entry i of both vectors.
const fn probe(i: usize) -> Pair {
    [entry(2 * i as u64 + 1), entry(2 * i as u64 + 2)]
}

/// Two vectors of zeros. Not by `vec!`, which asks for fresh memory instead of what was just given back.
fn zeros(n: usize) -> Vec<Pair> {
    repeat_n([0.0; 2], n).collect()
}

/// $`A v`$ and $`A w`$, in one walk through $`A`$.
pub(crate) fn image(a: MatrixRef<'_, f64>, x: &[Pair]) -> Vec<Pair> {
    let (m, n, entries) = (a.rows(), a.columns(), a.as_slice());
    let mut image = zeros(m);
    let y = image.as_mut_slice();
    for_length(
        m.max(n),
        #[inline(always)]
        move || match a.order() {
            Order::Columns => {
                for (a, x) in entries.chunks_exact(m.max(1)).zip(x) {
                    add_multiples(y, *x, a);
                }
            }
            Order::Rows => {
                for (a, y) in entries.chunks_exact(n.max(1)).zip(y) {
                    *y = dots(a, x);
                }
            }
        },
    );
    image
}

/// $`A v`$ and $`A w`$ for a symmetric $`A`$, of which the lower triangle is read.
pub(crate) fn symmetric_image(a: &DMatrix<f64>, x: &[Pair]) -> Vec<Pair> {
    let (n, entries) = (a.nrows(), a.as_slice());
    let mut image = zeros(n);
    let y = image.as_mut_slice();
    for_length(
        n,
        #[inline(always)]
        move || {
            for j in 0..n {
                let (diagonal, below) = entries[j * n + j..(j + 1) * n].split_at(1);
                let beside = dots(below, &x[j + 1..]);
                (0..2).for_each(|p| y[j][p] += diagonal[0] * x[j][p] + beside[p]);
                add_multiples(&mut y[j + 1..], x[j], below);
            }
        },
    );
    image
}

/// $`(A - L L^\top) v`$ and $`(A - L L^\top) w`$, of which the lower triangles are read: column by column,
/// $`L L^\top v = \sum_j l_j (l_j \cdot v)`$.
pub(crate) fn cholesky_residual_image(a: &DMatrix<f64>, l: &DMatrix<f64>, x: &[Pair]) -> Vec<Pair> {
    let (n, a, l) = (a.nrows(), a.as_slice(), l.as_slice());
    let mut image = zeros(n);
    let y = image.as_mut_slice();
    for_length(
        n,
        #[inline(always)]
        move || {
            for j in 0..n {
                let (a, l) = (&a[j * n + j..(j + 1) * n], &l[j * n + j..(j + 1) * n]);
                let (mut beside, mut along) = ([0.0; 2], x[j].map(|x| l[0] * x));
                for ((a, l), x) in a[1..].iter().zip(&l[1..]).zip(&x[j + 1..]) {
                    (0..2).for_each(|p| beside[p] += a * x[p]);
                    (0..2).for_each(|p| along[p] += l * x[p]);
                }
                let y = &mut y[j..];
                (0..2).for_each(|p| y[0][p] += beside[p]);
                for ((y, a), l) in y.iter_mut().zip(a).zip(l) {
                    (0..2).for_each(|p| y[p] += a * x[j][p] - l * along[p]);
                }
            }
        },
    );
    image
}

/// What two maps do to the same vectors, one minus the other.
pub(crate) fn difference(mut x: Vec<Pair>, y: &[Pair]) -> Vec<Pair> {
    for (x, y) in x.iter_mut().zip(y) {
        (0..2).for_each(|p| x[p] -= y[p]);
    }
    x
}

/// Uniform in $`\pm [\frac12, \frac32)`$.
const fn entry(count: u64) -> f64 {
    let bits = mixed(count);
    let size = 0.5 + (bits >> 11) as f64 / (1_u64 << 53) as f64;
    if bits & 1 == 0 { size } else { -size }
}

/// Numbers without a pattern, from a counter.
///
/// # References
///
/// G. L. Steele, D. Lea and C. H. Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014, 453–472,
/// figure 16 with the constants of S. Vigna's `splitmix64`.
const fn mixed(count: u64) -> u64 {
    let z = count.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{
        Pair, cholesky_residual_image, difference, frobenius_of_map, image, symmetric_image,
    };
    use crate::checked::check::frobenius;
    use crate::kernels::view::view;
    use nalgebra::DMatrix;

    fn matrix(m: usize, n: usize) -> DMatrix<f64> {
        DMatrix::from_fn(m, n, |i, j| ((3 * i + 5 * j) % 7) as f64 - 3.0)
    }

    fn images(a: &DMatrix<f64>, x: &[Pair]) -> Vec<Pair> {
        let x = DMatrix::from_fn(x.len(), 2, |i, p| x[i][p]);
        let y = a * x;
        (0..y.nrows()).map(|i| [y[(i, 0)], y[(i, 1)]]).collect()
    }

    #[test]
    fn images_are_products() {
        let x = |n: usize| -> Vec<Pair> { (0..n).map(|i| [i as f64, 2.0 - i as f64]).collect() };
        for (m, n) in [(0, 3), (3, 0), (1, 1), (3, 5), (30, 41)] {
            let a = matrix(m, n);
            assert_eq!(image(view(&a), &x(n)), images(&a, &x(n)));
            assert_eq!(
                image(view(&a.transpose()).transposed(), &x(n)),
                images(&a, &x(n))
            );
        }
        let mut a = matrix(41, 41) + matrix(41, 41).transpose();
        let expected = images(&a, &x(41));
        a.fill_upper_triangle(f64::NAN, 1);
        assert_eq!(symmetric_image(&a, &x(41)), expected);
        let l = matrix(41, 41).lower_triangle();
        let residual = images(
            &(matrix(41, 41) + matrix(41, 41).transpose() - &l * l.transpose()),
            &x(41),
        );
        assert_eq!(cholesky_residual_image(&a, &l, &x(41)), residual);
        assert_eq!(difference(vec![[3.0, 4.0]], &[[1.0, 5.0]]), [[2.0, -1.0]]);
    }

    /// Whatever the pattern of wrong entries: the estimate is within a small factor of the norm.
    #[test]
    fn no_pattern_hides() {
        let n = 70; // more than are known before
        let patterns: [fn(usize, usize) -> f64; 7] = [
            |_, _| 1.0,
            |i, j| f64::from(u8::from(i == j)),
            |i, j| f64::from(u8::from(i == 7 && j == 51)),
            |_, j| if j % 2 == 0 { 1.0 } else { -1.0 },
            |i, j| f64::from(u8::from(i == 3)) * if j < 30 { 1.0 } else { -1.0 },
            |_, j| f64::from(u8::from(j == 5)) - f64::from(u8::from(j == 6)),
            |i, j| ((i * j) as f64).sin(),
        ];
        for pattern in patterns {
            let e = DMatrix::from_fn(n, n, pattern);
            let ratio = frobenius_of_map(n, |v| image(view(&e), v)) / frobenius(&e);
            assert!((0.05..4.0).contains(&ratio), "{ratio}");
        }
        assert_eq!(frobenius_of_map(0, <[Pair]>::to_vec), 0.0);
        assert!(frobenius_of_map(1, |_| vec![[f64::NAN, 0.0]]).is_nan());
    }
}
