//! Families against tables of 50 digits, made by `golden/families.py` and `golden/family_tables.py`.

use gradus_probability::{
    Beta, Binomial, Cauchy, ChiSquared, Continuous, Discrete, FisherF, Gamma, Geometric, Gumbel,
    Laplace, LogNormal, Logistic, NegativeBinomial, Normal, Pareto, Poisson, ProbabilityError,
    StudentT, Weibull,
};
use gradus_testkit::golden::read;
use std::error::Error;

/// Every row of the table within its bound.
fn check<D>(
    table: &str,
    law: impl Fn(&[f64]) -> Result<D, ProbabilityError>,
    f: impl Fn(&D, f64) -> f64,
) -> Result<(), Box<dyn Error>> {
    for row in read(table)? {
        let (x, parameters) = row.inputs.split_last().ok_or("no columns")?;
        row.check(f(&law(parameters)?, *x))?;
    }
    Ok(())
}

fn gamma(p: &[f64]) -> Result<Gamma, ProbabilityError> {
    Gamma::new(p[0], p[1])
}

fn student(p: &[f64]) -> Result<StudentT, ProbabilityError> {
    StudentT::new(0.0, 1.0, p[0])
}

fn poisson(p: &[f64]) -> Result<Poisson, ProbabilityError> {
    Poisson::new(p[0])
}

fn binomial(p: &[f64]) -> Result<Binomial, ProbabilityError> {
    Binomial::new(count(p[0]), p[1])
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of a table"
)]
fn count(x: f64) -> u64 {
    x as u64
}

#[test]
fn gamma_law() -> Result<(), Box<dyn Error>> {
    check(include_str!("golden/gamma_ln_pdf.csv"), gamma, |d, x| {
        d.ln_pdf(x)
    })?;
    check(include_str!("golden/gamma_cdf.csv"), gamma, Continuous::cdf)?;
    check(include_str!("golden/gamma_sf.csv"), gamma, Continuous::sf)?;
    check(include_str!("golden/gamma_ln_cdf.csv"), gamma, |d, x| {
        d.ln_cdf(x)
    })?;
    check(include_str!("golden/gamma_ln_sf.csv"), gamma, |d, x| {
        d.ln_sf(x)
    })?;
    check(include_str!("golden/gamma_quantile.csv"), gamma, |d, p| {
        d.quantile(p)
    })
}

#[test]
fn student_law() -> Result<(), Box<dyn Error>> {
    check(
        include_str!("golden/student_ln_pdf.csv"),
        student,
        Continuous::ln_pdf,
    )?;
    check(include_str!("golden/student_cdf.csv"), student, |d, x| {
        d.cdf(x)
    })?;
    check(include_str!("golden/student_sf.csv"), student, |d, x| {
        d.sf(x)
    })?;
    check(
        include_str!("golden/student_ln_cdf.csv"),
        student,
        Continuous::ln_cdf,
    )?;
    check(include_str!("golden/student_ln_sf.csv"), student, |d, x| {
        d.ln_sf(x)
    })?;
    check(
        include_str!("golden/student_quantile.csv"),
        student,
        Continuous::quantile,
    )
}

#[test]
fn poisson_law() -> Result<(), Box<dyn Error>> {
    check(
        include_str!("golden/poisson_ln_pdf.csv"),
        poisson,
        |d, k| d.ln_pmf(count(k)),
    )?;
    check(include_str!("golden/poisson_cdf.csv"), poisson, |d, k| {
        d.cdf(count(k))
    })?;
    check(include_str!("golden/poisson_sf.csv"), poisson, |d, k| {
        d.sf(count(k))
    })?;
    check(
        include_str!("golden/poisson_ln_cdf.csv"),
        poisson,
        |d, k| d.ln_cdf(count(k)),
    )?;
    check(include_str!("golden/poisson_ln_sf.csv"), poisson, |d, k| {
        d.ln_sf(count(k))
    })
}

#[test]
fn binomial_law() -> Result<(), Box<dyn Error>> {
    check(
        include_str!("golden/binomial_ln_pdf.csv"),
        binomial,
        |d, k| d.ln_pmf(count(k)),
    )?;
    check(include_str!("golden/binomial_cdf.csv"), binomial, |d, k| {
        d.cdf(count(k))
    })?;
    check(include_str!("golden/binomial_sf.csv"), binomial, |d, k| {
        d.sf(count(k))
    })?;
    check(
        include_str!("golden/binomial_ln_cdf.csv"),
        binomial,
        |d, k| d.ln_cdf(count(k)),
    )?;
    check(
        include_str!("golden/binomial_ln_sf.csv"),
        binomial,
        |d, k| d.ln_sf(count(k)),
    )
}

