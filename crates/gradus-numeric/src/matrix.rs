//! Matrices without a matrix type: a slice, a shape and a storage order.

use crate::error::NumericError;
use std::fmt;

/// How the entries of a matrix lie in memory.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{MatrixRef, Order, Shape};
///
/// let data = [1, 2, 3, 4, 5, 6];
/// let shape = Shape::new(2, 3);
/// let rows = MatrixRef::new(&data, shape, Order::Rows)?; // 1 2 3 / 4 5 6
/// let columns = MatrixRef::new(&data, shape, Order::Columns)?; // 1 3 5 / 2 4 6
/// assert_eq!((rows.get(0, 1), columns.get(0, 1)), (Some(2), Some(3)));
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Rows are contiguous (C, NumPy, safetensors): all samples of one feature lie together.
    Rows,
    /// Columns are contiguous (Fortran, nalgebra): all features of one sample lie together.
    Columns,
}

impl Order {
    /// The order of the transposed matrix in the same memory.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Order;
    ///
    /// assert_eq!(Order::Rows.transposed(), Order::Columns);
    /// ```
    #[must_use]
    pub const fn transposed(self) -> Self {
        match self {
            Self::Rows => Self::Columns,
            Self::Columns => Self::Rows,
        }
    }
}

/// Rows and columns of a matrix; prints as `3×4`.
///
/// # Examples
///
/// ```
/// use gradus_numeric::Shape;
///
/// let shape = Shape::new(3, 4);
/// assert_eq!(shape.to_string(), "3×4");
/// assert_eq!(shape.checked_len(), Some(12));
/// assert_eq!(Shape::new(usize::MAX, 2).checked_len(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
}

impl Shape {
    /// A shape.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Shape;
    ///
    /// let shape = Shape::new(2, 3);
    /// assert_eq!((shape.rows, shape.columns), (2, 3));
    /// ```
    #[must_use]
    pub const fn new(rows: usize, columns: usize) -> Self {
        Self { rows, columns }
    }

    /// How many entries a matrix of this shape has, or `None` if `usize` cannot count them.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Shape;
    ///
    /// assert_eq!(Shape::new(2, 3).checked_len(), Some(6));
    /// assert_eq!(Shape::new(usize::MAX, 2).checked_len(), None);
    /// ```
    #[must_use]
    pub const fn checked_len(self) -> Option<usize> {
        self.rows.checked_mul(self.columns)
    }

    /// The shape of the transposed matrix.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::Shape;
    ///
    /// assert_eq!(Shape::new(2, 3).transposed(), Shape::new(3, 2));
    /// ```
    #[must_use]
    pub const fn transposed(self) -> Self {
        Self::new(self.columns, self.rows)
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×{}", self.rows, self.columns)
    }
}

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
    data: &'a [T],
    shape: Shape,
    order: Order,
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

/// A matrix to be written: a slice, its shape and its storage order.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | an entry written through the transpose is read back | `what_is_written_through_the_transpose_is_read` |
///
/// # Examples
///
/// ```
/// use gradus_numeric::{MatrixMut, Order, Shape};
///
/// let mut memory = [0.0; 4];
/// let mut a = MatrixMut::new(&mut memory, Shape::new(2, 2), Order::Columns)?;
/// if let Some(entry) = a.get_mut(0, 1) {
///     *entry = 7.0;
/// }
/// assert_eq!(memory, [0.0, 0.0, 7.0, 0.0]);
/// # Ok::<(), gradus_numeric::NumericError>(())
/// ```
#[derive(Debug, PartialEq)]
pub struct MatrixMut<'a, T> {
    data: &'a mut [T],
    shape: Shape,
    order: Order,
}

impl<'a, T> MatrixMut<'a, T> {
    /// Looks at `data` as a matrix to be written.
    ///
    /// # Errors
    ///
    /// [`NumericError::WrongLength`] if the slice does not hold exactly `rows · columns` numbers.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixMut, Order, Shape};
    ///
    /// let mut memory = [1, 2, 3, 4];
    /// let a = MatrixMut::new(&mut memory, Shape::new(2, 2), Order::Rows)?; // 1 2 above 3 4
    /// assert_eq!(a.as_ref().get(1, 0), Some(3));
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[inline]
    pub fn new(data: &'a mut [T], shape: Shape, order: Order) -> Result<Self, NumericError> {
        check_length(shape, data.len())?;
        Ok(Self { data, shape, order })
    }

