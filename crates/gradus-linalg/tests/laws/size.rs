//! Matrices without entries may have sides of any length: answers that no memory can hold are refused.

use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::special::{
    hadamard_matrix, hilbert, hilbert_inverse, lauchli, pascal, random_orthogonal,
    random_with_singular_values, vandermonde, wilkinson, wilkinson_growth,
};
use gradus_linalg::{
    LinalgError, Pca, Svd, cond, covariance, frobenius_norm, gram_schmidt, gram_schmidt_classical,
    householder_qr, least_squares, lu, matmul, matrix_norm_infinity, matrix_norm1, matrix_norm2,
    max_norm, nuclear_norm, null_space, polar, project, projector, pseudo_inverse, qr, qr_pivoted,
    range, rank, singular_values, solve_columns, svd, svd_full,
};
use gradus_numeric::Shape;

fn wide(n: usize) -> DMatrix<f64> {
    DMatrix::zeros(0, n)
}

fn tall(m: usize) -> DMatrix<f64> {
    DMatrix::zeros(m, 0)
}

/// What is asked, the shape that cannot be, and the answer.
type Refusal = (&'static str, Shape, Option<LinalgError>);

/// Squares of order n, made of next to nothing.
fn squares(n: usize) -> Vec<Refusal> {
    let refusal = |name, error| (name, Shape::new(n, n), error);
    let empty = Svd {
        u: tall(n),
        singular_values: DVector::zeros(0),
        v: tall(n),
    };
    vec![
        refusal("hilbert", hilbert(n).err()),
        refusal("hadamard_matrix", hadamard_matrix(n).err()),
        refusal("wilkinson", wilkinson(n).err()),
        refusal("wilkinson_growth", wilkinson_growth(n).err()),
        refusal("random_orthogonal", random_orthogonal(n, || 0.5).err()),
        refusal("null_space", null_space(&wide(n)).err()),
        refusal("null_space", null_space(&DMatrix::<f32>::zeros(0, n)).err()),
        refusal("polar", polar(&wide(n)).err()),
        refusal("pseudo_inverse", pseudo_inverse(&wide(n)).err()),
        refusal("pseudo_inverse", pseudo_inverse(&tall(n)).err()),
        refusal("projector", projector(&tall(n)).err()),
        refusal("svd_full", svd_full(&wide(n)).err()),
        refusal("svd_full", svd_full(&tall(n)).err()),
        refusal("gram_schmidt", gram_schmidt(&wide(n), |_| {}).err()),
        refusal(
            "gram_schmidt",
            gram_schmidt_classical(&wide(n), |_| {}).err(),
        ),
        refusal("matmul", matmul(&tall(n), &wide(n)).err()),
        refusal("low_rank", empty.low_rank(0).err()),
        ("lauchli", Shape::new(n + 1, n), lauchli(n, 1.0).err()),
    ]
}

/// Single rows and columns of n entries.
fn lines(n: usize) -> Vec<Refusal> {
    let one = DVector::from_element(1, 1.0);
    let row = Shape::new(1, n);
    let column = Shape::new(n, 1);
    let (name, mut normal) = ("random_with_singular_values", || 0.5);
    vec![
        ("lu", column, lu(&tall(n)).err()),
        ("qr_pivoted", column, qr_pivoted(&wide(n)).err()),
        ("pca", row, samples_without_scores(n).err()),
        ("vandermonde", row, vandermonde(&one, n).err()),
        (
            name,
            row,
            random_with_singular_values(&one, 1, n, &mut normal).err(),
        ),
        (
            name,
            column,
            random_with_singular_values(&one, n, 1, &mut normal).err(),
        ),
        (
            "least_squares",
            column,
            least_squares(&wide(n), &DVector::zeros(0)).err(),
        ),
    ]
}

/// Data of one feature from no component at all: n times the mean.
fn samples_without_scores(n: usize) -> Result<DMatrix<f64>, LinalgError> {
    let pca = Pca::fit(&DMatrix::from_element(1, 2, 1.0), 0)?;
    pca.truncated(0).inverse_transform(&wide(n))
}

/// The numbers of entries wrap to zero, or their bytes to more than a slice may have.
#[test]
fn answers_too_large_for_any_memory_are_refused() {
    let squares = [1 << 30, 1 << 32, 1 << 63].map(squares);
    let lines = [1 << 60, 1 << 61, 1 << 63].map(lines);
    for (operation, shape, answer) in squares.into_iter().chain(lines).flatten() {
        let expected = LinalgError::TooLarge { operation, shape };
        assert_eq!(answer, Some(expected), "{operation} of {shape}");
    }
    for n in [1 << 32, usize::MAX] {
        let refused = Err(LinalgError::Overflow {
            operation: "pascal",
        });
        assert_eq!(pascal(n), refused);
        assert!(hilbert_inverse(n).is_err());
    }
}

/// Nothing is made, gone through or probed that is as long as the side without an end.
#[test]
fn matrices_without_entries_have_answers_at_any_length() -> Result<(), LinalgError> {
    let n = usize::MAX;
    for a in [wide(n), tall(n)] {
        assert_eq!(svd(&a)?.rank(), 0);
        assert_eq!(singular_values(&a)?.len(), 0);
        assert_eq!(rank(&a, 0.0)?, 0);
        assert_eq!(cond(&a)?.to_bits(), 1.0_f64.to_bits());
        assert_eq!(range(&a)?.ncols(), 0);
        assert_eq!(qr(&a)?.r.shape(), (0, a.ncols()));
        for norm in [matrix_norm1, matrix_norm_infinity, frobenius_norm, max_norm] {
            assert_eq!(norm(&a).to_bits(), 0.0_f64.to_bits());
        }
        assert_eq!(matrix_norm2(&a)?.to_bits(), nuclear_norm(&a)?.to_bits());
    }
    assert_eq!(lu(&wide(n))?.u.shape(), (0, n));
    assert_eq!(qr_pivoted(&tall(n))?.q.shape(), (n, 0));
    assert_eq!(householder_qr(&tall(n), |_| {})?.q.shape(), (n, 0));
    let none = solve_columns(&DMatrix::zeros(0, 0), &wide(n))?;
    assert_eq!(
        (none.x.shape(), none.rcond.to_bits()),
        ((0, n), 1.0_f64.to_bits())
    );
    assert_eq!(null_space(&tall(n))?.shape(), (0, 0));
    assert_eq!(projector(&wide(n))?.shape(), (0, 0));
    assert_eq!(project(&wide(n), &DVector::zeros(0))?.len(), 0);
    assert_eq!(covariance(&wide(n), 1)?.shape(), (0, 0));
    let pca = Pca::fit(&wide(n), 1)?;
    assert_eq!((pca.components().shape(), pca.mean().len()), ((0, 0), 0));
    assert_eq!(vandermonde(&DVector::zeros(0), n)?.shape(), (0, n));
    Ok(())
}
