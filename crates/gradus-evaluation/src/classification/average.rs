//! From one measure per class to one number, and the report of all of them.

use crate::classification::confusion_matrix::ConfusionMatrix;
use crate::error::EvaluationError;
use std::fmt;

/// What stands for a measure that is 0 / 0: the precision of a class that was never predicted, the recall of a
/// class that is not in the data.
///
/// | policy | elsewhere |
/// |---|---|
/// | `Error` | – |
/// | `Zero` | scikit-learn's `zero_division=0` (and its default, with a warning) |
/// | `One` | scikit-learn's `zero_division=1` |
/// | `Skip` | scikit-learn's `zero_division=nan`: the class is left out of averages |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ZeroDivision {
    /// The error that says which class it is; the default.
    #[default]
    Error,
    /// The measure counts as 0.
    Zero,
    /// The measure counts as 1.
    One,
    /// The class is left out of the average; [`EvaluationError::Empty`] if none is left.
    Skip,
}

/// How measures of classes become one number.
///
/// | average | precision, recall or $`F_1`$ of … |
/// |---|---|
/// | `Macro` | the mean over classes: each class counts alike, however rare |
/// | `Weighted` | the mean over classes, weighed by their support |
/// | `Micro` | all decisions pooled: with one label per sample it is the accuracy |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Average {
    /// $`\frac{1}{K} \sum_c m_c`$.
    Macro,
    /// $`\sum_c s_c m_c / \sum_c s_c`$ with the support $`s_c`$.
    Weighted,
    /// $`\sum_c C_{cc} / \sum_{ij} C_{ij}`$.
    Micro,
}

/// A measure of one class against all others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// [`ConfusionMatrix::precision`].
    Precision,
    /// [`ConfusionMatrix::recall`].
    Recall,
    /// [`ConfusionMatrix::f1`].
    F1,
    /// [`ConfusionMatrix::f_beta`] with this β.
    FBeta(f64),
}

impl ConfusionMatrix {
    /// The average of a measure over the classes.
    ///
    /// Macro $`F_1`$ is the mean of the $`F_1`$ of the classes (as scikit-learn's), not the $`F_1`$ of mean precision
    /// and mean recall. Precision pooled over all classes is the accuracy: every sample is one prediction, so
    /// $`\sum_c \sum_i C_{ic}`$ is their number.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | micro averages are the accuracy | `micro_f1_is_accuracy` |
    /// | weighted recall is the accuracy | `weighted_recall_is_accuracy` |
    /// | an average lies between the smallest and the largest | `averages_lie_between_the_extremes` |
    ///
    /// # Errors
    ///
    /// The error of the first class whose measure is 0 / 0 under [`ZeroDivision::Error`];
    /// [`EvaluationError::Empty`] if [`ZeroDivision::Skip`] leaves nothing to average over.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::{Average, ConfusionMatrix, Measure, ZeroDivision};
    ///
    /// let matrix = ConfusionMatrix::new(&[0, 0, 0, 1], &[0, 0, 0, 0], 2)?; // recalls 1 and 0
    /// let recall = |average| matrix.average(Measure::Recall, average, ZeroDivision::Error);
    /// assert_eq!(recall(Average::Macro)?, 0.5);
    /// assert_eq!(recall(Average::Weighted)?, 0.75);
    /// assert_eq!(recall(Average::Micro)?, 0.75);
    /// # Ok::<(), gradus_evaluation::EvaluationError>(())
    /// ```
    ///
    /// # References
    ///
    /// C. D. Manning, P. Raghavan and H. Schütze, *Introduction to Information Retrieval*, 2008, section 13.6.
    pub fn average(
        &self,
        measure: Measure,
        average: Average,
        zero_division: ZeroDivision,
    ) -> Result<f64, EvaluationError> {
        let weight = |class| match average {
            Average::Macro => 1.0,
            Average::Weighted => self.support(class) as f64,
            Average::Micro => 0.0,
        };
        if average == Average::Micro {
            // One label a sample: pooled over all classes, false positives are false negatives of other classes, so
            // precision, recall and every F are the accuracy.
            return Ok(self.accuracy());
        }
        let (mut sum, mut weights) = (0.0, 0.0);
        for class in 0..self.classes() {
            if let Some(value) = self.measure(measure, class, zero_division)? {
                sum += weight(class) * value;
                weights += weight(class);
            }
        }
        if weights > 0.0 {
            Ok(sum / weights)
        } else {
            Err(EvaluationError::Empty)
        }
    }

