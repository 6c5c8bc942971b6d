//! Any number of named random variables at once.

use super::event::Event;
use super::factor::{Factor, entries};
use super::joint::JointTable;
use super::moments::{covariance_of, expectation, variance};
use super::variables::Variables;
use crate::error::ProbabilityError;
use gradus_numeric::{NumericError, Shape, Simplex};
use std::iter::zip;

/// The joint distribution of any number of named variables with finitely many values each.
///
/// ```math
/// p(x_1, \dots, x_n) \ge 0, \qquad \sum_{x_1, \dots, x_n} p(x_1, \dots, x_n) = 1
/// ```
///
/// One table answers every question about the variables. To ask about some of them is to sum over the others
/// ([`marginal`](Self::marginal)), to know some of them is to keep a part of the table and divide it by its sum
/// ([`given`](Self::given)). X and Y are *conditionally independent* given Z if
/// $`p(x, y \mid z) = p(x \mid z) \, p(y \mid z)`$: once Z is known, each says nothing about the other.
///
/// # Shapes
///
/// $`\prod_i n_i`$ probabilities for variables with $`n_i`$ values; the last variable counts fastest.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`p(x, y) = p(y) \, p(x \mid y)`$ | `evidence_times_posterior_is_the_joint` |
/// | $`p(x, y, z) = p(x) \, p(y \mid x) \, p(z \mid x, y)`$ | `the_chain_rule_rebuilds_the_joint` |
/// | sums over sums are sums; the order of the names does not matter | `marginals_of_marginals_are_marginals` |
/// | a common cause leaves its effects conditionally independent | `a_common_cause_explains_its_effects` |
/// | $`\operatorname{E}[\operatorname{E}[f \mid Z]] = \operatorname{E}[f]`$ (tower) | `expectations_of_conditional_expectations_are_expectations` |
/// | $`\operatorname{Var} f = \operatorname{E}[\operatorname{Var}(f \mid Z)] + \operatorname{Var}(\operatorname{E}[f \mid Z])`$ | `variance_is_within_plus_between` |
/// | $`\operatorname{Cov}(a f + b, g) = a \operatorname{Cov}(f, g)`$, $`\operatorname{Cov}(f, f) = \operatorname{Var} f`$ | `covariance_of_functions_is_bilinear` |
///
/// # Numerics
///
/// The entries are kept as they are given. Sums are compensated; where rounding makes a marginal miss 1 it is divided by its
/// sum. Tables have at most $`2^{26}`$ entries.
///
/// # Examples
///
/// Two coins and whether they agree: any two of the three are independent, all three are not.
///
/// ```
/// use gradus_probability::JointDistribution;
///
/// let coins = JointDistribution::new(
///     &[("first", 2), ("second", 2), ("agree", 2)],
///     vec![0.0, 0.25, 0.25, 0.0, 0.25, 0.0, 0.0, 0.25],
/// )?;
/// assert_eq!(coins.probability(&[("first", 1), ("agree", 1)])?, 0.25);
/// assert!(coins.is_independent(&["first"], &["second"], &[], 0.0)?);
/// assert!(!coins.is_independent(&["first"], &["second"], &["agree"], 0.01)?);
/// let after = coins.given(&[("agree", 1), ("first", 1)])?;
/// assert_eq!(after.distribution("second")?.as_slice(), [0.0, 1.0]);
/// assert_eq!(coins.expectation(|x| (x[0] + x[1]) as f64)?, 1.0); // heads
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// D. Koller and N. Friedman, *Probabilistic Graphical Models* (2009), §2.1; C. M. Bishop, *Pattern Recognition and Machine
/// Learning* (2006), §1.2 and §8.2.
#[derive(Clone, Debug, PartialEq)]
pub struct JointDistribution {
    variables: Variables,
    joint: Simplex,
}

impl JointDistribution {
    /// Takes the probabilities as they are; each variable is a name and how many values it has.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::DuplicateVariable`] if two have the same name, [`ProbabilityError::TableTooLarge`] beyond $`2^{26}`$
    /// entries, [`ProbabilityError::LengthMismatch`] unless there is one probability for each combination of values, and what
    /// [`Simplex::new`] says.
    pub fn new(
        variables: &[(&str, usize)],
        probabilities: Vec<f64>,
    ) -> Result<Self, ProbabilityError> {
        let variables = checked(variables, probabilities.len())?;
        let joint = Simplex::new(probabilities)?;
        Ok(Self { variables, joint })
    }

    /// Divides weights, for example counts, by their sum.
    ///
    /// # Errors
    ///
    /// As [`JointDistribution::new`], but what [`Simplex::from_weights`] says.
    pub fn from_weights(
        variables: &[(&str, usize)],
        weights: &[f64],
    ) -> Result<Self, ProbabilityError> {
        let variables = checked(variables, weights.len())?;
        let joint = Simplex::from_weights(weights)?;
        Ok(Self { variables, joint })
    }

