//! Measures of a whole confusion matrix: one number that rare classes and lucky guesses do not flatter.

use crate::classification::average::{Average, Measure, ZeroDivision};
use crate::classification::confusion_matrix::ConfusionMatrix;
use crate::error::EvaluationError;

impl ConfusionMatrix {
    /// The mean recall of the classes that occur: accuracy as it would be if all of them were as frequent.
    ///
    /// ```math
    /// \frac{1}{K} \sum_{c} \frac{C_{cc}}{\sum_j C_{cj}}
    /// ```
    ///
    /// where $`C`$ is the matrix and $`K`$ the number of classes with a sample. Guessing has $`1 / K`$, whatever the
    /// frequencies.
    ///
    /// # Errors
    ///
    /// None: a matrix counts at least one sample.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::ConfusionMatrix;
    ///
    /// let matrix = ConfusionMatrix::new(&[0, 0, 0, 1], &[0, 0, 0, 0], 2)?; // recalls 1 and 0
    /// assert_eq!((matrix.accuracy(), matrix.balanced_accuracy()?), (0.75, 0.5));
    /// # Ok::<(), gradus_evaluation::EvaluationError>(())
    /// ```
    ///
    /// # References
    ///
    /// K. H. Brodersen et al., *The balanced accuracy and its posterior distribution*, ICPR 2010, 3121–3124.
    pub fn balanced_accuracy(&self) -> Result<f64, EvaluationError> {
        self.average(Measure::Recall, Average::Macro, ZeroDivision::Skip)
    }

    /// The correlation of truth and prediction, of Matthews.
    ///
    /// ```math
    /// \frac{n \sum_c C_{cc} - \sum_c p_c t_c}{\sqrt{(n^2 - \sum_c p_c^2)(n^2 - \sum_c t_c^2)}}
    /// ```
    ///
    /// where $`t_c`$ is the sum of row $`c`$ (true), $`p_c`$ that of column $`c`$ (predicted) and $`n`$ the total. 1 is
    /// perfect, guessing has 0. With two classes it is Pearson's correlation of the two columns of labels.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | between −1 and 1, 1 for the truth, the same if truth and prediction change places | `agreement_is_symmetric_and_bounded` |
    /// | with two classes, the correlation of the labels | `matthews_is_the_correlation_of_two_classes` |
    ///
    /// # Numerics
    ///
    /// Products of counts are exact: only a product, its root and the quotient round.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NeverVaries`] if truth or prediction is of one class: a correlation of 0 / 0 (scikit-learn
    /// says 0).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::ConfusionMatrix;
    ///
    /// let matrix = ConfusionMatrix::new(&[0, 0, 1, 1], &[0, 1, 1, 1], 2)?;
    /// assert!((matrix.matthews()? - 1.0 / 3.0_f64.sqrt()).abs() < 1e-15); // (4 · 3 - 2 · 1 - 2 · 3) / √(6 · 8)
    /// # Ok::<(), gradus_evaluation::EvaluationError>(())
    /// ```
    ///
    /// # References
    ///
    /// J. Gorodkin, *Comparing two K-category assignments by a K-category correlation coefficient*, Comput. Biol. Chem.
    /// 28 (2004), 367–374, equation (8).
    #[doc(alias = "MCC")]
    #[doc(alias = "phi coefficient")]
    pub fn matthews(&self) -> Result<f64, EvaluationError> {
        let margins = self.margins();
        let n2 = margins.total * margins.total;
        let (varied, guessed) = (n2 - margins.true_squares, n2 - margins.predicted_squares);
        if varied == 0 || guessed == 0 {
            return Err(EvaluationError::NeverVaries);
        }
        let (hit, chance) = (margins.total * margins.right, margins.products);
        Ok(signed_difference(hit, chance) / (varied as f64 * guessed as f64).sqrt())
    }

