//! The models against scikit-learn, statsmodels, exact arithmetic and NIST's certified values; see `golden/models.py`.

#[path = "golden/networks.rs"]
mod networks;

use gradus_models::data::{LabelledTable, Scaler, breast_cancer, diabetes, digits, iris, wine};
use gradus_models::linalg::nalgebra::DMatrix;
use gradus_models::linalg::view;
use gradus_models::{
    BernoulliNaiveBayes, ElasticNet, Fit, FitWeighted, GaussianNaiveBayes, LinearRegression,
    LogisticRegression, MatrixRef, MultinomialNaiveBayes, NearestNeighbors, Order, Perceptron,
    Pipeline, Predict, Preparation, Ridge, Shape, SoftmaxModel, SoftmaxRegression, Weighting,
};
use gradus_testkit::golden::{self, Row};
use std::error::Error;

#[test]
fn models_are_golden() -> Result<(), Box<dyn Error>> {
    let rows = golden::read(include_str!("golden/models.csv"))?;
    let mut count = 0;
    for group in rows.chunk_by(|a, b| a.inputs[..2] == b.inputs[..2]) {
        let [model, parameter] = [group[0].inputs[0], group[0].inputs[1]];
        let whole = |x: f64| (0..=21_u32).find(|&k| f64::from(k) == x).unwrap_or(99);
        let model = whole(model);
        let values = match model {
            0..=3 => regression(model, whole(parameter))?,
            4..=6 => penalized(model, parameter)?,
            7..=9 | 16 | 21 => classes(model, parameter)?,
            17..=19 => weighted(model, parameter)?,
            10..=12 | 20 => bayes(model, parameter)?,
            _ => neighbors(model)?,
        };
        assert_eq!(
            values.len(),
            group.len(),
            "model {model}, parameter {parameter}"
        );
        check(group, &values)?;
        count += group.len();
    }
    assert_eq!(count, 598);
    Ok(())
}

/// Each value within its units in the last place, where those of the largest count for what is near zero beside it.
fn check(rows: &[Row], values: &[f64]) -> Result<(), Box<dyn Error>> {
    let largest = rows.iter().map(|row| row.output.abs()).fold(0.0, f64::max);
    for (row, &value) in rows.iter().zip(values) {
        let allowed = row.max_ulp as f64 * f64::EPSILON * row.output.abs().max(1e-3 * largest);
        if (value - row.output).abs() > allowed {
            return Err(format!(
                "{row:?}: {value:e}, off by {:e} of {allowed:e}",
                (value - row.output).abs()
            )
            .into());
        }
    }
    Ok(())
}

fn with_intercept(intercept: f64, weights: &[f64]) -> Vec<f64> {
    [&[intercept], weights].concat()
}

fn regression(model: u32, parameter: u32) -> Result<Vec<f64>, Box<dyn Error>> {
    let (x, y) = diabetes()?;
    let linear = LinearRegression::default();
    let weights: Vec<f64> = (0..y.len()).map(|i| 1.0 + (i % 3) as f64).collect();
    let summary = if parameter == 1 && model < 3 {
        linear.summarize_weighted(x.samples(), &y, &weights)?
    } else {
        linear.summarize(x.samples(), &y)?
    };
    let coefficients = summary.coefficients().iter();
    Ok(match (model, parameter) {
        (0, _) => coefficients.map(|of| of.estimate).collect(),
        (1, _) => coefficients.map(|of| of.standard_error).collect(),
        (2, _) => coefficients.map(|of| of.p_value).collect(),
        (_, 0) => vec![summary.r_squared()?, summary.adjusted_r_squared()?],
        _ => summary.interval(2, 0.95)?.to_vec(),
    })
}

fn penalized(model: u32, penalty: f64) -> Result<Vec<f64>, Box<dyn Error>> {
    let (x, y) = diabetes()?;
    let net = |l1_ratio| ElasticNet {
        penalty,
        l1_ratio,
        tolerance: 1e-15,
        ..ElasticNet::default()
    };
    let found = match model {
        4 => Ridge {
            penalty,
            ..Ridge::default()
        }
        .fit(x.samples(), &y)?,
        5 => net(1.0).fit(x.samples(), &y)?,
        _ => net(0.5).fit(x.samples(), &y)?,
    };
    Ok(with_intercept(found.intercept(), found.weights()))
}

/// The sample number i counts 1 + i mod 3 times.
fn weighted(model: u32, penalty: f64) -> Result<Vec<f64>, Box<dyn Error>> {
    let weights = |n: usize| -> Vec<f64> { (0..n).map(|i| 1.0 + (i % 3) as f64).collect() };
    let ((x, y), cancer) = (diabetes()?, breast_cancer()?);
    let found = match model {
        17 => Ridge {
            penalty,
            ..Ridge::default()
        }
        .fit_weighted(x.samples(), &y, &weights(y.len()))?,
        18 => ElasticNet {
            penalty,
            tolerance: 1e-15,
            ..ElasticNet::default()
        }
        .fit_weighted(x.samples(), &y, &weights(y.len()))?,
        _ => {
            let scaled = cancer.scaled(&Scaler::standard(cancer.samples())?)?;
            let model = LogisticRegression {
                penalty,
                ..LogisticRegression::default()
            };
            let n = scaled.len();
            let found = model.fit_weighted(scaled.samples(), scaled.labels(), &weights(n))?;
            found.linear().clone()
        }
    };
    Ok(with_intercept(found.intercept(), found.weights()))
}

