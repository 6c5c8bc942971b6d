//! Densities beside integrals and automatic differentiation: of one, of distribution functions, of what is changed.

use gradus::autodiff::derivative;
use gradus::calculus::{self, Tolerance, integrate, integrate_through};
use gradus::numeric::{Real, beta_regularized, erf, gamma_p, gamma_q, logit, normal_cdf, sigmoid};
use gradus::probability::{
    Affine, Beta, Cauchy, ChiSquared, ConjugatePrior, Continuous, Exponential, FisherF, Gamma,
    Gumbel, HalfNormal, InverseGamma, Laplace, LogNormal, Logistic, Normal, NormalInverseGamma,
    Pareto, ProbabilityError, StudentT, Triangular, Uniform, VonMises, Weibull, cauchy_ln_pdf,
    fisher_f_ln_pdf, gamma_ln_pdf, gumbel_ln_pdf, half_normal_ln_pdf, inverse_gamma_ln_pdf,
    laplace_ln_pdf, logistic_ln_pdf, normal_ln_pdf, student_t_ln_pdf, triangular_ln_pdf,
    uniform_ln_pdf, von_mises_ln_pdf, weibull_ln_pdf,
};
use gradus_testkit::{cases, relative, scaled};
use proptest::prelude::*;

type Law = Box<dyn Continuous>;

type Dual = gradus::autodiff::Dual<f64>;

type Formula = Box<dyn Fn(Dual) -> Dual>;

/// A member of each family, by a location and two positive parameters.
fn laws(m: f64, a: f64, b: f64) -> Result<Vec<Law>, ProbabilityError> {
    Ok(vec![
        Box::new(Normal::new(m, a)?),
        Box::new(Gamma::new(a, b)?),
        Box::new(Beta::new(a, b)?),
        Box::new(StudentT::new(m, a, b)?),
        Box::new(Uniform::new(m, m + a)?),
        Box::new(Exponential::new(a)?),
        Box::new(LogNormal::new(m, a)?),
        Box::new(ChiSquared::new(a)?),
        Box::new(FisherF::new(a, b)?),
        Box::new(Cauchy::new(m, a)?),
        Box::new(Laplace::new(m, a)?),
        Box::new(Logistic::new(m, a)?),
        Box::new(Gumbel::new(m, a)?),
        Box::new(Weibull::new(a, b)?),
        Box::new(Pareto::new(a, b)?),
        Box::new(InverseGamma::new(a, b)?),
        Box::new(HalfNormal::new(a)?),
        Box::new(Triangular::new(m, m + a.min(b), m + a)?),
        Box::new(VonMises::new(m, a)?),
        Box::new(Affine::of(Gamma::new(b, 1.0)?, m, a)?),
    ])
}

/// The distribution functions of most of them, as formulas over any number.
fn closed<R: Real>(x: R, m: f64, a: f64, b: f64) -> Vec<(&'static str, R)> {
    let of = R::from_f64;
    let (one, half) = (of(1.0), of(0.5));
    let z = (x - of(m)) / of(a);
    let ratio = of(a) * x / (of(a) * x + of(b));
    vec![
        ("normal", normal_cdf(z)),
        ("gamma", gamma_p(a, of(b) * x)),
        ("exponential", -(-of(a) * x).exp_m1()),
        ("log-normal", normal_cdf((x.ln() - of(m)) / of(a))),
        ("chi-squared", gamma_p(a / 2.0, half * x)),
        ("F", beta_regularized(a / 2.0, b / 2.0, ratio)),
        ("logistic", sigmoid(z)),
        ("Gumbel", (-(-z).exp()).exp()),
        ("Weibull", -(-(x / of(b)).powf(a)).exp_m1()),
        ("inverse gamma", gamma_q(a, of(b) / x)),
        ("half-normal", erf(x / of(a * 2.0_f64.sqrt()))),
        ("beta", beta_regularized(a, b, x / (x + one))),
    ]
}

