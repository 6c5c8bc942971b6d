//! Tables of numbers.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::error::{DataError, excerpt};
use crate::tables::labelled::{LabelledTable, label};
use gradus_numeric::{Float, MatrixRef, Order, Shape};
use std::collections::HashSet;

/// A table of numbers with named columns; a line of the file is a sample.
///
/// The samples lie one after the other, so that the lines of the file are the *columns* of the
/// features × samples matrix [`samples`](Self::samples).
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | selecting all lines in order changes nothing, twice is once by the composed indices | `selections_compose` |
/// | single precision is the nearest, and exact on the way back | `casting_rounds_once` |
///
/// # Examples
///
/// ```
/// use gradus_data::{Limits, csv};
///
/// let table = csv::read("x,y\n1,2\n3,4\n5,6\n".as_bytes(), &Default::default(), &Limits::default())?;
/// assert_eq!(table.names(), ["x", "y"]);
/// assert_eq!((table.len(), table.features()), (3, 2));
/// assert_eq!(table.sample(2), Some(&[5.0, 6.0][..]));
/// assert_eq!(table.samples().get(1, 0), Some(2.0));
/// assert_eq!(table.select(&[2, 0])?.values(), [5.0, 6.0, 1.0, 2.0]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T = f64> {
    names: Vec<String>,
    values: Vec<T>,
}

impl<T: Float> Table<T> {
    /// A table from the names of its columns and its numbers, line after line.
    ///
    /// # Laws
    ///
    /// | law | test |
    /// |-----|------|
    /// | the time grows as the number of columns does, not as its square | `wide_tables_take_linear_time` |
    ///
    /// # Errors
    ///
    /// [`DataError::InvalidName`] for a name that occurs twice, [`DataError::NoSuchColumn`] without a column, and
    /// [`DataError::HalfALine`] if the numbers do not make whole lines.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::Table;
    ///
    /// let table = Table::new(["x", "y"], vec![1.0, 2.0, 3.0, 4.0])?;
    /// assert_eq!(table.sample(1), Some(&[3.0, 4.0][..]));
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn new(
        names: impl IntoIterator<Item = impl Into<String>>,
        values: Vec<T>,
    ) -> Result<Self, DataError> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        if names.is_empty() {
            let (column, columns) = (0, 0);
            return Err(DataError::NoSuchColumn { column, columns });
        }
        let mut seen = HashSet::new();
        if let Some((name, column)) = names.iter().zip(1..).find(|(name, _)| !seen.insert(*name)) {
            let text = excerpt(name.as_bytes());
            return Err(DataError::InvalidName { column, text });
        }
        if values.len().checked_rem(names.len()) != Some(0) {
            let (numbers, columns) = (values.len() as u64, names.len() as u64);
            return Err(DataError::HalfALine { numbers, columns });
        }
        Ok(Self { names, values })
    }

    /// A table; the caller has checked its names and lines.
    pub(crate) const fn checked(names: Vec<String>, values: Vec<T>) -> Self {
        Self { names, values }
    }

    /// The names of the columns; their numbers, from 0, if the file has no header.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of the column with this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }

    /// How many lines there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self.values.len().checked_div(self.names.len()) {
            Some(lines) => lines,
            None => 0,
        }
    }

    /// Whether there is no line.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many columns there are.
    #[must_use]
    pub const fn features(&self) -> usize {
        self.names.len()
    }

    /// All numbers, line after line.
    #[must_use]
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The numbers of line `j`, from 0.
    #[must_use]
    pub fn sample(&self, j: usize) -> Option<&[T]> {
        self.values.chunks_exact(self.names.len().max(1)).nth(j)
    }

    /// The numbers as a matrix, features × samples: one contiguous column a line.
    #[must_use]
    pub fn samples(&self) -> MatrixRef<'_, T> {
        let shape = Shape::new(self.features(), self.len());
        let matrix = MatrixRef::new(&self.values, shape, Order::Columns);
        matrix.unwrap_or(MatrixRef::from_column(&self.values)) // there are whole lines only
    }

    /// The lines with these numbers, from 0, in this order: a part of a split, or a batch.
    ///
    /// # Errors
    ///
    /// [`DataError::NoSuchSample`] for the first number that no line has.
    pub fn select(&self, samples: &[u32]) -> Result<Self, DataError> {
        let values = gathered(samples, self.len(), |j| self.sample(j).unwrap_or_default())?;
        let names = self.names.clone();
        Ok(Self { names, values })
    }

    /// The same numbers in another precision, each rounded to the nearest.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::Table;
    ///
    /// let table = Table::new(["x"], vec![0.1_f64])?;
    /// assert_eq!(table.cast::<f32>().values(), [0.1_f32]);
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    #[must_use]
    pub fn cast<U: Float>(&self) -> Table<U> {
        let value = |x: &T| U::from_f64(x.to_f64());
        Table {
            names: self.names.clone(),
            values: self.values.iter().map(value).collect(),
        }
    }

    /// The same columns with other numbers, as many as before.
    pub(crate) fn with_values(&self, values: Vec<T>) -> Self {
        let names = self.names.clone();
        Self { names, values }
    }

    /// Takes one column as labels and the others as features.
    ///
    /// # Errors
    ///
    /// [`DataError::NoSuchColumn`] if there is no such column, [`DataError::LabelOutOfRange`] if a
    /// number in it is not an integer from 0 to below `classes`.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::{Limits, csv};
    ///
    /// let file = "height,class\n1.5,0\n1.8,1\n".as_bytes();
    /// let table = csv::read(file, &Default::default(), &Limits::default())?.labelled(1, 2)?;
    /// assert_eq!(table.labels(), [0, 1]);
    /// assert_eq!(table.values(), [1.5, 1.8]);
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn labelled(mut self, column: usize, classes: u32) -> Result<LabelledTable<T>, DataError> {
        let labels: Vec<u32> = self
            .entries(column)?
            .enumerate()
            .map(|(index, value)| label(index, value.to_f64(), classes))
            .collect::<Result<_, _>>()?;
        let label_name = self.remove(column);
        Ok(LabelledTable::checked(self, label_name, labels, classes))
    }

    /// Takes one column as the targets of a regression and the others as features.
    ///
    /// # Errors
    ///
    /// [`DataError::NoSuchColumn`] if there is no such column.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::Table;
    ///
    /// let table = Table::new(["height", "weight"], vec![1.5, 50.0, 1.8, 80.0])?;
    /// let (features, weights) = table.with_target(1)?;
    /// assert_eq!((features.values(), &weights[..]), (&[1.5, 1.8][..], &[50.0, 80.0][..]));
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn with_target(mut self, column: usize) -> Result<(Self, Vec<T>), DataError> {
        let targets = self.entries(column)?.collect();
        self.remove(column);
        Ok((self, targets))
    }

    /// The numbers of a column, sample by sample.
    fn entries(&self, column: usize) -> Result<impl Iterator<Item = T>, DataError> {
        let columns = self.names.len();
        if column >= columns {
            let (column, columns) = (column as u64, columns as u64);
            return Err(DataError::NoSuchColumn { column, columns });
        }
        Ok(self.values.iter().skip(column).step_by(columns).copied())
    }

    /// Takes a column out, which is there, and tells its name.
    fn remove(&mut self, column: usize) -> String {
        let mut columns = (0..self.names.len()).cycle();
        self.values.retain(|_| columns.next() != Some(column));
        self.names.remove(column)
    }
}

