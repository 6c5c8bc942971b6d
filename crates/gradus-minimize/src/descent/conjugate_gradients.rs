//! Nonlinear conjugate gradients.

use crate::core::point::Point;
use crate::core::report::{Iterate, Report};
use crate::core::stopping::Stopping;
use crate::core::vector::{along, difference, dot, scaled};
use crate::descent::walk::{Direction, walk};
use crate::error::MinimizeError;
use crate::line_search::rule::LineSearch;
use gradus_numeric::norm2;

/// By how much a direction follows the one before: the $`\beta`$ of $`p_{k+1} = -g_{k+1} + \beta p_k`$.
///
/// With $`y = g_{k+1} - g_k`$:
///
/// | formula | $`\beta`$ |
/// |---------|-----------|
/// | `FletcherReeves` | $`g_{k+1}^\top g_{k+1} / g_k^\top g_k`$ |
/// | `PolakRibierePlus` | $`\max(0,\; y^\top g_{k+1} / g_k^\top g_k)`$ |
/// | `HagerZhang` | $`\max(\eta,\; (y - 2 p\, y^\top y / p^\top y)^\top g_{k+1} / p^\top y)`$, $`\eta = -1 / (\lVert p \rVert \min(0.01, \lVert g_k \rVert))`$ |
///
/// On a quadratic with exact steps all three are the same number. Away from it, Fletcher and Reeves can take many tiny steps
/// after a bad one; Polak and Ribière then turn to the steepest descent by themselves; the direction of Hager and Zhang
/// always descends, $`p^\top g \le -\tfrac78 \lVert g \rVert^2`$, whatever the line search.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | all three are the same on a quadratic | `conjugate_formulas_agree_on_a_quadratic` |
/// | Hager and Zhang's direction descends | `hager_and_zhang_descend_whatever_the_step` |
///
/// # Examples
///
/// See [`nonlinear_conjugate_gradients`].
///
/// # References
///
/// J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), §5.2; W. W. Hager and H. Zhang, *A new conjugate
/// gradient method with guaranteed descent and an efficient line search* (2005).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conjugate {
    /// Fletcher and Reeves, 1964.
    FletcherReeves,
    /// Polak and Ribière, 1969, cut at 0 (Powell).
    PolakRibierePlus,
    /// Hager and Zhang, 2005.
    HagerZhang,
}

/// Conjugate gradients for any smooth function: each direction keeps some of the one before.
///
/// ```math
/// p_0 = -g_0, \qquad p_{k+1} = -g_{k+1} + \beta_k p_k
/// ```
///
/// with one of three formulas for $`\beta`$. Two vectors of memory, and far fewer steps than steepest descent. The theory is that
/// of exact steps, so `rule` should be tighter than for quasi-Newton methods: Wolfe's with $`c_2 = 0.1`$ is usual. The
/// residual is $`\lVert \nabla f \rVert_\infty`$.
///
/// # Shapes
///
/// `start: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | on a quadratic the directions are conjugate, $`p_i^\top A p_j = 0`$: n steps suffice | `conjugate_gradients_need_n_steps` |
/// | the value never rises | `descent_methods_descend` |
///
/// # Errors
///
/// As [`gradient_descent`](crate::gradient_descent).
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Conjugate, LineSearch, Stopping, nonlinear_conjugate_gradients};
///
/// let rosenbrock = |x: &[f64], g: &mut [f64]| {
///     let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
///     (g[0], g[1]) = (-2.0 * a - 400.0 * x[0] * b, 200.0 * b);
///     a * a + 100.0 * b * b
/// };
/// let start = [-1.2, 1.0];
/// let formula = Conjugate::PolakRibierePlus;
/// let rule = LineSearch::StrongWolfe { decrease: 1e-4, curvature: 0.1 };
/// let report = nonlinear_conjugate_gradients(rosenbrock, &start, formula, rule, Stopping::default(), |_| ())?;
/// assert!((report.x[0] - 1.0).abs() < 1e-7 && (report.x[1] - 1.0).abs() < 1e-7);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// J. Nocedal and S. J. Wright, *Numerical Optimization*, 2nd ed. (2006), §5.2.
#[doc(alias = "Fletcher-Reeves")]
#[doc(alias = "Polak-Ribiere")]
pub fn nonlinear_conjugate_gradients(
    mut f: impl FnMut(&[f64], &mut [f64]) -> f64,
    start: &[f64],
    formula: Conjugate,
    rule: LineSearch,
    stopping: Stopping,
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let before = None;
    let method = Follow { formula, before };
    walk(&mut f, start, rule, stopping, &mut observe, method)
}

/// The last direction, and the gradient from which it started.
struct Follow {
    formula: Conjugate,
    before: Option<(Vec<f64>, Vec<f64>)>,
}

impl Direction for Follow {
    fn direction(&mut self, at: &Point) -> Result<Vec<f64>, MinimizeError> {
        let p = match &self.before {
            None => scaled(-1.0, &at.gradient),
            Some((p, g)) => {
                let beta = self.formula.beta(p, g, &at.gradient);
                along(&scaled(-1.0, &at.gradient), beta, p)
            }
        };
        self.before = Some((p.clone(), at.gradient.clone()));
        Ok(p)
    }

    fn forget(&mut self) {
        self.before = None;
    }

    fn is_scaled(&self) -> bool {
        false
    }
}

impl Conjugate {
    /// From the direction `p`, the gradient `g` where it started and `new` where it led.
    fn beta(self, p: &[f64], g: &[f64], new: &[f64]) -> f64 {
        let y = difference(new, g);
        match self {
            Self::FletcherReeves => dot(new, new) / dot(g, g),
            Self::PolakRibierePlus => (dot(&y, new) / dot(g, g)).max(0.0),
            Self::HagerZhang => {
                let curvature = dot(p, &y);
                let corrected = along(&y, -2.0 * dot(&y, &y) / curvature, p);
                let eta = -1.0 / (norm2(p) * norm2(g).min(0.01));
                (dot(&corrected, new) / curvature).max(eta)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Conjugate;
    use crate::core::vector::{along, dot, scaled};

    /// The theorem of Hager and Zhang, for steps that no line search would take.
    #[test]
    fn hager_and_zhang_descend_whatever_the_step() {
        for k in 1..200 {
            let wave = |phase: f64| {
                (0..3)
                    .map(|i| (phase * f64::from(k * (i + 1))).sin())
                    .collect::<Vec<_>>()
            };
            let (p, g, new) = (wave(1.0), wave(2.3), wave(3.7));
            let beta = Conjugate::HagerZhang.beta(&p, &g, &new);
            let next = along(&scaled(-1.0, &new), beta, &p);
            // 7/8 is the theorem's constant for the formula that is not cut.
            assert!(
                dot(&next, &new) <= -0.875 * dot(&new, &new) * (1.0 - 1e-9),
                "{k}"
            );
        }
    }

    #[test]
    fn formulas_agree_where_gradients_are_perpendicular() {
        let (p, g, new) = ([-1.0, 0.0], [1.0, 0.0], [0.0, 2.0]);
        for formula in [
            Conjugate::FletcherReeves,
            Conjugate::PolakRibierePlus,
            Conjugate::HagerZhang,
        ] {
            assert_eq!(formula.beta(&p, &g, &new), 4.0);
        }
    }
}