    /// What a factor over these variables says once it is divided by its sum.
    pub(crate) fn from_factor(
        variables: &Variables,
        factor: Factor<'_>,
    ) -> Result<Self, ProbabilityError> {
        let variables = variables.only(factor.scope());
        match Simplex::from_weights(&factor.into_values()) {
            Err(NumericError::EmptySupport) => Err(ProbabilityError::ZeroEvidence),
            joint => Ok(Self {
                variables,
                joint: joint?,
            }),
        }
    }

    /// The names of the variables, in the order of the table.
    #[must_use]
    pub fn names(&self) -> &[String] {
        self.variables.names()
    }

    /// How many values each variable has.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        self.variables.sizes()
    }

    /// All entries as one distribution, the last variable fastest.
    #[must_use]
    pub fn joint(&self) -> &Simplex {
        &self.joint
    }

    /// Every combination of values, in the order of the table.
    pub fn outcomes(&self) -> impl Iterator<Item = Vec<usize>> {
        let sizes = self.sizes();
        (0..self.joint.len()).map(|place| {
            let mut rest = place;
            let mut values: Vec<_> = sizes
                .iter()
                .rev()
                .map(|size| (rest % size, rest /= size).0)
                .collect();
            values.reverse();
            values
        })
    }

    /// The event that some relation holds between the values.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::JointDistribution;
    ///
    /// let dice = JointDistribution::from_weights(&[("red", 6), ("blue", 6)], &[1.0; 36])?;
    /// let seven = dice.event(|x| x[0] + x[1] == 5); // faces count from 0
    /// assert!((seven.probability(dice.joint())? - 1.0 / 6.0).abs() < 1e-15);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    #[must_use]
    pub fn event(&self, happens: impl Fn(&[usize]) -> bool) -> Event {
        Event::of_members(self.outcomes().map(|x| happens(&x)).collect())
    }

    /// The probability that these variables have these values.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::UnknownVariable`], [`ProbabilityError::DuplicateVariable`] or
    /// [`ProbabilityError::OutcomeOutOfRange`] if there is no such question.
    pub fn probability(&self, values: &[(&str, usize)]) -> Result<f64, ProbabilityError> {
        let rest = self.restricted(values)?;
        Ok(rest.onto(&[]).values()[0].min(1.0))
    }

    /// The joint distribution of some of the variables, in the order asked: the sum over all others.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::UnknownVariable`] or [`ProbabilityError::DuplicateVariable`] for such names.
    #[doc(alias = "sum rule")]
    pub fn marginal(&self, names: &[&str]) -> Result<Self, ProbabilityError> {
        let kept = self.variables.numbers(names)?;
        Self::from_factor(&self.variables, self.factor().onto(&kept))
    }

    /// The distribution of one variable.
    ///
    /// # Errors
    ///
    /// As [`JointDistribution::marginal`].
    pub fn distribution(&self, name: &str) -> Result<Simplex, ProbabilityError> {
        Ok(self.marginal(&[name])?.joint)
    }

    /// The joint distribution of the other variables once the values of these are known.
    ///
    /// # Errors
    ///
    /// As [`JointDistribution::probability`], and [`ProbabilityError::ZeroEvidence`] if that probability is 0.
    #[doc(alias = "posterior")]
    pub fn given(&self, evidence: &[(&str, usize)]) -> Result<Self, ProbabilityError> {
        Self::from_factor(&self.variables, self.restricted(evidence)?)
    }

    /// Two groups of variables as one pair: rows are the combinations of values of `x`, columns those of `y`.
    ///
    /// # Errors
    ///
    /// As [`JointDistribution::marginal`], for the names of both groups together.
    pub fn pair(&self, x: &[&str], y: &[&str]) -> Result<JointTable, ProbabilityError> {
        let both = self.marginal(&[x, y].concat())?;
        let columns = both.sizes()[x.len()..].iter().product();
        let shape = Shape::new(both.joint.len() / columns, columns);
        JointTable::from_joint(shape, both.joint)
    }

    /// The largest distance from conditional independence of X and Y given Z:
    /// $`\max_{x,y,z} \lvert p(x, y, z) \, p(z) - p(x, z) \, p(y, z) \rvert`$.
    ///
    /// Each argument is a group of variables; without a condition, `given` is empty and $`p(z) = 1`$.
    ///
    /// # Errors
    ///
    /// As [`JointDistribution::marginal`], for the names of all groups together.
    pub fn dependence(
        &self,
        x: &[&str],
        y: &[&str],
        given: &[&str],
    ) -> Result<f64, ProbabilityError> {
        let numbers = self.variables.numbers(&[x, y, given].concat())?;
        let (xs, rest) = numbers.split_at(x.len());
        let zs = &rest[y.len()..];
        let all = self.factor().onto(&numbers);
        let left = all.times(&all.onto(zs))?.onto(&numbers);
        let right = all.onto(&[xs, zs].concat()).times(&all.onto(rest))?;
        let gaps =
            zip(left.values(), right.onto(&numbers).into_values()).map(|(p, q)| (p - q).abs());
        Ok(gaps.fold(0.0, f64::max))
    }

    /// Whether X and Y are independent given Z, but for a [`dependence`](Self::dependence) of at most `tolerance`.
    ///
    /// # Errors
    ///
    /// As [`JointDistribution::dependence`].
    #[doc(alias = "conditional independence")]
    pub fn is_independent(
        &self,
        x: &[&str],
        y: &[&str],
        given: &[&str],
        tolerance: f64,
    ) -> Result<bool, ProbabilityError> {
        Ok(self.dependence(x, y, given)? <= tolerance)
    }

    /// $`\operatorname{E}[f(X_1, \dots, X_n)]`$.
    ///
    /// # Errors
    ///
    /// As [`expectation`](crate::expectation).
    pub fn expectation(&self, f: impl Fn(&[usize]) -> f64) -> Result<f64, ProbabilityError> {
        expectation(&self.joint, &self.values(f))
    }

    /// $`\operatorname{Var} f(X_1, \dots, X_n)`$.
    ///
    /// # Errors
    ///
    /// As [`variance`](crate::variance).
    pub fn variance(&self, f: impl Fn(&[usize]) -> f64) -> Result<f64, ProbabilityError> {
        variance(&self.joint, &self.values(f))
    }

    /// $`\operatorname{Cov}(f, g)`$ of two functions of the variables.
    ///
    /// # Errors
    ///
    /// As [`covariance`](crate::covariance).
    pub fn covariance(
        &self,
        f: impl Fn(&[usize]) -> f64,
        g: impl Fn(&[usize]) -> f64,
    ) -> Result<f64, ProbabilityError> {
        covariance_of(&self.joint, &self.values(f), &self.values(g))
    }

    fn values(&self, f: impl Fn(&[usize]) -> f64) -> Vec<f64> {
        self.outcomes().map(|x| f(&x)).collect()
    }

    fn factor(&self) -> Factor<'_> {
        let scope = (0..self.variables.len()).collect();
        Factor::new(scope, self.sizes().to_vec(), self.joint.as_slice())
    }

    fn restricted(&self, evidence: &[(&str, usize)]) -> Result<Factor<'_>, ProbabilityError> {
        let known = self.variables.assignment(evidence)?;
        Ok(known
            .into_iter()
            .fold(self.factor(), |rest, (variable, value)| {
                rest.restricted(variable, value)
            }))
    }
}

