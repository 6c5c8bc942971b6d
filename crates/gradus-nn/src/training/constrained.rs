//! Parameters that are brought back within bounds after every step.

use super::trainer::Training;
use crate::error::NnError;
use crate::network::{Constraint, Network};
use gradus_linalg::Scalar;
use std::ops::Range;

/// A parameter and the constraint that it obeys.
#[derive(Debug)]
pub(super) struct Constrained {
    name: String,
    window: Range<usize>,
    columns: usize,
    constraint: Constraint,
}

impl<T: Scalar> Training<T> {
    /// The same training, in which every step ends within the constraint that `which` gives to a parameter's name.
    ///
    /// ```math
    /// \theta \leftarrow P\bigl(\theta + u(\nabla_\theta L)\bigr)
    /// ```
    ///
    /// where $`P`$ scales what exceeds its bound, as [`Model::constrain`](crate::Model::constrain) does. So at no step the
    /// network is steeper than the bounds allow, and not only at the end of an epoch. A penalty asks for small
    /// weights, a constraint enforces them. Frozen parameters are left alone. What an optimizer
    /// [averages](Self::evaluated_theta) stays within the bounds too, since a ball is convex, as soon as all that is averaged
    /// lies in it.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | after every step the bounds hold | `bounds_hold_after_every_step` |
    /// | a step is that of the optimizer, then the projection, to the bit | `a_constrained_step_is_a_step_and_a_projection` |
    /// | bounds that no step reaches, and any number of threads, change no bit | `bounds_out_of_reach_change_no_bit` |
    ///
    /// # Numerics
    ///
    /// The norms are those of the parameters now, not an estimate that is carried from step to step: power
    /// iteration tells too small a norm until it has converged, and a bound that holds almost always is no bound. So
    /// a training that was stopped goes on with the same bits. Where already the Frobenius norm is within the bound,
    /// a spectral norm costs one pass over the weights; otherwise a singular value decomposition, which allocates.
    /// If it fails, the Frobenius norm, which is never smaller, stands in.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] for a bound that is not a positive number.
    ///
    /// # Examples
    ///
    /// A slope of at most 1, where the points ask for 2:
    ///
    /// ```
    /// use gradus_nn::losses::{SquaredError, Target};
    /// use gradus_nn::optim::sgd;
    /// use gradus_nn::{Constraint, Dataset, Features, Key, MatrixRef, Network, Output, Settings, Training, layers::dense};
    ///
    /// let [x, y] = [&[-1.0, 1.0], &[-2.0, 2.0]].map(|row| MatrixRef::from_column(row).transposed());
    /// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
    /// let model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
    /// let training = Training::new(model, sgd(0.1)?, Box::new(SquaredError), Settings::default())?;
    /// let slope = |name: &str| (name == "0.weight").then_some(Constraint::SpectralNorm { bound: 1.0 });
    /// let mut training = training.with_constraints(slope)?;
    /// training.fit(100, &data, &mut [])?;
    /// assert_eq!(training.model().theta()[0], 1.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # References
    ///
    /// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press 2016, §7.2; H. Gouk et al., *Regularisation of
    /// neural networks by enforcing Lipschitz continuity*, Machine Learning 110 (2021), algorithm 1,
    /// <https://arxiv.org/abs/1804.04368>.
    #[doc(alias = "spectral normalization")]
    #[doc(alias = "projected gradient descent")]
    pub fn with_constraints(
        mut self,
        which: impl Fn(&str) -> Option<Constraint>,
    ) -> Result<Self, NnError> {
        self.constrained = constrained(self.model.network(), which)?;
        Ok(self)
    }

    /// Brings the parameters back within their bounds.
    pub(super) fn constrain(&mut self) {
        let (_, theta, _) = self.model.parts_mut();
        for one in &self.constrained {
            let weights = &mut theta[one.window.clone()]; // θ has the layout's length
            one.constraint.apply_always(weights, one.columns);
        }
    }

    /// The constraints as text, for other processes to compare.
    pub(super) fn constraints(&self) -> String {
        let each = self.constrained.iter();
        let told = each.map(|one| format!("{}: {:?}", one.name, one.constraint));
        told.collect::<Vec<_>>().join(", ")
    }
}

/// Looks up which parameters of the network are constrained, and whether the bounds make sense.
fn constrained<T: Scalar>(
    network: &Network<T>,
    which: impl Fn(&str) -> Option<Constraint>,
) -> Result<Vec<Constrained>, NnError> {
    let trained = network.declaration().entries().filter(|(_, p)| !p.frozen);
    let each = trained.filter_map(|(entry, _)| {
        let constraint = which(&entry.name)?;
        let (name, window, columns) = (entry.name.clone(), entry.window(), entry.shape.columns);
        Some(constraint.check().map(|()| Constrained {
            name,
            window,
            columns,
            constraint,
        }))
    });
    each.collect()
}
