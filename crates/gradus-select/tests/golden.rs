//! Improvement, processes and luck against mpmath, SciPy and scikit-learn; see `golden/selection.py`.

use gradus_select::{Covariance, GaussianProcess, expected_best_accuracy, expected_improvement};
use gradus_testkit::golden;
use std::error::Error;

#[test]
fn selection_is_golden() -> Result<(), Box<dyn Error>> {
    let points = [
        vec![0.1, 0.2],
        vec![0.5, 0.9],
        vec![0.8, 0.3],
        vec![0.35, 0.6],
    ];
    let covariance = Covariance {
        variance: 1.5,
        length: 0.4,
        noise: 0.01,
    };
    let process = GaussianProcess::new(&points, &[1.5, -0.25, 2.0, 0.5], covariance)?;
    for row in golden::read(include_str!("golden/selection.csv"))? {
        let [kind, a, b, c] = row.inputs[..] else {
            return Err("four inputs".into());
        };
        let whole = |x: f64| {
            (0..2000_u32)
                .find(|&n| f64::from(n) == x)
                .ok_or("a whole number")
        };
        row.check(match whole(kind)? {
            0 => expected_improvement(a, b, c),
            1 => process.predict(&[a, b])?.0,
            2 => process.predict(&[a, b])?.1,
            3 => process.ln_evidence(),
            _ => expected_best_accuracy(a, whole(b)?, whole(c)?)?,
        })?;
    }
    Ok(())
}
