//! Order and direction: losses that do not look at sizes.
//!
//! Who is to be seen first? Ten patients a list, and the score s = wᵀx of each from ten measurements. `ListNet` compares the chances to
//! stand first,
//!
//! ```text
//! ℓ = −Σ σ(y)ᵢ ln σ(s)ᵢ,    ∂ℓ/∂s = σ(s) − σ(y)
//! ```
//!
//! so only differences within a list count: a constant added to all of its scores changes nothing. Gradient descent on w, from 34
//! lists; the other ten lists are the test. What is asked is Kendall's τ, the share of pairs in order minus the share of the others.
//!
//! A loss of pairs, max(0, 1 − (sᵢ − sⱼ)) for every i that should stand above j of its list, asks for all of the order alike. The picture has
//! τ of both sets over the steps of the first.
//!
//! The cosine distance 1 − cos(p, y) looks at the direction of an embedding alone. Its gradient stands at a right angle to p, so
//! a step turns p, and makes it a little longer, by Pythagoras.
//!
//! What to try: relevances 3 y, which ask for the first place alone; 0.3 y, which ask for all of the order.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{Scaler, diabetes};
use gradus::losses::{
    Comparison, CosineDistance, ListNet, Loss, MarginRanking, MatrixMut, MatrixRef, Order, Shape,
    Target, Weights,
};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::kendall;
use std::error::Error;

const ITEMS: usize = 10;
const LISTS: usize = 44;
const TRAIN: usize = 34;
const SEEN: usize = ITEMS * TRAIN;
const RATE: f64 = 0.05;

fn main() -> Result<(), Box<dyn Error>> {
    let (features, relevance) = patients()?;
    let (mut w, mut curves) = (vec![0.0; ITEMS], [vec![], vec![]]);
    println!("step   loss     τ of 34 lists   of 10 others");
    for step in 0..=200 {
        let scores = scores(&w, &features);
        let (loss, slopes) = of_columns(&ListNet, &scores[..SEEN], &relevance[..SEEN], TRAIN)?;
        let [seen, others] = orders(&scores, &relevance)?;
        if [0, 1, 5, 20, 100, 200].contains(&step) {
            println!("{step:<6} {loss:.4}   {seen:<15.3} {others:.3}");
        }
        curves[0].push((f64::from(step), seen));
        curves[1].push((f64::from(step), others));
        descend(&mut w, &features, &slopes);
    }
    draw(&curves)?;
    let [seen, others] = by_pairs(&features, &relevance)?;
    println!("by pairs      {seen:<15.3} {others:.3}");

    println!("direction\n  step   p                  length   1 − cos");
    let (mut p, goal) = ([3.0, 0.0], [1.0, 2.0]);
    for step in 0..=4 {
        let (distance, slopes) = of_columns(&CosineDistance, &p, &goal, 1)?;
        let ([x, y], length) = (p, p[0].hypot(p[1]));
        println!("  {step:<6} ({x:.3}, {y:.3})     {length:<8.3} {distance:.4}");
        p = [x - 4.0 * slopes[0], y - 4.0 * slopes[1]];
    }

    let last = curves[1].last().map_or(0.0, |(_, tau)| *tau);
    if last > 0.35 {
        println!("result: τ of lists that were not seen is {last:.3}");
        Ok(())
    } else {
        Err(format!("the order should be learned: τ is {last}").into())
    }
}

/// 440 of the 442 patients of the diabetes study: standardized measurements, and how far the disease went in a year.
fn patients() -> Result<(Vec<f64>, Vec<f64>), Box<dyn Error>> {
    let (table, progress) = diabetes()?;
    let table = table.scaled(&Scaler::standard(table.samples())?)?;
    let samples = table.samples();
    let features = (0..ITEMS * LISTS).flat_map(|j| samples.column(j));
    let column = MatrixRef::new(&progress, Shape::new(1, progress.len()), Order::Rows)?;
    let relevance = Scaler::standard(column)?.scale_samples(column)?;
    Ok((features.collect(), relevance[..ITEMS * LISTS].to_vec()))
}

