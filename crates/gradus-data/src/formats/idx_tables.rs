//! Arrays of any rank and type as tables.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use crate::error::DataError;
use crate::formats::idx::{Idx, Values};
use crate::formats::numbered::numbered;
use crate::tables::labelled::{LabelledTable, label};
use crate::tables::table::Table;

impl Values {
    /// The elements as double-precision numbers, all of which are exact.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::idx::Values;
    ///
    /// assert_eq!(Values::I16(vec![-3, 7]).to_f64(), [-3.0, 7.0]);
    /// ```
    #[must_use]
    pub fn to_f64(&self) -> Vec<f64> {
        match self {
            Self::U8(values) => values.iter().map(|&x| x.into()).collect(),
            Self::I8(values) => values.iter().map(|&x| x.into()).collect(),
            Self::I16(values) => values.iter().map(|&x| x.into()).collect(),
            Self::I32(values) => values.iter().map(|&x| x.into()).collect(),
            Self::F32(values) => values.iter().map(|&x| x.into()).collect(),
            Self::F64(values) => values.clone(),
        }
    }
}

impl Idx {
    /// The array as labels: one dimension of whole numbers from 0 to below `classes`, of any type.
    pub(crate) fn labels(&self, classes: u32) -> Result<Vec<u32>, DataError> {
        let rank = self.dimensions.len() as u64;
        if rank != 1 {
            let (least, most) = (1, 1);
            return Err(DataError::WrongRank { rank, least, most });
        }
        let values = self.values.to_f64().into_iter().enumerate();
        values
            .map(|(index, value)| label(index, value, classes))
            .collect()
    }
}

impl Table {
    /// The array as a table: its first dimension counts the samples, the product of the others the features.
    ///
    /// An array of four dimensions, such as images with channels, is flattened as it lies in the file. Columns are named
    /// by their number.
    ///
    /// # Errors
    ///
    /// [`DataError::SizeOverflow`] if the features cannot be counted, [`DataError::HalfALine`] if there are not as many
    /// elements as the dimensions say, [`DataError::NoSuchColumn`] without a feature,
    /// [`DataError::LimitExceeded`] for more features than elements, and than [`Limits::columns`](crate::Limits::columns)
    /// allows by default, [`DataError::NonFiniteElement`] for NaN and infinities.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::Table;
    /// use gradus_data::idx::{Idx, Values};
    ///
    /// let array = Idx { dimensions: vec![2, 3], values: Values::F32(vec![0.5, 1.0, 1.5, 2.0, 2.5, 3.0]) };
    /// let table = Table::from_idx(&array)?;
    /// assert_eq!((table.len(), table.features()), (2, 3));
    /// assert_eq!(table.sample(1), Some(&[2.0, 2.5, 3.0][..]));
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn from_idx(array: &Idx) -> Result<Self, DataError> {
        let features = array.dimensions.iter().skip(1);
        let features = features
            .copied()
            .try_fold(1_u32, u32::checked_mul)
            .ok_or(DataError::SizeOverflow)?;
        let values = array.values.to_f64();
        if let Some((index, &value)) = values.iter().enumerate().find(|(_, x)| !x.is_finite()) {
            let index = index as u64;
            return Err(DataError::NonFiniteElement { index, value });
        }
        let table = numbered(features.into(), values)?;
        let declared = u64::from(array.dimensions.first().copied().unwrap_or(0));
        let (what, found) = ("samples", table.len() as u64);
        if declared == found {
            return Ok(table);
        }
        Err(DataError::WrongCount {
            what,
            declared,
            found,
        })
    }
}

impl LabelledTable {
    /// An array as a table and another as its labels.
    ///
    /// # Errors
    ///
    /// Those of [`Table::from_idx`]; [`DataError::WrongRank`] for labels of more than one dimension,
    /// [`DataError::LabelOutOfRange`], [`DataError::CountMismatch`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::LabelledTable;
    /// use gradus_data::idx::{Idx, Values};
    ///
    /// // One image of 1 × 1 pixel with three channels.
    /// let images = Idx { dimensions: vec![1, 1, 1, 3], values: Values::F64(vec![0.1, 0.2, 0.3]) };
    /// let labels = Idx { dimensions: vec![1], values: Values::I32(vec![4]) };
    /// let images = LabelledTable::from_idx(&images, &labels, 10)?;
    /// assert_eq!((images.sample(0), images.labels()), (Some(&[0.1, 0.2, 0.3][..]), &[4][..]));
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn from_idx(array: &Idx, labels: &Idx, classes: u32) -> Result<Self, DataError> {
        Self::new(Table::from_idx(array)?, labels.labels(classes)?, classes)
    }
}
