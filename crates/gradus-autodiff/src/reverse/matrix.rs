//! A matrix on the tape.

use super::arena::Draft;
use super::node::{Id, Op, SCALAR, line};
use super::reorder::Reorder;
use super::rule::{Rule, Stored};
use super::tape::Tape;
use super::var::Var;
use crate::element::Element;
use crate::error::AutodiffError;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
use std::fmt;

/// A matrix on a tape; one column per sample.
///
/// A handle: the entries lie on the tape, and [`with`](Self::with) looks at them. `a * b` is the matrix product,
/// `a + b`, `a - b` and `-a` are what they say; all other operations are methods. Each is one [`Rule`] of the table in
/// [`rules`](crate::rules), and [`apply`](Self::apply) takes your own.
///
/// # Examples
///
/// A network of one hidden layer, and the gradient of its squared error:
///
/// ```
/// use gradus_autodiff::Arena;
/// use gradus_autodiff::{Order, Shape};
///
/// let theta = [1.0, -1.0, 0.0, 0.0, 2.0, 3.0, 0.5]; // W₁: 2×1, b₁, W₂: 1×2, b₂
/// let mut gradient = [0.0; 7];
/// let loss = Arena::new().value_and_gradient(&theta, &mut gradient, |tape| {
///     let x = tape.constant(Shape::new(1, 2), Order::Columns, |x| x.copy_from_slice(&[1.0, -2.0]));
///     let y = tape.constant(Shape::new(1, 2), Order::Columns, |y| y.copy_from_slice(&[2.0, 6.0]));
///     let (w1, b1) = (tape.parameter(0, Shape::new(2, 1)), tape.parameter(2, Shape::new(2, 1)));
///     let (w2, b2) = (tape.parameter(4, Shape::new(1, 2)), tape.parameter(6, Shape::new(1, 1)));
///     (x.affine(w1, b1).relu().affine(w2, b2) - y).squared_sum()
/// })?;
/// assert_eq!(loss, 0.5); // predictions 2.5 and 6.5: both half too large
/// assert_eq!(gradient, [2.0, -6.0, 2.0, 3.0, 1.0, 2.0, 2.0]);
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy)]
#[doc(alias = "matmul")]
#[doc(alias = "tensor")]
pub struct MatrixVar<'t, T: 'static> {
    tape: &'t Tape<'t, T>,
    id: Id,
    shape: Shape,
    order: Order,
}

