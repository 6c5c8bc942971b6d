//! A Bayesian network: a joint distribution written as causes and effects.

use super::factor::{Factor, entries};
use super::joint_distribution::JointDistribution;
use super::variables::Variables;
use crate::error::ProbabilityError;
use gradus_numeric::{Simplex, ldexp};

/// A Bayesian network: each variable with its distribution given its direct causes.
///
/// ```math
/// p(x_1, \dots, x_n) = \prod_{i=1}^{n} p(x_i \mid \text{parents of } x_i)
/// ```
///
/// Twenty yes-or-no variables have a million joint probabilities, and a network of them a few hundred numbers. The arrows
/// say which variables can depend on each other at all (*d-separation*), whatever the numbers are. A node is added after its parents, so there is no circle.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | eliminating variables is summing the joint table | `elimination_is_summing_the_joint_table` |
/// | variables that are d-separated are independent | `separated_variables_are_independent` |
/// | d-separated means: every path is blocked | `separation_blocks_every_path` |
/// | the probabilities of all values of what is observed sum to 1 | `the_probabilities_of_all_evidence_sum_to_one` |
///
/// # Numerics
///
/// Sums are compensated. Each intermediate table is divided by a power of two, so evidence of a thousand nodes does not
/// underflow on the way. The variable whose elimination makes the smallest table goes first; nodes below all that is asked or
/// known are left out, for they sum to 1. Intermediate tables have at most $`2^{26}`$ entries.
///
/// # Examples
///
/// A burglar or an earthquake sets off the alarm, and two neighbors call if they hear it (Pearl).
///
/// ```
/// use gradus_probability::Network;
///
/// let mut house = Network::default();
/// house.add("burglary", &[], &[[0.999, 0.001]])?; // no, yes
/// house.add("earthquake", &[], &[[0.998, 0.002]])?;
/// let alarm = [[0.999, 0.001], [0.71, 0.29], [0.06, 0.94], [0.05, 0.95]];
/// house.add("alarm", &["burglary", "earthquake"], &alarm)?; // the last parent counts fastest
/// house.add("john", &["alarm"], &[[0.95, 0.05], [0.10, 0.90]])?;
/// house.add("mary", &["alarm"], &[[0.99, 0.01], [0.30, 0.70]])?;
///
/// let both_call = [("john", 1), ("mary", 1)];
/// let burglary = house.query(&["burglary"], &both_call)?;
/// assert!((burglary.joint().as_slice()[1] - 0.284_171_835_364_392_94).abs() < 1e-15);
/// assert!(house.are_separated(&["john"], &["mary"], &["alarm"])?);
/// assert!(!house.are_separated(&["burglary"], &["earthquake"], &["john"])?); // explaining away
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// J. Pearl, *Probabilistic Reasoning in Intelligent Systems* (1988), §2.2 and §3.3; D. Koller and N. Friedman,
/// *Probabilistic Graphical Models* (2009), algorithms 3.1 and 9.1; S. Russell and P. Norvig, *Artificial Intelligence*, 3rd
/// ed. (2010), figure 14.2.
#[derive(Clone, Debug, Default, PartialEq)]
#[doc(alias = "belief network")]
pub struct Network {
    variables: Variables,
    parents: Vec<Vec<usize>>,
    tables: Vec<Factor<'static>>,
}

impl Network {
    /// Adds a variable: one row for each combination of values of its parents, the last parent fastest; each row is the
    /// distribution of the variable there.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::DuplicateVariable`] if the name is taken or a parent named twice,
    /// [`ProbabilityError::UnknownVariable`] for a parent that was not added before, [`ProbabilityError::LengthMismatch`]
    /// unless there is one row for each combination, and all rows are equally long; what [`Simplex::new`] says about a row;
    /// [`ProbabilityError::TableTooLarge`] beyond $`2^{26}`$ entries. The network then stays as it was.
    pub fn add(
        &mut self,
        name: &str,
        parents: &[&str],
        rows: &[impl AsRef<[f64]>],
    ) -> Result<(), ProbabilityError> {
        self.variables.check_new(name)?;
        let parents = self.variables.numbers(parents)?;
        let mut sizes = self.variables.only(&parents).sizes().to_vec();
        check_lengths(entries(&sizes)?, rows.len())?;
        let outcomes = rows.first().map_or(0, |row| row.as_ref().len());
        sizes.push(outcomes);
        let mut values = Vec::with_capacity(entries(&sizes)?);
        for row in rows {
            check_lengths(outcomes, row.as_ref().len())?;
            values.extend(Simplex::new(row.as_ref().to_vec())?.into_vec());
        }
        let scope = [parents.as_slice(), &[self.variables.len()]].concat();
        self.variables.push(name, outcomes)?;
        self.parents.push(parents);
        self.tables.push(Factor::new(scope, sizes, values));
        Ok(())
    }

