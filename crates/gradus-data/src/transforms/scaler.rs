//! Features brought to one scale.

use crate::error::DataError;
use crate::tables::labelled::LabelledTable;
use crate::tables::table::Table;
use crate::transforms::rows::{quartiles, row};
use gradus_numeric::{Float, MatrixRef, binary_exponent, ldexp, mean, variance};

/// A shift and a scale for each feature, found on the training samples and applied to all others.
///
/// ```math
/// z_{ij} = \frac{x_{ij} - a_i}{b_i}
/// ```
///
/// where $`x_{ij}`$ is feature $`i`$ of sample $`j`$. Descent is slow where features differ in size, and distances and
/// penalties mean little. What $`a`$ and $`b`$ are says the constructor:
///
/// | constructor | $`a_i`$ | $`b_i`$ |
/// |---|---|---|
/// | [`standard`](Self::standard) | mean | standard deviation, $`\sqrt{\frac{1}{n} \sum_j (x_{ij} - a_i)^2}`$ |
/// | [`min_max`](Self::min_max) | smallest | largest minus smallest |
/// | [`robust`](Self::robust) | median | third quartile minus first |
///
/// A feature that is constant in training (for `robust`, in the middle half of it) has $`b_i = 1`$: what was constant
/// becomes 0. Dividing by its scale, 0, would give NaN.
///
/// Shift and scale belong to the model. To find them anew on the test samples, or before the split, lets the test
/// samples have a say in training.
///
/// # Shapes
///
/// Constructors take features × samples, as [`Table::samples`] gives it.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | standard: every feature gets mean 0 and variance 1 | `standardized_features_have_mean_zero_and_variance_one` |
/// | min–max: every feature fills [0, 1] | `min_max_fills_the_unit_interval` |
/// | robust: median 0 and quartiles one apart, whatever an outlier is | `robust_scaling_ignores_an_outlier` |
/// | unscaling undoes scaling | `unscaling_undoes_scaling` |
/// | the unit of a feature does not matter | `the_unit_of_a_feature_does_not_matter` |
///
/// # Examples
///
/// ```
/// use gradus_data::{Scaler, Table};
///
/// let train = Table::new(["height", "kind"], vec![1.0, 7.0, 3.0, 7.0])?;
/// let scaler = Scaler::standard(train.samples())?; // means 2 and 7, deviations 1 and none
/// assert_eq!(train.scaled(&scaler)?.values(), [-1.0, 0.0, 1.0, 0.0]);
///
/// let test = Table::new(["height", "kind"], vec![5.0, 8.0])?;
/// assert_eq!(test.scaled(&scaler)?.values(), [3.0, 1.0]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006, section 9.1 (standardizing).
#[derive(Clone, Debug, PartialEq)]
pub struct Scaler {
    shift: Vec<f64>,
    scale: Vec<f64>,
}

impl Scaler {
    /// Means and standard deviations: every feature gets mean 0 and variance 1.
    ///
    /// # Numerics
    ///
    /// Deviations are squared in a unit near the largest number, so features of 1e-200 and of 1e200 have one too.
    ///
    /// # Errors
    ///
    /// [`DataError::Empty`] without samples, [`DataError::MissingNumber`] for NaN and infinities.
    #[doc(alias = "StandardScaler")]
    pub fn standard<T: Float>(samples: MatrixRef<'_, T>) -> Result<Self, DataError> {
        Self::fit(samples, |x| {
            // In a unit in which no square overflows, and none that matters underflows.
            let largest = x.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
            let unit = binary_exponent(largest);
            for x in x.iter_mut() {
                *x = ldexp(*x, -unit);
            }
            // Neither fails: there is a sample.
            let (mean, variance) = (mean(x).unwrap_or(0.0), variance(x, 0).unwrap_or(0.0));
            let deviation = ldexp(variance.sqrt(), unit);
            // What varies has a scale, even if its deviation is half of the smallest number.
            let least = if variance > 0.0 { SMALLEST } else { 0.0 };
            (ldexp(mean, unit), deviation.max(least))
        })
    }

