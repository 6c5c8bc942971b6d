//! Who is taken for whom: counts of true against predicted classes.

use crate::error::EvaluationError;
use crate::lengths::check_lengths;
use std::fmt;
use std::iter::zip;

/// Counts of true against predicted classes: rows are the truth, columns the prediction.
///
/// ```math
/// C_{ij} = \bigl| \{ s : y_s = i, \; \hat{y}_s = j \} \bigr|
/// ```
///
/// where $`y_s`$ is the true and $`\hat{y}_s`$ the predicted class of sample $`s`$. The diagonal counts what is
/// right. Of class $`c`$, its row is what is really of the class (its sum is the *support*), its column what is
/// said to be:
///
/// | | formula | question |
/// |---|---|---|
/// | precision | $`P_c = C_{cc} / \sum_i C_{ic}`$ | how much of what is called $`c`$ is $`c`$? |
/// | recall | $`R_c = C_{cc} / \sum_j C_{cj}`$ | how much of $`c`$ is found? |
/// | $`F_1`$ | $`2 C_{cc} / (\sum_i C_{ic} + \sum_j C_{cj})`$ | their harmonic mean |
///
/// What is 0 / 0 is an error here, which says which class was never predicted or is not in the data; nothing
/// is silently taken for 0. [`ZeroDivision`](crate::ZeroDivision) says what the averages and the report do.
///
/// Prints as a table of counts.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | trace over total is the accuracy | `accuracy_is_the_share_of_the_diagonal` |
/// | $`F_1`$ is the harmonic mean of precision and recall and lies between them | `f1_is_the_harmonic_mean_of_precision_and_recall` |
/// | exchanging truth and prediction transposes it, and exchanges precision and recall | `transposing_exchanges_precision_and_recall` |
/// | renaming classes permutes rows and columns | `renaming_classes_permutes_the_matrix` |
///
/// # Examples
///
/// ```
/// use gradus_evaluation::ConfusionMatrix;
///
/// let truth = [0, 0, 0, 1, 1, 2];
/// let predicted = [0, 0, 1, 1, 2, 2];
/// let matrix = ConfusionMatrix::new(&truth, &predicted, 3)?;
/// assert_eq!(matrix.count(0, 1), 1); // one 0 was taken for a 1
/// assert_eq!(matrix.precision(0)?, 1.0);
/// assert_eq!(matrix.recall(0)?, 2.0 / 3.0);
/// assert_eq!(matrix.f1(0)?, 0.8); // 2 · 2 / (2 + 3)
/// assert_eq!(matrix.accuracy(), 4.0 / 6.0);
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// C. D. Manning, P. Raghavan and H. Schütze, *Introduction to Information Retrieval*, 2008, section 8.3,
/// equations (8.1) to (8.6).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConfusionMatrix {
    classes: usize,
    counts: Vec<u64>,
}

impl ConfusionMatrix {
    /// Counts labels in `0..classes`.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::LengthMismatch`], [`EvaluationError::Empty`], [`EvaluationError::LabelOutOfRange`] with
    /// the first label that names no class, [`EvaluationError::TooManyClasses`] if $`\text{classes}^2`$ counts
    /// cannot be kept.
    pub fn new(truth: &[u32], predicted: &[u32], classes: usize) -> Result<Self, EvaluationError> {
        check_lengths(truth.len(), predicted.len())?;
        let mut counts = zeros(classes)?;
        for (sample, (&y, &p)) in zip(truth, predicted).enumerate() {
            for label in [y, p] {
                if label as usize >= classes {
                    return Err(EvaluationError::LabelOutOfRange {
                        label,
                        classes,
                        sample,
                    });
                }
            }
            counts[y as usize * classes + p as usize] += 1; // both below classes
        }
        Ok(Self { classes, counts })
    }

    /// How many classes there are.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// How many samples were counted; never zero.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many samples of class `truth` were predicted to be of class `predicted`; 0 outside of the matrix.
    #[must_use]
    pub fn count(&self, truth: usize, predicted: usize) -> u64 {
        if truth >= self.classes || predicted >= self.classes {
            return 0;
        }
        self.counts[truth * self.classes + predicted] // both below classes
    }

    /// The counts row by row: a row is a true class.
    pub fn rows(&self) -> impl Iterator<Item = &[u64]> {
        self.counts.chunks_exact(self.classes.max(1))
    }

