//! What made this tumor look malignant? Shapley values beside the weights of a logistic regression.
//!
//! Ten mean measurements of cell nuclei, standardized, and a score z = w·x + b: the logarithm of the odds that the tumor is malignant. For
//! a linear score the Shapley values are known,
//!
//! ```text
//! φᵢ = wᵢ (xᵢ − b̄ᵢ),     b̄ the mean of the background samples,     Σ φᵢ = z(x) − mean z of the background
//! ```
//!
//! and the program finds them again, without knowing that the score is linear: exactly over all 2¹⁰ sets of known features, by least squares
//! over a part of them, and by random orders with standard errors. The *probability* σ(z) is no linear function: its shares tell something
//! else, and the features of a tumor that is surely malignant share less than ½ of probability, however far out they are.
//!
//! The nearest counterfactual asks the other way round: what must change until the odds are even? For a linear score x − z w / |w|².
//!
//! A model on all samples has other questions. Permutation importance: how much worse does it become without the ties of a feature? Radius,
//! perimeter and area say the same: each seems to matter little while the others stay.
//!
//! What to try: explain a benign tumor. `BACKGROUND` = one sample. The copies radius and area left out of the model.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{Scaler, breast_cancer};
use gradus::explain::{
    Search, coalition_values, individual_curves, kernel_shap, nearest_counterfactual,
    partial_dependence, permutation_importance, shapley, shapley_sampled,
};
use gradus::numeric::{MatrixRef, NumericError, Order, Shape, sigmoid, softplus};
use gradus::plot::{Bar, Figure, PlaneCurve, save, signed_bars, xy_plot};
use gradus::random::Key;
use std::error::Error;

const FEATURES: usize = 10;
const BACKGROUND: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let all = breast_cancer()?;
    let all = all.scaled(&Scaler::standard(all.samples())?)?;
    let samples = all.values().chunks_exact(30);
    let x: Vec<f64> = samples.flat_map(|x| &x[..FEATURES]).copied().collect(); // means over the cells
    let ill: Vec<f64> = all.labels().iter().map(|&y| f64::from(1 - y)).collect();
    let theta = learn(&x, &ill);
    let score = |x: &[f64]| x.iter().zip(&theta).map(|(x, w)| x * w).sum::<f64>() + theta[FEATURES];

    let (tumor, rest) = x.split_at(FEATURES); // the first is malignant
    let background = table(&rest[..FEATURES * BACKGROUND])?;
    let exact = shapley(&coalition_values(score, tumor, background)?)?;
    let chance = shapley(&coalition_values(|x| sigmoid(score(x)), tumor, background)?)?;
    let rng = &mut Key::new(1).rng();
    let few = kernel_shap(|x| sigmoid(score(x)), tumor, background, 200, rng)?;
    let drawn = shapley_sampled(|x| sigmoid(score(x)), tumor, background, 20, rng)?;
    let mean = |i: usize| background.row(i).sum::<f64>() / BACKGROUND as f64;
    println!(
        "  feature                  w (x − b̄)   of the score   of the probability   200 sets   20 rounds"
    );
    let (mut worst, mut bars) = (0.0_f64, Vec::new());
    for i in 0..FEATURES {
        let linear = theta[i] * (tumor[i] - mean(i));
        worst = worst.max((linear - exact[i]).abs());
        let name = &all.names()[i][..];
        let (value, error) = (drawn.values[i], drawn.standard_errors[i]);
        let (score, chance, few) = (exact[i], chance[i], few[i]);
        print!("  {name:22}   {linear:9.4}   {score:12.4}   {chance:18.4}   ");
        println!("{few:8.4}   {value:6.4} ± {error:.4}");
        bars.push(Bar { name, value, error });
    }
    let line = |x: &[f64]| (score(x), theta[..FEATURES].to_vec());
    let change = nearest_counterfactual(line, tumor, 0.0, Search::default())?;
    let away = change.distance;
    println!("  even odds are {away:.2} standard deviations away");
    let figure = Figure::new("Why malignant?", "share of the probability", "");
    let path = save("out/515_explain_tumors.svg", &signed_bars(&figure, &bars)?)?;
    println!("picture: {}", path.display());
    importance(all.names(), &x, &ill, &theta)?;
    curves(&x, &score)?;

    if worst < 1e-12 {
        println!("result: Shapley values are w (x − b̄) within {worst:.0e}");
        Ok(())
    } else {
        Err(format!("Shapley values of a linear score are off by {worst}").into())
    }
}

