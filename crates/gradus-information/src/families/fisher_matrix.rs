//! Matrices of information, in the shapes that families have.

/// The information that a draw has on the parameters of its law: a symmetric matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct FisherMatrix {
    entries: Entries,
}

#[derive(Clone, Debug, PartialEq)]
enum Entries {
    One(f64),
    /// $`F_{11}, F_{12}, F_{22}`$.
    Two([f64; 3]),
    /// $`F_{11}`$, beside which nothing stands, and those of the two others.
    Apart(f64, [f64; 3]),
    /// $`F_{ij} = d_i \delta_{ij} + c`$.
    Probabilities {
        diagonal: Vec<f64>,
        common: f64,
    },
}

impl FisherMatrix {
    pub(super) const fn one(first: f64) -> Self {
        let entries = Entries::One(first);
        Self { entries }
    }

    pub(super) const fn two(first: f64, mixed: f64, second: f64) -> Self {
        let entries = Entries::Two([first, mixed, second]);
        Self { entries }
    }

    /// A first parameter about which the two others tell nothing.
    pub(super) const fn apart(first: f64, others: [f64; 3]) -> Self {
        let entries = Entries::Apart(first, others);
        Self { entries }
    }

    /// A diagonal, and a number that is added to each entry.
    pub(super) const fn of_probabilities(diagonal: Vec<f64>, common: f64) -> Self {
        let entries = Entries::Probabilities { diagonal, common };
        Self { entries }
    }

    /// How many parameters there are.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_information::{FisherInformation, Poisson};
    ///
    /// assert_eq!(Poisson::new(2.0)?.fisher_information().parameters(), 1);
    /// # Ok::<(), gradus_information::InformationError>(())
    /// ```
    #[must_use]
    pub const fn parameters(&self) -> usize {
        match &self.entries {
            Entries::One(_) => 1,
            Entries::Two(_) => 2,
            Entries::Apart(..) => 3,
            Entries::Probabilities { diagonal, .. } => diagonal.len(),
        }
    }

    /// $`F_{ij}`$, counted from 0.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_information::{FisherInformation, Poisson};
    ///
    /// let f = Poisson::new(2.0)?.fisher_information();
    /// assert_eq!((f.get(0, 0), f.get(1, 1)), (Some(0.5), None));
    /// # Ok::<(), gradus_information::InformationError>(())
    /// ```
    #[must_use]
    pub fn get(&self, i: usize, j: usize) -> Option<f64> {
        let (low, high) = (i.min(j), i.max(j));
        if high >= self.parameters() {
            return None;
        }
        Some(match &self.entries {
            Entries::One(first) => *first,
            Entries::Two(entries) => entries[low + high],
            Entries::Apart(first, _) if high == 0 => *first,
            Entries::Apart(..) if low == 0 => 0.0,
            Entries::Apart(_, others) => others[low + high - 2],
            Entries::Probabilities { diagonal, common } if i == j => above(diagonal[i], *common),
            Entries::Probabilities { common, .. } => *common,
        })
    }

    /// $`(F^{-1})_{ii}`$.
    pub(super) fn inverse_diagonal(&self) -> Vec<f64> {
        match &self.entries {
            Entries::One(first) => vec![1.0 / first],
            Entries::Two(entries) => of_pair(*entries).to_vec(),
            Entries::Apart(first, others) => {
                let [second, third] = of_pair(*others);
                vec![1.0 / first, second, third]
            }
            Entries::Probabilities { diagonal, common } => of_probabilities(diagonal, *common),
        }
    }
}

/// $`1 / F_{11} (1 - \rho^2)`$ and $`1 / F_{22} (1 - \rho^2)`$ with $`\rho = F_{12} / \sqrt{F_{11} F_{22}}`$.
fn of_pair([first, mixed, second]: [f64; 3]) -> [f64; 2] {
    // entries that overflow or underflow have no correlation left
    let seen = first.is_normal() && second.is_normal();
    let correlation = if seen {
        mixed / first.sqrt() / second.sqrt()
    } else {
        0.0
    };
    let apart = (1.0 - correlation) * (1.0 + correlation);
    [1.0 / (first * apart), 1.0 / (second * apart)]
}

/// A sum with what may be negative, but is always smaller: infinite if the first is.
pub(super) fn above(first: f64, other: f64) -> f64 {
    if first == f64::INFINITY {
        first
    } else {
        first + other
    }
}

/// Of a diagonal and a common number, by the formula of Sherman and Morrison:
/// $`\frac1{d_i} \cdot \frac{1/c + \sum_{j \ne i} 1/d_j}{1/c + \sum_j 1/d_j}`$.
fn of_probabilities(diagonal: &[f64], common: f64) -> Vec<f64> {
    // sums of those before and of those behind: a difference would cancel
    let mut behind = vec![1.0 / common; diagonal.len() + 1];
    for (i, d) in diagonal.iter().enumerate().rev() {
        behind[i] = behind[i + 1] + 1.0 / d;
    }
    let (whole, mut before) = (behind[0], 0.0);
    let mut bounds = Vec::with_capacity(diagonal.len());
    for (d, behind) in diagonal.iter().zip(&behind[1..]) {
        let share = (before + behind) / whole;
        bounds.push(match (d.is_finite(), share >= 0.0) {
            (true, true) => 1.0 / d * share,
            (true, false) => f64::INFINITY, // by rounding the parameters cannot be told apart
            (false, _) => 0.0,
        });
        before += 1.0 / d;
    }
    bounds
}
