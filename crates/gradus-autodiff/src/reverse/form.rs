//! What kind of function a rule is.

/// What a [`Rule`](crate::Rule) is as a function of those of its inputs that depend on the parameters.
///
/// The chain rule does not ask. Other ways back do, such as those that share a result out among the inputs
/// ([`Tape::pull_back_by`](crate::Tape::pull_back_by)): they treat sums in one way and functions of one number in
/// another.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | an affine rule is: $`f(a) + f(b) = 2 f((a + b) / 2)`$; an entry of a selection is an entry of its input | `rules_have_the_form_that_they_tell` |
///
/// # Examples
///
/// ```
/// use gradus_autodiff::rules::{Map, Product};
/// use gradus_autodiff::{Form, Rule, functions::Tanh};
///
/// let form = |varies| Rule::<f64>::form(&Product, varies);
/// assert_eq!(form([true, false, false]), Form::Affine); // A B with a constant B
/// assert_eq!(form([true, true, false]), Form::General);
/// assert_eq!(Rule::<f64>::form(&Map(Tanh), [true, false, false]), Form::Entrywise);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Linear but for a constant, $`f(X) = A X + b`$.
    Affine,
    /// A function of one number, entry by entry.
    Entrywise,
    /// Every entry of the value is an entry of the input; which one depends on the input.
    Selection,
    /// None of these, or the rule does not tell.
    General,
}

impl Form {
    /// The form of a product of all inputs: affine if at most one of them varies.
    #[must_use]
    pub fn product(varies: [bool; 3]) -> Self {
        if varies.into_iter().filter(|&v| v).count() > 1 {
            Self::General
        } else {
            Self::Affine
        }
    }
}
