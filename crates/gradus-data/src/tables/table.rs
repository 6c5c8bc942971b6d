//! Tables of numbers.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::error::DataError;
use gradus_numeric::{MatrixRef, Order, Shape};

/// A table of numbers with named columns; a line of the file is a sample.
///
/// The samples lie one after the other, so that the lines of the file are the *columns* of the
/// features × samples matrix [`samples`](Self::samples).
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
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    names: Vec<String>,
    values: Vec<f64>,
}

impl Table {
    /// A table from the names of its columns and whole lines of numbers, which the reader checked.
    pub(crate) const fn new(names: Vec<String>, values: Vec<f64>) -> Self {
        Self { names, values }
    }

    /// The names of the columns; their numbers, from 0, if the file has no header.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
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
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The numbers of line `j`, from 0.
    #[must_use]
    pub fn sample(&self, j: usize) -> Option<&[f64]> {
        self.values.chunks_exact(self.names.len().max(1)).nth(j)
    }

    /// The numbers as a matrix, features × samples: one contiguous column a line.
    #[must_use]
    pub fn samples(&self) -> MatrixRef<'_, f64> {
        let shape = Shape::new(self.features(), self.len());
        let matrix = MatrixRef::new(&self.values, shape, Order::Columns);
        matrix.unwrap_or(MatrixRef::from_column(&self.values)) // the reader takes whole lines only
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
    pub fn labelled(mut self, column: usize, classes: u32) -> Result<LabelledTable, DataError> {
        let columns = self.names.len();
        if column >= columns {
            let (column, columns) = (column as u64, columns as u64);
            return Err(DataError::NoSuchColumn { column, columns });
        }
        let in_column = self.values.iter().skip(column).step_by(columns);
        let labels = in_column
            .enumerate()
            .map(|(index, &value)| label(index, value, classes));
        let labels: Vec<u32> = labels.collect::<Result<_, _>>()?;
        let label_name = self.names.remove(column);
        let mut columns = (0..columns).cycle();
        self.values.retain(|_| columns.next() != Some(column));
        Ok(LabelledTable {
            features: self,
            label_name,
            labels,
            classes,
        })
    }
}

/// A table of numbers with a label for each line.
///
/// # Examples
///
/// ```
/// let iris = gradus_data::iris()?;
/// assert_eq!((iris.len(), iris.features(), iris.classes()), (150, 4, 3));
/// assert_eq!(iris.sample(0), Some(&[5.1, 3.5, 1.4, 0.2][..]));
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledTable {
    features: Table,
    label_name: String,
    labels: Vec<u32>,
    classes: u32,
}

impl LabelledTable {
    /// The names of the features.
    #[must_use]
    pub fn names(&self) -> &[String] {
        self.features.names()
    }

    /// The name of the column that the labels come from.
    #[must_use]
    pub fn label_name(&self) -> &str {
        &self.label_name
    }

    /// How many samples there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no sample.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// How many features a sample has.
    #[must_use]
    pub const fn features(&self) -> usize {
        self.features.features()
    }

    /// All features, sample after sample.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        self.features.values()
    }

    /// The features of sample `j`.
    #[must_use]
    pub fn sample(&self, j: usize) -> Option<&[f64]> {
        self.features.sample(j)
    }

    /// The features as a matrix, features × samples: one contiguous column a sample.
    #[must_use]
    pub fn samples(&self) -> MatrixRef<'_, f64> {
        let shape = Shape::new(self.features(), self.len());
        let matrix = MatrixRef::new(self.values(), shape, Order::Columns);
        matrix.unwrap_or(MatrixRef::from_column(self.values())) // a label and features a line
    }

    /// The labels, one a sample, each below [`classes`](Self::classes).
    #[must_use]
    pub fn labels(&self) -> &[u32] {
        &self.labels
    }

    /// How many classes there are.
    #[must_use]
    pub const fn classes(&self) -> u32 {
        self.classes
    }
}

/// A number as a label.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 ≤ value < 2³²"
)]
fn label(index: usize, value: f64, classes: u32) -> Result<u32, DataError> {
    if value.fract() == 0.0 && (0.0..f64::from(classes)).contains(&value) {
        return Ok(value as u32);
    }
    Err(DataError::LabelOutOfRange {
        index: index as u64,
        label: value,
        classes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(values: &[f64]) -> Table {
        Table::new(vec!["a".into(), "y".into(), "b".into()], values.to_vec())
    }

    #[test]
    fn a_column_in_the_middle_becomes_the_labels() {
        let labelled = table(&[1.0, 2.0, 3.0, 4.0, 0.0, 6.0])
            .labelled(1, 3)
            .unwrap();
        assert_eq!(labelled.labels(), [2, 0]);
        assert_eq!(labelled.values(), [1.0, 3.0, 4.0, 6.0]);
        assert_eq!(labelled.names(), ["a", "b"]);
        assert_eq!(labelled.label_name(), "y");
        assert_eq!(labelled.samples().get(1, 1), Some(6.0));
    }

    #[test]
    fn what_is_no_label_is_refused() {
        for bad in [3.0, -1.0, 0.5, f64::NAN, f64::INFINITY] {
            let error = table(&[0.0, bad, 0.0]).labelled(1, 3);
            assert!(
                matches!(error, Err(DataError::LabelOutOfRange { index: 0, .. })),
                "{bad}"
            );
        }
        let error = table(&[]).labelled(3, 3);
        assert_eq!(
            error,
            Err(DataError::NoSuchColumn {
                column: 3,
                columns: 3
            })
        );
    }

    #[test]
    fn one_column_of_labels_leaves_no_features() {
        let labelled = Table::new(vec!["y".into()], vec![1.0, 0.0])
            .labelled(0, 2)
            .unwrap();
        assert_eq!((labelled.len(), labelled.features()), (2, 0));
        assert_eq!(labelled.samples().shape(), Shape::new(0, 2));
    }
}
