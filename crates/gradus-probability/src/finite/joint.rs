//! Two random variables at once: a joint distribution on a finite table.

use crate::error::ProbabilityError;
use gradus_numeric::{CompensatedSum, Shape, Simplex};
use std::iter::zip;

/// The joint distribution of two random variables with finitely many values each.
///
/// ```math
/// p(x, y) = \operatorname{P}(X = x, Y = y) \ge 0, \qquad \sum_{x, y} p(x, y) = 1
/// ```
///
/// Row $`x`$ belongs to a value of $`X`$, column $`y`$ to one of $`Y`$. All that can be asked about the
/// pair follows from this table:
///
/// ```math
/// p(x) = \sum_y p(x, y), \qquad p(y) = \sum_x p(x, y), \qquad p(x \mid y) = \frac{p(x, y)}{p(y)}
/// ```
///
/// The two are *independent* if $`p(x, y) = p(x) \, p(y)`$ throughout: knowing one says nothing about the
/// other.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`p(x \mid y) \, p(y) = p(y \mid x) \, p(x)`$ (Bayes) | `both_factorizations_give_the_joint` |
/// | $`\sum_y p(x \mid y) \, p(y) = p(x)`$ (total probability) | `conditionals_average_to_the_marginal` |
/// | the product of two distributions has them as marginals | `product_has_its_factors_as_marginals` |
/// | $`\operatorname{P}(A \cup B) = \operatorname{P}(A) + \operatorname{P}(B) - \operatorname{P}(A \cap B)`$ | `inclusion_and_exclusion` |
/// | $`\operatorname{P}(\overline{A \cup B}) = \operatorname{P}(\overline A \cap \overline B)`$ | `de_morgan` |
///
/// # Numerics
///
/// The entries are kept as they are given. Marginals are compensated sums; where rounding makes
/// them miss 1 they are divided by their sum.
///
/// # Examples
///
/// ```
/// use gradus_probability::JointTable;
///
/// // rows: rain no, yes; columns: umbrella no, yes
/// let table = JointTable::new(&[[0.5, 0.25], [0.0, 0.25]])?;
/// assert_eq!(table.marginal_x().as_slice(), [0.75, 0.25]);
/// assert_eq!(table.marginal_y().as_slice(), [0.5, 0.5]);
/// assert_eq!(table.x_given_y(1)?.as_slice(), [0.5, 0.5]); // an umbrella: rain or not?
/// assert_eq!(table.y_given_x(1)?.as_slice(), [0.0, 1.0]); // rain: always an umbrella
/// assert!(!table.is_independent(0.1));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), §1.2, eq. 1.10–1.12.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "contingency table")]
pub struct JointTable {
    shape: Shape,
    joint: Simplex, // row after row
    x: Simplex,
    y: Simplex,
}

impl JointTable {
    /// Takes the probabilities as they are, row by row.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] if a row is not as long as the first, and what
    /// [`Simplex::new`] says about all the entries, counted row after row.
    pub fn new(rows: &[impl AsRef<[f64]>]) -> Result<Self, ProbabilityError> {
        let (shape, entries) = flatten(rows)?;
        Self::from_joint(shape, Simplex::new(entries)?)
    }

    /// Divides weights, for example counts, by their sum.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] if a row is not as long as the first, and what
    /// [`Simplex::from_weights`] says about all the weights, counted row after row.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::JointTable;
    ///
    /// let table = JointTable::from_weights(&[[3.0, 1.0], [1.0, 3.0]])?;
    /// assert_eq!(table.get(0, 0), Some(0.375));
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn from_weights(rows: &[impl AsRef<[f64]>]) -> Result<Self, ProbabilityError> {
        let (shape, weights) = flatten(rows)?;
        Self::from_joint(shape, Simplex::from_weights(&weights)?)
    }

    /// The joint distribution of independent variables: $`p(x, y) = p(x) \, p(y)`$.
    ///
    /// # Errors
    ///
    /// None in practice: a product of distributions is a distribution.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{JointTable, Simplex};
    ///
    /// let coins = JointTable::product(&Simplex::uniform(2)?, &Simplex::uniform(2)?)?;
    /// assert_eq!(coins.get(1, 1), Some(0.25));
    /// assert!(coins.is_independent(0.0));
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn product(x: &Simplex, y: &Simplex) -> Result<Self, ProbabilityError> {
        Self::from_conditionals(x, &vec![y.clone(); x.len()])
    }