/// Kendall's τ of both sets after 200 steps of a loss that asks every pair of a list for its order.
fn by_pairs(features: &[f64], relevance: &[f64]) -> Result<[f64; 2], Box<dyn Error>> {
    let pairs = (0..SEEN * ITEMS).map(|k| [k / ITEMS, k / ITEMS / ITEMS * ITEMS + k % ITEMS]); // of one list
    let ordered = |&[i, j]: &[usize; 2]| relevance[i] > relevance[j];
    let pairs: Vec<[usize; 2]> = pairs.filter(ordered).collect();
    let (mut w, shape, count) = (vec![0.0; ITEMS], Shape::new(1, SEEN), pairs.len() as f64);
    for _ in 0..200 {
        let (scores, mut slopes) = (scores(&w, &features[..SEEN * ITEMS]), vec![0.0; SEEN]);
        let s = MatrixRef::new(&scores, shape, Order::Rows)?;
        let gradient = MatrixMut::new(&mut slopes, shape, Order::Rows)?;
        MarginRanking::default().value_and_gradient(s, &pairs, Weights::Equal, count, gradient)?;
        descend(&mut w, features, &slopes);
    }
    orders(&scores(&w, features), relevance)
}

/// w − α ∂L/∂w, where ∂L/∂w = Σ (∂L/∂sᵢ) xᵢ.
fn descend(w: &mut [f64], features: &[f64], slopes: &[f64]) {
    for (x, slope) in features.chunks_exact(ITEMS).zip(slopes) {
        let each = w.iter_mut().zip(x);
        each.for_each(|(w, x)| *w -= RATE * slope * x);
    }
}

/// s = wᵀx.
fn scores(w: &[f64], features: &[f64]) -> Vec<f64> {
    let dot = |x: &[f64]| x.iter().zip(w).map(|(x, w)| x * w).sum();
    features.chunks_exact(w.len()).map(dot).collect()
}

/// The mean of a loss over samples that stand one after the other, and its gradient.
fn of_columns(
    loss: &dyn Loss<f64>,
    p: &[f64],
    y: &[f64],
    samples: usize,
) -> Result<(f64, Vec<f64>), Box<dyn Error>> {
    let shape = Shape::new(p.len() / samples, samples);
    let target = Target::Values(MatrixRef::new(y, shape, Order::Columns)?);
    let mut memory = vec![0.0; p.len()];
    let gradient = MatrixMut::new(&mut memory, shape, Order::Columns)?;
    let p = MatrixRef::new(p, shape, Order::Columns)?;
    let mean = loss.value_and_gradient(p, target, Weights::Equal, samples as f64, gradient)?;
    Ok((mean, memory))
}

/// The mean of Kendall's τ over the lists of each set; 0 where all scores are equal.
fn orders(scores: &[f64], relevance: &[f64]) -> Result<[f64; 2], Box<dyn Error>> {
    let (mut sums, lists) = ([0.0; 2], scores.chunks(ITEMS).zip(relevance.chunks(ITEMS)));
    for (list, (scores, relevance)) in lists.enumerate() {
        if scores.iter().any(|s| *s != scores[0]) {
            sums[usize::from(list >= TRAIN)] += kendall(scores, relevance)?;
        }
    }
    Ok([sums[0] / TRAIN as f64, sums[1] / (LISTS - TRAIN) as f64])
}

fn draw([seen, others]: &[Vec<(f64, f64)>; 2]) -> Result<(), Box<dyn Error>> {
    let figure = Figure::new("Patients put in order", "step", "Kendall's τ");
    let others = PlaneCurve::line("10 others", others);
    let svg = xy_plot(&figure, &[PlaneCurve::line("34 lists", seen), others])?;
    let path = save("out/514_order_and_direction.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