/// The variables of a table with so many entries.
fn checked(variables: &[(&str, usize)], right: usize) -> Result<Variables, ProbabilityError> {
    let variables = Variables::new(variables)?;
    let left = entries(variables.sizes())?;
    if left != right {
        return Err(ProbabilityError::LengthMismatch { left, right });
    }
    Ok(variables)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair() -> JointDistribution {
        JointDistribution::new(
            &[("a", 2), ("b", 3)],
            vec![0.125, 0.25, 0.125, 0.0, 0.25, 0.25],
        )
        .unwrap()
    }

    #[test]
    fn a_pair_is_a_table() {
        let table = JointTable::new(&[[0.125, 0.25, 0.125], [0.0, 0.25, 0.25]]).unwrap();
        assert_eq!(pair().pair(&["a"], &["b"]).unwrap(), table);
        assert_eq!(
            pair().pair(&["b"], &["a"]).unwrap(),
            table.transposed().unwrap()
        );
        assert_eq!(
            pair().given(&[("b", 0)]).unwrap().joint().as_slice(),
            [1.0, 0.0]
        );
        assert_eq!(
            pair()
                .given(&[("a", 1), ("b", 2)])
                .unwrap()
                .joint()
                .as_slice(),
            [1.0]
        );
        assert_eq!(pair().probability(&[]), Ok(1.0));
        assert_eq!(pair().outcomes().nth(4), Some(vec![1, 1]));
    }

    #[test]
    fn questions_that_make_no_sense_are_errors() {
        let unknown = ProbabilityError::UnknownVariable { name: "c".into() };
        assert_eq!(pair().marginal(&["c"]), Err(unknown));
        let twice = Err(ProbabilityError::DuplicateVariable { name: "a".into() });
        assert_eq!(pair().marginal(&["a", "a"]), twice.clone());
        assert_eq!(pair().given(&[("a", 0), ("a", 1)]), twice);
        assert_eq!(
            JointDistribution::from_weights(&[("a", 1), ("a", 1)], &[1.0]),
            twice
        );
        let out = ProbabilityError::OutcomeOutOfRange {
            outcome: 3,
            outcomes: 3,
        };
        assert_eq!(pair().probability(&[("b", 3)]), Err(out));
        assert_eq!(
            pair().given(&[("a", 1), ("b", 0)]),
            Err(ProbabilityError::ZeroEvidence)
        );
        let short = ProbabilityError::LengthMismatch { left: 6, right: 2 };
        assert_eq!(
            JointDistribution::new(&[("a", 2), ("b", 3)], vec![0.5, 0.5]),
            Err(short)
        );
        let none = JointDistribution::new(&[("a", 0)], vec![]);
        assert_eq!(none, Err(NumericError::Empty.into()));
        let huge = JointDistribution::new(&[("a", usize::MAX), ("b", 2)], vec![]);
        assert!(matches!(huge, Err(ProbabilityError::TableTooLarge { .. })));
        let nan = pair().expectation(|_| f64::NAN);
        assert!(nan.is_err());
    }
}