/// The samples with these numbers, one behind the other.
pub(crate) fn gathered<'a, T: Copy + 'a>(
    indices: &[u32],
    samples: usize,
    sample: impl Fn(usize) -> &'a [T],
) -> Result<Vec<T>, DataError> {
    let mut values = Vec::new();
    for &index in indices {
        let j = index as usize;
        if j >= samples {
            let (sample, samples) = (index.into(), samples as u64);
            return Err(DataError::NoSuchSample { sample, samples });
        }
        let sample = sample(j);
        let bytes = size_of_val(sample) as u64;
        let error = DataError::OutOfMemory { bytes };
        values.try_reserve(sample.len()).map_err(|_| error)?;
        values.extend_from_slice(sample);
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(values: &[f64]) -> Table {
        Table::new(["a", "y", "b"], values.to_vec()).unwrap()
    }

    #[test]
    fn a_column_in_the_middle_becomes_the_labels() {
        let labelled = table(&[1.0, 2.0, 3.0, 4.0, 0.0, 6.0])
            .labelled(1, 3)
            .unwrap();
        assert_eq!(labelled.names(), ["a", "b"]);
        assert_eq!(labelled.label_name(), "y");
        assert_eq!(labelled.labels(), [2, 0]);
        assert_eq!(labelled.values(), [1.0, 3.0, 4.0, 6.0]);
        assert_eq!(labelled.samples().get(1, 1), Some(6.0));
    }

    #[test]
    fn what_is_no_label_is_refused() {
        for bad in [3.0, -1.0, 0.5, f64::NAN, f64::INFINITY] {
            let error = table(&[1.0, bad, 3.0]).labelled(1, 3).unwrap_err();
            assert!(matches!(error, DataError::LabelOutOfRange { .. }));
        }
        let (column, columns) = (3, 3);
        assert_eq!(
            table(&[1.0, 0.0, 3.0]).labelled(3, 3),
            Err(DataError::NoSuchColumn { column, columns })
        );
    }

    #[test]
    fn one_column_of_labels_leaves_no_features() {
        let labelled = Table::new(["y"], vec![1.0, 0.0])
            .unwrap()
            .labelled(0, 2)
            .unwrap();
        assert_eq!((labelled.len(), labelled.features()), (2, 0));
        assert_eq!(labelled.samples().shape(), Shape::new(0, 2));
        assert_eq!(labelled.select(&[1]).unwrap().labels(), [0]);
    }

    #[test]
    fn what_makes_no_table_is_refused() {
        let (numbers, columns) = (3, 2);
        assert_eq!(
            Table::new(["x", "y"], vec![1.0; 3]),
            Err(DataError::HalfALine { numbers, columns })
        );
        let name = Table::new(["x", "y", "x"], vec![1.0; 3]);
        let (column, text) = (3, "x".into());
        assert_eq!(name, Err(DataError::InvalidName { column, text }));
        assert!(Table::new(Vec::<String>::new(), vec![1.0]).is_err());
    }

    #[test]
    fn lines_that_are_not_there_cannot_be_selected() {
        let (sample, samples) = (2, 2);
        assert_eq!(
            table(&[0.0; 6]).select(&[1, 2]),
            Err(DataError::NoSuchSample { sample, samples })
        );
        assert_eq!(table(&[0.0; 6]).select(&[]).map(|table| table.len()), Ok(0));
        assert_eq!(table(&[0.0; 6]).column("b"), Some(2));
    }
}
