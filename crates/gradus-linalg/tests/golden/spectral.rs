//! Eigenvalues and principal components from two sources, and matrices on which others have failed.

use gradus_linalg::nalgebra::{Complex, DMatrix, DVector};
use gradus_linalg::{Pca, eigenvalues, singular_values, symmetric_eigen, symmetric_eigenvalues};
use gradus_testkit::{all_scaled, at_most, golden, relative};
use std::error::Error;

use crate::{overlapping_groups, whole};

#[test]
fn symmetric_eigenvalues_agree_with_fifty_digits() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("symmetric_eigen.csv"))? {
        let a = symmetric_named(whole(row.inputs[0]));
        row.check(symmetric_eigenvalues(&a)?[whole(row.inputs[1])])?;
    }
    Ok(())
}

#[test]
fn eigenvalues_agree_with_fifty_digits() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("eigen.csv"))? {
        let part = |z: &Complex<f64>| if row.inputs[2] == 0.0 { z.re } else { z.im };
        let distance = |x: &f64| (x - row.output).abs();
        // Roots of one modulus come in any order: the nearest is meant.
        let lambda = eigenvalues(&general_named(whole(row.inputs[0])))?;
        let found = lambda
            .iter()
            .map(part)
            .min_by(|x, y| distance(x).total_cmp(&distance(y)));
        row.check(found.unwrap_or(f64::NAN))?;
    }
    Ok(())
}

#[test]
fn principal_components_agree_with_fifty_digits() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("pca.csv"))? {
        let pca = Pca::fit(&data(whole(row.inputs[0])), 1)?;
        let i = whole(row.inputs[2]);
        row.check(match whole(row.inputs[1]) {
            0 => pca.explained_variance()[i],
            1 => pca.explained_variance_ratio()[i],
            _ => pca.components()[(i, 0)],
        })?;
    }
    Ok(())
}

/// Rosser: a double eigenvalue, two that agree to seven digits, a zero, and one near it.
#[test]
fn rossers_matrix_has_a_zero_and_a_double_eigenvalue() -> Result<(), Box<dyn Error>> {
    let lambda = symmetric_eigenvalues(&rosser())?;
    let size = 1020.1;
    at_most(lambda[6].abs(), 20.0 * f64::EPSILON * size)?;
    at_most((lambda[3] - 1000.0).abs(), 20.0 * f64::EPSILON * size)?;
    at_most((lambda[4] - 1000.0).abs(), 20.0 * f64::EPSILON * size)?;
    let root = 10.0 * 10405.0_f64.sqrt();
    Ok(all_scaled(
        &[lambda[0], lambda[7]],
        &[root, -root],
        20.0 * f64::EPSILON,
        size,
    )?)
}

/// The second difference: λₖ = 2 − 2 cos(kπ / (n + 1)), with sines as vectors.
#[test]
fn second_differences_have_cosines_as_eigenvalues() -> Result<(), Box<dyn Error>> {
    for n in [1, 2, 10, 127, 150] {
        let eigen = symmetric_eigen(&second_difference(n))?;
        let angle = |k: usize| k as f64 * std::f64::consts::PI / (n + 1) as f64;
        let expected: Vec<f64> = (1..=n).rev().map(|k| 2.0 - 2.0 * angle(k).cos()).collect();
        let tolerance = (8 + n) as f64 * f64::EPSILON;
        all_scaled(eigen.values.as_slice(), &expected, tolerance, 4.0)?;
        let slowest = eigen.vectors.column(n - 1);
        let sines = DVector::from_fn(n, |i, _| (angle(1) * (i + 1) as f64).sin());
        let alignment = sines.dot(&slowest).abs() / sines.dot(&sines).sqrt();
        relative(alignment, 1.0, 1e-9)?;
    }
    Ok(())
}

/// Circulant matrices have the discrete Fourier transform of their first column as eigenvalues.
#[test]
fn a_circulant_matrix_has_fourier_coefficients_as_eigenvalues() -> Result<(), Box<dyn Error>> {
    let first = [4.0, 1.0, -2.0, 0.5, 3.0, -1.0];
    let n = first.len();
    let a = DMatrix::from_fn(n, n, |i, j| first[(n + i - j) % n]);
    let lambda = eigenvalues(&a)?;
    for k in 0..n {
        let turn = |j: usize| {
            Complex::from_polar(
                first[j],
                -2.0 * std::f64::consts::PI * (j * k) as f64 / n as f64,
            )
        };
        let expected: Complex<f64> = (0..n).map(turn).sum();
        assert!(
            lambda
                .iter()
                .any(|z| (z - expected).norm() < 20.0 * f64::EPSILON * 12.0)
        );
    }
    Ok(())
}

