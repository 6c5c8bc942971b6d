//! Fisher information: the score by automatic differentiation.

use gradus::autodiff::Dual;
use gradus::information::{FisherInformation, FisherMatrix};
use gradus::numeric::{Real, sigmoid};
use gradus::probability::{
    Beta, Categorical, Cauchy, ChiSquared, Continuous, Dirichlet, Discrete, Gamma, Gumbel,
    HalfNormal, InverseGamma, LogNormal, Logistic, NegativeBinomial, Normal, Poisson,
    ProbabilityError, StudentT, VonMises, Weibull, beta_ln_pdf, cauchy_ln_pdf, chi_squared_ln_pdf,
    dirichlet_ln_pdf, gamma_ln_pdf, gumbel_ln_pdf, half_normal_ln_pdf, inverse_gamma_ln_pdf,
    log_normal_ln_pdf, logistic_ln_pdf, multinomial_ln_pmf, negative_binomial_ln_pmf,
    normal_ln_pdf, poisson_ln_pmf, student_t_ln_pdf, von_mises_ln_pdf, weibull_ln_pdf,
};
use gradus_testkit::{cases, scaled};
use proptest::prelude::*;
use std::f64::consts::PI;

/// Twice differentiable numbers.
type Second = Dual<Dual<f64>>;

/// A logarithmic density at x, as a function of its parameters.
type Density<'a> = &'a dyn Fn(f64, &[Second]) -> Second;

fn number(x: f64) -> Second {
    Second::from_f64(x)
}

/// The score and the second derivatives at x.
fn score(ln_p: Density<'_>, x: f64, theta: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let n = theta.len();
    let (mut first, mut second) = (vec![0.0; n], vec![vec![0.0; n]; n]);
    for i in 0..n {
        for j in 0..n {
            let unit = |k: usize, of: usize| f64::from(u8::from(k == of));
            let moved = |k: usize| {
                let value = Dual::new(theta[k], unit(k, i));
                Dual::new(value, Dual::constant(unit(k, j)))
            };
            let y = ln_p(x, &(0..n).map(moved).collect::<Vec<_>>());
            first[i] = y.value.derivative;
            second[i][j] = y.derivative.derivative;
        }
    }
    (first, second)
}

/// The score has mean 0, and $`F = \operatorname{E} s s^\top = -\operatorname{E} s'`$, with weights that sum to 1.
#[allow(clippy::needless_pass_by_value, reason = "made where it is passed")]
fn agrees(
    name: &str,
    f: FisherMatrix,
    ln_p: Density<'_>,
    theta: &[f64],
    points: impl Iterator<Item = (f64, f64)>,
) -> Result<(), TestCaseError> {
    let n = theta.len();
    prop_assert_eq!(f.parameters(), n, "{}", name);
    let mut mean = vec![0.0; n];
    let (mut square, mut curvature) = (vec![vec![0.0; n]; n], vec![vec![0.0; n]; n]);
    for (x, weight) in points {
        let (first, second) = score(ln_p, x, theta);
        for i in 0..n {
            mean[i] += weight * first[i];
            for j in 0..n {
                square[i][j] += weight * first[i] * first[j];
                curvature[i][j] -= weight * second[i][j];
            }
        }
    }
    for i in 0..n {
        let within = |value: f64, expected: f64| {
            scaled(value, expected, 1e-9, 10.0)
                .map_err(|e| e.within(format!("{name}, parameter {i}")))
        };
        within(mean[i], 0.0)?;
        for j in 0..n {
            let entry = f.get(i, j).unwrap_or(f64::NAN);
            within(square[i][j], entry)?;
            within(curvature[i][j], entry)?;
        }
    }
    Ok(())
}

/// Integrals over a density: with $`x = F^{-1}(\sigma(t))`$ the trapezoidal rule over t, for which both ends fall like exponentials.
fn quantiles(law: &impl Continuous) -> impl Iterator<Item = (f64, f64)> {
    let step = 0.05;
    (-700..=700).map(move |k| {
        let t = step * f64::from(k);
        let (below, above) = (sigmoid(t), sigmoid(-t));
        (law.at_tails(below, above), step * below * above)
    })
}

/// Integrals around the circle, by the trapezoidal rule.
fn directions(law: &VonMises) -> impl Iterator<Item = (f64, f64)> {
    let step = PI / 64.0;
    (-64..64).map(move |k| {
        let x = law.location() + step * f64::from(k);
        (x, step * law.ln_pdf(x).exp())
    })
}

/// Sums over counts.
fn counts(law: &impl Discrete, most: u32) -> impl Iterator<Item = (f64, f64)> {
    (0..most).map(move |k| (f64::from(k), law.pmf(u64::from(k))))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count, as a number"
)]
fn count(x: f64) -> u64 {
    x as u64
}

