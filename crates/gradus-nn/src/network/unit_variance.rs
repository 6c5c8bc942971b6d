//! Weights scaled to what the data are.

use super::Model;
use crate::error::NnError;
use gradus_autodiff::{MatrixVar, Tape};
use gradus_linalg::Scalar;
use gradus_numeric::{MatrixRef, Order, Shape};

impl<T: Scalar> Model<T> {
    /// Scales the weights of one layer after the other until its outputs on `x` have variance 1 (LSUV).
    ///
    /// ```math
    /// W^{(l)} \leftarrow W^{(l)} / \sqrt{\operatorname{Var} z^{(l)}}, \qquad l = 1, 2, \dots
    /// ```
    ///
    /// The laws of [`Initializer`](crate::Initializer) assume independent inputs and one activation; this looks. It is
    /// meant for a model that was just drawn, with orthogonal weights in the paper. Layers are those of the network's list
    /// that have a parameter of two dimensions or more; of a nested layer all such parameters are scaled.
    ///
    /// Returns the number of each such layer and the variance that it has now: of a layer that is linear in its weights it
    /// is 1 after one step, of others (with biases, or a way around) it may take several, ten at most.
    ///
    /// # Shapes
    ///
    /// `x`: features × samples; some hundred samples suffice, and all are recorded at once.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | afterwards every layer has outputs of variance 1 | `outputs_of_every_layer_have_unit_variance` |
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] unless $`0 < \text{tolerance} < 1`$, [`NnError::FeatureCount`], [`NnError::NoVariance`] for a
    /// layer whose outputs are constant or not finite; the model has not changed then.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::{Key, Network, Output, MatrixRef, Order, Shape, layers::dense};
    ///
    /// let mut model = Network::<f64>::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
    /// model.set_theta(vec![7.0, 0.0])?;
    /// let x = MatrixRef::new(&[-0.5, 0.5], Shape::new(1, 2), Order::Columns)?; // variance ¼
    /// let reached = model.scale_to_unit_variance(x, 1e-9)?;
    /// assert_eq!(reached, [(0, 1.0)]);
    /// assert_eq!(model.theta(), [2.0, 0.0]);
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    ///
    /// # References
    ///
    /// D. Mishkin and J. Matas, *All you need is a good init*, ICLR 2016, algorithm 1,
    /// <https://arxiv.org/abs/1511.06422>.
    #[doc(alias = "LSUV")]
    pub fn scale_to_unit_variance(
        &mut self,
        x: MatrixRef<'_, T>,
        tolerance: f64,
    ) -> Result<Vec<(usize, f64)>, NnError> {
        if !(tolerance > 0.0 && tolerance < 1.0) {
            return Err(NnError::Domain {
                name: "tolerance",
                value: tolerance,
                domain: "(0, 1)",
            });
        }
        let (expected, got) = (self.network().inputs(), x.rows());
        if expected != got {
            return Err(NnError::FeatureCount { expected, got });
        }
        let (mut theta, mut reached) = (self.theta().to_vec(), Vec::new());
        for layer in 0..self.network().declaration().rows.len() {
            let weights = self.weights_of(layer);
            if weights.is_empty() {
                continue;
            }
            let mut variance = self.variance(&theta, x, layer)?;
            for _ in 0..STEPS {
                if (variance - 1.0).abs() <= tolerance {
                    break;
                }
                let scale = T::from_f64(1.0 / variance.sqrt());
                for w in weights.iter().cloned().flatten() {
                    theta[w] = theta[w] * scale; // windows lie in θ
                }
                variance = self.variance(&theta, x, layer)?;
            }
            reached.push((layer, variance));
        }
        self.set_theta(theta)?;
        Ok(reached)
    }

    /// Where the parameters of two dimensions or more of a layer lie.
    fn weights_of(&self, layer: usize) -> Vec<std::ops::Range<usize>> {
        let declaration = self.network().declaration();
        let own = declaration.rows.get(layer).map_or(&[][..], |row| &row.own);
        let entries = own.iter().filter_map(|&p| declaration.entries().nth(p));
        let wide = entries.filter(|(_, parameter)| parameter.dimensions.len() > 1);
        wide.map(|(entry, _)| entry.window()).collect()
    }

    /// The variance of what a layer makes of `x`.
    fn variance(&self, theta: &[T], x: MatrixRef<'_, T>, layer: usize) -> Result<f64, NnError> {
        let tape = Tape::new(theta);
        let shape = Shape::new(x.rows(), x.columns());
        let samples = tape.constant(shape, Order::Columns, |memory| {
            let columns = (0..x.columns()).flat_map(|j| x.column(j));
            memory.iter_mut().zip(columns).for_each(|(m, x)| *m = x);
        });
        let mut variance = f64::NAN;
        let network = self.network();
        network.trace(&tape, samples, self.buffers(), |i, y| {
            if i == layer {
                variance = variance_of(y.matrix);
            }
            y
        })?;
        if variance > 0.0 && variance.is_finite() {
            Ok(variance)
        } else {
            Err(NnError::NoVariance { layer, variance })
        }
    }
}

/// The variance of all entries; NaN if there are none.
fn variance_of<T: Scalar>(y: MatrixVar<'_, T>) -> f64 {
    let variance = y.with(|y| {
        let entries = || y.as_slice().iter().map(|y| y.to_f64());
        let n = entries().len() as f64;
        let mean = entries().sum::<f64>() / n;
        entries().map(|y| (y - mean) * (y - mean)).sum::<f64>() / n
    });
    variance.unwrap_or(f64::NAN)
}

/// How often a layer is scaled at most, as in the paper.
const STEPS: usize = 10;
