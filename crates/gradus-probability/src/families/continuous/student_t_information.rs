//! How much a draw of Student's law tells of its degrees of freedom.

use super::student_t::StudentT;
use gradus_numeric::trigamma;

impl StudentT {
    /// The Fisher information of one draw on the degrees of freedom, for any location and scale.
    ///
    /// ```math
    /// I_{\nu\nu} = \tfrac14 \bigl( \psi'(\tfrac \nu2) - \psi'(\tfrac{\nu + 1}2) \bigr) - \frac{\nu + 5}{2 \nu (\nu + 1)(\nu + 3)} \sim \frac7{2 \nu^4}
    /// ```
    ///
    /// So little is told of many degrees of freedom that $`\nu^4`$ observations are needed to tell them by one.
    ///
    /// # Numerics
    ///
    /// Of the difference nothing would be left from some thousand degrees of freedom on: it is summed by a series for what remains.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::StudentT;
    ///
    /// let cauchy = StudentT::new(0.0, 1.0, 1.0)?;
    /// // ψ'(½) = π² / 2 and ψ'(1) = π² / 6: a twelfth of π², less ⅜
    /// let expected = std::f64::consts::PI.powi(2) / 12.0 - 0.375;
    /// assert!((cauchy.freedom_information() - expected).abs() < 1e-14);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// K. L. Lange, R. J. A. Little and J. M. G. Taylor, *Robust statistical modeling using the t distribution*, J. Amer. Statist. Assoc. 84 (1989), appendix B.
    #[must_use]
    pub fn freedom_information(&self) -> f64 {
        of_freedom(self.freedom())
    }
}

/// $`\tfrac14 \bigl( \psi'(\tfrac \nu2) - \psi'(\tfrac{\nu + 1}2) \bigr) - \frac{\nu + 5}{2 \nu (\nu + 1)(\nu + 3)} \sim \frac7{2 \nu^4}`$.
///
/// Of the difference nothing would be left for many degrees of freedom. With
///
/// ```math
/// \tfrac14 \bigl( \psi'(\tfrac \nu2) - \psi'(\tfrac{\nu + 1}2) \bigr) = \int_0^\infty \frac{u \, e^{-\nu u}}{1 + e^{-u}} \, du
///   = \frac1{2 \nu^2} + \frac1{2 \nu^3} + R(\nu), \qquad R(\nu) \sim -\frac1{2 \nu^5} + \frac3{2 \nu^7} - \frac{17}{2 \nu^9} + \dots
/// ```
///
/// (Genocchi's numbers over 2) the rest is $`\frac{7 \nu + 3}{2 \nu^3 (\nu + 1)(\nu + 3)} + R(\nu)`$, and
/// $`R(\nu) = -\frac{2 \nu + 1}{2 \nu^3 (\nu + 1)^3} - R(\nu + 1)`$ leads to where the series has all digits.
fn of_freedom(nu: f64) -> f64 {
    if nu < 1.0 {
        let rest = (nu + 5.0) / (2.0 * (nu + 1.0) * (nu + 3.0));
        let gaps = 0.25 * (trigamma(0.5 * nu) - trigamma(0.5 * nu + 0.5));
        return (nu * gaps - rest) / nu; // NaN of no two infinities: both are of the same sign otherwise
    }
    let (mut x, mut rest, mut sign) = (nu, 0.0, 1.0);
    while x < LARGE {
        rest -= sign * ((x + 0.5) / (x * (x + 1.0)).powi(3));
        x += 1.0;
        sign = -sign;
    }
    let (h, square) = (1.0 / x, 1.0 / x / x);
    let series = GENOCCHI.iter().rev().fold(0.0, |sum, g| sum * square + g);
    rest += sign * 0.5 * series * square * square * h;
    (3.5 + 1.5 / nu) / nu / nu / (nu + 1.0) / (nu + 3.0) + rest
}

/// From here on eight terms have all digits.
const LARGE: f64 = 40.0;

/// Genocchi's numbers $`G_4, G_6, \dots, G_{18}`$ with their signs; $`G_{2k} = 2 (1 - 4^k) B_{2k}`$, DLMF 24.15.2.
const GENOCCHI: [f64; 8] = [
    -1.0,
    3.0,
    -17.0,
    155.0,
    -2073.0,
    38227.0,
    -929_569.0,
    28_820_619.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_meet() {
        for nu in [1.0_f64, 2.5, 7.0] {
            let gaps = 0.25 * (trigamma(0.5 * nu) - trigamma(0.5 * nu + 0.5));
            let direct = gaps - (nu + 5.0) / (2.0 * nu * (nu + 1.0) * (nu + 3.0));
            assert!((of_freedom(nu) / direct - 1.0).abs() < 1e-13, "{nu}");
        }
        assert!((of_freedom(1e60) / 3.5e-240 - 1.0).abs() < 1e-15);
        assert_eq!(of_freedom(f64::MAX), 0.0);
        assert_eq!(of_freedom(5e-324), f64::INFINITY);
    }
}