    /// The names of the variables, in the order in which they were added.
    #[must_use]
    pub fn names(&self) -> &[String] {
        self.variables.names()
    }

    /// The table of all variables: the product of all conditional tables.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::TableTooLarge`] beyond $`2^{26}`$ entries.
    pub fn joint(&self) -> Result<JointDistribution, ProbabilityError> {
        let all: Vec<_> = (0..self.variables.len()).collect();
        let (product, _) = product(&self.tables)?;
        JointDistribution::from_factor(&self.variables, product.onto(&all))
    }

    /// The joint distribution of some variables once the values of others are known, by variable elimination.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::UnknownVariable`], [`ProbabilityError::DuplicateVariable`] (also for a variable that is asked and
    /// known) or [`ProbabilityError::OutcomeOutOfRange`] if there is no such question, [`ProbabilityError::ZeroEvidence`] if
    /// the evidence is impossible, [`ProbabilityError::TableTooLarge`] if an intermediate table would be.
    #[doc(alias = "variable elimination")]
    pub fn query(
        &self,
        names: &[&str],
        evidence: &[(&str, usize)],
    ) -> Result<JointDistribution, ProbabilityError> {
        let known = evidence.iter().map(|(name, _)| *name);
        self.variables
            .numbers(&names.iter().copied().chain(known).collect::<Vec<_>>())?;
        let asked = self.variables.numbers(names)?;
        let (rest, _) = self.eliminated(&asked, &self.variables.assignment(evidence)?)?;
        JointDistribution::from_factor(&self.variables, rest)
    }

    /// The distribution of one variable when nothing is known.
    ///
    /// # Errors
    ///
    /// As [`Network::query`].
    pub fn marginal(&self, name: &str) -> Result<Simplex, ProbabilityError> {
        Ok(self.query(&[name], &[])?.joint().clone())
    }

    /// The probability that these variables have these values.
    ///
    /// # Errors
    ///
    /// As [`Network::query`], but impossible evidence has probability 0.
    pub fn probability(&self, evidence: &[(&str, usize)]) -> Result<f64, ProbabilityError> {
        let (rest, exponent) = self.eliminated(&[], &self.variables.assignment(evidence)?)?;
        Ok(ldexp(rest.values()[0], exponent).min(1.0))
    }

    /// Whether the arrows alone make X and Y independent given Z: every path between them is blocked.
    ///
    /// A path is blocked by a known variable on it, unless both arrows point to that variable; there it is blocked unless the
    /// variable, or something it causes, is known. Each argument is a group of variables.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::UnknownVariable`] or [`ProbabilityError::DuplicateVariable`] for such names in all groups together.
    #[doc(alias = "d-separation")]
    pub fn are_separated(
        &self,
        x: &[&str],
        y: &[&str],
        given: &[&str],
    ) -> Result<bool, ProbabilityError> {
        let numbers = self.variables.numbers(&[x, y, given].concat())?;
        let (from, rest) = numbers.split_at(x.len());
        let (to, known) = rest.split_at(y.len());
        let reached = self.reached(from, known);
        Ok(to.iter().all(|node| !reached[*node]))
    }

