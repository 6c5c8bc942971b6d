//! Shape and storage order of a matrix.

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
