//! NPY files that are larger than memory, some lines at a time.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::blocks::Blocks;
use super::npy::{Header, Npy, elements, header};
use crate::error::DataError;
use crate::formats::input::Input;
use crate::formats::limits::Limits;
use crate::tables::table::Table;
use std::fmt;
use std::io::Read;

/// The lines of an array in an NPY file, read some at a time: no more than these are in memory.
///
/// For arrays of one or two dimensions with the last one changing fastest. [`Limits::elements`] counts for what is asked
/// for at once, [`Limits::file_bytes`] for the file.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | the blocks together are the table | `lines_in_blocks_are_the_table` |
///
/// # Examples
///
/// ```
/// use gradus_data::Limits;
/// use gradus_data::npy::{Lines, Npy, Values};
///
/// let npy = Npy { shape: vec![5, 2], fortran_order: false, values: Values::F64((0..10).map(f64::from).collect()) };
/// let file = npy.to_bytes()?;
/// let mut lines = Lines::new(&file[..], &Limits::default())?;
/// let mut sizes = Vec::new();
/// while let Some(block) = lines.next_block(2)? {
///     sizes.push(block.len());
/// }
/// assert_eq!(sizes, [2, 2, 1]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub struct Lines<R> {
    left: Blocks<R>,
    descr: String,
    columns: u64,
}

impl<R: Read> fmt::Debug for Lines<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = f.debug_struct("Lines");
        lines
            .field("columns", &self.columns)
            .field("left", &self.left.remaining());
        lines.finish_non_exhaustive()
    }
}

impl<R: Read> Lines<R> {
    /// Reads the header of a file.
    ///
    /// # Errors
    ///
    /// As [`read`](super::npy::read) for the header; [`DataError::WrongRank`] for other than one or two dimensions,
    /// [`DataError::ColumnsFirst`] for an array whose first dimension changes fastest: its lines lie apart,
    /// [`DataError::EmptySamples`] for lines of nothing.
    pub fn new(reader: R, limits: &Limits) -> Result<Self, DataError> {
        let mut input = Input::new(reader, limits)?;
        let Header {
            descr,
            fortran_order,
            shape,
        } = header(&mut input)?;
        let (left, columns) = match shape[..] {
            [lines] => (lines, 1),
            [lines, columns] => (lines, columns),
            _ => {
                let rank = shape.len() as u64;
                let (least, most) = (1, 2);
                return Err(DataError::WrongRank { rank, least, most });
            }
        };
        if fortran_order && columns > 1 {
            return Err(DataError::ColumnsFirst { columns });
        }
        Ok(Self {
            left: Blocks::new(input, left, columns, limits)?,
            descr,
            columns,
        })
    }

    /// How many lines are left.
    #[must_use]
    pub const fn remaining(&self) -> u64 {
        self.left.remaining()
    }

    /// The next lines, `most` or, at the end, fewer; none when all were given.
    ///
    /// # Errors
    ///
    /// [`DataError::Empty`] if no line is asked for; [`DataError::LimitExceeded`], [`DataError::Truncated`],
    /// [`DataError::TrailingBytes`], [`DataError::UnknownDescr`], and as [`Npy::table`].
    pub fn next_block(&mut self, most: u64) -> Result<Option<Table>, DataError> {
        let Self {
            left,
            descr,
            columns,
        } = self;
        left.next(most, |input, lines, count| {
            let block = Npy {
                shape: vec![lines, *columns],
                fortran_order: false,
                values: elements(input, descr, count)?,
            };
            block.table()
        })
    }
}
