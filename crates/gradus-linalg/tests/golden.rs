//! Answers from exact sources, and inputs on which other libraries have failed.

use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::special::hilbert;
use gradus_linalg::{
    frobenius_norm, gram_schmidt, gram_schmidt_classical, householder_qr, inverse, least_squares,
    matrix_exponential, max_norm, null_space, project, projector, pseudo_inverse, qr, rank,
    rank_tolerance, singular_values, solve, svd,
};
use gradus_numeric::norm2;
use gradus_testkit::{Violation, all_relative, at_most, golden, relative, scaled};
use std::error::Error;

#[path = "golden/not_finite.rs"]
mod not_finite;
#[path = "golden/regression.rs"]
mod regression;
#[path = "golden/spectral.rs"]
mod spectral;

/// A whole number of a golden table.
fn whole(x: f64) -> usize {
    (0..100).find(|&n| n as f64 == x).unwrap_or(usize::MAX)
}

#[test]
fn solutions_agree_with_exact_elimination() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("golden/solve.csv"))? {
        let a = DMatrix::from_row_slice(3, 3, &row.inputs[..9]);
        let b = DVector::from_row_slice(&row.inputs[9..12]);
        row.check(solve(&a, &b)?.x[whole(row.inputs[12])])?;
        row.check(least_squares(&a, &b)?.x[whole(row.inputs[12])])?;
    }
    Ok(())
}

/// Within $`20\,n\,\kappa\,u`$ of the largest entry, wherever an entry stands.
#[test]
fn inverses_of_hilbert_matrices_are_integers() -> Result<(), Box<dyn Error>> {
    let rows = golden::read(include_str!("golden/hilbert.csv"))?;
    for n in 1..=8 {
        let of_order = || rows.iter().filter(|row| whole(row.inputs[0]) == n);
        assert_eq!(of_order().count(), n * (n + 1) / 2);
        let largest = of_order().fold(0.0, |size: f64, row| size.max(row.output.abs()));
        let inverse = inverse(&hilbert(n)?)?;
        for row in of_order() {
            let (i, j) = (whole(row.inputs[1]), whole(row.inputs[2]));
            let tolerance = 0.5 * f64::EPSILON * row.max_ulp as f64;
            scaled(inverse[(i, j)], row.output, tolerance, largest)?;
            scaled(inverse[(j, i)], row.output, tolerance, largest)?;
        }
    }
    Ok(())
}

#[test]
fn singular_values_agree_with_fifty_digits() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("golden/singular_values.csv"))? {
        let a = DMatrix::from_row_slice(3, 3, &row.inputs[..9]);
        row.check(singular_values(&a)?[whole(row.inputs[9])])?;
    }
    Ok(())
}

#[test]
fn pseudo_inverses_agree_with_exact_fractions() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("golden/pseudo_inverse.csv"))? {
        let a = DMatrix::from_row_slice(3, 3, &row.inputs[..9]);
        let at = (whole(row.inputs[9]), whole(row.inputs[10]));
        row.check(pseudo_inverse(&a)?[at])?;
    }
    Ok(())
}

#[test]
fn projectors_agree_with_exact_fractions() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("golden/projector.csv"))? {
        let a = DMatrix::from_row_slice(3, 3, &row.inputs[..9]);
        let (i, j) = (whole(row.inputs[9]), whole(row.inputs[10]));
        row.check(projector(&a)?[(i, j)])?;
        let axis = DVector::from_fn(3, |k, _| if k == j { 1.0 } else { 0.0 });
        row.check(project(&a, &axis)?[i])?;
    }
    Ok(())
}

/// The null space of integer matrices has the dimension that exact elimination gives it.
#[test]
fn null_spaces_have_their_exact_dimension() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("golden/nullity.csv"))? {
        let a = DMatrix::from_row_slice(3, 3, &row.inputs[..9]);
        row.check(null_space(&a)?.ncols() as f64)?;
        row.check((3 - rank(&a, rank_tolerance(&a))?) as f64)?;
    }
    Ok(())
}

#[test]
fn exponentials_agree_with_fifty_digits() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("golden/exponential.csv"))? {
        let a = DMatrix::from_row_slice(3, 3, &row.inputs[..9]);
        let at = whole(row.inputs[9]);
        row.check(matrix_exponential(&a)?[(at / 3, at % 3)])?;
    }
    Ok(())
}

/// Ordinary least squares on y = x⁵ + … + x + 1 at 0, …, 20: condition 10⁷, every coefficient is 1.
#[test]
fn wampler_is_fitted() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_fn(21, 6, |i, j| (0..j).map(|_| i as f64).product());
    let y = DVector::from_fn(21, |i, _| (0..6).map(|k| (i as f64).powi(k)).sum());
    let fit = least_squares(&a, &y)?;
    assert_eq!(fit.rank, 6);
    // Higham, Accuracy and Stability, theorem 20.3: condition times rounding.
    Ok(all_relative(
        fit.x.as_slice(),
        &[1.0; 6],
        20.0 * f64::EPSILON / fit.rcond,
    )?)
}

/// nalgebra#1172: a matrix of full rank with Σσ² = 21 and a closed form in integers.
#[test]
fn a_small_integer_matrix_has_singular_values_of_its_length() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::<f64>::from_row_slice(3, 3, &[1.0, 2.0, 2.0, 2.0, -1.0, -1.0, 2.0, 1.0, -1.0]);
    let sigma = singular_values(&a)?;
    relative(norm2(sigma.as_slice()).powi(2), 21.0, 10.0 * f64::EPSILON)?;
    Ok(relative(sigma.product(), 10.0, 10.0 * f64::EPSILON)?)
}

