//! The memory of a tape.

mod windows;

use super::footprint::Footprint;
use super::node::{Id, LINE_BYTES, Node, Op, SCALAR, empty, gap, line};
use super::rule::Stored;
use super::sweep::Sweep;
use super::visit::Share;
use crate::element::Element;
use crate::error::AutodiffError;
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
use std::fmt;
use std::iter::zip;

/// The memory of a [`Tape`](crate::Tape): every value that is computed, the list of operations, and the adjoints.
///
/// An arena outlives its tapes. It is reused from one recording to the next and stops growing: a training
/// step in steady state allocates nothing. It holds no borrowed data and can move to another thread.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a step in steady state allocates nothing | `a_step_in_steady_state_allocates_nothing` |
/// | what an arena held before does not matter, to the bit | `a_used_arena_gives_the_same_bits` |
///
/// # Examples
///
/// Three steps of gradient descent on $`(\theta - 3)^2`$ in the same memory:
///
/// ```
/// use gradus_autodiff::Arena;
/// use gradus_autodiff::Real;
///
/// let (mut arena, mut theta, mut gradient) = (Arena::new(), [0.0], [0.0]);
/// for _ in 0..3 {
///     arena.value_and_gradient(&theta, &mut gradient, |tape| {
///         (tape.variable(0) - Real::from_f64(3.0)).powi(2)
///     })?;
///     theta[0] -= 0.25 * gradient[0];
/// }
/// assert_eq!(theta, [2.625]); // 3 − 3 / 2³
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
pub struct Arena<T: 'static> {
    nodes: Vec<Node>,
    /// Old contents are garbage: a node writes all of its value.
    values: Vec<T>,
    /// Of the same layout as `values`, and some scratch memory behind it.
    adjoints: Vec<T>,
    /// Which nodes have an adjoint already.
    touched: Vec<bool>,
    /// Nodes that are parameters, by offset.
    parameters: Vec<Id>,
    rules: Vec<Stored<T>>,
    /// How much of `values` is in use.
    used: usize,
    /// Where the first cache line of `values` starts.
    skip: usize,
    /// Length of the longest node.
    longest: usize,
    /// Whether shapes are followed and nothing is computed.
    dry: bool,
    /// Multiplications with an addition of all rules; counted while dry.
    multiply_adds: u64,
}

/// A matrix node before it has a place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft {
    pub(crate) op: Op,
    pub(crate) inputs: [Id; 3],
    pub(crate) shape: Shape,
    pub(crate) order: Order,
}

impl<T: Element> Arena<T> {
    /// An arena without any memory.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An arena for a tape that follows shapes and computes nothing.
    pub(super) fn dry() -> Self {
        Self {
            dry: true,
            ..Self::default()
        }
    }

    /// An arena that has memory for a recording of that footprint, and so does not grow in it.
    ///
    /// # Errors
    ///
    /// [`AutodiffError::TooLarge`] if there is no such memory.
    pub fn with_room(footprint: &Footprint) -> Result<Self, AutodiffError> {
        let mut arena = Self::default();
        let places = [
            (&mut arena.values, footprint.values),
            (&mut arena.adjoints, footprint.adjoints),
        ];
        for (memory, length) in places {
            let too_large = AutodiffError::TooLarge {
                shape: Shape::new(length, 1),
            };
            memory.try_reserve_exact(length).map_err(|_| too_large)?;
            memory.resize(length, T::from_f64(0.0));
        }
        Ok(arena)
    }

    /// What the recording takes.
    pub(super) fn footprint(&self) -> Footprint {
        let values = self.used.saturating_add(line::<T>()); // memory may start within a cache line
        Footprint {
            values,
            adjoints: values.saturating_add(self.longest),
            multiply_adds: self.multiply_adds,
        }
    }