impl<'t, T: Element> Tape<'t, T> {
    /// The window of the parameters at `offset`, row by row.
    ///
    /// It is not copied, and the same window is the same node: a weight that is used twice gets the sum.
    #[must_use]
    pub fn parameter(&'t self, offset: usize, shape: Shape) -> MatrixVar<'t, T> {
        self.window_of(offset, shape, true)
    }

    /// The window of the parameters at `offset`, which the result is not differentiated by.
    ///
    /// What is computed of it alone is a constant: the way back ends there, and its gradient is zero.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | its gradient is zero, that of everything else is what it was | `frozen_windows_are_constants` |
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_autodiff::Arena;
    /// use gradus_numeric::Shape;
    ///
    /// let mut gradient = [0.0; 2];
    /// let y = Arena::new().value_and_gradient(&[2.0, 3.0], &mut gradient, |tape| {
    ///     let (a, b) = (tape.parameter(0, Shape::new(1, 1)), tape.frozen(1, Shape::new(1, 1)));
    ///     a.hadamard(b).sum()
    /// })?;
    /// assert_eq!((y, gradient), (6.0, [3.0, 0.0]));
    /// # Ok::<(), gradus_autodiff::AutodiffError>(())
    /// ```
    #[must_use]
    pub fn frozen(&'t self, offset: usize, shape: Shape) -> MatrixVar<'t, T> {
        self.window_of(offset, shape, false)
    }

    fn window_of(&'t self, offset: usize, shape: Shape, tracked: bool) -> MatrixVar<'t, T> {
        MatrixVar {
            tape: self,
            id: self.window(offset, shape, tracked),
            shape,
            order: Order::Rows,
        }
    }

    /// Data that the result depends on but is not differentiated by, written in place by `write`.
    ///
    /// The memory holds leftovers: `write` writes all of it, in the storage order that it wants.
    #[must_use]
    pub fn constant(
        &'t self,
        shape: Shape,
        order: Order,
        write: impl FnOnce(&mut [T]),
    ) -> MatrixVar<'t, T> {
        let draft = Draft {
            op: Op::Constant,
            inputs: [Id::NONE; 3],
            shape,
            order,
        };
        let id = self.push("constant", draft, 0, |_, x| {
            write(x);
            Ok(())
        });
        MatrixVar {
            tape: self,
            id,
            shape,
            order,
        }
    }

    /// An operation of one to three matrices: a [`Rule`] of the crate or your own.
    #[must_use]
    pub fn apply<const N: usize>(
        &'t self,
        rule: impl Into<Stored<T>>,
        x: [MatrixVar<'t, T>; N],
    ) -> MatrixVar<'t, T> {
        const { assert!(N <= 3, "a rule takes at most three matrices") }
        self.operation(rule.into(), &x)
            .unwrap_or_else(|error| self.lost(error))
    }

    fn operation(
        &'t self,
        rule: Stored<T>,
        x: &[MatrixVar<'t, T>],
    ) -> Result<MatrixVar<'t, T>, AutodiffError> {
        let operation = rule.get().name();
        if let Some(stranger) = x.iter().find(|x| !self.is(x.tape)) {
            let error = AutodiffError::MixedTapes { operation };
            stranger.tape.fail(error);
            return Err(error);
        }
        let (expected, got) = (rule.get().inputs(), x.len());
        if got != expected {
            return Err(AutodiffError::WrongInputs {
                operation,
                expected,
                got,
            });
        }
        let x = self.alike(rule.get(), x);
        let shape = rule.get().shape(&x.map(|x| x.shape))?;
        let order = rule.get().order(&x.map(|x| x.order));
        let id = self.push_rule(rule, x.map(|x| x.id), shape, order);
        Ok(MatrixVar {
            tape: self,
            id,
            shape,
            order,
        })
    }

    /// The inputs of a rule, brought into one storage order unless the rule takes any.
    fn alike(&'t self, rule: &dyn Rule<T>, x: &[MatrixVar<'t, T>]) -> [MatrixVar<'t, T>; 3] {
        let orders = || x.iter().filter(|x| x.has_order()).map(|x| x.order);
        let mixed = orders().zip(orders().skip(1)).any(|(a, b)| a != b);
        let reorder = rule.needs_rows() || (mixed && !rule.mixes_orders());
        std::array::from_fn(|k| match x.get(k) {
            Some(x) if reorder && x.has_order() && x.order == Order::Columns => x.apply(&Reorder),
            Some(x) => *x,
            None => MatrixVar {
                tape: self,
                id: Id::NONE,
                shape: NOTHING,
                order: Order::Rows,
            },
        })
    }

    /// What an operation returns that cannot be recorded.
    fn lost(&'t self, error: AutodiffError) -> MatrixVar<'t, T> {
        MatrixVar {
            tape: self,
            id: self.fail(error),
            shape: SCALAR,
            order: Order::Rows,
        }
    }
}

/// The shape of an input that a rule does not have.
const NOTHING: Shape = Shape::new(0, 0);

impl<'t, T: Element> MatrixVar<'t, T> {
    /// Rows and columns.
    #[must_use]
    pub const fn shape(self) -> Shape {
        self.shape
    }

    /// An operation of this matrix alone: your own [`Rule`], or `&Map(f)` for a function of every entry.
    #[must_use]
    pub fn apply(self, rule: impl Into<Stored<T>>) -> Self {
        self.tape.apply(rule, [self])
    }

    /// A scalar function whose gradient is known in closed form: a loss.
    ///
    /// `f` gets the matrix, writes all of its gradient (same shape, same storage order; the memory holds
    /// leftovers), and returns its value. Both are computed going forward; going back, the gradient is
    /// multiplied by the adjoint: $`\bar Z = \bar \ell\,\nabla \ell(Z)`$.
    ///
    /// If `f` fails the question that is asked of the tape returns [`AutodiffError::LossFailed`]. Its own
    /// error the closure leaves with its caller:
    ///
    /// ```
    /// use gradus_autodiff::{Arena, AutodiffError};
    /// use gradus_autodiff::Shape;
    ///
    /// let (mut gradient, mut reason) = ([0.0], None);
    /// let outcome = Arena::new().value_and_gradient(&[1.0], &mut gradient, |tape| {
    ///     tape.parameter(0, Shape::new(1, 1)).loss(|_, _| Err(reason = Some("no labels")))
    /// });
    /// assert_eq!((outcome, reason), (Err(AutodiffError::LossFailed), Some("no labels")));
    /// ```
    ///
    /// # Examples
    ///
    /// Half the squared distance from 5:
    ///
    /// ```
    /// use gradus_autodiff::Arena;
    /// use gradus_autodiff::Shape;
    ///
    /// let mut gradient = [0.0];
    /// let value = Arena::new().value_and_gradient(&[2.0], &mut gradient, |tape| {
    ///     tape.parameter(0, Shape::new(1, 1)).loss(|z, mut gradient| {
    ///         let error = z.as_slice()[0] - 5.0;
    ///         gradient.as_mut_slice()[0] = error;
    ///         Ok::<_, ()>(error * error / 2.0)
    ///     })
    /// })?;
    /// assert_eq!((value, gradient), (4.5, [-3.0]));
    /// # Ok::<(), gradus_autodiff::AutodiffError>(())
    /// ```
    #[must_use]
    pub fn loss<E>(
        self,
        f: impl FnOnce(MatrixRef<'_, T>, MatrixMut<'_, T>) -> Result<T, E>,
    ) -> Var<'t, T> {
        let line = line::<T>();
        let length = self.shape.checked_len().unwrap_or(usize::MAX);
        let inputs = [self.id, Id::NONE, Id::NONE];
        let draft = Draft {
            op: Op::Linear,
            inputs,
            shape: SCALAR,
            order: Order::Rows,
        };
        let id = self.tape.push(
            "loss",
            draft,
            length.saturating_add(line - 1),
            |[z, ..], own| {
                let (value, gradient) = own.split_at_mut(line); // 1 + extra numbers were claimed
                let failed = AutodiffError::LossFailed;
                let gradient =
                    MatrixMut::new(gradient, z.shape(), z.order()).map_err(|_| failed)?;
                value[0] = f(*z, gradient).map_err(|_| failed)?;
                Ok(())
            },
        );
        Self {
            id,
            shape: SCALAR,
            order: Order::Rows,
            ..self
        }
        .scalar()
    }

    /// Looks at the value. Nothing can be recorded while `look` runs.
    ///
    /// # Errors
    ///
    /// The first mistake that was made on the tape.
    pub fn with<R>(self, look: impl FnOnce(MatrixRef<'_, T>) -> R) -> Result<R, AutodiffError> {
        self.tape.look(self.id, look)
    }

    /// A copy of the value.
    ///
    /// # Errors
    ///
    /// The first mistake that was made on the tape.
    pub fn value(self) -> Result<DMatrix<T>, AutodiffError> {
        self.with(|x| {
            let entries = (0..x.columns()).flat_map(|j| x.column(j));
            DMatrix::from_iterator(x.rows(), x.columns(), entries)
        })
    }

    /// Whether the two storage orders differ: not for a row, a column or a scalar.
    const fn has_order(self) -> bool {
        self.shape.rows > 1 && self.shape.columns > 1
    }

    /// The tape.
    pub(crate) const fn tape(self) -> &'t Tape<'t, T> {
        self.tape
    }

    /// A scalar as a 1×1 matrix on this tape.
    pub(crate) fn entry(self, c: Var<'t, T>) -> Self {
        match c.node() {
            Some((tape, id)) => Self {
                tape,
                id,
                shape: SCALAR,
                order: Order::Rows,
            },
            None => self
                .tape
                .constant(SCALAR, Order::Rows, |x| x.fill(c.value())),
        }
    }

    /// The one entry as a scalar.
    pub(crate) fn scalar(self) -> Var<'t, T> {
        let value = self.with(|y| y.get(0, 0)).ok().flatten();
        Var::on(self.tape, value.unwrap_or(T::from_f64(f64::NAN)), self.id)
    }
}

impl<T> fmt::Debug for MatrixVar<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MatrixVar({})", self.shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THETA: [f64; 6] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    const WIDE: Shape = Shape::new(2, 3);