    /// A factor over the variables `asked`, proportional to their joint probability with what is `known`, and the exponent of
    /// the power of two by which it is too small.
    fn eliminated(
        &self,
        asked: &[usize],
        known: &[(usize, usize)],
    ) -> Result<(Factor<'static>, i32), ProbabilityError> {
        let seen: Vec<_> = known.iter().map(|(node, _)| *node).collect();
        let relevant = self.ancestors(&[asked, &seen].concat());
        let nodes = (0..self.variables.len()).filter(|node| relevant[*node]);
        let mut hidden: Vec<_> = nodes
            .clone()
            .filter(|n| !asked.contains(n) && !seen.contains(n))
            .collect();
        let restrict = |factor: Factor<'static>, (node, value): &(usize, usize)| {
            factor.restricted(*node, *value)
        };
        let mut factors: Vec<_> = nodes
            .map(|node| known.iter().fold(self.tables[node].clone(), restrict))
            .collect();
        let mut exponent = 0;
        while let Some(place) = self.cheapest(&hidden, &factors) {
            let node = hidden.swap_remove(place);
            let (with, without): (Vec<_>, Vec<_>) = factors
                .into_iter()
                .partition(|factor| factor.scope().contains(&node));
            let (product, shift) = product(&with)?;
            factors = without;
            factors.push(product.without(node));
            exponent += shift;
        }
        let (rest, shift) = product(&factors)?;
        Ok((rest.onto(asked), exponent + shift))
    }

    /// Which of the hidden variables leaves the smallest table when it is eliminated.
    fn cheapest(&self, hidden: &[usize], factors: &[Factor<'_>]) -> Option<usize> {
        let size = |node: usize| -> f64 {
            let with = factors
                .iter()
                .filter(|factor| factor.scope().contains(&node));
            let mut scope: Vec<usize> = with.flat_map(Factor::scope).copied().collect();
            scope.sort_unstable();
            scope.dedup();
            scope
                .iter()
                .map(|v| self.variables.sizes()[*v] as f64)
                .product()
        };
        let sizes: Vec<_> = hidden.iter().map(|node| size(*node)).collect();
        (0..hidden.len()).min_by(|a, b| sizes[*a].total_cmp(&sizes[*b]))
    }

    /// These nodes and all their causes.
    fn ancestors(&self, nodes: &[usize]) -> Vec<bool> {
        let mut found = vec![false; self.variables.len()];
        for node in nodes {
            found[*node] = true;
        }
        // parents come before their children, so one way back suffices
        for node in (0..found.len()).rev() {
            if found[node] {
                self.parents[node]
                    .iter()
                    .for_each(|parent| found[*parent] = true);
            }
        }
        found
    }

    /// What an unblocked path leads to, from any of these nodes.
    fn reached(&self, from: &[usize], known: &[usize]) -> Vec<bool> {
        let open = self.ancestors(known); // where two arrows meet
        let mut visited = vec![[false; 2]; self.variables.len()];
        let mut reached = vec![false; self.variables.len()];
        // a node, and whether the path came to it along an arrow
        let mut waiting: Vec<_> = from.iter().map(|node| (*node, false)).collect();
        while let Some((node, along)) = waiting.pop() {
            if std::mem::replace(&mut visited[node][usize::from(along)], true) {
                continue;
            }
            let passes = !known.contains(&node);
            reached[node] |= passes;
            if if along { open[node] } else { passes } {
                waiting.extend(self.parents[node].iter().map(|parent| (*parent, false)));
            }
            if passes {
                let children =
                    (0..self.parents.len()).filter(|child| self.parents[*child].contains(&node));
                waiting.extend(children.map(|child| (child, true)));
            }
        }
        reached
    }
}

