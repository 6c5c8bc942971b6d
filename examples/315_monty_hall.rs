//! Monty Hall's three doors, from the table of everything that can happen.
//!
//! A car is behind one of three doors. A player chooses a door; the host, who knows where the car is, opens another one
//! that is empty, and offers to switch. Does it help? The table of all cases knows:
//!
//! ```text
//! p(car, choice, opened) = p(car) p(choice) p(opened | car, choice)
//! ```
//!
//! The host must not open the chosen door, nor the one with the car. If the player has chosen the car he takes either
//! of the others; if not, there is only one left, and *that* is what his choice tells:
//!
//! ```text
//! P(car = 1 | choice = 0, opened = 2) = 1 / (1 + ½) = 2/3
//! ```
//!
//! In odds: door 1 makes the opening of door 2 certain, door 0 only an even chance, so the Bayes factor is 2. Before the
//! door opens, car and choice are independent; given what was opened they are not.
//!
//! What to try: let `HABIT` be 1.0, a host who opens the last door whenever he may. If he opens door 1 then, the car is
//! surely behind door 2. On average over what he opens, switching still wins two times in three.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::probability::JointDistribution;
use gradus::random::{Key, uniform_below};
use std::error::Error;

/// How often a host who may open two doors takes the last one.
const HABIT: f64 = 0.5;
const GAMES: u32 = 2000;

fn main() -> Result<(), Box<dyn Error>> {
    let game = game()?;
    let known = [("choice", 0), ("opened", 2)];
    let car = game.given(&known)?.distribution("car")?;
    println!("the player chose door 0, the host opened door 2");
    for (door, p) in car.as_slice().iter().enumerate() {
        println!("  P(car = {door} | what is known) = {p:.4}");
    }
    let factor = car.as_slice()[1] / car.as_slice()[0];
    println!("  door 1 to door 0: even before, {factor:.1} : 1 after");

    let apart = game.dependence(&["car"], &["choice"], &[])?;
    let after = game.dependence(&["car"], &["choice"], &["opened"])?;
    println!("car and choice: dependence {apart:.4}, given what was opened {after:.4}");

    let switching = game.event(|x| x[0] != x[1]);
    let wins = switching.probability(game.joint())?;
    println!(
        "switching wins with probability {wins:.4}, staying with {:.4}",
        1.0 - wins
    );
    draw(wins)?;
    if (wins - 2.0 / 3.0).abs() < 1e-15 {
        println!("result: switch, it wins {:.2} % of the games", 100.0 * wins);
        Ok(())
    } else {
        Err(format!("switching wins two games of three, not {wins}").into())
    }
}

/// All 27 cases; the last variable counts fastest.
fn game() -> Result<JointDistribution, Box<dyn Error>> {
    let mut weights = Vec::new();
    for car in 0..3 {
        for choice in 0..3 {
            weights.extend((0..3).map(|opened| opens(car, choice, opened)));
        }
    }
    let doors = [("car", 3), ("choice", 3), ("opened", 3)];
    Ok(JointDistribution::from_weights(&doors, &weights)?)
}

/// p(opened | car, choice).
fn opens(car: usize, choice: usize, opened: usize) -> f64 {
    if opened == car || opened == choice {
        return 0.0;
    }
    if car != choice {
        return 1.0; // the only one left
    }
    let last = if choice == 2 { 1 } else { 2 };
    if opened == last { HABIT } else { 1.0 - HABIT }
}

/// The share of games won by switching, as they are played, in `out/`.
fn draw(expected: f64) -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(3).rng();
    let (mut won, mut shares) = (0.0, Vec::new());
    for played in 1..=GAMES {
        let (car, choice) = (uniform_below(3, &mut rng)?, uniform_below(3, &mut rng)?);
        won += f64::from(u8::from(car != choice));
        shares.push((f64::from(played), won / f64::from(played)));
    }
    let figure = Figure::new("Switching doors", "games played", "share won");
    let line = [(1.0, expected), (f64::from(GAMES), expected)];
    let curves = [
        PlaneCurve::line("played", &shares),
        PlaneCurve::line("from the table", &line),
    ];
    println!(
        "picture: {}",
        save("out/315_monty_hall.svg", &xy_plot(&figure, &curves)?)?.display()
    );
    Ok(())
}
