//! The theorems of linear algebra, each as a property.

use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    LinalgError, accumulate, cholesky, frobenius_norm, inverse, lstsq, matmul,
    matrix_norm_infinity, matrix_norm1, matrix_norm2, max_norm, norm_infinity, norm1, norm2,
    product, qr, singular_values, solve, solve_columns, svd, view, view_mut,
};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Real};
use gradus_testkit::strategies::{
    integer_matrix, integers, matrix, orthogonal, positive_definite, structured_matrix,
    structured_vector, vector,
};
use gradus_testkit::{all_scaled, at_most, cases, laws, relative, same_bits, scaled};
use proptest::prelude::*;

/// Half the distance from 1 to the next number.
const U: f64 = 0.5 * f64::EPSILON;

/// What rounding may leave of zero: $`10\,m\,n\,u`$.
fn rounding(m: usize, n: usize) -> f64 {
    10.0 * U * (m.max(1) * n.max(1)) as f64
}

/// $`\gamma_k = k u / (1 - k u)`$.
fn gamma(k: usize, u: f64) -> f64 {
    k as f64 * u / (1.0 - k as f64 * u)
}

/// Away from the ends of the number range, where answers overflow or lose digits.
fn in_range(a: DMatrix<f64>) -> DMatrix<f64> {
    match max_norm(&a) {
        huge if huge > 1e300 => a * 1e-8,
        tiny if tiny < 1e-290 => a * 1e30,
        _ => a,
    }
}

/// Uniform, integer, structured, tiny, huge, and of deficient rank.
fn any_matrix(
    m: impl Fn() -> std::ops::Range<usize>,
    n: impl Fn() -> std::ops::Range<usize>,
) -> impl Strategy<Value = DMatrix<f64>> {
    prop_oneof![
        matrix(m(), n()),
        integer_matrix(m(), n()),
        structured_matrix(m(), n()).prop_map(in_range),
        matrix(m(), n()).prop_map(|a| a * 1e200),
        matrix(m(), n()).prop_map(|a| a * 1e-200),
        (matrix(m(), 2), matrix(2, n())).prop_map(|(a, b)| a * b),
    ]
}

fn rectangle() -> impl Strategy<Value = DMatrix<f64>> {
    any_matrix(|| 0..13, || 0..13)
}

fn square() -> impl Strategy<Value = DMatrix<f64>> {
    (0_usize..11).prop_flat_map(|n| any_matrix(move || n..n + 1, move || n..n + 1))
}

/// $`Q_1 \Sigma Q_2`$ with singular values from 1 down to $`10^{-5}`$.
fn well_conditioned(n: usize) -> impl Strategy<Value = DMatrix<f64>> {
    let sigma = proptest::collection::vec(-5.0..0.0_f64, n);
    (orthogonal(n), sigma, orthogonal(n)).prop_map(|(p, powers, q)| {
        let sigma = DVector::from_iterator(powers.len(), powers.iter().map(|p| 10.0_f64.powf(*p)));
        p * DMatrix::from_diagonal(&sigma) * q
    })
}

/// $`\lVert A - B \rVert_F / \lVert A \rVert_F`$ for entries of any size.
fn relative_distance(a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
    let size = max_norm(a);
    if size == 0.0 {
        return max_norm(b);
    }
    frobenius_norm(&(a / size - b / size)) / frobenius_norm(&(a / size))
}

/// $`\lVert Q^\top Q - I \rVert_{\max}`$.
fn loss_of_orthogonality(q: &DMatrix<f64>) -> f64 {
    max_norm(&(q.transpose() * q - DMatrix::identity(q.ncols(), q.ncols())))
}

fn condition(a: &DMatrix<f64>) -> Result<f64, LinalgError> {
    Ok(matrix_norm1(a) * matrix_norm1(&inverse(a)?))
}

/// $`2^k`$ and vectors that keep their bits when multiplied by it.
fn power_of_two() -> impl Strategy<Value = f64> {
    (-700..700).prop_map(|k| 2.0_f64.powi(k))
}

