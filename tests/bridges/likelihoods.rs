//! Losses that are negative log-likelihoods: they say of each outcome what its family says, and so do their slopes.

use crate::{Outcome, closed_form, gamma, scores};
use gradus::autodiff::value_and_gradient;
use gradus::losses::{
    AbsoluteError, BinaryCrossEntropy, BinaryCrossEntropyLogits, Cauchy, Gaussian, GaussianMean,
    LogCosh, LogFactorial, Loss, NegativeLogLikelihood, Poisson, Rate, SoftmaxCrossEntropy,
    SquaredError, SquaredLogarithmicError, Target, Tweedie,
};
use gradus::numeric::{MatrixRef, Real, log_softmax};
use gradus::probability::{
    bernoulli_ln_pmf, bernoulli_ln_pmf_from_logit, categorical_ln_pmf_from_logits, cauchy_ln_pdf,
    gamma_ln_pdf, laplace_ln_pdf, log_normal_ln_pdf, logistic_ln_pdf, normal_ln_pdf,
    poisson_ln_pmf,
};
use gradus_testkit::{all_scaled, cases, scaled};
use proptest::prelude::*;

/// Whether a loss is $`c_1 - c_2 \ln p`$, in value and slopes, within roundings of numbers of that size.
fn is_likelihood(
    loss: &dyn Loss<f64>,
    prediction: &[f64],
    target: Target<'_, f64>,
    [constant, factor]: [f64; 2],
    (ln_p, slopes): (f64, Vec<f64>),
    size: f64,
) -> Outcome<()> {
    let (value, closed) = closed_form(loss, prediction, target)?;
    scaled(value, constant - factor * ln_p, gamma(64), size)?;
    let slopes: Vec<f64> = slopes.iter().map(|slope| -factor * slope).collect();
    all_scaled(&closed, &slopes, gamma(64), size)?;
    Ok(())
}

fn number<R: Real>(x: f64) -> R {
    R::from_f64(x)
}