/// The product, divided by a power of two, and the exponent of that: a product of hundreds of factors would underflow.
fn product(factors: &[Factor<'static>]) -> Result<(Factor<'static>, i32), ProbabilityError> {
    let first = (Factor::one(), 0);
    factors
        .iter()
        .try_fold(first, |(product, exponent), factor| {
            let (product, shift) = product.times(factor)?.scaled();
            Ok((product, exponent + shift))
        })
}

fn check_lengths(left: usize, right: usize) -> Result<(), ProbabilityError> {
    if left == right {
        Ok(())
    } else {
        Err(ProbabilityError::LengthMismatch { left, right })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::NumericError;

    fn sprinkler() -> Network {
        let mut garden = Network::default();
        garden.add("cloudy", &[], &[[0.5, 0.5]]).unwrap();
        garden
            .add("sprinkler", &["cloudy"], &[[0.5, 0.5], [0.9, 0.1]])
            .unwrap();
        garden
            .add("rain", &["cloudy"], &[[0.8, 0.2], [0.2, 0.8]])
            .unwrap();
        let wet = [[1.0, 0.0], [0.1, 0.9], [0.1, 0.9], [0.01, 0.99]];
        garden.add("wet", &["sprinkler", "rain"], &wet).unwrap();
        garden
    }

    #[test]
    fn the_sprinkler_of_murphy() {
        // K. Murphy, "The Bayes net toolbox for Matlab" (2001): 0.6471, 0.4298, 0.7079, and 0.1945 once rain explains it
        let garden = sprinkler();
        assert!((garden.probability(&[("wet", 1)]).unwrap() - 0.6471).abs() < 1e-15);
        let yes = |name, known: &[(&str, usize)]| {
            garden.query(&[name], known).unwrap().joint().as_slice()[1]
        };
        assert!((yes("sprinkler", &[("wet", 1)]) - 0.2781 / 0.6471).abs() < 1e-15);
        assert!((yes("rain", &[("wet", 1)]) - 0.4581 / 0.6471).abs() < 1e-15);
        assert!((yes("sprinkler", &[("wet", 1), ("rain", 1)]) - 0.0891 / 0.4581).abs() < 1e-15);
        assert_eq!(garden.marginal("cloudy").unwrap().as_slice(), [0.5, 0.5]);
    }

    #[test]
    fn impossible_evidence_and_no_questions() {
        let garden = sprinkler();
        let dry = [("wet", 1), ("rain", 0), ("sprinkler", 0)];
        assert_eq!(garden.probability(&dry), Ok(0.0));
        assert_eq!(
            garden.query(&["cloudy"], &dry),
            Err(ProbabilityError::ZeroEvidence)
        );
        assert_eq!(garden.probability(&[]), Ok(1.0));
        assert_eq!(Network::default().probability(&[]), Ok(1.0));
        assert_eq!(garden.query(&[], &[]).unwrap().joint().as_slice(), [1.0]);
        let twice = ProbabilityError::DuplicateVariable { name: "wet".into() };
        assert_eq!(garden.query(&["wet"], &[("wet", 1)]), Err(twice));
    }

    #[test]
    fn a_refused_node_changes_nothing() {
        let mut garden = sprinkler();
        let before = garden.clone();
        let mismatch = |left, right| Err(ProbabilityError::LengthMismatch { left, right });
        assert_eq!(garden.add("slip", &["wet"], &[[0.5, 0.5]]), mismatch(2, 1));
        let ragged: [&[f64]; 2] = [&[0.5, 0.5], &[1.0]];
        assert_eq!(garden.add("slip", &["wet"], &ragged), mismatch(2, 1));
        let sum = NumericError::NotNormalized { sum: 1.5 };
        assert_eq!(garden.add("slip", &[], &[[0.5, 1.0]]), Err(sum.into()));
        assert!(garden.add("slip", &["ice"], &[[1.0]]).is_err());
        assert!(garden.add("wet", &[], &[[1.0]]).is_err());
        let none: [[f64; 0]; 1] = [[]];
        assert_eq!(
            garden.add("slip", &[], &none),
            Err(NumericError::Empty.into())
        );
        assert_eq!(garden, before);
    }

    #[test]
    fn a_thousand_rare_events_do_not_underflow_on_the_way() {
        let mut chain = Network::default();
        chain.add("cause", &[], &[[0.5, 0.5]]).unwrap();
        let names: Vec<_> = (0..400).map(|i| i.to_string()).collect();
        for name in &names {
            chain
                .add(name, &["cause"], &[[0.999, 0.001], [0.999, 0.001]])
                .unwrap();
        }
        let seen: Vec<_> = names.iter().map(|name| (name.as_str(), 1)).collect();
        let cause = chain.query(&["cause"], &seen).unwrap();
        assert_eq!(cause.joint().as_slice(), [0.5, 0.5]);
    }
}
