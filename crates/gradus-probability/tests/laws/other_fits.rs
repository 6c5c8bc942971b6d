//! Maximum likelihood of laws without a slope, and of vectors.

use gradus_probability::{
    Beta, Continuous, Dirichlet, Discrete, DiscreteUniform, Hypergeometric, Mode, Multinomial,
    ProbabilityError, Simplex, StudentT, Triangular, VonMises,
};
use gradus_random::Key;
use gradus_testkit::{all_scaled, at_most, cases, scaled};
use proptest::prelude::*;
use std::error::Error;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_mode_of_a_triangle_is_likelier_than_the_fit(x in prop::collection::vec(0.01..0.99, 1..12), w in prop::collection::vec(0_u32..4, 12)) {
        let w: Vec<f64> = w.iter().take(x.len()).map(|w| f64::from(*w)).collect();
        prop_assume!(w.iter().sum::<f64>() > 0.0);
        let fit = Triangular::fit_weighted(0.0, 1.0, &x, &w)?;
        prop_assert!(x.contains(&fit.distribution.mode()?) && fit.standard_errors.is_empty());
        let likelihood = |mode: f64| -> Result<f64, ProbabilityError> {
            let law = Triangular::new(0.0, mode, 1.0)?;
            Ok(x.iter().zip(&w).map(|(x, w)| w * law.ln_pdf(*x)).sum())
        };
        scaled(fit.ln_likelihood, likelihood(fit.distribution.mode()?)?, 1e-12, 99.0)?;
        for mode in (0..=50).map(|i| f64::from(i) / 50.0).chain(x.iter().copied()) {
            at_most(likelihood(mode)?, fit.ln_likelihood + 1e-12 * 99.0)?;
        }
    }

    #[test]
    fn no_number_of_marked_is_likelier_than_the_fit(n in 1_u64..9, population in 9_u64..40, x in prop::collection::vec(0_u64..9, 1..5)) {
        let x: Vec<u64> = x.iter().map(|x| x % (n + 1)).collect();
        let likelihood = |marked: u64| -> Result<f64, ProbabilityError> {
            let law = Hypergeometric::new(population, marked, n)?;
            Ok(x.iter().map(|x| law.ln_pmf(*x)).sum())
        };
        let all = (0..=population).map(likelihood).collect::<Result<Vec<f64>, _>>()?;
        let most = all.into_iter().fold(f64::NEG_INFINITY, f64::max);
        match Hypergeometric::fit(population, n, &x) {
            Ok(fit) => scaled(likelihood(fit.distribution.marked())?, most, 1e-12, 99.0)?,
            Err(error) => {
                let told = matches!(error, ProbabilityError::NoMaximum { .. });
                prop_assert!(told && most == f64::NEG_INFINITY);
            }
        }
    }

    #[test]
    fn fair_dice_are_as_narrow_as_what_was_thrown(x in prop::collection::vec(1_u64..30, 1..12)) {
        let law = DiscreteUniform::fit(&x)?.distribution;
        prop_assert!(x.iter().all(|x| law.pmf(*x) > 0.0));
        prop_assert!(x.contains(&law.low()) && x.contains(&law.high()));
    }

    #[test]
    fn scores_of_dirichlet_fits_are_zero(n in 2_usize..30, key in any::<u64>(), outcomes in 2_usize..6, heavy in 1_u32..5) {
        let mut rng = Key::new(key).rng();
        let law = Dirichlet::new((1..=outcomes).map(|a| a as f64 / 1.5).collect())?;
        let x = (0..n).map(|_| law.sample(&mut rng)).collect::<Result<Vec<_>, _>>()?;
        let w: Vec<f64> = (0..n).map(|i| if i == 0 { f64::from(heavy) } else { 1.0 }).collect();
        let fit = Dirichlet::fit_weighted(&x, &w)?;
        let likelihood = |a: Vec<f64>| -> Result<f64, ProbabilityError> {
            let law = Dirichlet::new(a)?;
            x.iter().zip(&w).map(|(x, w)| Ok(w * law.ln_pdf(x)?)).sum()
        };
        let a = fit.distribution.concentrations();
        let value = likelihood(a.to_vec())?;
        scaled(fit.ln_likelihood, value, 1e-12, 1.0 + value.abs())?;
        for (j, error) in fit.standard_errors.iter().enumerate() {
            let step = 1e-3_f64.min(0.1 * a[j] / error);
            let moved = |sign: f64| {
                let mut a = a.to_vec();
                a[j] += sign * step * error;
                likelihood(a)
            };
            let (up, down) = (moved(1.0)?, moved(-1.0)?);
            // the third derivative leaves the square of the step, rounding ε over the step
            at_most(((up - down) / (2.0 * step)).abs(), 1e-5 + 1e-10 * value.abs())?;
        }
        let twice: Vec<Simplex> = std::iter::repeat_n(x[0].clone(), heavy as usize).chain(x[1..].iter().cloned()).collect();
        let repeated = Dirichlet::fit(&twice)?;
        all_scaled(repeated.distribution.concentrations(), a, 1e-8, 1.0 + a.iter().sum::<f64>())?;
    }

    #[test]
    fn dirichlet_fits_of_two_outcomes_are_beta_fits(p in prop::collection::vec(0.02..0.98, 3..20)) {
        let pairs = p.iter().map(|p| Simplex::new(vec![*p, 1.0 - p])).collect::<Result<Vec<_>, _>>()?;
        let (two, one) = (Dirichlet::fit(&pairs)?, Beta::fit(&p)?);
        let law = one.distribution;
        all_scaled(two.distribution.concentrations(), &[law.a(), law.b()], 1e-8, law.a() + law.b())?;
        for (a, b) in two.standard_errors.iter().zip(&one.standard_errors) {
            scaled(*a, *b, 1e-7, *b)?;
        }
    }

    #[test]
    fn multinomial_fits_are_shares(rows in prop::collection::vec((0_u64..5, 0_u64..5), 1..9)) {
        let rows: Vec<[u64; 3]> = rows.iter().map(|(a, b)| [*a, *b, 9 - a - b]).collect();
        let fit = Multinomial::fit(&rows)?;
        let total = 9.0 * rows.len() as f64;
        for (i, p) in fit.distribution.probabilities().as_slice().iter().enumerate() {
            let share = rows.iter().map(|row| row[i] as f64).sum::<f64>() / total;
            scaled(*p, share, 4.0 * f64::EPSILON, 1.0)?;
            scaled(fit.standard_errors[i], (share * (1.0 - share) / total).sqrt(), 1e-14, 1.0)?;
        }
        let law = fit.distribution;
        let value: f64 = rows.iter().map(|row| law.ln_pmf(row)).sum::<Result<f64, _>>()?;
        scaled(fit.ln_likelihood, value, 1e-12, 1.0 + value.abs())?;
    }

    #[test]
    fn directions_have_no_turns(x in prop::collection::vec(-3.0..3.0, 3..12), turns in -3..4_i32) {
        let turned: Vec<f64> = x.iter().map(|x| x + f64::from(turns) * std::f64::consts::TAU).collect();
        let (Ok(a), Ok(b)) = (VonMises::fit(&x), VonMises::fit(&turned)) else { return Ok(()) };
        let gap = (a.distribution.location() - b.distribution.location()).sin();
        // the directions are rounded in units of three turns
        scaled(gap, 0.0, 64.0 * f64::EPSILON, 1.0 + 1.0 / a.distribution.concentration())?;
        scaled(a.distribution.concentration(), b.distribution.concentration(), 1e-12, 1.0 + a.distribution.concentration())?;
    }
}

