//! A matrix to be written: a slice, a shape and a storage order.

use super::matrix_ref::{MatrixRef, check_length, position};
use crate::error::NumericError;
use crate::shape::{Order, Shape};

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
