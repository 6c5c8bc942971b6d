//! Gram–Schmidt, and what rounding does to it.

use crate::inputs::*;
use crate::ranked::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{GramSchmidtStep, LinalgError, cond, gram_schmidt, gram_schmidt_classical, qr};
use gradus_testkit::strategies::orthogonal;
use gradus_testkit::{at_most, cases, same_bits};
use proptest::prelude::*;

/// $`P \Sigma Q`$ with condition $`10^k`$, the singular values evenly spread in their logarithms.
fn with_condition(p: &DMatrix<f64>, k: f64, q: &DMatrix<f64>) -> DMatrix<f64> {
    let n = p.nrows();
    let sigma = DVector::from_fn(n, |i, _| 10.0_f64.powf(-k * i as f64 / (n - 1) as f64));
    p * DMatrix::from_diagonal(&sigma) * q
}

/// The theorems bound the losses from above; a single matrix may lose less by luck, ten of them hardly.
const SAMPLE: usize = 10;

fn is_positive_triangle(r: &DMatrix<f64>) -> bool {
    (0..r.nrows())
        .flat_map(|i| (0..r.ncols()).map(move |j| (i, j)))
        .all(|(i, j)| match i.cmp(&j) {
            std::cmp::Ordering::Greater => r[(i, j)] == 0.0,
            std::cmp::Ordering::Equal => r[(i, j)] > 0.0,
            std::cmp::Ordering::Less => true,
        })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn gram_schmidt_factors_the_matrix(a in rectangle()) {
        let (m, n) = a.shape();
        for answer in [gram_schmidt(&a, |_| {}), gram_schmidt_classical(&a, |_| {})] {
            match answer {
                Ok(answer) => {
                    prop_assert!(n <= m && is_positive_triangle(&answer.r));
                    at_most(relative_distance(&a, &(answer.q * answer.r)), 2.0 * rounding(m, n))?;
                }
                // A column that is left with 10 m u of its length makes the condition 1 / (10 m u √n) at least.
                Err(LinalgError::DependentColumns { column, left }) => {
                    prop_assert!(column < n && column <= m);
                    if column < m {
                        at_most(left, rounding(m, 1))?;
                    }
                    if n <= m {
                        at_most(1e12, cond(&unit(&a))?)?;
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    #[test]
    fn modified_gram_schmidt_loses_orthogonality_with_the_condition(a in (1_usize..9).prop_flat_map(well_conditioned)) {
        let n = a.nrows();
        let loss = gram_schmidt(&a, |_| {})?.loss_of_orthogonality;
        at_most(loss, rounding(n, n) * cond(&a)?)?;
    }

    #[test]
    fn orthogonality_is_lost_with_the_square_of_the_condition_or_with_it_or_not(bases in proptest::collection::vec((orthogonal(8), orthogonal(8)), SAMPLE)) {
        let losses = |k| -> Result<[f64; 3], LinalgError> {
            let mut mean = [0.0; 3];
            for (p, q) in &bases {
                let a = with_condition(p, k, q);
                let losses = [
                    gram_schmidt_classical(&a, |_| {})?.loss_of_orthogonality,
                    gram_schmidt(&a, |_| {})?.loss_of_orthogonality,
                    loss_of_orthogonality(&qr(&a)?.q),
                ];
                for (mean, loss) in mean.iter_mut().zip(losses) {
                    *mean += loss.log10() / SAMPLE as f64;
                }
            }
            Ok(mean)
        };
        let (low, high) = (losses(2.0)?, losses(6.0)?);
        // The exponent of the condition number, from four decades.
        let power = |i: usize| (high[i] - low[i]) / 4.0;
        prop_assert!((1.4..2.4).contains(&power(0)), "classical: {}", power(0));
        prop_assert!((0.6..1.4).contains(&power(1)), "modified: {}", power(1));
        at_most(high[2], rounding(8, 8).log10())?;
        prop_assert!(high[0] > high[1] && high[1] > high[2]);
    }

    #[test]
    fn the_observer_of_gram_schmidt_sees_r(a in (0_usize..5, 0_usize..4).prop_flat_map(|(n, more)| of_rank(n + more, n, n)), factor in power_of_two()) {
        let n = a.ncols();
        let (mut modified, mut classical) = (Vec::new(), Vec::new());
        let a = a * factor;
        let answers = [
            gram_schmidt(&a, |step| modified.push(step))?,
            gram_schmidt_classical(&a, |step| classical.push(step))?,
        ];
        for (answer, steps) in answers.iter().zip([modified, classical]) {
            prop_assert_eq!(steps.len(), n * (n + 1) / 2);
            let mut before = 0.0;
            for step in steps {
                match step {
                    GramSchmidtStep::Subtracted { column, along, coefficient, left } => {
                        same_bits(coefficient, answer.r[(along, column)])?;
                        before = left;
                    }
                    GramSchmidtStep::Normalized { column, length } => {
                        same_bits(length, answer.r[(column, column)])?;
                        prop_assert!(column == 0 || length == before);
                    }
                }
            }
        }
    }
}