fn classes(model: u32, penalty: f64) -> Result<Vec<f64>, Box<dyn Error>> {
    let logistic = |penalty| LogisticRegression {
        penalty,
        ..LogisticRegression::default()
    };
    let (cancer, iris) = (breast_cancer()?, iris()?);
    let scaled = Preparation::Standardize;
    Ok(match model {
        7 if penalty > 0.0 => {
            let model = logistic(penalty);
            let steps = vec![scaled];
            let piped = Pipeline { steps, model }.fit(cancer.samples(), cancer.labels())?;
            let linear = piped.model().linear();
            with_intercept(linear.intercept(), linear.weights())
        }
        7 => {
            let pair = iris.select(&(50..150).collect::<Vec<_>>())?;
            let labels: Vec<u32> = pair.labels().iter().map(|label| label - 1).collect();
            let found = logistic(0.0).fit(pair.samples(), &labels)?;
            with_intercept(found.linear().intercept(), found.linear().weights())
        }
        8 => {
            let softmax = SoftmaxRegression {
                penalty,
                ..SoftmaxRegression::default()
            };
            row_by_row(&softmax.fit(iris.samples(), iris.labels())?)
        }
        9 => perceptron(&iris)?,
        21 => {
            let (model, steps) = (logistic(1.0), vec![scaled]);
            let weights = one_two_three(cancer.len());
            let (x, labels) = (cancer.samples(), cancer.labels());
            let piped = Pipeline { steps, model }.fit_weighted(x, labels, &weights)?;
            let scaled = Scaler::standard(x)?.scale_samples(x)?;
            let some = MatrixRef::new(&scaled[..30 * 30], Shape::new(30, 30), Order::Columns)?;
            piped.model().probabilities(some)?
        }
        _ => {
            let model = logistic(1.0);
            let steps = vec![scaled, Preparation::Pca(2)];
            let piped = Pipeline { steps, model }.fit(cancer.samples(), cancer.labels())?;
            probabilities(&piped, &cancer)?
        }
    })
}

/// Weights 1, 2, 3, 1, …
fn one_two_three(n: usize) -> Vec<f64> {
    (0..n).map(|i| 1.0 + (i % 3) as f64).collect()
}

/// The probabilities of the first thirty tumors; the principal components are found again for them.
fn probabilities(
    piped: &gradus_models::PipelineModel<gradus_models::LogisticModel>,
    cancer: &LabelledTable,
) -> Result<Vec<f64>, Box<dyn Error>> {
    let scaler = Scaler::standard(cancer.samples())?;
    let (p, n) = (cancer.features(), cancer.len());
    let x = DMatrix::from_vec(p, n, scaler.scale_samples(cancer.samples())?);
    let pca = gradus_models::linalg::Pca::fit(&x, 0)?.truncated(2);
    let scores = pca.transform(&x)?.columns(0, 30).into_owned();
    Ok(piped.model().probabilities(view(&scores))?)
}

fn row_by_row(model: &SoftmaxModel) -> Vec<f64> {
    let rows = model.intercepts().iter().zip(model.weights().row_iter());
    rows.flat_map(|(b, w)| std::iter::once(*b).chain(w.iter().copied().collect::<Vec<_>>()))
        .collect()
}

fn perceptron(iris: &LabelledTable) -> Result<Vec<f64>, Box<dyn Error>> {
    let order: Vec<u32> = (0..150).map(|i| i * 7 % 150).collect();
    let mixed = iris.select(&order)?;
    let setosa: Vec<u32> = mixed
        .labels()
        .iter()
        .map(|&label| u32::from(label == 0))
        .collect();
    let found = Perceptron { most_passes: 50 }.fit(mixed.samples(), &setosa)?;
    Ok(with_intercept(
        found.plane().intercept(),
        found.plane().weights(),
    ))
}

fn bayes(model: u32, smoothing: f64) -> Result<Vec<f64>, Box<dyn Error>> {
    if model == 10 || model == 20 {
        let wine = wine()?;
        let some = wine.select(&(0..178).step_by(20).collect::<Vec<_>>())?;
        let found = if model == 10 {
            GaussianNaiveBayes::default().fit(wine.samples(), wine.labels())?
        } else {
            let exact = GaussianNaiveBayes { smoothing: 0.0 };
            exact.fit_weighted(wine.samples(), wine.labels(), &one_two_three(wine.len()))?
        };
        return Ok(found.ln_probabilities(some.samples())?.as_slice().to_vec());
    }
    let digits = digits()?;
    let ink = |&pixel: &u8| match model {
        11 => f64::from(u8::from(pixel > 7)),
        _ => f64::from(pixel),
    };
    let x = DMatrix::from_iterator(64, digits.len(), digits.pixels().iter().map(ink));
    let found = match model {
        11 => BernoulliNaiveBayes { smoothing }.fit(view(&x), digits.labels())?,
        _ => MultinomialNaiveBayes { smoothing }.fit(view(&x), digits.labels())?,
    };
    let p = found.probabilities(view(&x.columns(0, 5).into_owned()))?;
    Ok(p.iter().map(|p| p.ln()).collect())
}

