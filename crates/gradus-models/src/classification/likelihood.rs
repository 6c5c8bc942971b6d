//! The penalized likelihood of linear scores, with two derivatives.

use crate::error::ModelError;
use crate::samples::augmented;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{matmul, product, view, view_mut};
use gradus_numeric::{CompensatedSum, MatrixRef, log_sum_exp, sigmoid, softplus};
use std::iter::zip;

/// The negative log-likelihood of labels, given linear scores, and a penalty.
///
/// ```math
/// L(\Theta) = -\sum_{i=1}^n \omega_i \ln p_{y_i}(\Theta x_i) + \frac{\lambda}{2} \sum_{k, j} \theta_{kj}^2
/// ```
///
/// With as many rows of $`\Theta`$ as classes, $`p`$ is the softmax of the scores. With one row there are two classes,
/// and the score of class 0 is 0: $`p_1 = \sigma(z)`$. Both derivatives have one form for both,
/// $`\partial L / \partial z_k = p_k - [y = k]`$ and $`\partial^2 L / \partial z_k \partial z_l = p_k ([k = l] - p_l)`$,
/// where $`1 - p_k`$ is summed from the other probabilities: near a certain answer the difference would lose all digits.
#[derive(Debug)]
pub(super) struct Likelihood<'a> {
    /// Samples as columns, with a last row of ones if there is an intercept.
    x: DMatrix<f64>,
    labels: &'a [u32],
    /// $`\omega_i > 0`$: how often a sample counts.
    weights: &'a [f64],
    /// 1 for two classes, as many as classes otherwise.
    rows: usize,
    /// Of the weights; the intercepts are free.
    penalty: f64,
    intercept: bool,
}

impl<'a> Likelihood<'a> {
    pub(super) fn new(
        x: MatrixRef<'_, f64>,
        labels: &'a [u32],
        weights: &'a [f64],
        rows: usize,
        penalty: f64,
        intercept: bool,
    ) -> Self {
        Self {
            x: augmented(x, intercept),
            labels,
            weights,
            rows,
            penalty,
            intercept,
        }
    }

    /// Rows and columns of $`\Theta`$.
    pub(super) fn shape(&self) -> (usize, usize) {
        (self.rows, self.x.nrows())
    }

    pub(super) const fn is_penalized(&self) -> bool {
        self.penalty > 0.0
    }

    /// $`L(\Theta)`$.
    pub(super) fn value(&self, theta: &DMatrix<f64>) -> Result<f64, ModelError> {
        let z = matmul(theta, &self.x)?;
        let samples = zip(z.as_slice().chunks_exact(self.rows), self.labels);
        let losses: CompensatedSum = zip(samples, self.weights)
            .map(|((z, &label), weight)| weight * loss(z, label))
            .collect();
        let squares: CompensatedSum = self.weights_of(theta).map(|w| w * w).collect();
        Ok(losses.value() + 0.5 * self.penalty * squares.value())
    }

    /// Gradient and Hessian, for the entries of $`\Theta`$ column by column.
    pub(super) fn derivatives(
        &self,
        theta: &DMatrix<f64>,
    ) -> Result<(DVector<f64>, DMatrix<f64>), ModelError> {
        let z = matmul(theta, &self.x)?;
        let p = probabilities(&z);
        Ok((self.gradient(theta, &p)?, self.hessian(&p)?))
    }

    fn gradient(&self, theta: &DMatrix<f64>, p: &DMatrix<f64>) -> Result<DVector<f64>, ModelError> {
        let residual = DMatrix::from_fn(self.rows, self.labels.len(), |k, i| {
            let (class, p) = (self.class_of(k), p.column(i));
            let residual = if self.labels[i] as usize == class {
                -complement(p.as_slice(), class)
            } else {
                p[class]
            };
            self.weights[i] * residual
        });
        let mut gradient = DMatrix::zeros(self.rows, self.x.nrows());
        product(
            view(&residual),
            view(&self.x).transposed(),
            view_mut(&mut gradient),
        )?;
        let penalized = self.penalized();
        for (g, w) in zip(&mut gradient.as_mut_slice()[..penalized], theta.as_slice()) {
            *g += self.penalty * w;
        }
        Ok(DVector::from_column_slice(gradient.as_slice()))
    }

