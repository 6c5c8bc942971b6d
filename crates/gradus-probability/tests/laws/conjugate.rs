//! Conjugate priors.

use gradus_numeric::ln_binomial;
use gradus_probability::{
    Bernoulli, Beta, Categorical, ConjugatePrior, Continuous, Dirichlet, Discrete, Gamma, Normal,
    NormalInverseGamma, NormalMean, Poisson, Simplex,
};
use gradus_testkit::{cases, relative, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn conjugate_posteriors_are_prior_times_likelihood(a in 0.2..9.0, b in 0.2..9.0, yes in prop::collection::vec(any::<bool>(), 0..9), counts in prop::collection::vec(0_u64..20, 0..9), x in prop::collection::vec(-9.0..9.0, 0..9), t in 0.05..0.95, m in -3.0..3.0) {
        // ln prior + ln likelihood − ln posterior − ln evidence at one parameter
        let (coin, truth) = (Beta::new(a, b)?, Bernoulli::new(t)?);
        let likelihood: f64 = yes.iter().map(|x| truth.ln_pmf(u64::from(*x))).sum();
        let right = coin.posterior(&yes)?.ln_pdf(t) + coin.ln_evidence(&yes)?;
        scaled(coin.ln_pdf(t) + likelihood, right, 64.0 * EPS, 30.0)?;

        let (rate, truth) = (Gamma::new(a, b)?, Poisson::new(4.0 * t)?);
        let likelihood: f64 = counts.iter().map(|x| truth.ln_pmf(*x)).sum();
        let right = rate.posterior(&counts)?.ln_pdf(4.0 * t) + rate.ln_evidence(&counts)?;
        scaled(rate.ln_pdf(4.0 * t) + likelihood, right, 64.0 * EPS, 500.0)?;

        let die = Dirichlet::new(vec![a, b, 1.0])?;
        let theta = Simplex::new(vec![0.5 * t, 0.5 * t, 1.0 - t])?;
        let truth = Categorical::try_from(theta.clone())?;
        let categories: Vec<_> = counts.iter().map(|k| usize::try_from(k % 3).unwrap_or(0)).collect();
        let likelihood: f64 = counts.iter().map(|k| truth.ln_pmf(k % 3)).sum();
        let right = die.posterior(&categories)?.ln_pdf(&theta)? + die.ln_evidence(&categories)?;
        scaled(die.ln_pdf(&theta)? + likelihood, right, 64.0 * EPS, 60.0)?;

        let (mean, truth) = (NormalMean::new(Normal::new(m, a)?, b)?, Normal::new(4.0 * t, b)?);
        let likelihood: f64 = x.iter().map(|x| truth.ln_pdf(*x)).sum();
        let right = mean.posterior(&x)?.mean().ln_pdf(4.0 * t) + mean.ln_evidence(&x)?;
        scaled(mean.mean().ln_pdf(4.0 * t) + likelihood, right, 1e-12, 1e4)?;

        let both = NormalInverseGamma::new(m, a, b, 1.0)?;
        let (mu, variance) = (4.0 * t, 0.1 + 3.0 * t);
        let joint = |law: &NormalInverseGamma| {
            let given = Normal::new(law.location(), (variance / law.weight()).sqrt())?;
            Ok::<_, gradus_probability::ProbabilityError>(law.variance()?.ln_pdf(variance) + given.ln_pdf(mu))
        };
        let truth = Normal::new(mu, variance.sqrt())?;
        let likelihood: f64 = x.iter().map(|x| truth.ln_pdf(*x)).sum();
        let right = joint(&both.posterior(&x)?)? + both.ln_evidence(&x)?;
        scaled(joint(&both)? + likelihood, right, 1e-12, 1e4)?;
    }

    #[test]
    fn the_order_of_observations_does_not_matter(a in 0.2..9.0, b in 0.2..9.0, counts in prop::collection::vec(0_u64..20, 0..9), x in prop::collection::vec(-9.0..9.0, 0..9)) {
        let (rate, mut turned) = (Gamma::new(a, b)?, counts.clone());
        turned.reverse();
        let (first, second) = (rate.posterior(&counts)?, rate.posterior(&turned)?);
        relative(first.shape(), second.shape(), 16.0 * EPS)?;
        scaled(rate.ln_evidence(&counts)?, rate.ln_evidence(&turned)?, 64.0 * EPS, 300.0)?;
        let (both, mut turned) = (NormalInverseGamma::new(0.5, a, b, 1.0)?, x.clone());
        turned.reverse();
        let (first, second) = (both.posterior(&x)?, both.posterior(&turned)?);
        scaled(first.location(), second.location(), 64.0 * EPS, 9.0)?;
        relative(first.scale(), second.scale(), 256.0 * EPS)?;
        scaled(both.ln_evidence(&x)?, both.ln_evidence(&turned)?, 1e-12, 300.0)?;
        // scale and location are those of the whole sample at once
        let n = x.len() as f64;
        let sum: f64 = x.iter().sum();
        scaled(first.location(), (a * 0.5 + sum) / (a + n), 64.0 * EPS, 9.0)?;
        let squares: f64 = x.iter().map(|x| (x - first.location()).powi(2)).sum::<f64>() + a * (0.5 - first.location()).powi(2);
        relative(first.scale(), 1.0 + 0.5 * squares, 1e-13)?;
    }

    #[test]
    fn predictions_of_conjugate_priors_are_distributions(a in 0.5..9.0, b in 0.5..9.0, m in -3.0..3.0) {
        let (coin, rate, die) = (Beta::new(a, b)?, Gamma::new(a, b)?, Dirichlet::new(vec![a, b, 0.5])?);
        relative(coin.ln_predictive(true)?.exp() + coin.ln_predictive(false)?.exp(), 1.0, 4.0 * EPS)?;
        relative(coin.predictive()?.mean()?, coin.mean()?, 4.0 * EPS)?;
        let mut mass = 0.0;
        for k in 0..3000 {
            mass += rate.ln_predictive(k)?.exp();
        }
        scaled(mass, 1.0, 1e-12, 1.0)?;
        relative(rate.predictive()?.mean()?, rate.mean()?, 16.0 * EPS)?;
        let mut mass = 0.0;
        for k in 0..3 {
            mass += die.ln_predictive(k)?.exp();
        }
        relative(mass, 1.0, 8.0 * EPS)?;
        prop_assert!(die.ln_predictive(3).is_err() && die.updated(3).is_err());
        // law of total variance: of what is believed of the mean, and the mean of what is believed of the variance
        let both = NormalInverseGamma::new(m, a, b + 1.5, 2.0)?;
        let total = both.mean()?.variance()? + both.variance()?.mean()?;
        relative(both.predictive()?.variance()?, total, 64.0 * EPS)?;
    }

    /// The law of the number of heads that a belief predicts (beta–binomial), by the evidence of each.
    #[test]
    fn predictions_of_counts_of_heads_add_up(a in 0.05..20.0, b in 0.05..20.0, n in 0_usize..30) {
        let coin = Beta::new(a, b)?;
        let (mut mass, mut mean) = (0.0, 0.0);
        for k in 0..=n {
            let throws: Vec<bool> = (0..n).map(|i| i < k).collect();
            let p = (ln_binomial(n as u64, k as u64) + coin.ln_evidence(&throws)?).exp();
            mass += p;
            mean += p * k as f64;
        }
        scaled(mass, 1.0, 256.0 * EPS, 1.0)?; // sums of thirty logarithms
        scaled(mean, n as f64 * coin.mean()?, 256.0 * EPS, 30.0)?;
    }

    #[test]
    fn precisions_of_normal_means_add(m in -9.0..9.0, s in 0.01..99.0, noise in 0.01..99.0, x in -9.0..9.0) {
        let before = NormalMean::new(Normal::new(m, s)?, noise)?;
        let after = before.updated(x)?.mean();
        let precision = |s: f64| 1.0 / (s * s);
        relative(precision(after.standard_deviation()), precision(s) + precision(noise), 16.0 * EPS)?;
        prop_assert!(f64::min(m, x) <= after.location() && after.location() <= f64::max(m, x));
        let expected = (m * precision(s) + x * precision(noise)) / (precision(s) + precision(noise));
        scaled(after.location(), expected, 16.0 * EPS, 9.0)?;
        prop_assert!(before.updated(f64::NAN).is_err() && before.updated(f64::INFINITY).is_err());
    }
}
