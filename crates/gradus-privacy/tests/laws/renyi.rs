//! The accountant.

use gradus_privacy::{
    Budget, Ledger, PrivacyError, SampledGaussian, exact_delta, exact_epsilon, gaussian_delta,
    gaussian_epsilon, noise_for,
};
use gradus_testkit::{at_least, at_most, cases, relative, same_bits, within_ulps};
use proptest::prelude::*;

const EPSILON: f64 = f64::EPSILON;

fn rho(rate: f64, noise: f64, order: f64) -> Result<f64, PrivacyError> {
    SampledGaussian::new(rate, noise)?.renyi(order)
}

/// Rates of all sizes.
fn rates() -> impl Strategy<Value = f64> {
    (-9.0..0.0_f64).prop_map(|k| 10.0_f64.powf(k))
}

/// Noise from very little to very much.
fn noises() -> impl Strategy<Value = f64> {
    (-0.5..2.0_f64).prop_map(|k| 10.0_f64.powf(k))
}

fn ledger(parts: &[(f64, f64, u64)]) -> Result<Ledger, PrivacyError> {
    let mut ledger = Ledger::new();
    for &(rate, noise, steps) in parts {
        ledger.spend(&SampledGaussian::new(rate, noise)?, steps)?;
    }
    Ok(ledger)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn all_or_none_are_known(noise in noises(), order in 1.001..300.0) {
        same_bits(rho(1.0, noise, order)?, order / (2.0 * noise * noise))?;
        same_bits(rho(0.0, noise, order)?, 0.0)?;
        // Nearly all are nearly so: the formula meets the special case. (1 − q)^α ≈ 1 − 300 · 2^-40.
        let nearly = rho(1.0 - 2.0_f64.powi(-40), noise, order.ceil())?;
        relative(nearly, order.ceil() / (2.0 * noise * noise), 1e-9)?;
    }

    #[test]
    fn order_two_is_the_chi_square_divergence(q in rates(), noise in noises()) {
        within_ulps(rho(q, noise, 2.0)?, (q * q * (1.0 / (noise * noise)).exp_m1()).ln_1p(), 4)?;
    }

    #[test]
    fn the_divergence_rises_with_order_rate_and_precision(q in rates(), noise in noises(), order in 2..200_u32, more in 1.01..1.5_f64) {
        // Each is within 1e-12 (golden table); the steps are larger.
        let slack = 1.0 + 2e-12;
        let here = rho(q, noise, order.into())?;
        at_most(here, rho(q, noise, f64::from(order) + 1.0)? * slack)?;
        at_most(here, rho(f64::min(q * more, 1.0), noise, order.into())? * slack)?;
        at_most(here, rho(q, noise / more, order.into())? * slack)?;
        prop_assert!(here >= 0.0 && here <= f64::from(order) / (2.0 * noise * noise) * slack);
    }

    #[test]
    fn gaussians_add_their_precisions(noise in noises(), k in 1..1000_u32, order in 1.5..100.0) {
        let many = f64::from(k) * rho(1.0, noise, order)?;
        relative(many, rho(1.0, noise / f64::from(k).sqrt(), order)?, 8.0 * EPSILON)?;
    }

    #[test]
    fn the_integral_of_whole_orders_is_their_sum(q in rates(), noise in 0.3..20.0, order in 2..40_u32) {
        // The order next to a whole one is a fraction: its integral against the sum. ρ is steep where it rises from q to 1
        // of its size, by at most the order's own square over σ².
        let order = f64::from(order);
        let gap = order * EPSILON * order * order / (noise * noise);
        relative(rho(q, noise, order.next_up())?, rho(q, noise, order)?, 4e-12 + gap)?;
    }

    #[test]
    fn the_cumulant_is_convex_in_the_order(q in rates(), noise in 0.3..20.0, order in 1.2..40.0, step in 0.1..5.0) {
        let k = |a: f64| rho(q, noise, a).map(|rho| (a - 1.0) * rho);
        let (left, middle, right) = (k(order)?, k(order + step)?, k(order + 2.0 * step)?);
        at_most(middle, f64::midpoint(left, right) * (1.0 + 4e-12))?;
    }

    #[test]
    fn steps_add(q in rates(), noise in noises(), [m, n] in prop::array::uniform2(0..10_000_u64), other in noises()) {
        let [together, apart, turned] = [
            ledger(&[(q, noise, m + n), (q, other, 1)])?,
            ledger(&[(q, noise, m), (q, noise, n), (q, other, 1)])?,
            ledger(&[(q, other, 1), (q, noise, n), (q, noise, m)])?,
        ];
        for ((a, b), c) in together.renyi().zip(apart.renyi()).zip(turned.renyi()) {
            relative(a.1, b.1, 4.0 * EPSILON)?;
            relative(a.1, c.1, 4.0 * EPSILON)?;
        }
    }

    #[test]
    fn epsilon_falls_with_delta(q in rates(), noise in noises(), steps in 1..10_000_u64, delta in 1e-12..0.5, more in 1.0..2.0) {
        let ledger = ledger(&[(q, noise, steps)])?;
        let (here, there) = (ledger.epsilon(delta)?, ledger.epsilon(delta * more)?);
        at_most(there.epsilon, here.epsilon)?;
        at_most(ledger.delta(here.epsilon * more)?, ledger.delta(here.epsilon)?)?;
        // Where ε is not cut off at 0, its δ is δ: the exponent errs by the rounding of ε, times the order.
        if here.epsilon > 0.0 {
            let size = (here.epsilon + 2.0) * here.order;
            relative(ledger.delta(here.epsilon)?, delta, 16.0 * EPSILON * (size + 30.0))?;
        }
    }

    #[test]
    fn the_bound_lies_above_the_exact_epsilon(noise in 0.3..30.0, delta in 1e-12..0.1) {
        let spent = ledger(&[(1.0, noise, 1)])?.epsilon(delta)?;
        at_most(gaussian_epsilon(noise, delta)?, spent.epsilon * (1.0 + 1e-12))?;
    }

    #[test]
    fn nothing_spent_is_nothing_lost(q in rates(), noise in noises(), steps in 0..100_u64, delta in 1e-12..0.5) {
        for nothing in [ledger(&[])?, ledger(&[(q, noise, 0)])?, ledger(&[(0.0, noise, steps)])?] {
            same_bits(nothing.epsilon(delta)?.epsilon, 0.0)?;
            same_bits(nothing.delta(0.0)?, 0.0)?;
        }
    }

    #[test]
    fn more_orders_never_cost_more(q in rates(), noise in 0.5..10.0, steps in 1..10_000_u64, order in 1.1..100.0) {
        let what = SampledGaussian::new(q, noise)?;
        let mut few = Ledger::with_orders(vec![3.0, 17.0])?;
        let mut many = Ledger::with_orders(vec![17.0, order, 3.0])?;
        few.spend(&what, steps)?;
        many.spend(&what, steps)?;
        at_most(many.epsilon(1e-6)?.epsilon, few.epsilon(1e-6)?.epsilon)?;
    }
}

