//! Sums of squares.

use crate::distance;
use gradus_minimize::nalgebra::{DMatrix, DVector};
use gradus_minimize::{MinimizeError, Stopping, gauss_newton, levenberg_marquardt};
use gradus_testkit::cases;
use gradus_testkit::strategies::vector;
use proptest::prelude::*;

/// Five observations of a exp(−b t), with residuals that do not vanish.
fn decay(x: &[f64]) -> Vec<f64> {
    let y = [2.0, 1.3, 0.7, 0.5, 0.2];
    (0..5)
        .map(|i| x[0] * (-x[1] * i as f64 / 2.0).exp() - y[i])
        .collect()
}

fn decay_jacobian(x: &[f64]) -> DMatrix<f64> {
    DMatrix::from_fn(5, 2, |i, j| {
        let t = i as f64 / 2.0;
        let e = (-x[1] * t).exp();
        if j == 0 { e } else { -x[0] * t * e }
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn gauss_newton_fits_a_linear_model_at_once(a in vector(12), b in vector(4), start in vector(3)) {
        let clip = |v: &[f64]| v.iter().map(|x| x.clamp(-9.0, 9.0)).collect::<Vec<_>>();
        let a = DMatrix::from_vec(4, 3, clip(&a)) + DMatrix::from_fn(4, 3, |i, j| if i == j { 30.0 } else { 0.0 });
        let (b, start) = (DVector::from_vec(clip(&b)), clip(&start));
        let r = |x: &[f64]| (&a * DVector::from_row_slice(x) - &b).as_slice().to_vec();
        let stopping = Stopping { residual: 1e-9, ..Stopping::default() };
        let report = gauss_newton(r, |_| a.clone(), &start, stopping, |_| ())?;
        prop_assert!(report.iterations <= 1 && report.residual <= 1e-9, "{report:?}");
    }

    #[test]
    fn levenberg_and_marquardt_do_not_see_the_units(a in 0.5..4.0, b in 0.1..3.0, i in -20..20_i32, j in -20..20_i32) {
        let units = [2.0_f64.powi(i), 2.0_f64.powi(j)];
        let inside = |x: &[f64]| [x[0] / units[0], x[1] / units[1]];
        let stopping = Stopping { residual: 0.0, iterations: 8, ..Stopping::default() };
        let one = levenberg_marquardt(decay, decay_jacobian, &[a, b], stopping, |_| ())?;
        let jacobian = |x: &[f64]| {
            let j = decay_jacobian(&inside(x));
            DMatrix::from_fn(5, 2, |i, k| j[(i, k)] / units[k])
        };
        let start = [a * units[0], b * units[1]];
        let other = levenberg_marquardt(|x| decay(&inside(x)), jacobian, &start, stopping, |_| ())?;
        prop_assert_eq!(one.x, inside(&other.x).to_vec());
    }

    #[test]
    fn least_squares_methods_agree(a in 0.5..4.0, b in 0.1..3.0) {
        let one = levenberg_marquardt(decay, decay_jacobian, &[a, b], Stopping::default(), |_| ())?;
        let other = gauss_newton(decay, decay_jacobian, &[a, b], Stopping::default(), |_| ())?;
        prop_assert!(one.stop.is_converged() && other.stop.is_converged(), "{one:?} {other:?}");
        prop_assert!(distance(&one.x, &other.x) <= 1e-7);
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let wide = |_: &[f64]| DMatrix::zeros(5, 3);
    let report = levenberg_marquardt(decay, wide, &[1.0, 1.0], Stopping::default(), |_| ());
    assert!(matches!(
        report,
        Err(MinimizeError::LengthMismatch {
            expected: 2,
            actual: 3,
            ..
        })
    ));
    let nan = |_: &[f64]| DMatrix::from_element(5, 2, f64::NAN);
    let report = gauss_newton(decay, nan, &[1.0, 1.0], Stopping::default(), |_| ());
    assert!(matches!(report, Err(MinimizeError::NonFinite { .. })));
    let report = gauss_newton(
        |_| vec![f64::INFINITY; 5],
        decay_jacobian,
        &[1.0, 1.0],
        Stopping::default(),
        |_| (),
    );
    assert!(matches!(report, Err(MinimizeError::StartOutside { .. })));
}

/// A parameter that nothing depends on stays where it is.
#[test]
fn an_idle_parameter_is_left_alone() -> Result<(), MinimizeError> {
    let r = |x: &[f64]| vec![x[0] - 3.0, 2.0 * x[0] - 6.0];
    let j = |_: &[f64]| DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 2.0, 0.0]);
    for report in [
        levenberg_marquardt(r, j, &[0.0, 7.0], Stopping::default(), |_| ())?,
        gauss_newton(r, j, &[0.0, 7.0], Stopping::default(), |_| ())?,
    ] {
        assert!(
            (report.x[0] - 3.0).abs() < 1e-8 && report.x[1] == 7.0,
            "{report:?}"
        );
    }
    Ok(())
}
