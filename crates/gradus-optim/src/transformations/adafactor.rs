//! Adafactor: Adam's second moment of a matrix from its rows and columns.

use crate::core::layout::Entry;
use crate::core::transformation::{Grain, Now, Part, Reach, Transformation};
use crate::error::{OptimError, positive};
use gradus_numeric::{Float, Shape};

/// Divides by the root of a mean square that is kept as one number per row and per column.
///
/// ```math
/// \begin{aligned}
/// \hat\beta &= 1 - t^{-0.8}, \quad R \leftarrow \hat\beta R + (1 - \hat\beta)\,\overline{g^2}^{\,\text{row}},
/// \quad C \leftarrow \hat\beta C + (1 - \hat\beta)\,\overline{g^2}^{\,\text{column}}, \\
/// \hat v_{ij} &= R_i C_j / \bar R, \qquad w = g / \sqrt{\hat v}, \qquad u = w / \max(1, \mathrm{RMS}(w) / d)
/// \end{aligned}
/// ```
///
/// Vectors keep the whole mean square.
///
/// # References
///
/// N. Shazeer and M. Stern, *Adafactor* (2018), algorithms 4 and 5.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByFactoredRms {
    /// The exponent of $`t`$; 0.8.
    pub decay: f64,
    /// Below this a mean square counts as this: $`\varepsilon_1^2`$.
    pub epsilon: f64,
    /// $`d`$, the greatest root mean square of an update; 1.
    pub threshold: f64,
}

impl<T: Float> Transformation<T> for ScaleByFactoredRms {
    fn check(&self) -> Result<(), OptimError> {
        positive("epsilon", self.epsilon)?;
        positive("threshold", self.threshold)
    }

    fn grain(&self) -> Grain {
        Grain::Tensor
    }

    fn vectors(&self, tensor: &Entry) -> Vec<(&'static str, usize)> {
        match tensor.shape {
            Shape { rows, columns: 1 } => vec![("row", rows), ("column", 0)],
            Shape { rows, columns } => vec![("row", rows), ("column", columns)],
        }
    }

    fn numbers(&self) -> Vec<&'static str> {
        vec!["gain"]
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers.fill((now.step as f64).powf(-self.decay)); // 1 − β
        Ok(())
    }

    fn apply(&self, part: Part<'_, T>) {
        let Shape { rows, columns } = part.tensor.shape;
        let [row, column] = part.vectors else { return };
        let gain = part.numbers[0];
        let g = &mut *part.update;
        let blend = |old: &mut T, mean: f64| {
            *old = T::from_f64(old.to_f64() + gain * (mean - old.to_f64()))
        };
        let square = |g: T| g.to_f64() * g.to_f64();
        for (r, g) in row.iter_mut().zip(g.chunks(columns)) {
            blend(
                r,
                g.iter().map(|&g| square(g)).sum::<f64>() / columns as f64,
            );
        }
        for (j, c) in column.iter_mut().enumerate() {
            blend(
                c,
                g.iter()
                    .skip(j)
                    .step_by(columns)
                    .map(|&g| square(g))
                    .sum::<f64>()
                    / rows as f64,
            );
        }
        let least = self.epsilon;
        let mean = (row.iter().map(|r| r.to_f64()).sum::<f64>() / rows as f64).max(least.sqrt());
        let mut sum = 0.0;
        for (i, g) in g.iter_mut().enumerate() {
            let r = row[i / columns].to_f64();
            let v = column.get(i % columns).map_or(r, |c| r * c.to_f64() / mean);
            let w = g.to_f64() / v.max(least).sqrt();
            sum += w * w;
            *g = T::from_f64(w);
        }
        let rms = (sum / g.len() as f64).sqrt();
        let clip = T::from_f64(1.0 / (rms / self.threshold).max(1.0));
        g.iter_mut().for_each(|g| *g = *g * clip);
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        2.0 * self.threshold * reach.n.sqrt()
    }
}