#[test]
fn dirichlet_fits_find_the_law_of_the_draws() -> Result<(), Box<dyn Error>> {
    let (truth, n) = ([0.5, 2.0, 3.5], 50_000);
    let (law, mut rng) = (Dirichlet::new(truth.to_vec())?, Key::new(3).rng());
    let x = (0..n)
        .map(|_| law.sample(&mut rng))
        .collect::<Result<Vec<_>, _>>()?;
    let fit = Dirichlet::fit(&x)?;
    for ((a, truth), error) in fit
        .distribution
        .concentrations()
        .iter()
        .zip(truth)
        .zip(&fit.standard_errors)
    {
        at_most((a - truth).abs(), 5.0 * error)?;
        at_most(*error, 0.05)?;
    }
    Ok(())
}

#[test]
fn fits_of_vectors_refuse_what_has_no_fit() -> Result<(), Box<dyn Error>> {
    let none = |error: ProbabilityError| matches!(error, ProbabilityError::NoMaximum { .. });
    let pair = |p: f64| Simplex::new(vec![p, 1.0 - p]);
    let (even, sure, three) = (pair(0.5)?, pair(1.0)?, Simplex::new(vec![0.5, 0.25, 0.25])?);
    assert!(Dirichlet::fit(&[]).is_err_and(none));
    assert!(Dirichlet::fit(&[even.clone(), even.clone()]).is_err_and(none));
    assert!(Dirichlet::fit_weighted(&[even.clone(), pair(0.25)?], &[1.0, 0.0]).is_err_and(none));
    let invalid = Dirichlet::fit(&[even.clone(), sure]);
    assert_eq!(
        invalid.err(),
        Some(ProbabilityError::InvalidObservation {
            index: 1,
            value: 0.0
        })
    );
    assert_eq!(
        Dirichlet::fit(&[even, three]).err(),
        Some(ProbabilityError::LengthMismatch { left: 2, right: 3 })
    );

    assert!(Multinomial::fit(&[[0_u64; 2]]).is_err_and(none));
    assert!(Multinomial::fit(&[] as &[[u64; 2]]).is_err_and(none));
    let other = Multinomial::fit(&[[1, 2], [2, 2]]);
    assert_eq!(
        other.err(),
        Some(ProbabilityError::InvalidObservation {
            index: 1,
            value: 4.0
        })
    );
    let longer = Multinomial::fit(&[vec![1, 2], vec![1, 1, 1]]);
    assert_eq!(
        longer.err(),
        Some(ProbabilityError::LengthMismatch { left: 2, right: 3 })
    );
    Ok(())
}

