//! Laws of Shapley values.

use crate::models::{EPSILON, bent, columns, dot, entries, size, vectors};
use gradus_explain::{
    Key, MatrixRef, coalition_values, hoeffding_rounds, kernel_shap, shapley, shapley_kernel,
    shapley_sampled,
};
use gradus_testkit::{all_scaled, all_within_ulps, at_most, cases, scaled};
use proptest::collection::vec;
use proptest::prelude::*;
use std::iter::zip;

/// Games of one to six players: any values, whole ones, equal ones, tiny and huge ones.
fn games() -> impl Strategy<Value = Vec<f64>> {
    (1..7_u32, -3..4_i32).prop_flat_map(|(n, scale)| {
        let unit = 10.0_f64.powi(50 * scale);
        let value =
            prop_oneof![4 => -9.0..9.0, 2 => (-3..4_i32).prop_map(f64::from), 1 => Just(0.0)];
        vec(value.prop_map(move |v| v * unit), 1 << n)
    })
}

fn players(game: &[f64]) -> usize {
    game.len().trailing_zeros() as usize
}

fn largest(game: &[f64]) -> f64 {
    game.iter().fold(0.0, |most: f64, v| most.max(v.abs()))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn shapley_values_are_efficient(game in games()) {
        let sum: f64 = shapley(&game)?.iter().sum();
        // A value adds 2ⁿ⁻¹ terms of which the weights sum to 1.
        let bound = game.len() as f64 * EPSILON;
        scaled(sum, game[game.len() - 1] - game[0], bound, largest(&game))?;
    }

    #[test]
    fn interchangeable_players_get_the_same(game in games(), i in 0..6_usize, j in 0..6_usize) {
        let n = players(&game);
        let (i, j) = (i % n, j % n);
        // The game in which both have changed places, added to the game: they cannot be told apart.
        let swapped = |s: usize| match (s >> i & 1, s >> j & 1) {
            (a, b) if a != b => s ^ (1 << i) ^ (1 << j),
            _ => s,
        };
        let even: Vec<f64> = (0..game.len()).map(|s| game[s] + game[swapped(s)]).collect();
        let shares = shapley(&even)?;
        scaled(shares[i], shares[j], 8.0 * n as f64 * EPSILON, largest(&even))?;
    }

    #[test]
    fn a_dummy_gets_nothing(game in games(), i in 0..6_usize) {
        let i = i % players(&game);
        let ignoring: Vec<f64> = (0..game.len()).map(|s| game[s & !(1 << i)]).collect();
        prop_assert_eq!(shapley(&ignoring)?[i], 0.0);
        let kernel = shapley_kernel(&ignoring)?[i];
        scaled(kernel, 0.0, game.len() as f64 * 8.0 * EPSILON, largest(&game))?;
    }

    #[test]
    fn shapley_values_are_linear((v, w) in (1..6_usize).prop_flat_map(|n| (entries(1 << n), entries(1 << n))), a in -3.0..3.0, b in -3.0..3.0) {
        let both: Vec<f64> = zip(&v, &w).map(|(v, w)| a * v + b * w).collect();
        let expected: Vec<f64> = zip(shapley(&v)?, shapley(&w)?).map(|(v, w)| a * v + b * w).collect();
        let scale = 3.0 * (largest(&v) + largest(&w));
        all_scaled(&shapley(&both)?, &expected, 8.0 * players(&v) as f64 * EPSILON, scale)?;
    }

    #[test]
    fn shapley_values_of_a_linear_model([w, x, b, c] in vectors(1..7)) {
        let background = [b.clone(), c.clone()].concat();
        let game = coalition_values(|x| dot(&w, x) - 2.0, &x, columns(x.len(), &background)?)?;
        let mean = zip(&b, &c).map(|(b, c)| (b + c) / 2.0);
        let expected: Vec<f64> = zip(zip(&w, &x), mean).map(|((w, x), b)| w * (x - b)).collect();
        let scale = 2.0 + 10.0 * size(&w); // of a value of the model
        all_scaled(&shapley(&game)?, &expected, 8.0 * x.len() as f64 * EPSILON, scale)?;
    }

    #[test]
    fn the_game_goes_from_the_background_to_the_point([x, b, c] in vectors(1..7)) {
        let background = [b.clone(), c.clone()].concat();
        let game = coalition_values(bent, &x, columns(x.len(), &background)?)?;
        prop_assert_eq!(game[0], f64::midpoint(bent(&b), bent(&c)));
        prop_assert_eq!(game[game.len() - 1], bent(&x));
        for (i, &value) in (0..x.len()).map(|i| (i, &game[1 << i])) {
            let with = |b: &[f64]| bent(&(0..b.len()).map(|j| if i == j { x[j] } else { b[j] }).collect::<Vec<_>>());
            prop_assert_eq!(value, f64::midpoint(with(&b), with(&c)));
        }
    }

    /// f = x₁, and x₂ is a copy of x₁: what does the copy get?
    #[test]
    fn a_copy_gets_half_only_of_the_conditional_game(values in entries(5), which in 0..5_usize) {
        let x = values[which];
        let mean = values.iter().sum::<f64>() / 5.0;
        let table: Vec<f64> = values.iter().flat_map(|&v| [v, v]).collect();
        let marginal = shapley(&coalition_values(|x| x[0], &[x, x], columns(2, &table)?)?)?;
        scaled(marginal[0], x - mean, 8.0 * EPSILON, 10.0)?;
        prop_assert_eq!(marginal[1], 0.0);
        // Given either, the other is known.
        let conditional = shapley(&[mean, x, x, x])?;
        scaled(conditional[0], (x - mean) / 2.0, 8.0 * EPSILON, 10.0)?;
        prop_assert_eq!(conditional[0], conditional[1]);
    }

    #[test]
    fn the_kernel_over_all_coalitions_is_exact(game in games()) {
        let n = players(&game) as f64;
        // The condition of the regression is that of weights between 1/n and 1 / C(n, n/2), below 2ⁿ.
        let bound = 8.0 * n * game.len() as f64 * EPSILON;
        all_scaled(&shapley_kernel(&game)?, &shapley(&game)?, bound, largest(&game))?;
    }

    #[test]
    fn kernel_shap_with_all_coalitions_is_exact([x, b, c] in vectors(1..7), seed in any::<u64>()) {
        let background = [b, c].concat();
        let background = columns(x.len(), &background)?;
        let game = coalition_values(bent, &x, background)?;
        let all = u32::try_from(game.len() - 2)?;
        let found = kernel_shap(bent, &x, background, all, &mut Key::new(seed).rng())?;
        let bound = 8.0 * x.len() as f64 * game.len() as f64 * EPSILON;
        all_scaled(&found, &shapley(&game)?, bound, largest(&game))?;
    }

    #[test]
    fn kernel_shap_is_efficient([x, b] in vectors(3..10), more in 0..30_u32, seed in any::<u64>()) {
        let coalitions = 2 * u32::try_from(x.len())? + more;
        let found = kernel_shap(bent, &x, MatrixRef::from_column(&b), coalitions, &mut Key::new(seed).rng())?;
        scaled(found.iter().sum(), bent(&x) - bent(&b), 4.0 * x.len() as f64 * EPSILON, 10.0 + size(&found))?;
    }

    #[test]
    fn kernel_shap_of_a_linear_model_needs_few_coalitions([w, x, b] in vectors(3..12), more in 0..30_u32, seed in any::<u64>()) {
        let coalitions = 2 * u32::try_from(x.len())? + more;
        let f = |x: &[f64]| dot(&w, x);
        let found = kernel_shap(f, &x, MatrixRef::from_column(&b), coalitions, &mut Key::new(seed).rng())?;
        let expected: Vec<f64> = zip(zip(&w, &x), &b).map(|((w, x), b)| w * (x - b)).collect();
        all_scaled(&found, &expected, 64.0 * x.len() as f64 * EPSILON, 1.0 + 10.0 * size(&w))?;
    }

    #[test]
    fn sampled_values_are_efficient([x, b, c] in vectors(1..9), seed in any::<u64>()) {
        let background = [b.clone(), c.clone()].concat();
        let found = shapley_sampled(bent, &x, columns(x.len(), &background)?, 3, &mut Key::new(seed).rng())?;
        let expected = bent(&x) - f64::midpoint(bent(&b), bent(&c));
        scaled(found.values.iter().sum(), expected, 16.0 * x.len() as f64 * EPSILON, 10.0)?;
    }

    #[test]
    fn orders_and_their_reverses_are_exact_up_to_second_order([w, x, b] in vectors(2..8), seed in any::<u64>()) {
        // Σ wᵢ xᵢ + Σ wᵢ xᵢ xⱼ / 5 over neighbors
        let f = |x: &[f64]| dot(&w, x) + (1..x.len()).map(|i| w[i] * x[i] * x[i - 1] / 5.0).sum::<f64>();
        let background = MatrixRef::from_column(&b);
        let found = shapley_sampled(f, &x, background, 2, &mut Key::new(seed).rng())?;
        let exact = shapley(&coalition_values(f, &x, background)?)?;
        let scale = 1.0 + 10.0 * size(&w);
        all_scaled(&found.values, &exact, 8.0 * x.len() as f64 * EPSILON, scale)?;
        all_scaled(&found.standard_errors, &vec![0.0; x.len()], 8.0 * x.len() as f64 * EPSILON, scale)?;
    }

    #[test]
    fn sampled_values_lie_within_their_errors([x, b] in vectors(3..7), seed in any::<u64>()) {
        let f = |x: &[f64]| (x[0] * x[1] * x[2]).sin() + bent(x);
        let background = MatrixRef::from_column(&b);
        let found = shapley_sampled(f, &x, background, 64, &mut Key::new(seed).rng())?;
        let exact = shapley(&coalition_values(f, &x, background)?)?;
        for ((value, exact), error) in zip(zip(&found.values, &exact), &found.standard_errors) {
            // Sixty-four bounded draws are nearly normal; rare ones that were never drawn do not show in the error.
            at_most((value - exact).abs(), 7.0 * error + 0.05)?;
        }
    }

    #[test]
    fn hoeffding_keeps_its_promise(seed in any::<u64>()) {
        // The most uncertain contribution: 0 or 1, each for half of the orders. One background sample; a round's pair of orders
        // gives one of each, so the orders here are those of three features of which any two make 1.
        let f = |x: &[f64]| f64::from(u8::from(x.iter().sum::<f64>() >= 2.0));
        let (error, failure) = (0.25, 0.1);
        let rounds = hoeffding_rounds(3, 1.0, error, failure)?;
        prop_assert_eq!(rounds, 33); // 8 ln 60 = 32.8
        let zero = MatrixRef::from_column(&[0.0; 3]);
        let found = shapley_sampled(f, &[1.0; 3], zero, rounds, &mut Key::new(seed).rng())?;
        all_scaled(&found.values, &[1.0 / 3.0; 3], error, 1.0)?; // a pair varies far less than the bound allows
        all_within_ulps(&[found.values.iter().sum()], &[1.0], 4)?;
    }
}
