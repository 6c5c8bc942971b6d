//! Samples, tests and intervals against a table made by the script in `golden/`.

use gradus_probability::{
    Affine, Beta, BinRule, Continuous, Empirical, Histogram, Normal, ProbabilityError, Simplex,
    Triangular, Uniform, bin_edges, binomial_test, chi_squared_test, clopper_pearson_interval,
    independence_test, interpolated_quantile, kernel_density, kolmogorov_test, scott_bandwidth,
    silverman_bandwidth, smirnov_test, wilson_interval,
};
use gradus_testkit::golden::read;
use std::error::Error;

const RULES: [BinRule; 3] = [BinRule::Sturges, BinRule::Scott, BinRule::FreedmanDiaconis];

#[test]
fn samples_and_their_tests() -> Result<(), Box<dyn Error>> {
    for row in read(include_str!("golden/samples.csv"))? {
        let (quantity, sample) = (whole(row.inputs[0]), &row.inputs[4..]);
        let parameters = [row.inputs[1], row.inputs[2], row.inputs[3]];
        let value = match quantity {
            0..5 => of_sample(quantity, parameters, sample)?,
            5..12 => of_density(quantity, parameters, sample)?,
            12..15 | 21..24 => of_test(quantity, parameters, sample)?,
            _ => of_counts(quantity, parameters)?,
        };
        row.check(value)?;
    }
    Ok(())
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small whole numbers"
)]
fn whole(x: f64) -> usize {
    x as usize
}

fn of_sample(quantity: usize, [a, b, _]: [f64; 3], x: &[f64]) -> Result<f64, ProbabilityError> {
    Ok(match quantity {
        0 => Empirical::new(x)?.quantile(a),
        1 => interpolated_quantile(x, a)?,
        2 => bin_edges(x, RULES[whole(a)])?.len() as f64 - 1.0,
        3 => bin_edges(x, RULES[whole(a)])?[whole(b)],
        _ => {
            Histogram::with_bins(x, u32::try_from(whole(a)).unwrap_or(0))?.counts()[whole(b)] as f64
        }
    })
}

fn of_density(quantity: usize, [at, h, _]: [f64; 3], x: &[f64]) -> Result<f64, ProbabilityError> {
    let sample = Empirical::new(x)?;
    Ok(match quantity {
        5 => kernel_density(&sample, |x| Normal::new(x, h))?.ln_pdf(at),
        6 => kernel_density(&sample, |x| {
            Affine::of(Beta::new(2.0, 2.0)?, x - h, 2.0 * h)
        })?
        .ln_pdf(at),
        7 => kernel_density(&sample, |x| Triangular::new(x - h, x, x + h))?.ln_pdf(at),
        8 => kernel_density(&sample, |x| Uniform::new(x - h, x + h))?.ln_pdf(at),
        9 => kernel_density(&sample, |x| Normal::new(x, h))?.cdf(at),
        10 => scott_bandwidth(x)?,
        _ => silverman_bandwidth(x)?,
    })
}

fn of_test(quantity: usize, [a, b, c]: [f64; 3], x: &[f64]) -> Result<f64, ProbabilityError> {
    let counts: Vec<u64> = x.iter().map(|x| whole(*x) as u64).collect();
    Ok(match quantity {
        21 => {
            let weights = Simplex::from_weights(&x[6..6 + whole(a)])?;
            chi_squared_test(&counts[..whole(a)], &weights)?.p_value
        }
        22 => {
            let rows: Vec<_> = counts.chunks(2).take(whole(a)).collect();
            independence_test(&rows)?.p_value
        }
        23 => {
            let x: Vec<_> = (0..whole(a)).map(|i| i as f64 / a).collect();
            let y: Vec<_> = (0..whole(b)).map(|j| j as f64 / b + c).collect();
            smirnov_test(&x, &y)?.p_value
        }
        12 => kolmogorov_test(x, &Normal::new(a, b)?)?.statistic,
        13 => kolmogorov_test(x, &Normal::new(a, b)?)?.p_value,
        _ => smirnov_test(&x[..whole(a)], &x[whole(a)..])?.p_value,
    })
}

fn of_counts(quantity: usize, [a, b, c]: [f64; 3]) -> Result<f64, ProbabilityError> {
    let (k, n) = (whole(a) as u64, whole(b) as u64);
    Ok(match quantity {
        15 => wilson_interval(k, n, c)?.0,
        16 => wilson_interval(k, n, c)?.1,
        17 => clopper_pearson_interval(k, n, c)?.0,
        18 => clopper_pearson_interval(k, n, c)?.1,
        19 => binomial_test(k, n, c)?.p_value,
        _ => {
            // draws at the quantiles, but for those that would be nearer to 0 than d
            let place = |i: u64| f64::max(b, (i as f64 + 0.5) / a);
            let x: Vec<_> = (0..k).map(place).collect();
            kolmogorov_test(&x, &Uniform::new(0.0, 1.0)?)?.p_value
        }
    })
}
