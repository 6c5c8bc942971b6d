//! Every place of every sample brought to a mean and a deviation of its own.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Point, Rule, mismatch};
use crate::rules::reductions::{Careful, sum, sum_of};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, map3, vectorized};
use std::array::from_fn;
use std::iter::zip;

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
        let (gamma, beta) = scales.as_slice().split_at(self.channels);
        let (mean, inverse) = kept.split_at_mut(kept.len() / 2);
        visit_all(Value {
            norm: self,
            x: x.as_slice(),
            y: y.into_slice(),
            gamma,
            beta,
            mean,
            inverse,
        });
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let [x, y_bar, scales] = [at.x[0], at.y_bar, at.x[1]].map(|m| m.as_slice());
        let (mean, inverse) = at.kept.split_at(at.kept.len() / 2);
        let bar = x_bar.into_slice();
        if k == 0 {
            visit_all(InputBar {
                norm: self,
                x,
                y_bar,
                gamma: &scales[..self.channels], // 2 × channels
                mean,
                inverse,
                bar,
            });
        } else {
            self.scales_bar(x, y_bar, [mean, inverse], bar);
        }
    }
}

impl LayerNorm {
    /// $`\bar \gamma_c`$ and $`\bar \beta_c`$: sums along a channel, which is contiguous.
    fn scales_bar<T: Element>(&self, x: &[T], y_bar: &[T], moments: [&[T]; 2], bar: &mut [T]) {
        let places = moments[0].len();
        bar.fill(T::from_f64(0.0)); // of no places
        let (gamma_bar, beta_bar) = bar.split_at_mut(self.channels); // 2 × channels
        let channels = zip(x.chunks(places.max(1)), y_bar.chunks(places.max(1)));
        for ((x, y_bar), (gamma_bar, beta_bar)) in zip(channels, zip(gamma_bar, beta_bar)) {
            *gamma_bar = along_hat(x, y_bar, moments);
            *beta_bar = sum(y_bar);
        }
    }

    /// $`\sum_c`$ of `L` columns side by side.
    #[inline(always)]
    fn sums<T: Element, const L: usize>(&self, term: impl Fn(usize) -> [T; L]) -> [T; L] {
        let mut sums = [Careful::zero(); L];
        let whole = self.channels - self.channels % 4;
        // Four at a time: a compensated addition waits for the one before, so the fewer the better.
        for c in (0..whole).step_by(4) {
            let [p, q, r, s] = [term(c), term(c + 1), term(c + 2), term(c + 3)];
            for l in 0..L {
                sums[l].add((p[l] + q[l]) + (r[l] + s[l]));
            }
        }
        for c in whole..self.channels {
            let p = term(c);
            for l in 0..L {
                sums[l].add(p[l]);
            }
        }
        sums.map(Careful::value)
    }

    /// The mean over channels.
    #[inline(always)]
    fn mean<T: Element, const L: usize>(&self, term: impl Fn(usize) -> [T; L]) -> [T; L] {
        let m = T::from_f64(self.channels as f64);
        self.sums(term).map(|sum| sum / m)
    }
}

/// $`\langle \bar y, \hat x \rangle`$ of one channel, by blocks of $`\hat x`$.
fn along_hat<T: Element>(x: &[T], y_bar: &[T], [mean, inverse]: [&[T]; 2]) -> T {
    let mut total = Careful::zero();
    let mut hats = [T::from_f64(0.0); BLOCK];
    let moments = zip(mean.chunks(BLOCK), inverse.chunks(BLOCK));
    for ((x, y_bar), (mean, inverse)) in zip(zip(x.chunks(BLOCK), y_bar.chunks(BLOCK)), moments) {
        let hats = &mut hats[..x.len()]; // a block, or what is left
        map3(
            x,
            mean,
            inverse,
            hats,
            #[inline(always)]
            |x, mean, inverse| (x - mean) * inverse,
        );
        total.add(sum_of(
            y_bar,
            hats,
            #[inline(always)]
            |y_bar, hat| y_bar * hat,
        ));
    }
    total.value()
}

/// Places of one block: a kilobyte in single precision, which stays in the nearest cache.
const BLOCK: usize = 256;