/// The laws of these formulas, and where they are asked.
fn named(name: &str, m: f64, a: f64, b: f64) -> Result<Law, ProbabilityError> {
    Ok(match name {
        "normal" => Box::new(Normal::new(m, a)?),
        "gamma" => Box::new(Gamma::new(a, b)?),
        "exponential" => Box::new(Exponential::new(a)?),
        "log-normal" => Box::new(LogNormal::new(m, a)?),
        "chi-squared" => Box::new(ChiSquared::new(a)?),
        "F" => Box::new(FisherF::new(a, b)?),
        "logistic" => Box::new(Logistic::new(m, a)?),
        "Gumbel" => Box::new(Gumbel::new(m, a)?),
        "Weibull" => Box::new(Weibull::new(a, b)?),
        "inverse gamma" => Box::new(InverseGamma::new(a, b)?),
        "half-normal" => Box::new(HalfNormal::new(a)?),
        _ => Box::new(Beta::new(a, b)?),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..cases() })]

    /// From end to end, through quantiles, between which each is smooth or has one kink.
    #[test]
    fn densities_of_families_integrate_to_one(m in -2.0..2.0, a in 1.0..4.0, b in 1.0..4.0) {
        for law in laws(m, a, b)? {
            let inner = [1e-9, 1e-3, 0.1, 0.5, 0.9, 0.999];
            let mut points: Vec<f64> = [0.0].iter().chain(&inner).map(|p| law.quantile(*p)).collect();
            points.extend([law.upper_quantile(1e-9), law.upper_quantile(0.0)]);
            let kinks = [m, m + a.min(b)];
            points.extend(kinks.iter().filter(|kink| **kink > points[0] && **kink < points[8]).copied().collect::<Vec<_>>());
            points.sort_by(f64::total_cmp);
            points.dedup();
            let tolerance = Tolerance { absolute: 1e-11, relative: 1e-11 };
            let whole = integrate_through(|x| law.pdf(x), &points, tolerance)?;
            scaled(whole.value, 1.0, 1e-10, 1.0)?;
        }
    }

    /// $`\varphi(t) = \operatorname{E} e^{\mathrm{i} t X}`$, an integral over the density: 1 at 0, at most 1, conjugate at −t; and the slope of
    /// $`M(t) = \operatorname{E} e^{t X}`$ at 0 is the mean.
    #[test]
    fn characteristic_functions_are_those_of_the_books(m in -1.0..1.0, s in 0.5..2.0, a in 1.0..3.0, t in -2.0..2.0_f64) {
        let half = |angle: f64, length: f64| (length * angle.cos(), length * angle.sin());
        let gamma = |shape: f64, rate: f64| {
            // (1 − it/b)⁻ᵃ
            half(shape * (t / rate).atan(), (1.0 + (t / rate).powi(2)).powf(-0.5 * shape))
        };
        let all: Vec<(Law, (f64, f64))> = vec![
            (Box::new(Normal::new(m, s)?), half(m * t, (-0.5 * (s * t).powi(2)).exp())),
            (Box::new(Exponential::new(s)?), gamma(1.0, s)),
            (Box::new(Gamma::new(a, s)?), gamma(a, s)),
            (Box::new(Laplace::new(m, s)?), half(m * t, 1.0 / (1.0 + (s * t).powi(2)))),
            (Box::new(Uniform::new(m - s, m + s)?), half(m * t, if t == 0.0 { 1.0 } else { (s * t).sin() / (s * t) })),
        ];
        for (k, (law, (real, imaginary))) in all.iter().enumerate() {
            let ends = [law.quantile(1e-16), m, law.upper_quantile(1e-16)];
            let mut points: Vec<f64> = ends.iter().copied().filter(|x| *x >= ends[0]).collect();
            points.dedup();
            let mean_of = |f: &dyn Fn(f64) -> f64| {
                let tolerance = Tolerance { absolute: 1e-12, relative: 1e-12 };
                integrate_through(|x| law.pdf(x) * f(x), &points, tolerance).map(|mean| mean.value)
            };
            let phi = |t: f64| Ok::<_, calculus::CalculusError>((mean_of(&|x| (t * x).cos())?, mean_of(&|x| (t * x).sin())?));
            let ((c, d), (back, turned), one) = (phi(t)?, phi(-t)?, phi(0.0)?);
            let within = |violation: gradus_testkit::Violation| violation.within(format!("law {k}"));
            scaled(c, *real, 1e-10, 1.0).map_err(within)?;
            scaled(d, *imaginary, 1e-10, 1.0).map_err(within)?;
            scaled(one.0, 1.0, 1e-11, 1.0).map_err(within)?;
            prop_assert!(one.1 == 0.0 && c.hypot(d) <= 1.0 + 1e-11);
            scaled(back, c, 1e-11, 1.0)?;
            scaled(turned, -d, 1e-11, 1.0)?;
            // M′(0) by a central difference of h = 2⁻¹⁰, whose error is h² E X³ / 6 and rounding over h
            let h = 0.5_f64.powi(10);
            let slope = (mean_of(&|x| (h * x).exp())? - mean_of(&|x| (-h * x).exp())?) / (2.0 * h);
            scaled(slope, law.mean()?, 1e-4, 1.0).map_err(within)?;
        }
    }

    /// The predictive density of a normal sample of unknown mean and variance is Student's.
    #[test]
    fn predictions_of_normal_samples_integrate_to_one(m in -2.0..2.0, w in 0.5..4.0, a in 0.6..4.0, b in 0.5..4.0, x in prop::collection::vec(-3.0..3.0_f64, 0..4)) {
        let belief = NormalInverseGamma::new(m, w, a, b)?.posterior(&x)?;
        let density = |x: f64| belief.ln_predictive(x).map_or(f64::NAN, f64::exp);
        let center = belief.location();
        let (left, right) = (integrate(density, f64::NEG_INFINITY, center, 1e-10)?, integrate(density, center, f64::INFINITY, 1e-10)?);
        scaled(left.value + right.value, 1.0, 1e-9, 1.0)?;
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn densities_are_slopes_of_distribution_functions_by_automatic_differentiation(
        m in -2.0..2.0, a in 0.6..4.0, b in 0.6..4.0, x in 0.05..4.0_f64,
    ) {
        for (k, (name, value)) in closed(x, m, a, b).into_iter().enumerate() {
            let law = named(name, m, a, b)?;
            // The beta law lives on (0, 1): x / (1 + x), whose slope is 1 / (1 + x)².
            let (at, stretch) = if name == "beta" { (x / (1.0 + x), (1.0 + x).powi(-2)) } else { (x, 1.0) };
            let within = |violation: gradus_testkit::Violation| violation.within(name);
            scaled(value, law.cdf(at), 1e-13, 1.0).map_err(within)?;
            let slope = derivative(|x| closed(x, m, a, b)[k].1, x);
            scaled(slope, stretch * law.pdf(at), 1e-12, 1.0 + stretch * law.pdf(at)).map_err(within)?;
        }
    }

    /// The score by x, by automatic differentiation of the generic densities, against differences of those of the laws.
    #[test]
    fn scores_are_slopes_of_logarithmic_densities(m in -2.0..2.0_f64, a in 0.6..4.0, b in 0.6..4.0, x in 0.3..4.0_f64) {
        prop_assume!((x - m).abs() > 0.1); // Laplace's law has a kink
        let of = Dual::from_f64;
        let pairs: Vec<(Law, Formula)> = vec![
            (Box::new(Normal::new(m, a)?), Box::new(move |x| normal_ln_pdf(x, of(m), of(a)))),
            (Box::new(Cauchy::new(m, a)?), Box::new(move |x| cauchy_ln_pdf(x, of(m), of(a)))),
            (Box::new(Laplace::new(m, a)?), Box::new(move |x| laplace_ln_pdf(x, of(m), of(a)))),
            (Box::new(Logistic::new(m, a)?), Box::new(move |x| logistic_ln_pdf(x, of(m), of(a)))),
            (Box::new(Gumbel::new(m, a)?), Box::new(move |x| gumbel_ln_pdf(x, of(m), of(a)))),
            (Box::new(StudentT::new(m, a, b)?), Box::new(move |x| student_t_ln_pdf(x, of(m), of(a), of(b)))),
            (Box::new(Gamma::new(a, b)?), Box::new(move |x| gamma_ln_pdf(x, of(a), of(b)))),
            (Box::new(Weibull::new(a, b)?), Box::new(move |x| weibull_ln_pdf(x, of(a), of(b)))),
            (Box::new(InverseGamma::new(a, b)?), Box::new(move |x| inverse_gamma_ln_pdf(x, of(a), of(b)))),
            (Box::new(HalfNormal::new(a)?), Box::new(move |x| half_normal_ln_pdf(x, of(a)))),
            (Box::new(FisherF::new(a, b)?), Box::new(move |x| fisher_f_ln_pdf(x, of(a), of(b)))),
            (Box::new(VonMises::new(1.2, a)?), Box::new(move |x| von_mises_ln_pdf(x, of(1.2), of(a)))),
            (Box::new(Uniform::new(-a, 9.0)?), Box::new(move |x| uniform_ln_pdf(x, of(-a), of(9.0)))),
            (Box::new(Triangular::new(-a, 4.5, 9.0)?), Box::new(move |x| triangular_ln_pdf(x, of(-a), of(4.5), of(9.0)))),
        ];
        for (k, (law, ln_pdf)) in pairs.iter().enumerate() {
            let slope = derivative(ln_pdf, x);
            let found = calculus::ridders(|x| law.ln_pdf(x), x, 0.05)?;
            scaled(slope, found.value, 1.0, 1e-8 * (1.0 + slope.abs()) + found.error)
                .map_err(|violation| violation.within(format!("law {k}")))?;
        }
    }

    /// $`p_Y(y) = p_X(g^{-1}(y)) \, \lvert (g^{-1})'(y) \rvert`$, with the slope by automatic differentiation.
    #[test]
    fn densities_change_with_their_variable(m in -2.0..2.0, a in 0.6..3.0, b in 0.6..3.0, y in 0.05..4.0_f64) {
        fn changed(law: &dyn Continuous, back: fn(Dual) -> Dual, y: f64) -> f64 {
            let x = back(Dual::constant(y)).value;
            law.pdf(x) * derivative(back, y).abs()
        }
        relative(LogNormal::new(m, a)?.pdf(y), changed(&Normal::new(m, a)?, Real::ln, y), 1e-12)?;
        relative(InverseGamma::new(a, b)?.pdf(y), changed(&Gamma::new(a, b)?, |y| Dual::from_f64(1.0) / y, y), 1e-12)?;
        relative(Gumbel::new(0.0, 1.0)?.pdf(y - 2.0), changed(&Exponential::new(1.0)?, |x| (-x).exp(), y - 2.0), 1e-12)?;
        relative(Weibull::new(2.0, 1.0)?.pdf(y), changed(&Exponential::new(1.0)?, |x| x * x, y), 1e-12)?;
        relative(Affine::of(Gamma::new(a, 1.0)?, -3.0, 2.0)?.pdf(y), changed(&Gamma::new(a, 1.0)?, |y| (y + Dual::from_f64(3.0)) * Dual::from_f64(0.5), y), 1e-12)?;
        // The logit-normal law has no family: its density adds up to differences of its distribution function.
        let normal = Normal::new(m, a)?;
        let (low, high) = (sigmoid(-y), sigmoid(0.5 * y));
        let area = integrate(|p| changed(&normal, logit, p), low, high, 1e-11)?;
        scaled(area.value, normal.cdf(0.5 * y) - normal.cdf(-y), 1e-10, 1.0)?;
    }
}
