//! Every place of every sample brought to a mean and a deviation of its own.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Point, Rule, mismatch};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, vectorized};
use std::array::from_fn;

/// Normalizes each place of each sample over its channels, then scales and shifts every channel.
///
/// ```math
/// y_c = \gamma_c \hat x_c + \beta_c, \quad \hat x = \frac{x - \mu}{\sigma}, \qquad
/// \bar x = \frac{1}{\sigma} \Bigl(g - \langle g \rangle - \hat x \,\langle g \circ \hat x \rangle\Bigr), \quad
/// g = \gamma \circ \bar y, \qquad
/// \bar \gamma = \sum \bar y \circ \hat x, \quad \bar \beta = \sum \bar y
/// ```
///
/// with the mean $`\langle \cdot \rangle`$ over channels, $`\mu = \langle x \rangle`$ and
/// $`\sigma^2 = \langle (x - \mu)^2 \rangle + \varepsilon`$; the last sums run over places and samples.
///
/// # Shapes
///
/// `X`, `Y: (channels · places) × n`, rows contiguous; scales ($`\gamma`$ above $`\beta`$): `2 × channels`.
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
    fn value(&self, [x, scales, _]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>) {
        let (x, y) = (x.as_slice(), y.into_slice());
        let (gamma, beta) = scales.as_slice().split_at(self.channels);
        vectorized(
            #[inline(always)]
            move || {
                self.places(
                    x.len(),
                    Value {
                        norm: self,
                        x,
                        y,
                        gamma,
                        beta,
                    },
                );
            },
        );
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let [x, y_bar, scales] = [at.x[0], at.y_bar, at.x[1]].map(|m| m.as_slice());
        let (gamma, bar) = (&scales[..self.channels], x_bar.into_slice());
        bar.fill(T::from_f64(0.0));
        vectorized(
            #[inline(always)]
            move || {
                if k == 0 {
                    self.places(
                        x.len(),
                        InputBar {
                            norm: self,
                            x,
                            y_bar,
                            gamma,
                            bar,
                        },
                    );
                } else {
                    self.places(
                        x.len(),
                        ScalesBar {
                            norm: self,
                            x,
                            y_bar,
                            bar,
                        },
                    );
                }
            },
        );
    }
}

/// What is done with `L` columns, side by side: places of some samples, from `first` on, whose channels lie
/// `stride` apart.
trait Columns {
    fn visit<const L: usize>(&mut self, first: usize, stride: usize);
}

struct Value<'a, T> {
    norm: &'a LayerNorm,
    x: &'a [T],
    y: &'a mut [T],
    gamma: &'a [T],
    beta: &'a [T],
}

impl<T: Element> Columns for Value<'_, T> {
    #[inline(always)]
    fn visit<const L: usize>(&mut self, first: usize, stride: usize) {
        let (mean, inverse) = self.norm.moments::<T, L>(self.x, first, stride);
        for c in 0..self.norm.channels {
            let at = first + c * stride;
            let (x, y) = (row::<T, L>(self.x, at), &mut self.y[at..at + L]);
            for l in 0..L {
                y[l] = (x[l] - mean[l]) * inverse[l] * self.gamma[c] + self.beta[c];
            }
        }
    }
}

struct InputBar<'a, T> {
    norm: &'a LayerNorm,
    x: &'a [T],
    y_bar: &'a [T],
    gamma: &'a [T],
    bar: &'a mut [T],
}

impl<T: Element> Columns for InputBar<'_, T> {
    #[inline(always)]
    fn visit<const L: usize>(&mut self, first: usize, stride: usize) {
        let (mean, inverse) = self.norm.moments::<T, L>(self.x, first, stride);
        let (mut g_mean, mut g_hat) = ([T::from_f64(0.0); L], [T::from_f64(0.0); L]);
        for c in 0..self.norm.channels {
            let at = first + c * stride;
            let (x, y_bar) = (row::<T, L>(self.x, at), row::<T, L>(self.y_bar, at));
            for l in 0..L {
                let g = self.gamma[c] * y_bar[l];
                g_mean[l] += g;
                g_hat[l] += g * ((x[l] - mean[l]) * inverse[l]);
            }
        }
        let share = T::from_f64(1.0 / self.norm.channels as f64);
        for c in 0..self.norm.channels {
            let at = first + c * stride;
            let (x, y_bar) = (row::<T, L>(self.x, at), row::<T, L>(self.y_bar, at));
            let bar = &mut self.bar[at..at + L];
            for l in 0..L {
                let hat = (x[l] - mean[l]) * inverse[l];
                bar[l] =
                    inverse[l] * (self.gamma[c] * y_bar[l] - share * (g_mean[l] + hat * g_hat[l]));
            }
        }
    }
}

struct ScalesBar<'a, T> {
    norm: &'a LayerNorm,
    x: &'a [T],
    y_bar: &'a [T],
    bar: &'a mut [T],
}

impl<T: Element> Columns for ScalesBar<'_, T> {
    #[inline(always)]
    fn visit<const L: usize>(&mut self, first: usize, stride: usize) {
        let (mean, inverse) = self.norm.moments::<T, L>(self.x, first, stride);
        for c in 0..self.norm.channels {
            let at = first + c * stride;
            let (x, y_bar) = (row::<T, L>(self.x, at), row::<T, L>(self.y_bar, at));
            let hats: [T; L] = from_fn(|l| y_bar[l] * ((x[l] - mean[l]) * inverse[l]));
            self.bar[c] += hats.into_iter().sum();
            self.bar[self.norm.channels + c] += y_bar.iter().copied().sum();
        }
    }
}

impl LayerNorm {
    /// Visits the places of all samples, 16 at a time while there are as many.
    #[inline(always)]
    fn places(&self, length: usize, mut columns: impl Columns) {
        let stride = length / self.channels; // places · samples
        let whole = stride - stride % 16;
        for first in (0..whole).step_by(16) {
            columns.visit::<16>(first, stride);
        }
        for first in whole..stride {
            columns.visit::<1>(first, stride);
        }
    }

    /// $`\mu`$ and $`1 / \sigma`$.
    #[inline(always)]
    fn moments<T: Element, const L: usize>(
        &self,
        x: &[T],
        first: usize,
        stride: usize,
    ) -> ([T; L], [T; L]) {
        let share = T::from_f64(1.0 / self.channels as f64);
        let (mut mean, mut v) = ([T::from_f64(0.0); L], [T::from_f64(0.0); L]);
        for c in 0..self.channels {
            let x = row::<T, L>(x, first + c * stride);
            for l in 0..L {
                mean[l] += share * x[l];
            }
        }
        for c in 0..self.channels {
            let x = row::<T, L>(x, first + c * stride);
            for l in 0..L {
                v[l] += share * ((x[l] - mean[l]) * (x[l] - mean[l]));
            }
        }
        let (one, epsilon) = (T::from_f64(1.0), T::from_f64(self.epsilon));
        (mean, v.map(|v| one / (v + epsilon).sqrt()))
    }
}

/// `L` numbers from `at` on.
#[inline(always)]
fn row<T: Element, const L: usize>(x: &[T], at: usize) -> [T; L] {
    let x = &x[at..at + L];
    from_fn(|l| x[l]) // within the shape
}