    /// Forgets what was recorded and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.skip = self.values.as_ptr().align_offset(LINE_BYTES) % line::<T>();
        self.used = self.skip;
        self.longest = 0;
        self.nodes.clear();
        self.parameters.clear();
        self.rules.clear();
    }

    /// Appends a matrix node; `write` computes its value (and the `extra` numbers behind it) into fresh memory.
    pub(crate) fn push(
        &mut self,
        theta: &[T],
        draft: Draft,
        extra: usize,
        write: impl FnOnce(&[MatrixRef<'_, T>; 3], &mut [T]) -> Result<(), AutodiffError>,
    ) -> Result<Id, AutodiffError> {
        let Draft {
            op,
            inputs,
            shape,
            order,
        } = draft;
        let id = self.next_id()?;
        let too_large = AutodiffError::TooLarge { shape };
        let length = shape.checked_len().ok_or(too_large)?;
        let total = length.checked_add(extra).ok_or(too_large)?;
        let offset = self.claim(total).ok_or(too_large)?;
        let Self { nodes, values, .. } = self;
        if !self.dry {
            let (before, own) = values.split_at_mut(offset);
            let x = inputs.map(|i| {
                nodes
                    .get(i.index())
                    .map_or(empty(), |node| node.view(theta, before))
            });
            write(&x, &mut own[..total])?; // claimed
        }
        let tracked = inputs
            .iter()
            .any(|i| nodes.get(i.index()).is_some_and(|node| node.tracked));
        self.longest = self.longest.max(length);
        self.nodes.push(Node {
            op,
            inputs,
            offset,
            shape,
            order,
            tracked,
        });
        Ok(id)
    }

    /// Appends the value of a rule, and keeps the rule.
    pub(crate) fn push_rule(
        &mut self,
        theta: &[T],
        rule: Stored<T>,
        inputs: [Id; 3],
        shape: Shape,
        order: Order,
    ) -> Result<Id, AutodiffError> {
        let number = Id::of(self.rules.len()).ok_or(TOO_MANY)?;
        if self.dry {
            let shapes = self.shapes(inputs);
            let more = rule.get().multiply_adds(&shapes);
            self.multiply_adds = self.multiply_adds.saturating_add(more);
        }
        let draft = Draft {
            op: Op::Rule(number),
            inputs,
            shape,
            order,
        };
        let too_large = AutodiffError::TooLarge { shape };
        let length = shape.checked_len().ok_or(too_large)?;
        let kept = rule.get().kept(&self.shapes(inputs));
        let gap = gap::<T>(length, kept).ok_or(too_large)?;
        let extra = gap.checked_add(kept).ok_or(too_large)?;
        let id = self.push(theta, draft, extra, |x, own| {
            let (y, behind) = own.split_at_mut(length); // with as many extra numbers
            let y = MatrixMut::new(y, shape, order).map_err(|_| too_large)?;
            rule.get().value(x, y, &mut behind[gap..]);
            Ok(())
        })?;
        self.rules.push(rule);
        Ok(id)
    }

    /// The shapes of the inputs; those that are none have no entries.
    fn shapes(&self, inputs: [Id; 3]) -> [Shape; 3] {
        inputs.map(|i| {
            self.nodes
                .get(i.index())
                .map_or(Shape::new(0, 0), |x| x.shape)
        })
    }

    /// Appends a scalar: its value, and what it needs to know on the way back.
    #[inline]
    pub(crate) fn push_scalar<const N: usize, const M: usize>(
        &mut self,
        op: Op,
        inputs: [Id; N],
        value: T,
        behind: [T; M],
    ) -> Result<Id, AutodiffError> {
        let id = self.next_id()?;
        let offset = self
            .claim(1 + M)
            .ok_or(AutodiffError::TooLarge { shape: SCALAR })?;
        if !self.dry {
            let own = &mut self.values[offset..=offset + M]; // claimed
            own[0] = value;
            own[1..].copy_from_slice(&behind);
        }
        self.nodes.push(Node {
            op,
            inputs: std::array::from_fn(|k| inputs.get(k).copied().unwrap_or(Id::NONE)),
            offset,
            shape: SCALAR,
            order: Order::Rows,
            tracked: true,
        });
        Ok(id)
    }

    /// Whether nothing is computed.
    pub(super) const fn is_dry(&self) -> bool {
        self.dry
    }

    /// The value of a node.
    pub(crate) fn view<'a>(&'a self, theta: &'a [T], id: Id) -> Option<MatrixRef<'a, T>> {
        self.nodes
            .get(id.index())
            .map(|node| node.view(theta, &self.values))
    }

    /// Inputs and value of operation `number`.
    pub(crate) fn recorded<'a>(
        &'a self,
        theta: &'a [T],
        number: usize,
    ) -> Option<([MatrixRef<'a, T>; 3], MatrixRef<'a, T>)> {
        let node = self.nodes.get(number)?;
        let view = |i: Id| self.view(theta, i).unwrap_or(empty());
        Some((node.inputs.map(view), node.view(theta, &self.values)))
    }

    /// Adjoints of everything before the seeds; those of the parameters are the gradient.
    pub(crate) fn pull_back(
        &mut self,
        theta: &[T],
        seeds: &[(Id, T)],
        gradient: &mut [T],
    ) -> Result<(), AutodiffError> {
        self.make_room()?;
        if self.sweep(theta, seeds, gradient, false, None)? {
            self.look_again(theta, seeds, gradient)?;
        }
        Ok(())
    }

    /// What `by` hands on from a seed to everything before it.
    pub(crate) fn pull_back_by(
        &mut self,
        theta: &[T],
        seed: (Id, T),
        gradient: &mut [T],
        by: Share<'_, T>,
    ) -> Result<(), AutodiffError> {
        self.make_room()?;
        self.sweep(theta, &[seed], gradient, false, Some(by))?;
        Ok(())
    }

    /// Room for all adjoints, and for the longest of them once more.
    fn make_room(&mut self) -> Result<(), AutodiffError> {
        let too_large = AutodiffError::TooLarge {
            shape: Shape::new(self.used, 1),
        };
        let length = self.used.checked_add(self.longest).ok_or(too_large)?;
        grow(&mut self.adjoints, length).ok_or(too_large)
    }

    /// One sweep; whether some adjoint of a scalar was not finite.
    fn sweep(
        &mut self,
        theta: &[T],
        seeds: &[(Id, T)],
        gradient: &mut [T],
        cancelling: bool,
        by: Option<Share<'_, T>>,
    ) -> Result<bool, AutodiffError> {
        self.touched.clear();
        self.touched.resize(self.nodes.len(), false);
        let mut sweep = Sweep {
            theta,
            nodes: &self.nodes,
            values: &self.values,
            rules: &self.rules,
            adjoints: &mut self.adjoints,
            touched: &mut self.touched,
            gradient,
            cancelling,
            irregular: false,
            by,
            failure: None,
        };
        sweep.run(seeds);
        let outcome = sweep.failure.map_or(Ok(sweep.irregular), Err);
        self.clear_untouched(gradient);
        outcome
    }

    /// Replaces what is not finite in the gradient by the outcome of a second sweep.
    ///
    /// An adjoint may overflow on the way to a gradient that does not: that of the tiny numerator of
    /// $`e^x / (e^x + e^y)`$ does, before the slope of $`e^x`$ brings it back. A way back is linear in its seeds,
    /// so smaller seeds keep it in range. What is still infinite then is a slope that is; where such slopes of
    /// opposite sign meet, they cancel.
    #[cold]
    #[inline(never)]
    fn look_again(
        &mut self,
        theta: &[T],
        seeds: &[(Id, T)],
        gradient: &mut [T],
    ) -> Result<(), AutodiffError> {
        let scale = small::<T>();
        let smaller: Vec<_> = seeds.iter().map(|&(id, w)| (id, w * scale)).collect();
        let mut again = vec![];
        if grow(&mut again, gradient.len()).is_none() {
            return Ok(()); // no memory to look again: the first answer stays
        }
        let again = &mut again[..gradient.len()]; // grown
        self.sweep(theta, &smaller, again, true, None)?;
        for (entry, &again) in zip(gradient, &*again) {
            if !entry.to_f64().is_finite() {
                *entry = again / scale;
            }
        }
        Ok(())
    }

    #[inline(always)]
    fn next_id(&self) -> Result<Id, AutodiffError> {
        Id::of(self.nodes.len()).ok_or(TOO_MANY)
    }

    /// Room for `length` numbers; that of a matrix starts at a cache line.
    #[inline]
    fn claim(&mut self, length: usize) -> Option<usize> {
        let offset = if length >= line::<T>() {
            (self.used - self.skip)
                .checked_next_multiple_of(line::<T>())?
                .checked_add(self.skip)?
        } else {
            self.used
        };
        let used = offset.checked_add(length)?;
        if used > self.values.len() && !self.dry {
            grow(&mut self.values, used)?;
        }
        self.used = used;
        Some(offset)
    }
}

const TOO_MANY: AutodiffError = AutodiffError::TooManyNodes { limit: Id::LIMIT };

/// The square root of the smallest power of two, or nearly: as far from underflow as from 1.
fn small<T: Element>() -> T {
    let double = T::from_f64(2.0_f64.powi(-512));
    if double.to_f64() == 0.0 {
        T::from_f64(2.0_f64.powi(-64)) // single precision
    } else {
        double
    }
}

/// Makes room for at least `length` numbers, if there is memory for them.
#[cold]
#[inline(never)]
fn grow<T: Element>(memory: &mut Vec<T>, length: usize) -> Option<()> {
    if length > memory.len() {
        let length = length.checked_mul(2)?;
        memory.try_reserve_exact(length - memory.len()).ok()?;
        memory.resize(length, T::from_f64(0.0));
    }
    Some(())
}

impl<T: 'static> Default for Arena<T> {
    fn default() -> Self {
        Self {
            nodes: vec![],
            values: vec![],
            adjoints: vec![],
            touched: vec![],
            parameters: vec![],
            rules: vec![],
            used: 0,
            skip: 0,
            longest: 0,
            dry: false,
            multiply_adds: 0,
        }
    }
}