    /// Cohen's κ: how much of what chance leaves to agree on is agreed on.
    ///
    /// ```math
    /// \kappa = \frac{p_o - p_e}{1 - p_e}, \qquad p_o = \frac{1}{n} \sum_c C_{cc}, \qquad
    /// p_e = \frac{1}{n^2} \sum_c p_c t_c
    /// ```
    ///
    /// where $`t_c`$ is the sum of row $`c`$, $`p_c`$ that of column $`c`$ and $`n`$ the total: $`p_o`$ is the accuracy,
    /// $`p_e`$ that of labels drawn at random with the frequencies of the prediction.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | at most 1, 1 for the truth, the same if truth and prediction change places | `agreement_is_symmetric_and_bounded` |
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NeverVaries`] if truth and prediction are all of one and the same class: 0 / 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::ConfusionMatrix;
    ///
    /// let matrix = ConfusionMatrix::new(&[0, 0, 1, 1], &[0, 1, 1, 1], 2)?; // 3/4 right, 1/2 by chance
    /// assert_eq!(matrix.kappa()?, 0.5);
    /// # Ok::<(), gradus_evaluation::EvaluationError>(())
    /// ```
    ///
    /// # References
    ///
    /// J. Cohen, *A coefficient of agreement for nominal scales*, Educ. Psychol. Meas. 20 (1960), 37–46.
    #[doc(alias = "Cohen")]
    pub fn kappa(&self) -> Result<f64, EvaluationError> {
        let margins = self.margins();
        let n2 = margins.total * margins.total;
        if n2 == margins.products {
            return Err(EvaluationError::NeverVaries);
        }
        let (hit, chance) = (margins.total * margins.right, margins.products);
        Ok(signed_difference(hit, chance) / (n2 - chance) as f64)
    }

    /// Adds the counts of another matrix, such as that of the next batch.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the counts of two parts are those of the whole | `merged_batches_are_the_whole` |
    ///
    /// # Errors
    ///
    /// [`EvaluationError::ClassesDiffer`] if it has more or fewer classes; nothing has changed then.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::ConfusionMatrix;
    ///
    /// let mut matrix = ConfusionMatrix::new(&[0], &[0], 2)?;
    /// matrix.merge(&ConfusionMatrix::new(&[1], &[0], 2)?)?;
    /// assert_eq!((matrix.total(), matrix.accuracy()), (2, 0.5));
    /// # Ok::<(), gradus_evaluation::EvaluationError>(())
    /// ```
    pub fn merge(&mut self, other: &Self) -> Result<(), EvaluationError> {
        let (left, right) = (self.classes(), other.classes());
        if left != right {
            return Err(EvaluationError::ClassesDiffer { left, right });
        }
        self.add(other);
        Ok(())
    }

    fn margins(&self) -> Margins {
        let wide = |count: u64| u128::from(count);
        let classes = || 0..self.classes();
        let rows: Vec<u128> = classes().map(|c| wide(self.support(c))).collect();
        let columns: Vec<u128> = classes().map(|c| wide(self.predictions(c))).collect();
        Margins {
            total: wide(self.total()),
            right: classes().map(|c| wide(self.count(c, c))).sum(),
            products: rows.iter().zip(&columns).map(|(t, p)| t * p).sum(),
            true_squares: rows.iter().map(|t| t * t).sum(),
            predicted_squares: columns.iter().map(|p| p * p).sum(),
        }
    }
}

/// Sums over rows and columns; exact.
struct Margins {
    total: u128,
    right: u128,
    products: u128,
    true_squares: u128,
    predicted_squares: u128,
}

/// `a − b` as a double, rounded once.
fn signed_difference(a: u128, b: u128) -> f64 {
    if a >= b {
        (a - b) as f64
    } else {
        -((b - a) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_varies_agrees_with_nothing() {
        let same = ConfusionMatrix::new(&[0, 0], &[0, 0], 2).unwrap();
        assert_eq!(same.matthews(), Err(EvaluationError::NeverVaries));
        assert_eq!(same.kappa(), Err(EvaluationError::NeverVaries));
        let blind = ConfusionMatrix::new(&[0, 1], &[0, 0], 2).unwrap();
        assert_eq!(blind.matthews(), Err(EvaluationError::NeverVaries));
        assert_eq!(blind.kappa(), Ok(0.0));
        let wrong = ConfusionMatrix::new(&[0, 1], &[1, 0], 2).unwrap();
        assert_eq!((wrong.matthews(), wrong.kappa()), (Ok(-1.0), Ok(-1.0)));
    }

    #[test]
    fn matrices_of_other_sizes_do_not_merge() {
        let mut two = ConfusionMatrix::new(&[0], &[0], 2).unwrap();
        let three = ConfusionMatrix::new(&[0], &[0], 3).unwrap();
        let (left, right) = (2, 3);
        assert_eq!(
            two.merge(&three),
            Err(EvaluationError::ClassesDiffer { left, right })
        );
        assert_eq!(two.total(), 1);
    }
}
