//! The judge of `612_slope_error`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges the standard error of a slope.
#[must_use]
pub fn slope_error(answer: fn(&[f64], &[f64]) -> f64) -> Verdict {
    type Case = (Vec<f64>, Vec<f64>);
    let call = |(x, y): &Case| format!("slope_error({}, {})", vector(x), vector(y));
    let check = |(x, y): &Case| match right(x, y) {
        Some(right) => is(answer(x, y), right, 1e-7), // a root, near 0 for points near a line
        None => Ok(()),                               // not asked for
    };
    let repeated = |case: &Case| -> Result<(), Text> {
        let (x, y) = case;
        if right(x, y).is_none() {
            return Ok(());
        }
        check(case)?;
        check(&([&x[..]; 4].concat(), [&y[..]; 4].concat()))
    };
    let points = || (3..7_usize).prop_flat_map(|n| (vec(whole(), n), vec(whole(), n)));
    Judge::new(&call)
        .law(
            Law(
                "residuals_are_perpendicular_to_the_features",
                say!(
                    "the residuals are those of the line of least squares, over n - 2 degrees of freedom",
                    "残差取自最小二乘直线，自由度为 n - 2"
                ),
            ),
            &[
                (vec![-1.0, 0.0, 1.0], vec![0.0, 1.0, 0.0]),
                (vec![0.0, 1.0, 2.0], vec![0.0, 1.0, 2.0]),
                (vec![0.0, 2.0, 4.0], vec![0.0, 2.0, 1.0]),
            ],
            &points(),
            check,
        )
        .law(
            Law(
                "standard_errors_fall_with_the_root_of_samples",
                say!(
                    "four times the same samples: about half of the error",
                    "同样的样本出现四次：标准误差大约减半"
                ),
            ),
            &[(vec![-1.0, 0.0, 1.0], vec![0.0, 1.0, 0.0])],
            &points(),
            repeated,
        )
        .verdict()
}

/// By the correlation: the share of the variance that the line leaves.
fn right(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len() as f64;
    let mean = |a: &[f64]| a.iter().sum::<f64>() / n;
    let (mx, my) = (mean(x), mean(y));
    let sum =
        |f: &dyn Fn(f64, f64) -> f64| x.iter().zip(y).map(|(x, y)| f(x - mx, y - my)).sum::<f64>();
    let [sxx, sxy, syy] = [sum(&|x, _| x * x), sum(&|x, y| x * y), sum(&|_, y| y * y)];
    let asked = x.len() == y.len() && x.len() > 2 && sxx > 0.0;
    let left = (syy - sxy * sxy / sxx).max(0.0);
    asked.then(|| (left / (n - 2.0) / sxx).sqrt())
}
