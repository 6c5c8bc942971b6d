//! Well-known functions of two variables: every method finds the minimum that mpmath and SciPy find.

use gradus_autodiff::{hessian, value_and_gradient};
use gradus_linalg::nalgebra::DMatrix;
use gradus_minimize::{
    Bounds, CmaEs, Conjugate, LineSearch, MinimizeError, Report, Stopping, bfgs, cma_es,
    coordinate_descent, dogleg, lbfgs, lbfgs_b, nelder_mead, newton, nonlinear_conjugate_gradients,
};
use gradus_numeric::Real;
use gradus_random::Key;
use gradus_testkit::{golden, scaled};
use std::error::Error;
use std::f64::consts::PI;

/// Names and starts, as in `minima.py`.
const STARTS: [(&str, [f64; 2]); 15] = [
    ("rosenbrock", [-1.2, 1.0]),
    ("beale", [1.0, 1.0]),
    ("himmelblau", [2.5, 2.5]),
    ("himmelblau_left", [-3.0, 3.0]),
    ("booth", [-5.0, 4.0]),
    ("matyas_tilted", [4.0, -3.0]),
    ("mccormick", [-0.5, -1.25]),
    ("styblinski_tang", [-2.0, -2.5]),
    ("six_hump_camel", [0.5, -1.0]),
    ("goldstein_price", [0.05, -0.95]),
    ("branin", [3.0, 2.0]),
    ("easom", [3.0, 3.3]),
    ("zakharov_tilted", [3.0, -2.0]),
    ("levy_13", [1.02, 0.97]),
    ("exponential_valley", [1.0, 1.0]),
];

fn c<R: Real>(x: f64) -> R {
    R::from_f64(x)
}

fn square<R: Real>(x: R) -> R {
    x * x
}

/// A function by its name.
fn function<R: Real>(name: &str, v: &[R]) -> R {
    let (x, y, one) = (v[0], v[1], c::<R>(1.0));
    match name {
        "rosenbrock" => square(one - x) + c::<R>(100.0) * square(y - x * x),
        "beale" => {
            let term = |a: f64, k: i32| square(c::<R>(a) - x * (one - y.powi(k)));
            term(1.5, 1) + term(2.25, 2) + term(2.625, 3)
        }
        "himmelblau" | "himmelblau_left" => {
            square(x * x + y - c(11.0)) + square(x + y * y - c(7.0))
        }
        "booth" => square(x + c::<R>(2.0) * y - c(7.0)) + square(c::<R>(2.0) * x + y - c(5.0)),
        "matyas_tilted" => {
            c::<R>(0.26) * (x * x + y * y) - c::<R>(0.48) * x * y + c::<R>(0.125) * x
        }
        "mccormick" => (x + y).sin() + square(x - y) - c::<R>(1.5) * x + c::<R>(2.5) * y + one,
        "styblinski_tang" => {
            let term = |t: R| t.powi(4) - c::<R>(16.0) * t * t + c::<R>(5.0) * t;
            (term(x) + term(y)) * c(0.5)
        }
        "six_hump_camel" => {
            let (x2, y2) = (x * x, y * y);
            (c::<R>(4.0) - c::<R>(2.1) * x2 + x2 * x2 * c(1.0 / 3.0)) * x2 + x * y
                - c::<R>(4.0) * y2
                + c::<R>(4.0) * y2 * y2
        }
        "goldstein_price" => goldstein_price(x, y),
        "branin" => {
            let bend = y - c::<R>(5.1 / (4.0 * PI * PI)) * x * x + c::<R>(5.0 / PI) * x - c(6.0);
            square(bend) + c::<R>(10.0 - 10.0 / (8.0 * PI)) * x.cos() + c(10.0)
        }
        "easom" => -x.cos() * y.cos() * (-square(x - c(PI)) - square(y - c(PI))).exp(),
        "zakharov_tilted" => {
            let s = square(x * c(0.5) + y);
            x * x + y * y + s + s * s + c::<R>(0.25) * y
        }
        "levy_13" => {
            let wave = |k: f64, t: R| square((c::<R>(k * PI) * t).sin());
            wave(3.0, x)
                + square(x - one) * (one + wave(3.0, y))
                + square(y - one) * (one + wave(2.0, y))
        }
        _ => {
            let y3 = c::<R>(3.0) * y;
            (x + y3 - c(0.1)).exp() + (x - y3 - c(0.1)).exp() + (-x - c(0.1)).exp()
        }
    }
}

fn goldstein_price<R: Real>(x: R, y: R) -> R {
    let k = c::<R>;
    let a = k(19.0) - k(14.0) * x + k(3.0) * x * x - k(14.0) * y + k(6.0) * x * y + k(3.0) * y * y;
    let b =
        k(18.0) - k(32.0) * x + k(12.0) * x * x + k(48.0) * y - k(36.0) * x * y + k(27.0) * y * y;
    (k(1.0) + square(x + y + k(1.0)) * a) * (k(30.0) + square(k(2.0) * x - k(3.0) * y) * b)
}

