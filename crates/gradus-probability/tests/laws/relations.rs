//! How the families hang together, and the slopes of their log-densities.

use gradus_numeric::{beta_pq, digamma, normal_cdf};
use gradus_probability::{
    Affine, Beta, Binomial, Cauchy, ChiSquared, Continuous, Discrete, Exponential, FisherF, Gamma,
    Geometric, Gumbel, HalfNormal, Hypergeometric, InverseGamma, Laplace, LogNormal, Logistic,
    NegativeBinomial, Normal, Pareto, ProbabilityError, StandardizedMoments, StudentT, Triangular,
    Uniform, VonMises, Weibull, beta_ln_pdf, cauchy_ln_pdf, chi_squared_ln_pdf, exponential_ln_pdf,
    fisher_f_ln_pdf, geometric_ln_pmf, gumbel_ln_pdf, laplace_ln_pdf, log_normal_ln_pdf,
    logistic_ln_pdf, negative_binomial_ln_pmf, pareto_ln_pdf, weibull_ln_pdf,
};
use gradus_testkit::{cases, gradient, relative, same_bits, scaled};
use proptest::prelude::*;
use std::f64::consts::PI;

const EPS: f64 = f64::EPSILON;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn exponential_has_no_memory(rate in 0.01..9.0, s in 0.0..9.0, t in 0.0..9.0) {
        let law = Exponential::new(rate)?;
        relative(law.sf(s + t), law.sf(s) * law.sf(t), 8.0 * EPS * (1.0 + rate * (s + t)))?;
    }

    #[test]
    fn geometric_has_no_memory(p in 0.01..0.99, s in 0_u64..200, t in 0_u64..200) {
        // Failures before the first success: sf(k) = P(X > k) = (1 − p)^(k + 1).
        let law = Geometric::new(p)?;
        let (both, powers) = (law.sf(s + t + 1), 2.0 + (s + t) as f64);
        let tolerance = 8.0 * EPS * (1.0 + powers * -(1.0 - p).ln());
        scaled(both, law.sf(s) * law.sf(t), tolerance, both.max(1e12 * f64::MIN_POSITIVE))?;
    }

    #[test]
    fn families_are_members_of_others(rate in 0.01..9.0, x in 0.0..50.0, k in 0.2..99.0, u in 0.0..1.0) {
        let same = |a: &dyn Continuous, b: &dyn Continuous, x: f64| {
            scaled(a.ln_pdf(x), b.ln_pdf(x), 64.0 * EPS, 500.0)?;
            relative(a.cdf(x), b.cdf(x), 1e-12)?;
            relative(a.sf(x), b.sf(x), 1e-12)
        };
        same(&Exponential::new(rate)?, &Gamma::new(1.0, rate)?, x)?;
        same(&ChiSquared::new(k)?, &Gamma::new(0.5 * k, 0.5)?, x)?;
        same(&Beta::new(1.0, 1.0)?, &Uniform::new(0.0, 1.0)?, u)?;
    }

    #[test]
    fn moved_and_stretched_laws_are_the_same_law(shape in 0.2..9.0, location in -9.0..9.0, scale in 0.01..99.0, z in 0.01..9.0) {
        let (law, moved) = (Gamma::new(shape, 1.0)?, Affine::of(Gamma::new(shape, 1.0)?, location, scale)?);
        let x = location + scale * z;
        // a rounding of x is one of z, of the size of both summands
        let tolerance = 64.0 * EPS * (1.0 + shape + z) * (1.0 + location.abs() / (scale * z));
        relative(moved.sf(x), law.sf(z), tolerance)?;
        relative(moved.cdf(x), law.cdf(z), tolerance)?;
        relative(scale * moved.pdf(x), law.pdf(z), tolerance)?;
        scaled(moved.mean()?, location + scale * shape, 4.0 * EPS, 9.0 + scale * shape)?;
        relative(moved.variance()?, scale * scale * shape, 4.0 * EPS)?;
    }

    #[test]
    fn reciprocals_of_gammas_are_inverse_gammas(a in 0.1..99.0, b in 0.01..99.0, x in 0.01..99.0) {
        let (law, gamma) = (InverseGamma::new(a, b)?, Gamma::new(a, b)?);
        let rounding = 4.0 * EPS * (1.0 + a + b / x); // 1/x rounds, and with it b/x
        relative(law.cdf(x), gamma.sf(1.0 / x), rounding)?;
        relative(law.sf(x), gamma.cdf(1.0 / x), rounding)?;
        scaled(law.ln_pdf(x), gamma.ln_pdf(1.0 / x) - 2.0 * x.ln(), 8.0 * EPS, 100.0 + b / x)?;
        if a > 2.5 {
            let second = b * b / ((a - 1.0) * (a - 2.0)); // E X²
            scaled(law.variance()?, second - law.mean()?.powi(2), 64.0 * EPS, second * a)?;
        }
    }

    #[test]
    fn entropies_of_narrow_gammas_are_normal(e in 2.0..15.0, b in 0.01..99.0) {
        // −1/(3a) away from that of the normal law with the same variance, and 1/a² is not more than the rest
        let a = 10.0_f64.powf(e);
        let (law, beta) = (Gamma::new(a, b)?, Beta::new(a, a)?);
        let normal = |variance: f64| Ok::<_, ProbabilityError>(Normal::new(0.0, variance.sqrt())?.entropy());
        let rounding = 64.0 * EPS * (1.0 + a.ln());
        scaled(law.entropy(), normal(law.variance()?)? - 1.0 / (3.0 * a), rounding + 1.0 / (a * a), 1.0)?;
        scaled(beta.entropy(), normal(beta.variance()?)?, rounding + 1.0 / a, 1.0)?;
        // ln(1/X) is −ln X, and its density is |dx/dy| = 1/y² away
        let mean_ln = digamma(a) - b.ln();
        scaled(InverseGamma::new(a, b)?.entropy(), law.entropy() - 2.0 * mean_ln, rounding, 9.0)?;
    }

    #[test]
    fn half_normals_are_sizes_of_normals(scale in 0.01..99.0, z in 0.001..30.0) {
        let (law, normal) = (HalfNormal::new(scale)?, Normal::new(0.0, scale)?);
        let x = scale * z;
        relative(law.sf(x), 2.0 * normal.sf(x), 8.0 * EPS * (1.0 + z * z))?;
        relative(law.cdf(x), 1.0 - 2.0 * normal.sf(x), 64.0 * EPS * (1.0 + 1.0 / z))?;
        relative(law.pdf(x), 2.0 * normal.pdf(x), 8.0 * EPS * (1.0 + z * z))?;
        relative(law.variance()? + law.mean()?.powi(2), scale * scale, 8.0 * EPS)?;
    }

    #[test]
    fn moments_of_triangles_are_integrals(low in -9.0..9.0, left in 0.0..3.0, right in 0.1..3.0) {
        let law = Triangular::new(low, low + left, low + left + right)?;
        // two smooth pieces, of which Simpson's rule integrates polynomials of degree 3 exactly
        let moment = |center: f64, power: i32| {
            let piece = |a: f64, b: f64, f: &dyn Fn(f64) -> f64| (b - a) / 6.0 * (f(a) + 4.0 * f(0.5 * (a + b)) + f(b));
            let height = 2.0 / (left + right);
            let rising = |x: f64| if left > 0.0 { height * (x - low) / left } else { height } * (x - center).powi(power);
            let falling = |x: f64| height * (low + left + right - x) / right * (x - center).powi(power);
            piece(low, low + left, &rising) + piece(low + left, low + left + right, &falling)
        };
        let mean = law.mean()?;
        scaled(mean, moment(0.0, 1), 64.0 * EPS, 16.0)?;
        scaled(law.variance()?, moment(mean, 2), 64.0 * EPS, 9.0)?;
        // degree 4 in all: Simpson's rule on halves, extrapolated, is what is left to the sign
        prop_assert!(law.skewness()? == 0.0 || (law.skewness()? > 0.0) == (right > left));
    }

    #[test]
    fn von_mises_is_symmetric(kappa in 1e-3..1e3, k in 0_u32..3000) {
        let (law, t) = (VonMises::new(0.0, kappa)?, f64::from(k) / 1024.0);
        same_bits(law.cdf(-t), law.sf(t))?;
        same_bits(law.pdf(-t), law.pdf(t))?;
        // 1 − E cos X and the variance agree for a narrow bell, and with the normal one
        if kappa > 100.0 {
            relative(law.circular_variance(), 0.5 / kappa, 1.0 / kappa)?;
            relative(law.variance()?, 1.0 / kappa, 2.0 / kappa)?;
        }
    }

    #[test]
    fn draws_and_marks_can_be_exchanged(n in 1_u64..400, marked in 0_u64..400, draws in 0_u64..400, k in 0_u64..400) {
        let (marked, draws) = (marked % (n + 1), draws % (n + 1));
        let (law, other) = (Hypergeometric::new(n, marked, draws)?, Hypergeometric::new(n, draws, marked)?);
        let k = k % (n + 1);
        scaled(law.ln_pmf(k).max(-1e9), other.ln_pmf(k).max(-1e9), 1e-12, 1.0)?;
        relative(law.cdf(k), other.cdf(k), 1e-11)?;
        relative(law.sf(k), other.sf(k), 1e-11)?;
        if let (mut first, Some(last)) = (law.quantile(0.0).unwrap_or(0), law.quantile(1.0)) {
            let mut mean = 0.0;
            while first <= last {
                mean += first as f64 * law.pmf(first);
                first += 1;
            }
            scaled(law.mean()?, mean, 1e-12, 1.0 + mean)?;
        }
    }

    #[test]
    fn laplace_is_a_signed_exponential(scale in 0.1..9.0, t in 0.0..50.0) {
        let (law, distance) = (Laplace::new(0.0, scale)?, Exponential::new(1.0 / scale)?);
        relative(2.0 * law.sf(t), distance.sf(t), 8.0 * EPS * (1.0 + t / scale))?;
        same_bits(law.cdf(-t), law.sf(t))?;
    }

    #[test]
    fn cauchy_is_student_with_one_degree(location in -9.0..9.0, scale in 0.01..99.0, z in prop_oneof![-4.0..4.0, -1e6..1e6]) {
        let x = location + scale * z;
        let (law, student) = (Cauchy::new(location, scale)?, StudentT::new(location, scale, 1.0)?);
        relative(law.cdf(x), student.cdf(x), 64.0 * EPS)?;
        scaled(law.ln_pdf(x), student.ln_pdf(x), 16.0 * EPS, 1.0 + law.ln_pdf(x).abs())?;
    }

    #[test]
    fn exponential_quantiles_keep_the_digits_of_small_probabilities(e in -300.0..-0.3_f64, rate in 0.1..9.0) {
        let p = 10_f64.powf(e);
        let law = Exponential::new(rate)?;
        relative(law.quantile(p), -(-p).ln_1p() / rate, 4.0 * EPS)?;
        relative(law.cdf(law.quantile(p)), p, 8.0 * EPS)?;
    }

    #[test]
    fn student_of_many_degrees_is_its_beta_tail(e in 3.0..9.0_f64, part in 0.0..1.0) {
        let freedom = 10_f64.powf(e);
        let t = part * (0.06 * freedom).sqrt().min(36.0);
        let law = StudentT::new(0.0, 1.0, freedom)?;
        let sum = freedom + t * t;
        let (_, twice) = beta_pq(0.5, 0.5 * freedom, t * t / sum, freedom / sum);
        relative(law.sf(t), 0.5 * twice, 1e-12 * (1.0 + t * t))?;
    }

    #[test]
    fn symmetric_families_are_symmetric(steps in 0_i32..100_000, k in -8_i32..8) {
        let (t, scale) = (f64::from(steps) / 256.0, 2.0_f64.powi(k)); // 3 ± t is exact
        let laws: [Box<dyn Continuous>; 3] = [
            Box::new(Logistic::new(3.0, scale)?),
            Box::new(Cauchy::new(3.0, scale)?),
            Box::new(Laplace::new(3.0, scale)?),
        ];
        for law in laws {
            same_bits(law.cdf(3.0 - t), law.sf(3.0 + t))?;
            same_bits(law.ln_cdf(3.0 - t), law.ln_sf(3.0 + t))?;
        }
    }

    #[test]
    fn the_largest_of_gumbels_is_a_gumbel(scale in 0.1..9.0, n in 1_u32..1000, z in -3.0..9.0) {
        let (law, x) = (Gumbel::new(0.0, scale)?, z * scale);
        let moved = law.ln_cdf(x - scale * f64::from(n).ln());
        relative(f64::from(n) * law.ln_cdf(x), moved, 64.0 * EPS)?;
    }

    #[test]
    fn powers_of_exponentials_are_weibull(k in 0.2..9.0, scale in 0.1..9.0, u in 1e-6..30.0_f64) {
        let (law, unit) = (Weibull::new(k, scale)?, Exponential::new(1.0)?);
        let x = scale * u.powf(1.0 / k);
        let tolerance = 64.0 * EPS * (1.0 + k) * (1.0 + u);
        relative(law.sf(x), unit.sf(u), tolerance)?;
        relative(law.cdf(x), unit.cdf(u), tolerance)?;
    }

    #[test]
    fn logarithms_of_paretos_are_exponential(scale in 0.1..9.0, a in 0.2..9.0, t in 0.01..9.0_f64) {
        let (law, rate) = (Pareto::new(scale, a)?, Exponential::new(a)?);
        let tolerance = 64.0 * EPS * (1.0 + a) * (1.0 + 1.0 / t);
        relative(law.sf(scale * t.exp()), rate.sf(t), tolerance)?;
        relative(law.cdf(scale * t.exp()), rate.cdf(t), tolerance)?;
    }

    #[test]
    fn logarithms_of_log_normals_are_normal(location in -3.0..3.0, scale in 0.1..3.0, x in 1e-9..1e9_f64) {
        let (law, normal) = (LogNormal::new(location, scale)?, Normal::new(location, scale)?);
        same_bits(law.cdf(x), normal.cdf(x.ln()))?;
        same_bits(law.ln_sf(x), normal.ln_sf(x.ln()))?;
    }

    #[test]
    fn beta_is_reflected_by_exchanging_its_shapes(a in 0.05..99.0, b in 0.05..99.0, k in 0_u32..=1024) {
        let (law, mirror) = (Beta::new(a, b)?, Beta::new(b, a)?);
        let x = f64::from(k) / 1024.0; // 1 − x is exact
        relative(law.cdf(x), mirror.sf(1.0 - x), 1e-12)?;
    }

    #[test]
    fn the_square_of_a_normal_is_chi_squared(z in 0.001..9.0_f64) {
        let law = ChiSquared::new(1.0)?;
        relative(law.sf(z * z), 2.0 * normal_cdf(-z), 1e-13 * (1.0 + z * z))?;
    }

    #[test]
    fn the_reciprocal_of_a_ratio_is_one(d in 0.1..99.0, e in 0.1..99.0, x in 0.01..99.0) {
        let (law, other) = (FisherF::new(d, e)?, FisherF::new(e, d)?);
        relative(law.cdf(x), other.sf(1.0 / x), 1e-12)?;
    }

    #[test]
    fn ratios_of_very_many_degrees_of_freedom_are_normal(d in 12.0..305.0_f64, r in -3.0..3.0_f64, k in -4_i32..5, e in 0_i32..30) {
        let (d, h) = (10_f64.powf(d), f64::from(k) * 2.0_f64.powi(e - 52)); // 1 + h is exact
        let other = (d * 10_f64.powf(r)).min(1e307);
        let spread = (2.0 / d + 2.0 / other).sqrt();
        // h many standard deviations of a normal law; the next term of the logarithm is by h smaller
        let square = (h / spread).powi(2);
        let expected = -0.5 * square - 0.5 * (2.0 * PI).ln() - spread.ln();
        let tolerance = 64.0 * EPS * expected.abs() + 4.0 * h.abs() * (1.0 + square) + 1.0 / d;
        scaled(FisherF::new(d, other)?.ln_pdf(1.0 + h), expected, tolerance, 1.0)?;
        scaled(fisher_f_ln_pdf(1.0 + h, d, other), expected, tolerance, 1.0)?;
    }

    #[test]
    fn ratios_of_hardly_any_degrees_of_freedom_have_all_sizes(d in -290.0..-160.0_f64, e in -290.0..-160.0_f64, ln_x in -690.0..690.0_f64) {
        let (d, e, x) = (10_f64.powf(d), 10_f64.powf(e), ln_x.exp());
        // u^(d/2) and v^(e/2) are 1: ab / (a + b) x, even by the logarithm
        let expected = (0.5 * d.min(e)).ln() - (d.min(e) / d.max(e)).ln_1p() - x.ln();
        let size = 1.0 + expected.abs() + x.ln().abs();
        scaled(FisherF::new(d, e)?.ln_pdf(x), expected, 8.0 * EPS, size)?;
        scaled(fisher_f_ln_pdf(x, d, e), expected, 8.0 * EPS, size)?;
    }

    #[test]
    fn the_square_of_a_student_is_a_ratio(freedom in 0.5..99.0, t in 0.01..9.0) {
        let (law, student) = (FisherF::new(1.0, freedom)?, StudentT::new(0.0, 1.0, freedom)?);
        relative(law.sf(t * t), 2.0 * student.sf(t), 1e-12)?;
    }

    #[test]
    fn geometric_is_negative_binomial_with_one_success(p in 0.01..=1.0, k in 0_u64..500) {
        let (law, one) = (Geometric::new(p)?, NegativeBinomial::new(1.0, p)?);
        scaled(law.sf(k), one.sf(k), 1e-12, one.sf(k).max(f64::MIN_POSITIVE))?; // a subnormal number has few digits
        scaled(law.ln_pmf(k), one.ln_pmf(k), 1e-13, 1.0 + law.ln_pmf(k).abs())?;
    }

    #[test]
    fn waiting_for_successes_is_counting_them(r in 1_u64..60, k in 0_u64..300, p in 0.01..0.99) {
        let (law, trials) = (NegativeBinomial::new(r as f64, p)?, Binomial::new(k + r, p)?);
        relative(law.cdf(k), trials.sf(r - 1), 1e-12)?;
    }

    #[test]
    fn scores_of_location_and_scale(x in -5.0..5.0_f64, scale in 0.5..3.0, side in prop::bool::ANY) {
        let z = x / scale;
        gradient::check(|x| (cauchy_ln_pdf(x[0], 0.0, scale), vec![-2.0 * z / scale / (1.0 + z * z)]), &[x])?;
        let away = if side { x.abs() + 0.1 } else { -x.abs() - 0.1 }; // from the kink
        gradient::check(|x| (laplace_ln_pdf(x[0], 0.0, scale), vec![-x[0].signum() / scale]), &[away])?;
        let sigmoid = 1.0 / (1.0 + (-z).exp());
        gradient::check(|x| (logistic_ln_pdf(x[0], 0.0, scale), vec![(1.0 - 2.0 * sigmoid) / scale]), &[x])?;
        gradient::check(|x| (gumbel_ln_pdf(x[0], 0.0, scale), vec![(-z).exp_m1() / scale]), &[x])?;
    }

    #[test]
    fn scores_of_positive_families(x in 0.5..5.0_f64, a in 0.5..4.0, b in 0.5..4.0, y in 0.2..0.8) {
        gradient::check(|r| (exponential_ln_pdf(x, r[0]), vec![1.0 / r[0] - x]), &[a])?;
        let u = f64::powf(x / b, a);
        gradient::check(|x| (weibull_ln_pdf(x[0], a, b), vec![(a - 1.0 - a * u) / x[0]]), &[x])?;
        gradient::check(|a| (pareto_ln_pdf(x + b, b, a[0]), vec![1.0 / a[0] - ((x + b) / b).ln()]), &[a])?;
        gradient::check(|m| (log_normal_ln_pdf(x, m[0], b), vec![(x.ln() - m[0]) / b / b]), &[a])?;
        gradient::check(|x| (chi_squared_ln_pdf(x[0], a), vec![(0.5 * a - 1.0) / x[0] - 0.5]), &[x])?;
        let by_a = f64::ln(y) - digamma(a) + digamma(a + b);
        let by_y = (a - 1.0) / y - (b - 1.0) / (1.0 - y);
        gradient::check(|at| (beta_ln_pdf(at[0], at[1], b), vec![by_y, by_a]), &[y, a])?;
    }

    #[test]
    fn scores_of_counts(k in 0_u64..30, r in 0.5..9.0, p in 0.3..0.7) {
        let count = k as f64;
        gradient::check(|p| (geometric_ln_pmf(k, p[0]), vec![1.0 / p[0] - count / (1.0 - p[0])]), &[p])?;
        gradient::check(|p| (negative_binomial_ln_pmf(k, r, p[0]), vec![r / p[0] - count / (1.0 - p[0])]), &[p])?;
    }
}
