//! Laws of lines near a point, and of occlusion.

use crate::models::{EPSILON, bent, dot, size, vectors};
use gradus_explain::{Key, Neighborhood, Shape, local_line, local_patches, occlusion, windows};
use gradus_testkit::{all_scaled, at_most, cases, scaled};
use proptest::prelude::*;
use std::iter::zip;

fn near(width: f64, ridge: f64) -> Neighborhood {
    let samples = 60;
    Neighborhood {
        width,
        samples,
        ridge,
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_local_line_finds_a_linear_function([x, w] in vectors(1..5), width in 1.5..9.0, unit in 0.1..9.0, seed in any::<u64>()) {
        let f = |x: &[f64]| dot(&w, x) + 1.0;
        let units = vec![unit; x.len()];
        let line = local_line(f, &x, &units, near(width, 0.0), &mut Key::new(seed).rng())?;
        // Sixty normal neighbors: a condition below a thousand, of values that add up to `scale`.
        let scale = 1.0 + size(&w) * (5.0 + 5.0 * unit);
        all_scaled(&line.slopes, &w, 1e4 * EPSILON, scale / unit)?;
        scaled(line.value, f(&x), 1e4 * EPSILON, scale)?;
        scaled(line.explained, 1.0, 1e-9, 1.0)?;
    }

    #[test]
    fn equal_keys_give_equal_lines([x] in vectors(1..5), seed in any::<u64>()) {
        let line = |seed| local_line(bent, &x, &vec![1.0; x.len()], near(2.0, 0.1), &mut Key::new(seed).rng());
        prop_assert_eq!(line(seed)?, line(seed)?);
        prop_assert_ne!(line(seed)?, line(seed.wrapping_add(1))?);
    }

    #[test]
    fn a_ridge_shrinks_the_slopes([x] in vectors(1..5), ridge in 0.1..9.0, seed in any::<u64>()) {
        let line = |ridge| local_line(bent, &x, &vec![1.0; x.len()], near(2.0, ridge), &mut Key::new(seed).rng());
        let (free, held, tight) = (line(0.0)?, line(ridge)?, line(1e12)?);
        let length = |w: &[f64]| dot(w, w).sqrt();
        at_most(length(&held.slopes), length(&free.slopes) + 1e3 * EPSILON)?;
        at_most(length(&tight.slopes), 1e-9)?;
        // The value is not held: it stays a mean of values of the function.
        scaled(tight.value, 0.0, 1.0, 10.0)?;
        prop_assert!(tight.explained < 1e-9 && free.explained > held.explained - 1e-12);
    }

    #[test]
    fn patches_of_an_additive_function_are_found([x, b] in vectors(4..9), seed in any::<u64>()) {
        let patch: Vec<usize> = (0..x.len()).map(|i| i % 3).collect();
        // Squares: additive, and linear in what is there.
        let f = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>();
        let line = local_patches(f, &x, &b, &patch, near(0.5, 0.0), &mut Key::new(seed).rng())?;
        let worth = |p: usize| -> f64 {
            zip(zip(&x, &b), &patch).filter(|(_, q)| **q == p).map(|((x, b), _)| x * x - b * b).sum()
        };
        let scale = f(&x) + f(&b) + 1.0;
        all_scaled(&line.slopes, &[worth(0), worth(1), worth(2)], 1e4 * EPSILON, scale)?;
        scaled(line.value, f(&x), 1e4 * EPSILON, scale)?;
    }

    #[test]
    fn occlusion_of_a_linear_model([w, x, b] in vectors(2..8)) {
        let f = |x: &[f64]| dot(&w, x) + 1.0;
        let term = |i: usize| w[i] * (x[i] - b[i]);
        let single: Vec<Vec<usize>> = (0..x.len()).map(|i| vec![i]).collect();
        let scale = 1.0 + 10.0 * size(&w);
        let expected: Vec<f64> = (0..x.len()).map(term).collect();
        all_scaled(&occlusion(f, &x, &b, &single)?, &expected, 4.0 * x.len() as f64 * EPSILON, scale)?;
        // Windows of two neighbors: those in the middle are in two of them.
        let pairs: Vec<Vec<usize>> = (1..x.len()).map(|i| vec![i - 1, i]).collect();
        let last = x.len() - 1;
        let drop = |i: usize| term(i) + term(i + 1);
        let mean = |i: usize| match i {
            0 => drop(0),
            i if i == last => drop(last - 1),
            i => f64::midpoint(drop(i - 1), drop(i)),
        };
        let expected: Vec<f64> = (0..x.len()).map(mean).collect();
        all_scaled(&occlusion(f, &x, &b, &pairs)?, &expected, 4.0 * x.len() as f64 * EPSILON, scale)?;
    }

    #[test]
    fn occlusion_of_what_is_ignored([x, b] in vectors(2..8)) {
        let f = |x: &[f64]| bent(&x[1..]);
        let single: Vec<Vec<usize>> = (0..x.len()).map(|i| vec![i]).collect();
        prop_assert_eq!(occlusion(f, &x, &b, &single)?[0], 0.0);
    }

    #[test]
    fn windows_cover_the_image(high in 1..5_usize, wide in 1..5_usize, down in 0..6_usize, right in 0..6_usize, stride in 1..5_usize) {
        let (rows, columns, stride) = (high + down, wide + right, stride.min(high).min(wide));
        let all = windows(Shape::new(rows, columns), Shape::new(high, wide), stride)?;
        let mut covered = vec![false; rows * columns];
        for window in &all {
            prop_assert_eq!(window.len(), high * wide);
            let (top, left) = (window[0] / columns, window[0] % columns);
            for (k, &pixel) in window.iter().enumerate() {
                prop_assert_eq!((pixel / columns, pixel % columns), (top + k / wide, left + k % wide));
                covered[pixel] = true;
            }
        }
        prop_assert!(covered.into_iter().all(|covered| covered));
    }
}