fn neighbors(model: u32) -> Result<Vec<f64>, Box<dyn Error>> {
    if model == 15 {
        let wine = wine()?;
        let some = wine.select(&(0..178).step_by(9).collect::<Vec<_>>())?;
        let at: Vec<f64> = some.values().iter().map(|x| x * 1.01).collect();
        let at = MatrixRef::new(&at, Shape::new(13, some.len()), Order::Columns)?;
        let found = NearestNeighbors::default().fit(wine.samples(), wine.labels())?;
        return Ok(found.predict(at)?.into_iter().map(f64::from).collect());
    }
    let (x, y) = diabetes()?;
    let weighting = match model {
        13 => Weighting::Uniform,
        _ => Weighting::InverseDistance,
    };
    let seven = NearestNeighbors {
        neighbors: 7,
        weighting,
    };
    let at: Vec<f64> = x.values()[..200].iter().map(|x| x + 0.25).collect();
    let at = MatrixRef::new(&at, Shape::new(10, 20), Order::Columns)?;
    Ok(seven.fit(x.samples(), &y)?.predict(at)?)
}

/// The Longley data of NIST's Statistical Reference Datasets, whose condition is 5·10⁹, with certified values.
#[test]
fn longleys_regression_is_certified() -> Result<(), Box<dyn Error>> {
    let (x, y): (Vec<f64>, Vec<f64>) =
        LONGLEY
            .iter()
            .fold((vec![], vec![]), |(mut x, mut y), line| {
                y.push(line[0]);
                x.extend(&line[1..]);
                (x, y)
            });
    let x = MatrixRef::new(&x, Shape::new(6, 16), Order::Columns)?;
    let summary = LinearRegression::default().summarize(x, &y)?;
    for (of, [estimate, error]) in summary.coefficients().iter().zip(CERTIFIED) {
        // Rounding of the data alone is the condition times 1e-16.
        assert!(
            (of.estimate / estimate - 1.0).abs() < 1e-9,
            "{} {estimate}",
            of.estimate
        );
        assert!(
            (of.standard_error / error - 1.0).abs() < 1e-9,
            "{} {error}",
            of.standard_error
        );
    }
    assert!((summary.residual_variance().sqrt() / 304.854073561965 - 1.0).abs() < 1e-9);
    assert!((summary.r_squared()? / 0.995479004577296 - 1.0).abs() < 1e-12);
    Ok(())
}

/// Estimates and their standard deviations, <https://www.itl.nist.gov/div898/strd/lls/data/Longley.shtml>.
const CERTIFIED: [[f64; 2]; 7] = [
    [-3482258.63459582, 890420.383607373],
    [15.0618722713733, 84.9149257747669],
    [-0.358191792925910e-01, 0.334910077722432e-01],
    [-2.02022980381683, 0.488399681651699],
    [-1.03322686717359, 0.214274163161675],
    [-0.511041056535807e-01, 0.226073200069370],
    [1829.15146461355, 455.478499142212],
];

/// Employment; price deflator, product, unemployed, forces, population, year.
const LONGLEY: [[f64; 7]; 16] = [
    [60323.0, 83.0, 234289.0, 2356.0, 1590.0, 107608.0, 1947.0],
    [61122.0, 88.5, 259426.0, 2325.0, 1456.0, 108632.0, 1948.0],
    [60171.0, 88.2, 258054.0, 3682.0, 1616.0, 109773.0, 1949.0],
    [61187.0, 89.5, 284599.0, 3351.0, 1650.0, 110929.0, 1950.0],
    [63221.0, 96.2, 328975.0, 2099.0, 3099.0, 112075.0, 1951.0],
    [63639.0, 98.1, 346999.0, 1932.0, 3594.0, 113270.0, 1952.0],
    [64989.0, 99.0, 365385.0, 1870.0, 3547.0, 115094.0, 1953.0],
    [63761.0, 100.0, 363112.0, 3578.0, 3350.0, 116219.0, 1954.0],
    [66019.0, 101.2, 397469.0, 2904.0, 3048.0, 117388.0, 1955.0],
    [67857.0, 104.6, 419180.0, 2822.0, 2857.0, 118734.0, 1956.0],
    [68169.0, 108.4, 442769.0, 2936.0, 2798.0, 120445.0, 1957.0],
    [66513.0, 110.8, 444546.0, 4681.0, 2637.0, 121950.0, 1958.0],
    [68655.0, 112.6, 482704.0, 3813.0, 2552.0, 123366.0, 1959.0],
    [69564.0, 114.2, 502601.0, 3931.0, 2514.0, 125368.0, 1960.0],
    [69331.0, 115.7, 518173.0, 4806.0, 2572.0, 127852.0, 1961.0],
    [70551.0, 116.9, 554894.0, 4007.0, 2827.0, 130081.0, 1962.0],
];
