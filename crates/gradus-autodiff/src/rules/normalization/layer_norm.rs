//! Every place of every sample brought to a mean and a deviation of its own.

use super::standard::Standard;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Point, Rule, mismatch};
use gradus_numeric::{MatrixMut, MatrixRef, Shape};

/// Normalizes each place of each sample over its channels, then scales and shifts every channel.
///
/// ```math
/// y_c = \gamma_c \hat x_c + \beta_c, \qquad \hat x = \frac{x - \mu}{\sigma}, \qquad
/// \mu = \langle x \rangle, \quad \sigma^2 = \langle (x - \mu)^2 \rangle + \varepsilon
/// ```
///
/// ```math
/// \bar x = \frac{1}{\sigma} \Bigl(g - \langle g \rangle - \hat x \,\langle g \circ \hat x \rangle\Bigr), \quad
/// g = \gamma \circ \bar y, \qquad
/// \bar \gamma = \sum \bar y \circ \hat x, \quad \bar \beta = \sum \bar y
/// ```
///
/// with the mean $`\langle \cdot \rangle`$ over channels; the last sums run over places and samples. Of the adjoint
/// nothing is left along $`1`$ and, but for $`\varepsilon`$, along $`\hat x`$: shifting or stretching `x` changes no `y`.
///
/// # Shapes
///
/// `X`, `Y: (channels · places) × n`, rows contiguous; scales ($`\gamma`$ above $`\beta`$): `2 × channels`. The rule
/// keeps $`\mu`$ and $`1 / \sigma`$ of every place: `2 · places · n` numbers.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | mean $`\beta`$ and, but for $`\varepsilon`$, deviation $`\gamma`$ | `layer_norm_brings_every_place_to_mean_and_deviation` |
/// | the formula above, for any number of rows and columns | `layer_norm_is_its_formula_for_any_number_of_rows_and_columns` |
/// | a shift of `x` changes nothing | `layer_norm_is_blind_to_shifts` |
/// | five-point differences, transpose, second order | `rules_of_images_pass_the_gradient_check` |
///
/// # Numerics
///
/// The variance is the mean of squared distances from the mean, in two passes: the difference of mean square and
/// squared mean would cancel. All sums are compensated.
///
/// # Errors
///
/// [`AutodiffError::ShapeMismatch`] if the channels do not divide the rows of `X`, or the scales are not
/// `2 × channels`.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::{Tape, Shape, rules::LayerNorm};
/// use std::sync::Arc;
///
/// let theta = [1.0, 3.0, 1.0, 1.0, 0.0, 0.0]; // x, then γ and β
/// let tape = Tape::new(&theta);
/// let (x, scales) = (tape.parameter(0, Shape::new(2, 1)), tape.parameter(2, Shape::new(2, 2)));
/// let norm = Arc::new(LayerNorm { channels: 2, epsilon: 0.0 });
/// let y = tape.apply(norm, [x, scales]);
/// assert_eq!(y.value()?.as_slice(), [-1.0, 1.0]); // mean 2, deviation 1
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// J. L. Ba, J. R. Kiros and G. E. Hinton, *Layer normalization* (2016), <https://arxiv.org/abs/1607.06450>.
#[derive(Clone, Copy, Debug)]
pub struct LayerNorm {
    /// How many channels.
    pub channels: usize,
    /// What is added to the variance.
    pub epsilon: f64,
}

impl<T: Element> Rule<T> for LayerNorm {
    fn name(&self) -> &'static str {
        "layer normalization"
    }
    fn inputs(&self) -> usize {
        2
    }
    fn shape(&self, [x, scales, _]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        match x.rows.checked_rem(self.channels) {
            Some(0) if *scales == Shape::new(2, self.channels) => Ok(*x),
            _ => Err(mismatch("layer normalization", *x, *scales)),
        }
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn kept(&self, [x, ..]: &[Shape; 3]) -> usize {
        let places = x.rows.checked_div(self.channels).unwrap_or(0);
        places.saturating_mul(x.columns).saturating_mul(2)
    }
    fn value(&self, [x, scales, _]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, kept: &mut [T]) {
        let (gamma, beta) = scales.as_slice().split_at(self.channels); // 2 × channels
        let y = y.into_slice();
        self.standard(x.shape())
            .value(x.as_slice(), y, [gamma, beta], kept);
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let (standard, bar) = (self.standard(at.x[0].shape()), x_bar.into_slice());
        let matrices = [at.x[0], at.y_bar].map(|m| m.as_slice());
        if k == 0 {
            let gamma = &at.x[1].as_slice()[..self.channels]; // 2 × channels
            standard.input_bar(matrices, gamma, at.kept, bar);
        } else {
            let (gamma_bar, beta_bar) = bar.split_at_mut(self.channels); // 2 × channels
            standard.scales_bar(matrices, at.kept, gamma_bar, beta_bar);
        }
    }
}

impl LayerNorm {
    /// Channels together, every place of every sample by itself.
    const fn standard(&self, x: Shape) -> Standard {
        Standard {
            parts: 1,
            rows: self.channels,
            columns: x.rows / self.channels * x.columns, // it divides
            per_scale: 1,
            centered: true,
            epsilon: self.epsilon,
        }
    }
}
