//! Unique information: what one source tells if the pairs of each source with the target are all that is known.

use super::entropy::entropy;
use super::mutual::mutual_information;
use super::partial::PartialInformation;
use crate::convergence::{STEPS, check_tolerance};
use crate::error::InformationError;
use gradus_numeric::CompensatedSum;
use gradus_probability::{JointDistribution, JointTable};
use std::iter::zip;

/// Bertschinger, Rauh, Olbrich, Jost and Ay's decomposition of what two sources tell about a target, in nats.
///
/// ```math
/// U_1 = \min_{q \in \Delta_p} I_q(Y; X_1 \mid X_2), \qquad S = I_p(Y; X_1, X_2) - \min_{q \in \Delta_p} I_q(Y; X_1, X_2)
/// ```
///
/// where $`\Delta_p`$ holds the distributions with $`q(y, x_1) = p(y, x_1)`$ and $`q(y, x_2) = p(y, x_2)`$. A decision about Y can only profit from one source alone as
/// far as these two tables say; so redundancy and unique information are made of them, and synergy is what is in the joint table beyond. One q minimizes
/// both. Griffith and Koch proposed the same.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the parts add up to $`I(Y; X_1)`$, $`I(Y; X_2)`$, $`I(Y; X_1, X_2)`$ and are not negative; $`S - R`$ is the interaction | `parts_of_information_add_up` |
/// | the sources may change places; two copies of one source are redundant | `parts_of_information_are_symmetric` |
/// | gates: and, exclusive or, copy | `parts_of_information_of_gates` |
/// | no other q has less unique information | `no_other_table_has_less_unique_information` |
///
/// # Numerics
///
/// Alternating projections (Banerjee, Rauh and Montúfar): for a reference $`r(x_1, x_2)`$ the nearest $`q(x_1, x_2 \mid y) = r \, a_y(x_1) \, b_y(x_2)`$ with the given tables is
/// found by scaling, and its marginal is the next r. Each step has a bound on both sides: above, the information of q after its roundings were moved to where the
/// tables ask for them; below, the dual $`H(Y) + \operatorname{E} \ln a + \operatorname{E} \ln b + \min \ln (r / q)`$. The iteration ends when they are
/// `tolerance` nats apart, and each part is known that well. Where the best q has zeros the gap falls like 1 / steps.
///
/// # Errors
///
/// [`InformationError::Probability`] if a name is unknown or occurs twice; [`InformationError::InvalidTolerance`] unless the tolerance is
/// positive; [`InformationError::DidNotConverge`] after 100 000 steps.
///
/// # Examples
///
/// ```
/// use gradus_information::{JointDistribution, bits, partial_information_broja};
///
/// // the target is two bits, each source one of them
/// let mut p = vec![0.0; 16];
/// [0, 5, 10, 15].map(|i| p[i] = 0.25);
/// let copy = JointDistribution::new(&[("both", 4), ("x", 2), ("y", 2)], p)?;
/// let parts = partial_information_broja(&copy, &["both"], &["x"], &["y"], 1e-9)?;
/// assert!(bits(parts.redundancy).abs() < 1e-9 && bits(parts.synergy).abs() < 1e-9);
/// assert!((bits(parts.first) - 1.0).abs() < 1e-9 && (bits(parts.second) - 1.0).abs() < 1e-9);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// N. Bertschinger, J. Rauh, E. Olbrich, J. Jost and N. Ay, *Quantifying unique information*, Entropy 16 (2014), 2161–2183, definition 1;
/// P. K. Banerjee, J. Rauh and G. Montúfar, *Computing the unique information*, ISIT (2018), 141–145, algorithm 1.
#[doc(alias = "BROJA")]
pub fn partial_information_broja(
    table: &JointDistribution,
    target: &[&str],
    first: &[&str],
    second: &[&str],
    tolerance: f64,
) -> Result<PartialInformation, InformationError> {
    check_tolerance(tolerance)?;
    let (by_first, by_second) = (table.pair(target, first)?, table.pair(target, second)?);
    let both = table.pair(target, &[first, second].concat())?;
    let told = [&by_first, &by_second, &both].map(mutual_information);
    let least = smallest(&by_first, &by_second, tolerance)?;
    // above by the gap, it may be more than what there is
    let least = least.min(told[2]).min(told[0] + told[1]);
    Ok(PartialInformation {
        redundancy: told[0] + told[1] - least,
        first: (least - told[1]).max(0.0),
        second: (least - told[0]).max(0.0),
        synergy: told[2] - least,
    })
}

/// The smallest $`I(Y; X_1, X_2)`$ with these tables of $`(Y, X_1)`$ and $`(Y, X_2)`$.
fn smallest(
    first: &JointTable,
    second: &JointTable,
    tolerance: f64,
) -> Result<f64, InformationError> {
    let mut projection = Projection::new(first, second);
    let h = entropy(first.marginal_x());
    let mut gap = f64::INFINITY;
    for _ in 0..STEPS {
        projection.scale();
        let at_most = mutual_information(&projection.moved()?);
        gap = at_most - (h + projection.dual());
        if gap <= tolerance {
            return Ok(at_most);
        }
        projection.renew();
    }
    Err(InformationError::DidNotConverge {
        iterations: STEPS,
        gap,
    })
}

/// $`q(y, x_1, x_2) = r(x_1, x_2) \, a_y(x_1) \, b_y(x_2)`$.
struct Projection {
    /// What the sums of q over $`x_2`$ and over $`x_1`$ must be; a row is a y.
    tables: [Vec<Vec<f64>>; 2],
    /// The factors a and b.
    factors: [Vec<Vec<f64>>; 2],
    /// r, a row for each $`x_1`$.
    reference: Vec<Vec<f64>>,
}

