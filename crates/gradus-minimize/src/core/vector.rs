//! The three operations on vectors that every method is made of.

use std::iter::zip;

/// $`x^\top y`$.
pub(crate) fn dot(x: &[f64], y: &[f64]) -> f64 {
    zip(x, y).map(|(x, y)| x * y).sum()
}

/// $`x + t p`$.
pub(crate) fn along(x: &[f64], t: f64, p: &[f64]) -> Vec<f64> {
    zip(x, p).map(|(x, p)| x + t * p).collect()
}

/// $`x + t p`$ in the place of $`x`$.
pub(crate) fn add(x: &mut [f64], t: f64, p: &[f64]) {
    zip(x, p).for_each(|(x, p)| *x += t * p);
}

/// $`x - y`$.
pub(crate) fn difference(x: &[f64], y: &[f64]) -> Vec<f64> {
    along(x, -1.0, y)
}

/// $`t x`$.
pub(crate) fn scaled(t: f64, x: &[f64]) -> Vec<f64> {
    x.iter().map(|x| t * x).collect()
}

#[cfg(test)]
mod tests {
    use super::{add, along, difference, dot, scaled};

    #[test]
    fn vectors_are_added_and_multiplied() {
        let (x, y) = ([1.0, 2.0], [3.0, 5.0]);
        assert_eq!(dot(&x, &y), 13.0);
        assert_eq!(along(&x, 2.0, &y), [7.0, 12.0]);
        let mut sum = x;
        add(&mut sum, 2.0, &y);
        assert_eq!(sum, [7.0, 12.0]);
        assert_eq!(difference(&y, &x), [2.0, 3.0]);
        assert_eq!(scaled(2.0, &x), [2.0, 4.0]);
    }
}
