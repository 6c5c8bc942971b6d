//! A transformation in its place.

use crate::core::entrywise::Entrywise;
use crate::core::layout::Entry;
use crate::core::loops::Loop;
use crate::core::transformation::Transformation;
use gradus_numeric::Float;
use std::fmt;
use std::ops::Range;

/// A link of a chain: a transformation, and the tensors that it applies to.
///
/// Tensors that a link does not apply to pass it by, with their update as it is. So a chain can treat matrices and
/// vectors by different optimizers, or give each group of parameters its own rate.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | links on separate tensors are separate optimizers | `links_on_separate_tensors_are_separate_optimizers` |
///
/// # Examples
///
/// Two rates, chosen by names that come from a configuration:
///
/// ```
/// use gradus_optim::{Gradient, Layout, Link, ScaleByLearningRate, Shape, chain};
///
/// let slow = vec![String::from("0.weight")];
/// let names = slow.clone();
/// let optimizer = chain(vec![
///     Link::new(ScaleByLearningRate::new(0.25)).only(move |tensor| slow.contains(&tensor.name)),
///     Link::new(ScaleByLearningRate::new(1.0)).only(move |tensor| !names.contains(&tensor.name)),
/// ])?;
/// let mut layout = Layout::new();
/// layout.push("0.weight", Shape::new(1, 1))?;
/// layout.push("1.weight", Shape::new(1, 1))?;
/// let mut theta = [0.0, 0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0, 1.0]]))?;
/// assert_eq!(theta, [-0.25, -1.0]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
pub struct Link<T> {
    pub(crate) what: Box<dyn Transformation<T>>,
    pub(crate) only: Option<Choice>,
    pub(crate) vectors: Range<usize>,
    pub(crate) numbers: Range<usize>,
}

/// A choice of tensors.
pub(crate) type Choice = Box<dyn Fn(&Entry) -> bool + Send + Sync>;

impl<T: Float> Link<T> {
    /// A transformation that works entry by entry, for all tensors.
    pub fn new(what: impl Entrywise<T> + 'static) -> Self {
        Self::coarse(Loop(what))
    }

    /// A transformation that needs a tensor or everything in one piece, for all tensors.
    pub fn coarse(what: impl Transformation<T> + 'static) -> Self {
        Self {
            what: Box::new(what),
            only: None,
            vectors: 0..0,
            numbers: 0..0,
        }
    }

    /// The link for those tensors alone that `which` picks by name or shape.
    #[must_use]
    pub fn only(self, which: impl Fn(&Entry) -> bool + Send + Sync + 'static) -> Self {
        let only = Some(Box::new(which) as Choice);
        Self { only, ..self }
    }

    pub(crate) fn applies(&self, tensor: &Entry) -> bool {
        self.only.as_ref().is_none_or(|only| only(tensor))
    }
}

impl<T> fmt::Debug for Link<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut link = f.debug_tuple("Link");
        link.field(&self.what);
        if self.only.is_some() {
            link.field(&"only some tensors");
        }
        link.finish()
    }
}
