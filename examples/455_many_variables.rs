//! Information among many variables: what is shared, what is only seen together, and what flows in time.
//!
//! For more than two variables there is no single "mutual information":
//!
//! ```text
//! total correlation   Σ H(Xᵢ) − H(X)             what a common code saves
//! its dual            H(X) − Σ H(Xᵢ | others)    what is not any one's own
//! interaction         I(X; Y | Z) − I(X; Y)      > 0: together they tell more; < 0: they say the same
//! ```
//!
//! Three copies of a coin have a negative interaction, an exclusive or a positive one. In time, transfer entropy asks what the past of
//! one sequence adds to the own past of another. And if all that is known of a law is a mean, the law with the largest entropy
//! claims nothing besides.
//!
//! What to try: `NOISE` = 0.5, and nothing flows. A mean of 3.5 for the die: fair.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::information::{
    Normalization, bits, conditional_mutual_information, dual_total_correlation,
    interaction_information, maximum_entropy, normalized_mutual_information, perplexity,
    total_correlation, transfer_entropy, variation_of_information,
};
use gradus::numeric::Simplex;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::{JointDistribution, JointTable};
use gradus::random::{Key, bernoulli};
use std::error::Error;

/// How often a bit is flipped on its way.
const NOISE: f64 = 0.1;

fn main() -> Result<(), Box<dyn Error>> {
    println!("three bits        total   dual    interaction   I(X; Y)   I(X; Y | Z)   (bits)");
    let mut seen = Vec::new();
    for (name, p) in [
        ("independent", [0.125; 8]),
        ("copies", [0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5]),
        ("z = x xor y", [0.25, 0.0, 0.0, 0.25, 0.0, 0.25, 0.25, 0.0]),
        ("z = x and y", [0.25, 0.0, 0.25, 0.0, 0.25, 0.0, 0.0, 0.25]),
    ] {
        let table = JointDistribution::new(&[("x", 2), ("y", 2), ("z", 2)], p.to_vec())?;
        let given = |z: &[&str]| conditional_mutual_information(&table, &["x"], &["y"], z);
        let numbers = [
            total_correlation(&table)?,
            dual_total_correlation(&table)?,
            interaction_information(&table, &["x"], &["y"], &["z"])?,
            given(&[])?,
            given(&["z"])?,
        ]
        .map(bits);
        let [total, dual, interaction, alone, conditional] = numbers;
        println!(
            "  {name:<14} {total:6.3}  {dual:6.3}   {interaction:11.3}   {alone:7.3}   {conditional:11.3}"
        );
        seen.push(interaction);
    }

    tell_groupings()?;
    let (forth, back) = flow(NOISE)?;
    println!("a late, noisy copy: {forth:.3} bits a step flow to it, {back:.3} from it");
    draw()?;

    println!("a die with the mean   P(1)    P(6)    perplexity");
    let faces = [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]];
    let mut counts = Vec::new();
    for mean in [3.5, 4.5, 5.5] {
        let die: Simplex = maximum_entropy(&faces, &[mean], 1e-12)?.distribution;
        let (p, faces) = (die.as_slice(), perplexity(&die));
        println!("  {mean:<18} {:.4}  {:.4}  {faces:.3}", p[0], p[5]);
        counts.push(faces);
    }
    let signs = seen[1] < -0.99 && seen[2] > 0.99 && seen[0].abs() < 1e-12;
    if signs && forth > 0.4 && back < 0.01 && counts[0] > counts[1] && counts[1] > counts[2] {
        println!(
            "result: copies interact by {:.0} bit, an exclusive or by {:.0}",
            seen[1], seen[2]
        );
        Ok(())
    } else {
        Err(format!("interactions {seen:?}, flows {forth} and {back}").into())
    }
}

/// Two ways to sort eight things into groups: the same, finer, unrelated.
fn tell_groupings() -> Result<(), Box<dyn Error>> {
    println!("groupings          I / sqrt(H H)   variation (bits)");
    let e = 0.125;
    for (name, rows) in [
        ("the same", [[0.5, 0.0, 0.0, 0.0], [0.0, 0.5, 0.0, 0.0]]),
        (
            "one finer",
            [[0.25, 0.25, 0.0, 0.0], [0.0, 0.0, 0.25, 0.25]],
        ),
        ("unrelated", [[e; 4], [e; 4]]),
    ] {
        let table = JointTable::new(&rows)?;
        let share = normalized_mutual_information(&table, Normalization::Geometric)?;
        let apart = bits(variation_of_information(&table)?);
        println!("  {name:<14} {share:11.3}   {apart:11.3}");
    }
    Ok(())
}

/// Bits a step from a random sequence to its copy, one step late and with noise, and back.
fn flow(noise: f64) -> Result<(f64, f64), Box<dyn Error>> {
    let mut rng = Key::new(455).rng();
    let (mut source, mut target, mut last) = (Vec::new(), Vec::new(), 0);
    for _ in 0..4000 {
        let next = u32::from(bernoulli(0.5, &mut rng)?);
        source.push(next);
        target.push(last ^ u32::from(bernoulli(noise, &mut rng)?));
        last = next;
    }
    let forth = transfer_entropy(&source, &target, 1)?;
    Ok((bits(forth), bits(transfer_entropy(&target, &source, 1)?)))
}

/// What flows, over the noise, in `out/`.
fn draw() -> Result<(), Box<dyn Error>> {
    let mut curves = [Vec::new(), Vec::new()];
    for i in 0..=20 {
        let noise = 0.025 * f64::from(i);
        let (forth, back) = flow(noise)?;
        curves[0].push((noise, forth));
        curves[1].push((noise, back));
    }
    let lines = [
        PlaneCurve::line("to the copy", &curves[0]),
        PlaneCurve::line("back", &curves[1]),
    ];
    let figure = Figure::new(
        "Transfer entropy of a noisy copy",
        "bits flipped",
        "bits a step",
    );
    println!(
        "picture: {}",
        save("out/455_many_variables.svg", &xy_plot(&figure, &lines)?)?.display()
    );
    Ok(())
}
