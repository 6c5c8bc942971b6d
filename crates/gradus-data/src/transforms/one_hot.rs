//! Labels as vectors.

use crate::error::DataError;
use crate::tables::labelled::{LabelledTable, check_labels};
use crate::tables::table::Table;
use gradus_numeric::Float;

/// Labels as the corners of the simplex: a table with a column for each class, 1 where it is that of the label.
///
/// ```math
/// t_{kj} = [\, y_j = k \,]
/// ```
///
/// where $`y`$ is `labels`. Its [`samples`](Table::samples) are classes × samples: targets for losses that take
/// distributions, or a categorical feature for a model that takes numbers.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | each sample sums to 1, and its largest number stands at its label | `one_hot_marks_the_label` |
///
/// # Errors
///
/// [`DataError::LabelOutOfRange`] for the first label that is not below `classes`, [`DataError::NoSuchColumn`] for no
/// class at all, [`DataError::OutOfMemory`].
///
/// # Examples
///
/// ```
/// use gradus_data::one_hot;
///
/// let targets = one_hot::<f64>(&[2, 0], 3)?;
/// assert_eq!(targets.values(), [0.0, 0.0, 1.0, 1.0, 0.0, 0.0]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn one_hot<T: Float>(labels: &[u32], classes: u32) -> Result<Table<T>, DataError> {
    check_labels(labels, classes)?;
    let width = classes as usize;
    let length = width.checked_mul(labels.len());
    let length = length.ok_or(DataError::SizeOverflow)?;
    let mut values = Vec::new();
    let bytes = (length as u64).saturating_mul(size_of::<T>() as u64);
    let error = DataError::OutOfMemory { bytes };
    values.try_reserve_exact(length).map_err(|_| error)?;
    values.resize(length, T::from_f64(0.0));
    for (sample, &label) in values.chunks_exact_mut(width.max(1)).zip(labels) {
        sample[label as usize] = T::from_f64(1.0); // below the number of classes
    }
    if width == 0 {
        let (column, columns) = (0, 0);
        return Err(DataError::NoSuchColumn { column, columns });
    }
    Ok(Table::checked(
        (0..classes).map(|k| k.to_string()).collect(),
        values,
    ))
}

impl<T: Float> LabelledTable<T> {
    /// The labels as [`one_hot`] gives them; columns have the names of the classes, if these have any.
    ///
    /// # Errors
    ///
    /// As [`one_hot`].
    ///
    /// # Examples
    ///
    /// ```
    /// let targets = gradus_data::iris()?.one_hot()?;
    /// assert_eq!(targets.names(), ["setosa", "versicolor", "virginica"]);
    /// assert_eq!(targets.sample(60), Some(&[0.0, 1.0, 0.0][..]));
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn one_hot(&self) -> Result<Table<T>, DataError> {
        let table = one_hot(self.labels(), self.classes())?;
        if self.class_names().is_empty() {
            return Ok(table);
        }
        Table::new(self.class_names(), table.values().to_vec())
    }
}
