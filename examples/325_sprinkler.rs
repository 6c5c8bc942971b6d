//! The grass is wet: a network of causes, and how one cause explains another away.
//!
//! Clouds make rain likely and the sprinkler unlikely; either wets the grass. A Bayesian network writes the joint
//! distribution as each variable given its direct causes,
//!
//! ```text
//! p(c, s, r, w) = p(c) p(s | c) p(r | c) p(w | s, r)
//! ```
//!
//! nine numbers instead of fifteen. Questions go in both directions: from causes to effects (prediction) and from effects
//! to causes (diagnosis). Two causes of one effect become dependent as soon as the effect is seen: rain makes the
//! sprinkler less probable, because the wet grass needs it no longer. That is *explaining away*, and the arrows alone tell
//! where it can happen: a path is open through a variable where two arrows meet exactly if that, or something it causes,
//! is known (d-separation).
//!
//! Variables that are neither asked nor known are summed out one after the other (variable elimination), each time over
//! a small table; the table of all variables is never made.
//!
//! What to try: ask for the sprinkler once it is known that the sky was cloudy, too. Add a node "slippery" below "wet" and
//! observe that instead: it opens the same path.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::plot::{Figure, Function, function_plot, save};
use gradus::probability::{Network, ProbabilityError};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let garden = garden(0.99)?;
    println!("P(wet) = {:.4}", garden.probability(&[("wet", 1)])?);
    let before = sprinkler(&garden, &[])?;
    let wet = sprinkler(&garden, &[("wet", 1)])?;
    let explained = sprinkler(&garden, &[("wet", 1), ("rain", 1)])?;
    println!("P(sprinkler)              = {before:.4}");
    println!("P(sprinkler | wet)        = {wet:.4}");
    println!("P(sprinkler | wet, rain)  = {explained:.4}  explained away");
    for (known, said) in [
        (&["cloudy"][..], "cloudy"),
        (&["cloudy", "wet"][..], "cloudy and wet"),
    ] {
        let blocked = garden.are_separated(&["sprinkler"], &["rain"], known)?;
        println!(
            "sprinkler and rain given {said}: {}",
            if blocked { "separated" } else { "connected" }
        );
    }
    let joint = garden.joint()?;
    let by_table = joint
        .given(&[("wet", 1), ("rain", 1)])?
        .distribution("sprinkler")?;
    draw()?;

    // 0.0891 of 0.4581, by hand
    if (explained - 0.0891 / 0.4581).abs() < 1e-14
        && (by_table.as_slice()[1] - explained).abs() < 1e-14
    {
        println!(
            "result: rain brings the sprinkler from {:.1} % down to {:.1} %",
            100.0 * wet,
            100.0 * explained
        );
        Ok(())
    } else {
        Err(
            format!("elimination and the whole table disagree: {explained} and {by_table:?}")
                .into(),
        )
    }
}

/// The network of Murphy; `soaked` is the probability of wet grass after rain and sprinkler.
fn garden(soaked: f64) -> Result<Network, ProbabilityError> {
    let mut garden = Network::default();
    garden.add("cloudy", &[], &[[0.5, 0.5]])?; // no, yes
    garden.add("sprinkler", &["cloudy"], &[[0.5, 0.5], [0.9, 0.1]])?;
    garden.add("rain", &["cloudy"], &[[0.8, 0.2], [0.2, 0.8]])?;
    let wet = [[1.0, 0.0], [0.1, 0.9], [0.1, 0.9], [1.0 - soaked, soaked]];
    garden.add("wet", &["sprinkler", "rain"], &wet)?;
    Ok(garden)
}

fn sprinkler(garden: &Network, known: &[(&str, usize)]) -> Result<f64, ProbabilityError> {
    Ok(garden.query(&["sprinkler"], known)?.joint().as_slice()[1])
}

/// How much of the sprinkler is explained away if the grass is wet less surely after both, in `out/`.
fn draw() -> Result<(), Box<dyn Error>> {
    let asked = |soaked: f64, known: &[(&str, usize)]| {
        garden(soaked)
            .and_then(|garden| sprinkler(&garden, known))
            .unwrap_or(f64::NAN)
    };
    let wet = |soaked: f64| asked(soaked, &[("wet", 1)]);
    let rain = |soaked: f64| asked(soaked, &[("wet", 1), ("rain", 1)]);
    let figure = Figure::new(
        "Explaining away",
        "P(wet | sprinkler, rain)",
        "P(sprinkler | …)",
    );
    let curves = [
        Function {
            name: "wet",
            f: &wet,
        },
        Function {
            name: "wet and rain",
            f: &rain,
        },
    ];
    let svg = function_plot(&figure, &curves, 0.05, 1.0)?;
    println!(
        "picture: {}",
        save("out/325_sprinkler.svg", &svg)?.display()
    );
    Ok(())
}