/// What each method makes of a function, with how many digits of the place it can know: gradients know more than values.
#[allow(clippy::too_many_lines, reason = "one entry a method")]
fn methods(
    name: &str,
    start: &[f64; 2],
) -> Result<Vec<(&'static str, f64, Report)>, MinimizeError> {
    let f = |x: &[f64], g: &mut [f64]| match value_and_gradient(|x| function(name, x), x) {
        Ok((value, gradient)) => {
            g.copy_from_slice(&gradient);
            value
        }
        Err(_) => f64::NAN,
    };
    let plain = |x: &[f64]| function(name, x);
    let h = |x: &[f64]| hessian(|x| function(name, x), x).unwrap_or_else(|_| DMatrix::zeros(2, 2));
    let s = Stopping::default();
    let (tight, formula) = (
        LineSearch::StrongWolfe {
            decrease: 1e-4,
            curvature: 0.1,
        },
        Conjugate::HagerZhang,
    );
    let wide = Bounds::new(vec![-10.0; 2], vec![10.0; 2])?;
    let narrow = CmaEs {
        sigma: 0.1,
        population: None,
    };
    let rough = Stopping {
        residual: 1e-9,
        ..s
    };
    let rng = &mut Key::new(3).rng();
    Ok(vec![
        ("bfgs", 1e-7, bfgs(f, start, s, |_| ())?),
        ("lbfgs", 1e-7, lbfgs(f, start, 10, s, |_| ())?),
        ("lbfgs_b", 1e-7, lbfgs_b(f, &wide, start, 10, s, |_| ())?),
        (
            "conjugate",
            1e-7,
            nonlinear_conjugate_gradients(f, start, formula, tight, s, |_| ())?,
        ),
        ("newton", 1e-7, newton(f, h, start, s, |_| ())?),
        ("dogleg", 1e-7, dogleg(f, h, start, 0.1, s, |_| ())?),
        (
            "simplex",
            1e-6,
            nelder_mead(plain, start, 0.1, rough, |_| ())?,
        ),
        (
            "coordinates",
            1e-3,
            coordinate_descent(
                plain,
                start,
                0.1,
                Stopping {
                    residual: 1e-6,
                    ..s
                },
                |_| (),
            )?,
        ),
        (
            "evolution",
            1e-6,
            cma_es(plain, start, narrow, rough, rng, |_| ())?,
        ),
    ])
}

#[test]
fn all_methods_find_the_minima_that_scipy_finds() -> Result<(), Box<dyn Error>> {
    let table = golden::read(include_str!("minima.csv"))?;
    for (name, start) in &STARTS {
        let rows: Vec<f64> = table
            .iter()
            .filter(|r| r.class == *name)
            .map(|r| r.output)
            .collect();
        let [x, y, value] = rows[..] else {
            return Err(format!("{name}: {rows:?}").into());
        };
        for (method, digits, report) in methods(name, start)? {
            for (ours, theirs) in report.x.iter().zip([x, y]) {
                scaled(*ours, theirs, digits, theirs.abs().max(1.0)).map_err(|violation| {
                    violation.within(format!("{method} on {name}: {report:?}"))
                })?;
            }
            // Near a minimum the value is the square of the distance, times the curvature; the largest here is some
            // hundreds.
            scaled(
                report.value,
                value,
                1e3 * digits * digits + 1e-14,
                value.abs().max(1.0),
            )
            .map_err(|violation| violation.within(format!("{method} on {name}: {report:?}")))?;
        }
    }
    Ok(())
}

/// Functions with many local minima, whose lowest value is 0 at the origin.
#[test]
fn evolution_finds_the_lowest_of_many_valleys() -> Result<(), MinimizeError> {
    let rastrigin = |x: &[f64]| {
        x.iter()
            .map(|x| 10.0 + x * x - 10.0 * (2.0 * PI * x).cos())
            .sum::<f64>()
    };
    let ackley = |x: &[f64]| {
        let n = x.len() as f64;
        let (squares, waves): (f64, f64) = x.iter().fold((0.0, 0.0), |(s, w), x| {
            (s + x * x, w + (2.0 * PI * x).cos())
        });
        20.0 - 20.0 * (-0.2 * (squares / n).sqrt()).exp() + 1.0_f64.exp() - (waves / n).exp()
    };
    let wide = CmaEs {
        sigma: 2.0,
        population: Some(150),
    };
    let start = [2.5, -1.5, 3.0, 1.2, -2.7];
    let one = cma_es(
        rastrigin,
        &start,
        wide,
        Stopping::default(),
        &mut Key::new(1).rng(),
        |_| (),
    )?;
    let other = cma_es(
        ackley,
        &start,
        wide,
        Stopping::default(),
        &mut Key::new(1).rng(),
        |_| (),
    )?;
    assert!(one.value < 1e-12 && other.value < 1e-7, "{one:?} {other:?}");
    Ok(())
}
