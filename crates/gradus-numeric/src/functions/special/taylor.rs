//! Taylor polynomials whose coefficients a differential equation gives.

use super::polynomial::four_sums;

/// A Taylor polynomial of degree 13, from one term to the next while it is compiled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taylor {
    /// The value at the center, and what rounding it left over.
    center: (f64, f64),
    /// The coefficient of the distance.
    slope: f64,
    /// Those of its square, its third power and so on.
    rest: [[f64; 4]; 3],
}

/// The coefficients from the constant one on.
pub(super) type Coefficients = [f64; 14];

impl Taylor {
    /// The polynomial with these coefficients and what rounding the first one left over.
    pub(super) const fn new(c: Coefficients, left_over: f64) -> Self {
        Self {
            center: (c[0], left_over),
            slope: c[1],
            rest: [
                [c[2], c[3], c[4], c[5]],
                [c[6], c[7], c[8], c[9]],
                [c[10], c[11], c[12], c[13]],
            ],
        }
    }

    /// The value at a distance: where the constant term is by far the largest one, the sum is rounded once.
    #[inline]
    pub(super) fn at(&self, u: f64) -> f64 {
        let square = u * u;
        let [a, b, c, d] = four_sums(&self.rest, square * square);
        let (even, odd) = (a + square * c, b + square * d);
        self.center.0 + (self.center.1 + square * even + u * (self.slope + square * odd))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_powers_of_two() {
        let geometric = Taylor::new([1.0; 14], 0.0);
        assert_eq!(geometric.at(0.0), 1.0);
        assert_eq!(geometric.at(0.5), 2.0 - 1.0 / 8192.0); // 1 + ½ + … + 2⁻¹³
    }
}
