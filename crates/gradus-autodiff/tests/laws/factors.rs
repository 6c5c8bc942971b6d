//! Derivatives of solutions, inverses, determinants and Cholesky factors: of the algorithms, number by number, and by the
//! formulas of matrix calculus with the factorizations of `gradus-linalg`.

use gradus_autodiff::{gradient, jvp, vjp};
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{Triangle, cholesky, inverse, solve_triangular};
use gradus_numeric::Real;
use gradus_testkit::{all_scaled, cases, gradient as checker};
use proptest::collection::vec;
use proptest::prelude::*;

const N: usize = 4;

/// Gauss's elimination of [A | B] without exchanges; the pivots and the solution, by rows.
fn eliminated<R: Real>(a: &[R], b: &[R]) -> (Vec<R>, Vec<R>) {
    let columns = b.len() / N;
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    for k in 0..N {
        for i in (0..N).filter(|&i| i != k) {
            let factor = a[i * N + k] / a[k * N + k];
            (0..N).for_each(|j| a[i * N + j] = a[i * N + j] - factor * a[k * N + j]);
            (0..columns).for_each(|j| {
                b[i * columns + j] = b[i * columns + j] - factor * b[k * columns + j];
            });
        }
    }
    let pivots: Vec<R> = (0..N).map(|k| a[k * N + k]).collect();
    let solution = (0..b.len()).map(|i| b[i] / pivots[i / columns]).collect();
    (pivots, solution)
}

/// The columns of L one after another, by rows: $`A = L L^\top`$.
fn factored<R: Real>(a: &[R]) -> Vec<R> {
    let mut l = vec![R::from_f64(0.0); N * N];
    for j in 0..N {
        for i in j..N {
            let known: R = (0..j).map(|k| l[i * N + k] * l[j * N + k]).sum();
            let left = a[i * N + j] - known;
            l[i * N + j] = if i == j {
                left.sqrt()
            } else {
                left / l[j * N + j]
            };
        }
    }
    l
}

fn identity<R: Real>() -> Vec<R> {
    (0..N * N)
        .map(|k| R::from_f64(f64::from(u8::from(k % (N + 1) == 0))))
        .collect()
}

fn by_rows(a: &[f64]) -> DMatrix<f64> {
    DMatrix::from_row_slice(N, a.len() / N, a)
}

/// Its entries by rows.
fn rows_of(a: &DMatrix<f64>) -> Vec<f64> {
    a.transpose().as_slice().to_vec()
}

/// Matrices with a diagonal of 4 to 6 and other entries below 1: elimination needs no exchanges, the condition is below 9.
fn dominant() -> impl Strategy<Value = Vec<f64>> {
    vec(-1.0..1.0_f64, N * N).prop_map(|mut a| {
        (0..N).for_each(|k| a[k * N + k] += 5.0);
        a
    })
}

/// Symmetric ones of these, which are positive definite.
fn definite() -> impl Strategy<Value = Vec<f64>> {
    dominant().prop_map(|a| rows_of(&(by_rows(&a) + by_rows(&a).transpose())))
}

/// Some hundred operations on numbers of order one, at conditions below 9.
const ROUNDING: f64 = 256.0 * f64::EPSILON;