/// $`x \cdot y`$ as if in twice the precision (Ogita, Rump and Oishi).
fn exact_dot(x: &[f64], y: &[f64]) -> f64 {
    let (sum, error) = x.iter().zip(y).fold((0.0, 0.0), |(sum, error), (&x, &y)| {
        let product: f64 = x * y;
        let total: f64 = sum + product;
        let part = total - sum;
        let lost = x.mul_add(y, -product) + ((sum - (total - part)) + (product - part));
        (total, error + lost)
    });
    sum + error
}

// The product.
proptest! {
    #![proptest_config(cases())]

    #[test]
    fn product_is_within_its_rounding_bound((a, b) in (0_usize..20).prop_flat_map(|k| (matrix(0..9, k), matrix(k, 0..9)))) {
        let c = matmul(&a, &b)?;
        for (i, j) in (0..c.nrows()).flat_map(|i| (0..c.ncols()).map(move |j| (i, j))) {
            let (x, y): (Vec<f64>, Vec<f64>) = (view(&a).row(i).collect(), view(&b).column(j).collect());
            let size: f64 = x.iter().zip(&y).map(|(x, y)| (x * y).abs()).sum();
            scaled(c[(i, j)], exact_dot(&x, &y), gamma(a.ncols(), U), size * (1.0 + 1e-12))?;
        }
        let single = matmul(&a.map(f32::from_f64), &b.map(f32::from_f64))?;
        let double = matmul(&a.map(|x| f64::from(f32::from_f64(x))), &b.map(|x| f64::from(f32::from_f64(x))))?;
        let size = a.abs() * b.abs();
        for (at, c) in single.iter().enumerate() {
            scaled(f64::from(*c), double[at], gamma(a.ncols() + 2, U * 2.0_f64.powi(29)), size[at])?;
        }
    }

    #[test]
    fn integer_product_is_exact((a, b) in (0_usize..40).prop_flat_map(|k| (integer_matrix(0..20, k), integer_matrix(k, 0..20)))) {
        let c = matmul(&a, &b)?;
        // Whole numbers below 2⁵²: every order of summation is exact.
        let exact = |i, j| (0..a.ncols()).map(|k| a[(i, k)] * b[(k, j)]).sum();
        prop_assert_eq!(c, DMatrix::from_fn(a.nrows(), b.ncols(), exact));
    }

    #[test]
    fn product_does_not_depend_on_storage_order((a, b) in (0_usize..20).prop_flat_map(|k| (integer_matrix(0..20, k), integer_matrix(k, 0..20)))) {
        let (at, bt) = (a.transpose(), b.transpose());
        let expected = matmul(&a, &b)?;
        // The transpose by columns lies in memory as the matrix by rows.
        for a in [view(&a), view(&at).transposed()] {
            for b in [view(&b), view(&bt).transposed()] {
                let mut by_columns = DMatrix::zeros(a.rows(), b.columns());
                let mut by_rows = DMatrix::zeros(b.columns(), a.rows());
                product(a, b, view_mut(&mut by_columns))?;
                product(a, b, view_mut(&mut by_rows).transposed())?;
                prop_assert_eq!(&by_columns, &expected);
                prop_assert_eq!(&by_rows.transpose(), &expected);
            }
        }
    }

    #[test]
    fn accumulate_adds_the_product((a, b, c) in (0_usize..9, 0_usize..9, 0_usize..9)
        .prop_flat_map(|(m, k, n)| (integer_matrix(m, k), integer_matrix(k, n), integer_matrix(m, n))))
    {
        let mut sum = c.clone();
        accumulate(view(&a), view(&b), view_mut(&mut sum))?;
        prop_assert_eq!(sum, c + matmul(&a, &b)?);
    }

    #[test]
    fn identity_and_zero_multiply_exactly(a in rectangle()) {
        let (m, n) = a.shape();
        prop_assert_eq!(&matmul(&DMatrix::identity(m, m), &a)?, &a);
        prop_assert_eq!(&matmul(&a, &DMatrix::identity(n, n))?, &a);
        prop_assert_eq!(matmul(&a, &DMatrix::zeros(n, 3))?, DMatrix::zeros(m, 3));
    }

    #[test]
    fn a_transposed_product_is_the_product_of_transposes_reversed((a, b) in (0_usize..12).prop_flat_map(|k| (matrix(0..12, k), matrix(k, 0..12)))) {
        let left = matmul(&a, &b)?.transpose();
        let right = matmul(&b.transpose(), &a.transpose())?;
        let size = (a.abs() * b.abs()).transpose();
        for at in 0..left.len() {
            scaled(left[at], right[at], 2.0 * gamma(a.ncols(), U), size[at])?;
        }
    }

    #[test]
    fn transposing_twice_gives_the_matrix_back(a in rectangle()) {
        let twice = view(&a).transposed().transposed();
        prop_assert_eq!(twice, view(&a));
        let by_rows = MatrixRef::new(a.as_slice(), view(&a).shape().transposed(), Order::Rows)?;
        prop_assert_eq!(by_rows.transposed(), view(&a));
        let mut memory = a.as_slice().to_vec();
        let same = MatrixMut::new(&mut memory, view(&a).shape(), Order::Columns)?;
        prop_assert_eq!(same.as_ref(), view(&a));
    }
}