impl Projection {
    fn new(first: &JointTable, second: &JointTable) -> Self {
        // products of tiny factors would underflow, and what is dropped carries less information than one rounding of the rest
        let kept = |p: &f64| if *p < NEGLIGIBLE { 0.0 } else { *p };
        let rows = |table: &JointTable| -> Vec<Vec<f64>> {
            let columns = table.shape().columns;
            let rows = table.joint().as_slice().chunks_exact(columns);
            rows.map(|row| row.iter().map(kept).collect()).collect()
        };
        let tables = [rows(first), rows(second)];
        let [m, n] = [first, second].map(|table| table.shape().columns);
        let factors = tables.each_ref().map(|rows| {
            let ones = |row: &Vec<f64>| vec![1.0; row.len()];
            rows.iter().map(ones).collect()
        });
        Self {
            tables,
            factors,
            reference: vec![vec![1.0; n]; m],
        }
    }

    /// One step of the scaling: b, so that the sums over $`x_1`$ are right, then a for those over $`x_2`$.
    fn scale(&mut self) {
        for y in 0..self.tables[0].len() {
            let (a, n) = (&self.factors[0][y], self.tables[1][y].len());
            let sum = |j: usize| zip(&self.reference, a).map(|(r, a)| r[j] * a).sum::<f64>();
            let b = (0..n)
                .map(|j| share(self.tables[1][y][j], sum(j)))
                .collect::<Vec<_>>();
            let sum = |r: &Vec<f64>| zip(r, &b).map(|(r, b)| r * b).sum::<f64>();
            let rows = zip(&self.tables[0][y], &self.reference);
            self.factors[0][y] = rows.map(|(p, r)| share(*p, sum(r))).collect();
            self.factors[1][y] = b;
        }
    }

    /// q of one y, a row for each $`x_1`$.
    fn part(&self, y: usize) -> Vec<Vec<f64>> {
        let (a, b) = (&self.factors[0][y], &self.factors[1][y]);
        let row = |(r, a): (&Vec<f64>, &f64)| zip(r, b).map(|(r, b)| r * a * b).collect();
        zip(&self.reference, a).map(row).collect()
    }

    /// $`q(x_1, x_2)`$.
    fn marginal(&self) -> Vec<Vec<f64>> {
        let mut sum = vec![vec![0.0; self.reference[0].len()]; self.reference.len()];
        for y in 0..self.tables[0].len() {
            for (sum, row) in zip(&mut sum, self.part(y)) {
                zip(sum, row).for_each(|(sum, q)| *sum += q);
            }
        }
        sum
    }

    /// A table (Y, both sources) that has the two tables: columns of q that sum to too much are made smaller, and what is missing is
    /// spread over where it is missing.
    fn moved(&self) -> Result<JointTable, InformationError> {
        let mut rows = Vec::with_capacity(self.tables[0].len());
        for (y, (of_first, of_second)) in zip(&self.tables[0], &self.tables[1]).enumerate() {
            let mut q = self.part(y);
            for (j, p) in of_second.iter().enumerate() {
                let sum: f64 = q.iter().map(|row| row[j]).sum();
                let factor = if sum > *p { p / sum } else { 1.0 };
                for row in &mut q {
                    row[j] *= factor;
                }
            }
            let lack = |p: f64, sum: f64| (p - sum).max(0.0);
            let of_rows: Vec<_> = zip(of_first, &q)
                .map(|(p, row)| lack(*p, row.iter().sum()))
                .collect();
            let column = |j: usize| q.iter().map(|row| row[j]).sum();
            let of_columns: Vec<_> = zip(0.., of_second)
                .map(|(j, p)| lack(*p, column(j)))
                .collect();
            let missing: f64 = of_columns.iter().sum();
            for (row, of_row) in zip(&mut q, of_rows) {
                zip(row, &of_columns)
                    .for_each(|(q, of_column)| *q += share(of_row * of_column, missing));
            }
            rows.push(q.concat());
        }
        Ok(JointTable::from_weights(&rows)?)
    }

    /// $`\sum p(y, x_1) \ln a_y(x_1) + \sum p(y, x_2) \ln b_y(x_2) + \min \ln \frac{r}{q}`$, at most $`-H_q(Y \mid X_1, X_2)`$ of any q with the two tables:
    /// the tangent of a convex function.
    fn dual(&self) -> f64 {
        let mut sum = CompensatedSum::default();
        for (tables, factors) in zip(&self.tables, &self.factors) {
            for (p, factor) in zip(tables.iter().flatten(), factors.iter().flatten()) {
                sum.add(if *p > 0.0 { p * factor.ln() } else { 0.0 });
            }
        }
        let marginal = self.marginal();
        let ratios = zip(self.reference.iter().flatten(), marginal.iter().flatten());
        // where q is 0 no y has both sources
        let ratios = ratios.filter(|(_, q)| **q > 0.0).map(|(r, q)| r / q);
        sum.value() + ratios.fold(f64::INFINITY, f64::min).ln()
    }

    /// The marginal of q is the next reference; one that underflows stays a number to divide by.
    fn renew(&mut self) {
        self.reference = self.marginal();
        let entries = self.reference.iter_mut().flatten();
        entries.for_each(|r| *r = r.max(f64::MIN_POSITIVE));
    }
}

/// p / sum, and 0 where there is nothing to share.
fn share(p: f64, sum: f64) -> f64 {
    if p > 0.0 { p / sum } else { 0.0 }
}

/// Probabilities below this are taken for 0.
const NEGLIGIBLE: f64 = 1e-100;