/// How much the loss grows when a feature is shuffled.
fn importance(
    names: &[String],
    x: &[f64],
    ill: &[f64],
    theta: &[f64],
) -> Result<(), Box<dyn Error>> {
    let loss = |x: MatrixRef<'_, f64>| {
        let z = |j| x.column(j).zip(theta).map(|(x, w)| x * w).sum::<f64>() + theta[FEATURES];
        let each = |(j, y): (usize, &f64)| softplus(z(j)) - y * z(j);
        ill.iter().enumerate().map(each).sum::<f64>() / ill.len() as f64
    };
    let found = permutation_importance(loss, table(x)?, 10, Key::new(2))?;
    let bar = |i: usize| Bar {
        name: &names[i],
        value: found.values[i],
        error: found.standard_errors[i],
    };
    let bars: Vec<Bar<'_>> = (0..FEATURES).map(bar).collect();
    let figure = Figure::new("Permutation importance", "growth of the cross-entropy", "");
    let svg = signed_bars(&figure, &bars)?;
    let path = save("out/515_explain_tumors_importance.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}

/// The probability over the texture, for some tumors and on average.
fn curves(x: &[f64], score: &impl Fn(&[f64]) -> f64) -> Result<(), Box<dyn Error>> {
    let values: Vec<f64> = (-8..=16).map(|k| f64::from(k) / 4.0).collect();
    let chance = |x: &[f64]| sigmoid(score(x));
    let some = table(&x[..FEATURES * 12])?;
    let points = |curve: Vec<f64>| values.clone().into_iter().zip(curve).collect::<Vec<_>>();
    let single = individual_curves(chance, some, 1, &values)?;
    let single: Vec<_> = single.into_iter().map(points).collect();
    let mean = points(partial_dependence(chance, table(x)?, 1, &values)?);
    let mut lines = vec![PlaneCurve::line("mean of all", &mean)];
    lines.extend(single.iter().map(|curve| PlaneCurve::line("", curve)));
    let title = "Twelve tumors, and all on average";
    let figure = Figure::new(title, "texture (standardized)", "probability");
    let svg = xy_plot(&figure, &lines)?;
    let path = save("out/515_explain_tumors_curves.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}

/// Samples, one a column.
fn table(x: &[f64]) -> Result<MatrixRef<'_, f64>, NumericError> {
    MatrixRef::new(x, Shape::new(FEATURES, x.len() / FEATURES), Order::Columns)
}

/// Logistic regression with a little weight decay, by gradient descent on all samples.
fn learn(x: &[f64], ill: &[f64]) -> Vec<f64> {
    let mut theta = vec![0.0; FEATURES + 1];
    for _ in 0..2000 {
        let mut slope: Vec<f64> = theta.iter().map(|w| 0.001 * w).collect();
        for (x, y) in x.chunks_exact(FEATURES).zip(ill) {
            let with_one = x.iter().chain([&1.0]);
            let z: f64 = with_one.clone().zip(&theta).map(|(x, w)| x * w).sum();
            let error = (sigmoid(z) - y) / ill.len() as f64;
            let each = slope.iter_mut().zip(with_one);
            each.for_each(|(g, x)| *g += error * x);
        }
        theta.iter_mut().zip(slope).for_each(|(w, g)| *w -= 0.5 * g);
    }
    theta
}