// Norms.
proptest! {
    #![proptest_config(cases())]

    #[test]
    fn norms_satisfy_the_triangle_inequality((x, y) in (0_usize..20).prop_flat_map(|n| (structured_vector(n), vector(n))), alpha in -3.0..3.0) {
        let tolerance = (x.len() + 4) as f64 * U;
        laws::norm(norm1, &x, &y, alpha, tolerance)?;
        laws::norm(norm2, &x, &y, alpha, tolerance)?;
        laws::norm(norm_infinity, &x, &y, alpha, tolerance)?;
    }

    #[test]
    fn norms_scale_by_powers_of_two_to_the_bit(x in prop_oneof![vector(0..20), Just(vec![1.0, 1.0])], factor in power_of_two()) {
        let multiple: Vec<f64> = x.iter().map(|x| factor * x).collect();
        same_bits(norm1(&multiple), factor * norm1(&x))?;
        same_bits(norm2(&multiple), factor * norm2(&x))?;
        same_bits(norm_infinity(&multiple), factor * norm_infinity(&x))?;
    }

    #[test]
    fn vector_norms_are_ordered(x in prop_oneof![vector(0..40), structured_vector(0..40)]) {
        let n = x.len() as f64;
        let slack = 1.0 + (n + 4.0) * U;
        at_most(norm_infinity(&x), norm2(&x) * slack)?;
        at_most(norm2(&x), norm1(&x) * slack)?;
        at_most(norm1(&x), n.sqrt() * norm2(&x) * slack)?;
    }

    #[test]
    fn only_zero_has_norm_zero(n in 1_usize..9, at in any::<prop::sample::Index>(), entry in prop_oneof![Just(5e-324_f64), Just(1e-310), Just(-1e-200)]) {
        let mut x = vec![0.0; n];
        prop_assert_eq!([norm1(&x), norm2(&x), norm_infinity(&x)], [0.0; 3]);
        x[at.index(n)] = entry;
        prop_assert_eq!([norm1(&x), norm2(&x), norm_infinity(&x)], [entry.abs(); 3]);
    }

    #[test]
    fn a_product_of_vectors_is_at_most_the_product_of_norms((x, y) in (0_usize..30).prop_flat_map(|n| (vector(n), vector(n)))) {
        let slack = 1.0 + (x.len() + 4) as f64 * U;
        at_most(exact_dot(&x, &y).abs(), norm2(&x) * norm2(&y) * slack)?;
        at_most(exact_dot(&x, &x), norm2(&x) * norm2(&x) * slack)?;
    }

    #[test]
    fn the_euclidean_norm_is_within_two_ulps(x in vector(0..300)) {
        // Twice the relative error of the norm, and the rounding of the square.
        relative(norm2(&x).powi(2), exact_dot(&x, &x), 4.5 * f64::EPSILON)?;
    }

    #[test]
    fn the_parallelogram_law_holds((x, y) in (0_usize..30).prop_flat_map(|n| (vector(n), vector(n)))) {
        let (x, y) = (DVector::from_vec(x), DVector::from_vec(y));
        let square = |x: &DVector<f64>| norm2(x.as_slice()).powi(2);
        let sides = 2.0 * square(&x) + 2.0 * square(&y);
        scaled(square(&(&x + &y)) + square(&(&x - &y)), sides, 4.0 * (x.len() + 4) as f64 * U, sides)?;
    }

    #[test]
    fn matrix_norms_scale_by_powers_of_two_to_the_bit(a in matrix(0..9, 0..9), factor in power_of_two()) {
        let multiple = &a * factor;
        for norm in [matrix_norm1, matrix_norm_infinity, frobenius_norm, max_norm] {
            same_bits(norm(&multiple), factor * norm(&a))?;
        }
        same_bits(matrix_norm2(&multiple)?, factor * matrix_norm2(&a)?)?;
    }

    #[test]
    fn matrix_norms_are_submultiplicative((a, b) in (0_usize..9).prop_flat_map(|k| (matrix(0..9, k), structured_matrix(k, 0..9).prop_map(in_range)))) {
        let ab = matmul(&a, &b)?;
        for norm in [matrix_norm1, matrix_norm_infinity, frobenius_norm] {
            at_most(norm(&ab), norm(&a) * norm(&b) * (1.0 + 1e-12))?;
        }
        at_most(matrix_norm2(&ab)?, matrix_norm2(&a)? * matrix_norm2(&b)? * (1.0 + 1e-12))?;
    }

    #[test]
    fn the_spectral_norm_is_bounded_by_the_column_and_row_sums(a in rectangle()) {
        let slack = 1.0 + rounding(a.nrows(), a.ncols());
        let norm = matrix_norm2(&a)?;
        at_most(norm, matrix_norm1(&a).sqrt() * matrix_norm_infinity(&a).sqrt() * slack)?;
        at_most(max_norm(&a), norm * slack)?;
        at_most(norm, (a.len() as f64).sqrt() * max_norm(&a) * slack)?;
    }
}

