//! Directions and angles.

use crate::inputs::*;
use gradus_linalg::nalgebra::DVector;
use gradus_linalg::{cosine, normalize};
use gradus_numeric::{Real, norm2};
use gradus_testkit::strategies::{orthogonal, structured_vector, vector};
use gradus_testkit::{all_scaled, at_most, cases, same_bits, scaled};
use proptest::prelude::*;

/// Two vectors that have a direction.
fn pair() -> impl Strategy<Value = (DVector<f64>, DVector<f64>)> {
    (1_usize..20)
        .prop_flat_map(|n| (prop_oneof![vector(n), structured_vector(n)], vector(n)))
        .prop_map(|(x, y)| (DVector::from_vec(x), DVector::from_vec(y)))
        .prop_filter("zero has no direction", |(x, y)| {
            x.iter().any(|x| *x != 0.0) && y.iter().any(|y| *y != 0.0)
        })
}

/// The same, of a size that can be multiplied and squared.
fn near_one() -> impl Strategy<Value = (DVector<f64>, DVector<f64>)> {
    (1_usize..20)
        .prop_flat_map(|n| (vector(n), vector(n)))
        .prop_map(|(x, y)| (DVector::from_vec(x), DVector::from_vec(y)))
        .prop_filter("zero has no direction", |(x, y)| {
            x.iter().any(|x| *x != 0.0) && y.iter().any(|y| *y != 0.0)
        })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_cosine_is_symmetric_and_at_most_one((x, y) in pair()) {
        let cos = cosine(&x, &y)?;
        at_most(cos.abs(), 1.0)?;
        same_bits(cos, cosine(&y, &x)?)?;
        scaled(cosine(&x, &x)?, 1.0, 8.0 * U, 1.0)?;
        scaled(cosine(&x, &-&x)?, -1.0, 8.0 * U, 1.0)?;
    }

    #[test]
    fn a_cosine_does_not_depend_on_lengths((x, y) in near_one(), factor in power_of_two()) {
        let cos = cosine(&x, &y)?;
        same_bits(cosine(&(&x * factor), &y)?, cos)?;
        prop_assert_eq!(cosine(&-&x, &y)?, -cos);
        let (x, y) = (x.map(f32::from_f64), y.map(f32::from_f64));
        let exact = cosine(&x.map(f64::from), &y.map(f64::from))?;
        prop_assert_eq!(cosine(&x, &y)?, f32::from_f64(exact));
    }

    #[test]
    fn the_law_of_cosines_holds((x, y) in near_one()) {
        let (a, b) = (norm2(x.as_slice()), norm2(y.as_slice()));
        let opposite = norm2((&x - &y).as_slice()).powi(2);
        let sides = a * a + b * b - 2.0 * a * b * cosine(&x, &y)?;
        scaled(opposite, sides, 16.0 * U, (a + b).powi(2))?;
    }

    #[test]
    fn rotations_keep_angles((q, x, y) in (1_usize..9).prop_flat_map(|n| (orthogonal(n), vector(n), vector(n)))) {
        let (x, y) = (DVector::from_vec(x), DVector::from_vec(y));
        if let (Ok(cos), Ok(rotated)) = (cosine(&x, &y), cosine(&(&q * &x), &(&q * &y))) {
            scaled(cos, rotated, rounding(x.len(), x.len()), 1.0)?;
        }
    }

    #[test]
    fn a_direction_has_length_one((x, _) in pair()) {
        scaled(norm2(normalize(&x)?.as_slice()), 1.0, 6.0 * U, 1.0)?;
    }

    #[test]
    fn a_direction_times_the_length_is_the_vector((x, _) in near_one()) {
        let length = norm2(x.as_slice());
        all_scaled((normalize(&x)? * length).as_slice(), x.as_slice(), 8.0 * U, length)?;
    }

    #[test]
    fn a_direction_does_not_depend_on_the_length((x, _) in near_one(), factor in power_of_two()) {
        let direction = normalize(&x)?;
        for (a, b) in normalize(&(&x * factor))?.iter().zip(&direction) {
            same_bits(*a, *b)?;
        }
    }
}
