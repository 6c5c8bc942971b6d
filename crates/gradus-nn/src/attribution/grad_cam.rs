//! Grad-CAM: which places a layer looked at.

use super::recording::{Inputs, one_output};
use crate::error::{Misfit, NnError};
use crate::network::Model;
use gradus_autodiff::Tape;
use gradus_linalg::Scalar;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::{MatrixRef, Shape};

impl<T: Scalar> Model<T> {
    /// A map of the places that speak for an output (Grad-CAM), from what layer `layer` makes.
    ///
    /// ```math
    /// M_k = \max\Bigl(0, \sum_c \alpha_c A_{ck}\Bigr), \qquad
    /// \alpha_c = \frac{1}{m} \sum_{k=1}^{m} \frac{\partial z_o}{\partial A_{ck}}
    /// ```
    ///
    /// where $`A`$ holds the channels × places of that layer: each channel counts by its mean slope, and what speaks
    /// against the output is left out. The last layer that has places is the usual choice.
    ///
    /// # Shapes
    ///
    /// `x`: features × samples in either order; the result is places × samples, the places of an image row by row.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | with a global mean and a dense layer behind, $`\alpha_c = w_{oc} / m`$ | `grad_cam_of_a_global_mean_is_its_class_map` |
    ///
    /// # Errors
    ///
    /// [`NnError::NoSuchLayer`], [`NnError::Layer`] with [`Misfit::NoPlaces`] if the layer makes vectors,
    /// [`NnError::NoSuchOutput`], [`NnError::FeatureCount`], [`NnError::NonFiniteAttribution`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::layers::{dense, global_average_pool, relu};
    /// use gradus_nn::{Key, MatrixRef, Network, Output, SampleShape};
    ///
    /// let image = SampleShape::Image { channels: 2, height: 1, width: 2 };
    /// let layers = vec![relu(), global_average_pool(), dense(1)];
    /// let mut model = Network::<f64>::new(image, layers, Output::Identity)?.initialize(Key::new(0))?;
    /// model.set_theta(vec![4.0, -2.0, 0.0])?; // 4 and −2 for the means of the channels
    /// let places = model.grad_cam(MatrixRef::from_column(&[1.0, 0.0, 0.0, 5.0]), 0, 0)?;
    /// assert_eq!(places.as_slice(), [2.0, 0.0]); // 4 · 1 / 2, and what is below 0
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    ///
    /// # References
    ///
    /// R. R. Selvaraju et al., *Grad-CAM: visual explanations from deep networks via gradient-based localization*, ICCV
    /// 2017, (1), (2), <https://arxiv.org/abs/1610.02391>.
    #[doc(alias = "class activation map")]
    pub fn grad_cam(
        &self,
        x: MatrixRef<'_, T>,
        layer: usize,
        output: usize,
    ) -> Result<DMatrix<T>, NnError> {
        let rows = &self.network().declaration().rows;
        let Some(row) = rows.get(layer) else {
            let layers = rows.len();
            return Err(NnError::NoSuchLayer { layer, layers });
        };
        let (sample, places) = (row.outputs, row.outputs.places());
        if places < 2 {
            return Err(NnError::Layer {
                layer: layer.to_string(),
                kind: row.kind,
                input: sample,
                why: Box::new(Misfit::NoPlaces),
            });
        }
        self.attribute(x, output, places, |range| {
            let (count, inputs) = (range.len(), Inputs::new(self, x, range)?);
            let shape = Shape::new(sample.len(), count);
            // A zero that is added to the layer: the slope by it is the slope by the layer.
            let start = inputs.numbers().len();
            let mut numbers = inputs.numbers().to_vec();
            numbers.resize(start + sample.len() * count, T::from_f64(0.0));
            let (tape, mut seen) = (Tape::new(&numbers), None);
            let logits = inputs.logits(&tape, |i, y| {
                if i != layer {
                    return y;
                }
                seen = Some(y.matrix);
                y.map(|y| y + tape.parameter(start, shape))
            })?;
            let y = one_output(logits, output, |_| T::from_f64(1.0));
            let gradient = tape.gradient(y)?;
            let activations = match seen {
                Some(layer) => layer.value()?,
                None => DMatrix::from_vec(0, count, vec![]), // the network has the layer
            };
            let slopes = DMatrix::from_row_slice(sample.len(), count, &gradient[start..]); // as many as were added
            Ok(class_map(&activations, &slopes, places))
        })
    }
}

/// $`\max(0, \sum_c \alpha_c A_{ck})`$ of every sample.
fn class_map<T: Scalar>(a: &DMatrix<T>, slopes: &DMatrix<T>, places: usize) -> DMatrix<T> {
    let zero = T::from_f64(0.0);
    let m = T::from_f64(places as f64);
    let mut maps = DMatrix::from_element(places, a.ncols(), zero);
    for (mut map, (a, slopes)) in maps
        .column_iter_mut()
        .zip(a.column_iter().zip(slopes.column_iter()))
    {
        let channels = a
            .as_slice()
            .chunks(places)
            .zip(slopes.as_slice().chunks(places));
        for (a, slopes) in channels {
            let alpha = slopes.iter().fold(zero, |sum, &s| sum + s) / m;
            map.iter_mut()
                .zip(a)
                .for_each(|(map, &a)| *map += alpha * a);
        }
        map.iter_mut()
            .for_each(|map| *map = if *map > zero { *map } else { zero });
    }
    maps
}
