//! A function of one number, entry by entry.

use crate::element::Element;
use crate::reverse::{Form, MatrixVar, Point, Rule};
use gradus_numeric::functions::{Exp, Ln, Relu, Sigmoid, Softplus, Tanh};
use gradus_numeric::{MatrixMut, MatrixRef, Unary, map, map3, pull};
use std::any::type_name;

/// A function of one number, entry by entry: $`y_{ij} = f(x_{ij})`$.
///
/// ```math
/// \bar x_{ij} = f'(x_{ij})\,\bar y_{ij}
/// ```
///
/// Value and slope are those of the [`Unary`] row, which scalars and duals use too.
///
/// # Shapes
///
/// `X`, `Y: m × n`, in the same storage order.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a matrix on a tape and its entries as scalars have the same gradient | `matrices_and_scalars_agree` |
///
/// # Examples
///
/// ```
/// use gradus_autodiff::{Arena, rules::Map};
/// use gradus_autodiff::{Shape, functions::Powi};
///
/// let mut gradient = [0.0; 2];
/// let y = Arena::new().value_and_gradient(&[2.0, 3.0], &mut gradient, |tape| {
///     tape.parameter(0, Shape::new(2, 1)).apply(&Map(Powi(3))).sum()
/// })?;
/// assert_eq!((y, gradient), (35.0, [12.0, 27.0])); // 3 x²
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[doc(alias = "activation")]
pub struct Map<F>(
    /// $`f`$.
    pub F,
);

impl<T: Element, F: Unary> Rule<T> for Map<F> {
    fn name(&self) -> &'static str {
        "function of every entry"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Entrywise
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let f = self.0;
        map(
            x.as_slice(),
            y.into_slice(),
            #[inline(always)]
            move |x| x.apply_aside(f),
        );
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let f = self.0;
        let [x, y, y_bar] = [at.x[0], at.y, at.y_bar].map(|m| m.as_slice());
        let x_bar = x_bar.into_slice();
        map3(
            x,
            y,
            y_bar,
            x_bar,
            #[inline(always)]
            move |x, y, y_bar| pull(f.slope(x, y).slope_of(type_name::<F>()), y_bar),
        );
    }
}

impl<T: Element> MatrixVar<'_, T> {
    /// $`\max(0, x)`$ entry by entry; slope 0 at 0.
    #[must_use]
    pub fn relu(self) -> Self {
        self.apply(&Map(Relu))
    }

    /// $`1 / (1 + e^{-x})`$ entry by entry.
    #[must_use]
    pub fn sigmoid(self) -> Self {
        self.apply(&Map(Sigmoid))
    }

    /// $`\tanh x`$ entry by entry.
    #[must_use]
    pub fn tanh(self) -> Self {
        self.apply(&Map(Tanh))
    }

    /// $`\ln(1 + e^x)`$ entry by entry.
    #[must_use]
    pub fn softplus(self) -> Self {
        self.apply(&Map(Softplus))
    }

    /// $`e^x`$ entry by entry.
    #[must_use]
    pub fn exp(self) -> Self {
        self.apply(&Map(Exp))
    }

    /// $`\ln x`$ entry by entry.
    #[must_use]
    pub fn ln(self) -> Self {
        self.apply(&Map(Ln))
    }
}
