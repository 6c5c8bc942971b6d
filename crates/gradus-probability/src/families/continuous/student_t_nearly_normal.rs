//! Student's tail for many degrees of freedom, as that of a normal law and what it lacks.

use gradus_numeric::normal_cdf;

/// The tail of Student's t with $`\nu \ge 1000`$ degrees of freedom.
///
/// With $`z^2 = a \ln(1 + t^2 / \nu)`$ and $`a = \nu - \tfrac12`$ the density of t is, in z, that of a normal law times a factor that hardly changes,
///
/// ```math
/// \sqrt{\frac{v}{\sinh v}} = 1 - \frac{v^2}{12} + \frac{v^4}{160} - \cdots, \qquad v = \frac{z^2}{2 a}
/// ```
///
/// and each term is integrated by parts. With its coefficients $`c_k`$ of $`(z^2 / a)^{2k}`$, which are $`1, -\tfrac1{48}, \tfrac1{2560}, -\tfrac{61}{7741440}, \dots`$, and $`m_k = c_k \, (4k - 1)!! \, a^{-2k}`$,
///
/// ```math
/// \operatorname{P}(T > t) = \Phi(-z) + \varphi(z) \sum_{j = 1}^{6} \frac{b_j}{\sum_k m_k} z^{2j - 1}, \qquad b_j = \frac{1}{(2j - 1)!!} \sum_{2k \ge j,\, k \ge 1} m_k
/// ```
///
/// up to $`k = 3`$; what is left out is below $`10^{-17}`$ of the tail for $`t^2 \le \nu / 20`$.
///
/// # References
///
/// The method is that of G. W. Hill, *Algorithm 395: Student's t-distribution*, Commun. ACM 13 (1970), 617–619,
/// <https://doi.org/10.1145/355598.362775>; the coefficients are of the series above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct NearlyNormal {
    a: f64,
    corrections: [f64; 6], // b over the sum of m
}

impl NearlyNormal {
    /// None for too few degrees of freedom.
    pub(super) fn new(freedom: f64) -> Option<Self> {
        (FEWEST..=MOST).contains(&freedom).then(|| {
            let a = freedom - 0.5;
            let s = 1.0 / a / a;
            let m = [
                -3.0 / 48.0 * s,
                105.0 / 2560.0 * s * s,
                -10_395.0 * 61.0 / 7_741_440.0 * s * s * s,
            ];
            let beyond = |k: usize| m[k..].iter().rev().sum::<f64>();
            let all = 1.0 + beyond(0);
            let sums = [
                (0, 1.0),
                (0, 3.0),
                (1, 15.0),
                (1, 105.0),
                (2, 945.0),
                (2, 10_395.0),
            ];
            Self {
                a,
                corrections: sums.map(|(k, odd_factorial)| beyond(k) / all / odd_factorial),
            }
        })
    }

    /// The tail beyond $`r = \lvert t \rvert / \sqrt\nu`$; none where that is too far out.
    pub(super) fn tail(&self, r: f64) -> Option<f64> {
        let square = r * r;
        (square <= FARTHEST).then(|| {
            let z_square = self.a * square.ln_1p();
            let z = z_square.sqrt();
            let sum = self
                .corrections
                .iter()
                .rev()
                .fold(0.0, |sum, b| sum * z_square + b);
            let density = FRAC_1_SQRT_2PI * (-0.5 * z_square).exp();
            normal_cdf(-z) + density * z * sum
        })
    }
}

/// From here on the normal law is near enough.
const FEWEST: f64 = 1000.0;
/// Up to here no square that is seen underflows.
const MOST: f64 = 1e100;
/// Of $`t^2 / \nu`$.
const FARTHEST: f64 = 0.05;
/// $`1/\sqrt{2\pi}`$.
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;