    /// The class that a row of $`\Theta`$ belongs to.
    fn class_of(&self, row: usize) -> usize {
        if self.rows == 1 { 1 } else { row }
    }

    fn hessian(&self, p: &DMatrix<f64>) -> Result<DMatrix<f64>, ModelError> {
        let (rows, d) = self.shape();
        let mut hessian = DMatrix::zeros(rows * d, rows * d);
        let mut block = DMatrix::zeros(d, d);
        let mut weighted = self.x.clone();
        for k in 0..rows {
            for l in 0..=k {
                let (class, other) = (self.class_of(k), self.class_of(l));
                self.weigh(&mut weighted, |i| {
                    self.weights[i] * curvature(p.column(i).as_slice(), class, other)
                });
                product(
                    view(&weighted),
                    view(&self.x).transposed(),
                    view_mut(&mut block),
                )?;
                for (j, m) in (0..d).flat_map(|j| (0..d).map(move |m| (j, m))) {
                    // The mean of both, so that the Hessian is symmetric to the bit.
                    let h = 0.5 * (block[(j, m)] + block[(m, j)]);
                    hessian[(k + j * rows, l + m * rows)] = h;
                    hessian[(l + m * rows, k + j * rows)] = h;
                }
            }
        }
        (0..self.penalized()).for_each(|i| hessian[(i, i)] += self.penalty);
        if rows > 1 {
            self.fix_gauge(&mut hessian);
        }
        Ok(hessian)
    }

    /// Samples, each times a number.
    fn weigh(&self, weighted: &mut DMatrix<f64>, weight: impl Fn(usize) -> f64) {
        let d = self.x.nrows().max(1);
        let columns = zip(
            weighted.as_mut_slice().chunks_exact_mut(d),
            self.x.as_slice().chunks_exact(d),
        );
        for (i, (to, from)) in columns.enumerate() {
            let weight = weight(i);
            zip(to, from).for_each(|(to, from)| *to = weight * from);
        }
    }

    /// Curvature for what the likelihood does not see: a number added to all scores.
    ///
    /// Where no penalty tells, any such number is as good, and the Hessian is singular. The gradient has no part in that
    /// direction, so that the steps stay where the sum over the classes is 0, whatever the curvature is.
    fn fix_gauge(&self, hessian: &mut DMatrix<f64>) {
        let (rows, d) = self.shape();
        let first = if self.is_penalized() {
            d - usize::from(self.intercept)
        } else {
            0
        };
        for j in first..d {
            let place = |k: usize| k + j * rows;
            let trace: f64 = (0..rows).map(|k| hessian[(place(k), place(k))]).sum();
            let scale = trace / (rows * rows) as f64;
            for (k, l) in (0..rows).flat_map(|k| (0..rows).map(move |l| (k, l))) {
                hessian[(place(k), place(l))] += scale;
            }
        }
    }

    /// How many entries of $`\Theta`$ are weights: all but the last column, if that holds the intercepts.
    fn penalized(&self) -> usize {
        self.rows * (self.x.nrows() - usize::from(self.intercept))
    }

    fn weights_of<'t>(&self, theta: &'t DMatrix<f64>) -> impl Iterator<Item = f64> + use<'t> {
        theta.as_slice()[..self.penalized()].iter().copied()
    }

    /// How far the true class of each sample is ahead of the next, smallest and largest over the samples.
    pub(super) fn margins(&self, theta: &DMatrix<f64>) -> Result<(f64, f64), ModelError> {
        let z = matmul(theta, &self.x)?;
        let samples = zip(z.as_slice().chunks_exact(self.rows), self.labels);
        let margins = samples.map(|(z, &label)| margin(z, label));
        Ok(
            margins.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), m| {
                (low.min(m), high.max(m))
            }),
        )
    }
}

