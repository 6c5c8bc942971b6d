//! Every question about a matrix or a right-hand side with a NaN or an infinity is answered by its place, at once.

use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    Householder, LinalgError, Pca, Stopping, Triangle, Whitening, WhiteningKind, cholesky, cond,
    conjugate_gradients, covariance, det, eigen, eigenvalues, eliminate, gram_schmidt,
    gram_schmidt_classical, householder_qr, inverse, inverse_iteration, ldlt, least_squares, lu,
    matrix_exponential, matrix_norm2, nuclear_norm, null_space, polar, power_iteration, project,
    projector, pseudo_inverse, qr, qr_pivoted, range, rank, rayleigh_iteration, rayleigh_quotient,
    singular_values, slogdet, solve, solve_columns, solve_positive_definite, solve_refined,
    solve_triangular, svd, svd_full, symmetric_eigen, symmetric_eigenvalues, trace,
};

type Answers = Vec<(&'static str, Option<LinalgError>)>;

fn ones() -> DVector<f64> {
    DVector::from_element(3, 1.0)
}

/// Questions about one matrix.
fn about_a_matrix(a: &DMatrix<f64>) -> Answers {
    vec![
        ("cholesky", cholesky(a).err()),
        ("cond", cond(a).err()),
        ("covariance", covariance(a, 0).err()),
        ("det", det(a).err()),
        ("eigen", eigen(a).err()),
        ("eigenvalues", eigenvalues(a).err()),
        ("gram_schmidt", gram_schmidt(a, |_| {}).err()),
        (
            "gram_schmidt_classical",
            gram_schmidt_classical(a, |_| {}).err(),
        ),
        ("householder_qr", householder_qr(a, |_| {}).err()),
        ("inverse", inverse(a).err()),
        ("ldlt", ldlt(a).err()),
        ("lu", lu(a).err()),
        ("matrix_exponential", matrix_exponential(a).err()),
        ("matrix_norm2", matrix_norm2(a).err()),
        ("nuclear_norm", nuclear_norm(a).err()),
        ("null_space", null_space(a).err()),
        ("Pca::fit", Pca::fit(a, 0).err()),
        ("polar", polar(a).err()),
        ("projector", projector(a).err()),
        ("pseudo_inverse", pseudo_inverse(a).err()),
        ("qr", qr(a).err()),
        ("qr_pivoted", qr_pivoted(a).err()),
        ("range", range(a).err()),
        ("rank", rank(a, 0.0).err()),
        ("singular_values", singular_values(a).err()),
        ("slogdet", slogdet(a).err()),
        ("svd", svd(a).err()),
        ("svd_full", svd_full(a).err()),
        ("symmetric_eigen", symmetric_eigen(a).err()),
        ("symmetric_eigenvalues", symmetric_eigenvalues(a).err()),
        (
            "Whitening::fit",
            Whitening::fit(a, WhiteningKind::Zca, 0, 0.0).err(),
        ),
    ]
}

/// Questions about a matrix and a vector.
fn about_a_system(a: &DMatrix<f64>, b: &DVector<f64>) -> Answers {
    let columns = DMatrix::from_column_slice(b.len(), 1, b.as_slice());
    let stopping = Stopping::default();
    vec![
        (
            "conjugate_gradients",
            conjugate_gradients(a, b, stopping, |_| {}).err(),
        ),
        ("eliminate", eliminate(a, b, |_| {}).err()),
        ("least_squares", least_squares(a, b).err()),
        ("project", project(a, b).err()),
        ("solve", solve(a, b).err()),
        ("solve_columns", solve_columns(a, &columns).err()),
        (
            "solve_positive_definite",
            solve_positive_definite(a, b).err(),
        ),
        ("solve_refined", solve_refined(a, b).err()),
        (
            "solve_triangular",
            solve_triangular(a, b, Triangle::Lower).err(),
        ),
    ]
}

/// Questions about a matrix and a vector to begin with.
fn about_an_eigenvector(a: &DMatrix<f64>, x: &DVector<f64>) -> Answers {
    let stopping = Stopping::default();
    vec![
        (
            "inverse_iteration",
            inverse_iteration(a, 0.5, x, stopping, |_| {}).err(),
        ),
        (
            "power_iteration",
            power_iteration(a, x, stopping, |_| {}).err(),
        ),
        (
            "rayleigh_iteration",
            rayleigh_iteration(a, x, stopping, |_| {}).err(),
        ),
        ("rayleigh_quotient", rayleigh_quotient(a, x).err()),
    ]
}

/// Factors of a matrix that is finite, asked with a vector that is not.
fn about_factors(b: &DVector<f64>) -> Result<Answers, LinalgError> {
    let identity = DMatrix::identity(3, 3);
    let reflection = Householder::new(&ones())?;
    Ok(vec![
        ("Householder::new", Householder::new(b).err()),
        ("Householder::reflect", reflection.reflect(b).err()),
        ("Ldlt::solve", ldlt(&identity)?.solve(b).err()),
        ("Lu::solve", lu(&identity)?.solve(b).err()),
    ])
}

fn assert_place(answers: Answers, expected: (usize, usize)) {
    for (name, answer) in answers {
        let refused = matches!(answer, Some(LinalgError::NonFinite { row, column, .. }) if (row, column) == expected);
        assert!(refused, "{name}: {answer:?}");
    }
}

#[test]
fn what_is_not_finite_is_refused_at_once() -> Result<(), LinalgError> {
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut a = DMatrix::from_element(3, 3, 1.0);
        a[(2, 1)] = value;
        assert_place(about_a_matrix(&a), (2, 1));
        assert_place(about_a_system(&a, &ones()), (2, 1));
        assert_place(about_an_eigenvector(&a, &ones()), (2, 1));
        let (identity, mut b) = (DMatrix::identity(3, 3), ones());
        b[1] = value;
        assert_place(about_a_system(&identity, &b), (1, 0));
        assert_place(about_an_eigenvector(&identity, &b), (1, 0));
        assert_place(about_factors(&b)?, (1, 0));
        // A trace looks at the diagonal only.
        assert_eq!(trace(&a), Ok(3.0));
        a[(1, 1)] = value;
        assert_place(vec![("trace", trace(&a).err())], (1, 1));
    }
    Ok(())
}
