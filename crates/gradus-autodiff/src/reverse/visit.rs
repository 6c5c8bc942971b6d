//! A rule on another way back than that of the chain rule.

use super::form::Form;
use super::rule::{Point, Rule};
use crate::error::AutodiffError;
use gradus_numeric::MatrixMut;
use std::fmt;

/// A rule that is visited on the way back of [`Tape::pull_back_by`](crate::Tape::pull_back_by), for one of its inputs.
#[derive(Clone, Copy)]
pub struct Visit<'a, T: 'static> {
    /// The number of the operation on its tape; equal recordings number alike.
    pub number: usize,
    /// The rule.
    pub rule: &'a dyn Rule<T>,
    /// Which of the inputs gets its share now.
    pub input: usize,
    /// What the rule is as a function of the inputs that depend on the parameters.
    pub form: Form,
    /// Inputs, value, and what has come back to the value.
    pub at: Point<'a, T>,
}

impl<T> Visit<'_, T> {
    /// What the chain rule writes.
    pub fn pull_back(&self, x_bar: MatrixMut<'_, T>) {
        self.rule.pullback(self.input, &self.at, x_bar);
    }

    /// The error of a way back that cannot pass this rule.
    #[must_use]
    pub fn refuse(&self) -> AutodiffError {
        let operation = self.rule.name();
        AutodiffError::Impassable { operation }
    }
}

impl<T> fmt::Debug for Visit<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visit")
            .field("number", &self.number)
            .field("rule", &self.rule.name())
            .field("input", &self.input)
            .finish_non_exhaustive()
    }
}

/// What decides which share an input gets at a [`Visit`], and writes it.
pub type Share<'a, T> =
    &'a mut dyn FnMut(&Visit<'_, T>, MatrixMut<'_, T>) -> Result<(), AutodiffError>;