    /// How many samples are of this class: the sum of its row.
    #[must_use]
    pub fn support(&self, class: usize) -> u64 {
        (0..self.classes).map(|j| self.count(class, j)).sum()
    }

    /// How many samples were predicted to be of this class: the sum of its column.
    #[must_use]
    pub fn predictions(&self, class: usize) -> u64 {
        (0..self.classes).map(|i| self.count(i, class)).sum()
    }

    /// The share of the diagonal: what [`accuracy`](crate::accuracy) says.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        let right: u64 = (0..self.classes).map(|c| self.count(c, c)).sum();
        right as f64 / self.total() as f64
    }

    /// $`C_{cc} / \sum_i C_{ic}`$: how much of what is called `class` is of the class.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NeverPredicted`] for 0 / 0, [`EvaluationError::NoSuchClass`].
    pub fn precision(&self, class: usize) -> Result<f64, EvaluationError> {
        self.check(class)?;
        match self.predictions(class) {
            0 => Err(EvaluationError::NeverPredicted { class }),
            all => Ok(self.count(class, class) as f64 / all as f64),
        }
    }

    /// $`C_{cc} / \sum_j C_{cj}`$: how much of the class is found.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NeverTrue`] for 0 / 0, [`EvaluationError::NoSuchClass`].
    pub fn recall(&self, class: usize) -> Result<f64, EvaluationError> {
        self.check(class)?;
        match self.support(class) {
            0 => Err(EvaluationError::NeverTrue { class }),
            all => Ok(self.count(class, class) as f64 / all as f64),
        }
    }

    /// The harmonic mean of precision and recall, $`2 C_{cc} / (\sum_i C_{ic} + \sum_j C_{cj})`$.
    ///
    /// The fraction is defined, and 0, if only one of precision and recall is 0 / 0.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NeverTrue`] if the class is neither in the data nor predicted,
    /// [`EvaluationError::NoSuchClass`].
    pub fn f1(&self, class: usize) -> Result<f64, EvaluationError> {
        self.check(class)?;
        match self.predictions(class) + self.support(class) {
            0 => Err(EvaluationError::NeverTrue { class }),
            all => Ok(2.0 * self.count(class, class) as f64 / all as f64),
        }
    }

    /// $`F_\beta = (1 + \beta^2) P R / (\beta^2 P + R)`$: recall weighs $`\beta`$ times as much as precision.
    ///
    /// ```math
    /// F_\beta = \frac{(1 + \beta^2) C_{cc}}{\beta^2 \sum_j C_{cj} + \sum_i C_{ic}}
    /// ```
    ///
    /// The fraction is defined, and 0, if only one of precision and recall is 0 / 0.
    ///
    /// # Errors
    ///
    /// [`EvaluationError::NotABeta`] unless $`\beta`$ is finite and not negative, [`EvaluationError::NeverTrue`] for
    /// 0 / 0, [`EvaluationError::NoSuchClass`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_evaluation::ConfusionMatrix;
    ///
    /// let matrix = ConfusionMatrix::new(&[1, 1, 1, 0], &[1, 0, 0, 0], 2)?; // P = 1, R = 1/3
    /// assert_eq!(matrix.f_beta(1, 2.0)?, 5.0 / 13.0); // 5 · 1 / (4 · 3 + 1)
    /// assert_eq!(matrix.f_beta(1, 1.0)?, matrix.f1(1)?);
    /// # Ok::<(), gradus_evaluation::EvaluationError>(())
    /// ```
    ///
    /// # References
    ///
    /// C. J. van Rijsbergen, *Information Retrieval*, 2nd ed., 1979, chapter 7.
    pub fn f_beta(&self, class: usize, beta: f64) -> Result<f64, EvaluationError> {
        self.check(class)?;
        if !(beta >= 0.0 && beta.is_finite()) {
            return Err(EvaluationError::NotABeta { beta });
        }
        let (real, said) = (self.support(class) as f64, self.predictions(class) as f64);
        // For a large β, β² overflows where the fraction does not: both sides are divided by it.
        let (weight, other) = if beta <= 1.0 {
            (beta * beta, 1.0)
        } else {
            (1.0, 1.0 / (beta * beta))
        };
        let all = weight * real + other * said;
        if all > 0.0 {
            Ok((weight + other) * self.count(class, class) as f64 / all)
        } else {
            Err(EvaluationError::NeverTrue { class })
        }
    }

    /// The counts of another matrix of as many classes.
    pub(crate) fn add(&mut self, other: &Self) {
        for (count, more) in zip(&mut self.counts, &other.counts) {
            *count = count.saturating_add(*more);
        }
    }

    fn check(&self, class: usize) -> Result<(), EvaluationError> {
        let classes = self.classes;
        if class < classes {
            Ok(())
        } else {
            Err(EvaluationError::NoSuchClass { class, classes })
        }
    }
}

