//! What stands in a chain, as the chain sees it: something that turns a gradient into an update.

use crate::core::layout::Entry;
use crate::error::OptimError;
use gradus_numeric::Float;
use std::fmt::Debug;

/// A transformation of gradients, as a [`Chain`](crate::Chain) sees it.
///
/// Most transformations work entry by entry. They implement [`Entrywise`](crate::Entrywise), one equation, and become
/// transformations by [`Link::new`](crate::Link::new). What must see a matrix or everything in one piece
/// ([`Orthogonalize`](crate::Orthogonalize), [`ScaleByLbfgs`](crate::ScaleByLbfgs)) implements this trait, says so by
/// its [`Grain`], and stands in a chain by [`Link::coarse`](crate::Link::coarse).
///
/// A step asks every transformation to [`prepare`](Self::prepare), which may refuse, and then passes over memory,
/// which cannot fail. A pass ends only where a transformation needs more than one block.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | no update exceeds [`bound`](Self::bound) | `no_update_exceeds_its_bound`, `no_coarse_update_exceeds_its_bound` |
/// | a transformation of everything sees its own tensors only | `masked_transformations_see_their_own_tensors` |
///
/// # Examples
///
/// Every matrix loses the mean of its gradient:
///
/// ```
/// use gradus_optim::{
///     Grain, Gradient, Layout, Link, OptimError, Part, Reach, Shape, ScaleByLearningRate, Transformation, chain,
/// };
///
/// #[derive(Debug)]
/// struct Center;
/// impl Transformation<f64> for Center {
///     fn check(&self) -> Result<(), OptimError> {
///         Ok(())
///     }
///     fn grain(&self) -> Grain {
///         Grain::Tensor
///     }
///     fn apply(&self, part: Part<'_, f64>) {
///         let mean = part.update.iter().sum::<f64>() / part.update.len() as f64;
///         part.update.iter_mut().for_each(|g| *g -= mean);
///     }
///     fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
///         2.0 * reach.g
///     }
/// }
/// let optimizer = chain(vec![Link::coarse(Center), Link::new(ScaleByLearningRate::new(1.0))])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let mut theta = [0.0, 0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0, 4.0]]))?;
/// assert_eq!(theta, [1.5, -1.5]);
/// # Ok::<(), OptimError>(())
/// ```
pub trait Transformation<T: Float>: Debug + Send + Sync {
    /// Whether the settings make sense, also after rounding to `T`; asked once, by [`chain`](crate::chain).
    ///
    /// # Errors
    ///
    /// The variant of [`OptimError`] that names the setting.
    fn check(&self) -> Result<(), OptimError>;

    /// How much [`apply`](Self::apply) must see in one piece.
    fn grain(&self) -> Grain;

    /// Whether what it does depends on the tensor. Where it does not, blocks run across the borders of tensors.
    fn by_tensor(&self) -> bool {
        true
    }

    /// The state vectors that it keeps for a tensor, and how long each is. The vectors and their order are the same for
    /// all tensors; a length may be 0.
    fn vectors(&self, _tensor: &Entry) -> Vec<(Vector, usize)> {
        Vec::new()
    }

