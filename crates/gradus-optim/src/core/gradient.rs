//! The gradient of one step: one flat vector, or several that are to be summed.

use crate::core::layout::Layout;
use crate::core::ordinary::{ordinary, within};
use crate::error::OptimError;
use gradus_numeric::{Float, vectorized};
use std::iter::zip;
use std::ops::Range;

/// The gradient of one step, as the sum of its shards in the order in which they are given.
///
/// ```math
/// g = g^{(1)} + g^{(2)} + \dots + g^{(s)}
/// ```
///
/// A batch that was cut into shards leaves one gradient per shard. The sum is taken block by block
/// inside the update, so it costs no pass over memory of its own; the order of the summands is fixed,
/// so its bits are.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let optimizer = sgd(0.5)?;
/// let mut theta = [1.0, 1.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0, 0.0], &[1.0, 4.0]]))?;
/// assert_eq!(theta, [0.0, -1.0]); // 1 - 0.5 · (1 + 1) and 1 - 0.5 · (0 + 4)
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Gradient<'a, T> {
    shards: &'a [&'a [T]],
    known_ordinary: bool,
    loss: Option<f64>,
}

impl<'a, T: Float> Gradient<'a, T> {
    /// The sum of `shards`; for a gradient in one piece, `Gradient::sum_of(&[&g])`.
    #[must_use]
    pub const fn sum_of(shards: &'a [&'a [T]]) -> Self {
        Self {
            shards,
            known_ordinary: false,
            loss: None,
        }
    }

    /// The sum of `shards`, each of which has passed [`is_ordinary`] already.
    ///
    /// Whoever computes a shard can check it while it is still in the cache, and on its own thread. A
    /// claim that is wrong lets NaN into the parameters, and the step after that is refused.
    #[must_use]
    pub const fn known_ordinary(shards: &'a [&'a [T]]) -> Self {
        Self {
            shards,
            known_ordinary: true,
            loss: None,
        }
    }

    /// The same with the loss at these parameters, for transformations that watch it. One that is not finite refuses the
    /// step, as a gradient does.
    #[must_use]
    pub const fn with_loss(self, loss: f64) -> Self {
        let loss = Some(loss);
        Self { loss, ..self }
    }

    pub(crate) const fn loss(&self) -> Option<f64> {
        self.loss
    }

    /// Numbers `range` as the sum of two slices: one or two shards, or all of them, summed in `memory`.
    pub(crate) fn read<'b>(&self, range: &Range<usize>, memory: &'b mut [T]) -> [&'b [T]; 2]
    where
        'a: 'b,
    {
        let of = |shard: &'a [T]| shard.get(range.clone()).unwrap_or(&[]);
        match *self.shards {
            [shard] => [of(shard), &[]],
            [a, b] => [of(a), of(b)],
            _ => {
                let memory = &mut memory[..range.len()];
                self.write(range, memory);
                [memory, &[]]
            }
        }
    }

    /// The summands.
    #[must_use]
    pub const fn shards(&self) -> &'a [&'a [T]] {
        self.shards
    }

    /// Writes numbers `range` of the sum to `sum`; total: what lies outside of a shard counts nothing.
    pub(crate) fn write(&self, range: &Range<usize>, sum: &mut [T]) {
        let part = |i: usize| {
            self.shards
                .get(i)
                .and_then(|shard| shard.get(range.clone()))
        };
        let rest = match (part(0), part(1)) {
            (Some(a), Some(b)) => {
                write_sum(a, b, sum);
                2
            }
            (Some(a), None) => {
                zip(&mut *sum, a).for_each(|(sum, &a)| *sum = a);
                1
            }
            _ => {
                sum.fill(T::default());
                0
            }
        };
        for i in rest..self.shards.len() {
            add(part(i).unwrap_or(&[]), sum);
        }
    }

    /// Checks that every shard has the layout's length, that the loss is finite where there is one and that every entry
    /// of the sum is at most `limit`.
    pub(crate) fn check(&self, step: u64, layout: &Layout, limit: T) -> Result<(), OptimError> {
        let expected = layout.len();
        for (shard, part) in self.shards.iter().enumerate() {
            let got = part.len();
            if got != expected {
                return Err(OptimError::GradientLength {
                    shard,
                    expected,
                    got,
                });
            }
        }
        if self.shards.is_empty() {
            return Err(OptimError::NoGradient);
        }
        if let Some(value) = self.loss.filter(|loss| !loss.is_finite()) {
            return Err(OptimError::BadLoss { step, value });
        }
        if self.known_ordinary {
            return Ok(());
        }
        let share = limit / T::from_f64(self.shards.len() as f64);
        if self.shards.iter().all(|part| all_within(part, share)) {
            return Ok(());
        }
        (0..expected).try_for_each(|i| self.check_entry(i, step, layout, limit))
    }

    /// The exact check of one entry, with the error that names it.
    fn check_entry(
        &self,
        i: usize,
        step: u64,
        layout: &Layout,
        limit: T,
    ) -> Result<(), OptimError> {
        let mut entry = [T::default()];
        self.write(&(i..i + 1), &mut entry);
        let [g] = entry;
        if g.abs() <= limit {
            return Ok(());
        }
        let (parameter, offset) = layout
            .at(i)
            .map(|entry| (entry.name.clone(), entry.offset))
            .unwrap_or_default();
        let (index, value) = (i - offset, g.to_f64());
        Err(if g.is_finite() {
            OptimError::GradientTooLarge {
                step,
                parameter,
                index,
                value,
                limit: limit.to_f64(),
            }
        } else {
            OptimError::NonFinite {
                step,
                parameter,
                index,
                value,
            }
        })
    }
}

