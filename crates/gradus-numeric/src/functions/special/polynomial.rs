//! Polynomials around whole numbers, for functions without poles.

/// A polynomial of degree 17 in the distance from its center.
#[derive(Clone, Copy, Debug)]
pub(super) struct Polynomial {
    /// The value at the center, and what rounding it left over.
    pub(super) center: (f64, f64),
    /// The coefficient of the distance.
    pub(super) slope: f64,
    /// Those of its square, its third power and so on.
    pub(super) rest: [[f64; 4]; 4],
}

impl Polynomial {
    /// The value at a distance: where the constant term is by far the largest one, the sum is rounded once.
    ///
    /// By [`four_sums`] of the lower and of the higher powers.
    #[inline]
    pub(super) fn at(&self, u: f64) -> f64 {
        let (square, fourth) = (u * u, u * u * (u * u));
        let (low, high) = self.rest.split_at(2);
        let (low, high) = (four_sums(low, fourth), four_sums(high, fourth));
        let [a, b, c, d] = std::array::from_fn(|j| low[j] + fourth * fourth * high[j]);
        let (even, odd) = (a + square * c, b + square * d);
        self.center.0 + (self.center.1 + square * even + u * (self.slope + square * odd))
    }
}

/// The sums of the columns' polynomials: with $`x = u^4`$, of every fourth power of u.
///
/// Side by side, since a single sum over all powers would wait for itself at each of them.
#[inline]
pub(super) fn four_sums(rows: &[[f64; 4]], x: f64) -> [f64; 4] {
    rows.iter().rev().fold([0.0; 4], |sums, row| {
        std::array::from_fn(|j| sums[j] * x + row[j])
    })
}

/// The whole number nearest to $`0 \le x < 2^{51}`$ and the distance from it, which is exact. Of numbers beyond, and of NaN, the whole number is
/// larger than $`2^{50}`$.
#[inline]
pub(super) fn nearest_whole(x: f64) -> (usize, f64) {
    let sum = x + TWO_TO_52; // in its last digits
    #[allow(
        clippy::cast_possible_truncation,
        reason = "of numbers that are few, a small one"
    )]
    let whole = sum.to_bits().wrapping_sub(TWO_TO_52.to_bits()) as usize;
    (whole, x - (sum - TWO_TO_52))
}

/// So large that the sum with a smaller number is a whole one.
const TWO_TO_52: f64 = 4_503_599_627_370_496.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_and_distances() {
        let found = [0.0, 0.25, 0.75, 2.0, 19.75].map(nearest_whole);
        let expected = [(0, 0.0), (0, 0.25), (1, -0.25), (2, 0.0), (20, -0.25)];
        assert_eq!(found, expected);
        for x in [1e16, 1e300, f64::INFINITY, f64::NAN] {
            assert!(nearest_whole(x).0 > 1 << 50);
        }
    }

    #[test]
    fn the_powers_of_two() {
        let geometric = Polynomial {
            center: (1.0, 0.0),
            slope: 1.0,
            rest: [[1.0; 4]; 4],
        };
        assert_eq!(geometric.at(0.0), 1.0);
        assert_eq!(geometric.at(0.5), 2.0 - 1.0 / 131_072.0); // 1 + ½ + … + 2⁻¹⁷
    }
}
