//! Laws of axes and points.

use gradus_select::{Axis, Key, grid, random};
use gradus_testkit::{at_most, cases, relative, scaled};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

const EPSILON: f64 = f64::EPSILON;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_axis_and_the_unit_interval_are_one(from in -9.0..9.0, length in 0.001..9.0, ratio in 1.1..1e6, scale in -200..200_i32, u in 0.0..1.0) {
        let to: f64 = from + length;
        let even = Axis::linear(from, to)?;
        prop_assert_eq!((even.at(0.0), even.at(1.0)), (from, to));
        scaled(even.unit(even.at(u)), u, 8.0 * EPSILON * (from.abs() + to.abs()), 1.0 / length)?;
        let low = 10.0_f64.powi(scale);
        let orders = Axis::logarithmic(low, low * ratio)?;
        prop_assert_eq!((orders.at(0.0), orders.at(1.0)), (low, low * ratio));
        // Logarithms up to 500 are rounded to ε of their size.
        scaled(orders.unit(orders.at(u)), u, 16.0 * EPSILON * 500.0, 1.0 / f64::ln(ratio))?;
        prop_assert!(orders.at(u) >= low && orders.at(u) <= low * ratio);
    }

    #[test]
    fn steps_of_an_axis_are_even(from in -9.0..9.0, length in 0.1..9.0, ratio in 1.5..1e6, count in 2..20_u32) {
        let even = Axis::linear(from, from + length)?.steps(count)?;
        let each = length / f64::from(count - 1);
        let orders = Axis::logarithmic(0.01, 0.01 * ratio)?.steps(count)?;
        let times = f64::powf(ratio, 1.0 / f64::from(count - 1));
        prop_assert_eq!((even.len(), orders.len()), (count as usize, count as usize));
        for (a, b) in even.windows(2).zip(orders.windows(2)) {
            scaled(a[1] - a[0], each, 16.0 * EPSILON, 18.0)?;
            relative(b[1] / b[0], times, 64.0 * EPSILON)?;
        }
    }

    #[test]
    fn a_grid_visits_every_combination_once(sizes in vec(1..5_usize, 1..5)) {
        // The digits of a number in which the places have these sizes.
        let values: Vec<Vec<f64>> = sizes.iter().map(|&n| (0..n).map(|i| i as f64).collect()).collect();
        let points = grid(&values)?;
        let digit = |x: f64| (0..5_u64).find(|&k| k as f64 == x).unwrap_or(99);
        let number = |point: &Vec<f64>| point.iter().zip(&sizes).fold(0, |n, (&x, &size)| n * size as u64 + digit(x));
        let numbers: BTreeSet<u64> = points.iter().map(number).collect();
        let all: u64 = sizes.iter().map(|&n| n as u64).product();
        prop_assert_eq!(points.len() as u64, all);
        prop_assert!(numbers.into_iter().eq(0..all));
        prop_assert!(points.iter().all(|point| point.len() == sizes.len()));
    }

    #[test]
    fn a_random_point_depends_on_its_number_alone(few in 1..9_u32, more in 1..9_u32, seed in any::<u64>()) {
        let axes = [Axis::linear(0.0, 1.0)?, Axis::logarithmic(1e-3, 1.0)?, Axis::choices([1.0, 2.0, 3.0])?];
        let draw = |trials| random(&axes, trials, Key::new(seed));
        let (few_points, all) = (draw(few)?, draw(few + more)?);
        prop_assert_eq!(&all[..few as usize], &few_points[..]);
        prop_assert_ne!(all[0].clone(), all[1].clone());
        prop_assert_ne!(all[0].clone(), random(&axes, 1, Key::new(seed.wrapping_add(1)))?[0].clone());
    }

    #[test]
    fn random_points_are_uniform_on_their_axes(seed in any::<u64>()) {
        let axes = [Axis::linear(-3.0, 5.0)?, Axis::logarithmic(1e-6, 1.0)?, Axis::choices([7.0, 8.0, 9.0])?];
        let trials = 400;
        let points = random(&axes, trials, Key::new(seed))?;
        for (k, (axis, cuts)) in axes.iter().zip([vec![-1.0, 3.0], vec![1e-4, 1e-1], vec![7.0, 8.0]]).enumerate() {
            for cut in cuts {
                let below = points.iter().filter(|point| point[k] <= cut).count() as f64;
                let share = match k {
                    2 => (cut - 6.0) / 3.0,
                    _ => axis.unit(cut),
                };
                let deviation = (share * (1.0 - share) / f64::from(trials)).sqrt();
                at_most((below / f64::from(trials) - share).abs(), 5.0 * deviation)?;
            }
        }
    }
}
