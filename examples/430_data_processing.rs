//! The data processing inequality: what is lost is lost.
//!
//! A bit goes through a chain of noisy channels, each of which flips it with probability e:
//!
//! ```text
//! X₀ → X₁ → X₂ → …,      I(X₀; Xₙ₊₁) ≤ I(X₀; Xₙ)
//! ```
//!
//! No processing of Xₙ, however clever, knows more of X₀ than Xₙ does. Here n channels in a row flip with probability
//! ½ (1 − (1 − 2e)ⁿ), so the information falls geometrically to 0, and so does the capacity of the chain: the most that one
//! use can tell, over all inputs. It is the same for every divergence of two inputs: χ², Hellinger and Rényi's fall, too.
//!
//! A *description* obeys it as well. The information bottleneck looks for words T for X that cost few nats, I(X; T), and still
//! tell much of Y; it can never tell more than X: I(T; Y) ≤ I(X; Y).
//!
//! What to try: a channel that erases instead of flipping. An input that is not fair. A larger `WORTH`: more words are told apart.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::information::{
    bits, channel_capacity, chi_squared_divergence, hellinger, information_bottleneck,
    mutual_information, renyi_divergence,
};
use gradus::numeric::Simplex;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::JointTable;
use std::error::Error;

/// How often a channel flips the bit.
const FLIP: f64 = 0.05;
const WORTH: f64 = 6.0;

fn main() -> Result<(), Box<dyn Error>> {
    let input = Simplex::new(vec![0.5, 0.5])?;
    println!("channels  I(X₀; Xₙ)  capacity   χ²      Hellinger  Rényi of order 2");
    let (mut curve, mut before, mut falls) = (Vec::new(), f64::INFINITY, true);
    for n in 1..=12 {
        let flip = 0.5 * (1.0 - (1.0 - 2.0 * FLIP).powi(n));
        let chain = [
            Simplex::new(vec![1.0 - flip, flip])?,
            Simplex::new(vec![flip, 1.0 - flip])?,
        ];
        let told = mutual_information(&JointTable::from_conditionals(&input, &chain)?);
        let capacity = channel_capacity(&chain, 1e-12)?.nats;
        let [p, q] = &chain;
        println!(
            "{n:8}  {:.6}   {:.6}   {:.4}  {:.4}     {:.4}",
            bits(told),
            bits(capacity),
            chi_squared_divergence(p, q)?,
            hellinger(p, q)?,
            renyi_divergence(p, q, 2.0)?
        );
        falls &= told < before && (told - capacity).abs() < 1e-11;
        before = told;
        curve.push((f64::from(n), bits(told)));
    }
    let kept = describe()?;
    draw(&curve)?;
    if falls && kept <= 1.0 {
        println!(
            "result: after 12 channels {:.2} % of a bit is left",
            100.0 * bits(before)
        );
        Ok(())
    } else {
        Err("processing made information".into())
    }
}

/// Six values of X in two words: what share of I(X; Y) the words keep.
fn describe() -> Result<f64, Box<dyn Error>> {
    let yes = [0.05, 0.1, 0.2, 0.75, 0.9, 0.95]; // P(Y = 1 | X)
    let rows: Vec<_> = yes.iter().map(|p| [(1.0 - p) / 6.0, p / 6.0]).collect();
    let table = JointTable::from_weights(&rows)?;
    let first: Vec<_> = (0..6)
        .map(|x| Simplex::new(vec![0.6 - 0.04 * f64::from(x), 0.4 + 0.04 * f64::from(x)]))
        .collect::<Result<_, _>>()?;
    let words = information_bottleneck(&table, &first, WORTH, 1e-9)?;
    let whole = mutual_information(&table);
    println!(
        "two words for six values: cost {:.4} bits of {:.4}",
        bits(words.cost),
        6.0_f64.log2()
    );
    println!(
        "                          tell {:.4} bits of {:.4}",
        bits(words.relevance),
        bits(whole)
    );
    Ok(words.relevance / whole)
}

/// The information that is left after each channel, in `out/`.
fn draw(curve: &[(f64, f64)]) -> Result<(), Box<dyn Error>> {
    let figure = Figure::new(
        "What is lost is lost",
        "channels in a row",
        "bits of one bit",
    );
    let svg = xy_plot(&figure, &[PlaneCurve::line("I(X₀; Xₙ)", curve)])?;
    println!(
        "picture: {}",
        save("out/430_data_processing.svg", &svg)?.display()
    );
    Ok(())
}
