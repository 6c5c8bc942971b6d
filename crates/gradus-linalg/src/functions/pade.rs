//! The Padé approximant of the exponential, and how often a matrix must be halved for it.

use crate::checked::check::{largest_entry, times};
use crate::kernels::view::{column, columns, view};
use crate::systems::lu_factors::LuFactors;
use gradus_numeric::{binary_exponent, ldexp, norm_infinity, norm1};
use nalgebra::DMatrix;

/// $`2^{-h} A`$ and the powers that both the choice of $`s`$ and the approximant need.
///
/// $`h`$ is 0 unless tenth powers could overflow.
pub(crate) struct Powers {
    pub(crate) halved: i32,
    a: DMatrix<f64>,
    a2: DMatrix<f64>,
    a4: DMatrix<f64>,
    a6: DMatrix<f64>,
}

impl Powers {
    pub(crate) fn new(a: &DMatrix<f64>) -> Self {
        const LARGEST_EXPONENT: i32 = 80;
        let halved = (binary_exponent(largest_entry(a)) - LARGEST_EXPONENT).max(0);
        let a = doubled(a, -halved);
        let a2 = times(view(&a), view(&a));
        let a4 = times(view(&a2), view(&a2));
        let a6 = times(view(&a2), view(&a4));
        Self {
            halved,
            a,
            a2,
            a4,
            a6,
        }
    }

    /// How often the matrix must be halved for the approximant to be exact to rounding.
    ///
    /// ```math
    /// s = \lceil \log_2 (\eta / \theta) \rceil, \qquad
    /// \eta = \min\bigl(\max(d_6, d_8), \max(d_8, d_{10})\bigr), \qquad d_k = \lVert A^k \rVert_1^{1/k}
    /// ```
    ///
    /// and a few times more where rounding needs it. $`\theta = 4.25`$ keeps the denominator well conditioned.
    ///
    /// # References
    ///
    /// Al-Mohy and Higham (2009), (5.5) and table 3.1.
    pub(crate) fn halvings(&self) -> i32 {
        let d = |power: &DMatrix<f64>, k: f64| column_sum_norm(power).powf(1.0 / k);
        let d6 = d(&self.a6, 6.0);
        let d8 = d(&times(view(&self.a4), view(&self.a4)), 8.0);
        let d10 = d(&times(view(&self.a4), view(&self.a6)), 10.0);
        let eta = d6.max(d8).min(d8.max(d10));
        let s = halvings_below(eta / THETA);
        s + more_halvings(&doubled(&self.a, -s))
    }

    /// The Padé approximant $`r(B) = (V - U)^{-1} (V + U)`$ of $`e^B`$, $`B = 2^{-s} A`$, with the odd powers in
    /// $`U`$ and the even ones in $`V`$ (Higham 2005, (2.9)).
    pub(crate) fn pade(&self, s: i32) -> DMatrix<f64> {
        let n = self.a.nrows();
        let b = doubled(&self.a, -s);
        let powers = [
            &DMatrix::<f64>::identity(n, n),
            &doubled(&self.a2, -2 * s),
            &doubled(&self.a4, -4 * s),
            &doubled(&self.a6, -6 * s),
        ];
        let half = |parity: usize| {
            let c = |k: usize| COEFFICIENTS[2 * k + parity] / COEFFICIENTS[0];
            let high = combination(powers, [0.0, c(4), c(5), c(6)]);
            combination(powers, [c(0), c(1), c(2), c(3)]) + times(view(powers[3]), view(&high))
        };
        let (u, v) = (times(view(&b), view(&half(1))), half(0));
        LuFactors::new(&(&v - &u)).solve(&(&v + &u))
    }
}

/// The bound on the powers of $`2^{-s} A`$: Al-Mohy and Higham (2009), (5.5).
pub(crate) const THETA: f64 = 4.25;

/// How often $`B`$ must be halved for the rounding errors of the approximant to be harmless: until
/// $`c \lVert |B|^{27} \rVert_1 / \lVert B \rVert_1 \le u`$, of which a halving takes $`2^{26}`$.
///
/// # References
///
/// Al-Mohy and Higham (2009), §4 and (5.1).
fn more_halvings(b: &DMatrix<f64>) -> i32 {
    /// $`1 / (\binom{26}{13}\, 27!)`$, the leading coefficient of the backward error.
    const C: f64 = 1.0 / (10_400_600.0 * 1.088_886_945_041_835_2e28);
    let size = column_sum_norm(b);
    if size == 0.0 {
        return 0;
    }
    // |B| is not negative: the column sums of its powers are powers of its transpose times ones.
    let times_columns = |sums: Vec<f64>| {
        let sum = |j| {
            column(b, j)
                .iter()
                .zip(&sums)
                .map(|(b, sum)| b.abs() * sum)
                .sum()
        };
        (0..b.ncols()).map(sum).collect()
    };
    let sums = (0..27).fold(vec![1.0; b.nrows()], |sums, _| times_columns(sums));
    let excess = C * norm_infinity(&sums) / size / (0.5 * f64::EPSILON);
    if excess.is_finite() {
        halvings_below(excess.powf(1.0 / 26.0))
    } else {
        halvings_below(size / THETA)
    }
}

/// The smallest $`k \ge 0`$ with $`x < 2^k`$.
fn halvings_below(x: f64) -> i32 {
    if x < 1.0 { 0 } else { binary_exponent(x) + 1 }
}

/// $`2^k A`$.
pub(crate) fn doubled(a: &DMatrix<f64>, k: i32) -> DMatrix<f64> {
    DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| ldexp(a[(i, j)], k))
}

/// The coefficients of $`p`$: $`c_j = \frac{(26 - j)!\,13!}{26!\,j!\,(13 - j)!}`$, times $`c_{13}^{-1}`$.
const COEFFICIENTS: [f64; 14] = [
    64_764_752_532_480_000.0,
    32_382_376_266_240_000.0,
    7_771_770_303_897_600.0,
    1_187_353_796_428_800.0,
    129_060_195_264_000.0,
    10_559_470_521_600.0,
    670_442_572_800.0,
    33_522_128_640.0,
    1_323_241_920.0,
    40_840_800.0,
    960_960.0,
    16_380.0,
    182.0,
    1.0,
];

/// $`\sum_k c_k A_k`$.
fn combination(powers: [&DMatrix<f64>; 4], c: [f64; 4]) -> DMatrix<f64> {
    let [p, q, r, s] = powers;
    DMatrix::from_fn(p.nrows(), p.ncols(), |i, j| {
        c[0] * p[(i, j)] + c[1] * q[(i, j)] + c[2] * r[(i, j)] + c[3] * s[(i, j)]
    })
}

/// $`\lVert A \rVert_1`$.
pub(crate) fn column_sum_norm(a: &DMatrix<f64>) -> f64 {
    norm_infinity(&columns(a).map(norm1).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::COEFFICIENTS;

    #[test]
    fn coefficients_follow_their_recurrence() {
        for j in 0..13 {
            let next = COEFFICIENTS[j] * (13 - j) as f64 / ((26 - j) * (j + 1)) as f64;
            assert_eq!(COEFFICIENTS[j + 1], next);
        }
    }
}