    /// The same matrix for reading.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixMut, Order, Shape};
    ///
    /// let mut memory = [1, 2, 3, 4];
    /// let a = MatrixMut::new(&mut memory, Shape::new(2, 2), Order::Rows)?; // 1 2 above 3 4
    /// assert_eq!(a.as_ref().column(1).collect::<Vec<_>>(), [2, 4]);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[inline(always)]
    #[must_use]
    pub const fn as_ref(&self) -> MatrixRef<'_, T> {
        MatrixRef {
            data: self.data,
            shape: self.shape,
            order: self.order,
        }
    }

    /// The same matrix, borrowed for a shorter time.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixMut, Order, Shape};
    ///
    /// let mut memory = [1, 2, 3, 4];
    /// let mut a = MatrixMut::new(&mut memory, Shape::new(2, 2), Order::Rows)?; // 1 2 above 3 4
    /// a.reborrow().as_mut_slice()[0] = 7; // `a` is still there
    /// assert_eq!(a.as_ref().get(0, 0), Some(7));
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[inline(always)]
    #[must_use]
    pub const fn reborrow(&mut self) -> MatrixMut<'_, T> {
        MatrixMut {
            data: self.data,
            shape: self.shape,
            order: self.order,
        }
    }

    /// The entries in storage order.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixMut, Order, Shape};
    ///
    /// let mut memory = [1, 2, 3, 4];
    /// let mut a = MatrixMut::new(&mut memory, Shape::new(2, 2), Order::Rows)?; // 1 2 above 3 4
    /// a.as_mut_slice().fill(0);
    /// assert_eq!(memory, [0; 4]);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[inline(always)]
    #[must_use]
    pub const fn as_mut_slice(&mut self) -> &mut [T] {
        self.data
    }

    /// The entries in storage order, for as long as the matrix was borrowed.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixMut, Order, Shape};
    ///
    /// let mut memory = [1, 2, 3, 4];
    /// let a = MatrixMut::new(&mut memory, Shape::new(2, 2), Order::Rows)?; // 1 2 above 3 4
    /// let entries: &mut [i32] = a.into_slice();
    /// entries[3] = 9;
    /// assert_eq!(memory, [1, 2, 3, 9]);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[inline(always)]
    #[must_use]
    pub const fn into_slice(self) -> &'a mut [T] {
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
    /// use gradus_numeric::{MatrixMut, Order, Shape};
    ///
    /// let mut memory = [1, 2, 3, 4];
    /// let a = MatrixMut::new(&mut memory, Shape::new(2, 2), Order::Rows)?; // 1 2 above 3 4
    /// if let Some(entry) = a.transposed().get_mut(1, 0) {
    ///     *entry = 7; // row 0, column 1 of `a`
    /// }
    /// assert_eq!(memory, [1, 7, 3, 4]);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[inline(always)]
    #[must_use]
    pub const fn transposed(self) -> Self {
        let (shape, order) = (self.shape.transposed(), self.order.transposed());
        Self {
            data: self.data,
            shape,
            order,
        }
    }

    /// The entry in row `i` and column `j` to be written, or `None` outside of the matrix.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_numeric::{MatrixMut, Order, Shape};
    ///
    /// let mut memory = [1, 2, 3, 4];
    /// let mut a = MatrixMut::new(&mut memory, Shape::new(2, 2), Order::Rows)?; // 1 2 above 3 4
    /// if let Some(entry) = a.get_mut(1, 0) {
    ///     *entry = 7;
    /// }
    /// assert!(a.get_mut(2, 0).is_none());
    /// assert_eq!(memory, [1, 2, 7, 4]);
    /// # Ok::<(), gradus_numeric::NumericError>(())
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn get_mut(&mut self, i: usize, j: usize) -> Option<&mut T> {
        position(self.shape, self.order, i, j).and_then(|at| self.data.get_mut(at))
    }
}

/// Where entry $`a_{ij}`$ lies.
#[inline(always)]
const fn position(shape: Shape, order: Order, i: usize, j: usize) -> Option<usize> {
    if i >= shape.rows || j >= shape.columns {
        return None;
    }
    Some(match order {
        Order::Rows => i * shape.columns + j,
        Order::Columns => i + j * shape.rows,
    })
}

fn check_length(shape: Shape, length: usize) -> Result<(), NumericError> {
    if shape.checked_len() == Some(length) {
        Ok(())
    } else {
        Err(NumericError::WrongLength { shape, length })
    }
}