fn quotient<R: Real>(a: f64, b: R) -> R {
    R::from_f64(a) / b
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn errors_are_likelihoods_of_a_location(p in -9.0..9.0_f64, y in -9.0..9.0_f64, s in 0.1..9.0_f64) {
        let values = [y];
        let target = || Target::Values(MatrixRef::from_column(&values));
        let size = 10.0 * (1.0 + 20.0 / s).powi(2) * (1.0 + s * s);

        let normal = value_and_gradient(|p| normal_ln_pdf(number(y), p[0], number(s)), &[p])?;
        let best = normal_ln_pdf(y, y, s);
        is_likelihood(&SquaredError, &[p], target(), [2.0 * s * s * best, 2.0 * s * s], normal, size)?;

        let laplace = value_and_gradient(|p| laplace_ln_pdf(number(y), p[0], number(s)), &[p])?;
        let best = laplace_ln_pdf(y, y, s);
        is_likelihood(&AbsoluteError, &[p], target(), [s * best, s], laplace, size)?;

        let cauchy = value_and_gradient(|p| cauchy_ln_pdf(number(y), p[0], number(s)), &[p])?;
        let (best, half) = (cauchy_ln_pdf(y, y, s), 0.5 * s * s);
        is_likelihood(&Cauchy { scale: s }, &[p], target(), [half * best, half], cauchy, size)?;

        // The logistic density of scale ½ is ½ / cosh².
        let logistic = value_and_gradient(|p| logistic_ln_pdf(number(y), p[0], number(0.5)), &[p])?;
        let best = logistic_ln_pdf(y, y, 0.5);
        is_likelihood(&LogCosh, &[p], target(), [0.5 * best, 0.5], logistic, 100.0)?;
    }

    #[test]
    fn the_gaussian_loss_is_the_likelihood_of_mean_and_variance(
        mean in -9.0..9.0_f64, y in -9.0..9.0_f64, ln_variance in -3.0..3.0_f64,
    ) {
        let prediction = [mean, ln_variance];
        let expected = value_and_gradient(|p| normal_ln_pdf(number(y), p[0], p[1].exp().sqrt()), &prediction)?;
        let target = [y];
        let target = Target::Values(MatrixRef::from_column(&target));
        let size = 10.0 + (mean - y).powi(2) * (-ln_variance).exp() + (mean - y).abs() * (-ln_variance).exp();
        is_likelihood(&Gaussian::default(), &prediction, target, [0.0, 1.0], expected, size)?;

        // With a smallest variance, and with a known one.
        let smallest_variance = 0.25;
        let bounded = value_and_gradient(
            |p| normal_ln_pdf(number(y), p[0], (p[1].exp() + number(smallest_variance)).sqrt()), &prediction)?;
        let loss = Gaussian { smallest_variance };
        is_likelihood(&loss, &prediction, target, [0.0, 1.0], bounded, size)?;
        let variance = ln_variance.exp();
        let known = value_and_gradient(|p| normal_ln_pdf(number(y), p[0], number(variance.sqrt())), &[mean])?;
        is_likelihood(&GaussianMean { variance }, &[mean], target, [0.0, 1.0], known, size)?;
    }

    #[test]
    fn relative_errors_are_likelihoods_of_a_logarithm(p in 0.0..99.0_f64, y in 0.0..99.0_f64, s in 0.2..3.0_f64) {
        let values = [y];
        let target = Target::Values(MatrixRef::from_column(&values));
        let expected = value_and_gradient(|p| log_normal_ln_pdf(number(1.0 + y), p[0].ln_1p(), number(s)), &[p])?;
        let best = log_normal_ln_pdf(1.0 + y, y.ln_1p(), s);
        let twice = 2.0 * s * s;
        is_likelihood(&SquaredLogarithmicError, &[p], target, [twice * best, twice], expected, 100.0 * (1.0 + twice))?;
    }

    #[test]
    fn losses_of_counts_and_times_are_likelihoods(ln_mean in -3.0..3.0_f64, count in 0..30_u64, time in 0.1..30.0_f64, shape in 0.3..9.0_f64) {
        let (mean, counts, times) = (ln_mean.exp(), [count as f64], [time]);
        let counted = || Target::Values(MatrixRef::from_column(&counts));
        let size = 10.0 * (1.0 + count as f64) * (1.0 + ln_mean.abs() + 1.0 / mean) + mean;

        // What Poisson leaves out, ln y!, is the logarithm of the likelihood at rate 1 but for e⁻¹.
        let constant = poisson_ln_pmf(count, 1.0) + 1.0;
        let poisson = value_and_gradient(|z| poisson_ln_pmf(count, z[0].exp()), &[ln_mean])?;
        is_likelihood(&Poisson::default(), &[ln_mean], counted(), [constant, 1.0], poisson, size)?;

        let factorial = LogFactorial::Exact;
        let poisson = value_and_gradient(|z| poisson_ln_pmf(count, z[0].exp()), &[ln_mean])?;
        let log = Poisson { rate: Rate::Logarithm, factorial };
        is_likelihood(&log, &[ln_mean], counted(), [0.0, 1.0], poisson, size)?;
        let poisson = value_and_gradient(|mean| poisson_ln_pmf(count, mean[0]), &[mean])?;
        let plain = Poisson { rate: Rate::Plain, factorial };
        is_likelihood(&plain, &[mean], counted(), [0.0, 1.0], poisson, size)?;

        let best = if count == 0 { 0.0 } else { poisson_ln_pmf(count, count as f64) };
        let poisson = value_and_gradient(|mean| poisson_ln_pmf(count, mean[0]), &[mean])?;
        is_likelihood(&Tweedie { power: 1.0 }, &[mean], counted(), [2.0 * best, 2.0], poisson, size)?;

        let waited = Target::Values(MatrixRef::from_column(&times));
        let best = gamma_ln_pdf(time, shape, shape / time);
        let waiting = value_and_gradient(|mean| gamma_ln_pdf(number(time), number(shape), quotient(shape, mean[0])), &[mean])?;
        let size = 100.0 * (1.0 + time / mean) * (1.0 + 1.0 / mean) * (1.0 + 1.0 / shape);
        is_likelihood(&Tweedie { power: 2.0 }, &[mean], waited, [2.0 / shape * best, 2.0 / shape], waiting, size)?;
    }

    #[test]
    fn losses_of_classes_are_likelihoods((z, label) in scores(), logit in -30.0..30.0_f64, p in 0.01..0.99_f64, yes in 0..2_u32) {
        let labels = [label];
        let categorical = value_and_gradient(|z| categorical_ln_pmf_from_logits(label.into(), z), &z)?;
        is_likelihood(&SoftmaxCrossEntropy::default(), &z, Target::Labels(&labels), [0.0, 1.0], categorical, 100.0)?;

        // From log-probabilities the likelihood is one of them.
        let ln_p = log_softmax(&z)?;
        let alone = value_and_gradient(|ln_p| ln_p[label as usize], &ln_p)?;
        is_likelihood(&NegativeLogLikelihood, &ln_p, Target::Labels(&labels), [0.0, 1.0], alone, 100.0)?;

        let answers = [yes];
        let bernoulli = value_and_gradient(|z| bernoulli_ln_pmf_from_logit(yes.into(), z[0]), &[logit])?;
        is_likelihood(&BinaryCrossEntropyLogits::default(), &[logit], Target::Labels(&answers), [0.0, 1.0], bernoulli, 30.0)?;
        let bernoulli = value_and_gradient(|p| bernoulli_ln_pmf(yes.into(), p[0]), &[p])?;
        is_likelihood(&BinaryCrossEntropy::default(), &[p], Target::Labels(&answers), [0.0, 1.0], bernoulli, 100.0)?;
    }
}