/// Points of 17 families and 60-digit values there, one a line, as `golden/families.py` prints them: the name, three
/// parameters (empty where there are fewer), x, ln p, p, F, 1 − F, ln F, ln(1 − F), and where a quantile was asked its
/// argument and value.
#[test]
fn points_of_all_families() -> Result<(), Box<dyn Error>> {
    let mut points = 0;
    for line in include_str!("golden/families.tsv").lines() {
        let fields: Vec<_> = line.split('\t').collect();
        let at = |i: usize| fields[i].parse().unwrap_or(f64::NAN);
        let (name, a, b, x, p) = (fields[0], at(1), at(2), at(4), at(11));
        let found = if let Some(law) = continuous(name, a, b) {
            let law = law?;
            [
                law.ln_pdf(x),
                law.pdf(x),
                law.cdf(x),
                law.sf(x),
                law.ln_cdf(x),
                law.ln_sf(x),
                law.quantile(p),
            ]
        } else if let Some(law) = discrete(name, a, b) {
            let law = law?;
            // trials there, failures here
            let shift = if name == "geometric" { 1.0 } else { 0.0 };
            let k = count(x - shift);
            let quantile = law.quantile(p).map_or(f64::NAN, |k| k as f64 + shift);
            [
                law.ln_pmf(k),
                law.pmf(k),
                law.cdf(k),
                law.sf(k),
                law.ln_cdf(k),
                law.ln_sf(k),
                quantile,
            ]
        } else {
            continue;
        };
        points += 1;
        // The logarithm of a log-normal point is known to ε |ln x|, and counted in σ; a quantile is a sum μ + σ z.
        let tolerance = if name == "lognormal" { 1e-8 } else { 1e-10 };
        let moved = ["normal", "cauchy", "laplace", "logistic", "gumbel"].contains(&name);
        let sizes = [
            1.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            if moved { a.abs().max(b) } else { 0.0 },
        ];
        for (i, (y, size)) in found.iter().zip(sizes).enumerate() {
            let truth = if i == 6 { at(12) } else { at(5 + i) };
            let size = truth.abs().max(size);
            // what a rounding of the probability moves a quantile by
            let condition = if i == 6 {
                64.0 * f64::EPSILON * at(7).min(at(8)) / (truth.abs() * at(6))
            } else {
                0.0
            };
            let tolerance = if condition.is_finite() {
                tolerance + condition
            } else {
                tolerance
            };
            let close = *y == truth || (y - truth).abs() <= tolerance * size + 1e-300;
            assert!(close || truth.is_nan(), "column {i} of {line}: {y:e}");
        }
    }
    assert_eq!(points, 1061);
    Ok(())
}

/// A law, if the family is here.
type Law<D> = Option<Result<Box<D>, ProbabilityError>>;

fn continuous(name: &str, a: f64, b: f64) -> Law<dyn Continuous> {
    fn boxed<D: Continuous + 'static>(law: Result<D, ProbabilityError>) -> Law<dyn Continuous> {
        Some(law.map(|law| Box::new(law) as Box<dyn Continuous>))
    }
    match name {
        "normal" => boxed(Normal::new(a, b)),
        "gamma" => boxed(Gamma::new(a, b)),
        "chi2" => boxed(ChiSquared::new(a)),
        "weibull" => boxed(Weibull::new(a, b)),
        "cauchy" => boxed(Cauchy::new(a, b)),
        "laplace" => boxed(Laplace::new(a, b)),
        "logistic" => boxed(Logistic::new(a, b)),
        "gumbel" => boxed(Gumbel::new(a, b)),
        "pareto" => boxed(Pareto::new(a, b)),
        "lognormal" => boxed(LogNormal::new(a, b)),
        "beta" => boxed(Beta::new(a, b)),
        "student" => boxed(StudentT::new(0.0, 1.0, a)),
        "f" => boxed(FisherF::new(a, b)),
        _ => None,
    }
}

fn discrete(name: &str, a: f64, b: f64) -> Law<dyn Discrete> {
    fn boxed<D: Discrete + 'static>(law: Result<D, ProbabilityError>) -> Law<dyn Discrete> {
        Some(law.map(|law| Box::new(law) as Box<dyn Discrete>))
    }
    match name {
        "poisson" => boxed(Poisson::new(a)),
        "geometric" => boxed(Geometric::new(a)),
        "binomial" => boxed(Binomial::new(count(a), b)),
        "negbin" => boxed(NegativeBinomial::new(a, b)),
        _ => None,
    }
}
