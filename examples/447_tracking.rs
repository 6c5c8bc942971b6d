//! Kalman's filter: where is it, and how fast, from noisy sightings?
//!
//! A ball flies in gravity and a little wind. A camera sees where it is, not how fast, and errs by half a meter. The state has
//! four numbers, place and velocity in two directions:
//!
//! ```text
//! move           x ← x + v·dt,   v ← v + g·dt + wind           predicted: N(F µ + q, F Σ Fᵀ + Q)
//! sighting       y = x + noise                                  updated:   N(µ + K (y − H µ), (I − K H) Σ)
//! ```
//!
//! What is believed is a normal law all the time: a move widens it, a sighting narrows it by Bayes' rule. The velocity is never seen and
//! yet becomes known, because it is correlated with the place.
//!
//! What to try: `CAMERA` = 2: the filter trusts the motion more. `WIND` = 1: it trusts the camera. Leave out every other
//! sighting: predict twice.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::multivariate::{MultivariateNormal, StateSpace};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use gradus::random::Key;
use std::error::Error;

/// Seconds between sightings, meters that the camera errs, and meters a second that the wind changes.
const DT: f64 = 0.1;
const CAMERA: f64 = 0.5;
const WIND: f64 = 0.05;
const STEPS: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let (model, wind, camera) = model()?;
    let mut rng = Key::new(8).rng();
    let vector = |x: &[f64]| DVector::from_row_slice(x);
    let mut truth = vector(&[0.0, 0.0, 12.0, 19.0]);
    // at first nothing is known but that it is somewhere near, and not faster than sound
    let wide = vector(&[100.0, 100.0, 1e4, 1e4]);
    let mut state = MultivariateNormal::from_variances(DVector::zeros(4), &wide)?;

    let (mut flown, mut seen, mut found) = (Vec::new(), Vec::new(), Vec::new());
    let (mut camera_errs, mut filter_errs) = (0.0, 0.0);
    println!("seconds   camera errs   filter errs   believes to err   velocity (true)");
    for step in 1..=STEPS {
        truth = fly() * truth + wind.sample(&mut rng);
        let sighting = truth.rows(0, 2) + camera.sample(&mut rng);
        state = model.updated(&model.predicted(&state)?, &sighting)?.0;

        let distance = |place: (f64, f64)| (place.0 - truth[0]).hypot(place.1 - truth[1]);
        let (by_camera, by_filter) = (
            (sighting[0], sighting[1]),
            (state.mean()[0], state.mean()[1]),
        );
        if step > STEPS / 4 {
            camera_errs += distance(by_camera).powi(2);
            filter_errs += distance(by_filter).powi(2);
        }
        if step % 8 == 0 || step == 1 {
            let (m, a) = (state.mean(), state.covariance());
            println!(
                "{:7.1}   {:11.3}   {:11.3}   {:15.3}   ({:.1}, {:.1})  ({:.1}, {:.1})",
                step as f64 * DT,
                distance(by_camera),
                distance(by_filter),
                (a[(0, 0)] + a[(1, 1)]).sqrt(),
                m[2],
                m[3],
                truth[2],
                truth[3]
            );
        }
        flown.push((truth[0], truth[1]));
        seen.push(by_camera);
        found.push(by_filter);
    }
    let figure = Figure::new("A ball, as seen and as believed", "meters", "meters up");
    let curves = [
        PlaneCurve::points("sightings", &seen),
        PlaneCurve::line("flight", &flown),
        PlaneCurve::line("filter", &found),
    ];
    let path = save("out/447_tracking.svg", &plane_curves(&figure, &curves)?)?;
    println!("picture: {}", path.display());

    let gain = f64::sqrt(camera_errs / filter_errs);
    if gain > 1.5 {
        println!(
            "result: after the first second the filter errs {gain:.1} times less than the camera"
        );
        Ok(())
    } else {
        Err(format!("the filter errs only {gain} times less than the camera").into())
    }
}

/// A move without wind and gravity: places change by velocity times time.
fn fly() -> DMatrix<f64> {
    let mut f = DMatrix::identity(4, 4);
    f[(0, 2)] = DT;
    f[(1, 3)] = DT;
    f
}

/// The model, and its two noises.
fn model() -> Result<(StateSpace, MultivariateNormal, MultivariateNormal), Box<dyn Error>> {
    let gravity = -9.81 * DT;
    let push = DVector::from_row_slice(&[0.0, 0.5 * gravity * DT, 0.0, gravity]);
    let gust = DVector::from_row_slice(&[1e-6, 1e-6, WIND * WIND, WIND * WIND]);
    let wind = MultivariateNormal::from_variances(push, &gust)?;
    let error = DVector::from_element(2, CAMERA * CAMERA);
    let camera = MultivariateNormal::from_variances(DVector::zeros(2), &error)?;
    let place = DMatrix::identity(2, 4);
    let model = StateSpace::new(fly(), wind.clone(), place, camera.clone())?;
    Ok((model, wind, camera))
}