    /// The joint distribution of $`X`$ and what it causes: $`p(x, y) = p(x) \, p(y \mid x)`$.
    ///
    /// `y_given_x` holds one distribution for every value of $`X`$: a *channel*, or the likelihood of
    /// the data $`y`$ under hypothesis $`x`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] if there is not one distribution for every $`x`$, or if they
    /// differ in length.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{JointTable, Simplex};
    ///
    /// let bit = Simplex::uniform(2)?;
    /// let noisy = [Simplex::new(vec![0.75, 0.25])?, Simplex::new(vec![0.25, 0.75])?];
    /// let table = JointTable::from_conditionals(&bit, &noisy)?;
    /// assert_eq!(table.get(0, 1), Some(0.125)); // a 0 was sent, a 1 received
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[doc(alias = "channel")]
    pub fn from_conditionals(x: &Simplex, y_given_x: &[Simplex]) -> Result<Self, ProbabilityError> {
        if x.len() != y_given_x.len() {
            return Err(ProbabilityError::LengthMismatch {
                left: x.len(),
                right: y_given_x.len(),
            });
        }
        let row = |(&p, y): (&f64, &Simplex)| y.as_slice().iter().map(|q| p * q).collect();
        let rows: Vec<Vec<f64>> = zip(x.as_slice(), y_given_x).map(row).collect();
        Self::from_weights(&rows) // sums to 1 but for rounding
    }

    /// How many values X (rows) and Y (columns) have.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// $`p(x, y)`$; `None` outside of the table.
    #[must_use]
    pub fn get(&self, x: usize, y: usize) -> Option<f64> {
        let inside = x < self.shape.rows && y < self.shape.columns;
        inside.then(|| self.row(x)[y])
    }

    /// All entries as one distribution on pairs, row after row.
    #[must_use]
    pub fn joint(&self) -> &Simplex {
        &self.joint
    }

    /// The distribution of X alone: $`p(x) = \sum_y p(x, y)`$.
    #[must_use]
    #[doc(alias = "sum rule")]
    pub fn marginal_x(&self) -> &Simplex {
        &self.x
    }

    /// The distribution of Y alone: $`p(y) = \sum_x p(x, y)`$.
    #[must_use]
    #[doc(alias = "sum rule")]
    pub fn marginal_y(&self) -> &Simplex {
        &self.y
    }

    /// The distribution of Y once X is known to be `x`: $`p(y \mid x) = p(x, y) / p(x)`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::OutcomeOutOfRange`] if there is no such row,
    /// [`ProbabilityError::ZeroEvidence`] if $`p(x) = 0`$.
    pub fn y_given_x(&self, x: usize) -> Result<Simplex, ProbabilityError> {
        check_outcome(x, self.shape.rows)?;
        condition(self.row(x))
    }

    /// The distribution of X once Y is known to be `y`: $`p(x \mid y) = p(x, y) / p(y)`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::OutcomeOutOfRange`] if there is no such column,
    /// [`ProbabilityError::ZeroEvidence`] if $`p(y) = 0`$.
    #[doc(alias = "posterior")]
    pub fn x_given_y(&self, y: usize) -> Result<Simplex, ProbabilityError> {
        check_outcome(y, self.shape.columns)?;
        condition(&self.column(y))
    }

    /// The same pair in the other order: rows belong to Y, columns to X.
    ///
    /// # Errors
    ///
    /// None in practice: the entries are the same.
    pub fn transposed(&self) -> Result<Self, ProbabilityError> {
        let columns: Vec<_> = (0..self.shape.columns).map(|y| self.column(y)).collect();
        Self::new(&columns)
    }

    /// The largest distance from independence: $`\max_{x,y} \lvert p(x, y) - p(x) \, p(y) \rvert`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::JointTable;
    ///
    /// let glued = JointTable::new(&[[0.5, 0.0], [0.0, 0.5]])?;
    /// assert_eq!(glued.dependence(), 0.25);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn dependence(&self) -> f64 {
        let (p, q) = (self.x.as_slice(), self.y.as_slice());
        let products = p.iter().flat_map(|p| q.iter().map(move |q| p * q));
        zip(self.joint.as_slice(), products).fold(0.0, |gap, (p, q)| f64::max(gap, (p - q).abs()))
    }

    /// Whether $`\lvert p(x, y) - p(x) \, p(y) \rvert \le`$ `tolerance` throughout.
    ///
    /// Products of rounded numbers are rarely equal to the bit: a tolerance of a few
    /// [`f64::EPSILON`] says "independent but for rounding".
    #[must_use]
    pub fn is_independent(&self, tolerance: f64) -> bool {
        self.dependence() <= tolerance
    }

    pub(super) fn from_joint(shape: Shape, joint: Simplex) -> Result<Self, ProbabilityError> {
        let p = joint.as_slice();
        let total =
            |entries: &mut dyn Iterator<Item = f64>| entries.collect::<CompensatedSum>().value();
        let rows = p.chunks_exact(shape.columns);
        let x: Vec<_> = rows.map(|row| total(&mut row.iter().copied())).collect();
        let column = |y| p.iter().copied().skip(y).step_by(shape.columns);
        let y: Vec<_> = (0..shape.columns).map(|y| total(&mut column(y))).collect();
        let (x, y) = (Simplex::from_weights(&x)?, Simplex::from_weights(&y)?);
        Ok(Self { shape, joint, x, y })
    }

    /// Row `x`, which must exist.
    fn row(&self, x: usize) -> &[f64] {
        &self.joint.as_slice()[x * self.shape.columns..][..self.shape.columns]
    }

    /// Column `y`, which must exist.
    fn column(&self, y: usize) -> Vec<f64> {
        (0..self.shape.rows).map(|x| self.row(x)[y]).collect()
    }
}