/// nalgebra#983: the largest singular value depended on which vectors were asked for.
#[test]
fn a_rank_two_matrix_has_two_singular_values() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_column_slice(
        3,
        3,
        &[
            10.74785316637712,
            -5.994983325167452,
            -6.064492921857296,
            -4.149751381521569,
            20.654504205822462,
            -4.470436210703133,
            -22.772715014220207,
            -1.4554372570788008,
            18.108113992170573,
        ],
    );
    for a in [a.transpose(), a] {
        let svd = svd(&a)?;
        relative(svd.singular_values[0], 31.618802153517, 1e-13)?;
        relative(svd.singular_values[1], 22.381197846483, 1e-13)?;
        at_most(svd.singular_values[2], 1e-14 * svd.singular_values[0])?;
    }
    Ok(())
}

/// nalgebra#1072: a 2×2 matrix of rank one, made from singular vectors.
#[test]
fn a_projection_on_a_singular_vector_has_norm_one() -> Result<(), Box<dyn Error>> {
    let x = [
        -6.206610118536945,
        -3.67612186839874,
        -1.2755730783423473,
        6.047238193479124,
    ];
    let x = svd(&DMatrix::from_row_slice(2, 2, &x))?;
    let y = svd(&(x.u.column(0) * x.v.column(0).transpose()))?;
    relative(y.singular_values[0], 1.0, 10.0 * f64::EPSILON)?;
    Ok(at_most(y.singular_values[1], 10.0 * f64::EPSILON)?)
}

/// nalgebra#1368: the identity and a rounding error.
#[test]
fn the_identity_and_a_little_more_has_singular_values_one() -> Result<(), Box<dyn Error>> {
    for n in 1..12 {
        let noise = |i: usize, j: usize| 1e-21 * ((i * 7 + j * 3) % 5) as f64;
        let a = DMatrix::<f64>::identity(n, n) + DMatrix::from_fn(n, n, noise);
        all_relative(
            singular_values(&a)?.as_slice(),
            &vec![1.0; n],
            10.0 * f64::EPSILON,
        )?;
    }
    Ok(())
}

/// Which of 33 members share one of four groups: symmetric, of zeros and ones.
fn overlapping_groups(step: usize) -> DMatrix<f32> {
    let belongs = |i: usize, group: usize| (i * step + group * group) % 7 == 1;
    let meet = |i: usize, j: usize| (0..4).any(|group| belongs(i, group) && belongs(j, group));
    DMatrix::from_fn(33, 33, |i, j| f32::from(u8::from(meet(i, j))))
}

/// nalgebra#1025: zeros and ones in single precision, indicator vectors of overlapping groups.
#[test]
fn overlapping_groups_decompose_in_single_precision() -> Result<(), Box<dyn Error>> {
    for step in 1..20 {
        let a = overlapping_groups(step);
        let sigma = singular_values(&a)?;
        let size = f64::from(frobenius_norm(&a));
        relative(
            f64::from(norm2(sigma.as_slice())),
            size,
            33.0 * f64::from(f32::EPSILON),
        )?;
        at_most(f64::from(sigma[0]), size * (1.0 + f64::from(f32::EPSILON)))?;
    }
    Ok(())
}

/// Läuchli's matrix, condition √3 · 10⁸: classical Gram–Schmidt loses all orthogonality, the modified form half of
/// the digits, Householder nothing.
#[test]
fn householder_keeps_what_gram_schmidt_loses() -> Result<(), Box<dyn Error>> {
    let tiny = 1e-8;
    let a = DMatrix::from_fn(4, 3, |i, j| {
        if i == 0 {
            1.0
        } else if i == j + 1 {
            tiny
        } else {
            0.0
        }
    });
    let loss = |q: &DMatrix<f64>| max_norm(&(q.transpose() * q - DMatrix::identity(3, 3)));
    at_most(loss(&qr(&a)?.q), 4.0 * 3.0 * f64::EPSILON)?;
    at_most(
        loss(&householder_qr(&a, |_| {})?.q),
        4.0 * 3.0 * f64::EPSILON,
    )?;
    let modified = gram_schmidt(&a, |_| {})?;
    assert!((1e-10..1e-7).contains(&loss(&modified.q)));
    let classical = gram_schmidt_classical(&a, |_| {})?;
    assert!(loss(&classical.q) > 0.4);
    for answer in [modified, classical] {
        let reported = answer.loss_of_orthogonality;
        at_most((reported - loss(&answer.q)).abs(), 4.0 * f64::EPSILON)?;
    }
    Ok(())
}

/// Why this crate exists, and why `clippy.toml` bans the bare calls: if the lint did not fire here, the
/// expectation would.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the bare call is shown to be wrong"
)]
fn the_bare_decomposition_is_wrong_where_ours_is_right() -> Result<(), Violation> {
    let ones = DMatrix::<f64>::from_element(6, 21, 1.0);
    let bare = ones.clone().svd(true, true).singular_values[0];
    assert!(
        bare > 2.0 * frobenius_norm(&ones),
        "nalgebra#1172 is fixed: {bare}"
    );
    assert_eq!(DVector::from_element(2, 1e200).norm(), f64::INFINITY);
    let ours = singular_values(&ones).map_or(f64::NAN, |sigma| sigma[0]);
    relative(ours, 126.0_f64.sqrt(), 10.0 * f64::EPSILON)
}
