//! The laws once more where algorithms go by blocks: just below, at and above the orders where they begin to.

use crate::criteria::*;
use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::special::wilkinson_growth;
use gradus_linalg::{
    Lu, Step, cholesky, det, eliminate, ldlt, lu, matmul, matrix_norm_infinity, max_norm, slogdet,
    solve_positive_definite, symmetric_eigenvalues,
};
use gradus_numeric::{norm_infinity, norm2};
use gradus_testkit::{all_scaled, at_most, cases, same_bits, scaled};
use proptest::prelude::*;
use proptest::test_runner::Config;

/// Cholesky goes by blocks above 12, elimination above 48, others where their library does.
const ORDERS: [usize; 9] = [31, 32, 33, 47, 48, 49, 64, 100, 150];

/// Every case goes through all orders. (`PROPTEST_CASES` asks for as many as of the small laws: a few dozen take minutes.)
fn few() -> Config {
    Config {
        cases: 2,
        ..cases()
    }
}

/// Of a kind: normal, of half the rank, graded by columns, huge, tiny, constant.
fn matrix_of_kind(kind: u64, m: usize, n: usize, seed: u64) -> DMatrix<f64> {
    let mut normal = normal(seed);
    let mut random = |m, n| DMatrix::from_fn(m, n, |_, _| normal());
    match kind {
        0 => random(m, n),
        1 => random(m, m.min(n) / 2) * random(m.min(n) / 2, n),
        2 => {
            let a = random(m, n);
            let size = |j: usize| 10.0_f64.powf(-12.0 * j as f64 / n as f64);
            DMatrix::from_fn(m, n, |i, j| a[(i, j)] * size(j))
        }
        3 => random(m, n) * 1e200,
        4 => random(m, n) * 1e-200,
        _ => DMatrix::from_element(m, n, 0.1),
    }
}

/// Every order as number of rows, each of another kind.
fn of_shapes(seed: u64, columns: impl Fn(usize) -> usize) -> impl Iterator<Item = DMatrix<f64>> {
    let matrix = move |(at, m)| {
        let seed = seed.wrapping_add(at as u64);
        matrix_of_kind(seed % 6, m, columns(at), seed)
    };
    ORDERS.into_iter().enumerate().map(matrix)
}

fn squares(seed: u64) -> impl Iterator<Item = DMatrix<f64>> {
    of_shapes(seed, |at| ORDERS[at])
}

/// 31 × 150, …, 150 × 31.
fn rectangles(seed: u64) -> impl Iterator<Item = DMatrix<f64>> {
    of_shapes(seed, |at| ORDERS[ORDERS.len() - 1 - at])
}

fn any_shape(seed: u64) -> impl Iterator<Item = DMatrix<f64>> {
    squares(seed).chain(rectangles(seed.wrapping_mul(3)))
}

fn symmetric(a: &DMatrix<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(a.nrows(), a.nrows(), |i, j| a[(i.max(j), i.min(j))])
}

fn right_side(n: usize, seed: u64) -> DVector<f64> {
    let mut normal = normal(!seed);
    DVector::from_fn(n, |_, _| normal())
}

/// A product of three reflections.
fn orthogonal_of_order(n: usize, seed: u64) -> DMatrix<f64> {
    let mut q = DMatrix::identity(n, n);
    for k in 0..3 {
        let v = right_side(n, seed.wrapping_add(k));
        q -= (&q * &v) * v.transpose() * (2.0 / norm2(v.as_slice()).powi(2));
    }
    q
}

/// Eigenvalues of sizes from 0.001 to 1, largest first; the first `positive` of them are positive.
fn spectrum(n: usize, positive: usize) -> Vec<f64> {
    let size = |share: f64| 10.0_f64.powf(-3.0 * share);
    let share = |i: usize, n: usize| i as f64 / n.max(1) as f64;
    let up = (0..positive).map(|i| size(share(i, positive)));
    let down = (positive..n).map(|i| -size(share(n - 1 - i, n - positive)));
    up.chain(down).collect()
}

