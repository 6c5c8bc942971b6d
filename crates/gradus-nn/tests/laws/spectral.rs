//! What the singular values of a weight matrix cost.

use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{matrix_norm2, nuclear_norm, singular_values};
use gradus_losses::{L1, LossError, Regularizer};
use gradus_nn::{NuclearNorm, Orthogonality};
use gradus_testkit::strategies::orthogonal;
use gradus_testkit::{all_scaled, at_most, cases, golden, gradient, relative, scaled};
use proptest::prelude::*;

const EPSILON: f64 = f64::EPSILON;

/// Two matrices of one shape, in rows.
fn pair() -> impl Strategy<Value = (usize, Vec<f64>, Vec<f64>)> {
    (1..6_usize, 1..6_usize).prop_flat_map(|(m, n)| {
        let entries = move || prop::collection::vec(-3.0..3.0_f64, m * n);
        (Just(n), entries(), entries())
    })
}

fn matrix(columns: usize, w: &[f64]) -> DMatrix<f64> {
    DMatrix::from_row_slice(w.len() / columns, columns, w)
}

fn rows(w: &DMatrix<f64>) -> Vec<f64> {
    w.transpose().as_slice().to_vec()
}

fn gradient_of(term: &dyn Regularizer<f64>, w: &[f64]) -> Result<Vec<f64>, LossError> {
    let mut slopes = vec![0.0; w.len()];
    term.add_gradient(w, &mut slopes)?;
    Ok(slopes)
}

