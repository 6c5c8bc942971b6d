//! A table of non-negative numbers over some variables: what joint distributions and networks compute with.

use crate::error::ProbabilityError;
use gradus_numeric::{CompensatedSum, binary_exponent, ldexp};
use std::borrow::Cow;
use std::iter::zip;

/// A number $`\varphi(x_1, \dots, x_k) \ge 0`$ for every combination of values of the variables in its scope.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Factor<'a> {
    scope: Vec<usize>,
    sizes: Vec<usize>,
    values: Cow<'a, [f64]>, // the last variable counts fastest
}

impl<'a> Factor<'a> {
    /// The variables with these numbers, how many values each has, and one entry for every combination.
    pub(crate) fn new(
        scope: Vec<usize>,
        sizes: Vec<usize>,
        values: impl Into<Cow<'a, [f64]>>,
    ) -> Self {
        Self {
            scope,
            sizes,
            values: values.into(),
        }
    }

    /// The factor without variables that changes no product.
    pub(crate) fn one() -> Self {
        Self::new(Vec::new(), Vec::new(), vec![1.0])
    }

    pub(crate) fn scope(&self) -> &[usize] {
        &self.scope
    }

    pub(crate) fn values(&self) -> &[f64] {
        &self.values
    }

    pub(crate) fn into_values(self) -> Vec<f64> {
        self.values.into_owned()
    }

    /// $`\varphi \psi`$, over the variables of both.
    pub(crate) fn times(&self, other: &Factor<'_>) -> Result<Factor<'static>, ProbabilityError> {
        let new = zip(&other.scope, &other.sizes).filter(|(v, _)| !self.scope.contains(v));
        let (new_scope, new_sizes): (Vec<usize>, Vec<usize>) = new.unzip();
        let scope = [self.scope.as_slice(), &new_scope].concat();
        let sizes = [self.sizes.as_slice(), &new_sizes].concat();
        entries(&sizes)?;
        let left = offsets(&sizes, &self.strides(&scope));
        let right = offsets(&sizes, &other.strides(&scope));
        let product = zip(left, right).map(|(i, j)| self.values[i] * other.values[j]);
        Ok(Factor::new(scope, sizes, product.collect::<Vec<_>>()))
    }

    /// $`\sum \varphi`$ over the variables that are not in `kept`, which gives the order of those that stay.
    pub(crate) fn onto(&self, kept: &[usize]) -> Factor<'static> {
        let sizes: Vec<_> = kept.iter().map(|v| self.size(*v)).collect();
        let mut sums = vec![CompensatedSum::default(); sizes.iter().product()];
        let target = Factor::new(kept.to_vec(), sizes.clone(), Vec::new());
        let places = offsets(&self.sizes, &target.strides(&self.scope));
        zip(places, self.values.iter()).for_each(|(place, value)| sums[place].add(*value));
        let values: Vec<_> = sums.into_iter().map(CompensatedSum::value).collect();
        Factor::new(kept.to_vec(), sizes, values)
    }

    /// $`\sum_v \varphi`$.
    pub(crate) fn without(&self, variable: usize) -> Factor<'static> {
        let others = self.scope.iter().copied().filter(|v| *v != variable);
        self.onto(&others.collect::<Vec<_>>())
    }

    /// The part of the table where a variable has one value; the factor itself if it does not have the variable.
    pub(crate) fn restricted(&self, variable: usize, value: usize) -> Factor<'static> {
        let start = value * self.strides(&[variable])[0];
        let others = zip(&self.scope, &self.sizes).filter(|(v, _)| **v != variable);
        let (scope, sizes): (Vec<usize>, Vec<usize>) = others.unzip();
        let places = offsets(&sizes, &self.strides(&scope));
        let values: Vec<_> = places.into_iter().map(|i| self.values[start + i]).collect();
        Factor::new(scope, sizes, values)
    }

    /// Divides by a power of two near the largest entry, and tells its exponent.
    pub(crate) fn scaled(self) -> (Factor<'static>, i32) {
        let largest = self.values.iter().fold(0.0, |max, x| f64::max(max, *x));
        let exponent = binary_exponent(largest);
        let values: Vec<_> = self.values.iter().map(|x| ldexp(*x, -exponent)).collect();
        (Factor::new(self.scope, self.sizes, values), exponent)
    }

    /// How far apart neighbors in each of these variables stand in the table; 0 for what is not in it.
    fn strides(&self, variables: &[usize]) -> Vec<usize> {
        let stride = |v: &usize| match self.scope.iter().position(|own| own == v) {
            Some(place) => self.sizes[place + 1..].iter().product(),
            None => 0,
        };
        variables.iter().map(stride).collect()
    }

    fn size(&self, variable: usize) -> usize {
        let place = self.scope.iter().position(|own| *own == variable);
        place.map_or(1, |place| self.sizes[place])
    }
}

/// How many combinations of values there are.
pub(crate) fn entries(sizes: &[usize]) -> Result<usize, ProbabilityError> {
    let product = sizes
        .iter()
        .try_fold(1_usize, |n, size| n.checked_mul(*size));
    match product {
        Some(n) if n <= LARGEST_TABLE => Ok(n),
        _ => Err(ProbabilityError::TableTooLarge {
            entries: sizes.iter().map(|&n| n as f64).product(),
            largest: LARGEST_TABLE,
        }),
    }
}

/// Where each combination of values, the last variable fastest, stands in a table with these strides.
fn offsets(sizes: &[usize], strides: &[usize]) -> Vec<usize> {
    zip(sizes, strides).fold(vec![0], |places, (&size, &stride)| {
        let along = |place: usize| (0..size).map(move |value| place + value * stride);
        places.into_iter().flat_map(along).collect()
    })
}

/// Half a gigabyte.
const LARGEST_TABLE: usize = 1 << 26;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_sums_and_slices() {
        let a = Factor::new(vec![0, 1], vec![2, 2], vec![1.0, 2.0, 3.0, 4.0]);
        let b = Factor::new(vec![1, 2], vec![2, 2], vec![5.0, 6.0, 7.0, 8.0]);
        let product = a.times(&b).unwrap();
        assert_eq!(product.scope(), [0, 1, 2]);
        assert_eq!(
            product.values(),
            [5.0, 6.0, 14.0, 16.0, 15.0, 18.0, 28.0, 32.0]
        );
        assert_eq!(a.onto(&[1, 0]).values(), [1.0, 3.0, 2.0, 4.0]); // transposed
        assert_eq!(a.without(0).values(), [4.0, 6.0]);
        assert_eq!(a.restricted(1, 1).values(), [2.0, 4.0]);
        assert_eq!(a.restricted(2, 1), a); // not its variable
        assert_eq!(Factor::one().times(&a).unwrap(), a);
        let (scaled, exponent) = a.scaled();
        assert_eq!(ldexp(scaled.values()[3], exponent), 4.0);
    }

    #[test]
    fn tables_beyond_memory_are_refused() {
        assert_eq!(entries(&[3, 4]), Ok(12));
        let error = ProbabilityError::TableTooLarge {
            entries: 2.0_f64.powi(80),
            largest: LARGEST_TABLE,
        };
        assert_eq!(entries(&[2; 80]), Err(error));
    }
}
