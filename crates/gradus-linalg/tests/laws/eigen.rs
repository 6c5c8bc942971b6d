//! Eigenvalues of general matrices.

use crate::inputs::*;
use gradus_linalg::nalgebra::{Complex, DMatrix, DVector};
use gradus_linalg::{eigen, eigenvalues, frobenius_norm, inverse, matrix_norm_infinity, max_norm};
use gradus_numeric::{ldexp, norm2};
use gradus_testkit::strategies::{integer_matrix, integers, matrix, structured_matrix, vector};
use gradus_testkit::{at_most, cases, scaled};
use proptest::collection;
use proptest::prelude::*;

fn complex(a: &DMatrix<f64>) -> DMatrix<Complex<f64>> {
    a.map(|x| Complex::new(x, 0.0))
}

fn length<'a>(z: impl IntoIterator<Item = &'a Complex<f64>>) -> f64 {
    norm2(&z.into_iter().map(|z| z.norm()).collect::<Vec<_>>())
}

/// The largest distance from a number to its partner, each taking the nearest that is left.
fn distance(x: &DVector<Complex<f64>>, y: &DVector<Complex<f64>>) -> f64 {
    let mut left: Vec<Complex<f64>> = y.iter().copied().collect();
    let nearest = |z: &Complex<f64>, left: &mut Vec<Complex<f64>>| {
        let key = |i: &usize| (left[*i] - z).norm();
        let i = (0..left.len()).min_by(|i, j| key(i).total_cmp(&key(j)));
        i.map_or(f64::INFINITY, |i| (left.swap_remove(i) - z).norm())
    };
    x.iter().map(|z| nearest(z, &mut left)).fold(0.0, f64::max)
}