/// Whether every entry of a gradient shard is so small that the sum of `shards` shards can be squared.
///
/// ```math
/// |g_i| \le \frac{1}{2s} \sqrt{\text{MAX}} \quad \text{for all } i
/// ```
///
/// where $`s`$ is the number of shards and MAX the largest number: an *ordinary* gradient is at most
/// $`9 \cdot 10^{18}`$ in `f32` and $`7 \cdot 10^{153}`$ in `f64`. NaN and infinities are not ordinary. Where the answer is no,
/// [`Chain::prepare`](crate::Chain::prepare) on [`Gradient::sum_of`] decides exactly, and names the entry.
///
/// # Examples
///
/// ```
/// use gradus_optim::is_ordinary;
///
/// assert!(is_ordinary(&[1.0_f32, -2.0], 8));
/// assert!(!is_ordinary(&[1.0_f32, f32::NAN], 8));
/// assert!(!is_ordinary(&[1.0_f32, 1e19], 1)); // its square is infinite
/// ```
#[must_use]
pub fn is_ordinary<T: Float>(shard: &[T], shards: usize) -> bool {
    all_within(shard, ordinary::<T>() / T::from_f64(shards.max(1) as f64))
}

/// Whether $`|x_i| \le`$ `limit` for all entries; false as soon as one is NaN.
fn all_within<T: Float>(x: &[T], limit: T) -> bool {
    const CHUNK: usize = 4096;
    // From the end, so that the step finds in the cache what it reads first: 4 to 7 % of a step (`benches/peers/optim`).
    x.chunks(CHUNK).rev().all(|x| {
        vectorized(
            #[inline(always)]
            || within(x, limit),
        )
    })
}

fn write_sum<T: Float>(a: &[T], b: &[T], sum: &mut [T]) {
    vectorized(
        #[inline(always)]
        || {
            for (sum, (&a, &b)) in zip(sum, zip(a, b)) {
                *sum = a + b;
            }
        },
    );
}

pub(crate) fn add<T: Float>(a: &[T], sum: &mut [T]) {
    vectorized(
        #[inline(always)]
        || {
            for (sum, &a) in zip(sum, a) {
                *sum += a;
            }
        },
    );
}