/// Whole numbers from −`most` to `most`.
fn whole(m: usize, n: usize, most: f64, seed: u64) -> DMatrix<f64> {
    let mut normal = normal(seed);
    DMatrix::from_fn(m, n, |_, _| (most * normal()).round().clamp(-most, most))
}

/// A unit lower triangle of −½, 0 and ½, an upper one of whole numbers with powers of two on the diagonal, and how the
/// rows of their product are mixed: elimination makes no rounding error, and has no choice of pivots.
fn exact_factors(n: usize, seed: u64) -> Lu<f64> {
    let (below, above) = (whole(n, n, 1.0, seed), whole(n, n, 3.0, !seed));
    let l = DMatrix::from_fn(n, n, |i, j| match i.cmp(&j) {
        std::cmp::Ordering::Less => 0.0,
        std::cmp::Ordering::Equal => 1.0,
        std::cmp::Ordering::Greater => 0.5 * below[(i, j)],
    });
    let u = DMatrix::from_fn(n, n, |i, j| match i.cmp(&j) {
        std::cmp::Ordering::Less => above[(i, j)],
        std::cmp::Ordering::Equal => [1.0, -2.0, 4.0][(i + j) % 3],
        std::cmp::Ordering::Greater => 0.0,
    });
    let keys = right_side(n, seed);
    let mut permutation: Vec<usize> = (0..n).collect();
    permutation.sort_by(|&i, &j| keys[i].total_cmp(&keys[j]));
    Lu { permutation, l, u }
}

/// $`P^\top L U`$.
fn recomposed(factors: &Lu<f64>) -> DMatrix<f64> {
    let product = &factors.l * &factors.u;
    let mut a = DMatrix::zeros(product.nrows(), product.ncols());
    for (row, &from) in product.row_iter().zip(&factors.permutation) {
        a.set_row(from, &row);
    }
    a
}

/// −1 if an odd number of exchanges makes the permutation.
fn sign_of(permutation: &[usize]) -> f64 {
    let pairs = (0..permutation.len()).flat_map(|i| (0..i).map(move |j| (j, i)));
    let inversions = pairs.filter(|&(j, i)| permutation[j] > permutation[i]);
    if inversions.count().is_multiple_of(2) {
        1.0
    } else {
        -1.0
    }
}

