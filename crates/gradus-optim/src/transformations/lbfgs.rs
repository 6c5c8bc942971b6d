//! L-BFGS: the inverse Hessian from the last differences of parameters and gradients.

use crate::core::layout::Entry;
use crate::core::transformation::{Grain, Now, Part, Reach, Transformation};
use crate::error::OptimError;
use gradus_numeric::Float;

/// Multiplies by an inverse Hessian that is made of the last `memory` steps: the two-loop recursion.
///
/// ```math
/// q = g; \quad \alpha_i = \rho_i s_i^\top q,\ q \leftarrow q - \alpha_i y_i; \quad r = \gamma q; \quad
/// r \leftarrow r + s_i (\alpha_i - \rho_i y_i^\top r)
/// ```
///
/// # References
///
/// J. Nocedal and S. J. Wright, *Numerical Optimization* (2006), algorithm 7.4.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByLbfgs {
    /// How many differences are kept.
    pub memory: usize,
}

impl<T: Float> Transformation<T> for ScaleByLbfgs {
    fn check(&self) -> Result<(), OptimError> {
        if self.memory == 0 {
            Err(OptimError::NoSteps { name: "memory" })
        } else {
            Ok(())
        }
    }

    fn grain(&self) -> Grain {
        Grain::Whole
    }

    fn vectors(&self, all: &Entry) -> Vec<(&'static str, usize)> {
        let (n, m) = (all.window().len(), self.memory);
        vec![
            ("s", m * n),
            ("y", m * n),
            ("theta", n),
            ("gradient", n),
            ("_alpha", m),
        ]
    }

    fn numbers(&self) -> Vec<&'static str> {
        vec!["pairs"]
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers.fill((now.step - 1) as f64);
        Ok(())
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count below 2⁵³"
    )]
    fn apply(&self, part: Part<'_, T>) {
        let (n, pairs) = (part.update.len(), part.numbers[0] as usize);
        let [s, y, theta, gradient, alpha] = part.vectors else {
            return;
        };
        let q = part.update;
        let at = |pair: usize| (pair - 1) % self.memory * n..((pair - 1) % self.memory + 1) * n;
        if pairs > 0 {
            difference(part.theta, theta, &mut s[at(pairs)]);
            difference(q, gradient, &mut y[at(pairs)]);
        }
        theta.copy_from_slice(part.theta);
        gradient.copy_from_slice(q);
        let recent = pairs.saturating_sub(self.memory) + 1..pairs + 1;
        for pair in recent.clone().rev() {
            let (s, y) = (&s[at(pair)], &y[at(pair)]);
            let a = dot(s, q) * inverse(dot(s, y));
            alpha[(pair - 1) % self.memory] = T::from_f64(a);
            add_multiple(-a, y, q);
        }
        let scale = if pairs == 0 {
            inverse(dot(q, q).sqrt()).min(1.0)
        } else {
            dot(&s[at(pairs)], &y[at(pairs)]) * inverse(dot(&y[at(pairs)], &y[at(pairs)]))
        };
        q.iter_mut().for_each(|q| *q = *q * T::from_f64(scale));
        for pair in recent {
            let (s, y) = (&s[at(pair)], &y[at(pair)]);
            let b = dot(y, q) * inverse(dot(s, y));
            add_multiple(alpha[(pair - 1) % self.memory].to_f64() - b, s, q);
        }
    }

    /// None is known: whoever chains this clips after it.
    fn bound(&self, _reach: Reach, _numbers: &[f64]) -> f64 {
        f64::INFINITY
    }
}

fn difference<T: Float>(a: &[T], b: &[T], to: &mut [T]) {
    for ((to, &a), &b) in to.iter_mut().zip(a).zip(b) {
        *to = a - b;
    }
}

fn dot<T: Float>(a: &[T], b: &[T]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a.to_f64() * b.to_f64()).sum()
}

fn add_multiple<T: Float>(c: f64, x: &[T], to: &mut [T]) {
    to.iter_mut()
        .zip(x)
        .for_each(|(to, &x)| *to += T::from_f64(c) * x);
}

fn inverse(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { 1.0 / x }
}
