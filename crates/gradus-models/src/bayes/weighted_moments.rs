//! Mean and variance of numbers that count differently.

/// What is left of numbers that came with weights.
///
/// ```math
/// \mu = \frac{1}{W} \sum_i \omega_i x_i, \qquad \sigma^2 = \frac1W \sum_i \omega_i (x_i - \mu)^2, \qquad W = \sum_i \omega_i
/// ```
///
/// # Numerics
///
/// One pass; nothing cancels, and the variance of a constant is exactly 0. With weights of 1 it is
/// [`Moments`](gradus_numeric::Moments).
///
/// # References
///
/// D. H. D. West, *Updating mean and variance estimates: an improved method*, Comm. ACM 22 (1979), 532–535.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct WeightedMoments {
    /// $`W`$
    total: f64,
    mean: f64,
    /// $`\sum_i \omega_i (x_i - \mu)^2`$
    squares: f64,
}

impl WeightedMoments {
    /// Takes another number, of positive weight.
    pub(super) fn push(&mut self, x: f64, weight: f64) {
        self.total += weight;
        let share = weight / self.total;
        let delta = x - self.mean;
        self.mean = if delta.is_finite() {
            self.mean + delta * share
        } else {
            self.mean * (1.0 - share) + x * share // the distance overflows, the mean does not
        };
        self.squares += weight * delta * (x - self.mean);
    }

    pub(super) const fn mean(self) -> f64 {
        self.mean
    }

    pub(super) fn variance(self) -> f64 {
        self.squares / self.total
    }
}

#[cfg(test)]
mod tests {
    use super::WeightedMoments;

    #[test]
    fn a_weight_of_three_is_the_number_thrice() {
        let of = |numbers: &[(f64, f64)]| {
            let mut moments = WeightedMoments::default();
            for &(x, w) in numbers {
                moments.push(x, w);
            }
            (moments.mean(), moments.variance())
        };
        assert_eq!(of(&[(1.0, 3.0), (5.0, 1.0)]), (2.0, 3.0)); // (1 + 1 + 1 + 9) / 4
        assert_eq!(of(&[(0.1, 0.3), (0.1, 7.0)]).1, 0.0);
        let far = of(&[(1.7e308, 1.0), (-1.7e308, 1.0)]);
        assert_eq!(far, (0.0, f64::INFINITY));
    }
}
