//! Methods that see values only.

use crate::{bowl, distance};
use gradus_minimize::rand::Rng;
use gradus_minimize::{
    Annealing, CmaEs, MinimizeError, Report, Stopping, cma_es, coordinate_descent, nelder_mead,
    simulated_annealing,
};
use gradus_random::Key;
use gradus_testkit::cases;
use proptest::prelude::*;

fn evolve(
    f: impl FnMut(&[f64]) -> f64,
    start: &[f64],
    stopping: Stopping,
) -> Result<Report, MinimizeError> {
    cma_es(
        f,
        start,
        CmaEs::default(),
        stopping,
        &mut Key::new(5).rng(),
        |_| (),
    )
}

/// A smooth function with a narrow valley and a hill.
fn bent(x: &[f64]) -> f64 {
    (x[0] * x[0] + x[1] - 2.0).powi(2) + 0.3 * (x[0] - 1.0).powi(2) + 0.01 * x[1] * x[1]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn methods_without_derivatives_find_a_bowl((bowl, start) in bowl(1..4)) {
        let f = |x: &[f64]| bowl.value(x);
        let stopping = Stopping { residual: 1e-7, ..Stopping::default() };
        for report in [nelder_mead(f, &start, 1.0, stopping, |_| ())?, evolve(f, &start, stopping)?] {
            prop_assert!(report.stop.is_converged(), "{report:?}");
            prop_assert!(distance(&report.x, bowl.c.as_slice()) <= 1e-5, "{report:?} {:?}", bowl.c);
        }
    }

    #[test]
    fn nelder_and_mead_see_only_the_order(x in -2.0..2.0, y in -2.0..2.0, shift in -8..8_i32) {
        let stopping = Stopping { iterations: 60, ..Stopping::default() };
        let one = nelder_mead(bent, &[x, y], 0.5, stopping, |_| ())?;
        let other = nelder_mead(|x| 3.0 * bent(x) + 0.0, &[x, y], 0.5, stopping, |_| ())?;
        // A map that keeps the order keeps the path, as long as rounding does not make values equal.
        prop_assert_eq!(&one.x, &other.x);
        // Shifts by whole numbers round differently, so this part is to rounding.
        let s = f64::from(shift);
        let few = Stopping { iterations: 10, ..Stopping::default() };
        let here = nelder_mead(bent, &[x, y], 0.5, few, |_| ())?;
        let there = nelder_mead(|x| bent(&[x[0] - s, x[1] - s]), &[x + s, y + s], 0.5, few, |_| ())?;
        prop_assert!(distance(&here.x, &[there.x[0] - s, there.x[1] - s]) <= 1e-9);
    }

    #[test]
    fn evolution_sees_only_the_order(x in -2.0..2.0, y in -2.0..2.0) {
        let stopping = Stopping { iterations: 30, ..Stopping::default() };
        let one = evolve(bent, &[x, y], stopping)?;
        let other = evolve(|x| bent(x).sqrt(), &[x, y], stopping)?;
        prop_assert_eq!(one.x, other.x);
    }

    #[test]
    fn random_methods_repeat_with_their_key(seed in 0..1000_u64, x in -2.0..2.0) {
        let run = |seed: u64| -> Result<[Report; 2], MinimizeError> {
            let (mut one, mut other) = (Key::new(seed).rng(), Key::new(seed).rng());
            let few = Stopping { iterations: 5, ..Stopping::default() };
            let moves = Annealing { moves: 50, ..Annealing::default() };
            Ok([
                cma_es(bent, &[x, 1.0], CmaEs::default(), few, &mut one, |_| ())?,
                simulated_annealing(bent, &[x, 1.0], moves, &mut other, |_| ())?,
            ])
        };
        prop_assert_eq!(run(seed)?, run(seed)?);
        // Another key, another width of the last generation.
        prop_assert!(run(seed)?[0].residual != run(seed + 1)?[0].residual);
    }
}

