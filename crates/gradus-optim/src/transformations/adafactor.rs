//! Adafactor: the mean square of a matrix from its rows and columns.

use crate::core::layout::Entry;
use crate::core::settings::{finite, positive};
use crate::core::transformation::{Grain, Now, Part, Reach, Transformation, Vector};
use crate::error::OptimError;
use gradus_numeric::{Float, Shape};
use std::iter::zip;

/// Divides by the root of a mean square that is kept as one number per row and one per column.
///
/// ```math
/// \begin{aligned}
/// \rho &= t^{-d}, \qquad
/// R_i \leftarrow (1 - \rho) R_i + \frac{\rho}{n} \sum_j g_{ij}^2, \qquad
/// C_j \leftarrow (1 - \rho)\, C_j + \frac{\rho}{m} \sum_i g_{ij}^2, \\
/// v_{ij} &= \frac{R_i C_j}{\bar R}, \qquad
/// w = \frac{g}{\sqrt{v}}, \qquad u = \frac{w}{\max(1, \mathrm{RMS}(w) / c)}
/// \end{aligned}
/// ```
///
/// where $`d`$ is `decay`, $`t`$ counts the steps from 1, $`\bar R`$ is the mean of $`R`$, the matrix is $`m \times n`$
/// and $`c`$ is `threshold`. Of all matrices of rank one, $`R C^\top / \bar R`$ is the one nearest to the mean squares in
/// the sense of the generalized Kullback–Leibler divergence, and $`m + n`$ numbers are kept in place of $`m n`$. Vectors
/// keep the whole mean square.
///
/// # Shapes
///
/// A tensor of `m × n` keeps the state vectors `row: m` and `column: n`; one of `m × 1` keeps `row: m`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | squares of rank one are kept exactly | `factored_squares_of_rank_one_are_exact` |
/// | $`\mathrm{RMS}(u) \le c`$ | `adafactor_steps_are_bounded` |
/// | no update exceeds its bound $`c \sqrt{m n}`$ | `no_coarse_update_exceeds_its_bound` |
///
/// # Numerics
///
/// All of it is computed in double precision, $`v`$ as $`(R_i / \bar R)\, C_j`$, which cannot overflow. A $`v`$ below
/// $`\varepsilon^2`$ counts as $`\varepsilon^2`$; the paper adds $`\varepsilon^2`$ to every square instead, which differs
/// for tiny gradients only.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a `decay` that is not finite, an $`\varepsilon`$ and a threshold that are not positive.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Link, ScaleByFactoredRms, ScaleByLearningRate, Shape, chain};
///
/// let optimizer = chain(vec![
///     Link::coarse(ScaleByFactoredRms::default()),
///     Link::new(ScaleByLearningRate::new(1.0)),
/// ])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 2))?;
/// let mut theta = [0.0_f64; 4];
/// let mut state = optimizer.init(&layout, &theta)?;
/// // The first step: g = (1, 2)ᵀ(3, 4), so R = (12.5, 50), C = (22.5, 40), and every g / √v is 1.
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[3.0, 4.0, 6.0, 8.0]]))?;
/// assert_eq!(state.vector("0.row")?, [12.5, 50.0]);
/// assert!(theta.iter().all(|x| (x + 1.0).abs() < 1e-15));
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// N. Shazeer and M. Stern, *Adafactor: adaptive learning rates with sublinear memory cost* (2018), algorithms 4 and 5,
/// <https://arxiv.org/abs/1804.04235>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByFactoredRms {
    /// $`d`$: how fast a step counts less; 0.8 in the paper.
    pub decay: f64,
    /// $`\varepsilon`$: roots below this count as this; $`10^{-15}`$ in the paper, whose $`\varepsilon_1`$ is $`\varepsilon^2`$.
    pub epsilon: f64,
    /// $`c`$: the largest root mean square of an update; 1 in the paper.
    pub threshold: f64,
}

/// The paper's settings: $`d = 0.8`$, $`\varepsilon = 10^{-15}`$, $`c = 1`$.
impl Default for ScaleByFactoredRms {
    fn default() -> Self {
        Self {
            decay: 0.8,
            epsilon: 1e-15,
            threshold: 1.0,
        }
    }
}

impl<T: Float> Transformation<T> for ScaleByFactoredRms {
    fn check(&self) -> Result<(), OptimError> {
        finite::<T>("decay", self.decay)?;
        positive::<T>("epsilon", self.epsilon)?;
        positive::<T>("threshold", self.threshold)
    }

    fn grain(&self) -> Grain {
        Grain::Tensor
    }

    fn vectors(&self, tensor: &Entry) -> Vec<(Vector, usize)> {
        let Shape { rows, columns } = tensor.shape;
        let columns = if columns == 1 { 0 } else { columns };
        vec![
            (Vector::not_negative("row"), rows),
            (Vector::not_negative("column"), columns),
        ]
    }

    fn numbers(&self) -> Vec<&'static str> {
        vec!["gain"]
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers.fill((now.step as f64).powf(-self.decay).min(1.0));
        Ok(())
    }

    fn apply(&self, part: Part<'_, T>) {
        let ([row, column], Shape { rows, columns }) = (part.vectors, part.tensor.shape) else {
            return;
        };
        let (gain, g) = (part.numbers[0], part.update);
        if g.is_empty() {
            return;
        }
        for (r, g) in zip(row.iter_mut(), g.chunks(columns)) {
            blend(r, gain, mean_square(g.iter(), columns));
        }
        for (j, c) in column.iter_mut().enumerate() {
            blend(
                c,
                gain,
                mean_square(g.iter().skip(j).step_by(columns), rows),
            );
        }
        let mean: f64 = row.iter().map(|r| r.to_f64() / rows as f64).sum();
        let root = |i: usize| {
            let r = row[i / columns].to_f64();
            let v = match column.get(i % columns) {
                Some(c) if mean > 0.0 => r / mean * c.to_f64(),
                Some(_) => 0.0,
                None => r,
            };
            v.sqrt().max(self.epsilon)
        };
        // Divided by the largest first: the square of a w may be infinite, and would turn all updates to zero.
        let largest = (0..g.len()).fold(0.0, |top: f64, i| top.max(g[i].to_f64().abs() / root(i)));
        if largest == 0.0 {
            return;
        }
        let squares = (0..g.len()).map(|i| (g[i].to_f64() / root(i) / largest).powi(2));
        let rms = largest * (squares.sum::<f64>() / g.len() as f64).sqrt();
        let clip = 1.0 / (rms / self.threshold).max(1.0);
        for (i, g) in g.iter_mut().enumerate() {
            *g = T::from_f64(g.to_f64() / root(i) * clip);
        }
    }

    /// The entry of a vector is at most its norm, which is $`\sqrt{n}`$ times its root mean square.
    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        2.0 * self.threshold * reach.n.sqrt()
    }
}

/// $`x \leftarrow x + \rho\,(y - x)`$.
fn blend<T: Float>(x: &mut T, gain: f64, y: f64) {
    let old = x.to_f64();
    *x = T::from_f64(old + gain * (y - old));
}

/// The mean of `count` squares, each divided first so that the sum of ordinary squares is finite.
fn mean_square<'a, T: Float>(g: impl Iterator<Item = &'a T>, count: usize) -> f64 {
    g.map(|g| g.to_f64() * g.to_f64() / count as f64).sum()
}
