//! Bounds on the norms of weights.

use super::Model;
use crate::error::NnError;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{LinalgError, Scalar, matrix_norm2};
use gradus_numeric::norm2;

/// A bound on a norm of a weight matrix, kept by scaling.
///
/// | constraint | what is bounded | what is scaled |
/// |---|---|---|
/// | `MaxNorm` | $`\lVert w_k \rVert_2 \le c`$ of every row | each row that is longer, to length $`c`$ |
/// | `SpectralNorm` | $`\lVert W \rVert_2 \le c`$, the largest singular value | the matrix, by $`c / \lVert W \rVert_2`$ |
///
/// A row holds the weights into one unit; of a convolution, those of one output. With the spectral norm a dense layer stretches
/// no difference more than $`c`$ times. [`Model::constrain`] asks for it once,
/// [`Training::with_constraints`](crate::Training::with_constraints) after every step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constraint {
    /// Every row is at most this long.
    MaxNorm {
        /// $`c`$.
        bound: f64,
    },
    /// The largest singular value is at most this.
    SpectralNorm {
        /// $`c`$.
        bound: f64,
    },
}

impl<T: Scalar> Model<T> {
    /// Scales the parameters that exceed the constraint which `which` gives to their name.
    ///
    /// It keeps weights within bounds that a penalty only asks for.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | afterwards the bound holds, and what held it before is the same, to the bit | `constraints_hold_and_leave_alone_what_holds_them` |
    /// | with spectral norm 1 everywhere, outputs are no further apart than inputs | `spectral_norms_bound_the_distance_of_outputs` |
    ///
    /// # Numerics
    ///
    /// The bound holds within rounding: $`c (1 + O(n \varepsilon))`$ for rows of `n` numbers.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] for a bound that is not a positive number, [`NnError::Linalg`] if the singular values were not
    /// found; no parameter has changed.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::{Constraint, Key, Network, Output, layers::dense};
    ///
    /// let mut model = Network::<f64>::new(2, vec![dense(2)], Output::Identity)?.initialize(Key::new(0))?;
    /// model.set_theta(vec![6.0, 8.0, 1.0, 0.0, 9.0, 9.0])?; // rows (6, 8) and (1, 0), biases 9
    /// model.constrain(|name| name.ends_with("weight").then_some(Constraint::MaxNorm { bound: 5.0 }))?;
    /// assert_eq!(model.theta(), [3.0, 4.0, 1.0, 0.0, 9.0, 9.0]);
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    ///
    /// # References
    ///
    /// N. Srivastava et al., *Dropout: a simple way to prevent neural networks from overfitting*, JMLR 15 (2014), §5.1;
    /// T. Miyato et al., *Spectral normalization for generative adversarial networks*, ICLR 2018,
    /// <https://arxiv.org/abs/1802.05957>.
    pub fn constrain(&mut self, which: impl Fn(&str) -> Option<Constraint>) -> Result<(), NnError> {
        let mut theta = self.theta().to_vec();
        for entry in self.network().layout().entries() {
            if let Some(constraint) = which(&entry.name) {
                let window = &mut theta[entry.window()]; // θ has the layout's length
                constraint.apply(window, entry.shape.columns)?;
            }
        }
        self.set_theta(theta)
    }
}

impl Constraint {
    /// Whether the bound is one.
    pub(crate) fn check(self) -> Result<(), NnError> {
        let (Self::MaxNorm { bound } | Self::SpectralNorm { bound }) = self;
        if bound > 0.0 && bound.is_finite() {
            return Ok(());
        }
        Err(NnError::Domain {
            name: "bound of a norm",
            value: bound,
            domain: "(0, ∞)",
        })
    }

    /// Scales a matrix with contiguous rows.
    fn apply<T: Scalar>(self, weights: &mut [T], columns: usize) -> Result<(), NnError> {
        self.check()?;
        match self {
            Self::MaxNorm { bound } => bound_rows(weights, columns, T::from_f64(bound)),
            Self::SpectralNorm { bound } => {
                let norm = spectral_norm(weights, columns)?;
                scale(weights, norm, T::from_f64(bound));
            }
        }
        Ok(())
    }

    /// Scales a matrix with contiguous rows in any case.
    ///
    /// Where singular values were not found, the Frobenius norm stands in: it is never smaller, so the bound holds.
    pub(crate) fn apply_always<T: Scalar>(self, weights: &mut [T], columns: usize) {
        match self {
            Self::MaxNorm { bound } => bound_rows(weights, columns, T::from_f64(bound)),
            Self::SpectralNorm { bound } => {
                let (bound, frobenius) = (T::from_f64(bound), norm2(weights));
                if frobenius > bound {
                    // Only then can the spectral norm be larger, and only then it costs singular values.
                    let norm = spectral_norm(weights, columns).unwrap_or(frobenius);
                    scale(weights, norm, bound);
                }
            }
        }
    }
}

fn spectral_norm<T: Scalar>(weights: &[T], columns: usize) -> Result<T, LinalgError> {
    let rows = weights.len() / columns.max(1);
    matrix_norm2(&DMatrix::from_row_slice(rows, columns, weights))
}

fn bound_rows<T: Scalar>(weights: &mut [T], columns: usize, bound: T) {
    for row in weights.chunks_mut(columns.max(1)) {
        let norm = norm2(row);
        scale(row, norm, bound);
    }
}

fn scale<T: Scalar>(weights: &mut [T], norm: T, bound: T) {
    if norm > bound {
        for w in weights {
            *w = *w * (bound / norm);
        }
    }
}