/// Metropolis' rule on ½ x² at T = 1 draws from the normal law: mean 0, variance 1.
#[test]
fn annealing_at_a_constant_temperature_is_boltzmanns_law() -> Result<(), MinimizeError> {
    let settings = Annealing {
        hot: 1.0,
        cold: 1.0,
        step: 2.0,
        moves: 40_000,
    };
    let (mut sum, mut squares, mut fourth) = (0.0, 0.0, 0.0);
    let f = |x: &[f64]| 0.5 * x[0] * x[0];
    let report = simulated_annealing(f, &[0.0], settings, &mut Key::new(11).rng(), |at| {
        sum += at.x[0];
        squares += at.x[0].powi(2);
        fourth += at.x[0].powi(4);
    })?;
    // Draws depend on each other over some 4 moves, so 40 000 count as 10 000: 5 standard errors.
    let n = 40_000.0;
    assert!((sum / n).abs() < 0.05, "{}", sum / n);
    assert!((squares / n - 1.0).abs() < 5.0 * 0.0142, "{}", squares / n);
    assert!((fourth / n - 3.0).abs() < 5.0 * 0.098, "{}", fourth / n);
    assert_eq!(report.evaluations, 40_001);
    Ok(())
}

#[test]
fn settings_without_sense_are_refused() {
    let mut rng = Key::new(0).rng();
    let rng: &mut dyn Rng = &mut rng;
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let settings = CmaEs {
            sigma: bad,
            population: None,
        };
        assert!(
            cma_es(
                bent,
                &[0.0, 0.0],
                settings,
                Stopping::default(),
                rng,
                |_| ()
            )
            .is_err()
        );
        assert!(nelder_mead(bent, &[0.0, 0.0], bad, Stopping::default(), |_| ()).is_err());
        let settings = Annealing {
            step: bad,
            ..Annealing::default()
        };
        assert!(simulated_annealing(bent, &[0.0, 0.0], settings, rng, |_| ()).is_err());
    }
    let warm = Annealing {
        cold: 2.0,
        ..Annealing::default()
    };
    assert!(simulated_annealing(bent, &[0.0, 0.0], warm, rng, |_| ()).is_err());
    let lonely = CmaEs {
        population: Some(3),
        ..CmaEs::default()
    };
    assert!(cma_es(bent, &[0.0, 0.0], lonely, Stopping::default(), rng, |_| ()).is_err());
    assert!(
        cma_es(
            |_| 0.0,
            &[],
            CmaEs::default(),
            Stopping::default(),
            rng,
            |_| ()
        )
        .is_err()
    );
    let nowhere = nelder_mead(|_| f64::NAN, &[0.0], 1.0, Stopping::default(), |_| ());
    assert!(matches!(nowhere, Err(MinimizeError::StartOutside { .. })));
}

#[test]
fn minus_infinity_is_no_minimum() -> Result<(), MinimizeError> {
    let f = |x: &[f64]| match x[0] {
        x if x > 0.5 => f64::NEG_INFINITY,
        x => (x - 1.0).powi(2),
    };
    let (stopping, rng) = (Stopping::default(), &mut Key::new(1).rng());
    let cma = CmaEs {
        sigma: 1.0,
        population: None,
    };
    let cold = Annealing {
        hot: 1.0,
        cold: 1e-3,
        step: 1.0,
        moves: 500,
    };
    for report in [
        nelder_mead(f, &[0.0], 1.0, stopping, |_| ())?,
        cma_es(f, &[0.0], cma, stopping, rng, |_| ())?,
        simulated_annealing(f, &[0.0], cold, rng, |_| ())?,
        coordinate_descent(f, &[0.0], 1.0, stopping, |_| ())?,
    ] {
        assert!(report.x[0] <= 0.5 && report.value.is_finite(), "{report:?}");
    }
    Ok(())
}
