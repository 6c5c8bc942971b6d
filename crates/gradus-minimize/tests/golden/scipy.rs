//! Work beside SciPy's: evaluations of L-BFGS, measured by `golden/minima.py` and told in its table.

use gradus_minimize::{Stop, Stopping, lbfgs};
use gradus_testkit::golden;
use std::error::Error;

/// The chained Rosenbrock function of SciPy, `rosen`.
fn rosen(x: &[f64], g: &mut [f64]) -> f64 {
    g.fill(0.0);
    let mut value = 0.0;
    for i in 0..x.len() - 1 {
        let (a, b) = (1.0 - x[i], x[i + 1] - x[i] * x[i]);
        g[i] += -2.0 * a - 400.0 * x[i] * b;
        g[i + 1] += 200.0 * b;
        value += a * a + 100.0 * b * b;
    }
    value
}

/// Logistic regression on 200 exact dyadic samples of 10 features, with a ridge of 1/100.
fn logistic(w: &[f64], g: &mut [f64]) -> f64 {
    g.copy_from_slice(&w.iter().map(|w| 0.01 * w).collect::<Vec<_>>());
    let mut value = w.iter().map(|w| 0.005 * w * w).sum::<f64>();
    for i in 0..200_u32 {
        let x =
            |j: u32| f64::from((7 * i + 13 * i * i + 29 * (j + 1) * (i + 3)) % 31) / 16.0 - 0.9375;
        let y = if (0..10)
            .map(|j| x(j) * (1.0 - 0.25 * f64::from(j)))
            .sum::<f64>()
            + x(3) * x(5)
            > 0.0
        {
            1.0
        } else {
            -1.0
        };
        let z: f64 = (0..10).map(|j| y * x(j) * w[j as usize]).sum();
        value += (-z).exp().ln_1p() / 200.0;
        for (j, g) in (0..).zip(g.iter_mut()) {
            *g -= y * x(j) / (1.0 + z.exp()) / 200.0;
        }
    }
    value
}

#[test]
fn lbfgs_needs_no_more_evaluations_than_scipy() -> Result<(), Box<dyn Error>> {
    let table = golden::read(include_str!("minima.csv"))?;
    let counts: Vec<f64> = table
        .iter()
        .filter(|r| r.class == "evaluations")
        .map(|r| r.output)
        .collect();
    let start: Vec<f64> = (0..1000)
        .map(|i| if i % 2 == 0 { -1.2 } else { 1.0 })
        .collect();
    let stopping = Stopping {
        residual: 1e-5,
        ..Stopping::default()
    };
    let valley = lbfgs(rosen, &start, 10, stopping, |_| ())?;
    let fit = lbfgs(logistic, &[0.0; 10], 10, stopping, |_| ())?;
    for (report, theirs) in [valley, fit].iter().zip(counts) {
        assert_eq!(report.stop, Stop::Residual);
        assert!(
            report.evaluations as f64 <= theirs,
            "{} beside {theirs}",
            report.evaluations
        );
    }
    Ok(())
}
