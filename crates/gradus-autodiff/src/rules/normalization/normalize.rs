//! Every channel brought to a mean and a deviation of its own.

use super::moments::sum_of;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Point, Rule, mismatch};
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
/// With the [`Moments`](super::Moments) of `x` itself this is batch normalization in training; with constants
/// it is the same in evaluation.
///
/// # Shapes
///
/// `X`, `Y: (channels · places) × n`, rows contiguous; moments ($`\mu`$ above $`v`$) and scales ($`\gamma`$ above
/// $`\beta`$): `2 × channels`.
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
    fn value(&self, x: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>) {
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
        let channels = zip(
            at.x[0].as_slice().chunks(length),
            at.y_bar.as_slice().chunks(length),
        );
        let x_bar = x_bar.into_slice();
        for (c, (x, y_bar)) in channels.enumerate() {
            let [mean, deviation, gamma, _] = self.channel(&at.x, c);
            let scale = gamma / deviation;
            if k == 0 {
                let x_bar = &mut x_bar[c * length..][..y_bar.len()]; // as many as x has
                map(
                    y_bar,
                    x_bar,
                    #[inline(always)]
                    move |y_bar| scale * y_bar,
                );
                continue;
            }
            let sum = sum_of(
                y_bar,
                y_bar,
                #[inline(always)]
                |y_bar, _| y_bar,
            );
            let product = sum_of(
                x,
                y_bar,
                #[inline(always)]
                move |x, y_bar| y_bar * (x - mean),
            );
            let half = T::from_f64(-0.5);
            let (above, below) = if k == 1 {
                (
                    -scale * sum,
                    half * scale * product / (deviation * deviation),
                )
            } else {
                (product / deviation, sum)
            };
            (x_bar[c], x_bar[self.channels + c]) = (above, below); // 2 × channels
        }
    }
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