#[test]
fn calibrated_noise_just_keeps_within_the_budget() -> Result<(), Box<dyn std::error::Error>> {
    for (q, steps, epsilon, delta) in [
        (0.01, 1000, 1.0, 1e-5),
        (1.0, 1, 3.0, 1e-9),
        (0.5, 20, 8.0, 1e-6),
    ] {
        let noise = noise_for(q, steps, Budget::new(epsilon, delta)?)?;
        let spent = |noise: f64| ledger(&[(q, noise, steps)])?.epsilon(delta);
        at_most(spent(noise)?.epsilon, epsilon)?;
        // Not by more than rounding: ε changes by about twice the share that the noise does.
        assert!(spent(noise * (1.0 - 1e-9))?.epsilon > epsilon);
    }
    Ok(())
}

#[test]
fn exact_delta_of_gaussians_is_the_closed_form() -> Result<(), Box<dyn std::error::Error>> {
    for (noise, steps, epsilon) in [
        (10.0, 1, 0.4),
        (10.0, 25, 3.0),
        (1.0, 1, 2.0),
        (4.0, 100, 0.5),
        (30.0, 1000, 6.0),
    ] {
        let exact = exact_delta(&SampledGaussian::new(1.0, noise)?, steps, epsilon)?;
        // k Gaussians are one of σ / √k. The exponent of the integrand rounds by a few units of its size.
        let closed = gaussian_delta(noise / (steps as f64).sqrt(), epsilon)?;
        relative(exact, closed, 1e-10)?;
    }
    Ok(())
}

#[test]
fn exact_values_lie_below_the_ledger() -> Result<(), Box<dyn std::error::Error>> {
    for (q, noise, steps) in [(0.01, 1.0, 1000), (0.1, 2.0, 100), (0.5, 4.0, 50)] {
        let (what, ledger) = (
            SampledGaussian::new(q, noise)?,
            ledger(&[(q, noise, steps)])?,
        );
        for delta in [1e-9, 1e-3] {
            let (exact, bound) = (
                exact_epsilon(&what, steps, delta)?,
                ledger.epsilon(delta)?.epsilon,
            );
            at_most(exact, bound)?;
            at_least(exact, bound / 2.0)?; // and not for nothing
            relative(exact_delta(&what, steps, exact)?, delta, 1e-8)?; // ε has ten digits
        }
    }
    Ok(())
}
