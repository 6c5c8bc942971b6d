//! Reflections and rotations.

use crate::inputs::*;
use crate::ranked::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    Givens, Householder, cond, det, frobenius_norm, householder_qr, matmul, max_norm, qr, trace,
};
use gradus_numeric::{Real, norm2};
use gradus_testkit::strategies::{finite, matrix, structured_vector, vector};
use gradus_testkit::{all_scaled, at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;

/// Vectors with one entry at least, of every kind whose length is a number.
fn some_vector() -> impl Strategy<Value = DVector<f64>> {
    let any = prop_oneof![
        vector(1..12),
        structured_vector(1..12),
        vector(1..12).prop_map(|x| x.iter().map(|x| x * 1e-200).collect()),
    ];
    any.prop_map(|x| {
        in_range(DMatrix::from_vec(x.len(), 1, x))
            .column(0)
            .into_owned()
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_reflection_undoes_itself((x, y) in some_vector().prop_flat_map(|x| { let n = x.len(); (Just(x), vector(n)) })) {
        let (n, y) = (x.len(), DVector::from_vec(y));
        let h = Householder::new(&x)?;
        let matrix = h.matrix()?;
        prop_assert_eq!(&matrix, &matrix.transpose());
        let tolerance = 10.0 * n as f64 * U;
        at_most(loss_of_orthogonality(&matrix), tolerance)?;
        let (image, size) = (h.reflect(&y)?, norm2(y.as_slice()));
        all_scaled(h.reflect(&image)?.as_slice(), y.as_slice(), tolerance, size)?;
        all_scaled((&matrix * &y).as_slice(), image.as_slice(), tolerance, size)?;
        let single = h.reflect(&y.map(f32::from_f64))?.map(f64::from);
        all_scaled(single.as_slice(), image.as_slice(), 4.0 * f64::from(f32::EPSILON), size)?;
    }

    #[test]
    fn a_reflection_sends_its_vector_to_the_first_axis(x in some_vector()) {
        let h = Householder::new(&x)?;
        let length = norm2(x.as_slice());
        relative(h.image().abs(), length, 4.0 * U)?;
        prop_assert!(h.image() * x[0].signum() <= 0.0);
        let axis = DVector::from_fn(x.len(), |i, _| if i == 0 { h.image() } else { 0.0 });
        // A tiny vector has no more digits than subnormal numbers leave it.
        let tolerance = 10.0 * x.len() as f64 * U;
        all_scaled(h.reflect(&x)?.as_slice(), axis.as_slice(), tolerance, length.max(1e-290))?;
    }

    #[test]
    fn a_reflection_turns_one_direction_around(x in some_vector()) {
        let (n, h) = (x.len(), Householder::new(&x)?);
        let tolerance = 10.0 * n as f64 * U;
        scaled(trace(&h.matrix()?)?, n as f64 - 2.0, tolerance, 1.0)?;
        relative(det(&h.matrix()?)?, -1.0, n as f64 * tolerance)?;
        let turned = h.reflect(h.normal())?;
        all_scaled(turned.as_slice(), (-h.normal()).as_slice(), tolerance, 1.0)?;
    }

    #[test]
    fn reflections_and_rotations_keep_lengths((a, x) in (2_usize..9).prop_flat_map(|n| (matrix(n, 0..5), vector(n)))) {
        let n = a.nrows();
        let reflected = Householder::new(&DVector::from_vec(x.clone()))?.reflect_columns(&a)?;
        let mut rotated = a.clone();
        Givens::new(x[0], x[1])?.rotate_rows(&mut rotated, 0, n - 1)?;
        for j in 0..a.ncols() {
            let length = norm2(a.column(j).as_slice());
            for image in [&reflected, &rotated] {
                relative(norm2(image.column(j).as_slice()), length, 10.0 * n as f64 * U)?;
            }
        }
    }

    #[test]
    fn a_rotation_is_orthogonal(a in finite(), b in finite()) {
        let g = Givens::new(a, b)?;
        at_most(loss_of_orthogonality(&g.matrix()), 8.0 * U)?;
        same_bits(g.matrix()[(0, 1)], -g.matrix()[(1, 0)])?;
        same_bits(g.matrix()[(0, 0)], g.cosine())?;
    }

    #[test]
    fn a_rotation_sends_its_pair_to_the_first_axis(a in -100.0..100.0, b in -100.0..100.0, factor in power_of_two()) {
        let g = Givens::new(a * factor, b * factor)?;
        let mut pair = DMatrix::from_column_slice(2, 1, &[a * factor, b * factor]);
        g.rotate_rows(&mut pair, 0, 1)?;
        let r = norm2(&[a * factor, b * factor]);
        relative(g.length(), r, 4.0 * U)?;
        all_scaled(pair.as_slice(), &[r, 0.0], 8.0 * U, r)?;
        prop_assert!(pair[0] >= 0.0);
    }

    #[test]
    fn reflections_make_an_orthonormal_basis_and_a_triangle(a in rectangle()) {
        let (m, n) = a.shape();
        let qr = householder_qr(&a, |_| {})?;
        at_most(loss_of_orthogonality(&qr.q), rounding(m, n))?;
        for (i, j) in (0..qr.r.nrows()).flat_map(|i| (0..n).map(move |j| (i, j))) {
            prop_assert!(i <= j || qr.r[(i, j)] == 0.0);
            prop_assert!(i != j || qr.r[(i, j)] >= 0.0);
        }
        at_most(relative_distance(&a, &(qr.q * qr.r)), rounding(m, n))?;
    }

    #[test]
    fn watched_and_fast_factors_agree(a in (1_usize..6, 0_usize..4).prop_flat_map(|(n, more)| of_rank(n + more, n, n))) {
        let (watched, fast) = (householder_qr(&a, |_| {})?, qr(&a)?);
        let tolerance = 10.0 * rounding(a.nrows(), a.ncols()) * cond(&a)?;
        at_most(max_norm(&(watched.q - fast.q)), tolerance)?;
        at_most(relative_distance(&fast.r, &watched.r), tolerance)?;
    }

    #[test]
    fn the_observer_of_reflections_sees_a_triangle_grow(a in rectangle()) {
        let (m, n) = a.shape();
        let mut steps = Vec::new();
        let qr = householder_qr(&a, |step| steps.push((step.column, step.reflection.clone(), step.matrix.clone())))?;
        prop_assert_eq!(steps.len(), m.min(n));
        let mut last = a.clone();
        for (at, (column, reflection, matrix)) in steps.into_iter().enumerate() {
            prop_assert_eq!(column, at);
            prop_assert_eq!(reflection.normal().len(), m - at);
            prop_assert_eq!(reflection.image(), matrix[(at, at)]);
            for j in 0..=at {
                prop_assert!((j + 1..m).all(|i| matrix[(i, j)] == 0.0));
            }
            relative(frobenius_norm(&matrix), frobenius_norm(&a), rounding(m, n))?;
            last = matrix;
        }
        for i in 0..m.min(n) {
            same_bits(last[(i, i)].abs(), qr.r[(i, i)])?;
        }
    }

    #[test]
    fn a_rotation_of_two_rows_is_a_product(a in matrix(2..7, 0..5), x in -9.0..9.0, y in -9.0..9.0) {
        let (m, g) = (a.nrows(), Givens::new(x, y)?);
        let plane = |i: usize| [0, m - 1].iter().position(|row| *row == i);
        let whole = DMatrix::from_fn(m, m, |i, j| match (plane(i), plane(j)) {
            (Some(i), Some(j)) => g.matrix()[(i, j)],
            _ => f64::from(u8::from(i == j)),
        });
        let mut rotated = a.clone();
        g.rotate_rows(&mut rotated, 0, m - 1)?;
        all_scaled(rotated.as_slice(), matmul(&whole, &a)?.as_slice(), 8.0 * U, max_norm(&a))?;
    }
}
