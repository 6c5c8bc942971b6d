//! Every channel brought to a mean and a deviation of its own.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, Point, Rule, mismatch};
use crate::rules::reductions::{sum, sum_of};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, map};
use std::iter::zip;

/// Normalizes each channel by moments that are given, then scales and shifts it.
///
/// ```math
/// y_{ck} = \gamma_c \, \frac{x_{ck} - \mu_c}{\sigma_c} + \beta_c, \qquad \sigma_c = \sqrt{v_c + \varepsilon}
/// ```
///
/// ```math
/// \bar x_{ck} = \frac{\gamma_c}{\sigma_c} \bar y_{ck}, \quad
/// \bar \mu_c = -\frac{\gamma_c}{\sigma_c} \sum_k \bar y_{ck}, \quad
/// \bar v_c = -\frac{\gamma_c}{2 \sigma_c^3} \sum_k \bar y_{ck} (x_{ck} - \mu_c), \quad
/// \bar \gamma_c = \frac{1}{\sigma_c} \sum_k \bar y_{ck} (x_{ck} - \mu_c), \quad
/// \bar \beta_c = \sum_k \bar y_{ck}
/// ```
///
/// where $`k`$ runs over the places of all samples. With the [`Moments`](super::Moments) of `x` itself this is batch
/// normalization in training; with constants it is the same in evaluation.
///
/// # Shapes
///
/// `X`, `Y: (channels · places) × n`, rows contiguous; moments ($`\mu`$ above $`v`$) and scales ($`\gamma`$ above
/// $`\beta`$): `2 × channels`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | with its own moments, every channel has mean $`\beta`$ and, but for $`\varepsilon`$, deviation $`\gamma`$ | `batch_norm_brings_every_channel_to_mean_and_deviation` |
/// | five-point differences, transpose, second order | `rules_of_images_pass_the_gradient_check` |
///
/// # Numerics
///
/// Sums are compensated. A variance of $`-\varepsilon`$ or less gives what the square root gives: NaN, or slopes
/// that are infinite; moments of numbers are not negative.
///
/// # Errors
///
/// [`AutodiffError::ShapeMismatch`] if the channels do not divide the rows of `X`, or moments or scales are not
/// `2 × channels`.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::{Tape, Shape, rules::{Moments, Normalize}};
/// use std::sync::Arc;
///
/// let theta = [1.0, 3.0, 2.0, 10.0]; // one channel, two samples; then γ and β
/// let tape = Tape::new(&theta);
/// let (x, scales) = (tape.parameter(0, Shape::new(1, 2)), tape.parameter(2, Shape::new(2, 1)));
/// let moments = x.apply(Arc::new(Moments { channels: 1 }));
/// let norm = Arc::new(Normalize { channels: 1, epsilon: 0.0 });
/// let y = tape.apply(norm, [x, moments, scales]);
/// assert_eq!(y.value()?.as_slice(), [8.0, 12.0]); // 10 ∓ 2
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// S. Ioffe and C. Szegedy, *Batch normalization* (2015), algorithm 1, <https://arxiv.org/abs/1502.03167>.
#[doc(alias = "batch normalization")]
#[derive(Clone, Copy, Debug)]
pub struct Normalize {
    /// How many channels.
    pub channels: usize,
    /// What is added to the variance.
    pub epsilon: f64,
}

impl<T: Element> Rule<T> for Normalize {
    fn name(&self) -> &'static str {
        "normalization"
    }
    fn form(&self, [x, moments, scales]: [bool; 3]) -> Form {
        if moments {
            Form::General
        } else {
            Form::product([x, scales, false])
        }
    }
    fn inputs(&self) -> usize {
        3
    }
    fn shape(&self, [x, moments, scales]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        let each = Shape::new(2, self.channels);
        match x.rows.checked_rem(self.channels) {
            Some(0) if *moments == each && *scales == each => Ok(*x),
            _ => Err(mismatch("normalization", *x, *moments)),
        }
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn value(&self, x: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let length = (x[0].as_slice().len() / self.channels).max(1);
        let channels = zip(
            x[0].as_slice().chunks(length),
            y.into_slice().chunks_mut(length),
        );
        for (c, (x_c, y_c)) in channels.enumerate() {
            let [mean, deviation, gamma, beta] = self.channel(x, c);
            let scale = gamma / deviation;
            map(
                x_c,
                y_c,
                #[inline(always)]
                move |x| (x - mean) * scale + beta,
            );
        }
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let length = (at.x[0].as_slice().len() / self.channels).max(1);
        let (x, y_bar) = (at.x[0].as_slice(), at.y_bar.as_slice());
        let x_bar = x_bar.into_slice();
        if k == 0 {
            for (c, (y_bar, x_bar)) in
                zip(y_bar.chunks(length), x_bar.chunks_mut(length)).enumerate()
            {
                let [_, deviation, gamma, _] = self.channel(&at.x, c);
                let scale = gamma / deviation;
                map(
                    y_bar,
                    x_bar,
                    #[inline(always)]
                    move |y_bar| scale * y_bar,
                );
            }
            return;
        }
        x_bar.fill(T::from_f64(0.0)); // of channels without places
        for (c, (x, y_bar)) in zip(x.chunks(length), y_bar.chunks(length)).enumerate() {
            let channel = self.channel(&at.x, c);
            let bars = if k == 1 {
                moments_bar(x, y_bar, channel)
            } else {
                scales_bar(x, y_bar, channel)
            };
            [x_bar[c], x_bar[self.channels + c]] = bars; // 2 × channels
        }
    }
}

/// $`\bar \mu_c, \bar v_c`$.
fn moments_bar<T: Element>(x: &[T], y_bar: &[T], [mean, deviation, gamma, _]: [T; 4]) -> [T; 2] {
    let (scale, half) = (gamma / deviation, T::from_f64(-0.5));
    let product = with_distance(x, y_bar, mean);
    [
        -scale * sum(y_bar),
        half * scale * product / (deviation * deviation),
    ]
}

/// $`\bar \gamma_c, \bar \beta_c`$.
fn scales_bar<T: Element>(x: &[T], y_bar: &[T], [mean, deviation, ..]: [T; 4]) -> [T; 2] {
    [with_distance(x, y_bar, mean) / deviation, sum(y_bar)]
}

/// $`\sum_k \bar y_{ck} (x_{ck} - \mu_c)`$.
fn with_distance<T: Element>(x: &[T], y_bar: &[T], mean: T) -> T {
    sum_of(
        x,
        y_bar,
        #[inline(always)]
        move |x, y_bar| y_bar * (x - mean),
    )
}

impl Normalize {
    /// $`\mu_c, \sigma_c, \gamma_c, \beta_c`$.
    fn channel<T: Element>(
        &self,
        [_, moments, scales]: &[MatrixRef<'_, T>; 3],
        c: usize,
    ) -> [T; 4] {
        let [m, s] = [moments, scales].map(MatrixRef::as_slice); // 2 × channels
        let variance = m[self.channels + c] + T::from_f64(self.epsilon);
        [m[c], variance.sqrt(), s[c], s[self.channels + c]]
    }
}