    /// Names of the numbers that it keeps; `prepare` renews them, every block may read them.
    fn numbers(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Fills the state before the first step, where the state and `update` are zero.
    fn start(&self, _part: Part<'_, T>) {}

    /// Computes what depends on the step and on nothing else.
    ///
    /// # Errors
    ///
    /// An error refuses the step: neither parameters nor state nor numbers of any transformation have changed.
    fn prepare(&self, _now: &Now<'_>, _numbers: &mut [f64]) -> Result<(), OptimError> {
        Ok(())
    }

    /// Over what the sums of [`measure`](Self::measure) go; a pass ends before a transformation that has some.
    fn sums(&self) -> Option<Over> {
        None
    }

    /// What a block adds to two sums, from the update so far and the parameters.
    fn measure(&self, _update: &[T], _theta: &[T]) -> [f64; 2] {
        [0.0; 2]
    }

    /// Turns a part of the incoming update into its own update, in place. It cannot fail.
    fn apply(&self, part: Part<'_, T>);

    /// Moves `theta` by the update that the sum of one or two gradients becomes, and answers whether every parameter is
    /// ordinary after it. Only transformations of [`Grain::Entry`] are asked, and those are loops of this crate.
    #[doc(hidden)]
    fn descend(&self, _gradient: [&[T]; 2], _theta: &mut [T], _part: Part<'_, T>) -> bool {
        false
    }

    /// Whether it learns the curvature, see [`learn`](Self::learn).
    fn learns(&self) -> bool {
        false
    }

    /// Takes in an estimate of the curvature of a tensor, see
    /// [`Chain::learn_curvature`](crate::Chain::learn_curvature); `vectors` is the state that belongs to it.
    fn learn(&self, _curvature: &[T], _vectors: &mut [&mut [T]]) {}

    /// Whether a step whose gradient or loss is not finite is to be skipped rather than refused; counted in the
    /// numbers. See [`SkipNonFinite`](crate::SkipNonFinite).
    fn skips(&self, _numbers: &mut [f64]) -> bool {
        false
    }

    /// Turns parameters into those to evaluate with, such as averages, in place; `vectors` is the state that belongs
    /// to them.
    fn evaluate(&self, _numbers: &[f64], _vectors: &[&[T]], _parameters: &mut [T]) {}

    /// The largest entry that its update can have, a theorem about the transformation; infinite where none is known.
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64;

    /// The index of the first entry whose state no steps within `reach` can have left, `None` if there is no such entry.
    /// It is asked once after a restore: bounds are theorems about states that the transformation made itself.
    fn unsound(&self, _reach: Reach, _numbers: &[f64], _vectors: &[&[T]]) -> Option<usize> {
        None
    }
}

/// How much of a vector a transformation must see in one piece.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Grain, Orthogonalize, Transformation};
///
/// let orthogonalize: &dyn Transformation<f32> = &Orthogonalize::default();
/// assert_eq!(orthogonalize.grain(), Grain::Tensor);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Any block of a tensor.
    Entry,
    /// A tensor with all its entries.
    Tensor,
    /// Everything that it applies to, as one vector.
    Whole,
}

/// What two measured sums go over.
///
/// # Examples
///
/// ```
/// use gradus_optim::{ClipByGlobalNorm, Entrywise, Over, ScaleByTrustRatio};
///
/// assert_eq!(<ClipByGlobalNorm as Entrywise<f32>>::SUMS, Some(Over::Whole));
/// assert_eq!(<ScaleByTrustRatio as Entrywise<f32>>::SUMS, Some(Over::Tensor));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Each tensor has its own.
    Tensor,
    /// There is one for everything that the transformation applies to.
    Whole,
}

/// A state vector: its name, and what its entries can be.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Entrywise, ScaleByAdam, Vector};
///
/// let vectors = <ScaleByAdam as Entrywise<f32>>::VECTORS;
/// assert_eq!(vectors, [Vector::signed("mu"), Vector::not_negative("nu")]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vector {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Signed,
    NotNegative,
    Scratch,
}

impl Vector {
    /// A vector of finite numbers.
    #[must_use]
    pub const fn signed(name: &'static str) -> Self {
        let kind = Kind::Signed;
        Self { name, kind }
    }

    /// A vector of finite numbers that are not negative, such as averages of squares.
    #[must_use]
    pub const fn not_negative(name: &'static str) -> Self {
        let kind = Kind::NotNegative;
        Self { name, kind }
    }

    /// Memory that means nothing from step to step; it is not saved.
    #[must_use]
    pub const fn scratch(name: &'static str) -> Self {
        let kind = Kind::Scratch;
        Self { name, kind }
    }
}

/// What is known before a step.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Entrywise, Now, ScaleByLearningRate, StepDecay};
///
/// let rate = ScaleByLearningRate::new(StepDecay { start: 0.5, factor: 0.5, every: 10 });
/// let mut numbers = [0.0; 2];
/// let now = Now { step: 11, loss: None, before: &[0.5, 0.5] };
/// Entrywise::<f32>::prepare(&rate, &now, &mut numbers)?;
/// assert_eq!(numbers, [0.25, 0.5]); // ten steps were made; the largest rate so far
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    /// Which step this is, counted from 1.
    pub step: u64,
    /// The loss at the parameters before the step, where the caller gave it.
    pub loss: Option<f64>,
    /// The numbers after the step before; zero before the first.
    pub before: &'a [f64],
}

/// Bounds on what comes in, from which a transformation bounds what goes out.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Entrywise, Look, Reach, Trace};
///
/// let momentum = Trace { decay: 0.75, look: Look::Here };
/// let reach = Reach { g: 1.0, theta: 10.0, n: 2.0 };
/// // 1 + 3/4 + 9/16 + … = 4, and a factor 2 for rounding
/// assert_eq!(Entrywise::<f32>::bound(&momentum, reach, &[]), 8.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// No entry of the incoming update was ever larger than this.
    pub g: f64,
    /// No parameter is larger than this.
    pub theta: f64,
    /// How many parameters there are.
    pub n: f64,
}

/// A part of all vectors during a step: a block, a tensor or everything, as the [`Grain`] says.
///
/// # Examples
///
/// See [`Transformation`].
#[derive(Debug)]
pub struct Part<'a, T> {
    /// The tensor that the part belongs to; for [`Grain::Whole`] one column of all that the transformation applies to.
    pub tensor: &'a Entry,
    /// What `prepare` has computed.
    pub numbers: &'a [f64],
    /// What all blocks have measured.
    pub sums: [f64; 2],
    /// The part of each state vector.
    pub vectors: &'a mut [&'a mut [T]],
    /// The parameters before the step.
    pub theta: &'a [T],
    /// The incoming update, to be replaced by the own one.
    pub update: &'a mut [T],
}
