//! Families against tables of 50 digits, made by `golden/families.py` and `golden/family_tables.py`.

use gradus_probability::{
    Bernoulli, Beta, BetaBinomial, Binomial, Continuous, Discrete, DiscreteUniform, FisherF, Gamma,
    Geometric, Gumbel, HalfNormal, Hypergeometric, InverseGamma, LogNormal, NegativeBinomial,
    Normal, Pareto, Poisson, ProbabilityError, StandardizedMoments, StudentT, Triangular,
    Truncated, VonMises, Weibull, kendall, pearson, spearman, t_test,
};
use gradus_testkit::golden::read;
use points::{FAMILIES, answers, count, point, truth};
use std::error::Error;

mod points;

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

/// Points of 19 families and 60-digit values there, one a line, as `golden/families.py` prints them: the name, three
/// parameters (empty where there are fewer), x, ln p, p, F, 1 − F, ln F, ln(1 − F), and where a quantile was asked its
/// argument and value.
#[test]
fn points_of_all_families() -> Result<(), Box<dyn Error>> {
    let mut points = 0;
    for line in FAMILIES.lines() {
        let (name, numbers) = point(line);
        points += 1;
        for (i, (y, tolerance)) in answers(name, &numbers)?
            .iter()
            .zip(tolerances(name, &numbers))
            .enumerate()
        {
            let truth = truth(&numbers, i);
            let close = *y == truth || (y - truth).abs() <= tolerance;
            assert!(close || truth.is_nan(), "column {i} of {line}: {y:e}");
        }
    }
    assert_eq!(points, 1170);
    Ok(())
}

/// How far ln p, p, F, 1 − F, ln F, ln(1 − F) and the quantile may be off.
fn tolerances(name: &str, at: &[f64]) -> [f64; 7] {
    // The logarithm of a log-normal point is known to ε |ln x|, and counted in σ.
    let relative = if name == "lognormal" { 1e-8 } else { 1e-10 };
    let of = |size: f64| relative * size.abs() + 1e-300;
    // A quantile is a sum μ + σ z, and a rounding of the probability moves it.
    let moved = ["normal", "cauchy", "laplace", "logistic", "gumbel"].contains(&name);
    let position = if moved { at[1].abs().max(at[2]) } else { 0.0 };
    let by_probability = 64.0 * f64::EPSILON * at[7].min(at[8]) / at[6];
    let by_probability = if by_probability.is_finite() {
        by_probability
    } else {
        0.0
    };
    [
        of(at[5].abs().max(1.0)),
        of(at[6]),
        of(at[7]),
        of(at[8]),
        of(at[9]),
        of(at[10]),
        of(at[12].abs().max(position)) + by_probability,
    ]
}

/// The quantities of `golden/more_families.py`, in its order.
fn quantity(number: u64, x: &[f64]) -> Result<f64, ProbabilityError> {
    let other = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0];
    Ok(match number {
        0 => InverseGamma::new(x[0], x[1])?.cdf(x[2]),
        1 => InverseGamma::new(x[0], x[1])?.sf(x[2]),
        2 => InverseGamma::new(x[0], x[1])?.ln_pdf(x[2]),
        3 => InverseGamma::new(x[0], x[1])?.entropy(),
        4 => HalfNormal::new(x[0])?.cdf(x[1]),
        5 => HalfNormal::new(x[0])?.sf(x[1]),
        6 => HalfNormal::new(x[0])?.ln_sf(x[1]),
        7 => Triangular::new(x[0], x[1], x[2])?.cdf(x[3]),
        8 => Triangular::new(x[0], x[1], x[2])?.sf(x[3]),
        9 => Triangular::new(x[0], x[1], x[2])?.skewness()?,
        10 => DiscreteUniform::new(count(x[0]), count(x[1]))?.cdf(count(x[2])),
        11 => t_test(x, 0.0)?.p_value,
        12 => pearson(x, &other)?,
        13 => spearman(x, &other)?,
        _ => kendall(x, &other)?,
    })
}

/// The families of `golden/shape.py`, in its order.
fn shaped(number: u64, x: &[f64]) -> Result<Box<dyn StandardizedMoments>, ProbabilityError> {
    let (a, b, c) = (x[0], x[1], x[2]);
    Ok(match number {
        0 => Box::new(Gamma::new(a, b)?),
        1 => Box::new(Beta::new(a, b)?),
        2 => Box::new(LogNormal::new(a, b)?),
        3 => Box::new(Weibull::new(a, b)?),
        4 => Box::new(Pareto::new(a, b)?),
        5 => Box::new(InverseGamma::new(a, b)?),
        6 => Box::new(FisherF::new(a, b)?),
        7 => Box::new(StudentT::new(0.0, 1.0, a)?),
        8 => Box::new(Triangular::new(a, b, c)?),
        9 => Box::new(HalfNormal::new(a)?),
        10 => Box::new(Gumbel::new(a, b)?),
        11 => Box::new(VonMises::new(0.0, a)?),
        12 => Box::new(Poisson::new(a)?),
        13 => Box::new(Binomial::new(count(a), b)?),
        14 => Box::new(Bernoulli::new(a)?),
        15 => Box::new(NegativeBinomial::new(a, b)?),
        16 => Box::new(Geometric::new(a)?),
        17 => Box::new(Hypergeometric::new(count(a), count(b), count(c))?),
        _ => Box::new(DiscreteUniform::new(count(a), count(b))?),
    })
}

