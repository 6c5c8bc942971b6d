//! What is known of a state that moves and is seen through noise.

use crate::error::{MultivariateError, check_length};
use crate::families::multivariate_normal::MultivariateNormal;
use crate::matrices::ellipsoid::Ellipsoid;
use crate::matrices::factor::Factor;
use gradus_linalg::matmul;
use gradus_linalg::nalgebra::{DMatrix, DVector};

/// A state that moves linearly and is seen linearly, both with normal noise: the model of Kalman's filter.
///
/// ```math
/// x_{t+1} = F x_t + w_t, \qquad y_t = H x_t + v_t, \qquad w_t \sim N(q, Q), \quad v_t \sim N(r, R)
/// ```
///
/// where $`F`$ is `transition`, $`H`$ `observation`, and w and v are drawn from `disturbance` and `noise`. If the state is normal before, it is normal after a
/// move ([`predicted`](Self::predicted)) and after an observation ([`updated`](Self::updated)), by Bayes' rule. The two in turn, one observation after
/// the other, are the filter; the densities of the observations multiply to the evidence.
///
/// # Shapes
///
/// `transition: d × d`, `observation: m × d`, `disturbance`: d, `noise`: m.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | state and evidence are those of the joint law of all observations | `filtering_is_conditioning_on_all_observations` |
/// | an observation never widens the law of the state | `an_observation_never_widens_what_is_believed` |
///
/// # Numerics
///
/// The square-root form: a move triangularizes $`(F L, L_Q)`$, an observation triangularizes the root of the joint law of observation and state and
/// takes its lower block. The covariance cannot lose its symmetry or a positive eigenvalue by rounding, as it can in the textbook's form
/// $`(I - K H) P`$.
///
/// # Examples
///
/// ```
/// use gradus_multivariate::{MultivariateNormal, StateSpace};
/// use gradus_multivariate::nalgebra::{DMatrix, DVector};
///
/// let normal = |variance: f64| MultivariateNormal::from_variances(DVector::zeros(1), &DVector::from_element(1, variance));
/// let one = DMatrix::identity(1, 1);
/// let walk = StateSpace::new(one.clone(), normal(1.0)?, one, normal(2.0)?)?;
/// // before: variance 1; after a step: 2; seen at 4 with noise of variance 2: half way, and half of the variance
/// let before = walk.predicted(&normal(1.0)?)?;
/// let (after, ln_density) = walk.updated(&before, &DVector::from_element(1, 4.0))?;
/// assert!((after.mean()[0] - 2.0).abs() < 1e-14);
/// assert!((after.covariance()[(0, 0)] - 1.0).abs() < 1e-14);
/// assert!((ln_density - normal(4.0)?.ln_pdf(&DVector::from_element(1, 4.0))?).abs() < 1e-14);
/// # Ok::<(), gradus_multivariate::MultivariateError>(())
/// ```
///
/// # References
///
/// R. E. Kalman, *A new approach to linear filtering and prediction problems*, J. Basic Eng. 82 (1960), 35–45; S. Särkkä, *Bayesian
/// Filtering and Smoothing* (2013), §4.3; P. Kaminski, A. Bryson and S. Schmidt, *Discrete square root filtering*, IEEE Trans. Autom. Control 16
/// (1971), 727–736.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "Kalman filter")]
pub struct StateSpace {
    transition: DMatrix<f64>,
    disturbance: MultivariateNormal,
    observation: DMatrix<f64>,
    noise: MultivariateNormal,
}

impl StateSpace {
    /// The model with these maps and these laws of noise.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] if the shapes do not fit.
    pub fn new(
        transition: DMatrix<f64>,
        disturbance: MultivariateNormal,
        observation: DMatrix<f64>,
        noise: MultivariateNormal,
    ) -> Result<Self, MultivariateError> {
        let (d, m) = (disturbance.dimension(), noise.dimension());
        check_length("a column of the transition", transition.nrows(), d)?;
        check_length("a row of the transition", transition.ncols(), d)?;
        check_length("a column of the observation", observation.nrows(), m)?;
        check_length("a row of the observation", observation.ncols(), d)?;
        Ok(Self {
            transition,
            disturbance,
            observation,
            noise,
        })
    }