fn shrunk(term: &dyn Regularizer<f64>, w: &[f64], step: f64) -> Result<Vec<f64>, LossError> {
    let mut z = w.to_vec();
    term.shrink(&mut z, step)?;
    Ok(z)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_nuclear_penalty_is_the_lasso_of_singular_values((columns, w, _) in pair(), lambda in 0.0..3.0_f64, d in prop::collection::vec(-3.0..3.0_f64, 1..5)) {
        let value = NuclearNorm { lambda, columns }.value(&w)?;
        relative(value, lambda * nuclear_norm(&matrix(columns, &w))?, 64.0 * EPSILON)?;
        let (n, diagonal) = (d.len(), rows(&DMatrix::from_diagonal(&d.clone().into())));
        let of_diagonal = NuclearNorm { lambda, columns: n };
        relative(of_diagonal.value(&diagonal)?, L1 { lambda }.value(&d)?, 64.0 * EPSILON)?;
        let by_entries = rows(&DMatrix::from_diagonal(&shrunk(&L1 { lambda }, &d, 0.5)?.into()));
        all_scaled(&shrunk(&of_diagonal, &diagonal, 0.5)?, &by_entries, 64.0 * EPSILON, 3.0)?;
    }

    #[test]
    fn the_nuclear_subgradient_attains_the_dual_norm((columns, w, b) in pair(), lambda in 0.1..3.0_f64) {
        let term = NuclearNorm { lambda, columns };
        let (value, slopes) = (term.value(&w)?, gradient_of(&term, &w)?);
        let rounding = 1.0 + 64.0 * EPSILON;
        at_most(lambda * dot(&b, &w).abs(), rounding * matrix_norm2(&matrix(columns, &b))? * value)?;
        relative(dot(&slopes, &w), value, 64.0 * EPSILON)?;
        at_most(matrix_norm2(&matrix(columns, &slopes))?, rounding * lambda)?;
    }

    #[test]
    fn prices_of_singular_values_do_not_see_rotations((columns, w, _) in pair(), lambda in 0.1..3.0_f64, q in orthogonal(5)) {
        let (m, a) = (w.len() / columns, matrix(columns, &w));
        let turned = DMatrix::from_fn(5, columns, |i, j| (0..m).map(|k| q[(i, k)] * a[(k, j)]).sum::<f64>());
        for (wide, tall) in [(columns, m), (columns, columns)] {
            let other = if tall == m { rows(&a.transpose()) } else { rows(&turned) };
            let [nuclear, of_other] = [wide, tall].map(|columns| NuclearNorm { lambda, columns });
            relative(nuclear.value(&w)?, of_other.value(&other)?, 256.0 * EPSILON)?;
            let [price, of_other] = [wide, tall].map(|columns| Orthogonality { lambda, columns });
            // With more rows than before, up to the shorter side, there are zeros among the singular values: each costs λ.
            let sides = other.len() / tall;
            let zeros = sides.min(tall) - m.min(columns);
            let expected = price.value(&w)? + lambda * zeros as f64;
            scaled(of_other.value(&other)?, expected, 256.0 * EPSILON, 1e3 * lambda + expected)?;
        }
    }

    #[test]
    fn gradients_of_matrix_penalties_are_derivatives((columns, w, _) in pair(), lambda in 0.1..3.0_f64) {
        let w: Vec<f64> = w.iter().map(|w| w / 2.0).collect();
        let sigma = singular_values(&matrix(columns, &w))?;
        // Where a singular value is near 0 the nuclear norm has a kink.
        let terms: [(&dyn Regularizer<f64>, bool); 2] = [
            (&NuclearNorm { lambda, columns }, sigma.iter().all(|s| *s > 0.3)),
            (&Orthogonality { lambda, columns }, true),
        ];
        for (term, _) in terms.into_iter().filter(|(_, smooth)| *smooth) {
            let of = |w: &[f64]| (term.value(w).unwrap_or(f64::NAN), gradient_of(term, w).unwrap_or_default());
            gradient::check(of, &w)?;
        }
    }

    #[test]
    fn singular_value_shrinkage_obeys_its_inequality((columns, w, other) in pair(), lambda in 0.0..3.0_f64, t in 1e-3..3.0_f64) {
        let term = NuclearNorm { lambda, columns };
        let z = shrunk(&term, &w, t)?;
        // ⟨W − Z, B − Z⟩ ≤ t (R(B) − R(Z)) for every B
        let by: Vec<f64> = w.iter().zip(&z).map(|(w, z)| w - z).collect();
        let away: Vec<f64> = other.iter().zip(&z).map(|(b, z)| b - z).collect();
        let gain = t * (term.value(&other)? - term.value(&z)?);
        at_most(dot(&by, &away), gain + 1e3 * EPSILON * (1.0 + t * lambda) * 100.0)?;
        let before = singular_values(&matrix(columns, &w))?;
        let expected: Vec<f64> = before.iter().map(|s| (s - t * lambda).max(0.0)).collect();
        let after = singular_values(&matrix(columns, &z))?;
        all_scaled(after.as_slice(), &expected, 64.0 * EPSILON, 15.0)?;
    }

    #[test]
    fn orthogonality_is_a_price_of_singular_values((columns, w, _) in pair(), lambda in 0.1..3.0_f64, q in orthogonal(1..6_usize), keep in 1..6_usize) {
        let price = Orthogonality { lambda, columns };
        let sigma = singular_values(&matrix(columns, &w))?;
        let expected: f64 = sigma.iter().map(|s| (s * s - 1.0).powi(2)).sum();
        scaled(price.value(&w)?, lambda * expected, 256.0 * EPSILON, lambda * (1e3 + expected))?;
        let keep = keep.min(q.nrows());
        let (some, all) = (q.rows(0, keep).into_owned(), q.ncols());
        for (part, columns) in [(rows(&some), all), (rows(&some.transpose()), keep)] {
            let price = Orthogonality { lambda, columns };
            // the square of a rounding
            at_most(price.value(&part)?, 1e3 * EPSILON * EPSILON)?;
            all_scaled(&gradient_of(&price, &part)?, &vec![0.0; part.len()], 256.0 * EPSILON, lambda)?;
        }
    }

    #[test]
    fn the_proximal_map_of_orthogonality_is_a_minimizer((columns, w, other) in pair(), lambda in 0.0..3.0_f64, t in 1e-3..3.0_f64, near in 0.0..1.0_f64) {
        let term = Orthogonality { lambda, columns };
        let z = shrunk(&term, &w, t)?;
        let cost = |z: &[f64]| term.value(z).map(|r| t * r + 0.5 * squared_distance(z, &w));
        let least = cost(&z)?;
        let beside: Vec<f64> = z.iter().zip(&other).map(|(z, b)| z + 0.1 * near * b).collect();
        for rival in [&w, &other, &beside] {
            at_most(least, cost(rival)? + 1e4 * EPSILON * (1.0 + least))?;
        }
        let (before, after) = (singular_values(&matrix(columns, &w))?, singular_values(&matrix(columns, &z))?);
        for (s, z) in before.iter().zip(&after) {
            // between the old value and 1
            at_most(s.min(1.0) - 64.0 * EPSILON * 15.0, *z)?;
            at_most(*z, s.max(1.0) + 64.0 * EPSILON * 15.0)?;
        }
    }
}