#[test]
fn skewness_and_excess_kurtosis() -> Result<(), Box<dyn Error>> {
    for row in read(include_str!("golden/shape.csv"))? {
        let law = shaped(count(row.inputs[0]), &row.inputs[2..])?;
        row.check(match row.inputs[1] {
            0.0 => law.skewness()?,
            _ => law.excess_kurtosis()?,
        })?;
    }
    Ok(())
}

#[test]
fn entropies() -> Result<(), Box<dyn Error>> {
    for row in read(include_str!("golden/entropy.csv"))? {
        let (a, b) = (row.inputs[1], row.inputs[2]);
        row.check(match count(row.inputs[0]) {
            0 => Gamma::new(a, b)?.entropy(),
            1 => InverseGamma::new(a, b)?.entropy(),
            2 => Beta::new(a, b)?.entropy(),
            _ => StudentT::new(0.0, b, a)?.entropy(),
        })?;
    }
    Ok(())
}

#[test]
fn entropies_of_counts_and_ratios() -> Result<(), Box<dyn Error>> {
    for row in read(include_str!("golden/entropy_of_counts.csv"))? {
        let (a, b, c) = (row.inputs[1], row.inputs[2], row.inputs[3]);
        row.check(match count(row.inputs[0]) {
            0 => Poisson::new(a)?.entropy(),
            1 => Binomial::new(count(a), b)?.entropy(),
            2 => NegativeBinomial::new(a, b)?.entropy(),
            3 => Hypergeometric::new(count(a), count(b), count(c))?.entropy(),
            4 => BetaBinomial::new(count(a), b, c)?.entropy(),
            _ => FisherF::new(a, b)?.entropy(),
        })?;
    }
    Ok(())
}

#[test]
fn more_families_and_tests_of_samples() -> Result<(), Box<dyn Error>> {
    for row in read(include_str!("golden/more_families.csv"))? {
        row.check(quantity(count(row.inputs[0]), &row.inputs[1..])?)?;
    }
    Ok(())
}

/// The quantities of `golden/combinations.py`, in its order.
fn combination(number: u64, x: &[f64]) -> Result<f64, ProbabilityError> {
    let bell = || Truncated::new(Normal::new(x[0], x[1])?, x[2], x[3]);
    let wait = || Truncated::new(Gamma::new(x[0], x[1])?, x[2], x[3]);
    let counts = || BetaBinomial::new(count(x[0]), x[1], x[2]);
    Ok(match number {
        0 | 2 | 8 => bell()?.cdf(x[4]),
        1 => bell()?.sf(x[4]),
        3 => bell()?.ln_sf(x[4]),
        4 => bell()?.mean()?,
        5 => bell()?.variance()?,
        6 => wait()?.cdf(x[4]),
        7 => wait()?.sf(x[4]),
        9 => counts()?.ln_pmf(count(x[3])),
        10 => counts()?.cdf(count(x[3])),
        11 => counts()?.sf(count(x[3])),
        12 => counts()?.variance()?,
        13 => counts()?.skewness()?,
        _ => counts()?.excess_kurtosis()?,
    })
}

#[test]
fn truncated_laws_and_beta_binomial_counts() -> Result<(), Box<dyn Error>> {
    for row in read(include_str!("golden/combinations.csv"))? {
        row.check(combination(count(row.inputs[0]), &row.inputs[1..])?)?;
    }
    Ok(())
}

/// The table of `docs/distributions.md` names the same points, what SciPy answers there, and errors no smaller than half of the present ones: other
/// elementary functions round otherwise.
#[test]
fn the_page_of_distributions_is_true() -> Result<(), Box<dyn Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/distributions.md");
    let page = std::fs::read_to_string(path)?;
    let rows = points::rows()?;
    assert!(
        page.contains(&points::summary(&rows)),
        "run tools/distributions"
    );
    let lines = page
        .lines()
        .skip_while(|line| !line.starts_with("| family |"));
    let told: Vec<_> = lines
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .collect();
    assert_eq!(told.len(), rows.len(), "run tools/distributions");
    for (row, line) in rows.iter().zip(told) {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let here: f64 = cells[4].parse()?;
        assert_eq!(
            cells[1..4],
            [row.family, row.function, &row.points.to_string()]
        );
        assert!(row.here <= 2.0 * here, "{line}: now {:e}", row.here);
        assert_eq!(cells[5..8], row.peers(), "{line}");
    }
    Ok(())
}
