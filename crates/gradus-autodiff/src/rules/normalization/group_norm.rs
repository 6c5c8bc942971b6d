//! Groups of channels brought to a mean and a deviation of their own.

use super::standard::Standard;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Point, Rule, mismatch};
use gradus_numeric::{MatrixMut, MatrixRef, Shape};

/// Normalizes each group of channels of each sample over its channels and places, then scales and shifts every channel.
///
/// ```math
/// y_{ck} = \gamma_c \, \frac{x_{ck} - \mu_g}{\sigma_g} + \beta_c, \qquad
/// \mu_g = \langle x \rangle_g, \quad \sigma_g^2 = \langle (x - \mu_g)^2 \rangle_g + \varepsilon
/// ```
///
/// where the mean $`\langle \cdot \rangle_g`$ runs over all places $`k`$ of the channels of group $`g`$, to which $`c`$
/// belongs. As many groups as channels are *instance* normalization.
///
/// # Shapes
///
/// `X`, `Y: (channels · places) × n`, rows contiguous; scales ($`\gamma`$ above $`\beta`$): `2 × channels`. The rule
/// keeps $`\mu`$ and $`1 / \sigma`$ of every group: `2 · groups · n` numbers.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one group of channels without places is layer normalization, to the bit | `one_group_of_vectors_is_layer_normalization` |
/// | each group has mean 0 and deviation 1 | `group_norm_brings_every_group_to_mean_and_deviation` |
/// | five-point differences, transpose, second order | `rules_of_images_pass_the_gradient_check` |
///
/// # Numerics
///
/// As of [`LayerNorm`](super::LayerNorm).
///
/// # Errors
///
/// [`AutodiffError::ShapeMismatch`] if the channels do not divide the rows of `X`, the groups not the channels, or the
/// scales are not `2 × channels`.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::{Tape, Shape, rules::GroupNorm};
/// use std::sync::Arc;
///
/// let theta = [1.0, 3.0, 10.0, 30.0, 1.0, 1.0, 0.0, 5.0]; // two channels of two places, then γ and β
/// let tape = Tape::new(&theta);
/// let (x, scales) = (tape.parameter(0, Shape::new(4, 1)), tape.parameter(4, Shape::new(2, 2)));
/// let norm = Arc::new(GroupNorm { channels: 2, groups: 2, epsilon: 0.0 });
/// assert_eq!(tape.apply(norm, [x, scales]).value()?.as_slice(), [-1.0, 1.0, 4.0, 6.0]);
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// Y. Wu and K. He, *Group normalization*, ECCV 2018, (1)–(4), <https://arxiv.org/abs/1803.08494>; instances:
/// D. Ulyanov, A. Vedaldi and V. Lempitsky (2016), <https://arxiv.org/abs/1607.08022>.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "instance normalization")]
pub struct GroupNorm {
    /// How many channels.
    pub channels: usize,
    /// Into how many groups they are cut.
    pub groups: usize,
    /// What is added to the variance.
    pub epsilon: f64,
}

impl<T: Element> Rule<T> for GroupNorm {
    fn name(&self) -> &'static str {
        "group normalization"
    }
    fn inputs(&self) -> usize {
        2
    }
    fn shape(&self, [x, scales, _]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        let divide = [
            x.rows.checked_rem(self.channels),
            self.channels.checked_rem(self.groups),
        ];
        if divide == [Some(0); 2] && *scales == Shape::new(2, self.channels) {
            Ok(*x)
        } else {
            Err(mismatch("group normalization", *x, *scales))
        }
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn kept(&self, [x, ..]: &[Shape; 3]) -> usize {
        self.groups.saturating_mul(x.columns).saturating_mul(2)
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

impl GroupNorm {
    /// Channels and places of a group together, every sample by itself.
    const fn standard(&self, x: Shape) -> Standard {
        Standard {
            parts: self.groups,
            rows: x.rows / self.groups, // groups divide channels, and these the rows
            columns: x.columns,
            per_scale: x.rows / self.channels,
            centered: true,
            epsilon: self.epsilon,
        }
    }
}
