//! Mean and variance of each channel.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Point, Rule, mismatch};
use crate::rules::reductions::{row_sums, sum_of};
use gradus_numeric::{MatrixMut, MatrixRef, Shape};
use std::iter::zip;

/// Mean and variance of each channel over all of its places and samples.
///
/// ```math
/// \mu_c = \frac{1}{m} \sum_{k} x_{ck}, \qquad v_c = \frac{1}{m} \sum_k (x_{ck} - \mu_c)^2, \qquad
/// \bar x_{ck} = \frac{\bar \mu_c + 2\,(x_{ck} - \mu_c)\,\bar v_c}{m}
/// ```
///
/// where $`k`$ runs over the $`m`$ places of all samples. The way of $`v`$ through $`\mu`$ adds nothing: distances
/// from the mean sum to 0.
///
/// # Shapes
///
/// `X: (channels · places) × n`, rows contiguous, so that a channel is; `Y: 2 × channels`, means above
/// variances.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a shift of `x` shifts $`\mu`$ and leaves $`v`$ | `moments_of_shifted_channels` |
/// | five-point differences, transpose, second order | `rules_of_images_pass_the_gradient_check` |
///
/// # Numerics
///
/// Two passes, and compensated sums: the difference of mean square and squared mean would cancel. Moments of no
/// samples are 0.
///
/// # Errors
///
/// [`AutodiffError::ShapeMismatch`] if the channels do not divide the rows of `X`.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::{Tape, Shape, rules::Moments};
/// use std::sync::Arc;
///
/// let theta = [1.0, 3.0, 10.0, 10.0]; // two channels, two samples
/// let tape = Tape::new(&theta);
/// let y = tape.parameter(0, Shape::new(2, 2)).apply(Arc::new(Moments { channels: 2 }));
/// assert_eq!(y.value()?.as_slice(), [2.0, 1.0, 10.0, 0.0]); // means 2 and 10, variances 1 and 0
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// S. Ioffe and C. Szegedy, *Batch normalization* (2015), algorithm 1, <https://arxiv.org/abs/1502.03167>;
/// T. F. Chan, G. H. Golub and R. J. LeVeque, *Algorithms for computing the sample variance*, Amer. Statist. 37
/// (1983), 242–247.
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
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], moments: MatrixMut<'_, T>, _: &mut [T]) {
        let length = x.as_slice().len() / self.channels;
        let m = T::from_f64(length.max(1) as f64); // no samples: sums of nothing over 1
        let moments = moments.into_slice();
        moments.fill(T::from_f64(0.0)); // of channels without places
        let (means, variances) = moments.split_at_mut(self.channels);
        if let Ok(x) = MatrixRef::new(x.as_slice(), Shape::new(self.channels, length), x.order()) {
            row_sums(x, means);
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
