//! Entropy, cross-entropy and mutual information, in bits and in nats.
//!
//! The surprise of an event of probability p is −log p. Entropy is the mean surprise of a draw,
//! cross-entropy that of a reader who believes in q while p is true, and the Kullback–Leibler divergence
//! what the wrong belief costs:
//!
//! ```text
//! H(p)     = −Σ pᵢ log pᵢ
//! H(p, q)  = −Σ pᵢ log qᵢ  =  H(p) + D(p ‖ q)
//! D(p ‖ q) =  Σ pᵢ log (pᵢ / qᵢ)  ≥  0,  and 0 only for q = p
//! ```
//!
//! So a classifier that lowers its cross-entropy does nothing but bring q closer to p: H(p) is a constant
//! of the data. With log₂ the unit is the bit, with ln the nat; 1 bit = ln 2 nats.
//!
//! For two variables, mutual information is what one tells about the other:
//!
//! ```text
//! H(X, Y) = H(X) + H(Y | X)
//! I(X; Y) = H(X) + H(Y) − H(X, Y)  =  H(Y) − H(Y | X)  =  D(p(x, y) ‖ p(x) p(y))
//! ```
//!
//! The table is that of Cover and Thomas, *Elements of Information Theory*, example 2.2.1 (X the blood
//! group, Y the disease of a patient): all its entropies are eighths of a bit.
//!
//! What to try: replace the table by a product of its marginals and see I(X; Y) vanish. Give q a zero
//! where p has none: cross-entropy is infinite, and so is the loss of a classifier that was certain and
//! wrong.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::information::{
    bits, conditional_entropy, cross_entropy, entropy, joint_entropy, kl_divergence,
    mutual_information,
};
use gradus::numeric::Simplex;
use gradus::plot::{Figure, Function, function_plot, save};
use gradus::probability::JointTable;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    one_variable()?;
    let information = two_variables()?;
    draw()?;

    if (bits(information) - 0.375).abs() < 1e-15 {
        println!("result: I(X; Y) = {:.3} bits", bits(information));
        Ok(())
    } else {
        Err(format!(
            "the mutual information is 3/8 bits, not {}",
            bits(information)
        )
        .into())
    }
}

/// A true distribution and a uniform belief: H(p, q) = H(p) + D(p ‖ q).
fn one_variable() -> Result<(), Box<dyn Error>> {
    let p = Simplex::new(vec![0.5, 0.25, 0.125, 0.125])?;
    let q = Simplex::uniform(4)?;
    let (own, cross, divergence) = (entropy(&p), cross_entropy(&p, &q)?, kl_divergence(&p, &q)?);
    println!("p = {:?}, q = {:?}", p.as_slice(), q.as_slice());
    row("H(p)", own);
    row("D(p ‖ q)", divergence);
    row("H(p) + D(p ‖ q)", own + divergence);
    row("H(p, q)", cross);
    if (own + divergence - cross).abs() < 1e-15 {
        Ok(())
    } else {
        Err("cross-entropy is entropy plus divergence".into())
    }
}

/// Mutual information of the joint table in three ways.
fn two_variables() -> Result<f64, Box<dyn Error>> {
    let table = JointTable::new(&[
        [4.0 / 32.0, 2.0 / 32.0, 2.0 / 32.0, 8.0 / 32.0], // rows: X, columns: Y
        [2.0 / 32.0, 4.0 / 32.0, 2.0 / 32.0, 0.0],
        [1.0 / 32.0, 1.0 / 32.0, 2.0 / 32.0, 0.0],
        [1.0 / 32.0, 1.0 / 32.0, 2.0 / 32.0, 0.0],
    ])?;
    let (x, y) = (table.marginal_x(), table.marginal_y());
    let independent = JointTable::product(x, y)?;
    let information = mutual_information(&table);
    let ways = [
        (
            "H(X) + H(Y) − H(X, Y)",
            entropy(x) + entropy(y) - joint_entropy(&table),
        ),
        ("H(Y) − H(Y | X)", entropy(y) - conditional_entropy(&table)),
        (
            "D(p(x, y) ‖ p(x) p(y))",
            kl_divergence(table.joint(), independent.joint())?,
        ),
    ];
    println!("p(x) = {:?}, p(y) = {:?}", x.as_slice(), y.as_slice());
    row("H(X)", entropy(x));
    row("H(Y)", entropy(y));
    row("H(X, Y)", joint_entropy(&table));
    row("H(Y | X)", conditional_entropy(&table));
    row("H(X | Y)", conditional_entropy(&table.transposed()?));
    row("I(X; Y)", information);
    for (name, value) in ways {
        row(name, value);
        if (value - information).abs() > 1e-14 {
            return Err(format!("{name} = {value} is not I(X; Y) = {information}").into());
        }
    }
    Ok(information)
}

/// One line of the table: a name, a number of bits, the same in nats.
fn row(name: &str, nats: f64) {
    println!("  {name:<24}{:8.5} bits {nats:8.5} nats", bits(nats));
}

/// H(p, q) over the belief q in a coin of p = 0.3, in `out/`; the gap to H(p) is D(p ‖ q).
fn draw() -> Result<(), Box<dyn Error>> {
    let truth = Simplex::new(vec![0.3, 0.7])?;
    let own = bits(entropy(&truth));
    let believed = |q: f64| {
        let belief = Simplex::new(vec![q, 1.0 - q]);
        let cross = belief.map_or(Ok(f64::NAN), |q| cross_entropy(&truth, &q));
        cross.map_or(f64::NAN, bits)
    };
    let svg = function_plot(
        &Figure::new("What a wrong belief costs", "q", "bits").between(0.0, 3.0),
        &[
            Function {
                name: "H(p, q)",
                f: &believed,
            },
            Function {
                name: "H(p), p = 0.3",
                f: &|_| own,
            },
        ],
        0.0,
        1.0,
    )?;
    println!("picture: {}", save("out/410_entropy.svg", &svg)?.display());
    Ok(())
}