/// What is done with `L` places side by side, from `first` on, whose channels lie `stride` apart.
trait Columns<T> {
    /// How many places there are.
    fn places(&self) -> usize;

    fn visit<const L: usize>(&mut self, first: usize, stride: usize);
}

/// Visits all places: 32 at a time, so that one compensated addition need not wait for the other, then one by one.
fn visit_all<T: Element>(mut columns: impl Columns<T>) {
    const WIDE: usize = 32; // two vectors of the widest machine in single precision
    vectorized(
        #[inline(always)]
        move || {
            let places = columns.places();
            let whole = places - places % WIDE;
            for first in (0..whole).step_by(WIDE) {
                columns.visit::<WIDE>(first, places);
            }
            for first in whole..places {
                columns.visit::<1>(first, places);
            }
        },
    );
}

struct Value<'a, T> {
    norm: &'a LayerNorm,
    x: &'a [T],
    y: &'a mut [T],
    gamma: &'a [T],
    beta: &'a [T],
    mean: &'a mut [T],
    inverse: &'a mut [T],
}

impl<T: Element> Columns<T> for Value<'_, T> {
    #[inline(always)]
    fn places(&self) -> usize {
        self.mean.len()
    }

    #[inline(always)]
    fn visit<const L: usize>(&mut self, first: usize, stride: usize) {
        let x = |c: usize| row::<T, L>(self.x, first + c * stride);
        let mean = self.norm.mean(x);
        let variance: [T; L] = self.norm.mean(
            #[inline(always)]
            |c| {
                let x = x(c);
                from_fn(|l| (x[l] - mean[l]) * (x[l] - mean[l]))
            },
        );
        let (one, epsilon) = (T::from_f64(1.0), T::from_f64(self.norm.epsilon));
        let inverse = variance.map(|v| one / (v + epsilon).sqrt());
        for (c, (&gamma, &beta)) in zip(self.gamma, self.beta).enumerate() {
            let x = x(c);
            let y = &mut self.y[first + c * stride..][..L]; // as many as x has
            for l in 0..L {
                y[l] = (x[l] - mean[l]) * inverse[l] * gamma + beta;
            }
        }
        self.mean[first..][..L].copy_from_slice(&mean); // kept for every place
        self.inverse[first..][..L].copy_from_slice(&inverse);
    }
}

struct InputBar<'a, T> {
    norm: &'a LayerNorm,
    x: &'a [T],
    y_bar: &'a [T],
    gamma: &'a [T],
    mean: &'a [T],
    inverse: &'a [T],
    bar: &'a mut [T],
}

impl<T: Element> Columns<T> for InputBar<'_, T> {
    #[inline(always)]
    fn places(&self) -> usize {
        self.mean.len()
    }

    #[inline(always)]
    fn visit<const L: usize>(&mut self, first: usize, stride: usize) {
        let (mean, inverse) = (
            row::<T, L>(self.mean, first),
            row::<T, L>(self.inverse, first),
        );
        let g = |c: usize| {
            row::<T, L>(self.y_bar, first + c * stride).map(|y_bar| self.gamma[c] * y_bar)
        };
        let hat = |c: usize| {
            let x = row::<T, L>(self.x, first + c * stride);
            from_fn::<T, L, _>(|l| (x[l] - mean[l]) * inverse[l])
        };
        let g_mean = self.norm.mean(g);
        let g_hat: [T; L] = self.norm.mean(
            #[inline(always)]
            |c| {
                let (g, hat) = (g(c), hat(c));
                from_fn(|l| g[l] * hat[l])
            },
        );
        for c in 0..self.norm.channels {
            let (g, hat) = (g(c), hat(c));
            let bar = &mut self.bar[first + c * stride..][..L]; // as many as x has
            for l in 0..L {
                bar[l] = inverse[l] * (g[l] - g_mean[l] - hat[l] * g_hat[l]);
            }
        }
    }
}

/// `L` numbers from `at` on.
#[inline(always)]
fn row<T: Element, const L: usize>(x: &[T], at: usize) -> [T; L] {
    let x = &x[at..][..L];
    from_fn(|l| x[l]) // L of them
}