/// `classes`² zeros, if there is memory for them.
fn zeros(classes: usize) -> Result<Vec<u64>, EvaluationError> {
    let too_many = EvaluationError::TooManyClasses { classes };
    let length = classes.checked_mul(classes).ok_or(too_many)?;
    let mut counts = Vec::new();
    counts.try_reserve_exact(length).map_err(|_| too_many)?;
    counts.resize(length, 0);
    Ok(counts)
}

impl fmt::Display for ConfusionMatrix {
    /// One line per true class, counts aligned to the right.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let most = self.counts.iter().max().copied().unwrap_or(0);
        let width = most.to_string().len().max(self.classes.to_string().len());
        for (class, row) in self.rows().enumerate() {
            write!(f, "{class:>width$} |")?;
            row.iter()
                .try_for_each(|count| write!(f, " {count:>width$}"))?;
            writeln!(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::ConfusionMatrix;
    use crate::EvaluationError;

    fn example() -> ConfusionMatrix {
        // 0 0 1 2 2 2 taken for 0 1 1 2 2 0; class 3 does not occur
        ConfusionMatrix::new(&[0, 0, 1, 2, 2, 2], &[0, 1, 1, 2, 2, 0], 4).unwrap()
    }

    #[test]
    fn rows_are_the_truth() {
        let rows: Vec<_> = example().rows().map(<[u64]>::to_vec).collect();
        let expected = [[1, 1, 0, 0], [0, 1, 0, 0], [1, 0, 2, 0], [0, 0, 0, 0]];
        assert_eq!(rows, expected);
        assert_eq!((example().support(2), example().predictions(2)), (3, 2));
        assert_eq!(example().count(4, 0), 0);
        assert_eq!(example().total(), 6);
    }

    #[test]
    fn measures_by_hand() {
        let matrix = example();
        assert_eq!(matrix.precision(0), Ok(0.5));
        assert_eq!(matrix.recall(2), Ok(2.0 / 3.0));
        assert_eq!(matrix.f1(1), Ok(2.0 / 3.0));
        assert_eq!(matrix.f1(2), Ok(0.8));
    }

    #[test]
    fn zero_over_zero_is_named() {
        let (class, classes) = (3, 4);
        assert_eq!(
            example().precision(3),
            Err(EvaluationError::NeverPredicted { class })
        );
        assert_eq!(
            example().recall(3),
            Err(EvaluationError::NeverTrue { class })
        );
        assert_eq!(example().f1(3), Err(EvaluationError::NeverTrue { class }));
        let class = 4;
        assert_eq!(
            example().f1(4),
            Err(EvaluationError::NoSuchClass { class, classes })
        );
        // predicted but never true: precision 0, recall undefined, F1 = 0 / 1
        let matrix = ConfusionMatrix::new(&[0], &[1], 2).unwrap();
        assert_eq!((matrix.precision(1), matrix.f1(1)), (Ok(0.0), Ok(0.0)));
        assert!(matrix.recall(1).is_err() && matrix.precision(0).is_err());
    }

    #[test]
    fn what_is_no_label_is_refused() {
        let (label, classes, sample) = (2, 2, 1);
        let refused = Err(EvaluationError::LabelOutOfRange {
            label,
            classes,
            sample,
        });
        assert_eq!(ConfusionMatrix::new(&[0, 2], &[0, 0], 2), refused);
        assert_eq!(ConfusionMatrix::new(&[0, 0], &[0, 2], 2), refused);
        assert_eq!(
            ConfusionMatrix::new(&[], &[], 2),
            Err(EvaluationError::Empty)
        );
        for classes in [usize::MAX, 1 << 31] {
            let refused = Err(EvaluationError::TooManyClasses { classes });
            assert_eq!(ConfusionMatrix::new(&[0], &[0], classes), refused);
        }
    }

    #[test]
    fn prints_as_a_table() {
        let matrix = ConfusionMatrix::new(&[0, 1, 1], &[0, 1, 0], 2).unwrap();
        assert_eq!(matrix.to_string(), "0 | 1 0\n1 | 1 1\n");
    }
}