    /// Smallest and largest values: every feature fills $`[0, 1]`$.
    ///
    /// A single outlier squeezes all other samples together.
    ///
    /// # Errors
    ///
    /// As [`standard`](Self::standard), and [`DataError::TooWide`] if the range overflows.
    #[doc(alias = "MinMaxScaler")]
    pub fn min_max<T: Float>(samples: MatrixRef<'_, T>) -> Result<Self, DataError> {
        Self::fit(samples, |x| {
            let low = x.iter().copied().fold(f64::INFINITY, f64::min);
            let high = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            (low, high - low)
        })
    }

    /// Medians and distances between the quartiles: outliers have no influence.
    ///
    /// # Numerics
    ///
    /// Quantiles are interpolated between neighbors, as NumPy's and scikit-learn's.
    ///
    /// # Errors
    ///
    /// As [`standard`](Self::standard), and [`DataError::TooWide`] if the distance overflows.
    #[doc(alias = "RobustScaler")]
    pub fn robust<T: Float>(samples: MatrixRef<'_, T>) -> Result<Self, DataError> {
        Self::fit(samples, |x| {
            let [low, median, high] = quartiles(x);
            (median, high - low)
        })
    }

    /// What is subtracted from each feature.
    #[must_use]
    pub fn shift(&self) -> &[f64] {
        &self.shift
    }

    /// What each feature is divided by; never 0.
    #[must_use]
    pub fn scale(&self) -> &[f64] {
        &self.scale
    }

    fn fit<T: Float>(
        samples: MatrixRef<'_, T>,
        of_feature: impl Fn(&mut [f64]) -> (f64, f64),
    ) -> Result<Self, DataError> {
        if samples.columns() == 0 {
            return Err(DataError::Empty);
        }
        let (mut shift, mut scale) = (Vec::new(), Vec::new());
        for feature in 0..samples.rows() {
            let (a, b) = of_feature(&mut row(samples, feature)?);
            if !b.is_finite() {
                let feature = feature as u64;
                return Err(DataError::TooWide { feature });
            }
            shift.push(a);
            scale.push(if b == 0.0 { 1.0 } else { b });
        }
        Ok(Self { shift, scale })
    }

    /// The samples, shifted and scaled, one after the other.
    ///
    /// What [`Table::scaled`] does, for samples without names.
    ///
    /// # Errors
    ///
    /// [`DataError::FeatureCount`] if the scaler was fitted to another number of features.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::{MatrixRef, Order, Scaler, Shape};
    ///
    /// let x = MatrixRef::new(&[1.0, 3.0, 7.0, 7.0], Shape::new(2, 2), Order::Rows)?; // features 1, 3 and 7, 7
    /// assert_eq!(Scaler::standard(x)?.scale_samples(x)?, [-1.0, 0.0, 1.0, 0.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn scale_samples<T: Float>(&self, samples: MatrixRef<'_, T>) -> Result<Vec<T>, DataError> {
        self.map(samples, scaled)
    }

    /// `f(x, a, b)` of every number, sample by sample.
    fn map<T: Float>(
        &self,
        samples: MatrixRef<'_, T>,
        f: impl Fn(f64, f64, f64) -> f64,
    ) -> Result<Vec<T>, DataError> {
        let (expected, found) = (self.shift.len() as u64, samples.rows() as u64);
        if expected != found {
            return Err(DataError::FeatureCount { expected, found });
        }
        let coefficients = self.shift.iter().zip(&self.scale).cycle();
        let values = (0..samples.columns())
            .flat_map(|j| samples.column(j))
            .zip(coefficients);
        let values = values.map(|(x, (&a, &b))| T::from_f64(f(x.to_f64(), a, b)));
        Ok(values.collect())
    }
}

