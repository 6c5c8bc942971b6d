//! Inputs that can be written shorter.

use std::fmt::Debug;

/// An input of which there are shorter ones.
pub(crate) trait Short: Sized + Clone + Debug {
    /// Shorter inputs, the shortest first.
    fn shorter(&self) -> Vec<Self>;
}

/// Fewer digits.
impl Short for f64 {
    fn shorter(&self) -> Vec<Self> {
        let x = *self;
        let power = 10f64.powf(x.abs().log10().floor());
        let leading = (x / power).round() * power;
        let candidates = [0.0, 1.0, x.signum() * power, leading, x.round(), x / 10.0];
        let shorter = candidates
            .into_iter()
            .filter(|&y| y.is_finite() && length(y) < length(x));
        shorter.collect()
    }
}

/// Fewer entries; then an entry that is shorter.
impl Short for Vec<f64> {
    fn shorter(&self) -> Vec<Self> {
        let rounded = (0..self.len()).flat_map(|i| {
            self[i].shorter().into_iter().map(move |y| {
                let mut shorter = self.clone();
                shorter[i] = y;
                shorter
            })
        });
        fewer(self).chain(rounded).collect()
    }
}

/// A matrix keeps its shape.
impl Short for Vec<Vec<f64>> {
    fn shorter(&self) -> Vec<Self> {
        let mut found = Vec::new();
        for i in 0..self.len() {
            for j in 0..self[i].len() {
                found.extend(self[i][j].shorter().into_iter().map(|y| {
                    let mut shorter = self.clone();
                    shorter[i][j] = y;
                    shorter
                }));
            }
        }
        found
    }
}

/// A label, a number of steps, a count, a choice: 0 is the shortest.
pub(crate) trait Whole: Clone + Debug + Default + PartialEq {}

impl Whole for usize {}
impl Whole for u32 {}
impl Whole for bool {}

impl<T: Whole> Short for T {
    fn shorter(&self) -> Vec<Self> {
        let shortest = T::default();
        (*self != shortest)
            .then_some(shortest)
            .into_iter()
            .collect()
    }
}

/// Fewer entries.
impl<T: Whole> Short for Vec<T> {
    fn shorter(&self) -> Vec<Self> {
        fewer(self).collect()
    }
}

impl<A: Short, B: Short> Short for (A, B) {
    fn shorter(&self) -> Vec<Self> {
        let first = self.0.shorter().into_iter().map(|a| (a, self.1.clone()));
        let second = self.1.shorter().into_iter().map(|b| (self.0.clone(), b));
        first.chain(second).collect()
    }
}

impl<A: Short, B: Short, C: Short> Short for (A, B, C) {
    fn shorter(&self) -> Vec<Self> {
        let (a, b, c) = self;
        let pairs = (a.clone(), b.clone()).shorter().into_iter();
        let third = c.shorter().into_iter();
        pairs
            .map(|(a, b)| (a, b, c.clone()))
            .chain(third.map(|c| (a.clone(), b.clone(), c)))
            .collect()
    }
}

/// A list without one of its entries.
fn fewer<T: Clone>(list: &[T]) -> impl Iterator<Item = Vec<T>> {
    (0..list.len()).map(|i| {
        let mut fewer = list.to_vec();
        fewer.remove(i);
        fewer
    })
}

/// How long a number is, written out; then its size.
fn length(x: f64) -> (usize, f64) {
    let digits = format!("{x:e}").split('e').next().map_or(0, str::len);
    (digits, x.abs())
}
