//! New samples of rare classes.

use crate::error::DataError;
use crate::tables::labelled::LabelledTable;
use crate::tables::table::Table;
use crate::transforms::balance::members;
use crate::transforms::rows::row;
use gradus_numeric::Float;
use gradus_random::rand::Rng;
use gradus_random::{shuffle, uniform};
use std::iter::zip;

impl<T: Float> LabelledTable<T> {
    /// The table with new samples of rare classes behind its own, so that every class that occurs is as frequent as the
    /// largest (SMOTE: synthetic minority oversampling).
    ///
    /// ```math
    /// \tilde{x} = x + u \, (x' - x), \qquad u \sim \mathcal{U}(0, 1)
    /// ```
    ///
    /// where $`x`$ is a sample of a rare class and $`x'`$ one of its `neighbors` nearest samples of that class. Where
    /// [`oversampled`](crate::oversampled) repeats samples, this fills the space between them. Every sample serves as
    /// $`x`$ equally often, up to once. Only training samples should be multiplied, after the split; features need one
    /// scale first, since distances are Euclidean.
    ///
    /// # Laws
    ///
    /// | law | test |
    /// |-----|------|
    /// | every class gets the size of the largest; the samples that were there stay | `smote_evens_the_classes` |
    /// | a new sample lies on the segment between two of its class | `synthetic_samples_lie_between_two_of_their_class` |
    ///
    /// # Errors
    ///
    /// [`DataError::Empty`] without samples; [`DataError::InvalidParameter`] for 0 neighbors;
    /// [`DataError::MissingNumber`] for NaN and infinities. A class of one sample has no neighbor: it is repeated.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::{Key, LabelledTable, Table};
    ///
    /// let table = Table::new(["x"], vec![0.0, 1.0, 2.0, 3.0, 10.0, 12.0])?;
    /// let rare = LabelledTable::new(table, vec![0, 0, 0, 0, 1, 1], 2)?;
    /// let even = rare.smote(5, &mut Key::new(1).rng())?;
    /// assert_eq!(even.labels(), [0, 0, 0, 0, 1, 1, 1, 1]);
    /// assert!(even.values()[6..].iter().all(|x| (10.0..=12.0).contains(x)));
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    ///
    /// # References
    ///
    /// N. V. Chawla, K. W. Bowyer, L. O. Hall and W. P. Kegelmeyer, *SMOTE: synthetic minority over-sampling technique*,
    /// J. Artif. Intell. Res. 16 (2002), 321–357, section 4.2.
    pub fn smote(
        &self,
        neighbors: usize,
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<Self, DataError> {
        if neighbors == 0 {
            let (name, value) = ("neighbors", 0.0);
            return Err(DataError::InvalidParameter { name, value });
        }
        for feature in 0..self.features() {
            row(self.samples(), feature)?; // all numbers are there
        }
        let mut classes = members(self.labels(), self.classes())?;
        let largest = classes.iter().map(Vec::len).max().unwrap_or(0);
        let (mut values, mut labels) = (self.values().to_vec(), self.labels().to_vec());
        for (label, class) in (0..).zip(&mut classes) {
            if class.is_empty() {
                continue;
            }
            shuffle(class, rng);
            for &of in class.iter().cycle().take(largest - class.len()) {
                let near = self.nearest(of, class, neighbors);
                let other = near
                    .get(below(near.len(), uniform(rng)))
                    .copied()
                    .unwrap_or(of);
                values.extend(self.between(of, other, uniform(rng)));
                labels.push(label);
            }
        }
        Ok(self.with(Table::new(self.names().to_vec(), values)?, labels))
    }

    /// The nearest others of a class; of equally near ones, those that come first in it.
    fn nearest(&self, of: u32, class: &[u32], count: usize) -> Vec<u32> {
        let numbers = |j: u32| self.sample(j as usize).unwrap_or_default();
        let distance = |j: u32| {
            let differences = zip(numbers(of), numbers(j)).map(|(a, b)| a.to_f64() - b.to_f64());
            differences.map(|d| d * d).sum::<f64>()
        };
        let others = class.iter().copied().filter(|&j| j != of);
        let mut near: Vec<(f64, u32)> = others.map(|j| (distance(j), j)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        near.into_iter().take(count).map(|(_, j)| j).collect()
    }

    /// The point at this share of the way from one sample to the other.
    fn between(&self, from: u32, to: u32, share: f64) -> impl Iterator<Item = T> {
        let numbers = |j: u32| self.sample(j as usize).unwrap_or_default();
        zip(numbers(from), numbers(to)).map(move |(a, b)| {
            let (a, b) = (a.to_f64(), b.to_f64());
            T::from_f64(a + share * (b - a))
        })
    }
}

/// A number below `n`, at this share of the way.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the number of neighbors"
)]
fn below(n: usize, share: f64) -> usize {
    ((n as f64 * share) as usize).min(n.saturating_sub(1))
}
