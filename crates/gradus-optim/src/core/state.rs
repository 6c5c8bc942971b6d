//! What an optimizer remembers from step to step.

use crate::core::layout::Layout;
use crate::core::plan::Plan;
use crate::error::OptimError;
use gradus_numeric::Float;

/// What an optimizer remembers: a step counter, named vectors and named numbers.
///
/// They are named by the position of the word and the word's own name: `0.mu`, `0.nu` for Adam as the
/// first word. A vector is the concatenation over all tensors that keep it; for most words it is as long
/// as θ. All of them saved and restored give the same steps to the bit.
#[derive(Clone, Debug)]
pub struct State<T> {
    pub(crate) layout: Layout,
    pub(crate) plan: Plan,
    pub(crate) names: Vec<String>,
    /// All but scratch.
    pub(crate) saved: Vec<String>,
    pub(crate) vectors: Vec<Vec<T>>,
    pub(crate) number_names: Vec<String>,
    pub(crate) numbers: Vec<f64>,
    pub(crate) step: u64,
    // Memory of a step, none of it remembered.
    pub(crate) next_numbers: Vec<f64>,
    pub(crate) update: Vec<T>,
    pub(crate) sums: Vec<[f64; 2]>,
    pub(crate) totals: Vec<[f64; 2]>,
    /// Whether the last step left ordinary parameters, cell by cell; unknown before the first one.
    pub(crate) within: Vec<bool>,
}

impl<T: Float> State<T> {
    /// How many steps were made.
    #[must_use]
    pub const fn step(&self) -> u64 {
        self.step
    }

    /// Names and windows of the parameters.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The names of the state vectors.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.saved
    }

    /// The state vector of that name.
    ///
    /// # Errors
    ///
    /// [`OptimError::UnknownVector`] if there is none.
    pub fn vector(&self, name: &str) -> Result<&[T], OptimError> {
        Ok(&self.vectors[find(&self.names, name)?])
    }

    /// The names of the numbers.
    #[must_use]
    pub fn number_names(&self) -> &[String] {
        &self.number_names
    }

    /// The number of that name, such as the learning rate of the step just made.
    ///
    /// # Errors
    ///
    /// [`OptimError::UnknownVector`] if there is none.
    pub fn number(&self, name: &str) -> Result<f64, OptimError> {
        Ok(self.numbers[find(&self.number_names, name)?])
    }

    /// Overwrites the state vector of that name.
    ///
    /// # Errors
    ///
    /// [`OptimError::UnknownVector`], [`OptimError::VectorLength`] or [`OptimError::NonFiniteState`];
    /// the state is then unchanged.
    pub fn restore(&mut self, name: &str, values: &[T]) -> Result<(), OptimError> {
        let vector = &mut self.vectors[find(&self.names, name)?];
        let (expected, got) = (vector.len(), values.len());
        if expected != got {
            let name = name.into();
            return Err(OptimError::VectorLength {
                name,
                expected,
                got,
            });
        }
        if let Some(index) = values.iter().position(|x| !x.is_finite()) {
            let (name, value) = (name.into(), values[index].to_f64());
            return Err(OptimError::NonFiniteState { name, index, value });
        }
        vector.copy_from_slice(values);
        Ok(())
    }

    /// Overwrites the number of that name.
    ///
    /// # Errors
    ///
    /// [`OptimError::UnknownVector`] if there is none.
    pub fn restore_number(&mut self, name: &str, value: f64) -> Result<(), OptimError> {
        let which = find(&self.number_names, name)?;
        self.numbers[which] = value;
        Ok(())
    }

    /// Sets the step counter to what [`step`](Self::step) gave when the vectors were saved.
    pub fn restore_step(&mut self, step: u64) {
        self.step = step;
        self.within.fill(false); // the parameters are unknown, too
    }
}

fn find(names: &[String], name: &str) -> Result<usize, OptimError> {
    let found = names.iter().position(|n| n == name);
    found.ok_or_else(|| OptimError::UnknownVector { name: name.into() })
}

/// Equal if layout, step, numbers and the bits of every vector are.
impl<T: Float> PartialEq for State<T> {
    fn eq(&self, other: &Self) -> bool {
        let bits = |state: &Self| {
            state
                .vectors
                .iter()
                .flatten()
                .map(|x| x.bits())
                .collect::<Vec<_>>()
        };
        self.layout == other.layout
            && self.names == other.names
            && self.step == other.step
            && self.numbers == other.numbers
            && bits(self) == bits(other)
    }
}
