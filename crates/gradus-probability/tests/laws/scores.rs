//! Log-densities as functions of the outcome and the parameters: those of the laws, with the slopes of their formulas.

use gradus_numeric::{Simplex, digamma};
use gradus_probability::{
    Continuous, Dirichlet, FisherF, HalfNormal, InverseGamma, Multinomial, ProbabilityError,
    Triangular, Uniform, VonMises, dirichlet_ln_pdf, fisher_f_ln_pdf, half_normal_ln_pdf,
    inverse_gamma_ln_pdf, multinomial_ln_pmf, triangular_ln_pdf, uniform_ln_pdf, von_mises_ln_pdf,
};
use gradus_testkit::{cases, gradient, relative, same_bits, scaled};
use proptest::prelude::*;
use std::f64::consts::{PI, TAU};

const EPS: f64 = f64::EPSILON;

/// A power of ten.
fn power(e: f64) -> f64 {
    10.0_f64.powf(e)
}

/// A law, and the same as a formula.
type Pair = (Box<dyn Continuous>, Box<dyn Fn(f64) -> f64>);

fn pairs([a, b, m]: [f64; 3], left: f64) -> Result<Vec<Pair>, ProbabilityError> {
    let (top, high) = (m + left * a, m + a);
    Ok(vec![
        (
            Box::new(InverseGamma::new(a, b)?),
            Box::new(move |x| inverse_gamma_ln_pdf(x, a, b)),
        ),
        (
            Box::new(HalfNormal::new(a)?),
            Box::new(move |x| half_normal_ln_pdf(x, a)),
        ),
        (
            Box::new(FisherF::new(a, b)?),
            Box::new(move |x| fisher_f_ln_pdf(x, a, b)),
        ),
        (
            Box::new(VonMises::new(0.0, a)?),
            Box::new(move |x| {
                if x.abs() > PI {
                    f64::NEG_INFINITY
                } else {
                    von_mises_ln_pdf(x, 0.0, a)
                }
            }),
        ),
        (
            Box::new(Uniform::new(m, high)?),
            Box::new(move |x| uniform_ln_pdf(x, m, high)),
        ),
        (
            Box::new(Triangular::new(m, top, high)?),
            Box::new(move |x| triangular_ln_pdf(x, m, top, high)),
        ),
    ])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn log_densities_are_those_of_their_laws(a in -6.0..6.0_f64, b in -6.0..6.0_f64, m in -9.0..9.0, left in 0.0..=1.0, e in -200.0..200.0_f64, u in 0.0..=1.0_f64, w in prop::collection::vec(0.01..9.0_f64, 1..6), k in prop::collection::vec(0_u64..30, 6)) {
        let (a, b) = (power(a), power(b));
        for (i, (law, formula)) in pairs([a, b, m], left)?.into_iter().enumerate() {
            for x in [power(e), -power(e), 0.0, law.quantile(u), law.quantile(1e-9), law.upper_quantile(1e-9), f64::INFINITY, f64::NEG_INFINITY, m + a, m] {
                let (found, expected) = (formula(x), law.ln_pdf(x));
                if expected.is_finite() {
                    // exponents of the size of the shapes
                    scaled(found, expected, 64.0 * EPS, 1.0 + expected.abs() + a.min(1e6) + b.min(1e6)).map_err(|v| v.within(format!("law {i} at {x:e}")))?;
                } else {
                    prop_assert_eq!(found, expected, "law {} at {:e}", i, x);
                }
            }
            prop_assert!(formula(f64::NAN).is_nan(), "law {i}");
        }
        let theta = Simplex::from_weights(&w)?;
        let concentrations: Vec<f64> = w.iter().map(|w| w * b.clamp(1e-3, 1e3)).collect();
        let belief = Dirichlet::new(concentrations.clone())?;
        let size = 100.0 + concentrations.iter().sum::<f64>() * 10.0;
        scaled(dirichlet_ln_pdf(theta.as_slice(), &concentrations)?, belief.ln_pdf(&theta)?, 64.0 * EPS, size)?;
        let counts = &k[..w.len()];
        let throws = Multinomial::new(counts.iter().sum(), theta.clone());
        let ln_p = throws.ln_pmf(counts)?;
        scaled(multinomial_ln_pmf(counts, theta.as_slice())?, ln_p, 64.0 * EPS, 200.0 + ln_p.abs())?;
        prop_assert!(dirichlet_ln_pdf(&w, &concentrations[1..]).is_err() && multinomial_ln_pmf(counts, &w[1..]).is_err());
    }

    #[test]
    fn scores_of_one_sided_families(x in 0.9..5.0_f64, a in 0.9..5.0_f64, b in 0.9..5.0_f64) {
        let z = x / a;
        let half_normal = |t: &[f64]| (half_normal_ln_pdf(t[0], t[1]), vec![-x / a / a, (z * z - 1.0) / a]);
        gradient::check(half_normal, &[x, a])?;
        let slopes = vec![b / x / x - (a + 1.0) / x, (b / x).ln() - digamma(a), a / b - 1.0 / x];
        gradient::check(|t| (inverse_gamma_ln_pdf(t[0], t[1], t[2]), slopes.clone()), &[x, a, b])?;
    }

    #[test]
    fn scores_of_a_ratio(x in 0.8..5.0_f64, d in 1.0..20.0_f64, e in 1.0..20.0_f64) {
        let (a, b) = (0.5 * d, 0.5 * e);
        let (u, v) = (d * x / (d * x + e), e / (d * x + e));
        let pull = a - (a + b) * u;
        let by_d = 0.5 * (u.ln() - digamma(a) + digamma(a + b)) + pull / d;
        let by_e = 0.5 * (v.ln() - digamma(b) + digamma(a + b)) - pull / e;
        gradient::check(|t| (fisher_f_ln_pdf(t[0], t[1], t[2]), vec![(pull - 1.0) / x, by_d, by_e]), &[x, d, e])?;
    }

    #[test]
    fn scores_of_a_direction(x in -3.0..3.0_f64, m in -3.0..3.0, kappa in 0.1..20.0, turns in -3_i32..3) {
        let law = VonMises::new(m, kappa)?;
        let (sine, cosine) = ((x - m).sin(), (x - m).cos());
        let slopes = vec![-kappa * sine, kappa * sine, cosine - law.resultant_length()];
        gradient::check(|t| (von_mises_ln_pdf(t[0], t[1], t[2]), slopes.clone()), &[x, m, kappa])?;
        let turned = von_mises_ln_pdf(x + TAU * f64::from(turns), m, kappa);
        scaled(turned, von_mises_ln_pdf(x, m, kappa), 64.0 * EPS, 10.0 + kappa)?;
        // Var cos = A′: the slope of the resultant length
        let (near, h) = (|kappa: f64| VonMises::new(m, kappa).map(|law| law.resultant_length()), 1e-4 * kappa);
        let slope = (near(kappa + h)? - near(kappa - h)?) / (2.0 * h);
        relative(slope, law.cosine_variance(), 1e-5)?;
    }

    #[test]
    fn scores_between_ends(low in -9.0..9.0_f64, left in 1.0..3.0_f64, right in 1.0..3.0, u in 0.5..0.9) {
        let (mode, high) = (low + left, low + left + right);
        let width = high - low;
        for x in [low + u * left, high - u * right] {
            gradient::check(|t| (uniform_ln_pdf(t[0], t[1], t[2]), vec![0.0, 1.0 / width, -1.0 / width]), &[x, low, high])?;
            let slopes = if x < mode {
                vec![1.0 / (x - low), 1.0 / width - 1.0 / (x - low) + 1.0 / left, -1.0 / left, -1.0 / width]
            } else {
                vec![-1.0 / (high - x), 1.0 / width, 1.0 / right, 1.0 / (high - x) - 1.0 / right - 1.0 / width]
            };
            gradient::check(|t| (triangular_ln_pdf(t[0], t[1], t[2], t[3]), slopes.clone()), &[x, low, mode, high])?;
        }
        for nothing in [uniform_ln_pdf(0.0, high, low), triangular_ln_pdf(low, low, high, mode)] {
            prop_assert!(nothing.is_nan());
        }
        same_bits(uniform_ln_pdf(0.0, -f64::MAX, f64::MAX), Uniform::new(-f64::MAX, f64::MAX)?.ln_pdf(0.0))?;
    }

    #[test]
    fn scores_of_several_outcomes(w in prop::collection::vec(0.9..3.0_f64, 2..6), a in prop::collection::vec(0.9..9.0_f64, 6), k in prop::collection::vec(0_u64..20, 6)) {
        let theta = &w; // as if they were free
        let (n, a) = (w.len(), &a[..w.len()]);
        let of_sum = digamma(a.iter().sum::<f64>());
        let by_theta = theta.iter().zip(a).map(|(x, a)| (a - 1.0) / x);
        let by_a = theta.iter().zip(a).map(|(x, a)| x.ln() - digamma(*a) + of_sum);
        let slopes: Vec<f64> = by_theta.chain(by_a).collect();
        let point: Vec<f64> = theta.iter().chain(a).copied().collect();
        gradient::check(|t| (dirichlet_ln_pdf(&t[..n], &t[n..]).unwrap_or(f64::NAN), slopes.clone()), &point)?;
        let slopes: Vec<f64> = theta.iter().zip(&k).map(|(p, k)| *k as f64 / p).collect();
        gradient::check(|p| (multinomial_ln_pmf(&k[..n], p).unwrap_or(f64::NAN), slopes.clone()), theta)?;
    }
}