/// The rows one after the other, all of the same length.
fn flatten(rows: &[impl AsRef<[f64]>]) -> Result<(Shape, Vec<f64>), ProbabilityError> {
    let left = rows.first().map_or(0, |row| row.as_ref().len());
    let mut entries = Vec::with_capacity(rows.len().saturating_mul(left));
    for row in rows {
        let right = row.as_ref().len();
        if left != right {
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        entries.extend_from_slice(row.as_ref());
    }
    Ok((Shape::new(rows.len(), left), entries))
}

/// Joint probabilities divided by their sum.
fn condition(joint: &[f64]) -> Result<Simplex, ProbabilityError> {
    if joint.iter().all(|&p| p == 0.0) {
        return Err(ProbabilityError::ZeroEvidence);
    }
    Ok(Simplex::from_weights(joint)?)
}

fn check_outcome(outcome: usize, outcomes: usize) -> Result<(), ProbabilityError> {
    if outcome < outcomes {
        Ok(())
    } else {
        Err(ProbabilityError::OutcomeOutOfRange { outcome, outcomes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::NumericError;

    #[test]
    fn entries_marginals_and_conditionals() {
        let table = JointTable::new(&[[0.125, 0.25, 0.125], [0.0, 0.25, 0.25]]).unwrap();
        assert_eq!(table.shape(), Shape::new(2, 3));
        assert_eq!(
            (table.get(1, 2), table.get(2, 0), table.get(0, 3)),
            (Some(0.25), None, None)
        );
        assert_eq!(table.marginal_x().as_slice(), [0.5, 0.5]);
        assert_eq!(table.marginal_y().as_slice(), [0.125, 0.5, 0.375]);
        assert_eq!(table.y_given_x(0).unwrap().as_slice(), [0.25, 0.5, 0.25]);
        assert_eq!(table.x_given_y(0).unwrap().as_slice(), [1.0, 0.0]);
        let transposed = table.transposed().unwrap();
        assert_eq!(transposed.get(2, 1), Some(0.25));
        assert_eq!(transposed.transposed().unwrap(), table);
    }

    #[test]
    fn what_cannot_happen_cannot_be_conditioned_on() {
        let table = JointTable::new(&[[0.5, 0.0], [0.5, 0.0]]).unwrap();
        assert_eq!(table.x_given_y(1), Err(ProbabilityError::ZeroEvidence));
        let missing = ProbabilityError::OutcomeOutOfRange {
            outcome: 2,
            outcomes: 2,
        };
        assert_eq!(table.y_given_x(2), Err(missing.clone()));
        assert_eq!(table.x_given_y(2), Err(missing));
    }

    #[test]
    fn hostile_tables_are_errors() {
        let ragged: [&[f64]; 2] = [&[0.5, 0.25], &[0.25]];
        let mismatch = ProbabilityError::LengthMismatch { left: 2, right: 1 };
        assert_eq!(JointTable::new(&ragged), Err(mismatch));
        let empty: [[f64; 0]; 3] = [[]; 3];
        let none: [[f64; 1]; 0] = [];
        assert_eq!(JointTable::new(&empty), Err(NumericError::Empty.into()));
        assert_eq!(
            JointTable::from_weights(&none),
            Err(NumericError::Empty.into())
        );
        let negative = NumericError::Negative {
            index: 3,
            value: -0.5,
        };
        assert_eq!(
            JointTable::new(&[[0.5, 0.5], [0.5, -0.5]]),
            Err(negative.into())
        );
        let sum = NumericError::NotNormalized { sum: 2.0 };
        assert_eq!(JointTable::new(&[[0.5, 0.5], [0.5, 0.5]]), Err(sum.into()));
        assert!(JointTable::new(&[[f64::NAN, 1.0]]).is_err());
        let one = [Simplex::uniform(2).unwrap()];
        let mismatch = ProbabilityError::LengthMismatch { left: 2, right: 1 };
        assert_eq!(JointTable::from_conditionals(&one[0], &one), Err(mismatch));
    }
}
