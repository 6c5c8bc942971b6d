//! The matrix of limited-memory BFGS in compact form.

use crate::core::vector::dot;
use gradus_linalg::inverse;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use std::collections::VecDeque;

/// $`B = \theta I - W M W^\top`$ with $`W = (Y, \theta S)`$ (Byrd, Nocedal and Schnabel, 1994).
pub(crate) struct Compact {
    pub(crate) theta: f64,
    pub(crate) w: DMatrix<f64>,
    pub(crate) m: DMatrix<f64>,
}

impl Compact {
    /// The identity.
    pub(crate) fn identity(n: usize) -> Self {
        Self {
            theta: 1.0,
            w: DMatrix::zeros(n, 0),
            m: DMatrix::zeros(0, 0),
        }
    }

    /// From pairs $`(s, y)`$, the oldest first; `None` if the middle matrix cannot be inverted.
    pub(crate) fn new(pairs: &VecDeque<(Vec<f64>, Vec<f64>)>) -> Option<Self> {
        let (s, y) = pairs.back()?;
        let theta = dot(y, y) / dot(s, y);
        let k = pairs.len();
        let w = DMatrix::from_fn(s.len(), 2 * k, |i, j| match pairs.get(j) {
            Some((_, y)) => y[i],
            None => theta * pairs[j - k].0[i],
        });
        let middle = DMatrix::from_fn(2 * k, 2 * k, |i, j| {
            let (a, b) = (i.min(j), i.max(j));
            match (a < k, b < k) {
                (true, true) if a == b => -dot(&pairs[a].0, &pairs[a].1),
                // L: the products s_i y_j with i > j.
                (true, false) if b - k > a => dot(&pairs[b - k].0, &pairs[a].1),
                (true, _) => 0.0,
                _ => theta * dot(&pairs[a - k].0, &pairs[b - k].0),
            }
        });
        let m = inverse(&middle).ok()?;
        Some(Self { theta, w, m })
    }

    /// Row i of $`W`$.
    pub(crate) fn row(&self, i: usize) -> DVector<f64> {
        self.w.row(i).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::Compact;
    use gradus_linalg::nalgebra::{DMatrix, DVector};
    use std::collections::VecDeque;

    /// The dense formula of BFGS for $`B`$, from the same $`\theta I`$.
    #[test]
    fn the_compact_form_is_that_of_bfgs() -> Result<(), &'static str> {
        let wave = |k: i32, a: f64| {
            (0..5)
                .map(|i| (a * f64::from(k) + f64::from(i)).sin())
                .collect::<Vec<f64>>()
        };
        let mut pairs = VecDeque::new();
        for k in 0..3 {
            let (s, mut y) = (wave(k, 1.0), wave(k, 0.9));
            if super::dot(&s, &y) < 0.0 {
                y = y.iter().map(|y| -y).collect();
            }
            pairs.push_back((s, y));
        }
        let compact = Compact::new(&pairs).ok_or("singular")?;
        let mut b = DMatrix::identity(5, 5) * compact.theta;
        for (s, y) in &pairs {
            let (s, y) = (DVector::from_row_slice(s), DVector::from_row_slice(y));
            let bs = &b * &s;
            b += &y * y.transpose() / s.dot(&y) - &bs * bs.transpose() / s.dot(&bs);
        }
        let ours = DMatrix::identity(5, 5) * compact.theta
            - &compact.w * &compact.m * compact.w.transpose();
        assert!((ours - &b).amax() < 1e-11 * b.amax());
        Ok(())
    }
}
