//! What an optimizer remembers from step to step.

use crate::core::layout::Layout;
use crate::core::plan::{Plan, Signature};
use crate::core::transformation::Kind;
use crate::error::OptimError;
use gradus_numeric::Float;
use gradus_pages::LargePages;

/// What an optimizer remembers: a step counter, named vectors and named numbers.
///
/// Names are the position of the link, a dot, and the transformation's own name: `0.mu` and `0.nu` for Adam as the
/// first link. A vector is the concatenation over all tensors that keep it; for most transformations it is as long as
/// θ. All of them saved and restored give the same steps, to the bit.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | saved and restored in the middle of a run, no bit changes | `save_and_restore_changes_no_bit` |
/// | after any restore that is accepted, parameters stay finite | `restored_states_are_sound_or_refused` |
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, adam};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let (optimizer, mut theta) = (adam(0.1)?, [1.0]);
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[2.0]]))?;
/// assert_eq!(state.step(), 1);
/// assert_eq!(state.vector("0.mu")?, [(1.0 - 0.9) * 2.0]);
/// assert_eq!(state.number("0.rate")?, 0.1);
///
/// let mut restored = optimizer.init(&layout, &theta)?;
/// for name in state.names() {
///     restored.restore(name, state.vector(name)?)?;
/// }
/// for name in state.number_names() {
///     restored.restore_number(name, state.number(name)?)?;
/// }
/// restored.restore_step(state.step());
/// assert_eq!(restored, state);
/// assert!(restored.restore("0.nu", &[-1.0]).is_err()); // a mean of squares
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Clone, Debug)]
pub struct State<T: Float> {
    pub(crate) layout: Layout,
    pub(crate) plan: Plan,
    pub(crate) signature: Vec<Signature>,
    pub(crate) all_names: Vec<String>,
    pub(crate) kinds: Vec<Kind>,
    /// All but scratch.
    pub(crate) names: Vec<String>,
    pub(crate) vectors: Vec<LargePages<T>>,
    pub(crate) number_names: Vec<String>,
    pub(crate) numbers: Vec<f64>,
    pub(crate) step: u64,
    /// Whether something was restored since the last step.
    pub(crate) restored: bool,
    // Memory of a step, none of it remembered.
    pub(crate) next_numbers: Vec<f64>,
    pub(crate) update: LargePages<T>,
    pub(crate) gathered: LargePages<T>,
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
        &self.names
    }

    /// The state vector of that name.
    ///
    /// # Errors
    ///
    /// [`OptimError::UnknownVector`] if there is none.
    pub fn vector(&self, name: &str) -> Result<&[T], OptimError> {
        Ok(&self.vectors[find(&self.all_names, name)?])
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
    /// The next step looks at all vectors together and refuses those that no steps of the chain can have left.
    ///
    /// # Errors
    ///
    /// [`OptimError::UnknownVector`], [`OptimError::VectorLength`], [`OptimError::NonFiniteState`] or
    /// [`OptimError::NegativeState`]; the state is then unchanged.
    pub fn restore(&mut self, name: &str, values: &[T]) -> Result<(), OptimError> {
        let which = find(&self.all_names, name)?;
        let vector = &mut self.vectors[which];
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
        let negative = |x: &T| self.kinds[which] == Kind::NotNegative && *x < T::default();
        if let Some(index) = values.iter().position(negative) {
            let (name, value) = (name.into(), values[index].to_f64());
            return Err(OptimError::NegativeState { name, index, value });
        }
        vector.copy_from_slice(values);
        self.forget();
        Ok(())
    }

    /// Overwrites the number of that name.
    ///
    /// # Errors
    ///
    /// [`OptimError::UnknownVector`] if there is none, [`OptimError::NumberIsNaN`].
    pub fn restore_number(&mut self, name: &str, value: f64) -> Result<(), OptimError> {
        let which = find(&self.number_names, name)?;
        if value.is_nan() {
            return Err(OptimError::NumberIsNaN { name: name.into() });
        }
        self.numbers[which] = value;
        self.forget();
        Ok(())
    }

    /// Sets the step counter to what [`step`](Self::step) gave when the vectors were saved.
    pub fn restore_step(&mut self, step: u64) {
        self.step = step;
        self.forget();
    }

    /// What earlier steps have proved about state and parameters holds no longer.
    fn forget(&mut self) {
        self.restored = true;
        self.within.fill(false);
    }
}

fn find(names: &[String], name: &str) -> Result<usize, OptimError> {
    let found = names.iter().position(|n| n == name);
    found.ok_or_else(|| OptimError::UnknownVector { name: name.into() })
}

/// Equal if layout, step, numbers and the bits of every vector that is saved are.
impl<T: Float> PartialEq for State<T> {
    fn eq(&self, other: &Self) -> bool {
        let bits = |state: &Self| -> Vec<u64> {
            let kept = state.vectors.iter().zip(&state.kinds);
            let kept = kept.filter(|(_, kind)| **kind != Kind::Scratch);
            kept.flat_map(|(vector, _)| vector.iter())
                .map(|x| x.bits())
                .collect()
        };
        self.layout == other.layout
            && self.all_names == other.all_names
            && self.step == other.step
            && self.numbers == other.numbers
            && bits(self) == bits(other)
    }
}