proptest! {
    #![proptest_config(cases())]

    /// $`\nabla \ln \det A = A^{-\top}`$.
    #[test]
    fn the_gradient_of_a_log_determinant_is_the_inverse_transposed(a in dominant()) {
        let found = gradient(|a| eliminated(a, &[]).0.into_iter().map(Real::ln).sum(), &a)?;
        all_scaled(&found, inverse(&by_rows(&a))?.as_slice(), ROUNDING, 1.0)?;
    }

    /// $`\mathrm{d} A^{-1} = -A^{-1} \, \mathrm{d}A \, A^{-1}`$.
    #[test]
    fn the_derivative_of_an_inverse_stands_between_two_inverses(a in dominant(), v in vec(-1.0..1.0_f64, N * N)) {
        let (_, found) = jvp(|a| eliminated(a, &identity()).1, &a, &v)?;
        let b = inverse(&by_rows(&a))?;
        all_scaled(&found, &rows_of(&(-&b * by_rows(&v) * &b)), ROUNDING, 1.0)?;
    }

    /// $`\mathrm{d}x = A^{-1} (\mathrm{d}b - \mathrm{d}A \, x)`$, and going back $`\bar b = A^{-\top} \bar x`$, $`\bar A = -\bar b x^\top`$.
    #[test]
    fn a_solution_moves_by_the_solution_of_what_moved_it(
        a in dominant(), b in vec(-1.0..1.0_f64, N), v in vec(-1.0..1.0_f64, N * N + N), u in vec(-1.0..1.0_f64, N),
    ) {
        let system = [a.clone(), b].concat();
        let (x, moved) = jvp(|s| eliminated(&s[..N * N], &s[N * N..]).1, &system, &v)?;
        let (inverse, x) = (inverse(&by_rows(&a))?, by_rows(&x));
        let closed = &inverse * (by_rows(&v[N * N..]) - by_rows(&v[..N * N]) * &x);
        all_scaled(&moved, closed.as_slice(), ROUNDING, 1.0)?;

        let (_, back) = vjp(|s| eliminated(&s[..N * N], &s[N * N..]).1, &system, &u)?;
        let b_bar = inverse.transpose() * by_rows(&u);
        all_scaled(&back[N * N..], b_bar.as_slice(), ROUNDING, 1.0)?;
        all_scaled(&back[..N * N], &rows_of(&(-b_bar * x.transpose())), ROUNDING, 1.0)?;
    }

    /// $`\mathrm{d}L = L \, \Phi(L^{-1} \, \mathrm{d}A \, L^{-\top})`$, where $`\Phi`$ keeps the lower half and half of the diagonal.
    #[test]
    fn a_cholesky_factor_moves_by_half_of_what_moved_it(a in definite(), v in definite()) {
        let (_, found) = jvp(factored, &a, &v)?;
        let l = cholesky(&by_rows(&a))?;
        let over = |b: &DMatrix<f64>| {
            let columns = b.column_iter().map(|c| solve_triangular(&l, &c.into_owned(), Triangle::Lower));
            columns.collect::<Result<Vec<_>, _>>().map(|c| DMatrix::from_columns(&c))
        };
        let middle = over(&over(&by_rows(&v))?.transpose())?;
        let half = DMatrix::from_fn(N, N, |i, j| match i.cmp(&j) {
            std::cmp::Ordering::Greater => middle[(i, j)],
            std::cmp::Ordering::Equal => middle[(i, j)] / 2.0,
            std::cmp::Ordering::Less => 0.0,
        });
        all_scaled(&found, &rows_of(&(&l * half)), ROUNDING, 12.0)?;
    }
}

/// From the entries of a matrix to other numbers.
type Map<R> = fn(&[R]) -> Vec<R>;
/// The inverse, a solution, and the Cholesky factor.
fn maps<R: Real>() -> [Map<R>; 3] {
    [
        |a| eliminated(a, &identity()).1,
        |a| eliminated(a, &a[..N]).1,
        |a| factored(a),
    ]
}

/// Differences and the transpose test, for all four.
#[test]
fn solutions_and_factors_pass_the_gradient_check() -> Result<(), gradus_testkit::Violation> {
    let a: Vec<f64> = (0..N * N)
        .map(|k| f64::from(u8::from(k % (N + 1) == 0)) * 5.0 + ((k * k) % 7) as f64 / 7.0)
        .collect();
    let nan = || vec![f64::NAN; N * N];
    for ((plain, forward), reverse) in maps::<f64>().into_iter().zip(maps()).zip(0..) {
        let push = |x: &[f64], v: &[f64]| jvp(forward, x, v).map_or(nan(), |(_, y)| y);
        let back =
            |x: &[f64], u: &[f64]| vjp(|x| maps()[reverse](x), x, u).map_or(nan(), |(_, g)| g);
        checker::check_jvp(plain, push, &a)?;
        checker::transpose(push, back, &a, plain(&a).len())?;
    }
    Ok(())
}