#[test]
fn parameters_that_are_no_matrix_are_refused() {
    let (parameters, columns) = (5, 2);
    let uneven = LossError::UnevenRows {
        parameters,
        columns,
    };
    let terms: [&dyn Regularizer<f64>; 2] = [
        &NuclearNorm {
            lambda: 1.0,
            columns,
        },
        &Orthogonality {
            lambda: 1.0,
            columns,
        },
    ];
    for term in terms {
        let (mut theta, mut gradient) = ([1.0; 5], [7.0; 5]);
        assert_eq!(term.value(&theta), Err(uneven));
        assert_eq!(term.add_gradient(&theta, &mut gradient), Err(uneven));
        assert_eq!(term.shrink(&mut theta, 1.0), Err(uneven));
        assert_eq!((theta, gradient), ([1.0; 5], [7.0; 5]));
        assert_eq!(term.value(&[]), Ok(0.0));
        for wrong in [f64::NAN, f64::INFINITY] {
            let mut theta = [1.0, wrong, 1.0, 1.0];
            assert!(
                term.value(&theta).is_err()
                    && term.add_gradient(&theta, &mut gradient[..4]).is_err()
            );
            assert!(term.shrink(&mut theta, 1.0).is_err());
        }
        assert!(term.shrink(&mut theta[..4], -1.0).is_err());
        assert!(term.add_gradient(&theta[..4], &mut gradient).is_err());
        assert_eq!((theta, gradient), ([1.0; 5], [7.0; 5]));
    }
    let columns = 0;
    assert!(
        NuclearNorm {
            lambda: 1.0,
            columns
        }
        .value(&[1.0])
        .is_err()
    );
    assert!(
        Orthogonality {
            lambda: f64::NAN,
            columns: 1
        }
        .value(&[1.0])
        .is_err()
    );
}

/// The parameters of a dense layer of low rank, in single precision: what rounding has added to the rank does not count.
#[test]
fn noise_of_single_precision_has_no_direction() -> Result<(), LossError> {
    let w: Vec<f32> = (0..12_u8)
        .map(|k| f32::from(1 + k / 4) / 3.0 * (0.1 + f32::from(k % 4)))
        .collect();
    let mut slopes = [0.0_f32; 12];
    let term = NuclearNorm {
        lambda: 1.0,
        columns: 4,
    };
    term.add_gradient(&w, &mut slopes)?;
    let squares: f64 = slopes.iter().map(|s| f64::from(*s).powi(2)).sum();
    assert!((squares - 1.0).abs() < 1e-6, "{squares}"); // one singular vector on each side
    Ok(())
}

/// See `golden/spectral.py`.
#[test]
fn prices_of_singular_values_are_golden() -> Result<(), Box<dyn std::error::Error>> {
    let rows = golden::read(include_str!("../golden/spectral.csv"))?;
    assert_eq!(rows.len(), 208);
    for row in rows {
        let (w, lambda, step, columns) = (&row.inputs[..6], row.inputs[6], row.inputs[7], 3);
        let term: Box<dyn Regularizer<f64>> = match row.class.as_str() {
            "nuclear_norm" => Box::new(NuclearNorm { lambda, columns }),
            _ => Box::new(Orthogonality { lambda, columns }),
        };
        let all = [gradient_of(&*term, w)?, shrunk(&*term, w, step)?].concat();
        let mut named = (0_u32..)
            .zip(&all)
            .filter(|(k, _)| f64::from(*k) == row.inputs[8]);
        let asked = match named.next() {
            Some((_, asked)) => *asked,
            None => term.value(w)?,
        };
        // A decomposition is exact for a matrix that is off by a few roundings of its norm, below 8.
        if (asked - row.output).abs() > 64.0 * EPSILON {
            row.check(asked)?;
        }
    }
    Ok(())
}
