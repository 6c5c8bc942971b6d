//! What a matrix operation is to the tape: a shape, a value, and one vector–Jacobian product per input.

use super::form::Form;
use crate::error::AutodiffError;
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
use std::fmt::Debug;
use std::sync::Arc;

/// A differentiable operation $`Y = f(X_0, \dots)`$ of one to three matrices.
///
/// Forward it writes the value. Backward it writes, for one input after the other, the vector–Jacobian
/// product
///
/// ```math
/// \bar X_k = \left( \frac{\partial f}{\partial X_k} \right)^{\!\top} \bar Y
/// ```
///
/// where $`\bar Y`$ is the derivative of the final result by $`Y`$. A rule never adds: the tape sums what
/// flows back into the same variable. Inputs that a rule does not have are matrices without entries.
///
/// A rule is a constant (`&MyRule`, promoted to `'static`) or data that is shared (`Arc`) and made outside
/// of the training step, so that recording allocates nothing.
///
/// # Numerics
///
/// The memory to be written holds leftovers: a rule writes every entry of `y`, of `kept` and of `x_bar`. Entrywise
/// slopes go through [`pull`](crate::pull), so that zero absorbs an infinite slope or adjoint.
///
/// # Examples
///
/// A rule with data of its own, $`y = \max(x, \alpha x)`$ entry by entry:
///
/// ```
/// use gradus_autodiff::{Arena, Element, Point, Rule};
/// use gradus_autodiff::{MatrixMut, MatrixRef, Shape, map, map2};
///
/// #[derive(Debug)]
/// struct LeakyRelu {
///     slope: f64,
/// }
/// impl<T: Element> Rule<T> for LeakyRelu {
///     fn name(&self) -> &'static str {
///         "leaky relu"
///     }
///     fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
///         let (zero, slope) = (T::from_f64(0.0), T::from_f64(self.slope));
///         map(x.as_slice(), y.into_slice(), move |x| if x > zero { x } else { slope * x });
///     }
///     fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
///         let (zero, slope) = (T::from_f64(0.0), T::from_f64(self.slope));
///         let [x, y_bar] = [at.x[0], at.y_bar].map(|m| m.as_slice());
///         map2(x, y_bar, x_bar.into_slice(), move |x, y_bar| if x > zero { y_bar } else { slope * y_bar });
///     }
/// }
///
/// let mut gradient = [0.0; 2];
/// let y = Arena::new().value_and_gradient(&[3.0, -2.0], &mut gradient, |tape| {
///     tape.parameter(0, Shape::new(2, 1)).apply(&LeakyRelu { slope: 0.125 }).sum()
/// })?;
/// assert_eq!((y, gradient), (2.75, [1.0, 0.125]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd ed., SIAM 2008, section 3.2.
#[doc(alias = "vjp")]
#[doc(alias = "pullback")]
#[doc(alias = "backward")]
pub trait Rule<T>: Debug + Send + Sync {
    /// The name that errors print.
    fn name(&self) -> &'static str;

    /// How many matrices the rule takes: 1, 2 or 3.
    fn inputs(&self) -> usize {
        1
    }

    /// Shape of the value; unless said otherwise that of the first input.
    ///
    /// # Errors
    ///
    /// [`AutodiffError::ShapeMismatch`], or what else is wrong with these shapes.
    fn shape(&self, x: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        Ok(x[0])
    }

    /// Storage order of the value; unless said otherwise that of the first input.
    fn order(&self, x: &[Order; 3]) -> Order {
        if self.needs_rows() { Order::Rows } else { x[0] }
    }

    /// Whether inputs may lie in different storage orders.
    ///
    /// Unless the rule says so the tape reorders: then all matrices lie alike, and a rule that works
    /// entry by entry can run along their slices.
    fn mixes_orders(&self) -> bool {
        false
    }

    /// Whether all inputs must lie with contiguous rows; the tape reorders those that do not.
    fn needs_rows(&self) -> bool {
        false
    }

    /// What the rule is as a function of the inputs that vary; unless said otherwise, nothing in particular.
    fn form(&self, varies: [bool; 3]) -> Form {
        let _ = varies;
        Form::General
    }

    /// How many multiplications with an addition the value takes; 0 for what is no product of matrices.
    fn multiply_adds(&self, _: &[Shape; 3]) -> u64 {
        0
    }

    /// How many numbers the rule keeps for the way back, behind its value; unless said otherwise none.
    ///
    /// What is dear to compute and small to keep is worth it: the moments of a normalization, the gates of a
    /// recurrence.
    fn kept(&self, x: &[Shape; 3]) -> usize {
        let _ = x;
        0
    }

    /// Writes $`Y = f(X_0, \dots)`$, and all of what the rule keeps.
    fn value(&self, x: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, kept: &mut [T]);

    /// Writes $`\bar X_k`$, which has shape and order of $`X_k`$.
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>);
}

/// Where a [`Rule`] is differentiated.
#[derive(Clone, Copy, Debug)]
pub struct Point<'a, T> {
    /// The inputs; those that the rule does not have are without entries.
    pub x: [MatrixRef<'a, T>; 3],
    /// $`Y = f(X_0, \dots)`$.
    pub y: MatrixRef<'a, T>,
    /// $`\bar Y`$, the derivative of the result by $`Y`$; shape and order of `y`.
    pub y_bar: MatrixRef<'a, T>,
    /// What the rule [keeps](Rule::kept).
    pub kept: &'a [T],
}

/// A [`Rule`] on its way to a tape: a constant (`&Rule`) or shared data (`Arc`).
#[derive(Debug)]
pub enum Stored<T: 'static> {
    /// A constant.
    Static(&'static dyn Rule<T>),
    /// Shared data.
    Shared(Arc<dyn Rule<T>>),
}

impl<T: 'static> Stored<T> {
    #[inline]
    pub(crate) fn get(&self) -> &dyn Rule<T> {
        match self {
            Self::Static(rule) => *rule,
            Self::Shared(rule) => &**rule,
        }
    }
}

impl<T: 'static, R: Rule<T>> From<&'static R> for Stored<T> {
    fn from(rule: &'static R) -> Self {
        Self::Static(rule)
    }
}

impl<T: 'static> From<Arc<dyn Rule<T>>> for Stored<T> {
    fn from(rule: Arc<dyn Rule<T>>) -> Self {
        Self::Shared(rule)
    }
}

impl<T: 'static, R: Rule<T> + 'static> From<Arc<R>> for Stored<T> {
    fn from(rule: Arc<R>) -> Self {
        Self::Shared(rule)
    }
}
