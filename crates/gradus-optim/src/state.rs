//! What an optimizer remembers from step to step.

use crate::error::OptimError;
use crate::layout::Layout;
use crate::step::BLOCK;
use gradus_numeric::Float;
use std::ops::Range;

/// What an optimizer remembers: a step counter and named vectors with the layout of the parameters.
///
/// The vectors of a chain are named by the position of the word and the word's own name: `0.mu`, `0.nu`
/// for Adam as the first word. Vectors and counter saved and restored give the same steps to the bit.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`k`$ steps, save, restore, $`m`$ steps are $`k + m`$ steps | `save_and_restore_changes_no_bit` |
///
/// # Numerics
///
/// The vectors lie interleaved in one memory, [`BLOCK`] parameters at a time, so that a step passes
/// through memory once and two threads can work on two halves.
///
/// # Examples
///
/// ```
/// use gradus_numeric::Shape;
/// use gradus_optim::{Gradient, Layout, momentum};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let optimizer = momentum(0.1, 0.9)?;
/// let mut state = optimizer.init(&layout);
/// optimizer.update(&mut state, &mut [0.0, 0.0], Gradient::sum_of(&[&[1.0, 2.0]]))?;
/// assert_eq!(state.names(), ["0.velocity"]);
/// assert_eq!(state.vector("0.velocity")?, [1.0, 2.0]);
///
/// let mut copy = optimizer.init(&layout);
/// copy.restore("0.velocity", &state.vector("0.velocity")?)?;
/// copy.restore_step(state.step());
/// assert_eq!(copy, state);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Clone, Debug)]
pub struct State<T> {
    pub(crate) layout: Layout,
    pub(crate) names: Vec<String>,
    pub(crate) step: u64,
    /// What `prepare` hands to `apply`: scratch, no memory of earlier steps.
    pub(crate) scalars: Vec<f64>,
    pub(crate) memory: Vec<T>,
}

impl<T: Float> State<T> {
    /// The state before the first step: all zero.
    pub(crate) fn new(layout: &Layout, names: Vec<String>, scalars: usize) -> Self {
        Self {
            memory: vec![T::default(); names.len() * layout.len()],
            layout: layout.clone(),
            names,
            step: 0,
            scalars: vec![0.0; scalars],
        }
    }

    /// How many steps were made.
    #[must_use]
    pub const fn step(&self) -> u64 {
        self.step
    }

    /// Names and windows of parameters and state vectors.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The names of the state vectors.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// A copy of the state vector of that name.
    ///
    /// # Errors
    ///
    /// [`OptimError::UnknownVector`] if there is none.
    pub fn vector(&self, name: &str) -> Result<Vec<T>, OptimError> {
        let which = self.position(name)?;
        let blocks = self.blocks();
        Ok(blocks
            .flat_map(|block| self.memory[self.window(which, &block)].iter().copied())
            .collect())
    }

    /// Overwrites the state vector of that name.
    ///
    /// # Errors
    ///
    /// [`OptimError::UnknownVector`], [`OptimError::VectorLength`] or [`OptimError::NonFiniteState`];
    /// the state is then unchanged.
    pub fn restore(&mut self, name: &str, values: &[T]) -> Result<(), OptimError> {
        let which = self.position(name)?;
        let (expected, got) = (self.layout.len(), values.len());
        if expected != got {
            let name = name.into();
            return Err(OptimError::VectorLength {
                name,
                expected,
                got,
            });
        }
        if let Some(index) = values.iter().position(|x| !x.is_finite()) {
            return Err(OptimError::NonFiniteState {
                name: name.into(),
                index,
                value: values[index].to_f64(),
            });
        }
        for block in self.blocks() {
            let window = self.window(which, &block);
            self.memory[window].copy_from_slice(&values[block]);
        }
        Ok(())
    }

    /// Sets the step counter to what [`step`](Self::step) gave when the vectors were saved.
    pub const fn restore_step(&mut self, step: u64) {
        self.step = step;
    }

    fn position(&self, name: &str) -> Result<usize, OptimError> {
        let found = self.names.iter().position(|n| n == name);
        found.ok_or_else(|| OptimError::UnknownVector { name: name.into() })
    }

    /// The blocks of the parameter vector.
    fn blocks(&self) -> impl Iterator<Item = Range<usize>> + use<T> {
        let length = self.layout.len();
        (0..length)
            .step_by(BLOCK)
            .map(move |start| start..(start + BLOCK).min(length))
    }

    /// Where vector `which` of a block lies in the interleaved memory.
    fn window(&self, which: usize, block: &Range<usize>) -> Range<usize> {
        let start = self.names.len() * block.start + which * block.len();
        start..start + block.len()
    }
}

/// Equal if layout, step and the bits of every vector are.
impl<T: Float> PartialEq for State<T> {
    fn eq(&self, other: &Self) -> bool {
        let bits = |state: &Self| state.memory.iter().map(|x| x.bits()).collect::<Vec<_>>();
        self.layout == other.layout
            && self.names == other.names
            && self.step == other.step
            && bits(self) == bits(other)
    }
}