/// nalgebra#1172 and #983, the symmetric way: squared singular values are eigenvalues of the Gram matrix.
#[test]
fn squared_singular_values_are_eigenvalues_of_the_gram_matrix() -> Result<(), Box<dyn Error>> {
    for (m, n) in (1..12).flat_map(|m| (1..12).map(move |n| (m, n))) {
        let ones = DMatrix::<f64>::from_element(m, n, 1.0);
        let lambda = symmetric_eigenvalues(&(ones.transpose() * &ones))?;
        relative(lambda[0], (m * n) as f64, 10.0 * f64::EPSILON)?;
        for l in lambda.iter().skip(1) {
            at_most(l.abs(), 10.0 * f64::EPSILON * (m * n) as f64)?;
        }
    }
    let a = DMatrix::from_row_slice(3, 3, &[1.0, 2.0, 2.0, 2.0, -1.0, -1.0, 2.0, 1.0, -1.0]);
    let squares: Vec<f64> = singular_values(&a)?.iter().map(|s| s * s).collect();
    let lambda = symmetric_eigenvalues(&(a.transpose() * &a))?;
    Ok(all_scaled(
        lambda.as_slice(),
        &squares,
        20.0 * f64::EPSILON,
        lambda[0],
    )?)
}

/// nalgebra#1025 in its symmetric form, and the Schur form of a zero matrix: endless elsewhere.
#[test]
fn matrices_of_zeros_and_ones_have_eigenvalues_at_once() -> Result<(), Box<dyn Error>> {
    for step in 0..20 {
        let a = overlapping_groups(step);
        let trace: f32 = a.trace();
        let symmetric: f32 = symmetric_eigenvalues(&a)?.sum();
        let general: Complex<f32> = eigenvalues(&a)?.sum();
        at_most(
            f64::from((symmetric - trace).abs()),
            33.0 * 33.0 * f64::from(f32::EPSILON),
        )?;
        at_most(
            f64::from((general.re - trace).abs()),
            33.0 * 33.0 * f64::from(f32::EPSILON),
        )?;
    }
    Ok(())
}

/// The matrices of `spectral.py`, by its numbers.
fn symmetric_named(number: usize) -> DMatrix<f64> {
    let wilkinson = |i: usize, j: usize| match i.abs_diff(j) {
        0 => i.abs_diff(10) as f64,
        1 => 1.0,
        _ => 0.0,
    };
    match number {
        0 => rosser(),
        1 => DMatrix::from_fn(21, 21, wilkinson),
        2 => second_difference(9),
        3 => DMatrix::from_fn(8, 8, |i, j| (i.min(j) + 1) as f64),
        _ => DMatrix::from_fn(5, 5, |i, j| {
            ((31 * (i + j) + 17 * i * i * j * j + 23 * (number - 4)) % 199) as f64 - 99.0
        }),
    }
}

fn general_named(number: usize) -> DMatrix<f64> {
    let frank = |i: usize, j: usize| {
        if j + 1 >= i {
            (8 - i.max(j)) as f64
        } else {
            0.0
        }
    };
    match number {
        0 => DMatrix::from_fn(8, 8, frank),
        1 => companion(&[24.0, -50.0, 35.0, -10.0]),
        2 => companion(&[-2.0, 0.0, 0.0]),
        _ => DMatrix::from_fn(5, 5, |i, j| {
            ((7 * i + 13 * j + 5 * i * j * j + 11 * (number - 3)) % 19) as f64 - 9.0
        }),
    }
}

fn data(number: usize) -> DMatrix<f64> {
    let rows = [
        2.0, 0.0, -1.0, 3.0, 5.0, 1.0, 1.0, 1.0, 0.0, 4.0, 6.0, 2.0, 0.0, 3.0, 3.0, -2.0, 1.0, 7.0,
    ];
    let x = DMatrix::from_row_slice(3, 6, &rows);
    match number {
        0 => x,
        1 => x.map(|x| x + 1e6),
        _ => DMatrix::from_fn(3, 6, |i, j| {
            ((29 * i + 37 * j + 11 * i * j * j) % 101) as f64 - 50.0
        }),
    }
}

/// Of $`x^n + c_{n-1} x^{n-1} + \dots + c_0`$.
fn companion(c: &[f64]) -> DMatrix<f64> {
    let n = c.len();
    DMatrix::from_fn(n, n, |i, j| {
        if j + 1 == n {
            -c[i]
        } else {
            f64::from(u8::from(i == j + 1))
        }
    })
}

fn second_difference(n: usize) -> DMatrix<f64> {
    DMatrix::from_fn(n, n, |i, j| match i.abs_diff(j) {
        0 => 2.0,
        1 => -1.0,
        _ => 0.0,
    })
}

fn rosser() -> DMatrix<f64> {
    let rows = [
        [611, 196, -192, 407, -8, -52, -49, 29],
        [196, 899, 113, -192, -71, -43, -8, -44],
        [-192, 113, 899, 196, 61, 49, 8, 52],
        [407, -192, 196, 611, 8, 44, 59, -23],
        [-8, -71, 61, 8, 411, -599, 208, 208],
        [-52, -43, 49, 44, -599, 411, 208, 208],
        [-49, -8, 8, 59, 208, 208, 99, -911],
        [29, -44, 52, -23, 208, 208, -911, 99],
    ];
    DMatrix::from_fn(8, 8, |i, j| f64::from(rows[i][j]))
}
