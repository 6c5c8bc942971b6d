//! Tables of numbers with a label for each line.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::error::DataError;
use crate::tables::table::{Table, gathered};
use gradus_numeric::{Float, MatrixRef, Order, Shape};
use std::slice::from_ref;

/// A table of numbers with a label for each line.
///
/// # Examples
///
/// ```
/// let iris = gradus_data::iris()?;
/// assert_eq!((iris.len(), iris.features(), iris.classes()), (150, 4, 3));
/// assert_eq!(iris.sample(0), Some(&[5.1, 3.5, 1.4, 0.2][..]));
/// assert_eq!(iris.select(&[149, 0])?.labels(), [2, 0]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledTable<T = f64> {
    features: Table<T>,
    label_name: String,
    labels: Vec<u32>,
    classes: u32,
    class_names: Vec<String>,
}

impl<T: Float> LabelledTable<T> {
    /// A table and a label for each of its lines.
    ///
    /// # Errors
    ///
    /// [`DataError::CountMismatch`] if there are more or fewer labels than lines, [`DataError::LabelOutOfRange`] for the
    /// first label that is not below `classes`.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::{LabelledTable, Table};
    ///
    /// let points = Table::new(["x", "y"], vec![0.0, 0.0, 1.0, 1.0])?;
    /// let points = LabelledTable::new(points, vec![0, 1], 2)?;
    /// assert_eq!(points.labels(), [0, 1]);
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn new(features: Table<T>, labels: Vec<u32>, classes: u32) -> Result<Self, DataError> {
        let (samples, count) = (features.len() as u64, labels.len() as u64);
        if samples != count {
            let labels = count;
            return Err(DataError::CountMismatch { samples, labels });
        }
        check_labels(&labels, classes)?;
        Ok(Self::checked(features, "label".into(), labels, classes))
    }

    /// A table with labels; the caller has checked them.
    pub(crate) const fn checked(
        features: Table<T>,
        label_name: String,
        labels: Vec<u32>,
        classes: u32,
    ) -> Self {
        Self {
            features,
            label_name,
            labels,
            classes,
            class_names: Vec::new(),
        }
    }

    /// The same table, its classes named.
    ///
    /// # Errors
    ///
    /// [`DataError::WrongCount`] unless there is a name for each class.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::{LabelledTable, Table};
    ///
    /// let coins = Table::new(["weight"], vec![7.5, 7.4])?;
    /// let coins = LabelledTable::new(coins, vec![0, 1], 2)?.named(["euro", "forgery"])?;
    /// assert_eq!(coins.class_names(), ["euro", "forgery"]);
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn named(
        mut self,
        classes: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<Self, DataError> {
        self.class_names = classes.into_iter().map(Into::into).collect();
        let (declared, found) = (u64::from(self.classes), self.class_names.len() as u64);
        if declared == found {
            return Ok(self);
        }
        let what = "classes";
        Err(DataError::WrongCount {
            what,
            declared,
            found,
        })
    }

    /// The features without the labels.
    #[must_use]
    pub const fn table(&self) -> &Table<T> {
        &self.features
    }

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

    /// The names of the classes, by their number; none if the labels came as numbers.
    #[must_use]
    pub fn class_names(&self) -> &[String] {
        &self.class_names
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
    pub fn values(&self) -> &[T] {
        self.features.values()
    }

    /// The features of sample `j`.
    #[must_use]
    pub fn sample(&self, j: usize) -> Option<&[T]> {
        self.features.sample(j)
    }

    /// The features as a matrix, features × samples: one contiguous column a sample.
    #[must_use]
    pub fn samples(&self) -> MatrixRef<'_, T> {
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

    /// The samples with these numbers, from 0, in this order, with their labels: a part of a split, or a batch.
    ///
    /// # Errors
    ///
    /// [`DataError::NoSuchSample`] for the first number that no sample has.
    pub fn select(&self, samples: &[u32]) -> Result<Self, DataError> {
        let label = |j: usize| self.labels.get(j).map_or(&[][..], from_ref);
        let labels = gathered(samples, self.len(), label)?;
        let sample = |j: usize| self.sample(j).unwrap_or_default();
        let values = gathered(samples, self.len(), sample)?;
        Ok(self.with(self.features.with_values(values), labels))
    }

    /// The same numbers in another precision, each rounded to the nearest.
    #[must_use]
    pub fn cast<U: Float>(&self) -> LabelledTable<U> {
        LabelledTable {
            features: self.features.cast(),
            label_name: self.label_name.clone(),
            labels: self.labels.clone(),
            classes: self.classes,
            class_names: self.class_names.clone(),
        }
    }

    /// Other samples of the same classes.
    pub(crate) fn with(&self, features: Table<T>, labels: Vec<u32>) -> Self {
        Self {
            features,
            label_name: self.label_name.clone(),
            labels,
            classes: self.classes,
            class_names: self.class_names.clone(),
        }
    }
}

/// Every label lies below the number of classes.
pub(crate) fn check_labels(labels: &[u32], classes: u32) -> Result<(), DataError> {
    match labels.iter().position(|&label| label >= classes) {
        None => Ok(()),
        Some(index) => Err(DataError::LabelOutOfRange {
            index: index as u64,
            label: labels.get(index).copied().unwrap_or_default().into(),
            classes,
        }),
    }
}

/// A number as a label.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 ≤ value < 2³²"
)]
pub(crate) fn label(index: usize, value: f64, classes: u32) -> Result<u32, DataError> {
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

    #[test]
    fn labels_must_fit() {
        let points = || Table::new(["x"], vec![1.0, 2.0]).unwrap();
        let (samples, labels) = (2, 1);
        assert_eq!(
            LabelledTable::new(points(), vec![0], 2),
            Err(DataError::CountMismatch { samples, labels })
        );
        let (index, label, classes) = (1, 2.0, 2);
        assert_eq!(
            LabelledTable::new(points(), vec![0, 2], 2),
            Err(DataError::LabelOutOfRange {
                index,
                label,
                classes
            })
        );
        let named = LabelledTable::new(points(), vec![0, 1], 2).unwrap();
        assert!(named.named(["one"]).is_err());
    }
}
