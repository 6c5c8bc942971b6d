//! A census: how many answers are wrong, of 841 matrices of ones and of 8 000 random ones?

use crate::inputs::{U, loss_of_orthogonality, relative_distance};
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    LinalgError, Lu, Polar, Qr, cholesky, frobenius_norm, ldlt, least_squares, lu, matmul,
    matrix_norm_infinity, max_norm, polar, pseudo_inverse, qr, qr_pivoted, rank, rank_tolerance,
    solve, svd, symmetric_eigen,
};
use gradus_numeric::{norm_infinity, norm2};
use gradus_testkit::{at_most, relative};

/// What must be true of a matrix, and is known without any of the functions that are tried.
struct Specimen {
    a: DMatrix<f64>,
    rank: usize,
}

type Verdict = Result<(), Box<dyn std::error::Error>>;
type Question = fn(&Specimen) -> Verdict;

/// How many questions every matrix is asked.
const QUESTIONS: usize = 9;

/// Uniform in [−1, 1): splitmix64 (Steele, Lea and Flood, 2014).
fn uniform(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) as f64 * 2.0_f64.powi(-63) - 1.0
}

/// 1, …, most.
fn size(state: &mut u64, most: usize) -> usize {
    let share = uniform(state).abs();
    (1..=most)
        .find(|&n| share * most as f64 <= n as f64)
        .unwrap_or(most)
}

/// Constant, rank one, rank two, uniform, in turn.
fn specimen(index: usize, state: &mut u64) -> Specimen {
    let (m, n) = (size(state, 12), size(state, 12));
    let mut random = |m, n| DMatrix::from_fn(m, n, |_, _| uniform(state));
    let (a, rank) = match index % 4 {
        0 => (DMatrix::from_element(m, n, random(1, 1)[(0, 0)]), 1),
        1 => (random(m, 1) * random(1, n), 1),
        2 => (random(m, 2) * random(2, n), 2),
        _ => (random(m, n), m.min(n)),
    };
    let rank = rank.min(m).min(n);
    Specimen { a, rank }
}

fn tolerance(a: &DMatrix<f64>) -> f64 {
    20.0 * U * (a.nrows() * a.ncols()) as f64
}

fn svd_is_right(specimen: &Specimen) -> Verdict {
    let a = &specimen.a;
    let svd = svd(a)?;
    at_most(loss_of_orthogonality(&svd.u), tolerance(a))?;
    at_most(loss_of_orthogonality(&svd.v), tolerance(a))?;
    let recomposed = &svd.u * DMatrix::from_diagonal(&svd.singular_values) * svd.v.transpose();
    at_most(relative_distance(a, &recomposed), tolerance(a))?;
    let sigma = svd.singular_values.as_slice();
    relative(norm2(sigma), frobenius_norm(a), tolerance(a))?;
    let noise = norm2(&sigma[specimen.rank..]);
    Ok(at_most(noise, tolerance(a) * frobenius_norm(a))?)
}

fn rank_is_right(specimen: &Specimen) -> Verdict {
    let found = rank(&specimen.a, rank_tolerance(&specimen.a))?;
    Ok(relative(found as f64, specimen.rank as f64, 0.0)?)
}

/// Penrose's first and third condition; the inverse of rank one is known.
fn pseudo_inverse_is_right(specimen: &Specimen) -> Verdict {
    let a = &specimen.a;
    let x = pseudo_inverse(a)?;
    let kappa = frobenius_norm(a) * frobenius_norm(&x);
    let ax = matmul(a, &x)?;
    at_most(max_norm(&(&ax - ax.transpose())), tolerance(a) * kappa)?;
    at_most(relative_distance(a, &(&ax * a)), tolerance(a) * kappa)?;
    if specimen.rank == 1 {
        let exact = a.transpose() / frobenius_norm(a).powi(2);
        at_most(relative_distance(&exact, &x), tolerance(a))?;
    }
    Ok(())
}

/// A right-hand side in the range is met; a square system is solved or refused.
fn solutions_are_right(specimen: &Specimen) -> Verdict {
    let a = &specimen.a;
    let b = a * DVector::from_fn(a.ncols(), |i, _| (1 + i % 3) as f64);
    let best = least_squares(a, &b)?;
    let size = frobenius_norm(a) * norm2(best.x.as_slice()) + norm2(b.as_slice());
    at_most(norm2((a * &best.x - &b).as_slice()), tolerance(a) * size)?;
    if a.nrows() != a.ncols() {
        return Ok(());
    }
    match solve(a, &b) {
        Ok(solution) => {
            let residual = norm_infinity((a * &solution.x - &b).as_slice());
            let size = matrix_norm_infinity(a) * norm_infinity(solution.x.as_slice())
                + norm_infinity(b.as_slice());
            Ok(at_most(residual, tolerance(a) * size)?)
        }
        Err(LinalgError::Singular { .. }) if specimen.rank < a.nrows() => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Of a Gram matrix with the identity added, so it is positive definite.
fn cholesky_is_right(specimen: &Specimen) -> Verdict {
    let n = specimen.a.ncols();
    let a = matmul(&specimen.a.transpose(), &specimen.a)? + DMatrix::identity(n, n);
    let l = cholesky(&a)?;
    Ok(at_most(
        relative_distance(&a, &(&l * l.transpose())),
        tolerance(&a),
    )?)
}

fn triangles_are_right(specimen: &Specimen) -> Verdict {
    let a = &specimen.a;
    let Lu { permutation, l, u } = lu(a)?;
    let permuted = DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(permutation[i], j)]);
    let size = frobenius_norm(&l) * frobenius_norm(&u);
    let residual = frobenius_norm(&(permuted - l * u));
    Ok(at_most(residual, tolerance(a) * size)?)
}

