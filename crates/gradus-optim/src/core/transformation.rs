//! What stands in a sentence: something that turns a gradient into an update.

use crate::core::layout::Entry;
use crate::error::OptimError;
use gradus_numeric::Float;
use std::fmt::Debug;

/// A word of a sentence, as the chain sees it.
///
/// Most words work entry by entry; they implement [`Entrywise`](crate::Entrywise), one equation, and are
/// transformations by that. What must see a matrix or everything at once (Muon, Adafactor, L-BFGS)
/// implements this trait and says so by its [`Grain`].
///
/// A step of the chain is: every word's [`prepare`](Self::prepare), which may refuse; then passes over
/// memory, which cannot fail. A pass ends only where a word needs more than one block.
pub trait Transformation<T: Float>: Debug + Send + Sync {
    /// Whether the settings make sense, also after rounding to `T`; asked once, by [`chain`](crate::core::chain).
    ///
    /// # Errors
    ///
    /// The variant of [`OptimError`] that names the setting.
    fn check(&self) -> Result<(), OptimError>;

    /// How much [`apply`](Self::apply) must see in one piece.
    fn grain(&self) -> Grain;

    /// Whether what it does depends on the tensor; where no word does, blocks run across tensors.
    fn by_tensor(&self) -> bool {
        true
    }

    /// The state vectors that it keeps, and how long each is for this tensor. Names and order are the
    /// same for all tensors; a length may be 0.
    fn vectors(&self, _tensor: &Entry) -> Vec<(&'static str, usize)> {
        Vec::new()
    }

    /// Names of the numbers that it keeps; `prepare` renews them, every block may read them.
    fn numbers(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// Fills the state before the first step, where `update` is zero; state vectors are zero, too.
    fn start(&self, _part: Part<'_, T>) {}

    /// Computes what depends on the step and on nothing else.
    ///
    /// # Errors
    ///
    /// An error refuses the step: neither parameters nor state have changed, nor `numbers` of any word.
    fn prepare(&self, _now: &Now<'_>, _numbers: &mut [f64]) -> Result<(), OptimError> {
        Ok(())
    }

    /// Over what the sums of [`measure`](Self::measure) go; a chain is cut before such a word.
    fn sums(&self) -> Option<Over> {
        None
    }

    /// The part of two sums that a block contributes, of the update so far and of the parameters.
    fn measure(&self, _update: &[T], _theta: &[T]) -> [f64; 2] {
        [0.0; 2]
    }

    /// Turns a part of what the word before has made into its own update, in place; total.
    fn apply(&self, part: Part<'_, T>);

    /// Moves `theta` by the update that the sum of one or two gradients becomes, and answers whether all of it is ordinary.
    /// Only words of [`Grain::Entry`] are asked, and those are loops of this crate.
    #[doc(hidden)]
    fn descend(&self, _gradient: [&[T]; 2], _theta: &mut [T], _part: Part<'_, T>) -> bool {
        false
    }

    /// Turns parameters (in `update`) into those to evaluate with, such as averages.
    fn evaluate(&self, _part: Part<'_, T>) {}

    /// The greatest entry of an update, if no entry of what comes in was ever greater than `g`, nor of
    /// the parameters than `theta`: a theorem about the word. See [`Reach`].
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64;
}

/// How much of a vector a transformation must see in one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Any block of a tensor.
    Entry,
    /// A tensor with all its entries.
    Tensor,
    /// Everything.
    Whole,
}

/// What the two sums of a measuring word go over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Each tensor has its own.
    Tensor,
    /// There is one for everything the word applies to.
    Whole,
}

/// What is known before a step.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    /// Which step this is, counted from 1.
    pub step: u64,
    /// The loss at the parameters before the step, where the caller knows it.
    pub loss: Option<f64>,
    /// The numbers after the step before; zero at first.
    pub before: &'a [f64],
}

/// Bounds on what comes in, from which a word bounds what goes out.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// No entry of the incoming update was ever greater than this.
    pub g: f64,
    /// No parameter is greater than this.
    pub theta: f64,
    /// How many parameters there are.
    pub n: f64,
}

/// A part of all vectors in the middle of a step: a block, a tensor or everything, as the grain says.
#[derive(Debug)]
pub struct Part<'a, T> {
    /// The tensor that the part belongs to; for [`Grain::Whole`] a vector of all.
    pub tensor: &'a Entry,
    /// What `prepare` has computed.
    pub numbers: &'a [f64],
    /// What all blocks have measured.
    pub sums: [f64; 2],
    /// The part of each state vector.
    pub vectors: &'a mut [&'a mut [T]],
    /// The parameters before the step.
    pub theta: &'a [T],
    /// Update of the word before in, own update out.
    pub update: &'a mut [T],
}