// Systems.
proptest! {
    #![proptest_config(cases())]

    #[test]
    fn solutions_have_a_small_backward_error((a, b) in square().prop_flat_map(|a| { let n = a.nrows(); (Just(a), vector(n)) })) {
        let n = a.nrows();
        let b = DVector::from_vec(b);
        match solve(&a, &b) {
            Ok(solution) => {
                at_most(solution.backward_error, rounding(n, 1))?;
                at_most(solution.rcond, 1.0 + rounding(n, 1))?;
                let size = max_norm(&a).max(f64::MIN_POSITIVE);
                let residual = &b - (&a / size) * (&solution.x * size);
                let scale = matrix_norm_infinity(&(&a / size)) * norm_infinity((&solution.x * size).as_slice()) + norm_infinity(b.as_slice());
                at_most(norm_infinity(residual.as_slice()), 2.0 * rounding(n, 1) * scale)?;
            }
            Err(LinalgError::Singular { rcond }) => {
                at_most(rcond, 1e-290)?;
                let sigma = singular_values(&a)?;
                at_most(sigma[n - 1], rounding(n, n) * sigma[0])?;
            }
            Err(error) => return Err(error.into()),
        }
    }

    #[test]
    fn solutions_err_by_condition_times_rounding((a, x) in (1_usize..10).prop_flat_map(|n| (well_conditioned(n), vector(n)))) {
        let x = DVector::from_vec(x);
        let solution = solve(&a, &(&a * &x))?;
        let error = norm_infinity((&solution.x - &x).as_slice());
        at_most(error, 20.0 * condition(&a)? * x.len() as f64 * U * norm_infinity(x.as_slice()))?;
    }

    #[test]
    fn solving_undoes_multiplying((a, x) in (1_usize..8).prop_flat_map(|n| (integer_matrix(n, n), integers(n)))) {
        let x = DVector::from_vec(x);
        match solve(&a, &(&a * &x)) {
            Ok(solution) => {
                let tolerance = 20.0 * x.len() as f64 * U / solution.rcond;
                all_scaled(solution.x.as_slice(), x.as_slice(), tolerance, norm_infinity(x.as_slice()))?;
            }
            Err(LinalgError::Singular { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }

    #[test]
    fn columns_are_solved_as_if_alone((a, b) in (1_usize..8).prop_flat_map(|n| (well_conditioned(n), matrix(n, 0..5)))) {
        let together = solve_columns(&a, &b)?;
        for j in 0..b.ncols() {
            let alone = solve(&a, &b.column(j).into_owned())?;
            same_bits(alone.rcond, together.rcond)?;
            let tolerance = 20.0 * b.nrows() as f64 * U / alone.rcond;
            let size = norm_infinity(alone.x.as_slice());
            all_scaled(together.x.column(j).as_slice(), alone.x.as_slice(), tolerance, size)?;
        }
    }

    #[test]
    fn the_condition_estimate_is_a_lower_bound_within_ten(a in (1_usize..10).prop_flat_map(well_conditioned)) {
        let estimate = 1.0 / solve(&a, &DVector::zeros(a.nrows()))?.rcond;
        let kappa = condition(&a)?;
        at_most(estimate, kappa * (1.0 + 20.0 * a.nrows() as f64 * U * kappa))?;
        at_most(kappa, 10.0 * estimate)?;
    }

    #[test]
    fn a_matrix_times_its_inverse_is_the_identity(a in (0_usize..9).prop_flat_map(well_conditioned)) {
        let n = a.nrows();
        let inverse = inverse(&a)?;
        let tolerance = 20.0 * n as f64 * U * matrix_norm1(&a) * matrix_norm1(&inverse);
        at_most(max_norm(&(&a * &inverse - DMatrix::identity(n, n))), tolerance)?;
        at_most(max_norm(&(&inverse * &a - DMatrix::identity(n, n))), tolerance)?;
    }

    #[test]
    fn the_inverse_of_the_inverse_is_the_matrix(a in (1_usize..9).prop_flat_map(well_conditioned)) {
        let tolerance = 20.0 * a.nrows() as f64 * U * condition(&a)?;
        at_most(relative_distance(&a, &inverse(&inverse(&a)?)?), tolerance)?;
    }

    #[test]
    fn the_inverse_of_a_product_reverses_the_order((a, b) in (1_usize..7).prop_flat_map(|n| (well_conditioned(n), well_conditioned(n)))) {
        let left = inverse(&(&a * &b))?;
        let right = inverse(&b)? * inverse(&a)?;
        let tolerance = 20.0 * a.nrows() as f64 * U * condition(&a)? * condition(&b)?;
        at_most(relative_distance(&right, &left), tolerance)?;
    }

    #[test]
    fn a_positive_definite_matrix_is_a_triangle_times_its_transpose(a in positive_definite(0..12), factor in power_of_two()) {
        let n = a.nrows();
        let a = a * factor;
        let l = cholesky(&a)?;
        at_most(relative_distance(&a, &(&l * l.transpose())), rounding(n, n))?;
        for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
            let expected = if i < j { l[(i, j)] == 0.0 } else { i != j || l[(i, j)] > 0.0 };
            prop_assert!(expected, "l[({}, {})] = {}", i, j, l[(i, j)]);
        }
    }

    #[test]
    fn an_indefinite_matrix_has_no_cholesky_factor(q in orthogonal(1..9), lambda in -1.0..-1e-6) {
        let n = q.nrows();
        let eigenvalues = DVector::from_fn(n, |i, _| if i == 0 { lambda } else { i as f64 });
        let a = &q * DMatrix::from_diagonal(&eigenvalues) * q.transpose();
        let refused = matches!(cholesky(&a), Err(LinalgError::NotPositiveDefinite { index, pivot }) if index < n && pivot < 0.0);
        prop_assert!(refused);
    }
}

// Orthogonal factorizations.
proptest! {
    #![proptest_config(cases())]

    #[test]
    fn q_is_orthonormal(a in rectangle()) {
        at_most(loss_of_orthogonality(&qr(&a)?.q), rounding(a.nrows(), a.ncols()))?;
    }

    #[test]
    fn q_times_r_is_the_matrix(a in rectangle()) {
        let qr = qr(&a)?;
        at_most(relative_distance(&a, &(qr.q * qr.r)), rounding(a.nrows(), a.ncols()))?;
    }

    #[test]
    fn r_is_upper_triangular(a in rectangle()) {
        let r = qr(&a)?.r;
        for (i, j) in (0..r.nrows()).flat_map(|i| (0..r.ncols()).map(move |j| (i, j))) {
            let expected = if i > j { r[(i, j)] == 0.0 } else { i != j || r[(i, j)] >= 0.0 };
            prop_assert!(expected, "r[({}, {})] = {}", i, j, r[(i, j)]);
        }
    }

    #[test]
    fn singular_triples_recompose_the_matrix(a in rectangle()) {
        let svd = svd(&a)?;
        let recomposed = &svd.u * DMatrix::from_diagonal(&svd.singular_values) * svd.v.transpose();
        at_most(relative_distance(&a, &recomposed), rounding(a.nrows(), a.ncols()))?;
    }

    #[test]
    fn singular_vectors_are_orthonormal(a in rectangle()) {
        let svd = svd(&a)?;
        let tolerance = rounding(a.nrows(), a.ncols());
        at_most(loss_of_orthogonality(&svd.u), tolerance)?;
        at_most(loss_of_orthogonality(&svd.v), tolerance)?;
    }

    #[test]
    fn singular_values_are_sorted_and_not_negative(a in rectangle()) {
        let sigma = singular_values(&a)?;
        prop_assert!(sigma.iter().all(|s| *s >= 0.0));
        prop_assert!(sigma.as_slice().windows(2).all(|s| s[0] >= s[1]));
    }

    #[test]
    fn singular_values_do_not_depend_on_the_question(a in rectangle()) {
        prop_assert_eq!(singular_values(&a)?, svd(&a)?.singular_values);
    }

    #[test]
    fn squared_singular_values_sum_to_the_squared_frobenius_norm(a in rectangle()) {
        let sigma = singular_values(&a)?;
        let tolerance = rounding(a.nrows(), a.ncols());
        relative(norm2(sigma.as_slice()), frobenius_norm(&a), tolerance)?;
        let size = max_norm(&a).max(f64::MIN_POSITIVE);
        let trace = ((&a / size).transpose() * (&a / size)).trace();
        relative(trace, frobenius_norm(&(&a / size)).powi(2), tolerance)?;
    }

    #[test]
    fn singular_values_do_not_change_under_transposition_and_rotation((a, q) in (1_usize..10).prop_flat_map(|m| (any_matrix(move || m..m + 1, || 1..10), orthogonal(m)))) {
        let sigma = singular_values(&a)?;
        let tolerance = 10.0 * rounding(a.nrows(), a.ncols());
        let transposed = singular_values(&a.transpose())?;
        let rotated = singular_values(&(q * &a))?;
        let mirrored = singular_values(&DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(a.nrows() - 1 - i, j)]))?;
        for other in [transposed, rotated, mirrored] {
            all_scaled(sigma.as_slice(), other.as_slice(), tolerance, sigma[0])?;
        }
    }

    #[test]
    fn rank_of_a_product_is_at_most_the_inner_dimension((a, b) in (1_usize..4).prop_flat_map(|k| (integer_matrix(4..9, k), integer_matrix(k, 4..9)))) {
        prop_assert!(svd(&(&a * &b))?.rank() <= a.ncols());
    }
}