    /// What is believed of the state after a move: $`N(F \mu + q,\; F \Sigma F^\top + Q)`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless the state has d dimensions; [`MultivariateError::Linalg`] for entries of the
    /// transition that are not finite; [`MultivariateError::NonFinite`] if the mean overflows.
    pub fn predicted(
        &self,
        state: &MultivariateNormal,
    ) -> Result<MultivariateNormal, MultivariateError> {
        noisy_image(&self.transition, state, &self.disturbance)
    }

    /// What is believed of the next observation: $`N(H \mu + r,\; H \Sigma H^\top + R)`$.
    ///
    /// # Errors
    ///
    /// As [`predicted`](Self::predicted).
    pub fn observed(
        &self,
        state: &MultivariateNormal,
    ) -> Result<MultivariateNormal, MultivariateError> {
        noisy_image(&self.observation, state, &self.noise)
    }

    /// What is believed of the state after an observation, and the logarithm of the density of that observation.
    ///
    /// ```math
    /// N(\mu + K (y - H \mu - r),\; (I - K H) \Sigma), \qquad K = \Sigma H^\top (H \Sigma H^\top + R)^{-1}
    /// ```
    ///
    /// # Errors
    ///
    /// As [`predicted`](Self::predicted), for the observation, too.
    #[doc(alias = "Kalman gain")]
    pub fn updated(
        &self,
        state: &MultivariateNormal,
        y: &DVector<f64>,
    ) -> Result<(MultivariateNormal, f64), MultivariateError> {
        let seen = self.observed(state)?;
        let ln_density = seen.ln_pdf(y)?;
        let (d, m) = (state.dimension(), seen.dimension());
        let l = state.cholesky_factor();
        // (R's root, H L; 0, L): a root of the joint law of observation and state
        let mut root = DMatrix::zeros(m + d, m + d);
        root.view_mut((0, 0), (m, m))
            .copy_from(&self.noise.cholesky_factor());
        root.view_mut((0, m), (m, d))
            .copy_from(&matmul(&self.observation, &l)?);
        root.view_mut((m, m), (d, d)).copy_from(&l);
        let center = seen.mean().iter().chain(state.mean().iter()).copied();
        let center = DVector::from_iterator(m + d, center);
        let joint = Ellipsoid::new(center, Factor::of_root(&root)?)?;
        let known: Vec<usize> = (0..m).collect();
        let ellipsoid = joint.section(&known, y)?.rest;
        Ok((MultivariateNormal { ellipsoid }, ln_density))
    }
}

/// The law of $`M x + w`$ for independent normal x and w.
fn noisy_image(
    m: &DMatrix<f64>,
    x: &MultivariateNormal,
    w: &MultivariateNormal,
) -> Result<MultivariateNormal, MultivariateError> {
    check_length("the mean of the state", x.dimension(), m.ncols())?;
    let mean = DMatrix::from_column_slice(x.dimension(), 1, x.mean().as_slice());
    let mean = matmul(m, &mean)?.column(0) + w.mean();
    let image = matmul(m, &x.cholesky_factor())?;
    let (d, k) = image.shape();
    let mut root = image.resize_horizontally(k + d, 0.0);
    root.columns_mut(k, d).copy_from(&w.cholesky_factor());
    MultivariateNormal::with(mean, Factor::of_root(&root)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_that_do_not_fit() -> Result<(), MultivariateError> {
        let law = |d| MultivariateNormal::new(DVector::zeros(d), &DMatrix::identity(d, d));
        let of = |f: DMatrix<f64>, h: DMatrix<f64>| StateSpace::new(f, law(2)?, h, law(1)?);
        let h = DMatrix::from_row_slice(1, 2, &[1.0, 0.0]);
        let model = of(DMatrix::identity(2, 2), h.clone())?;
        assert!(of(DMatrix::identity(3, 3), h.clone()).is_err());
        assert!(of(DMatrix::identity(2, 2), h.transpose()).is_err());
        assert!(model.predicted(&law(3)?).is_err() && model.observed(&law(1)?).is_err());
        assert!(model.updated(&law(2)?, &DVector::zeros(2)).is_err());
        let nan = DVector::from_element(1, f64::NAN);
        assert!(model.updated(&law(2)?, &nan).is_err());
        let wild = of(DMatrix::from_element(2, 2, f64::NAN), h)?;
        assert!(wild.predicted(&law(2)?).is_err());
        Ok(())
    }
}
