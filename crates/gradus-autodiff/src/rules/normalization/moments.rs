//! Mean and variance of each channel.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Point, Rule, mismatch};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, sum_rows, vectorized};
use std::iter::zip;

/// Mean and variance of each channel over all of its places and samples.
///
/// ```math
/// \mu_c = \frac{1}{m} \sum_{k} x_{ck}, \qquad v_c = \frac{1}{m} \sum_k (x_{ck} - \mu_c)^2, \qquad
/// \bar x_{ck} = \frac{\bar \mu_c + 2\,(x_{ck} - \mu_c)\,\bar v_c}{m}
/// ```
///
/// # Shapes
///
/// `X: (channels · places) × n`, rows contiguous, so that a channel is; `Y: 2 × channels`, means above
/// variances.
#[derive(Clone, Copy, Debug)]
pub struct Moments {
    /// How many channels.
    pub channels: usize,
}

impl<T: Element> Rule<T> for Moments {
    fn name(&self) -> &'static str {
        "moments"
    }
    fn shape(&self, [x, ..]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        match x.rows.checked_rem(self.channels) {
            Some(0) => Ok(Shape::new(2, self.channels)),
            _ => Err(mismatch("moments", *x, Shape::new(self.channels, 1))),
        }
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], moments: MatrixMut<'_, T>) {
        let length = x.as_slice().len() / self.channels;
        let m = T::from_f64(length as f64);
        let (means, variances) = moments.into_slice().split_at_mut(self.channels);
        if let Ok(x) = MatrixRef::new(x.as_slice(), Shape::new(self.channels, length), x.order()) {
            sum_rows(x, means);
        }
        for mean in means.iter_mut() {
            *mean = *mean / m;
        }
        for (channel, (&mean, v)) in
            zip(x.as_slice().chunks(length.max(1)), zip(&*means, variances))
        {
            *v = sum_of(
                channel,
                channel,
                #[inline(always)]
                move |x, _| (x - mean) * (x - mean),
            ) / m;
        }
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let length = at.x[0].as_slice().len() / self.channels;
        let (m, two) = (T::from_f64(length as f64), T::from_f64(2.0));
        let means = at.y.as_slice();
        let (means_bar, variances_bar) = at.y_bar.as_slice().split_at(self.channels);
        let x = at.x[0].as_slice().chunks(length.max(1));
        let channels = zip(x, x_bar.into_slice().chunks_mut(length.max(1)));
        for ((x, x_bar), (&mean, (&mean_bar, &v_bar))) in
            zip(channels, zip(means, zip(means_bar, variances_bar)))
        {
            let (shift, slope) = (mean_bar / m, two * v_bar / m);
            gradus_numeric::map(
                x,
                x_bar,
                #[inline(always)]
                move |x| shift + (x - mean) * slope,
            );
        }
    }
}

/// $`\sum_k f(x_k, y_k)`$ in 64 interleaved partial sums.
#[inline(always)]
pub(super) fn sum_of<T: Element>(x: &[T], y: &[T], f: impl Fn(T, T) -> T) -> T {
    #[inline(always)]
    fn body<T: Element>(x: &[T], y: &[T], f: impl Fn(T, T) -> T) -> T {
        let mut lanes = [T::from_f64(0.0); LANES];
        let ((x, x_rest), (y, y_rest)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
        for (x, y) in zip(x, y) {
            for l in 0..LANES {
                lanes[l] += f(x[l], y[l]);
            }
        }
        for (lane, (&x, &y)) in zip(&mut lanes, zip(x_rest, y_rest)) {
            *lane += f(x, y);
        }
        for half in [32, 16, 8, 4, 2, 1] {
            for i in 0..half {
                let other = lanes[i + half]; // i + half < 2 · half ≤ LANES
                lanes[i] += other;
            }
        }
        lanes[0]
    }
    vectorized(
        #[inline(always)]
        move || body(x, y, f),
    )
}

/// Four vectors: enough sums that adding does not wait for the sum before.
const LANES: usize = 64;