/// Both factorizations, and the rank by the pivoted one.
fn bases_are_right(specimen: &Specimen) -> Verdict {
    let a = &specimen.a;
    let Qr { q, r } = qr(a)?;
    at_most(loss_of_orthogonality(&q), tolerance(a))?;
    at_most(relative_distance(a, &(q * r)), tolerance(a))?;
    let pivoted = qr_pivoted(a)?;
    let permuted = DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(i, pivoted.permutation[j])]);
    at_most(loss_of_orthogonality(&pivoted.q), tolerance(a))?;
    at_most(
        relative_distance(&permuted, &(&pivoted.q * &pivoted.r)),
        tolerance(a),
    )?;
    let rank = pivoted.rank(rank_tolerance(a))?;
    Ok(relative(rank as f64, specimen.rank as f64, 0.0)?)
}

fn polar_is_right(specimen: &Specimen) -> Verdict {
    let a = &specimen.a;
    let Polar { u, p } = polar(a)?;
    let columns = if a.nrows() < a.ncols() {
        u.transpose()
    } else {
        u.clone()
    };
    at_most(loss_of_orthogonality(&columns), tolerance(a))?;
    Ok(at_most(relative_distance(a, &(u * p)), tolerance(a))?)
}

/// Of the symmetric part: eigenvectors, and as many signs as inertia tells.
fn symmetric_part_is_right(specimen: &Specimen) -> Verdict {
    let n = specimen.a.nrows().min(specimen.a.ncols());
    let square = specimen.a.view((0, 0), (n, n));
    let a = square + square.transpose();
    let eigen = symmetric_eigen(&a)?;
    at_most(loss_of_orthogonality(&eigen.vectors), tolerance(&a))?;
    let stretched = &eigen.vectors * DMatrix::from_diagonal(&eigen.values);
    let recomposed = stretched * eigen.vectors.transpose();
    at_most(relative_distance(&a, &recomposed), tolerance(&a))?;
    let noise = tolerance(&a) * frobenius_norm(&a);
    let sure = eigen.values.iter().filter(|x| x.abs() > noise).count();
    let inertia = ldlt(&a)?.inertia();
    Ok(relative(
        (inertia.positive + inertia.negative) as f64,
        sure as f64,
        0.0,
    )?)
}

/// The first wrong answers of many, with their number.
fn census(specimens: impl Iterator<Item = Specimen>) -> (usize, usize, Option<String>) {
    let questions: [(&str, Question); QUESTIONS] = [
        ("svd", svd_is_right),
        ("rank", rank_is_right),
        ("pseudo_inverse", pseudo_inverse_is_right),
        ("solutions", solutions_are_right),
        ("cholesky", cholesky_is_right),
        ("lu", triangles_are_right),
        ("qr", bases_are_right),
        ("polar", polar_is_right),
        ("symmetric_eigen", symmetric_part_is_right),
    ];
    let (mut asked, mut wrong, mut first) = (0, 0, None);
    for (at, specimen) in specimens.enumerate() {
        for (name, question) in questions {
            asked += 1;
            if let Err(error) = question(&specimen) {
                wrong += 1;
                first.get_or_insert_with(|| {
                    format!("{name} of {at}, {:?}: {error}", specimen.a.shape())
                });
            }
        }
    }
    (asked, wrong, first)
}

/// nalgebra 0.35 gets the singular values of 231 of these wrong (nalgebra#1172).
#[test]
fn no_answer_about_841_matrices_of_ones_is_wrong() {
    let shapes = (1..30).flat_map(|m| (1..30).map(move |n| (m, n)));
    let specimens = shapes.map(|(m, n)| Specimen {
        a: DMatrix::from_element(m, n, 1.0),
        rank: 1,
    });
    assert_eq!(census(specimens), (QUESTIONS * 841, 0, None));
}

#[test]
fn no_answer_about_2000_random_matrices_is_wrong() {
    let mut state = 2026;
    let specimens = (0..2000).map(|index| specimen(index, &mut state));
    assert_eq!(census(specimens), (QUESTIONS * 2000, 0, None));
}