/// The row of $`\Theta`$ that belongs to a class, if it has one.
fn row_of(label: u32, rows: usize) -> Option<usize> {
    match (rows, label) {
        (1, 0) => None,
        (1, _) => Some(0),
        _ => Some(label as usize),
    }
}

/// $`-\ln p_y`$.
fn loss(z: &[f64], label: u32) -> f64 {
    match (z, row_of(label, z.len())) {
        ([z], None) => softplus(*z),
        ([z], Some(_)) => softplus(-z),
        (z, row) => log_sum_exp(z) - row.map_or(0.0, |row| z[row]),
    }
}

/// The probabilities of all classes, classes × samples; one score alone is that of class 1, beside 0.
pub(super) fn probabilities(scores: &DMatrix<f64>) -> DMatrix<f64> {
    let (rows, classes) = (scores.nrows().max(1), scores.nrows().max(2));
    let mut p = DMatrix::zeros(classes, scores.ncols());
    let samples = p.as_mut_slice().chunks_exact_mut(classes);
    for (p, z) in zip(samples, scores.as_slice().chunks_exact(rows)) {
        of_sample(z, p);
    }
    p
}

fn of_sample(z: &[f64], p: &mut [f64]) {
    if let ([z], [p0, p1]) = (z, &mut *p) {
        (*p0, *p1) = (sigmoid(-z), sigmoid(*z));
    } else {
        let total = log_sum_exp(z);
        zip(p, z).for_each(|(p, z)| *p = (z - total).exp());
    }
}

/// $`1 - p_k`$, summed from the others.
fn complement(p: &[f64], k: usize) -> f64 {
    p.iter()
        .enumerate()
        .filter(|(l, _)| *l != k)
        .map(|(_, p)| p)
        .sum()
}

/// $`p_k ([k = l] - p_l)`$.
fn curvature(p: &[f64], k: usize, l: usize) -> f64 {
    if k == l {
        p[k] * complement(p, k)
    } else {
        -p[k] * p[l]
    }
}

/// The score of the true class less the largest of the others.
fn margin(z: &[f64], label: u32) -> f64 {
    match (z, row_of(label, z.len())) {
        ([z], None) => -z,
        ([z], Some(_)) => *z,
        (z, row) => {
            let row = row.unwrap_or(0); // more than one row: each class has one
            let others = z.iter().enumerate().filter(|(k, _)| *k != row);
            z[row] - others.map(|(_, z)| *z).fold(f64::NEG_INFINITY, f64::max)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    /// Scores are 0 at first: every class is as likely.
    #[test]
    fn at_zero_all_classes_are_alike() {
        let x = MatrixRef::new(&[1.0, 2.0, 4.0], Shape::new(1, 3), Order::Columns).unwrap();
        for (rows, labels, classes) in [(1, [0, 1, 1], 2.0_f64), (3, [0, 1, 2], 3.0)] {
            let likelihood = Likelihood::new(x, &labels, &[1.0; 3], rows, 0.0, true);
            let theta = DMatrix::zeros(rows, 2);
            let value = likelihood.value(&theta).unwrap();
            assert!((value - 3.0 * classes.ln()).abs() < 1e-14);
        }
        let likelihood = Likelihood::new(x, &[0, 1, 1], &[1.0; 3], 1, 0.0, true);
        let (gradient, hessian) = likelihood.derivatives(&DMatrix::zeros(1, 2)).unwrap();
        assert_eq!(gradient.as_slice(), [-2.5, -0.5]); // ½ − 1 − 2, ½ − ½ − ½
        assert_eq!(hessian.as_slice(), [5.25, 1.75, 1.75, 0.75]); // ¼ Σ x xᵀ
    }

    #[test]
    fn a_margin_is_the_lead_over_the_next() {
        assert_eq!((margin(&[2.0], 1), margin(&[2.0], 0)), (2.0, -2.0));
        assert_eq!(margin(&[1.0, 4.0, 2.0], 1), 2.0);
    }
}