// Least squares.
proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_residual_is_perpendicular_to_the_columns((a, b) in rectangle().prop_flat_map(|a| { let m = a.nrows(); (Just(a), vector(m)) })) {
        let (m, n) = a.shape();
        let b = DVector::from_vec(b);
        let best = lstsq(&a, &b)?;
        let size = max_norm(&a).max(f64::MIN_POSITIVE);
        let (a, x) = (a / size, &best.x * size);
        let residual = &b - &a * &x;
        let scale = frobenius_norm(&a) * (norm2(b.as_slice()) + frobenius_norm(&a) * norm2(x.as_slice()));
        at_most(norm2((a.transpose() * &residual).as_slice()), 4.0 * rounding(m, n) * scale)?;
        scaled(best.residual, norm2(residual.as_slice()), 4.0 * rounding(m, n), scale)?;
    }

    #[test]
    fn least_squares_obeys_pythagoras((a, b) in (1_usize..9, 0_usize..5).prop_flat_map(|(n, more)| (structured_matrix(n + more, n).prop_map(in_range), vector(n + more)))) {
        let best = lstsq(&a, &DVector::from_vec(b.clone()))?;
        let foot = &a * &best.x;
        let legs = norm2(foot.as_slice()).powi(2) + best.residual.powi(2);
        let size = max_norm(&a) * norm2(best.x.as_slice()) + norm2(&b);
        scaled(legs, norm2(&b).powi(2), 50.0 * b.len() as f64 * f64::EPSILON, size.powi(2))?;
    }

    #[test]
    fn no_other_least_squares_solution_is_shorter((half, b, t) in (1_usize..6).prop_flat_map(|n| (matrix(1..7, n), vector(0..1), vector(n))).prop_flat_map(|(a, _, t)| { let m = a.nrows(); (Just(a), vector(m), Just(t)) })) {
        // [A A] (x + (t, −t)) = [A A] x
        let n = half.ncols();
        let a = DMatrix::from_fn(half.nrows(), 2 * n, |i, j| half[(i, j % n)]);
        let best = lstsq(&a, &DVector::from_vec(b))?;
        let other = DVector::from_fn(2 * n, |i, _| best.x[i] + if i < n { t[i] } else { -t[i - n] });
        prop_assert!(best.rank <= n);
        at_most(norm2(best.x.as_slice()), norm2(other.as_slice()) * (1.0 + rounding(2 * n, n) / best.rcond))?;
    }

    #[test]
    fn answers_in_single_precision_are_rounded_once(a in integer_matrix(0..9, 0..9), b in positive_definite(0..6)) {
        let single = |a: &DMatrix<f64>| a.map(f32::from_f64);
        let svd_f32 = svd(&single(&a))?;
        let svd_f64 = svd(&a)?;
        prop_assert_eq!(single(&svd_f64.u), svd_f32.u);
        prop_assert_eq!(single(&svd_f64.v), svd_f32.v);
        prop_assert_eq!(svd_f64.singular_values.map(f32::from_f64), svd_f32.singular_values);
        prop_assert_eq!(single(&qr(&a)?.q), qr(&single(&a))?.q);
        prop_assert_eq!(single(&qr(&a)?.r), qr(&single(&a))?.r);
        let b = single(&b);
        prop_assert_eq!(single(&cholesky(&b.map(f64::from))?), cholesky(&b)?);
        prop_assert_eq!(single(&inverse(&b.map(f64::from))?), inverse(&b)?);
    }
}
