//! Slopes of an output, or of the loss, by the inputs.

use super::recording::{Inputs, finite, one_output};
use crate::error::NnError;
use crate::network::Model;
use gradus_autodiff::Tape;
use gradus_linalg::Scalar;
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{Loss, Target, Weights};
use gradus_numeric::MatrixRef;

impl<T: Scalar> Model<T> {
    /// The gradient of one logit by the inputs, sample by sample.
    ///
    /// ```math
    /// g_{ij} = \frac{\partial z_o(x_j)}{\partial x_{ij}}
    /// ```
    ///
    /// where $`z_o`$ is `output` number $`o`$ before the output activation. It tells how the logit changes with a small
    /// change of the sample, and nothing about larger ones.
    ///
    /// # Shapes
    ///
    /// `x`: features × samples in either order; the result is features × samples.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | five-point differences | `the_input_gradient_is_the_slope_of_a_logit` |
    /// | a sample alone is a sample in a batch | `attributions_of_a_sample_do_not_depend_on_its_batch` |
    ///
    /// # Numerics
    ///
    /// The network is in evaluation. Logits, because $`\operatorname{softmax}`$ is flat where it is sure.
    ///
    /// # Errors
    ///
    /// [`NnError::NoSuchOutput`], [`NnError::FeatureCount`], and [`NnError::NonFiniteAttribution`] if a slope is NaN
    /// or infinite.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::{Key, MatrixRef, Network, Output, layers::{dense, relu}};
    ///
    /// let network = Network::<f64>::new(2, vec![dense(2), relu(), dense(1)], Output::Identity)?;
    /// let mut model = network.initialize(Key::new(0))?;
    /// model.set_theta(vec![1.0, 1.0, 1.0, -1.0, 0.0, 0.0, 3.0, 5.0, 0.0])?; // 3 (a + b)⁺ + 5 (a − b)⁺
    /// let slopes = model.input_gradient(MatrixRef::from_column(&[1.0, 2.0]), 0)?;
    /// assert_eq!(slopes.as_slice(), [3.0, 3.0]); // the second unit is off
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    ///
    /// # References
    ///
    /// K. Simonyan, A. Vedaldi and A. Zisserman, *Deep inside convolutional networks*, ICLR workshop 2014,
    /// <https://arxiv.org/abs/1312.6034>.
    #[doc(alias = "saliency")]
    pub fn input_gradient(
        &self,
        x: MatrixRef<'_, T>,
        output: usize,
    ) -> Result<DMatrix<T>, NnError> {
        self.attribute(x, output, x.rows(), |range| {
            let inputs = Inputs::new(self, x, range)?;
            let tape = Tape::new(inputs.numbers());
            let y = one_output(inputs.logits(&tape, |_, x| x)?, output, |_| {
                T::from_f64(1.0)
            });
            inputs.back(|gradient| Ok(tape.pull_back(y, gradient)?))
        })
    }

    /// The gradient of the mean loss by the inputs.
    ///
    /// ```math
    /// g_{ij} = \frac{\partial}{\partial x_{ij}} \frac{1}{n} \sum_{k=1}^{n} \ell(f(x_k), t_k)
    /// ```
    ///
    /// A step along its sign is the smallest change of every entry that raises the loss most (an *adversarial* sample).
    ///
    /// # Shapes
    ///
    /// `x`: features × samples; the result is features × samples. All samples are recorded at once.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | five-point differences | `the_input_gradient_of_the_loss_is_its_slope` |
    ///
    /// # Errors
    ///
    /// [`NnError::FeatureCount`], [`NnError::Loss`] if the targets do not fit, [`NnError::NonFiniteAttribution`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::losses::{SquaredError, Target};
    /// use gradus_nn::{Key, MatrixRef, Network, Output, layers::dense};
    ///
    /// let mut model = Network::<f64>::new(2, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
    /// model.set_theta(vec![2.0, -1.0, 0.0])?; // 2 a − b
    /// let (x, t) = ([3.0, 1.0], [4.0]);
    /// let [x, t] = [&x[..], &t[..]].map(MatrixRef::from_column);
    /// let g = model.loss_input_gradient(x, Target::Values(t), &SquaredError)?;
    /// assert_eq!(g.as_slice(), [2.0 * 2.0, 2.0 * -1.0]); // 2 (5 − 4) w
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    ///
    /// # References
    ///
    /// I. J. Goodfellow, J. Shlens and C. Szegedy, *Explaining and harnessing adversarial examples*, ICLR 2015, §4,
    /// <https://arxiv.org/abs/1412.6572>.
    #[doc(alias = "adversarial")]
    pub fn loss_input_gradient(
        &self,
        x: MatrixRef<'_, T>,
        target: Target<'_, T>,
        loss: &dyn Loss<T>,
    ) -> Result<DMatrix<T>, NnError> {
        let inputs = Inputs::new(self, x, 0..x.columns())?;
        let tape = Tape::new(inputs.numbers());
        let (logits, samples) = (inputs.logits(&tape, |_, x| x)?, x.columns().max(1) as f64);
        let mut refused = None;
        let y = logits.loss(|z, bar| {
            let value = loss.value_and_gradient(z, target, Weights::Equal, samples, bar);
            value
                .map(T::from_f64)
                .map_err(|error| refused = Some(error))
        });
        let gradient = inputs.back(|gradient| Ok(tape.pull_back(y, gradient)?));
        match refused {
            Some(error) => Err(error.into()),
            None => finite(gradient?),
        }
    }

    /// Each input times the slope of a logit by it.
    ///
    /// ```math
    /// r_{ij} = x_{ij}\,\frac{\partial z_o(x_j)}{\partial x_{ij}}
    /// ```
    ///
    /// What the inputs contribute if the network is linear without a bias: then $`\sum_i r_{ij} = z_o`$, and so for
    /// rectifiers without biases, which are linear along the line from 0 to $`x`$.
    ///
    /// # Shapes
    ///
    /// As of [`input_gradient`](Self::input_gradient).
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | for rectifiers without biases the shares add up to the logit | `shares_of_rectifiers_without_biases_add_up` |
    ///
    /// # Errors
    ///
    /// As [`input_gradient`](Self::input_gradient).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::{Key, MatrixRef, Network, Output, layers::dense};
    ///
    /// let mut model = Network::<f64>::new(2, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
    /// model.set_theta(vec![2.0, -1.0, 7.0])?; // 2 a − b + 7
    /// let shares = model.gradient_times_input(MatrixRef::from_column(&[3.0, 1.0]), 0)?;
    /// assert_eq!(shares.as_slice(), [6.0, -1.0]);
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    ///
    /// # References
    ///
    /// A. Shrikumar et al., *Not just a black box* (2016), <https://arxiv.org/abs/1605.01713>.
    pub fn gradient_times_input(
        &self,
        x: MatrixRef<'_, T>,
        output: usize,
    ) -> Result<DMatrix<T>, NnError> {
        let mut shares = self.input_gradient(x, output)?;
        for (j, mut column) in shares.column_iter_mut().enumerate() {
            column
                .iter_mut()
                .zip(x.column(j))
                .for_each(|(g, x)| *g = *g * x);
        }
        finite(shares)
    }
}
