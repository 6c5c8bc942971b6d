//! Schedules.

use gradus_optim::{
    Cosine, Exponential, InverseRoot, OneCycle, OptimError, Polynomial, Restarts, Schedule,
    StepDecay, Switch, Triangular, WarmUp, sgd,
};
use gradus_testkit::{cases, same_bits, scaled, within_ulps};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn schedules_meet_their_endpoints(start in 0.0..10.0, end in 0.0..10.0, steps in 0..1000_u64, beyond in 0..u64::MAX / 2) {
        let cosine = Cosine { start, end, steps };
        same_bits(cosine.at(0), if steps == 0 { end } else { start })?;
        same_bits(cosine.at(steps + beyond), end)?;
        let warm_up = WarmUp { start: end, steps, then: cosine };
        same_bits(warm_up.at(0), if steps == 0 { cosine.at(0) } else { end })?;
        same_bits(warm_up.at(steps), cosine.at(0))?;
        same_bits(warm_up.at(steps + beyond), cosine.at(beyond))?;
        let falling = StepDecay { start, factor: 0.5, every: steps + 1 };
        same_bits(falling.at(steps), start)?;
        same_bits(falling.at(steps + 1), start * 0.5)?;
        prop_assert!(falling.at(u64::MAX) <= start);
    }

    #[test]
    fn a_warm_up_is_monotone(peak in 0.0..10.0, part in 0.0..1.0, steps in 1..500_u64) {
        let rate = WarmUp { start: peak * part, steps, then: peak };
        for t in 0..steps {
            // One rounding of the two products may stand between equal neighbors.
            prop_assert!(rate.at(t) <= rate.at(t + 1) * (1.0 + f64::EPSILON));
        }
    }

    #[test]
    fn cosine_is_symmetric_about_its_middle(start in 0.0..10.0, end in 0.0..10.0, steps in 1..1000_u64, part in 0.0..1.0) {
        let rate = Cosine { start, end, steps };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a step before the last")]
        let t = (part * steps as f64) as u64;
        scaled(rate.at(t) + rate.at(steps - t), start + end, 2.0 * f64::EPSILON, start + end)?;
        prop_assert!(rate.at(t) <= start.max(end) * (1.0 + f64::EPSILON));
    }

    #[test]
    fn cosine_is_the_textbook_form(start in 0.0..10.0, steps in 1..1000_u64, part in 0.0..1.0) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a step before the last")]
        let t = (part * steps as f64) as u64;
        let textbook = 0.5 * start * (1.0 + (std::f64::consts::PI * t as f64 / steps as f64).cos());
        let rate = Cosine { start, end: 0.0, steps }.at(t);
        scaled(rate, textbook, 2.0 * f64::EPSILON, start)?;
    }

    #[test]
    fn step_decay_of_a_half_is_exact(start in 0.1..10.0, every in 1..50_u64, t in 0..500_u64) {
        let rate = StepDecay { start, factor: 0.5, every };
        within_ulps(rate.at(t), start / f64::powi(2.0, i32::try_from(t / every).unwrap_or(0)), 0)?;
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn schedules_are_finite_for_ever(
        start in prop_oneof![Just(0.0), 0.0..1e3, Just(f64::MAX), Just(1e-300)],
        end in prop_oneof![Just(0.0), 0.0..1e3, Just(f64::MAX)],
        factor in prop_oneof![Just(0.0), 0.0..=1.0, Just(1.0)],
        steps in prop_oneof![0..1000_u64, 0..1_u64 << 40, Just(u64::MAX)],
        at in prop_oneof![0..1000_u64, 0..1_u64 << 40, Just(u64::MAX)],
    ) {
        let cosine = Cosine { start, end, steps };
        let falling = StepDecay { start, factor, every: steps.max(1) };
        let warm_up = WarmUp { start: end, steps, then: falling };
        let n = steps.max(1);
        let schedules: [&dyn Schedule; 11] = [
            &start,
            &cosine,
            &falling,
            &warm_up,
            &Polynomial { start, end, power: 2.0 * factor, steps },
            &Exponential { start, factor, steps: n },
            &InverseRoot { start, steps: n },
            &Restarts { start, end, steps: n, growth: 1 + steps % 3 },
            &OneCycle { start, peak: end, end: start, rise: steps / 3, steps },
            &Triangular { low: start, high: end, half: n },
            &Switch { first: cosine, steps, then: falling },
        ];
        for schedule in schedules {
            schedule.check()?;
            for t in [at, at.saturating_mul(steps), steps, steps.wrapping_sub(1)] {
                let rate = schedule.at(t);
                prop_assert!(rate >= 0.0 && rate.is_finite(), "{schedule:?} at {t}: {rate}");
            }
        }
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn falling_schedules_fall_from_start_to_end(start in 0.0..10.0, part in 0.0..1.0, power in 0.0..4.0, steps in 1..300_u64, beyond in 0..u64::MAX / 2) {
        let rate = Polynomial { start, end: start * part, power, steps };
        same_bits(rate.at(0), start)?;
        same_bits(rate.at(steps + beyond), start * part)?;
        for t in 0..steps {
            prop_assert!(rate.at(t + 1) <= rate.at(t) * (1.0 + 2.0 * f64::EPSILON));
        }
        let t = beyond % steps;
        let line = Polynomial { power: 1.0, ..rate }.at(t);
        scaled(line, start + (start * part - start) * t as f64 / steps as f64, 4.0 * f64::EPSILON, start)?;
    }

    #[test]
    fn exponential_decay_lies_below_step_decay(start in 0.1..10.0, factor in 0.1..1.0, every in 1..50_u64, t in 0..200_u64) {
        let smooth = Exponential { start, factor, steps: every };
        let steps = StepDecay { start, factor, every };
        within_ulps(smooth.at(t * every), steps.at(t * every), 2 * (t + 1))?;
        prop_assert!(smooth.at(t) <= steps.at(t) * (1.0 + 1e-12));
    }

    #[test]
    fn inverse_roots_times_roots_are_constant(start in 0.1..10.0, steps in 1..1000_u64, t in 0..1_000_000_u64) {
        let rate = InverseRoot { start, steps }.at(t);
        within_ulps(rate * rate * (1.0 + t as f64 / steps as f64), start * start, 8)?;
    }

    #[test]
    fn restarts_are_cosines_end_to_end(start in 0.0..10.0, end in 0.0..10.0, steps in 1..20_u64, growth in 1..4_u64) {
        let rate = Restarts { start, end, steps, growth };
        let (mut from, mut length) = (0, steps);
        for _ in 0..5 {
            let cosine = Cosine { start, end, steps: length };
            for t in 0..length {
                same_bits(rate.at(from + t), cosine.at(t))?;
            }
            (from, length) = (from + length, length * growth);
        }
    }

    #[test]
    fn one_cycle_rises_and_falls(low in 0.0..1.0_f64, more in 0.0..10.0, end in 0.0..1.0, rise in 0..100_u64, fall in 0..100_u64) {
        let peak = low.max(end) + more;
        let rate = OneCycle { start: low, peak, end, rise, steps: rise + fall };
        same_bits(rate.at(rise), if fall == 0 { end } else { peak })?;
        same_bits(rate.at(rise + fall), end)?;
        let room = 1.0 + 2.0 * f64::EPSILON;
        for t in 0..rise.saturating_sub(1) {
            prop_assert!(rate.at(t) <= rate.at(t + 1) * room);
        }
        for t in rise..rise + fall {
            prop_assert!(rate.at(t + 1) <= rate.at(t) * room);
        }
    }

    #[test]
    fn triangles_are_periodic_and_symmetric(low in 0.0..1.0, more in 0.0..1.0, half in 1..100_u64, t in 0..1000_u64) {
        let rate = Triangular { low, high: low + more, half };
        same_bits(rate.at(t + 2 * half), rate.at(t))?;
        let within = t % half;
        scaled(rate.at(half + within), rate.at(half - within), 4.0 * f64::EPSILON, 2.0)?;
        same_bits(rate.at(half), low + more)?;
        prop_assert!((low..=(low + more) * (1.0 + f64::EPSILON)).contains(&(rate.at(t) * (1.0 + f64::EPSILON))));
    }

    #[test]
    fn a_switch_is_one_schedule_and_then_the_other(a in 0.0..1.0, b in 0.0..1.0, steps in 0..100_u64, t in 0..200_u64) {
        let (first, then) = (InverseRoot { start: a, steps: 7 }, Polynomial { start: b, end: 0.0, power: 1.0, steps: 50 });
        let rate = Switch { first, steps, then };
        let expected = if t < steps { first.at(t) } else { then.at(t - steps) };
        same_bits(rate.at(t), expected)?;
    }
}

#[test]
fn rates_must_make_sense() {
    let refused = |rate| matches!(sgd::<f64>(rate), Err(OptimError::Negative { .. }));
    assert!(refused(-1.0) && refused(f64::NAN) && refused(f64::INFINITY));
    assert!(sgd::<f64>(0.0).is_ok());
    let every = StepDecay {
        start: 1.0,
        factor: 0.5,
        every: 0,
    };
    assert_eq!(
        sgd::<f64>(every).err(),
        Some(OptimError::NoSteps { name: "every" })
    );
    assert_eq!(every.at(7), 1.0);
    let nested = WarmUp {
        start: 0.0,
        steps: 3,
        then: Cosine {
            start: -1.0,
            end: 0.0,
            steps: 2,
        },
    };
    assert!(sgd::<f64>(nested).is_err());
}
