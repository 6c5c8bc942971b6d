//! Choosing λ: overfitting, underfitting, and the validation set between them.
//!
//! A polynomial of degree 9 is fitted to 12 noisy points of y = sin 2πx. It has nearly one coefficient for every
//! point and can follow the noise; a penalty on the size of the coefficients holds it back:
//!
//! ```text
//! J(w) = (1/n) Σ (wᵀφ(xᵢ) − yᵢ)² + λ wᵀw,    φ(x) = (1, t, t², …, t⁹),  t = 2x − 1
//! J is minimal where (ΦᵀΦ + n λ I) w = Φᵀy
//! ```
//!
//! The matrix is symmetric and, for λ > 0, positive definite: Cholesky's factors solve the system.
//!
//! How strong should the penalty be? The training error cannot tell: it only grows with λ. Points that were not
//! trained on can. Their error is large for a small λ, where the polynomial follows the noise (overfitting), and
//! large again for a large λ, where it follows nothing (underfitting). λ is chosen where the error of the
//! *validation* points is smallest. That choice has seen the validation points, so that what it is worth is told by a
//! third set, the *test* points.
//!
//! Between the best of the steps of ten and its neighbors the golden section looks on: it cuts the interval of log₁₀ λ again and
//! again in the ratio 0.618, which lets it use one of its two inner points twice.
//!
//! What to try: 100 training points, and overfitting is gone without a penalty: more data cure it, too. Degree 3, a
//! simpler model, as well. Five validation points, and the choice becomes a matter of luck: that is what
//! cross-validation is for.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::evaluation::mean_squared_error;
use gradus::files::{prepare_folder, write};
use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{Triangle, cholesky, solve_triangular};
use gradus::minimize::golden_section;
use gradus::plot::{AxisScale, Figure, Series, learning_curves};
use gradus::random::{Key, normal, uniform};
use std::error::Error;
use std::f64::consts::PI;
use std::iter::repeat_n;

const DEGREE: usize = 9;
const NOISE: f64 = 0.25;
/// λ = 10⁻⁹, 10⁻⁸, …, 10
const POWERS: std::ops::RangeInclusive<i32> = -9..=1;

fn main() -> Result<(), Box<dyn Error>> {
    let (training, validation, test) =
        (Points::new(0, 12), Points::new(1, 40), Points::new(2, 1000));
    println!("     λ   training  validation     test    |w|");
    let mut best = (0, f64::INFINITY);
    let (mut trained, mut validated) = (Vec::new(), Vec::new());
    for power in POWERS {
        let w = ridge(&training, 10_f64.powi(power))?;
        let (fit, unseen) = (training.error(&w)?, validation.error(&w)?);
        if unseen < best.1 {
            best = (power, unseen);
        }
        let size = w.dot(&w).sqrt();
        println!(
            "  1e{power:<3}  {fit:9.4}  {unseen:10.4}  {:7.4}  {size:5.1}",
            test.error(&w)?
        );
        trained.push(fit);
        validated.push(unseen);
    }
    let figure = Figure::new(
        "The choice of λ",
        "λ from 1e-9 in steps of ten",
        "mean squared error",
    )
    .between(0.0, 1.0);
    let series = [("training", &trained), ("validation", &validated)];
    let series = series.map(|(name, values)| Series::new(name, values));
    prepare_folder("out")?;
    write(
        "out/625_choosing_lambda.svg",
        learning_curves(&figure, &series, AxisScale::Linear)?,
    )?;
    println!("\npicture: out/625_choosing_lambda.svg");
    let unseen = |power: f64| {
        let w = ridge(&training, 10_f64.powf(power));
        w.and_then(|w| validation.error(&w)).unwrap_or(f64::NAN)
    };
    let middle = f64::from(best.0);
    let found = golden_section(unseen, middle - 1.0, middle + 1.0, 1e-3)?;
    println!(
        "golden section: λ = 10^{:.2} has the validation error {:.4}, after {} trials",
        found.x, found.value, found.evaluations
    );
    let error = test.error(&ridge(&training, 10_f64.powi(best.0))?)?;
    println!(
        "result: λ = 1e{} has the test error {error:.4}, of which the noise is {:.4}",
        best.0,
        NOISE * NOISE
    );
    Ok(())
}

/// Points of the sine with noise.
struct Points {
    features: DMatrix<f64>,
    y: DVector<f64>,
}

impl Points {
    fn new(stream: u64, count: usize) -> Self {
        let mut rng = Key::new(7).stream(stream).rng();
        let x: Vec<f64> = (0..count).map(|_| uniform(&mut rng)).collect();
        let y = x
            .iter()
            .map(|x| (2.0 * PI * x).sin() + NOISE * normal(&mut rng));
        Self {
            y: DVector::from_iterator(count, y),
            features: DMatrix::from_fn(count, DEGREE + 1, |i, power| {
                repeat_n(2.0 * x[i] - 1.0, power).product()
            }),
        }
    }

    /// The mean squared error of the polynomial with these coefficients.
    fn error(&self, w: &DVector<f64>) -> Result<f64, Box<dyn Error>> {
        let predicted = &self.features * w;
        Ok(mean_squared_error(self.y.as_slice(), predicted.as_slice())?)
    }
}

/// The coefficients of smallest objective, by `(ΦᵀΦ + n λ I) w = L Lᵀ w = Φᵀy`.
fn ridge(points: &Points, lambda: f64) -> Result<DVector<f64>, Box<dyn Error>> {
    let (phi, n) = (&points.features, points.y.len() as f64);
    let penalty = DMatrix::identity(DEGREE + 1, DEGREE + 1) * (n * lambda);
    let l = cholesky(&(phi.transpose() * phi + penalty))?;
    let half = solve_triangular(&l, &(phi.transpose() * &points.y), Triangle::Lower)?;
    Ok(solve_triangular(&l.transpose(), &half, Triangle::Upper)?)
}
