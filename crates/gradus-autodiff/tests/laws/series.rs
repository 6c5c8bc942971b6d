//! Derivatives of the library beside two other ways to them: a step into the complex plane, and series of Taylor.

use gradus_autodiff::{Dual, derivative};
use gradus_linalg::nalgebra::Complex;
use gradus_numeric::Real;
use gradus_testkit::{Violation, cases, relative, scaled};
use proptest::prelude::*;
use std::array::from_fn;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// What the functions below may use: of duals by the library, of complex numbers and of series by the formulas of books.
trait Analytic:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    fn of(x: f64) -> Self;
    fn exp(self) -> Self;
    fn sin(self) -> Self;
    fn cos(self) -> Self;
    fn ln(self) -> Self;
    fn sqrt(self) -> Self;
}

impl<R: Real> Analytic for Dual<R> {
    fn of(x: f64) -> Self {
        Self::from_f64(x)
    }
    fn exp(self) -> Self {
        Real::exp(self)
    }
    fn sin(self) -> Self {
        Real::sin(self)
    }
    fn cos(self) -> Self {
        Real::cos(self)
    }
    fn ln(self) -> Self {
        Real::ln(self)
    }
    fn sqrt(self) -> Self {
        Real::sqrt(self)
    }
}

impl Analytic for Complex<f64> {
    fn of(x: f64) -> Self {
        Self::new(x, 0.0)
    }
    fn exp(self) -> Self {
        Complex::exp(self)
    }
    fn sin(self) -> Self {
        Complex::sin(self)
    }
    fn cos(self) -> Self {
        Complex::cos(self)
    }
    fn ln(self) -> Self {
        Complex::ln(self)
    }
    fn sqrt(self) -> Self {
        Complex::sqrt(self)
    }
}

/// The degree to which series are known.
const DEGREE: usize = 4;

/// $`\sum_k c_k h^k`$, calculated with by the recurrences of Griewank and Walther, table 13.1 and 13.2.
#[derive(Clone, Copy)]
struct Series([f64; DEGREE + 1]);

impl Series {
    /// $`x + h`$.
    fn variable(x: f64) -> Self {
        Self(from_fn(|k| [x, 1.0].get(k).copied().unwrap_or(0.0)))
    }

    /// The series whose coefficients follow one after another from those before.
    fn by(next: impl Fn(usize, &[f64]) -> f64) -> Self {
        let mut known = Vec::new();
        for k in 0..=DEGREE {
            known.push(next(k, &known));
        }
        Self(from_fn(|k| known[k]))
    }

    /// Sine and cosine, of which each is the slope of the other.
    fn sin_cos(self) -> (Self, Self) {
        let x = self.0;
        let (mut s, mut c) = ([x[0].sin(); DEGREE + 1], [x[0].cos(); DEGREE + 1]);
        for k in 1..=DEGREE {
            let sum = |of: &[f64]| -> f64 { (1..=k).map(|j| j as f64 * x[j] * of[k - j]).sum() };
            (s[k], c[k]) = (sum(&c) / k as f64, -sum(&s) / k as f64);
        }
        (Self(s), Self(c))
    }
}

impl Add for Series {
    type Output = Self;
    fn add(self, b: Self) -> Self {
        Self(from_fn(|k| self.0[k] + b.0[k]))
    }
}

impl Sub for Series {
    type Output = Self;
    fn sub(self, b: Self) -> Self {
        Self(from_fn(|k| self.0[k] - b.0[k]))
    }
}

impl Neg for Series {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.map(|c| -c))
    }
}

impl Mul for Series {
    type Output = Self;
    fn mul(self, b: Self) -> Self {
        Self(from_fn(|k| (0..=k).map(|j| self.0[j] * b.0[k - j]).sum()))
    }
}

impl Div for Series {
    type Output = Self;
    fn div(self, b: Self) -> Self {
        Self::by(|k, q| {
            let known: f64 = (1..=k).map(|j| b.0[j] * q[k - j]).sum();
            (self.0[k] - known) / b.0[0]
        })
    }
}

impl Analytic for Series {
    fn of(x: f64) -> Self {
        Self(from_fn(|k| if k == 0 { x } else { 0.0 }))
    }
    fn exp(self) -> Self {
        Self::by(|k, y| match k {
            0 => self.0[0].exp(),
            _ => {
                (1..=k)
                    .map(|j| j as f64 * self.0[j] * y[k - j])
                    .sum::<f64>()
                    / k as f64
            }
        })
    }
    fn sin(self) -> Self {
        self.sin_cos().0
    }
    fn cos(self) -> Self {
        self.sin_cos().1
    }
    fn ln(self) -> Self {
        let x = self.0;
        Self::by(|k, y| {
            if k == 0 {
                return x[0].ln();
            }
            let known: f64 = (1..k).map(|j| j as f64 * y[j] * x[k - j]).sum();
            (x[k] - known / k as f64) / x[0]
        })
    }
    fn sqrt(self) -> Self {
        let x = self.0;
        Self::by(|k, y| match k {
            0 => x[0].sqrt(),
            _ => (x[k] - (1..k).map(|j| y[j] * y[k - j]).sum::<f64>()) / (2.0 * y[0]),
        })
    }
}