#[test]
fn fits_without_a_slope_refuse_what_has_no_fit() {
    let none = |error: ProbabilityError| matches!(error, ProbabilityError::NoMaximum { .. });
    assert!(Hypergeometric::fit(8, 5, &[5, 0]).is_err_and(none)); // five marked and five others of eight
    let too_many = Hypergeometric::fit(8, 5, &[6]);
    assert_eq!(
        too_many.err(),
        Some(ProbabilityError::InvalidObservation {
            index: 0,
            value: 6.0
        })
    );
    assert!(matches!(
        Hypergeometric::fit(8, 9, &[1]),
        Err(ProbabilityError::Domain { .. })
    ));
    for x in [0.0, 1.0, -1.0, f64::NAN] {
        let outside = Triangular::fit(0.0, 1.0, &[0.5, x]);
        assert!(
            matches!(
                outside,
                Err(ProbabilityError::InvalidObservation { index: 1, .. })
            ),
            "{x}"
        );
    }
    assert!(Triangular::fit(0.0, 1.0, &[]).is_err_and(none));
    for freedom in [0.0, 0.5, -1.0, f64::NAN, f64::INFINITY] {
        let refused = StudentT::fit(freedom, &[1.0, 2.0, 4.0]);
        assert!(
            matches!(refused, Err(ProbabilityError::Domain { .. })),
            "{freedom}"
        );
    }
    assert!(StudentT::fit(3.0, &[1.0, 1.0, 1.0, 2.0]).is_err_and(none)); // three quarters at one value
    assert!(VonMises::fit(&[0.0, std::f64::consts::PI]).is_err_and(none)); // no mean direction
}