/// The factors as elimination without blocks shows them, step by step.
fn watched_factors(a: &DMatrix<f64>) -> Lu<f64> {
    let n = a.nrows();
    let (mut u, mut l) = (a.clone(), DMatrix::zeros(n, n));
    let mut permutation: Vec<usize> = (0..n).collect();
    let _ = eliminate(a, &DVector::zeros(n), |step| match step {
        Step::Swap { row, other } => {
            u.swap_rows(row, other);
            l.swap_rows(row, other);
            permutation.swap(row, other);
        }
        Step::Eliminate {
            row,
            pivot_row,
            factor,
        } => {
            l[(row, pivot_row)] = factor;
            for j in pivot_row + 1..n {
                u[(row, j)] -= factor * u[(pivot_row, j)];
            }
            u[(row, pivot_row)] = 0.0;
        }
        _ => {}
    });
    l.fill_diagonal(1.0);
    Lu { permutation, l, u }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn large_products_of_whole_numbers_are_exact(seed in any::<u64>()) {
        let sides = ORDERS.iter().chain(&[7, 520]);
        for (at, &m) in sides.enumerate() {
            let (k, n) = (ORDERS[(2 * at + 5) % ORDERS.len()], ORDERS[(4 * at + 1) % ORDERS.len()]);
            products_are_exact(&whole(m, k, 99.0, seed), &whole(k, n, 99.0, !seed))?;
        }
        // Short rows are cut into slices of 128, the long ones of 520 above into slices of 64.
        products_are_exact(&whole(257, 150, 99.0, seed), &whole(150, 49, 99.0, !seed))?;
    }

    /// By blocks and slices, entry by entry, against sums in the order of the definition: each is within $`\gamma_k`$ of the exact one.
    #[test]
    fn large_products_of_any_numbers_are_within_two_rounding_bounds(seed in any::<u64>()) {
        for (m, k, n) in [(130, 257, 65), (3, 600, 70), (200, 64, 4), (257, 3, 129)] {
            let draws = |rows, columns, seed| whole(rows, columns, 9999.0, seed).map(|x| x / 7.0); // of 53 bits each
            let (a, b) = (draws(m, k, seed), draws(k, n, !seed));
            let (c, size) = (matmul(&a, &b)?, a.abs() * b.abs());
            for (i, j) in (0..m).flat_map(|i| (0..n).map(move |j| (i, j))) {
                let sum: f64 = (0..k).map(|l| a[(i, l)] * b[(l, j)]).sum();
                scaled(c[(i, j)], sum, 2.0 * gamma(k, U), size[(i, j)])?;
            }
        }
    }

    #[test]
    fn large_matrices_are_triangles_with_their_rows_permuted(seed in any::<u64>()) {
        for a in any_shape(seed) {
            l_times_u_is_permuted(&a)?;
            l_and_u_are_triangles(&a)?;
        }
    }

    #[test]
    fn elimination_without_rounding_finds_the_very_factors(seed in any::<u64>()) {
        for n in ORDERS {
            let factors = exact_factors(n, seed);
            prop_assert_eq!(&lu(&recomposed(&factors))?, &factors);
        }
    }

    #[test]
    fn great_and_small_matrices_have_the_factors_of_one_elimination(seed in any::<u64>()) {
        for n in ORDERS {
            let a = matrix_of_kind(0, n, n, seed);
            let (found, watched) = (lu(&a)?, watched_factors(&a));
            prop_assert_eq!(&found.permutation, &watched.permutation);
            // Higham (2002), §9.3: either is that of a matrix within rounding, and differs by the condition as much.
            let tolerance = rounding(n, 1) * condition(&a)?;
            at_most(max_norm(&(found.l - watched.l)), tolerance)?;
            at_most(max_norm(&(found.u - watched.u)), tolerance * max_norm(&a))?;
        }
    }

    #[test]
    fn large_systems_have_a_small_backward_error(seed in any::<u64>()) {
        for a in squares(seed) {
            the_solution_fits(&a, &right_side(a.nrows(), seed))?;
        }
    }

    #[test]
    fn large_determinants_are_those_of_their_factors(seed in any::<u64>()) {
        for n in ORDERS {
            let factors = exact_factors(n, seed);
            let sign = sign_of(&factors.permutation);
            let diagonal: f64 = factors.u.diagonal().iter().product();
            let a = recomposed(&factors);
            same_bits(det(&a)?, sign * diagonal)?;
            same_bits(slogdet(&a)?.sign, sign * diagonal.signum())?;
            let lambda = spectrum(n, n - n / 3);
            let answer = slogdet(&with_eigenvalues(&orthogonal_of_order(n, seed), &lambda))?;
            same_bits(answer.sign, if (n / 3).is_multiple_of(2) { 1.0 } else { -1.0 })?;
            // Each pivot is that of a matrix within rounding, of condition 1000.
            let ln: f64 = lambda.iter().map(|l| l.abs().ln()).sum();
            scaled(answer.ln_abs, ln, 1000.0 * rounding(n, 1), n as f64)?;
        }
    }

    #[test]
    fn large_positive_definite_matrices_are_triangles_times_their_transposes(seed in any::<u64>()) {
        for n in ORDERS {
            let a = with_eigenvalues(&orthogonal_of_order(n, seed), &spectrum(n, n));
            l_times_its_transpose_is(&a)?;
            the_solution_by_cholesky_fits(&a, &right_side(n, seed), 1e-100)?;
            // Whole numbers, and powers of two to divide by: no rounding.
            let mut l = whole(n, n, 3.0, seed).lower_triangle();
            l.set_diagonal(&DVector::from_fn(n, |i, _| [1.0, 2.0, 4.0][i % 3]));
            prop_assert_eq!(&cholesky(&(&l * l.transpose()))?, &l);
        }
    }

    #[test]
    fn large_saddles_have_no_cholesky_factor(seed in any::<u64>(), at in 0_usize..31) {
        for n in ORDERS {
            let mut lambda = spectrum(n, n);
            lambda[at] *= -1.0;
            let a = with_eigenvalues(&orthogonal_of_order(n, seed), &lambda);
            a_pivot_is_negative(n, &cholesky(&a))?;
            a_pivot_is_negative(n, &solve_positive_definite(&a, &right_side(n, seed)))?;
        }
    }

    #[test]
    fn large_symmetric_matrices_are_l_d_lt_permuted_on_both_sides(seed in any::<u64>()) {
        for a in squares(seed).map(|a| symmetric(&unit(&a))) {
            let (f, n) = (ldlt(&a)?, a.nrows());
            let permuted = a.select_rows(&f.permutation).select_columns(&f.permutation);
            at_most(relative_distance(&permuted, &(&f.l * &f.d * f.l.transpose())), 2.0 * rounding(n, n))?;
            prop_assert_eq!(&f.l, &f.l.lower_triangle());
            prop_assert!(f.l.diagonal().iter().all(|l| *l == 1.0));
            let inertia = f.inertia();
            prop_assert_eq!(inertia.positive + inertia.negative + inertia.zero, n);
        }
    }

    #[test]
    fn large_systems_are_solved_by_ldlt_and_keep_their_inertia(seed in any::<u64>()) {
        for n in ORDERS {
            let positive = n - n / 3;
            let a = with_eigenvalues(&orthogonal_of_order(n, seed), &spectrum(n, positive));
            let (f, b) = (ldlt(&a)?, right_side(n, seed));
            let inertia = f.inertia();
            prop_assert_eq!((inertia.positive, inertia.negative), (positive, n / 3));
            let x = f.solve(&b)?;
            let residual = norm_infinity((&a * &x - &b).as_slice());
            let size = matrix_norm_infinity(&a) * norm_infinity(x.as_slice()) + norm_infinity(b.as_slice());
            at_most(residual, 10.0 * rounding(n, n) * size)?;
        }
    }

    #[test]
    fn large_matrices_are_orthonormal_columns_times_a_triangle(seed in any::<u64>()) {
        for a in any_shape(seed) {
            q_is_orthonormal(&a)?;
            q_times_r_is(&a)?;
            r_is_a_triangle(&a)?;
        }
    }

    #[test]
    fn large_matrices_have_pivots_in_order(seed in any::<u64>()) {
        for a in any_shape(seed) {
            pivoted_q_is_orthonormal(&a)?;
            pivoted_q_times_r_is_permuted(&a)?;
            pivots_are_the_largest(&a)?;
        }
    }

    #[test]
    fn large_matrices_have_singular_triples(seed in any::<u64>()) {
        for a in any_shape(seed) {
            singular_triples_recompose(&a)?;
            singular_vectors_are_orthonormal(&a)?;
            singular_values_are_sorted(&a)?;
        }
    }

    #[test]
    fn large_symmetric_matrices_have_the_eigenvalues_they_were_given(seed in any::<u64>()) {
        for a in squares(seed) {
            let a = symmetric(&a);
            eigenpairs_recompose(&a)?;
            eigenvectors_are_orthonormal(&a)?;
            eigenvalues_are_sorted(&a)?;
            let n = a.nrows();
            let lambda = spectrum(n, n - n / 3);
            let found = symmetric_eigenvalues(&with_eigenvalues(&orthogonal_of_order(n, seed), &lambda))?;
            all_scaled(found.as_slice(), &lambda, rounding(n, 4), 1.0)?;
        }
    }

    #[test]
    fn large_residuals_are_perpendicular_to_the_columns(seed in any::<u64>()) {
        for a in any_shape(seed) {
            the_residual_is_perpendicular(&a, &right_side(a.nrows(), seed))?;
        }
    }
}

/// Every step doubles the last column, with and without blocks.
#[test]
fn growth_is_the_same_in_blocks() -> Result<(), gradus_linalg::LinalgError> {
    for n in 47..53 {
        let u = lu(&wilkinson_growth(n)?)?.u;
        for i in 0..n {
            assert_eq!(u[(i, n - 1)], (1_u64 << i) as f64);
        }
    }
    Ok(())
}
