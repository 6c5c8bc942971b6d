//! The judge of `821_gaussian_delta`.

use crate::judging::comparison::is;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::strategy::Strategy;
use std::f64::consts::TAU;

/// Judges the δ of Gaussian noise.
#[must_use]
pub fn gaussian_delta(answer: fn(f64, f64) -> f64) -> Verdict {
    type Case = (f64, f64);
    let call = |&(noise, epsilon): &Case| {
        format!("gaussian_delta({}, {})", number(noise), number(epsilon))
    };
    let check = |&(noise, epsilon): &Case| {
        if !(noise > 0.0 && epsilon >= 0.0) {
            return Ok(()); // not asked for
        }
        is(answer(noise, epsilon), area(noise, epsilon), 1e-6)
    };
    let noise = || (1..9).prop_map(|it| f64::from(it) / 2.0);
    Judge::new(&call)
        .law(
            Law(
                "gaussian_delta_is_the_area_between_the_densities",
                say!(
                    "for ε = 0 the total variation of two normal laws, 2 Φ(1 / 2σ) - 1",
                    "ε = 0 时是两个正态分布的全变差 2 Φ(1 / 2σ) - 1"
                ),
            ),
            &[(0.5, 0.0), (1.0, 0.0), (2.0, 0.0)],
            &noise().prop_map(|noise| (noise, 0.0)),
            check,
        )
        .law(
            Law(
                "gaussian_delta_falls_with_epsilon_and_noise",
                say!(
                    "the area in which one density exceeds exp(ε) times the other",
                    "一个密度超过另一个的 exp(ε) 倍的那部分面积"
                ),
            ),
            &[(1.0, 1.0), (2.0, 1.0), (0.5, 1.0)],
            &(noise(), (0..5).prop_map(|it| f64::from(it) / 2.0)),
            check,
        )
        .verdict()
}

/// The area by the trapezoidal rule, from where the densities meet.
fn area(noise: f64, epsilon: f64) -> f64 {
    let density = |x: f64| (-0.5 * (x / noise).powi(2)).exp() / (noise * TAU.sqrt());
    let from = 0.5 + epsilon * noise * noise;
    let steps = 4000;
    let h = ((1.0 - from).max(0.0) + 10.0 * noise) / f64::from(steps);
    let excess = |i: i32| {
        let x = from + f64::from(i) * h;
        density(x - 1.0) - epsilon.exp() * density(x)
    };
    h * ((1..steps).map(excess).sum::<f64>() + 0.5 * excess(0))
}