impl<T> fmt::Debug for Arena<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arena")
            .field("nodes", &self.nodes.len())
            .field("numbers", &self.used)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constant(rows: usize) -> Draft {
        let shape = Shape::new(rows, 1);
        Draft {
            op: Op::Constant,
            inputs: [Id::NONE; 3],
            shape,
            order: Order::Rows,
        }
    }

    #[test]
    fn matrices_start_at_cache_lines_and_scalars_lie_dense() -> Result<(), AutodiffError> {
        let mut arena = Arena::<f32>::new();
        for _ in 0..2 {
            arena.clear();
            for rows in [1, 1, 100, 3, 16] {
                arena.push(&[], constant(rows), 0, |_, _| Ok(()))?;
            }
        }
        // the memory does not grow any more, so its start is known
        let place = |node: &Node| (arena.values.as_ptr().addr() + 4 * node.offset) % 64;
        let places: Vec<_> = arena.nodes.iter().map(place).collect();
        assert_eq!(places, [0, 4, 0, 16, 0]); // 100 numbers end at 16 of their last line
        Ok(())
    }

    #[test]
    fn a_node_whose_value_fails_is_not_kept() {
        let mut arena = Arena::<f64>::new();
        let outcome = arena.push(&[], constant(3), 0, |_, _| Err(AutodiffError::LossFailed));
        assert_eq!(outcome, Err(AutodiffError::LossFailed));
        assert!(arena.nodes.is_empty());
    }
}
