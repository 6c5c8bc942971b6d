//! The judge of `813_integrated_gradients`.

use crate::judging::comparison::{are, length, part_is};
use crate::judging::inputs::two_vectors;
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::strategy::Strategy;

/// A gradient, x, the baseline and a number of steps, to shares.
pub type IntegratedGradients = fn(&dyn Fn(&[f64]) -> Vec<f64>, &[f64], &[f64], usize) -> Vec<f64>;

/// x, the baseline and a number of steps.
type Case = (Vec<f64>, Vec<f64>, usize);

/// Judges integrated gradients of a linear function and of half of the squared sum.
#[must_use]
pub fn integrated_gradients(answer: IntegratedGradients) -> Verdict {
    let call = |(x, b, steps): &Case| {
        let [x, b] = [x, b].map(|it| vector(it));
        format!("integrated_gradients(…, {x}, {b}, {steps})")
    };
    let more = || (two_vectors(), 1..5_usize).prop_map(|((x, b), steps)| (x, b, steps));
    Judge::new(&call)
        .law(
            Law(
                "integrated_gradients_of_a_linear_model",
                say!(
                    "of f(x) = x₀ + 2 x₁ + 3 x₂ + … it is the slope times x - b, however many steps",
                    "对 f(x) = x₀ + 2 x₁ + 3 x₂ + …，就是斜率乘以 x - b，与步数无关"
                ),
            ),
            &[
                (vec![1.0], vec![0.0], 1),
                (vec![2.0, 3.0], vec![0.0, 1.0], 1),
                (vec![2.0, 3.0], vec![0.0, 1.0], 2),
            ],
            &more(),
            |case| linear(answer, case),
        )
        .law(
            Law(
                "integrated_gradients_are_complete",
                say!(
                    "of f(x) = (x₀ + x₁ + …)² / 2 they sum to f(x) - f(b), and each has the mean slope of the way",
                    "对 f(x) = (x₀ + x₁ + …)² / 2，各份之和为 f(x) - f(b)，每份取途中的平均斜率"
                ),
            ),
            &[
                (vec![2.0], vec![0.0], 1),
                (vec![2.0], vec![0.0], 2),
                (vec![3.0], vec![1.0], 1),
                (vec![2.0, 1.0], vec![0.0, 1.0], 2),
            ],
            &more(),
            |case| quadratic(answer, case),
        )
        .verdict()
}

fn asked((x, b, steps): &Case) -> bool {
    !x.is_empty() && x.len() == b.len() && *steps > 0
}

fn linear(answer: IntegratedGradients, case: &Case) -> Result<(), Text> {
    let (x, b, steps) = case;
    if !asked(case) {
        return Ok(());
    }
    let slopes: Vec<f64> = (1..=x.len()).map(|i| i as f64).collect();
    let right: Vec<f64> = (0..x.len()).map(|i| slopes[i] * (x[i] - b[i])).collect();
    are(&answer(&|_| slopes.clone(), x, b, *steps), &right, 1e-12)
}

/// The gradient is linear along the way, so the midpoint rule is exact.
fn quadratic(answer: IntegratedGradients, case: &Case) -> Result<(), Text> {
    let (x, b, steps) = case;
    if !asked(case) {
        return Ok(());
    }
    let sum = |at: &[f64]| at.iter().sum::<f64>();
    let shares = answer(&|at| vec![sum(at); at.len()], x, b, *steps);
    length(shares.len(), x.len())?;
    let all = vector(&shares);
    let name = (
        &*format!("is {all}; its sum"),
        &*format!("得到 {all}；其和"),
    );
    let difference = 0.5 * (sum(x) * sum(x) - sum(b) * sum(b));
    part_is(name, sum(&shares), difference, 1e-11)?;
    let slope = 0.5 * (sum(x) + sum(b));
    let right: Vec<f64> = x.iter().zip(b).map(|(x, b)| slope * (x - b)).collect();
    are(&shares, &right, 1e-11)
}
