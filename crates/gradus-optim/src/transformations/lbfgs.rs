//! L-BFGS: the inverse Hessian from the last differences of parameters and gradients.

use crate::core::layout::Entry;
use crate::core::settings::at_least_one;
use crate::core::squares::{norm, square};
use crate::core::transformation::{Grain, Now, Part, Reach, Transformation, Vector};
use crate::error::OptimError;
use gradus_numeric::Float;
use std::iter::zip;

/// Multiplies by an inverse Hessian that is made of the last `memory` steps: the two-loop recursion.
///
/// ```math
/// \begin{aligned}
/// q &= g; & \text{from new to old: } \alpha_i &= \frac{s_i^\top q}{s_i^\top y_i}, & q &\leftarrow q - \alpha_i y_i; \\
/// q &\leftarrow \frac{s^\top y}{y^\top y}\, q; & \text{from old to new: } \beta_i &= \frac{y_i^\top q}{s_i^\top y_i}, &
/// q &\leftarrow q + (\alpha_i - \beta_i)\, s_i
/// \end{aligned}
/// ```
///
/// where $`s_i = \theta_{i+1} - \theta_i`$ and $`y_i = g_{i+1} - g_i`$ are the last `memory` differences. It is the action
/// of the BFGS matrix $`H \approx (\nabla^2 f)^{-1}`$ on the gradient in $`4 m n`$ operations, without the matrix. The
/// first step is $`g \min(1, 1 / \lVert g \rVert)`$. It needs gradients of *one* function: whole batches.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the secant equation $`H y = s`$ for the last pair | `lbfgs_obeys_the_secant_equation` |
/// | two loops are a product with the dense matrix of the pairs | `two_loops_are_a_dense_matrix` |
/// | $`g^\top H g > 0`$: the update descends | `lbfgs_descends` |
///
/// # Numerics
///
/// Pairs without positive curvature, $`s^\top y \le 0`$, count nothing: they would make $`H`$ indefinite. Should a
/// direction overflow nevertheless, the step is that of the first one. Dot products are taken in double precision. No
/// bound on the update is known: put a [`ClipByValue`](crate::ClipByValue) behind it, or the chain refuses the step.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses `memory: 0`.
///
/// # Examples
///
/// ```
/// use gradus_optim::{ClipByValue, Gradient, Layout, Link, ScaleByLbfgs, ScaleByLearningRate, Shape, chain};
///
/// let optimizer = chain(vec![
///     Link::coarse(ScaleByLbfgs { memory: 4 }),
///     Link::new((ClipByValue { limit: 1e6 }, ScaleByLearningRate::new(1.0))),
/// ])?;
/// let mut layout = Layout::new();
/// layout.push("x", Shape::new(2, 1))?;
/// let mut x = [1.0_f64, 1.0];
/// let mut state = optimizer.init(&layout, &x)?;
/// for _ in 0..12 {
///     let g = [x[0], 100.0 * x[1]]; // of ½x² + 50y²
///     optimizer.update(&mut state, &mut x, Gradient::sum_of(&[&g]))?;
/// }
/// assert!(x[0].hypot(x[1]) < 1e-6); // gradient descent takes hundreds of steps
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd edition (2006), algorithms 7.4 and 7.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScaleByLbfgs {
    /// How many differences are kept; 3 to 20.
    pub memory: usize,
}

impl<T: Float> Transformation<T> for ScaleByLbfgs {
    fn check(&self) -> Result<(), OptimError> {
        at_least_one("memory", self.memory as u64)
    }

    fn grain(&self) -> Grain {
        Grain::Whole
    }

    fn vectors(&self, all: &Entry) -> Vec<(Vector, usize)> {
        let (n, m) = (all.window().len(), self.memory);
        vec![
            (Vector::signed("s"), m.saturating_mul(n)),
            (Vector::signed("y"), m.saturating_mul(n)),
            (Vector::signed("theta"), n),
            (Vector::signed("gradient"), n),
            (Vector::scratch("alpha"), m),
        ]
    }

    fn numbers(&self) -> Vec<&'static str> {
        vec!["pairs", "newest"]
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let (made, memory) = (now.step - 1, self.memory as u64); // a pair needs two steps
        let newest = made.saturating_sub(1) % memory;
        numbers.copy_from_slice(&[made.min(memory) as f64, newest as f64]);
        Ok(())
    }

    fn apply(&self, part: Part<'_, T>) {
        let n = part.update.len();
        let [pairs, newest] = [0, 1].map(|i| whole(part.numbers[i]));
        let [s, y, theta, gradient, alpha] = part.vectors else {
            return;
        };
        // Pairs stand in a ring; they are counted by their age.
        let slot = |age: usize| (newest + self.memory - age) % self.memory;
        let at = |age: usize| slot(age) * n..(slot(age) + 1) * n;
        if pairs > 0 {
            difference(part.theta, theta, &mut s[at(0)]);
            difference(part.update, gradient, &mut y[at(0)]);
        }
        theta.copy_from_slice(part.theta);
        gradient.copy_from_slice(part.update);
        let q = part.update;
        let curved = |age: &usize| dot(&s[at(*age)], &y[at(*age)]) > 0.0;
        for age in (0..pairs).filter(curved) {
            let (s, y) = (&s[at(age)], &y[at(age)]);
            let a = dot(s, q) / dot(s, y);
            alpha[slot(age)] = T::from_f64(a);
            add_multiple(-a, y, q);
        }
        let scale = match (0..pairs).find(curved) {
            Some(last) => dot(&s[at(last)], &y[at(last)]) / dot(&y[at(last)], &y[at(last)]),
            None => unit(q),
        };
        for q in q.iter_mut() {
            *q = T::from_f64(q.to_f64() * scale);
        }
        for age in (0..pairs).rev().filter(curved) {
            let (s, y) = (&s[at(age)], &y[at(age)]);
            let b = dot(y, q) / dot(s, y);
            add_multiple(alpha[slot(age)].to_f64() - b, s, q);
        }
        if !q.iter().all(|q| q.is_finite()) {
            let scale = unit(gradient);
            zip(q, &**gradient).for_each(|(q, g)| *q = T::from_f64(g.to_f64() * scale));
        }
    }

    fn bound(&self, _reach: Reach, _numbers: &[f64]) -> f64 {
        T::MAX.to_f64() // finite, and no more is known
    }
}

/// A count that was kept as a number.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most the memory"
)]
fn whole(x: f64) -> usize {
    x as usize
}

fn difference<T: Float>(a: &[T], b: &[T], to: &mut [T]) {
    for (to, (&a, &b)) in zip(to, zip(a, b)) {
        *to = a - b;
    }
}

/// $`a^\top b`$, scaled as [`square`]s are, so that it is finite for ordinary numbers: only quotients of it are used.
fn dot<T: Float>(a: &[T], b: &[T]) -> f64 {
    let one = square(1.0);
    zip(a, b).map(|(a, b)| a.to_f64() * one * b.to_f64()).sum()
}

/// $`\min(1, 1 / \lVert g \rVert)`$.
fn unit<T: Float>(g: &[T]) -> f64 {
    let norm = norm(dot(g, g));
    if norm > 1.0 { 1.0 / norm } else { 1.0 }
}

fn add_multiple<T: Float>(c: f64, x: &[T], to: &mut [T]) {
    for (to, x) in zip(to, x) {
        *to = T::from_f64(to.to_f64() + c * x.to_f64());
    }
}