/// $`(x - a) / b`$.
fn scaled(x: f64, a: f64, b: f64) -> f64 {
    let difference = x - a;
    if difference.is_finite() {
        difference / b
    } else {
        (x / 2.0 - a / 2.0) / (b / 2.0)
    }
}

const SMALLEST: f64 = f64::from_bits(1);

impl<T: Float> Table<T> {
    /// The table with every feature shifted and scaled.
    ///
    /// # Errors
    ///
    /// [`DataError::FeatureCount`] if the scaler was fitted to another number of features.
    pub fn scaled(&self, scaler: &Scaler) -> Result<Self, DataError> {
        Ok(self.with_values(scaler.map(self.samples(), scaled)?))
    }

    /// The table before it was scaled, to rounding.
    ///
    /// # Errors
    ///
    /// [`DataError::FeatureCount`] if the scaler was fitted to another number of features.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::{Scaler, Table};
    ///
    /// let table = Table::new(["x"], vec![10.0, 30.0])?;
    /// let scaler = Scaler::min_max(table.samples())?;
    /// assert_eq!(table.scaled(&scaler)?.values(), [0.0, 1.0]);
    /// assert_eq!(table.scaled(&scaler)?.unscaled(&scaler)?, table);
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn unscaled(&self, scaler: &Scaler) -> Result<Self, DataError> {
        Ok(self.with_values(scaler.map(self.samples(), |z, a, b| a + b * z)?))
    }
}

impl<T: Float> LabelledTable<T> {
    /// The table with every feature shifted and scaled; labels stay.
    ///
    /// # Errors
    ///
    /// [`DataError::FeatureCount`] if the scaler was fitted to another number of features.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::{Scaler, iris};
    ///
    /// let iris = iris()?;
    /// let scaler = Scaler::standard(iris.samples())?;
    /// let scaled = iris.scaled(&scaler)?;
    /// assert_eq!(scaled.labels(), iris.labels());
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn scaled(&self, scaler: &Scaler) -> Result<Self, DataError> {
        Ok(self.with(self.table().scaled(scaler)?, self.labels().to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let table = Table::new(["x"], vec![0.0, 2.0, 4.0, 1000.0]).unwrap();
        let robust = Scaler::robust(table.samples()).unwrap();
        assert_eq!((robust.shift(), robust.scale()), (&[3.0][..], &[251.5][..])); // 253 - 1.5
        let min_max = Scaler::min_max(table.samples()).unwrap();
        assert_eq!(min_max.scale(), [1000.0]);
    }

    #[test]
    fn what_cannot_be_scaled_is_refused() {
        let table = |values: &[f64]| Table::new(["x"], values.to_vec()).unwrap();
        assert_eq!(
            Scaler::standard(table(&[]).samples()),
            Err(DataError::Empty)
        );
        let missing = Scaler::robust(table(&[1.0, f64::NAN]).samples());
        assert!(matches!(
            missing,
            Err(DataError::MissingNumber {
                sample: 1,
                feature: 0,
                ..
            })
        ));
        let wide = Scaler::min_max(table(&[f64::MIN, f64::MAX]).samples());
        assert_eq!(wide, Err(DataError::TooWide { feature: 0 }));
        let both = table(&[f64::MIN, f64::MAX]);
        let standard = Scaler::standard(both.samples()).unwrap();
        assert_eq!(both.scaled(&standard).unwrap().values(), [-1.0, 1.0]);
        let tiny = table(&[0.0, 5e-324]);
        let standard = Scaler::standard(tiny.samples()).unwrap();
        assert_eq!(standard.scale(), [5e-324]);
        let one = Scaler::min_max(table(&[1.0]).samples()).unwrap();
        let two = Table::new(["x", "y"], vec![1.0, 2.0]).unwrap();
        let (expected, found) = (1, 2);
        assert_eq!(
            two.scaled(&one),
            Err(DataError::FeatureCount { expected, found })
        );
    }
}