/// Functions that are analytic around every point of [−1, 1].
fn row<A: Analytic>(k: usize, x: A) -> A {
    let one = A::of(1.0);
    match k {
        0 => x.exp(),
        1 => x.sin() * x.cos(),
        2 => (x * x + one).ln(),
        3 => (x + A::of(2.0)).sqrt(),
        4 => one / (A::of(2.0) - x),
        5 => one - A::of(2.0) / ((x + x).exp() + one), // tanh
        6 => x.sin().exp() * x / (x * x + A::of(3.0)),
        _ => row((k - ROWS) / ROWS, x) * row((k - ROWS) % ROWS, x), // products of two
    }
}
const ROWS: usize = 7;

/// A dual of duals: $`x + \varepsilon_1 + \dots + \varepsilon_k`$, of which the last coefficient is the k-th derivative.
trait Nested: Real {
    fn at(x: f64) -> Self;
    fn last(self) -> f64;
}

impl Nested for f64 {
    fn at(x: f64) -> Self {
        x
    }
    fn last(self) -> f64 {
        self
    }
}

impl<N: Nested> Nested for Dual<N> {
    fn at(x: f64) -> Self {
        Self::variable(N::at(x))
    }
    fn last(self) -> f64 {
        self.derivative.last()
    }
}

type D1 = Dual<f64>;
type D2 = Dual<D1>;
type D3 = Dual<D2>;
type D4 = Dual<D3>;

/// $`f^{(n)}(x)`$ of row k, where duals are nested n times.
fn nth<N: Nested + Analytic>(k: usize, x: f64) -> f64 {
    row::<N>(k, N::at(x)).last()
}

/// $`f^{(n)}(x) / n!`$ of row k.
fn coefficients(k: usize, x: f64) -> [f64; DEGREE + 1] {
    let derivatives = [
        row(k, D1::constant(x)).value,
        nth::<D1>(k, x),
        nth::<D2>(k, x),
        nth::<D3>(k, x),
        nth::<D4>(k, x),
    ];
    from_fn(|n| derivatives[n] / factorial(n))
}

fn factorial(k: usize) -> f64 {
    (1..=k).map(|j| j as f64).product()
}

/// Within `tolerance`, relative to numbers of order one: all rows are analytic in a disk of radius 1.
fn agree(a: &[f64], b: &[f64], tolerance: f64) -> Result<(), Violation> {
    for (k, (&a, &b)) in a.iter().zip(b).enumerate() {
        scaled(a, b, tolerance, 8.0).map_err(|violation| violation.at_entry(k))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    /// No difference is taken, so the step may be so short that its square is nothing beside the value.
    #[test]
    fn a_step_into_the_complex_plane_is_the_derivative(x in -1.0..1.0_f64) {
        let h = 1e-100;
        for k in 0..ROWS {
            let step = row(k, Complex::new(x, h)).im / h;
            scaled(derivative(|x| row(k, x), x), step, 4.0 * f64::EPSILON, 8.0)?;
        }
    }

    /// The third and fourth derivative as well as the second: $`f''(x) = 2 c_2`$.
    #[test]
    fn nested_duals_have_the_coefficients_of_taylor(k in 0..ROWS, x in -1.0..1.0_f64) {
        agree(&coefficients(k, x), &row(k, Series::variable(x)).0, 1e-13)?;
    }

    #[test]
    fn derivatives_of_products_obey_the_rule_of_leibniz(i in 0..ROWS, j in 0..ROWS, x in -1.0..1.0_f64) {
        let whole = coefficients(ROWS + i * ROWS + j, x);
        let product = Series(coefficients(i, x)) * Series(coefficients(j, x));
        agree(&whole, &product.0, 1e-13)?;
    }
}

/// $`1 / k!`$, the alternating ones of sine times cosine, and $`2^{-k - 1}`$.
#[test]
fn the_coefficients_of_known_series_are_known() -> Result<(), Violation> {
    let [exp, sine, geometric] = [0, 1, 4].map(|k| coefficients(k, 0.0));
    for k in 0..=DEGREE {
        relative(exp[k], 1.0 / factorial(k), 1e-15)?;
        // sin x cos x = sin(2x) / 2
        let sign = [0.0, 1.0, 0.0, -1.0][k % 4];
        scaled(
            sine[k],
            sign * 2_f64.powf(k as f64 - 1.0) / factorial(k),
            1e-15,
            1.0,
        )?;
        relative(geometric[k], 0.5_f64.powf(k as f64 + 1.0), 1e-15)?;
    }
    Ok(())
}
