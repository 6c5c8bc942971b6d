//! A matrix to be read: a slice, a shape and a storage order.

use crate::error::NumericError;
use crate::shape::{Order, Shape};

/// A read-only matrix: a slice, its shape and its storage order.
///
/// Entry $`a_{ij}`$ lies at `i * columns + j` ([`Order::Rows`]) or at `i + j * rows`
/// ([`Order::Columns`]). Data matrices are features × samples: one column per sample.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`(A^\top)^\top = A`$, in the same memory | `transposing_twice_changes_nothing` |
/// | $`(A^\top)_{ji} = a_{ij}`$ | `the_transpose_exchanges_rows_and_columns` |
/// | row $`i`$ is $`(a_{i1}, \dots, a_{in})`$ in both orders | `rows_and_columns_are_made_of_entries` |
/// | the order of storage does not show | `a_copy_in_the_other_order_is_the_same_matrix` |
/// | outside of the matrix there is nothing | `nothing_lies_outside` |
/// | no slice of another length | `a_slice_of_another_length_is_refused`, `a_shape_that_cannot_be_counted_is_refused` |
///
/// # Examples
///
/// ```
/// use gradus_numeric::{MatrixRef, Order, Shape};
///
/// let a = MatrixRef::new(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], Shape::new(2, 3), Order::Rows)?;
/// assert_eq!(a.get(0, 2), Some(3.0));
/// assert_eq!(a.transposed().get(2, 0), Some(3.0));
/// assert_eq!(a.column(1).collect::<Vec<_>>(), [2.0, 5.0]);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MatrixRef<'a, T> {
    pub(super) data: &'a [T],
    pub(super) shape: Shape,
    pub(super) order: Order,
}

impl<'a, T> MatrixRef<'a, T> {
    /// Looks at `data` as a matrix.
    ///
    /// # Errors
    ///
    /// [`NumericError::WrongLength`] if the slice does not hold exactly `rows · columns` numbers.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixRef, NumericError, Order, Shape};
    ///
    /// let shape = Shape::new(2, 3);
    /// let a = MatrixRef::new(&[1, 2, 3, 4, 5, 6], shape, Order::Columns)?; // 1 3 5 above 2 4 6
    /// assert_eq!(a.get(0, 1), Some(3));
    /// assert!(matches!(MatrixRef::new(&[1, 2], shape, Order::Rows), Err(NumericError::WrongLength { .. })));
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[inline]
    pub fn new(data: &'a [T], shape: Shape, order: Order) -> Result<Self, NumericError> {
        check_length(shape, data.len())?;
        Ok(Self { data, shape, order })
    }

    /// Looks at a slice as a matrix of one column.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixRef, Shape};
    ///
    /// let x = MatrixRef::from_column(&[1.0, 2.0, 3.0]);
    /// assert_eq!((x.shape(), x.get(2, 0)), (Shape::new(3, 1), Some(3.0)));
    /// ```
    #[inline]
    #[must_use]
    pub fn from_column(data: &'a [T]) -> Self {
        let shape = Shape::new(data.len(), 1);
        Self {
            data,
            shape,
            order: Order::Columns,
        }
    }

    /// Looks at a slice as a matrix of one row: one feature of many samples.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixRef, Shape};
    ///
    /// let x = MatrixRef::from_row(&[1.0, 2.0, 3.0]);
    /// assert_eq!((x.shape(), x.get(0, 2)), (Shape::new(1, 3), Some(3.0)));
    /// ```
    #[inline]
    #[must_use]
    pub fn from_row(data: &'a [T]) -> Self {
        Self::from_column(data).transposed()
    }

    /// The entries in storage order.
    #[inline(always)]
    #[must_use]
    pub const fn as_slice(&self) -> &'a [T] {
        self.data
    }

    /// Rows and columns.
    #[inline(always)]
    #[must_use]
    pub const fn shape(&self) -> Shape {
        self.shape
    }

    /// How many rows.
    #[inline(always)]
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.shape.rows
    }

    /// How many columns.
    #[inline(always)]
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.shape.columns
    }

    /// Whether rows or columns are contiguous.
    #[inline(always)]
    #[must_use]
    pub const fn order(&self) -> Order {
        self.order
    }

    /// The transpose, in the same memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixRef, Order, Shape};
    ///
    /// let a = MatrixRef::new(&[1, 2, 3, 4, 5, 6], Shape::new(2, 3), Order::Rows)?; // 1 2 3 above 4 5 6
    /// let t = a.transposed();
    /// assert_eq!((t.shape(), t.get(2, 1)), (Shape::new(3, 2), Some(6)));
    /// assert_eq!(t.as_slice(), a.as_slice()); // nothing has moved
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[inline(always)]
    #[must_use]
    pub const fn transposed(self) -> Self {
        Self {
            data: self.data,
            shape: self.shape.transposed(),
            order: self.order.transposed(),
        }
    }
}

impl<'a, T: Copy> MatrixRef<'a, T> {
    /// The entry in row `i` and column `j`, or `None` outside of the matrix.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixRef, Order, Shape};
    ///
    /// let a = MatrixRef::new(&[1, 2, 3, 4, 5, 6], Shape::new(2, 3), Order::Rows)?; // 1 2 3 above 4 5 6
    /// assert_eq!((a.get(1, 0), a.get(0, 3)), (Some(4), None));
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn get(&self, i: usize, j: usize) -> Option<T> {
        position(self.shape, self.order, i, j).and_then(|at| self.data.get(at).copied())
    }

    /// Row `i` from left to right; empty outside of the matrix.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixRef, Order, Shape};
    ///
    /// let a = MatrixRef::new(&[1, 2, 3, 4, 5, 6], Shape::new(2, 3), Order::Rows)?; // 1 2 3 above 4 5 6
    /// assert_eq!(a.row(1).collect::<Vec<_>>(), [4, 5, 6]);
    /// assert_eq!(a.row(2).count(), 0);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    pub fn row(&self, i: usize) -> impl Iterator<Item = T> + Clone + use<'a, T> {
        self.transposed().column(i)
    }

    /// Column `j` from top to bottom; empty outside of the matrix.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixRef, Order, Shape};
    ///
    /// let a = MatrixRef::new(&[1, 2, 3, 4, 5, 6], Shape::new(2, 3), Order::Rows)?; // 1 2 3 above 4 5 6
    /// assert_eq!(a.column(1).collect::<Vec<_>>(), [2, 5]);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    pub fn column(&self, j: usize) -> impl Iterator<Item = T> + Clone + use<'a, T> {
        let (start, stride) = match self.order {
            Order::Rows => (j, self.shape.columns),
            Order::Columns => (j.saturating_mul(self.shape.rows), 1),
        };
        let length = if j < self.shape.columns {
            self.shape.rows
        } else {
            0
        };
        let rest = self.data.get(start..).unwrap_or(&[]);
        rest.iter().step_by(stride.max(1)).take(length).copied()
    }
}

/// Where entry $`a_{ij}`$ lies.
#[inline(always)]
pub(super) const fn position(shape: Shape, order: Order, i: usize, j: usize) -> Option<usize> {
    if i >= shape.rows || j >= shape.columns {
        return None;
    }
    Some(match order {
        Order::Rows => i * shape.columns + j,
        Order::Columns => i + j * shape.rows,
    })
}

/// One number for every entry.
pub(super) fn check_length(shape: Shape, length: usize) -> Result<(), NumericError> {
    if shape.checked_len() == Some(length) {
        Ok(())
    } else {
        Err(NumericError::WrongLength { shape, length })
    }
}
