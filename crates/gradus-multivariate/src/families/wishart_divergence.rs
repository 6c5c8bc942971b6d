//! How far one Wishart law is from another.

use super::bartlett::Bartlett;
use super::inverse_wishart::InverseWishart;
use super::ln_gamma_gap::beyond_deviance;
use super::normal_divergence::excess;
use super::wishart::Wishart;
use crate::error::{MultivariateError, check_length};
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::{CompensatedSum, deviance};

impl Wishart {
    /// The Kullback–Leibler divergence $`D(p \parallel q)`$ of this law from another, in nats.
    ///
    /// ```math
    /// D(p \parallel q) = \tfrac{\nu_p}2 \bigl( \operatorname{tr}(V_q^{-1} V_p) - d \bigr) - \tfrac{\nu_q}2 \ln \frac{\det V_p}{\det V_q}
    ///     + \ln \frac{\Gamma_d(\nu_q / 2)}{\Gamma_d(\nu_p / 2)} - \tfrac{\nu_q - \nu_p}2 \, \psi_d \bigl( \tfrac{\nu_p}2 \bigr)
    /// ```
    ///
    /// where $`\psi_d(a) = \sum_{i < d} \psi(a - \tfrac i2)`$. Of the same degrees of freedom it is $`\nu`$ times that of the
    /// [normal laws](crate::MultivariateNormal::kl) with these covariances.
    ///
    /// # Shapes
    ///
    /// Both laws are of matrices of d rows; the result is a scalar.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | $`D(p \parallel q) \ge 0`$, and 0 exactly if p = q | `divergences_of_wishart_laws_are_zero_for_the_same_law_alone` |
    /// | one dimension: that of gamma laws, the integral of $`p \ln (p / q)`$ | `in_one_dimension_the_divergence_is_that_of_gamma_laws` |
    /// | $`\nu`$ times that of normal laws, if $`\nu_p = \nu_q`$ | `of_the_same_freedom_the_divergence_is_that_of_normal_laws` |
    /// | $`A W A^\top`$ of both changes nothing | `congruence_does_not_change_the_divergence` |
    /// | the mean of $`\ln p - \ln q`$ over draws | `divergences_of_wishart_laws_are_means_over_draws` |
    ///
    /// # Numerics
    ///
    /// With $`M = L_q^{-1} L_p`$, a triangle, $`a_i = \tfrac{\nu_p - i}2`$ and $`c_i = \tfrac{\nu_q - i}2`$ it is
    ///
    /// ```math
    /// \tfrac{\nu_p}2 \sum_{i > j} m_{ij}^2 + \sum_i \Bigl( D(c_i, a_i m_{ii}^2) + \tfrac i2 \bigl( m_{ii}^2 - 1 - \ln m_{ii}^2 \bigr) + G(a_i, c_i) \Bigr)
    /// ```
    ///
    /// with the [`deviance`] D and what the curvature of $`\ln \Gamma(x) - x \ln x + x`$ makes of two points, G: no term is negative and nothing cancels,
    /// also where the laws nearly agree. $`+\infty`$ where it overflows.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] if the dimensions differ.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::Wishart;
    /// use gradus_multivariate::nalgebra::DMatrix;
    ///
    /// let unit = DMatrix::identity(2, 2);
    /// let (p, q) = (Wishart::new(&(&unit * 2.0), 3.0)?, Wishart::new(&unit, 3.0)?);
    /// let expected = 3.0 * (1.0 - 2.0_f64.ln()); // ν/2 (4 − 2 − ln 4)
    /// assert!((p.kl(&q)? - expected).abs() < 1e-15);
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// W. D. Penny, *Kullback–Leibler divergences of normal, gamma, Dirichlet and Wishart densities*, Wellcome Department of Cognitive Neurology (2001).
    #[doc(alias = "Kullback-Leibler")]
    #[doc(alias = "relative entropy")]
    pub fn kl(&self, other: &Self) -> Result<f64, MultivariateError> {
        let (p, q) = (&self.parts, &other.parts);
        check_length("a column of the other scale", q.dimension(), p.dimension())?;
        let ln = |i: usize| p.factor.ln_pivot(i) - q.factor.ln_pivot(i);
        Ok(divergence(&q.factor.relative(&p.factor), ln, p, q))
    }
}

impl InverseWishart {
    /// The Kullback–Leibler divergence $`D(p \parallel q)`$ of this law from another, in nats: that of the laws of the inverses.
    ///
    /// ```math
    /// D(p \parallel q) = \tfrac{\nu_p}2 \bigl( \operatorname{tr}(\Psi_p^{-1} \Psi_q) - d \bigr) - \tfrac{\nu_q}2 \ln \frac{\det \Psi_q}{\det \Psi_p}
    ///     + \ln \frac{\Gamma_d(\nu_q / 2)}{\Gamma_d(\nu_p / 2)} - \tfrac{\nu_q - \nu_p}2 \, \psi_d \bigl( \tfrac{\nu_p}2 \bigr)
    /// ```
    ///
    /// # Shapes
    ///
    /// Both laws are of matrices of d rows; the result is a scalar.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | that of [`Wishart`](Wishart::kl)'s laws with the inverse scales | `the_divergence_of_inverses_is_that_of_wishart_laws` |
    ///
    /// # Numerics
    ///
    /// As [`Wishart::kl`].
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] if the dimensions differ.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::InverseWishart;
    /// use gradus_multivariate::nalgebra::DMatrix;
    ///
    /// let unit = DMatrix::identity(2, 2);
    /// let (p, q) = (InverseWishart::new(&unit, 3.0)?, InverseWishart::new(&(&unit * 2.0), 3.0)?);
    /// let expected = 3.0 * (1.0 - 2.0_f64.ln()); // ν/2 (4 − 2 − ln 4)
    /// assert!((p.kl(&q)? - expected).abs() < 1e-15);
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// As [`Wishart::kl`].
    #[doc(alias = "Kullback-Leibler")]
    #[doc(alias = "relative entropy")]
    pub fn kl(&self, other: &Self) -> Result<f64, MultivariateError> {
        let (p, q) = (&self.parts, &other.parts);
        check_length("a column of the other scale", q.dimension(), p.dimension())?;
        let ln = |i: usize| q.factor.ln_pivot(i) - p.factor.ln_pivot(i);
        Ok(divergence(&p.factor.relative(&q.factor), ln, p, q))
    }
}

/// The divergence of Wishart laws by the triangle $`M = L_q^{-1} L_p`$ and the logarithms of its diagonal.
fn divergence(m: &DMatrix<f64>, ln: impl Fn(usize) -> f64, p: &Bartlett, q: &Bartlett) -> f64 {
    let mut sum = CompensatedSum::default();
    for i in 0..p.dimension() {
        let (a, c) = (p.shape(i), q.shape(i));
        let square = m[(i, i)] * m[(i, i)];
        sum.add(if (a * square).is_normal() {
            deviance(c, a * square)
        } else {
            c * (c.ln() - a.ln() - 2.0 * ln(i)) + (a * square - c)
        });
        if i > 0 {
            sum.add(0.5 * i as f64 * excess(m[(i, i)], || ln(i)));
        }
        sum.add(beyond_deviance(a, c));
        (0..i).for_each(|j| sum.add(0.5 * p.freedom * m[(i, j)] * m[(i, j)]));
    }
    let divergence = sum.value();
    // no term is negative, so what is not a number has overflowed
    if divergence.is_nan() {
        f64::INFINITY
    } else {
        divergence.max(0.0)
    }
}
