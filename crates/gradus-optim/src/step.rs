//! A prepared step: everything is known, memory is borrowed, what remains cannot fail.

use crate::gradient::{Gradient, add};
use crate::layout::Layout;
use crate::transformation::{Block, Transformation};
use gradus_numeric::Float;

/// How many parameters a chain works on at a time: gradient, update, parameters and two state vectors of
/// one block lie in the first-level cache together.
pub const BLOCK: usize = 1024;

/// A prepared step, or a part of one.
///
/// Parts are disjoint and know their own memory, so they may run in any order and on different threads;
/// the bits are the same.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | however a step is split, its bits are the same | `splitting_changes_no_bit` |
///
/// # Examples
///
/// ```
/// use gradus_numeric::Shape;
/// use gradus_optim::{Gradient, Layout, sgd};
/// use std::thread;
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(100, 100))?;
/// let optimizer = sgd(0.5)?;
/// let mut state = optimizer.init(&layout);
/// let mut theta = vec![1.0; 10_000];
/// let gradient: [&[f64]; 1] = [&[2.0; 10_000]];
/// let step = optimizer.prepare(&mut state, &mut theta, Gradient::sum_of(&gradient))?;
/// let (left, right) = step.halves();
/// thread::scope(|scope| {
///     scope.spawn(|| left.run());
///     right.run();
/// });
/// assert_eq!(theta, vec![0.0; 10_000]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Debug)]
#[must_use = "a prepared step changes nothing before it runs"]
pub struct Step<'a, T> {
    pub(crate) words: &'a [Box<dyn Transformation<T>>],
    pub(crate) layout: &'a Layout,
    pub(crate) scalars: &'a [f64],
    pub(crate) gradient: Gradient<'a, T>,
    /// Index of this part's first number in the whole vector.
    pub(crate) offset: usize,
    pub(crate) theta: &'a mut [T],
    /// This part of the interleaved state: `width` numbers for each parameter.
    pub(crate) memory: &'a mut [T],
}

impl<T: Float> Step<'_, T> {
    /// How many blocks this part has.
    #[must_use]
    pub const fn blocks(&self) -> usize {
        self.theta.len().div_ceil(BLOCK)
    }

    /// Makes the step.
    pub fn run(self) {
        let width = self.memory.len().checked_div(self.theta.len()).unwrap_or(0);
        let mut update = [T::default(); BLOCK];
        let (mut memory, mut start) = (self.memory, self.offset);
        for theta in self.theta.chunks_mut(BLOCK) {
            let n = theta.len();
            let (vectors, rest) = memory.split_at_mut(width * n);
            let update = &mut update[..n]; // n ≤ BLOCK
            self.gradient.write(&(start..start + n), update);
            let block = Block {
                offset: start,
                layout: self.layout,
                scalars: self.scalars,
                vectors,
                theta,
                update,
            };
            apply(self.words, block);
            add(update, theta);
            (memory, start) = (rest, start + n);
        }
    }

    /// Cuts the step into its first `blocks` blocks and the rest.
    pub fn split(self, blocks: usize) -> (Self, Self) {
        let at = blocks.saturating_mul(BLOCK).min(self.theta.len());
        let width = self.memory.len().checked_div(self.theta.len()).unwrap_or(0);
        let (theta, right_theta) = self.theta.split_at_mut(at);
        let (memory, right_memory) = self.memory.split_at_mut(width * at);
        let right = Step {
            theta: right_theta,
            memory: right_memory,
            offset: self.offset + at,
            ..self
        };
        let left = Step {
            theta,
            memory,
            ..self
        };
        (left, right)
    }

    /// Cuts the step into two parts that differ by one block at most.
    pub fn halves(self) -> (Self, Self) {
        let half = self.blocks().div_ceil(2);
        self.split(half)
    }
}

/// Sends a block through all words, each with its own scalars and state vectors.
fn apply<T: Float>(words: &[Box<dyn Transformation<T>>], block: Block<'_, T>) {
    let (mut scalars, mut vectors) = (block.scalars, block.vectors);
    for word in words {
        let (own_scalars, rest_of_scalars) = scalars.split_at(word.scalars(block.layout));
        let own = word.vectors().len() * block.update.len();
        let (own_vectors, rest_of_vectors) = vectors.split_at_mut(own);
        word.apply(Block {
            offset: block.offset,
            layout: block.layout,
            scalars: own_scalars,
            vectors: own_vectors,
            theta: block.theta,
            update: block.update,
        });
        (scalars, vectors) = (rest_of_scalars, rest_of_vectors);
    }
}
