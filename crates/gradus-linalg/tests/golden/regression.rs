//! Linear regressions with certified coefficients: the Statistical Reference Datasets of NIST.

use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{LinalgError, Triangle, least_squares, qr, solve_triangular};
use std::error::Error;

/// How many digits of every coefficient must be right.
const DIGITS: [(&str, f64); 9] = [
    ("Filip", 7.0),
    ("Pontius", 11.0),
    ("Longley", 11.0),
    ("NoInt1", 14.0),
    ("Wampler1", 9.0),
    ("Wampler2", 13.0),
    ("Wampler3", 9.0),
    ("Wampler4", 7.0),
    ("Wampler5", 5.0),
];

struct Regression {
    name: &'static str,
    a: DMatrix<f64>,
    b: DVector<f64>,
    certified: DVector<f64>,
}

fn regressions() -> Result<Vec<Regression>, Box<dyn Error>> {
    let text = include_str!("nist/linear_regression.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(regression).collect()
}

fn regression(line: &'static str) -> Result<Regression, Box<dyn Error>> {
    let mut words = line.split(' ').filter(|word| *word != ";");
    let name = words.next().ok_or("no name")?;
    let m: usize = words.next().ok_or("no rows")?.parse()?;
    let n: usize = words.next().ok_or("no columns")?.parse()?;
    let numbers: Vec<f64> = words.map(str::parse).collect::<Result<_, _>>()?;
    assert_eq!(numbers.len(), m * n + m + n, "{name}");
    let (a, rest) = numbers.split_at(m * n);
    let (b, certified) = rest.split_at(m);
    Ok(Regression {
        name,
        a: DMatrix::from_column_slice(m, n, a),
        b: DVector::from_row_slice(b),
        certified: DVector::from_row_slice(certified),
    })
}

/// $`-\log_{10}`$ of the largest relative error.
fn digits(found: &DVector<f64>, certified: &DVector<f64>) -> f64 {
    let errors = found
        .iter()
        .zip(certified)
        .map(|(x, y)| (x / y - 1.0).abs());
    -errors.fold(1e-16, f64::max).log10()
}

/// The textbook's way, columns as they are.
fn by_plain_qr(a: &DMatrix<f64>, b: &DVector<f64>) -> Result<DVector<f64>, LinalgError> {
    let qr = qr(a)?;
    solve_triangular(&qr.r, &(qr.q.transpose() * b), Triangle::Upper)
}

#[test]
fn certified_regressions_are_found_digit_by_digit() -> Result<(), Box<dyn Error>> {
    let regressions = regressions()?;
    assert_eq!(regressions.len(), DIGITS.len());
    for Regression {
        name,
        a,
        b,
        certified,
    } in regressions
    {
        let needed = DIGITS.iter().find(|set| set.0 == name).ok_or(name)?.1;
        let fit = least_squares(&a, &b)?;
        let (found, plain) = (
            digits(&fit.x, &certified),
            digits(&by_plain_qr(&a, &b)?, &certified),
        );
        assert_eq!(fit.rank, a.ncols(), "{name}");
        assert!(found >= needed, "{name}: {found} digits of {needed}");
        assert!(
            found >= plain - 1.0,
            "{name}: {found} digits, {plain} by plain QR"
        );
    }
    Ok(())
}
