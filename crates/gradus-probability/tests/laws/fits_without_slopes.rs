//! Maximum likelihood where there is no slope, or where it is another family's.

use gradus_probability::{
    Beta, Binomial, ChiSquared, Dirichlet, Discrete, DiscreteUniform, Gamma, Hypergeometric,
    InverseGamma, Multinomial, ProbabilityError, Simplex, Triangular, VonMises,
};
use gradus_random::Key;
use gradus_testkit::{at_most, cases, scaled};
use proptest::prelude::*;

/// Distributions of n outcomes, drawn from a Dirichlet law.
fn simplices(
    concentrations: &[f64],
    samples: usize,
    key: u64,
) -> Result<Vec<Simplex>, ProbabilityError> {
    let law = Dirichlet::new(concentrations.to_vec())?;
    let mut rng = Key::new(key).rng();
    (0..samples).map(|_| law.sample(&mut rng)).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn discrete_uniform_fits_are_as_narrow_as_the_data(x in prop::collection::vec(any::<u64>(), 1..20), unseen in any::<u64>()) {
        let fit = DiscreteUniform::fit(&x)?;
        let law = fit.distribution;
        prop_assert!(x.contains(&law.low()) && x.contains(&law.high()) && fit.standard_errors.is_empty());
        prop_assert!(x.iter().all(|k| law.pmf(*k) > 0.0));
        scaled(fit.ln_likelihood, -(x.len() as f64) * law.entropy(), 1e-14, 1e3)?;
        // what counts 0 times changes nothing
        let mut weights = vec![2.0; x.len()];
        weights.push(0.0);
        let more = DiscreteUniform::fit_weighted(&[&x[..], &[unseen]].concat(), &weights)?;
        prop_assert_eq!(more.distribution, law);
    }

    #[test]
    fn no_other_mode_is_more_likely(x in prop::collection::vec(2.0..7.0, 1..12), w in prop::collection::vec(0.1..5.0, 12), modes in prop::collection::vec(2.0..7.0, 8), low in 1.0..2.0, high in 7.0..9.0) {
        let w = &w[..x.len()];
        let fit = Triangular::fit_weighted(low, high, &x, w)?;
        let value = |mode: f64| -> Result<f64, ProbabilityError> {
            use gradus_probability::Continuous;
            let law = Triangular::new(low, mode, high)?;
            Ok(x.iter().zip(w).map(|(x, w)| w * law.ln_pdf(*x)).sum())
        };
        for mode in modes.iter().chain(&x).chain(&[low, high]) {
            at_most(value(*mode)?, fit.ln_likelihood + 1e-12)?; // sums of sixty terms of size 3
        }
    }

    #[test]
    fn no_other_number_of_marked_ones_is_more_likely(population in 1_u64..60, draws in 1_u64..60, marked in 0_u64..60, n in 1_usize..6, w in prop::collection::vec(1_u8..4, 6), key in any::<u64>()) {
        let (draws, marked) = (draws.min(population), marked.min(population));
        let truth = Hypergeometric::new(population, marked, draws)?;
        let mut rng = Key::new(key).rng();
        let k: Vec<_> = (0..n).map(|_| truth.sample(&mut rng)).collect();
        let w: Vec<_> = w[..n].iter().map(|w| f64::from(*w)).collect();
        let fit = Hypergeometric::fit_weighted(population, draws, &k, &w)?;
        for marked in 0..=population {
            let law = Hypergeometric::new(population, marked, draws)?;
            let value: f64 = k.iter().zip(&w).map(|(k, w)| w * law.ln_pmf(*k)).sum();
            // logarithms of binomial coefficients of up to 60 err by some ε
            at_most(value, fit.ln_likelihood + 1e-11)?;
        }
        let one = Hypergeometric::fit(population, draws, &k[..1])?;
        prop_assert_eq!(one.distribution.marked(), (k[0] * (population + 1) / draws).min(population));
    }

    #[test]
    fn the_fit_of_reciprocals_is_that_of_a_gamma(x in prop::collection::vec(0.1..9.0, 2..20), w in prop::collection::vec(0.1..3.0, 20)) {
        let w = &w[..x.len()];
        let reciprocals: Vec<_> = x.iter().map(|x| 1.0 / x).collect();
        let (fit, other) = (InverseGamma::fit_weighted(&x, w)?, Gamma::fit_weighted(&reciprocals, w)?);
        // a spread of few digits makes a shape of few: roundings of the logarithms, as parts of the spread of 1/2a
        let (a, b) = (fit.distribution, other.distribution);
        let tolerance = 1e-14 * (1.0 + a.shape());
        scaled(a.shape(), b.shape(), tolerance, b.shape())?;
        scaled(a.scale(), b.rate(), tolerance, b.rate())?;
        for (a, b) in fit.standard_errors.iter().zip(&other.standard_errors) {
            scaled(*a, *b, tolerance, *b)?;
        }
        // the densities differ by the square of x
        let jacobian: f64 = reciprocals.iter().zip(w).map(|(x, w)| 2.0 * w * x.ln()).sum();
        scaled(fit.ln_likelihood, other.ln_likelihood + jacobian, 1e-10, 1.0 + other.ln_likelihood.abs())?;
    }

    #[test]
    fn chi_squared_fits_of_expected_logarithms_are_exact(freedom in prop_oneof![0.01..1.0_f64, 1.0..1e3], n in 1_usize..5) {
        // E ln X = ψ(k / 2) + ln 2
        let typical = 2.0 * gradus_numeric::digamma(0.5 * freedom).exp();
        let fit = ChiSquared::fit(&vec![typical; n])?;
        // the logarithm rounds by ε of its size; a change of ψ(k/2) is one of k by 1 / ψ'(k/2)
        let size = 1.0 + (0.5 * typical).ln().abs();
        let slope = 0.5 * freedom * gradus_numeric::trigamma(0.5 * freedom);
        scaled(fit.distribution.freedom(), freedom, 1e-14 * size / slope, freedom)?;
    }

    #[test]
    fn turns_do_not_change_fits_of_angles(x in prop::collection::vec(-3.0..3.0, 2..20), turns in prop::collection::vec(-3_i8..4, 20), by in -3.0..3.0_f64) {
        let fit = VonMises::fit(&x)?;
        let turned: Vec<_> = x.iter().zip(turns).map(|(x, turns)| x + by + f64::from(turns) * std::f64::consts::TAU).collect();
        let other = VonMises::fit(&turned)?;
        let (a, b) = (fit.distribution, other.distribution);
        // the rounding of 20 radians, as a part of R̄ = ½ κ at least, and of the spread where that is narrow
        let tolerance = 1e-13 * (1.0 / a.concentration().min(1.0) + a.concentration().sqrt());
        scaled(a.concentration(), b.concentration(), tolerance, a.concentration())?;
        at_most((0.5 * (a.location() + by - b.location())).sin().abs(), tolerance)?;
        scaled(fit.ln_likelihood, other.ln_likelihood, tolerance, 20.0 * (1.0 + a.concentration()))?;
    }

    #[test]
    fn dirichlet_fits_have_the_mean_logarithms_of_the_data(a in prop::collection::vec(0.2..9.0, 2..6), n in 2_usize..20, key in any::<u64>(), heavy in 1_u8..4) {
        let samples = simplices(&a, n, key)?;
        let weights: Vec<_> = (0..n).map(|i| if i == 0 { f64::from(heavy) } else { 1.0 }).collect();
        let fit = Dirichlet::fit_weighted(&samples, &weights)?;
        let found = fit.distribution.concentrations();
        let total: f64 = found.iter().sum();
        for (i, a) in found.iter().enumerate() {
            let mean = samples.iter().zip(&weights).map(|(p, w)| w * p.as_slice()[i].ln()).sum::<f64>() / weights.iter().sum::<f64>();
            let expected = gradus_numeric::digamma(*a) - gradus_numeric::digamma(total);
            scaled(expected, mean, 1e-11, 1.0 + mean.abs())?;
        }
        // repetitions
        let repeated: Vec<_> = (1..heavy).map(|_| samples[0].clone()).chain(samples.iter().cloned()).collect();
        let other = Dirichlet::fit(&repeated)?;
        for ((a, b), e) in found.iter().zip(other.distribution.concentrations()).zip(&fit.standard_errors) {
            scaled(*a, *b, 1e-9, b + e)?;
        }
    }

    #[test]
    fn dirichlet_fits_of_two_outcomes_are_beta_fits(a in 0.3..9.0, b in 0.3..9.0, n in 2_usize..20, key in any::<u64>()) {
        let samples = simplices(&[a, b], n, key)?;
        let first: Vec<_> = samples.iter().map(|p| p.as_slice()[0]).collect();
        let (fit, other) = (Dirichlet::fit(&samples)?, Beta::fit(&first)?);
        let beta = other.distribution;
        for (a, b) in fit.distribution.concentrations().iter().zip([beta.a(), beta.b()]) {
            // 1 − x of a simplex is off by a rounding
            scaled(*a, b, 1e-9, b)?;
        }
        for (a, b) in fit.standard_errors.iter().zip(&other.standard_errors) {
            scaled(*a, *b, 1e-8, *b)?;
        }
        scaled(fit.ln_likelihood, other.ln_likelihood, 1e-9, 1.0 + other.ln_likelihood.abs())?;
    }

    #[test]
    fn multinomial_fits_of_two_outcomes_are_binomial_fits(trials in 1_u64..30, k in prop::collection::vec(0_u64..30, 1..9), w in prop::collection::vec(0.1..4.0, 9)) {
        let k: Vec<_> = k.iter().map(|k| *k.min(&trials)).collect();
        let w = &w[..k.len()];
        let pairs: Vec<_> = k.iter().map(|k| [*k, trials - k]).collect();
        let (fit, other) = (Multinomial::fit_weighted(&pairs, w)?, Binomial::fit_weighted(trials, &k, w)?);
        scaled(fit.distribution.probabilities().as_slice()[0], other.distribution.probability(), 1e-14, 1.0)?;
        scaled(fit.standard_errors[0], other.standard_errors[0], 1e-7, 1.0)?; // a root of what may cancel
        scaled(fit.ln_likelihood, other.ln_likelihood, 1e-11, 1.0 + other.ln_likelihood.abs())?;
    }
}

/// Twenty thousand draws, five standard errors.
#[test]
fn dirichlet_fits_find_the_law_of_the_draws() -> Result<(), Box<dyn std::error::Error>> {
    let truth = [0.7, 2.0, 5.0];
    let fit = Dirichlet::fit(&simplices(&truth, 20_000, 3)?)?;
    for ((a, truth), error) in fit
        .distribution
        .concentrations()
        .iter()
        .zip(truth)
        .zip(fit.standard_errors)
    {
        at_most((a - truth).abs(), 5.0 * error)?;
        at_most(error, 0.02 * truth)?;
    }
    Ok(())
}
