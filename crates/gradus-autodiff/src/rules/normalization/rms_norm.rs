//! Every place of every sample brought to a mean square of its own.

use super::standard::Standard;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Point, Rule, mismatch};
use gradus_numeric::{MatrixMut, MatrixRef, Shape};

/// Divides each place of each sample by its root mean square over the channels, then scales every channel.
///
/// ```math
/// y_c = \gamma_c \hat x_c, \qquad \hat x = \frac{x}{\sigma}, \quad \sigma^2 = \langle x^2 \rangle + \varepsilon, \qquad
/// \bar x = \frac{1}{\sigma} \bigl(g - \hat x \,\langle g \circ \hat x \rangle\bigr), \quad g = \gamma \circ \bar y
/// ```
///
/// with the mean $`\langle \cdot \rangle`$ over channels: [`LayerNorm`](super::LayerNorm) that does not take off the mean
/// and does not shift.
///
/// # Shapes
///
/// `X`, `Y: (channels · places) × n`, rows contiguous; $`\gamma`$: `1 × channels` or `channels × 1`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | without $`\varepsilon`$, twice `x` is the same, to the bit | `rms_norm_is_blind_to_powers_of_two` |
/// | five-point differences, transpose, second order | `rules_of_images_pass_the_gradient_check` |
///
/// # Numerics
///
/// Sums are compensated. Squares of numbers beyond $`10^{\pm 154}`$ leave the range of double precision.
///
/// # Errors
///
/// [`AutodiffError::ShapeMismatch`] if the channels do not divide the rows of `X`, or there is not one scale a channel.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::{Tape, Shape, rules::RmsNorm};
/// use std::sync::Arc;
///
/// let theta = [1.0_f64, 7.0, 1.0, 2.0]; // x, of mean square 25, then γ
/// let tape = Tape::new(&theta);
/// let (x, gamma) = (tape.parameter(0, Shape::new(2, 1)), tape.parameter(2, Shape::new(1, 2)));
/// let y = tape.apply(Arc::new(RmsNorm { channels: 2, epsilon: 0.0 }), [x, gamma]);
/// let value = y.value()?;
/// let y = value.as_slice(); // (1, 7) / 5, times (1, 2)
/// assert!((y[0] - 0.2).abs() < 1e-15 && (y[1] - 2.8).abs() < 1e-15);
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// B. Zhang and R. Sennrich, *Root mean square layer normalization*, `NeurIPS` 2019, (4),
/// <https://arxiv.org/abs/1910.07467>.
#[derive(Clone, Copy, Debug)]
pub struct RmsNorm {
    /// How many channels.
    pub channels: usize,
    /// What is added to the mean square.
    pub epsilon: f64,
}

impl<T: Element> Rule<T> for RmsNorm {
    fn name(&self) -> &'static str {
        "RMS normalization"
    }
    fn inputs(&self) -> usize {
        2
    }
    fn shape(&self, [x, scales, _]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        let each = Shape::new(1, self.channels);
        match x.rows.checked_rem(self.channels) {
            Some(0) if *scales == each || *scales == each.transposed() => Ok(*x),
            _ => Err(mismatch("RMS normalization", *x, *scales)),
        }
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn kept(&self, [x, ..]: &[Shape; 3]) -> usize {
        let places = x.rows.checked_div(self.channels).unwrap_or(0);
        places.saturating_mul(x.columns).saturating_mul(2)
    }
    fn value(&self, [x, gamma, _]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, kept: &mut [T]) {
        let (gamma, y) = (gamma.as_slice(), y.into_slice());
        self.standard(x.shape())
            .value(x.as_slice(), y, [gamma, &[]], kept);
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let (standard, bar) = (self.standard(at.x[0].shape()), x_bar.into_slice());
        let matrices = [at.x[0], at.y_bar].map(|m| m.as_slice());
        if k == 0 {
            standard.input_bar(matrices, at.x[1].as_slice(), at.kept, bar);
        } else {
            standard.scales_bar(matrices, at.kept, bar, &mut []);
        }
    }
}

impl RmsNorm {
    /// Channels together, every place of every sample by itself.
    const fn standard(&self, x: Shape) -> Standard {
        Standard {
            parts: 1,
            rows: self.channels,
            columns: x.rows / self.channels * x.columns, // it divides
            per_scale: 1,
            centered: false,
            epsilon: self.epsilon,
        }
    }
}
