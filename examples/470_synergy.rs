//! What two sources tell about a target: the same, one alone, or only both together.
//!
//! Mutual information says how much X₁, X₂ and the pair tell about Y. It does not say how the three fit together:
//!
//! ```text
//! I(Y; X₁)     = R + U₁           R   redundancy: what each of them tells
//! I(Y; X₂)     = R + U₂           U   unique: what one tells and the other does not
//! I(Y; X₁, X₂) = R + U₁ + U₂ + S  S   synergy: what only both tell
//! ```
//!
//! An exclusive or is all synergy: each input alone is useless. An *and* has some of everything but the unique part. Three numbers do
//! not fix four parts, and there is no agreement on the fourth equation. Williams and Beer take for each value of Y the source that tells less; so two independent bits,
//! copied into Y, count as redundant, since each tells one bit. Bertschinger et al. ask what must be told by one source alone, whatever else the joint
//! table may be, and find two unique bits.
//!
//! Features of a data set behave alike: a ranking by I(Xᵢ; Y), one at a time, never finds synergy, and buys redundancy twice (example 450).
//!
//! What to try: inputs that are not independent. A gate of your own: *or* is an *and* read backwards.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::information::{
    PartialInformation, bits, partial_information_broja, partial_information_min,
};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::JointDistribution;
use std::error::Error;

/// How far apart the bounds of the iteration may be, in nats.
const TOLERANCE: f64 = 1e-7;

fn main() -> Result<(), Box<dyn Error>> {
    println!("gate       by                  redundant   first   second   synergy (bits)");
    let mut copied = Vec::new();
    for (name, gate) in [
        ("x₁ and x₂", (|a, b| a & b) as fn(usize, usize) -> usize),
        ("x₁ xor x₂", |a, b| a ^ b),
        ("x₁ + x₂", |a, b| a + b),
        ("(x₁, x₂)", |a, b| 2 * a + b),
    ] {
        let table = noisy(gate, gate, 0.0)?;
        let smaller = partial_information_min(&table, &["y"], &["x1"], &["x2"])?;
        let unique = partial_information_broja(&table, &["y"], &["x1"], &["x2"], TOLERANCE)?;
        for (by, parts) in [
            ("Williams and Beer", smaller),
            ("Bertschinger et al.", unique),
        ] {
            let [r, u, v, s] = in_bits(parts);
            println!("{name:10} {by:19} {r:9.3} {u:7.3} {v:8.3} {s:9.3}");
        }
        copied = vec![in_bits(smaller), in_bits(unique)];
    }
    let ends = draw()?;

    if copied[0][0] > 0.99 && copied[1][0] < 0.01 && ends[0] > 0.99 && ends[1] > 0.99 {
        println!(
            "result: of two copied bits {:.0} is redundant, or {:.0}",
            copied[0][0], copied[1][0]
        );
        Ok(())
    } else {
        Err("the two decompositions differ where the target is a copy".into())
    }
}

/// Two fair bits, and a target that is one gate of them, or with probability `t` another.
fn noisy(
    gate: impl Fn(usize, usize) -> usize,
    other: impl Fn(usize, usize) -> usize,
    t: f64,
) -> Result<JointDistribution, Box<dyn Error>> {
    let mut p = vec![0.0; 16];
    for a in 0..2 {
        for b in 0..2 {
            p[4 * gate(a, b) + 2 * a + b] += 0.25 * (1.0 - t);
            p[4 * other(a, b) + 2 * a + b] += 0.25 * t;
        }
    }
    Ok(JointDistribution::new(
        &[("y", 4), ("x1", 2), ("x2", 2)],
        p,
    )?)
}

/// Redundancy, unique to the first, unique to the second, synergy.
fn in_bits(parts: PartialInformation) -> [f64; 4] {
    [parts.redundancy, parts.first, parts.second, parts.synergy].map(bits)
}

/// From a copy of x₁ to an exclusive or, in `out/`: what is unique at the one end, and synergy at the other.
fn draw() -> Result<[f64; 2], Box<dyn Error>> {
    let mut curves = vec![Vec::new(); 3];
    for i in 0..=40 {
        let t = f64::from(i) / 40.0;
        let table = noisy(|a, _| a, |a, b| a ^ b, t)?;
        let parts = partial_information_broja(&table, &["y"], &["x1"], &["x2"], TOLERANCE)?;
        let [_, first, _, synergy] = in_bits(parts);
        for (curve, value) in curves.iter_mut().zip([first, synergy, first + synergy]) {
            curve.push((t, value));
        }
    }
    let figure = Figure::new(
        "From a copy to an exclusive or",
        "share of x₁ xor x₂",
        "bits",
    );
    let lines = [
        PlaneCurve::line("unique to x₁", &curves[0]),
        PlaneCurve::line("synergy", &curves[1]),
        PlaneCurve::line("sum", &curves[2]),
    ];
    println!(
        "picture: {}",
        save("out/470_synergy.svg", &xy_plot(&figure, &lines)?)?.display()
    );
    Ok([curves[0][0].1, curves[1][40].1])
}