    /// A measure under a policy; `None` if the class is skipped.
    pub(crate) fn measure(
        &self,
        measure: Measure,
        class: usize,
        zero_division: ZeroDivision,
    ) -> Result<Option<f64>, EvaluationError> {
        let value = match measure {
            Measure::Precision => self.precision(class),
            Measure::Recall => self.recall(class),
            Measure::F1 => self.f1(class),
            Measure::FBeta(beta) => self.f_beta(class, beta),
        };
        match (value, zero_division) {
            (Ok(value), _) => Ok(Some(value)),
            (Err(error @ EvaluationError::NotABeta { .. }), _)
            | (Err(error), ZeroDivision::Error) => Err(error),
            (Err(_), ZeroDivision::Zero) => Ok(Some(0.0)),
            (Err(_), ZeroDivision::One) => Ok(Some(1.0)),
            (Err(_), ZeroDivision::Skip) => Ok(None),
        }
    }

    /// Precision, recall, $`F_1`$ and support of every class; `None` where it is 0 / 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::ConfusionMatrix;
    ///
    /// let report = ConfusionMatrix::new(&[0, 0, 1], &[0, 1, 1], 2)?.report();
    /// assert_eq!(report.classes[0].precision, Some(1.0));
    /// assert_eq!(report.classes[0].recall, Some(0.5));
    /// assert_eq!(report.accuracy, 2.0 / 3.0);
    /// assert!(report.to_string().starts_with("class  precision  recall      F1  support"));
    /// # Ok::<(), gradus_evaluation::EvaluationError>(())
    /// ```
    #[must_use]
    pub fn report(&self) -> Report {
        let of_class = |class| ClassReport {
            precision: self.precision(class).ok(),
            recall: self.recall(class).ok(),
            f1: self.f1(class).ok(),
            support: self.support(class),
        };
        Report {
            classes: (0..self.classes()).map(of_class).collect(),
            accuracy: self.accuracy(),
            total: self.total(),
        }
    }
}

/// The measures of one class; `None` where a measure is 0 / 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassReport {
    /// How much of what is called this class is of it.
    pub precision: Option<f64>,
    /// How much of this class is found.
    pub recall: Option<f64>,
    /// Their harmonic mean.
    pub f1: Option<f64>,
    /// How many samples are of this class.
    pub support: u64,
}

/// The measures of all classes; prints as a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// One entry per class, in their order.
    pub classes: Vec<ClassReport>,
    /// The share of right answers.
    pub accuracy: f64,
    /// How many samples there are.
    pub total: u64,
}

impl fmt::Display for Report {
    /// A line per class and one for the accuracy; a measure that is 0 / 0 prints as a dash.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |measure: Option<f64>| measure.map_or("-".into(), |m| format!("{m:.4}"));
        writeln!(f, "class  precision  recall      F1  support")?;
        for (class, of) in self.classes.iter().enumerate() {
            let (p, r, f1) = (shown(of.precision), shown(of.recall), shown(of.f1));
            writeln!(f, "{class:>5}  {p:>9}  {r:>6}  {f1:>6}  {:>7}", of.support)?;
        }
        writeln!(f, "accuracy {:>23.4}  {:>7}", self.accuracy, self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::{Average, Measure, ZeroDivision};
    use crate::{ConfusionMatrix, EvaluationError};

    #[test]
    fn averages_by_hand() {
        // precisions 1, 1/2, 1; recalls 2/3, 1, 1/2; F1 4/5, 2/3, 2/3; supports 3, 1, 2
        let matrix = ConfusionMatrix::new(&[0, 0, 0, 1, 2, 2], &[0, 0, 1, 1, 2, 2], 3).unwrap();
        let of = |measure, average| {
            matrix
                .average(measure, average, ZeroDivision::Error)
                .unwrap()
        };
        assert_eq!(of(Measure::Precision, Average::Macro), 2.5 / 3.0);
        assert_eq!(of(Measure::Recall, Average::Weighted), 5.0 / 6.0);
        assert_eq!(of(Measure::F1, Average::Micro), 5.0 / 6.0);
    }

    #[test]
    fn zero_division_is_a_choice() {
        let matrix = ConfusionMatrix::new(&[0, 0], &[0, 0], 2).unwrap(); // class 1 does not occur
        let f1 = |policy| matrix.average(Measure::F1, Average::Macro, policy);
        let class = 1;
        assert_eq!(
            f1(ZeroDivision::Error),
            Err(EvaluationError::NeverTrue { class })
        );
        assert_eq!(f1(ZeroDivision::Zero), Ok(0.5));
        assert_eq!(f1(ZeroDivision::One), Ok(1.0));
        assert_eq!(f1(ZeroDivision::Skip), Ok(1.0));
    }

    #[test]
    fn a_report_prints_dashes_for_what_is_undefined() {
        let report = ConfusionMatrix::new(&[0, 0, 0], &[0, 0, 0], 2)
            .unwrap()
            .report();
        let expected = "class  precision  recall      F1  support\n    \
                        0     1.0000  1.0000  1.0000        3\n    \
                        1          -       -       -        0\n\
                        accuracy                  1.0000        3\n";
        assert_eq!(report.to_string(), expected);
    }
}
