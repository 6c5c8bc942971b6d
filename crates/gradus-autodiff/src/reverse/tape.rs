//! Reverse mode: a Wengert list over one arena.

use super::arena::{Arena, Draft};
use super::footprint::Footprint;
use super::node::{Id, Op, SCALAR};
use super::rule::Stored;
use super::var::Var;
use super::visit::Share;
use crate::element::Element;
use crate::error::AutodiffError;
use gradus_numeric::{MatrixRef, Order, Shape};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::mem::take;

/// One recording: what is computed from a vector of parameters, operation by operation.
///
#[doc = include_str!("../../docs/wengert.md")]
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | what flows back along several ways is summed | `a_variable_used_k_times_counts_k_times` |
/// | what the result does not depend on has gradient 0 | `unused_inputs_and_gaps_have_gradient_zero` |
/// | one tape answers any number of questions | `a_tape_answers_twice_the_same` |
/// | forward mode says the same, and a finite value has no gradient of NaN | `modes_agree_on_any_expression_and_finite_values_have_gradients` |
///
/// # Numerics
///
/// Mistakes are recorded: operators cannot return an error, so the first one is kept, later operations
/// are harmless, and every question returns it. Nothing panics.
///
/// A factor of the chain rule that is exactly zero absorbs an infinite one, be it slope or adjoint (scalars and
/// entrywise rules; matrix products follow IEEE): what a bound holds, or what a zero weight multiplies, passes
/// nothing on. Where infinite slopes of opposite sign meet in a scalar they cancel. The chain rule cannot see
/// that a singularity is removable: $`(\sqrt x)^2`$ has derivative 0 at 0, where the limit is 1. Ask with
/// [`Watched`](crate::Watched) numbers whether, and at which operation, something was decided so.
///
/// If the adjoint of a scalar leaves the range of the number type, the way back is walked a second time with
/// smaller seeds, so that only gradients overflow that are too large themselves.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Tape;
///
/// let theta = [2.0, 3.0];
/// let tape = Tape::new(&theta);
/// let (a, b) = (tape.variable(0), tape.variable(1));
/// let y = (a + b) * b;
/// assert_eq!(y.value(), 15.0);
/// assert_eq!(tape.gradient(y)?, [3.0, 8.0]);
/// assert_eq!(tape.gradient(a * b)?, [3.0, 2.0]); // the same tape, another question
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd ed., SIAM 2008, section 3.2;
/// R. E. Wengert, *A simple automatic derivative evaluation program*, Comm. ACM 7 (1964), 463–464.
#[doc(alias = "reverse mode")]
#[doc(alias = "backpropagation")]
pub struct Tape<'t, T: 'static> {
    theta: &'t [T],
    arena: RefCell<Arena<T>>,
    failure: Cell<Option<AutodiffError>>,
}

impl<'t, T: Element> Tape<'t, T> {
    /// A tape over the parameters `theta`, in new memory.
    #[must_use]
    pub fn new(theta: &'t [T]) -> Self {
        Self::with_arena(theta, Arena::new())
    }

    /// A tape over the parameters `theta`, in memory that was used before.
    #[must_use]
    pub fn with_arena(theta: &'t [T], mut arena: Arena<T>) -> Self {
        arena.clear();
        Self {
            theta,
            arena: RefCell::new(arena),
            failure: Cell::new(None),
        }
    }

    /// A tape that follows shapes and computes nothing: it has neither parameters nor values.
    ///
    /// What does not fit is found as on any tape, and [`footprint`](Self::footprint) tells what the recording
    /// would take. Values are NaN, and looking at a matrix is refused.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | shapes, mistakes and memory are those of any tape | `a_dry_tape_knows_shapes_work_and_memory` |
    #[must_use]
    pub fn dry() -> Self {
        Self {
            theta: &[],
            arena: RefCell::new(Arena::dry()),
            failure: Cell::new(None),
        }
    }