/// A law, its density and its parameters.
fn of<D: Continuous + FisherInformation>(
    name: &str,
    law: Result<D, ProbabilityError>,
    ln_p: Density<'_>,
    theta: &[f64],
) -> Result<(), TestCaseError> {
    let law = law?;
    agrees(name, law.fisher_information(), ln_p, theta, quantiles(&law))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..cases() })]

    #[test]
    fn fisher_information_is_the_variance_of_the_score(a in 0.7..3.0, b in 0.7..3.0, m in -1.0..1.0) {
        of("normal", Normal::new(m, b), &|x, t| normal_ln_pdf(number(x), t[0], t[1]), &[m, b])?;
        of("log-normal", LogNormal::new(m, b), &|x, t| log_normal_ln_pdf(number(x), t[0], t[1]), &[m, b])?;
        of("gamma", Gamma::new(a, b), &|x, t| gamma_ln_pdf(number(x), t[0], t[1]), &[a, b])?;
        of("inverse gamma", InverseGamma::new(a, b), &|x, t| inverse_gamma_ln_pdf(number(x), t[0], t[1]), &[a, b])?;
        of("beta", Beta::new(a, b), &|x, t| beta_ln_pdf(number(x), t[0], t[1]), &[a, b])?;
        of("Weibull", Weibull::new(a, b), &|x, t| weibull_ln_pdf(number(x), t[0], t[1]), &[a, b])?;
        of("Gumbel", Gumbel::new(m, b), &|x, t| gumbel_ln_pdf(number(x), t[0], t[1]), &[m, b])?;
        of("logistic", Logistic::new(m, b), &|x, t| logistic_ln_pdf(number(x), t[0], t[1]), &[m, b])?;
        of("Cauchy", Cauchy::new(m, b), &|x, t| cauchy_ln_pdf(number(x), t[0], t[1]), &[m, b])?;
        of("chi-squared", ChiSquared::new(a), &|x, t| chi_squared_ln_pdf(number(x), t[0]), &[a])?;
        of("half-normal", HalfNormal::new(a), &|x, t| half_normal_ln_pdf(number(x), t[0]), &[a])?;
        of("Student", StudentT::new(m, a, b), &|x, t| student_t_ln_pdf(number(x), t[0], t[1], t[2]), &[m, a, b])?;
        let poisson = Poisson::new(a)?;
        agrees("Poisson", poisson.fisher_information(), &|x, t| poisson_ln_pmf(count(x), t[0]), &[a], counts(&poisson, 200))?;
        let p = 0.25 * a;
        let waits = NegativeBinomial::new(b, p)?;
        agrees("negative binomial", waits.fisher_information(), &|x, t| negative_binomial_ln_pmf(count(x), number(b), t[0]), &[p], counts(&waits, 1000))?;
        let wind = VonMises::new(m, a)?;
        agrees("von Mises", wind.fisher_information(), &|x, t| von_mises_ln_pdf(number(x), t[0], t[1]), &[m, a], directions(&wind))?;
    }

    #[test]
    fn information_of_several_outcomes_is_the_variance_of_the_score(a in 0.7..3.0, b in 0.7..3.0, w in prop::collection::vec(0.5..3.0_f64, 2..5)) {
        let die = Categorical::from_weights(&w)?;
        let p = die.probabilities().as_slice();
        let last = p.len() - 1;
        let one = |x: f64, t: &[Second]| {
            let shown: Vec<u64> = (0..=last as u64).map(|k| u64::from(k == count(x))).collect();
            let rest = t.iter().fold(number(1.0), |rest, p| rest - *p);
            let all: Vec<Second> = t.iter().copied().chain([rest]).collect();
            multinomial_ln_pmf(&shown, &all).unwrap_or(number(f64::NAN))
        };
        agrees("categorical", die.fisher_information(), &one, &p[..last], counts(&die, 5))?;
        let believed = |theta: Vec<f64>, t: &[Second]| {
            let theta: Vec<Second> = theta.into_iter().map(number).collect();
            dirichlet_ln_pdf(&theta, t).unwrap_or(number(f64::NAN))
        };
        // two probabilities, of which one is a beta draw; the other one is counted from the end that is near
        let pair = Dirichlet::new(vec![a, b])?;
        let complement = |x: f64| vec![x, 1.0 - x];
        let inner = quantiles(&Beta::new(a, b)?).filter(|(x, _)| *x > 0.0 && *x < 1.0).collect::<Vec<_>>();
        agrees("Dirichlet", pair.fisher_information(), &|x, t| believed(complement(x), t), &[a, b], inner.into_iter())?;
        // of an exponential family the second derivatives are the same for every draw
        let belief = Dirichlet::new(w.clone())?;
        let f = belief.fisher_information();
        let (_, second) = score(&|_, t| believed(p.to_vec(), t), 0.0, &w);
        for (i, row) in second.iter().enumerate() {
            for (j, entry) in row.iter().enumerate() {
                scaled(-entry, f.get(i, j).unwrap_or(f64::NAN), 1e-12, 10.0)?;
            }
        }
    }
}