/// Order at most 5, entries at most 3 (as Cayley and Hamilton are judged).
fn small() -> impl Strategy<Value = DMatrix<f64>> {
    (0_usize..6).prop_flat_map(|n| {
        let small = |a: DMatrix<f64>| unit(&a) * 3.0;
        prop_oneof![
            matrix(n, n).prop_map(small),
            integer_matrix(n, n).prop_map(|a| a.map(|x| x % 4.0)),
            structured_matrix(n, n).prop_map(small),
        ]
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_matrix_stretches_its_eigenvectors(a in square()) {
        let (a, n) = (unit(&a), a.nrows());
        let eigen = eigen(&a)?;
        let wide = complex(&a);
        for (lambda, v) in eigen.values.iter().zip(eigen.vectors.column_iter()) {
            at_most(length(&(&wide * v - v * *lambda)), 2.0 * rounding(n, n) * frobenius_norm(&a))?;
            scaled(length(&v.into_owned()), 1.0, rounding(n, 1), 1.0)?;
        }
    }

    #[test]
    fn eigenvectors_lead_with_a_positive_entry(a in square()) {
        for v in eigen(&a)?.vectors.column_iter() {
            let largest = v.iter().map(|z| z.norm()).fold(0.0, f64::max);
            // An entry at the border, to a few rounding errors of its length, may count or not.
            let border = |slack: f64| (1.0 - f64::EPSILON.sqrt() + slack) * largest;
            let candidates = v.iter().filter(|z| z.norm() >= border(-16.0 * U));
            let last = v.iter().position(|z| z.norm() >= border(16.0 * U)).map(|i| v[i]);
            let mut candidates = candidates.take_while(|z| last != Some(**z)).chain(last.as_ref());
            prop_assert!(candidates.any(|z| z.re > 0.0 && z.im == 0.0), "{}", v);
        }
    }

    #[test]
    fn eigenvalues_of_a_real_matrix_come_in_conjugate_pairs(a in square()) {
        let eigen = eigen(&a)?;
        let mut at = 0;
        while at < a.nrows() {
            let (value, v) = (eigen.values[at], eigen.vectors.column(at));
            if value.im == 0.0 {
                prop_assert!(v.iter().all(|z| z.im == 0.0));
                at += 1;
            } else {
                prop_assert!(value.im > 0.0);
                prop_assert_eq!(eigen.values[at + 1], value.conj());
                prop_assert_eq!(eigen.vectors.column(at + 1), v.map(|z| z.conj()));
                at += 2;
            }
        }
    }

    #[test]
    fn eigenvalues_are_sorted_by_modulus(a in square()) {
        let lambda = eigenvalues(&a)?;
        prop_assert!(lambda.as_slice().windows(2).all(|l| l[0].norm() >= l[1].norm()), "{}", lambda);
    }

    #[test]
    fn eigenvalues_do_not_depend_on_the_question(a in square()) {
        prop_assert_eq!(eigenvalues(&a)?, eigen(&a)?.values);
    }

    #[test]
    fn traces_of_powers_are_power_sums_of_the_eigenvalues(a in square()) {
        let (a, n) = (unit(&a), a.nrows());
        let lambda = eigenvalues(&a)?;
        let mut power = DMatrix::identity(n, n);
        for k in 1..4 {
            power *= &a;
            let sum: Complex<f64> = lambda.iter().map(|z| z.powi(k)).sum();
            let size = frobenius_norm(&a).powi(k);
            scaled(sum.re, power.trace(), f64::from(k) * n as f64 * rounding(n, n), size)?;
            scaled(sum.im, 0.0, f64::from(k) * rounding(n, n), size)?;
        }
    }

    #[test]
    fn a_matrix_is_a_root_of_its_characteristic_polynomial(a in small()) {
        let n = a.nrows();
        let identity = DMatrix::identity(n, n);
        let factor = |lambda: &Complex<f64>| complex(&a) - &identity * *lambda;
        let product = eigenvalues(&a)?.iter().fold(identity.clone(), |p, lambda| p * factor(lambda));
        // The coefficients are those of a matrix within rounding of A, however ill-conditioned the roots are.
        let power = (1.0 + frobenius_norm(&a)).powi(i32::try_from(n)?);
        at_most(length(&product), 4.0 * n as f64 * rounding(n, n) * power)?;
    }

    #[test]
    fn similar_matrices_have_the_same_eigenvalues((lambda, s) in (1_usize..8).prop_flat_map(|n| (integers(n), well_conditioned(n)))) {
        let mut lambda = lambda;
        lambda.sort_by(f64::total_cmp);
        lambda.dedup();
        let n = lambda.len();
        let s = s.view((0, 0), (n, n)).into_owned();
        let Ok(back) = inverse(&s) else { return Ok(()) };
        let kappa = frobenius_norm(&s) * frobenius_norm(&back);
        prop_assume!(kappa < 1e6);
        let similar = back * DMatrix::from_diagonal(&DVector::from_vec(lambda.clone())) * s;
        let expected = DVector::from_vec(lambda).map(|x| Complex::new(x, 0.0));
        // Bauer and Fike: the condition of the eigenvectors times the backward error, here also of the product.
        let found = distance(&eigenvalues(&similar)?, &expected);
        at_most(found, kappa * 4.0 * rounding(n, n) * kappa * length(&expected))?;
    }

    #[test]
    fn symmetric_matrices_have_the_eigenvalues_of_either_question(a in symmetric_square()) {
        let (a, n) = (unit(&a), a.nrows());
        let real = gradus_linalg::symmetric_eigenvalues(&a)?.map(|x| Complex::new(x, 0.0));
        at_most(distance(&eigenvalues(&a)?, &real), 2.0 * n as f64 * rounding(n, n) * frobenius_norm(&a))?;
    }

    #[test]
    fn units_change_no_eigenvalue(
        (a, units) in (1_usize..9).prop_flat_map(|n| (symmetric_of_order(n), collection::vec(-40..40_i32, n)))
    ) {
        let (a, n) = (unit(&a), a.nrows());
        let in_units = DMatrix::from_fn(n, n, |i, j| ldexp(a[(i, j)], units[j] - units[i]));
        let real = gradus_linalg::symmetric_eigenvalues(&a)?.map(|x| Complex::new(x, 0.0));
        // To the rounding errors of A, not to those of the same map in units that make large entries.
        at_most(distance(&eigenvalues(&in_units)?, &real), 20.0 * n as f64 * rounding(n, n) * frobenius_norm(&a))?;
    }

    #[test]
    fn eigenvalues_lie_in_gershgorins_discs(a in square()) {
        let (a, n) = (unit(&a), a.nrows());
        let eigen = eigen(&a)?;
        for (lambda, v) in eigen.values.iter().zip(eigen.vectors.column_iter()) {
            // The disc of the row where the vector is largest: the proof of the theorem.
            let row = (0..n).max_by(|&i, &j| v[i].norm().total_cmp(&v[j].norm())).unwrap_or(0);
            let radius: f64 = (0..n).filter(|&j| j != row).map(|j| a[(row, j)].abs()).sum();
            let slack = 2.0 * rounding(n, n) * n as f64 * frobenius_norm(&a);
            at_most((lambda - a[(row, row)]).norm(), radius + slack)?;
        }
    }

    #[test]
    fn no_eigenvalue_exceeds_a_norm(a in square()) {
        let (a, n) = (unit(&a), a.nrows());
        for lambda in &eigenvalues(&a)? {
            at_most(lambda.norm(), matrix_norm_infinity(&a) + n as f64 * rounding(n, n) * frobenius_norm(&a))?;
        }
    }

    #[test]
    fn the_transpose_has_the_same_characteristic_polynomial(a in small()) {
        // At a point of the plane, for single eigenvalues of defective matrices differ by roots of rounding.
        let n = a.nrows();
        let z = Complex::new(1.0, 2.0);
        let at = |lambda: DVector<Complex<f64>>| -> Complex<f64> { lambda.iter().map(|l| z - l).product() };
        let (p, q) = (at(eigenvalues(&a)?), at(eigenvalues(&a.transpose())?));
        let power = (z.norm() + frobenius_norm(&a)).powi(i32::try_from(n)?);
        at_most((p - q).norm(), 4.0 * n as f64 * rounding(n, n) * power)?;
    }

    #[test]
    fn eigenvalues_of_a_companion_matrix_are_the_roots(roots in (1_usize..6).prop_flat_map(|n| prop_oneof![integers(n), vector(n)])) {
        let n = roots.len();
        let size = max_norm(&DMatrix::from_vec(n, 1, roots.clone())).max(1.0);
        let roots: Vec<f64> = roots.iter().map(|x| x / size).collect();
        // (x - r) (c_0 + c_1 x + ...), one root after the other; the leading coefficient is 1.
        let mut c = vec![1.0];
        for r in &roots {
            let shifted: Vec<f64> = std::iter::once(0.0).chain(c.iter().copied()).collect();
            c.push(0.0);
            c = shifted.iter().zip(&c).map(|(up, stay)| up - r * stay).collect();
        }
        let companion = DMatrix::from_fn(n, n, |i, j| if j + 1 == n { -c[i] } else { f64::from(u8::from(i == j + 1)) });
        // The polynomial that the eigenvalues have is the one that was given.
        for x in [0.0, 0.5, -1.0, 2.0] {
            let expected: f64 = roots.iter().map(|r| x - r).product();
            let found: Complex<f64> = eigenvalues(&companion)?.iter().map(|l| x - l).product();
            let size = (x.abs() + frobenius_norm(&companion)).powi(i32::try_from(n)?);
            at_most((found - expected).norm(), 4.0 * n as f64 * rounding(n, n) * size)?;
        }
    }
}
