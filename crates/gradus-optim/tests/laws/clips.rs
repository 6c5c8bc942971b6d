//! Clips and norms.

use crate::ordinary;
use crate::{bits, run};
use gradus_optim::{ClipByGlobalNorm, ClipByValue, Gradient, global_norm, sgd};
use gradus_testkit::strategies::vector;
use gradus_testkit::{at_most, cases, relative, same_bits, within_ulps};
use proptest::prelude::*;

/// The update itself: plain descent with rate 1 from 0 moves by minus the clipped gradient.
fn clipped(g: &[f64], max_norm: f64) -> Result<Vec<f64>, gradus_optim::OptimError> {
    let optimizer = sgd(1.0)?.after(ClipByGlobalNorm { max_norm })?;
    let theta = run(&optimizer, &vec![0.0; g.len()], 1, |_, _| g.to_vec())?;
    Ok(theta.iter().map(|x| 0.0 - x).collect())
}

fn norm(g: &[f64]) -> f64 {
    global_norm(Gradient::sum_of(&[g]))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn clipping_by_norm_bounds_the_norm(g in ordinary(1..60), c in 1e-3..1e3) {
        let u = clipped(&g, c)?;
        at_most(norm(&u), c * (1.0 + 2.0 * f64::EPSILON))?;
        let length = norm(&g);
        if length <= c {
            prop_assert!(u == g);
        } else if length < 1e290 {
            for (u, g) in u.iter().zip(&g) {
                if u.abs() > 1e-290 {
                    within_ulps(*u, g * (c / length), 3)?;
                }
            }
        }
    }

    #[test]
    fn clipping_keeps_the_direction(g in vector(2..20), c in 1e-3..1.0) {
        let u = clipped(&g, c)?;
        let length = norm(&u);
        let dot: f64 = u.iter().zip(&g).map(|(u, g)| u / length.max(1e-300) * g).sum();
        relative(dot, norm(&g), 1e-14 * g.len() as f64)?;
    }

    #[test]
    fn global_norm_is_the_norm_of_the_concatenation(a in vector(1..30), b in vector(1..30)) {
        // Tensors of one flat vector or two halves of a sum: the same numbers, the same bits.
        let joint = [a.clone(), b.clone()].concat();
        let left = [a.clone(), vec![0.0; b.len()]].concat();
        let right = [vec![0.0; a.len()], b.clone()].concat();
        same_bits(global_norm(Gradient::sum_of(&[&left, &right])), norm(&joint))?;
        let squares: f64 = joint.iter().map(|x| (x / norm(&joint)).powi(2)).sum();
        if norm(&joint) > 1e-300 {
            relative(squares, 1.0, joint.len() as f64 * f64::EPSILON)?;
        }
    }

    #[test]
    fn global_norm_is_homogeneous(g in vector(0..3000), power in -900..900_i32) {
        prop_assume!(g.iter().all(|&g| g == 0.0 || (1e-9..1e9).contains(&g.abs())));
        let scale = f64::powi(2.0, power);
        let scaled: Vec<f64> = g.iter().map(|g| g * scale).collect();
        within_ulps(norm(&scaled), norm(&g) * scale, 1)?;
    }

    #[test]
    fn clipping_by_value_bounds_each_entry(g in ordinary(1..40), limit in 1e-6..1e6) {
        let optimizer = sgd(1.0)?.after(ClipByValue { limit })?;
        let theta = run(&optimizer, &vec![0.0; g.len()], 1, |_, _| g.clone())?;
        let u: Vec<f64> = theta.iter().map(|x| 0.0 - x).collect();
        let expected: Vec<f64> = g.iter().map(|g| 0.0 + g.clamp(-limit, limit)).collect();
        prop_assert_eq!(bits(&u), bits(&expected));
    }
}

#[test]
fn the_global_norm_does_not_lose_digits_with_length() -> Result<(), gradus_testkit::Violation> {
    // n equal numbers: √n |g|, three roundings; a plain sum of a million squares would lose three digits.
    for (n, g) in [(1_000_000, 0.1), (1 << 20, 1.0 / 3.0), (999_983, 1e-3)] {
        within_ulps(norm(&vec![g; n]), (n as f64).sqrt() * g, 2)?;
    }
    Ok(())
}

#[test]
fn the_norm_of_an_infinite_gradient_is_infinite() {
    for n in [1, 7, 100] {
        let mut g = vec![1.0; n];
        g[n / 2] = f64::NEG_INFINITY;
        assert_eq!(norm(&g), f64::INFINITY);
        g.push(f64::NAN); // as for `hypot`
        assert_eq!(norm(&g), f64::INFINITY);
    }
    assert!(norm(&[1.0, f64::NAN]).is_nan());
}
