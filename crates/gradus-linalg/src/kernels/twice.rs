//! Sums of products as if in twice the precision.

use gradus_numeric::vectorized;

/// $`r \leftarrow r - \sum_j x_j a_j`$ for columns $`a_j`$, rounded once at the end.
///
/// # References
///
/// T. Ogita, S. M. Rump and S. Oishi, *Accurate sum and dot product*, SIAM J. Sci. Comput. 26 (2005),
/// 1955–1988, algorithm 5.3.
pub(crate) fn subtract_twice<'a>(r: &mut [f64], terms: impl Iterator<Item = (f64, &'a [f64])>) {
    let mut lost = vec![0.0; r.len()];
    vectorized(
        #[inline(always)]
        || {
            for (x, a) in terms {
                for ((r, lost), a) in r.iter_mut().zip(&mut lost).zip(a) {
                    let product = a * -x;
                    let rest = a.mul_add(-x, -product);
                    let total = *r + product;
                    let part = total - *r;
                    *lost += rest + ((*r - (total - part)) + (product - part));
                    *r = total;
                }
            }
        },
    );
    r.iter_mut().zip(&lost).for_each(|(r, lost)| *r += lost);
}

/// $`a \cdot b`$, rounded once at the end: eight partial sums, each with what it has lost.
///
/// # References
///
/// As [`subtract_twice`].
pub(crate) fn dot_twice(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 8;
    let (a_chunks, a_rest) = a.as_chunks::<LANES>();
    let (b_chunks, b_rest) = b.as_chunks::<LANES>();
    let (mut sums, mut lost) = ([0.0; LANES], [0.0; LANES]);
    vectorized(
        #[inline(always)]
        || {
            for (a, b) in a_chunks.iter().zip(b_chunks) {
                for l in 0..LANES {
                    add_product(&mut sums[l], &mut lost[l], a[l], b[l]);
                }
            }
            for (l, (a, b)) in a_rest.iter().zip(b_rest).enumerate() {
                add_product(&mut sums[l], &mut lost[l], *a, *b);
            }
        },
    );
    let (mut sum, mut all_lost) = (0.0, 0.0);
    for (s, lost) in sums.iter().zip(lost) {
        add_product(&mut sum, &mut all_lost, *s, 1.0);
        all_lost += lost;
    }
    sum + all_lost
}

/// $`s \leftarrow s + a b`$, and into `lost` what rounding takes from the product and the sum.
#[inline(always)]
fn add_product(sum: &mut f64, lost: &mut f64, a: f64, b: f64) {
    let product = a * b;
    let rest = a.mul_add(b, -product);
    let total = *sum + product;
    let part = total - *sum;
    *lost += rest + ((*sum - (total - part)) + (product - part));
    *sum = total;
}

#[cfg(test)]
mod tests {
    use super::{dot_twice, subtract_twice};

    /// 1 + 2⁻⁵⁰ squared is 1 + 2⁻⁴⁹ + 2⁻¹⁰⁰, of which the last term is below rounding.
    #[test]
    fn what_single_products_lose_is_kept() {
        let x = 1.0 + 2.0_f64.powi(-50);
        for n in [1, 3, 8, 21] {
            let (mut a, mut b) = (vec![0.0; n + 2], vec![0.0; n + 2]);
            (a[0], b[0]) = (x, x);
            (a[n], b[n]) = (-1.0, 1.0);
            (a[n + 1], b[n + 1]) = (-2.0_f64.powi(-49), 1.0);
            assert_eq!(dot_twice(&a, &b), 2.0_f64.powi(-100));
        }
        assert_eq!(dot_twice(&[], &[]), 0.0);
        let mut r = [1.0 + 2.0_f64.powi(-49), 3.0];
        subtract_twice(&mut r, [(x, &[x, 0.0][..]), (1.0, &[0.0, 1.0])].into_iter());
        assert_eq!(r, [-(2.0_f64.powi(-100)), 2.0]);
    }
}
