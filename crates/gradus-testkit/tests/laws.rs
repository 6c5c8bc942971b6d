//! Laws of the testkit itself: the distance, the strategies, the checkers on random functions.

use gradus_testkit::nalgebra::DMatrix;
use gradus_testkit::{
    Violation, all_same_bits, all_scaled, at_most, cases, gradient, laws, relative, scaled,
    strategies, ulp_distance,
};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn ulp_distance_is_a_metric(
        x in strategies::finite(),
        y in strategies::finite(),
        z in strategies::finite(),
    ) {
        prop_assert_eq!(ulp_distance(x, x), 0);
        prop_assert_eq!(ulp_distance(x, y), ulp_distance(y, x));
        prop_assert_eq!(ulp_distance(x, y) == 0, x == y);
        prop_assert!(ulp_distance(x, z) <= ulp_distance(x, y).saturating_add(ulp_distance(y, z)));
    }

    #[test]
    fn neighbors_are_one_ulp_apart(x in strategies::finite()) {
        let expected = u64::from(x != 0.0 || x.next_up() != 0.0);
        prop_assert_eq!(ulp_distance(x, x.next_up()), expected);
    }

    #[test]
    fn closeness_does_not_depend_on_order(x in strategies::special(), y in strategies::special()) {
        prop_assert_eq!(relative(x, y, 0.5).is_ok(), relative(y, x, 0.5).is_ok());
    }

    #[test]
    fn extremes_are_finite(x in strategies::extreme()) {
        prop_assert!(x.is_finite());
    }

    #[test]
    fn structured_vectors_are_finite_and_may_be_empty(x in strategies::structured_vector(0..6)) {
        prop_assert!(x.len() < 6);
        prop_assert!(x.iter().all(|x| x.is_finite()));
    }

    #[test]
    fn integers_are_small_and_whole(x in strategies::integers(0..20)) {
        prop_assert!(x.iter().all(|x| x.abs() <= 9.0 && x.trunc() == *x));
    }

    #[test]
    fn logits_are_finite(x in strategies::logits(1..20)) {
        prop_assert!(x.iter().all(|x| x.abs() <= 1e38));
    }

    #[test]
    fn simplex_points_are_distributions(p in strategies::simplex_point(1..20)) {
        prop_assert!(p.iter().all(|&p| (0.0..=1.0).contains(&p)));
        scaled(p.iter().sum(), 1.0, 4.0 * f64::EPSILON, p.len() as f64)?;
    }

    #[test]
    fn labels_are_classes(labels in strategies::labels(3, 0..20)) {
        prop_assert!(labels.iter().all(|&label| label < 3));
    }

    #[test]
    fn matrices_have_the_shape_that_was_asked(
        a in strategies::matrix(3, 0..5),
        b in strategies::integer_matrix(0..2_usize, 4),
        c in strategies::structured_matrix(2..=3, 1..4),
    ) {
        prop_assert!(a.nrows() == 3 && a.ncols() < 5);
        prop_assert!(b.nrows() < 2 && b.ncols() == 4);
        prop_assert!((2..=3).contains(&c.nrows()) && (1..4).contains(&c.ncols()));
        prop_assert!(c.iter().all(|x| x.is_finite()));
    }

    #[test]
    fn symmetric_matrices_equal_their_transpose(
        a in strategies::symmetric(0..6),
        b in strategies::positive_definite(0..6),
    ) {
        all_same_bits(a.as_slice(), a.transpose().as_slice())?;
        all_same_bits(b.as_slice(), b.transpose().as_slice())?;
    }

    #[test]
    fn positive_definite_matrices_have_the_promised_spectrum(
        a in strategies::positive_definite(4),
        x in strategies::vector(4),
    ) {
        // ‖x‖² ≤ xᵀAx ≤ (1 + 9n) ‖x‖²
        let x = DMatrix::from_vec(4, 1, x);
        let (form, square) = ((x.transpose() * &a * &x)[0], x.dot(&x));
        at_most(square, form * (1.0 + 1e-14))?;
        at_most(form, 37.0 * square * (1.0 + 1e-14))?;
    }

    #[test]
    fn orthogonal_matrices_keep_lengths_and_angles(q in strategies::orthogonal(0..6)) {
        let identity = DMatrix::<f64>::identity(q.nrows(), q.nrows());
        let product = q.transpose() * &q;
        all_scaled(product.as_slice(), identity.as_slice(), f64::EPSILON, 100.0)?;
    }

    #[test]
    fn the_gradient_check_passes_what_is_right(x in prop::collection::vec(-2.0..2.0, 0..40)) {
        gradient::check(product_of_cosines, &x)?;
        gradient::taylor_slope(product_of_cosines, &x)?;
    }

    #[test]
    fn the_gradient_check_finds_one_wrong_entry(
        x in prop::collection::vec(-2.0..2.0, 1..40),
        wrong in any::<prop::sample::Index>(),
    ) {
        let bent = |x: &[f64]| {
            let (value, mut gradient) = product_of_cosines(x);
            gradient[wrong.index(x.len())] += 1e-6;
            (value, gradient)
        };
        prop_assert!(gradient::check(bent, &x).is_err());
    }

    #[test]
    fn a_matrix_and_its_transpose_are_adjoint(
        a in strategies::integer_matrix(1..5, 1..5),
        seed in strategies::integers(8),
    ) {
        let (x, y) = (&seed[..a.ncols()], &seed[..a.nrows()]);
        let product = |x: &[f64]| times(&a, x);
        let transposed = |y: &[f64]| times(&a.transpose(), y);
        laws::adjoint(product, transposed, x, y, 0.0)?;
        laws::linear_operator(product, x, x, 3.0, 0.0)?;
        gradient::transpose(|_, v| product(v), |_, u| transposed(u), x, a.nrows())?;
    }

    #[test]
    fn a_violation_names_its_law(x in strategies::vector(3)) {
        let violation = laws::idempotence(|x| x.iter().map(|x| x + 1.0).collect(), &x);
        let named = matches!(violation, Err(Violation::Within { .. }));
        prop_assert!(named, "{:?}", violation);
    }
}

/// $`\prod_i \cos(x_i) + \sum_i x_i`$ and its gradient; no entry of it is the same as another.
fn product_of_cosines(x: &[f64]) -> (f64, Vec<f64>) {
    let cosines: Vec<f64> = x.iter().map(|x| (0.1 * x).cos()).collect();
    let product: f64 = cosines.iter().product();
    let gradient = x.iter().map(|x| 1.0 - 0.1 * (0.1 * x).tan() * product);
    (product + x.iter().sum::<f64>(), gradient.collect())
}

fn times(a: &DMatrix<f64>, x: &[f64]) -> Vec<f64> {
    let image = a * DMatrix::from_column_slice(x.len(), 1, x);
    image.as_slice().to_vec()
}
