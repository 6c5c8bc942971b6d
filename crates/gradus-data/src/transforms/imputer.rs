//! Numbers for those that are missing.

use crate::error::DataError;
use crate::tables::labelled::LabelledTable;
use crate::tables::table::Table;
use crate::transforms::rows::quartiles;
use gradus_numeric::{Float, MatrixRef, Real, mean};

/// A number for each feature, found on the training samples, that stands in where one is missing (NaN).
///
/// | constructor | number |
/// |---|---|
/// | [`mean`](Self::mean) | the mean of those that are there: the mean does not change, the variance falls |
/// | [`median`](Self::median) | their median: outliers have no influence |
/// | [`constant`](Self::constant) | one that is given |
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | nothing is missing afterwards, what was there is as it was, and means are kept | `imputing_keeps_what_is_there_and_the_mean` |
///
/// # Examples
///
/// ```
/// use gradus_data::{Imputer, Limits, csv};
///
/// let format = csv::Format { missing: &["NA"], ..Default::default() };
/// let table = csv::read("x\n1\nNA\n3\n8\n".as_bytes(), &format, &Limits::default())?;
/// assert_eq!(table.missing(), 1);
/// assert_eq!(table.imputed(&Imputer::mean(table.samples())?)?.values(), [1.0, 4.0, 3.0, 8.0]);
/// assert_eq!(table.imputed(&Imputer::median(table.samples())?)?.values(), [1.0, 3.0, 3.0, 8.0]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// R. J. A. Little and D. B. Rubin, *Statistical Analysis with Missing Data*, 3rd ed., 2019, section 4.2.
#[derive(Clone, Debug, PartialEq)]
pub struct Imputer {
    values: Vec<f64>,
}

impl Imputer {
    /// The means of the numbers that are there.
    ///
    /// # Errors
    ///
    /// [`DataError::NothingKnown`] for a feature without a number, [`DataError::MissingNumber`] for an infinite one.
    pub fn mean<T: Float>(samples: MatrixRef<'_, T>) -> Result<Self, DataError> {
        Self::fit(samples, |x| mean(x).unwrap_or(0.0)) // not empty
    }

    /// The medians of the numbers that are there.
    ///
    /// # Errors
    ///
    /// As [`mean`](Self::mean).
    pub fn median<T: Float>(samples: MatrixRef<'_, T>) -> Result<Self, DataError> {
        Self::fit(samples, |x| quartiles(x)[1])
    }

    /// The same number for each of so many features.
    #[must_use]
    pub fn constant(value: f64, features: usize) -> Self {
        let values = vec![value; features];
        Self { values }
    }

    /// The numbers that stand in, by feature.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    fn fit<T: Float>(
        samples: MatrixRef<'_, T>,
        of_known: impl Fn(&mut [f64]) -> f64,
    ) -> Result<Self, DataError> {
        let mut values = Vec::new();
        for feature in 0..samples.rows() {
            let numbers = || samples.row(feature).map(Real::to_f64).enumerate();
            if let Some((sample, value)) = numbers().find(|(_, x)| x.is_infinite()) {
                let (sample, feature) = (sample as u64, feature as u64);
                return Err(DataError::MissingNumber {
                    sample,
                    feature,
                    value,
                });
            }
            let mut known: Vec<f64> = numbers().map(|(_, x)| x).filter(|x| !x.is_nan()).collect();
            if known.is_empty() {
                let feature = feature as u64;
                return Err(DataError::NothingKnown { feature });
            }
            values.push(of_known(&mut known));
        }
        Ok(Self { values })
    }
}

impl<T: Float> Table<T> {
    /// How many numbers are missing (NaN).
    #[must_use]
    pub fn missing(&self) -> usize {
        let missing = |x: &&T| x.to_f64().is_nan();
        self.values().iter().filter(missing).count()
    }

    /// The table with a number for each that is missing.
    ///
    /// # Errors
    ///
    /// [`DataError::FeatureCount`] if the imputer was fitted to another number of features.
    pub fn imputed(&self, imputer: &Imputer) -> Result<Self, DataError> {
        let (expected, found) = (imputer.values.len() as u64, self.features() as u64);
        if expected != found {
            return Err(DataError::FeatureCount { expected, found });
        }
        let known = |(&x, &other): (&T, &f64)| {
            if x.to_f64().is_nan() {
                T::from_f64(other)
            } else {
                x
            }
        };
        let values = self.values().iter().zip(imputer.values.iter().cycle());
        Ok(self.with_values(values.map(known).collect()))
    }
}

impl<T: Float> LabelledTable<T> {
    /// The table with a number for each that is missing; labels stay.
    ///
    /// # Errors
    ///
    /// [`DataError::FeatureCount`] if the imputer was fitted to another number of features.
    pub fn imputed(&self, imputer: &Imputer) -> Result<Self, DataError> {
        Ok(self.with(self.table().imputed(imputer)?, self.labels().to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_of_which_nothing_is_known_is_named() {
        let table = Table::new(["x", "y"], vec![1.0, f64::NAN, 2.0, f64::NAN]).unwrap();
        let unknown = Err(DataError::NothingKnown { feature: 1 });
        assert_eq!(Imputer::mean(table.samples()), unknown);
        let zeros = table.imputed(&Imputer::constant(0.0, 2)).unwrap();
        assert_eq!(zeros.values(), [1.0, 0.0, 2.0, 0.0]);
        assert!(table.imputed(&Imputer::constant(0.0, 1)).is_err());
        let infinite = Table::new(["x"], vec![f64::INFINITY]).unwrap();
        assert!(Imputer::median(infinite.samples()).is_err());
    }
}