    /// The entries of an expression of the 2×3 matrix with the entries 1, …, 6, column by column.
    fn entries(f: for<'t> fn(MatrixVar<'t, f64>) -> MatrixVar<'t, f64>) -> Vec<f64> {
        let tape = Tape::new(&THETA);
        let y = f(tape.parameter(0, WIDE)).value();
        y.map(|y| y.as_slice().to_vec()).unwrap_or_default()
    }

    #[test]
    fn values_by_hand() {
        assert_eq!(entries(|a| a), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
        assert_eq!(entries(|a| a * a.transpose()), [14.0, 32.0, 32.0, 77.0]);
        assert_eq!(entries(|a| a + a), [2.0, 8.0, 4.0, 10.0, 6.0, 12.0]);
        assert_eq!(entries(|a| a - a), [0.0; 6]);
        assert_eq!(entries(|a| -a), [-1.0, -4.0, -2.0, -5.0, -3.0, -6.0]);
        assert_eq!(
            entries(|a| a.hadamard(a)),
            [1.0, 16.0, 4.0, 25.0, 9.0, 36.0]
        );
        assert_eq!(entries(|a| a.scale(0.5)), [0.5, 2.0, 1.0, 2.5, 1.5, 3.0]);
        assert_eq!(
            entries(|a| a.scale_by(a.mean())),
            [3.5, 14.0, 7.0, 17.5, 10.5, 21.0]
        );
        assert_eq!(entries(|a| a.scale(0.0).exp()), [1.0; 6]);
        assert_eq!(entries(|a| a.scale(0.0).exp().ln()), [0.0; 6]);
        assert_eq!(entries(|a| a.scale(0.0).sigmoid()), [0.5; 6]);
        assert_eq!(entries(|a| a.scale(0.0).softmax()), [0.5; 6]);
        assert_eq!(entries(|a| (-a).relu()), [0.0; 6]);
    }

    #[test]
    fn a_layer_is_a_product_and_a_bias() {
        let tape = Tape::new(&THETA);
        let (x, b) = (
            tape.parameter(0, Shape::new(2, 2)),
            tape.parameter(4, Shape::new(2, 1)),
        );
        let (layer, parts) = (x.affine(x, b).value(), (x * x).add_column(b).value());
        assert_eq!(
            layer.map(|y| y.as_slice().to_vec()),
            Ok(vec![12.0, 21.0, 15.0, 28.0])
        );
        assert_eq!(x.affine(x, b).value(), parts);
    }

    #[test]
    fn data_flow_alone_is_not_differentiated() {
        let tape = Tape::new(&THETA);
        let data = tape.constant(WIDE, Order::Columns, |x| x.fill(1.0));
        let y = data.hadamard(data).sum();
        assert_eq!((y.value(), tape.gradient(y)), (6.0, Ok(vec![0.0; 6])));
        assert_eq!(format!("{data:?}"), "MatrixVar(2×3)");
    }
}
