//! The one trait of this crate: what turns a gradient into an update.

use crate::error::OptimError;
use crate::gradient::Gradient;
use crate::layout::Layout;
use gradus_numeric::Float;
use std::fmt::Debug;

/// A word of a sentence: turns blocks of gradient into blocks of update, in place.
///
/// Settings are immutable; what changes from step to step is numbers in a [`State`](crate::State) that
/// the chain owns. A step has two halves: [`prepare`](Self::prepare) looks at everything and may refuse;
/// [`apply`](Self::apply) works through memory block by block, in any order and on several threads, and
/// cannot fail.
///
/// # Examples
///
/// The sign of the gradient as a transformation of one's own:
///
/// ```
/// use gradus_numeric::Shape;
/// use gradus_optim::{Block, Gradient, Layout, OptimError, ScaleByLearningRate, Transformation, chain};
///
/// #[derive(Debug)]
/// struct Sign;
/// impl Transformation<f64> for Sign {
///     fn check(&self) -> Result<(), OptimError> {
///         Ok(())
///     }
///     fn apply(&self, block: Block<'_, f64>) {
///         block.update.iter_mut().for_each(|u| *u = u.signum());
///     }
/// }
/// let optimizer = chain(vec![Box::new(Sign), Box::new(ScaleByLearningRate::new(0.25))])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let mut state = optimizer.init(&layout);
/// let mut theta = [1.0, 1.0];
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1e-9, -1e9]]))?;
/// assert_eq!(theta, [0.75, 1.25]);
/// # Ok::<(), OptimError>(())
/// ```
///
/// # References
///
/// I. Babuschkin et al., *The `DeepMind` JAX ecosystem* (2020), optax: composable gradient transformation,
/// <https://github.com/google-deepmind/optax>.
pub trait Transformation<T: Float>: Debug + Send + Sync {
    /// Whether the settings make sense, also after rounding to `T`; asked once, by [`chain`](crate::chain).
    ///
    /// # Errors
    ///
    /// The variant of [`OptimError`] that names the setting.
    fn check(&self) -> Result<(), OptimError>;

    /// Names of the state vectors that it keeps; each has the layout of the parameters.
    fn vectors(&self) -> &'static [&'static str] {
        &[]
    }

    /// How many numbers `prepare` hands to `apply`.
    fn scalars(&self, _layout: &Layout) -> usize {
        0
    }

    /// The greatest entry of a gradient that its state can digest.
    fn largest_gradient(&self) -> T {
        T::MAX
    }

    /// Whether `prepare` computes with the gradient's entries: such a word must stand first in a chain.
    fn needs_whole_gradient(&self) -> bool {
        false
    }

    /// Computes, before anything is written, what depends on the step or on whole vectors.
    ///
    /// `scalars` has as many entries as [`scalars`](Self::scalars) says.
    ///
    /// # Errors
    ///
    /// An error refuses the step: neither parameters nor state have changed.
    fn prepare(&self, _whole: Whole<'_, T>, _scalars: &mut [f64]) -> Result<(), OptimError> {
        Ok(())
    }

    /// Turns a block of what the word before has made into a block of its own update, in place; total.
    fn apply(&self, block: Block<'_, T>);
}

/// What [`Transformation::prepare`] may look at.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a, T> {
    /// Which step this is, counted from 1.
    pub step: u64,
    /// Names and windows.
    pub layout: &'a Layout,
    /// The gradient as it came, every entry finite.
    pub gradient: Gradient<'a, T>,
    /// The parameters before the step.
    pub theta: &'a [T],
}

/// A block of consecutive parameters in the middle of a step.
#[derive(Debug)]
pub struct Block<'a, T> {
    /// Index of the block's first number in the whole vector.
    pub offset: usize,
    /// Names and windows of the whole vector.
    pub layout: &'a Layout,
    /// What `prepare` has computed.
    pub scalars: &'a [f64],
    /// The block's part of the state vectors, one after the other, each as long as `update`.
    pub vectors: &'a mut [T],
    /// The parameters before the step.
    pub theta: &'a [T],
    /// Gradient in, update out.
    pub update: &'a mut [T],
}
