//! Attributions against exact fractions, mpmath, shap and captum; see `golden/attributions.py`.

use gradus_explain::{
    MatrixRef, Order, Shape, Tolerance, coalition_values, integrated_gradients, occlusion, shapley,
    shapley_kernel,
};
use gradus_testkit::{all_scaled, golden};
use std::error::Error;

const FUNCTIONS: [fn(&[f64]) -> f64; 3] = [
    |x| x[0] * x[1] + x[2] * x[3],
    |x| x.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    |x| x.iter().sum::<f64>().tanh(),
];
const BACKGROUND: [f64; 12] = [0.0, 0.0, 0.0, 0.0, 1.0, -1.0, 2.0, 0.5, 2.0, 1.0, -1.0, 1.5];
const POINT: [f64; 3] = [0.8, -1.2, 2.0];
const BASELINE: [f64; 3] = [0.1, 0.2, -0.3];

/// The network of the script, output 1, with its gradient.
fn network(rectified: bool, x: &[f64]) -> (f64, Vec<f64>) {
    let w1 = [
        [1.0, -2.0, 0.5],
        [-1.5, 1.0, 1.0],
        [0.25, 0.75, -1.0],
        [2.0, 0.0, -0.5],
    ];
    let (b1, w2) = ([0.1, -0.2, 0.3, -0.4], [-0.5, 2.0, 1.0, -1.0]);
    let (mut value, mut slope) = (-0.05, vec![0.0; 3]);
    for ((row, b), out) in w1.iter().zip(b1).zip(w2) {
        let z = row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + b;
        let (a, d) = if rectified {
            (z.max(0.0), f64::from(u8::from(z > 0.0)))
        } else {
            (z.tanh(), 1.0 - z.tanh().powi(2))
        };
        value += out * a;
        slope
            .iter_mut()
            .zip(row)
            .for_each(|(s, w)| *s += out * d * w);
    }
    (value, slope)
}

#[test]
fn attributions_are_golden() -> Result<(), Box<dyn Error>> {
    let background = MatrixRef::new(&BACKGROUND, Shape::new(4, 3), Order::Columns)?;
    let (x, scale) = ([1.5, 2.0, -0.5, 3.0], 10.0);
    let mut found = Vec::new();
    for f in FUNCTIONS {
        let game = coalition_values(f, &x, background)?;
        found.push(shapley(&game)?);
        // κ of four players is below 16; values are below ten.
        all_scaled(
            &shapley_kernel(&game)?,
            &shapley(&game)?,
            64.0 * f64::EPSILON,
            scale,
        )?;
    }
    for rectified in [true, false] {
        let relative = if rectified { 1e-12 } else { 1e-13 };
        let tolerance = Tolerance {
            absolute: 0.0,
            relative,
        };
        let path = integrated_gradients(|x| network(rectified, x), &POINT, &BASELINE, tolerance)?;
        assert!(path.gap.abs() <= 1e-12 && path.errors.iter().sum::<f64>() < 1e-10);
        found.push(path.values);
    }
    for row in golden::read(include_str!("golden/attributions.csv"))? {
        let place = |x: f64| {
            (0..5_usize)
                .find(|&k| k as f64 == x)
                .ok_or("a small number")
        };
        let (which, i) = (place(row.inputs[0])?, place(row.inputs[1])?);
        if which == 3 {
            // Bisection ends at a kink within the tolerance: the error is that of the integral.
            assert!(
                (found[3][i] - row.output).abs() < 1e-11,
                "{row:?} {:?}",
                found[3]
            );
        } else if row.output == 0.0 {
            assert!(found[which][i].abs() < 16.0 * f64::EPSILON, "{row:?}");
        } else {
            row.check(found[which][i])?;
        }
    }
    Ok(())
}

/// What captum 0.7 printed; its occlusion is in single precision.
#[test]
fn ablation_and_occlusion_are_those_of_captum() -> Result<(), Box<dyn Error>> {
    let f = |x: &[f64]| network(true, x).0;
    let single = [vec![0], vec![1], vec![2]];
    let ablation = occlusion(f, &POINT, &BASELINE, &single)?;
    all_scaled(&ablation, &[-1.45, -3.0, 0.575], 16.0 * f64::EPSILON, 4.0)?;
    let pairs = [vec![0, 1], vec![1, 2]];
    let occluded = occlusion(f, &POINT, &BASELINE, &pairs)?;
    all_scaled(
        &occluded,
        &[-5.650000095367432, -3.7125000953674316, -1.774999976158142],
        2e-7,
        1.0,
    )?;
    let (value, slope) = network(true, &POINT);
    all_scaled(&[value], &[-2.4], 8.0 * f64::EPSILON, 4.0)?;
    assert_eq!(slope, [-2.5, 1.0, 0.25]);
    Ok(())
}