    /// What the recording so far takes.
    ///
    /// # Errors
    ///
    /// The first mistake that was made on the tape.
    pub fn footprint(&self) -> Result<Footprint, AutodiffError> {
        self.check()?;
        let operation = "footprint";
        let arena = self.arena.try_borrow();
        arena
            .map(|arena| arena.footprint())
            .map_err(|_| AutodiffError::Busy { operation })
    }

    /// The memory, for the next tape.
    #[must_use]
    pub fn into_arena(self) -> Arena<T> {
        self.arena.into_inner()
    }

    /// The parameter at `index` as a scalar.
    #[must_use]
    pub fn variable(&'t self, index: usize) -> Var<'t, T> {
        let value = self
            .theta
            .get(index)
            .copied()
            .unwrap_or(T::from_f64(f64::NAN));
        Var::on(self, value, self.window(index, SCALAR, true))
    }

    /// Every parameter as a scalar.
    #[must_use]
    pub fn variables(&'t self) -> Vec<Var<'t, T>> {
        (0..self.theta.len()).map(|i| self.variable(i)).collect()
    }

    /// The gradient of `y` by the parameters.
    ///
    /// # Errors
    ///
    /// The first mistake that was made on the tape; [`AutodiffError::MixedTapes`] if `y` belongs to another.
    pub fn gradient(&self, y: Var<'_, T>) -> Result<Vec<T>, AutodiffError> {
        let mut gradient = vec![T::from_f64(0.0); self.theta.len()];
        self.pull_back(y, &mut gradient)?;
        Ok(gradient)
    }

    /// Writes the gradient of `y` by the parameters, without allocating it.
    ///
    /// # Errors
    ///
    /// As [`gradient`](Self::gradient), and [`AutodiffError::WrongGradientLength`]; `gradient` is then as
    /// it was.
    pub fn pull_back(&self, y: Var<'_, T>, gradient: &mut [T]) -> Result<(), AutodiffError> {
        match self.own(y)? {
            Some(id) => self.sweep(&[(id, T::from_f64(1.0))], gradient),
            None => self.sweep(&[], gradient),
        }
    }

    /// Writes what flows back from `y` to the parameters if `by` decides what every rule hands on.
    ///
    /// With [`Visit::pull_back`](crate::Visit::pull_back) it is the gradient. Other rules share a result out among the numbers that it was
    /// made of; those of the chain are the only ones that know nothing but slopes. What comes back to a matrix that
    /// is used several times is summed. Losses hand on their gradient, and scalars are refused.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | by the chain rule it is the gradient, to the bit | `a_way_back_by_the_chain_rule_is_the_gradient` |
    ///
    /// # Errors
    ///
    /// As [`pull_back`](Self::pull_back), the first error of `by`, and [`AutodiffError::Impassable`] if a scalar
    /// operation lies on the way. What `gradient` holds then is not told.
    ///
    /// # Examples
    ///
    /// Guided backpropagation, which hands on only what is positive:
    ///
    /// ```
    /// use gradus_autodiff::{Form, Shape, Tape};
    ///
    /// let (theta, mut guided) = ([1.0, 2.0, -3.0], [0.0; 3]);
    /// let tape = Tape::new(&theta);
    /// let x = tape.parameter(0, Shape::new(3, 1));
    /// let y = x.hadamard(x.relu()).loss(|x, mut bar| {
    ///     bar.as_mut_slice().copy_from_slice(&[1.0, -1.0, 1.0]);
    ///     Ok::<_, ()>(x.as_slice()[0])
    /// });
    /// tape.pull_back_by(y, &mut guided, &mut |visit, mut x_bar| {
    ///     visit.pull_back(x_bar.reborrow());
    ///     if visit.form == Form::Entrywise {
    ///         x_bar.as_mut_slice().iter_mut().for_each(|x: &mut f64| *x = x.max(0.0));
    ///     }
    ///     Ok(())
    /// })?;
    /// assert_eq!(guided, [2.0, -2.0, 0.0]); // of the second entry, half was held back
    /// # Ok::<(), gradus_autodiff::AutodiffError>(())
    /// ```
    pub fn pull_back_by(
        &self,
        y: Var<'_, T>,
        gradient: &mut [T],
        by: Share<'_, T>,
    ) -> Result<(), AutodiffError> {
        match self.own(y)? {
            Some(id) => self.back(gradient, |arena, gradient| {
                arena.pull_back_by(self.theta, (id, T::from_f64(1.0)), gradient, by)
            }),
            None => self.sweep(&[], gradient),
        }
    }

    /// Looks at the inputs and the value of the operation of that number; `None` if there is none.
    ///
    /// # Errors
    ///
    /// The first mistake that was made on the tape.
    pub fn look_at<R>(
        &self,
        number: usize,
        look: impl FnOnce([MatrixRef<'_, T>; 3], MatrixRef<'_, T>) -> R,
    ) -> Result<Option<R>, AutodiffError> {
        self.check()?;
        let operation = "looking at an operation";
        let arena = self.arena.try_borrow();
        let arena = arena.map_err(|_| AutodiffError::Busy { operation })?;
        if arena.is_dry() {
            return Err(AutodiffError::Dry { operation });
        }
        let recorded = arena.recorded(self.theta, number);
        Ok(recorded.map(|(x, y)| look(x, y)))
    }

    /// Writes $`\sum_i w_i \nabla y_i = J^\top w`$.
    pub(crate) fn pull_back_all(
        &self,
        y: &[Var<'_, T>],
        weights: &[T],
        gradient: &mut [T],
    ) -> Result<(), AutodiffError> {
        let mut seeds = Vec::with_capacity(y.len());
        for (&y, &weight) in y.iter().zip(weights) {
            seeds.extend(self.own(y)?.map(|id| (id, weight)));
        }
        self.sweep(&seeds, gradient)
    }

    fn sweep(&self, seeds: &[(Id, T)], gradient: &mut [T]) -> Result<(), AutodiffError> {
        self.back(gradient, |arena, gradient| {
            arena.pull_back(self.theta, seeds, gradient)
        })
    }

    /// Goes back, if that is possible.
    fn back(
        &self,
        gradient: &mut [T],
        go: impl FnOnce(&mut Arena<T>, &mut [T]) -> Result<(), AutodiffError>,
    ) -> Result<(), AutodiffError> {
        self.check()?;
        if gradient.len() != self.theta.len() {
            let (gradient, parameters) = (gradient.len(), self.theta.len());
            return Err(AutodiffError::WrongGradientLength {
                gradient,
                parameters,
            });
        }
        let busy = AutodiffError::Busy {
            operation: "gradient",
        };
        let mut arena = self.arena.try_borrow_mut().map_err(|_| busy)?;
        if arena.is_dry() {
            let operation = "gradient";
            return Err(AutodiffError::Dry { operation });
        }
        go(&mut arena, gradient)
    }

    /// The node of a variable of this tape; `None` for a constant.
    fn own(&self, y: Var<'_, T>) -> Result<Option<Id>, AutodiffError> {
        self.check()?;
        match y.node() {
            Some((tape, _)) if !self.is(tape) => Err(AutodiffError::MixedTapes {
                operation: "gradient",
            }),
            node => Ok(node.map(|(_, id)| id)),
        }
    }

    /// The first mistake.
    pub(crate) fn check(&self) -> Result<(), AutodiffError> {
        self.failure.get().map_or(Ok(()), Err)
    }

    /// Whether the other tape is this one.
    #[inline(always)]
    pub(crate) fn is(&self, other: &Tape<'_, T>) -> bool {
        std::ptr::eq(
            std::ptr::from_ref(self).cast::<()>(),
            std::ptr::from_ref(other).cast::<()>(),
        )
    }

    /// Keeps the mistake, if it is the first one.
    #[cold]
    #[inline(never)]
    pub(crate) fn fail(&self, error: AutodiffError) -> Id {
        self.failure.set(self.failure.get().or(Some(error)));
        Id::LOST
    }

    /// The node of a window of the parameters.
    pub(crate) fn window(&self, offset: usize, shape: Shape, tracked: bool) -> Id {
        self.record("parameter", |arena| {
            arena.parameter(self.theta, offset, shape, tracked)
        })
    }

    /// Appends a matrix node.
    pub(crate) fn push(
        &self,
        operation: &'static str,
        draft: Draft,
        extra: usize,
        write: impl FnOnce(&[MatrixRef<'_, T>; 3], &mut [T]) -> Result<(), AutodiffError>,
    ) -> Id {
        if draft.inputs.contains(&Id::LOST) {
            return Id::LOST;
        }
        self.record(operation, |arena| {
            arena.push(self.theta, draft, extra, write)
        })
    }

    /// Appends the value of a rule.
    pub(crate) fn push_rule(
        &self,
        rule: Stored<T>,
        inputs: [Id; 3],
        shape: Shape,
        order: Order,
    ) -> Id {
        if inputs.contains(&Id::LOST) {
            return Id::LOST;
        }
        self.record(rule.get().name(), |arena| {
            arena.push_rule(self.theta, rule, inputs, shape, order)
        })
    }

    /// Appends a scalar: its value, and what it needs to know on the way back.
    #[inline(always)]
    pub(crate) fn push_scalar<const N: usize, const M: usize>(
        &self,
        op: Op,
        x: [Id; N],
        y: T,
        behind: [T; M],
    ) -> Id {
        if x.contains(&Id::LOST) {
            return Id::LOST;
        }
        self.record("scalar operation", |arena| {
            arena.push_scalar(op, x, y, behind)
        })
    }

    /// Writes to the arena, unless a closure is reading or writing it; keeps what goes wrong.
    #[inline(always)]
    pub(crate) fn record(
        &self,
        operation: &'static str,
        write: impl FnOnce(&mut Arena<T>) -> Result<Id, AutodiffError>,
    ) -> Id {
        match self.arena.try_borrow_mut() {
            Ok(mut arena) => write(&mut arena).unwrap_or_else(|error| self.fail(error)),
            Err(_) => self.fail(AutodiffError::Busy { operation }),
        }
    }

    /// Looks at the value of a node; the arena cannot change meanwhile.
    pub(crate) fn look<R>(
        &self,
        id: Id,
        look: impl FnOnce(MatrixRef<'_, T>) -> R,
    ) -> Result<R, AutodiffError> {
        self.check()?;
        let operation = "looking at a value";
        let busy = AutodiffError::Busy { operation };
        let arena = self.arena.try_borrow().map_err(|_| busy)?;
        if arena.is_dry() {
            return Err(AutodiffError::Dry { operation });
        }
        arena.view(self.theta, id).map(look).ok_or(busy)
    }
}

impl<T: Element> Arena<T> {
    /// Records `f` on a tape over `theta`, returns its value and writes its gradient by `theta`.
    ///
    /// # Errors
    ///
    /// The first mistake that was made on the tape, [`AutodiffError::MixedTapes`] for a variable of
    /// another tape, [`AutodiffError::WrongGradientLength`]; `gradient` is then as it was.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_autodiff::Arena;
    /// use gradus_autodiff::Shape;
    ///
    /// let mut gradient = [0.0; 4];
    /// let y = Arena::new().value_and_gradient(&[1.0, 2.0, 3.0, 4.0], &mut gradient, |tape| {
    ///     tape.parameter(1, Shape::new(1, 2)).squared_sum()
    /// })?;
    /// assert_eq!((y, gradient), (13.0, [0.0, 4.0, 6.0, 0.0]));
    /// # Ok::<(), gradus_autodiff::AutodiffError>(())
    /// ```
    pub fn value_and_gradient<F>(
        &mut self,
        theta: &[T],
        gradient: &mut [T],
        f: F,
    ) -> Result<T, AutodiffError>
    where
        F: for<'t> FnOnce(&'t Tape<'t, T>) -> Var<'t, T>,
    {
        let tape = Tape::with_arena(theta, take(self));
        let y = f(&tape);
        let value = y.value();
        let outcome = tape.pull_back(y, gradient);
        *self = tape.into_arena();
        outcome.map(|()| value)
    }
}

impl<T> fmt::Debug for Tape<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tape")
            .field("parameters", &self.theta.len())
            .field("arena", &self.arena)
            .field("failure", &self.failure)
            .finish()
    }
}
