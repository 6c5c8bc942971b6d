//! Laws of images that are altered.

use gradus_data::{
    AffineMap, Augmentation, Augmenter, DataError, Displacement, Elastic, Key, Rectangle, Shape,
    cut_mix, mix_up, mixing_share, warp,
};
use gradus_testkit::cases;
use proptest::prelude::*;
use std::f64::consts::TAU;

/// Images of one to seven rows and columns, with constant ones, ties and negative pixels among them.
fn image() -> impl Strategy<Value = (Shape, Vec<f64>)> {
    (1_usize..8, 1_usize..8).prop_flat_map(|(rows, columns)| {
        let pixel = prop_oneof![2 => -1.0..1.0, 1 => Just(0.0), 1 => Just(1.0)];
        let pixels = prop_oneof![
            3 => prop::collection::vec(pixel, rows * columns),
            1 => Just(vec![0.5; rows * columns]),
        ];
        (Just(Shape::new(rows, columns)), pixels)
    })
}

/// Maps that turn, scale, slant and shift; not made by the composition that is tested.
fn map() -> impl Strategy<Value = AffineMap> {
    let numbers = (-TAU..TAU, 0.5..2.0, -1.0..1.0, -3.0..3.0, -3.0..3.0);
    numbers.prop_map(
        |(angle, factor, slope, rows, columns): (f64, f64, f64, f64, f64)| {
            let (sin, cos) = angle.sin_cos();
            AffineMap {
                matrix: [
                    [factor * cos, slope * cos - sin / factor],
                    [factor * sin, slope * sin + cos / factor],
                ],
                shift: [rows, columns],
            }
        },
    )
}

fn point() -> impl Strategy<Value = [f64; 2]> {
    [-9.0..9.0, -9.0..9.0]
}

fn settings() -> impl Strategy<Value = Augmentation> {
    let numbers = (0.0..3.0, 0.0..7.0, 0.0..1.0, 0.0..1.0, 0.0..1.0, 0.0..0.5);
    (numbers, any::<bool>()).prop_map(|((shift, rotation, scale, shear, mirror, erase), bent)| {
        Augmentation {
            shift,
            rotation,
            scale,
            shear,
            mirror,
            elastic: bent.then_some(Elastic {
                strength: 2.0,
                smoothness: 1.5,
            }),
            noise: 0.0,
            erase,
        }
    })
}

fn near([a, b]: [f64; 2], [c, d]: [f64; 2], tolerance: f64) -> bool {
    (a - c).abs() <= tolerance && (b - d).abs() <= tolerance
}

/// The smallest and the largest of the pixels and 0.
fn bounds(image: &[f64]) -> (f64, f64) {
    let fold = |f: fn(f64, f64) -> f64| image.iter().copied().fold(0.0, f);
    (fold(f64::min), fold(f64::max))
}

/// Weights of four pixels sum to 1 up to a few roundings.
const ROUNDING: f64 = 8.0 * f64::EPSILON;

/// Coordinates are at most a hundred, matrices have entries of at most ten.
const PLANE: f64 = 1e5 * f64::EPSILON;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn maps_compose(f in map(), g in map(), p in point()) {
        prop_assert!(near(f.then(g).apply(p), g.apply(f.apply(p)), PLANE));
        prop_assert_eq!(f.then(AffineMap::IDENTITY), f);
    }

    #[test]
    fn an_inverse_undoes_its_map(f in map(), p in point()) {
        prop_assert!(near(f.inverse()?.apply(f.apply(p)), p, PLANE));
    }

    #[test]
    fn rotations_add_up(a in -TAU..TAU, b in -TAU..TAU, p in point()) {
        let (turn, both) = (AffineMap::rotation(a), AffineMap::rotation(a + b));
        let [u, v] = turn.apply(p);
        prop_assert!((u.hypot(v) - p[0].hypot(p[1])).abs() <= PLANE);
        prop_assert!(near(turn.then(AffineMap::rotation(b)).apply(p), both.apply(p), PLANE));
    }

    #[test]
    fn moving_nothing_changes_no_bit((size, image) in image()) {
        prop_assert_eq!(warp(&image, size, &AffineMap::IDENTITY)?, image);
    }

    #[test]
    fn whole_pixels_are_only_moved((size, image) in image(), down in -3_i32..4, right in -3_i32..4) {
        let moved = warp(&image, size, &AffineMap::shift(down.into(), right.into()))?;
        let mirrored = warp(&image, size, &AffineMap::MIRROR)?;
        for r in 0..size.rows {
            for c in 0..size.columns {
                let at = |r: usize, c: usize| image[r * size.columns + c];
                let from = |x: usize, by: i32| x.checked_add_signed(-by as isize);
                let source = from(r, down).zip(from(c, right));
                let source = source.filter(|&(r, c)| r < size.rows && c < size.columns);
                prop_assert_eq!(moved[r * size.columns + c], source.map_or(0.0, |(r, c)| at(r, c)));
                prop_assert_eq!(mirrored[r * size.columns + c], at(r, size.columns - 1 - c));
            }
        }
    }

    #[test]
    fn resampled_pixels_lie_between((size, image) in image(), map in map()) {
        let (low, high) = bounds(&image);
        for x in warp(&image, size, &map)? {
            prop_assert!(x >= low - ROUNDING && x <= high + ROUNDING, "{x} outside of {low} to {high}");
        }
    }

    #[test]
    fn resampling_is_linear((size, image) in image(), map in map(), a in -2.0_f64..2.0) {
        let other: Vec<f64> = image.iter().rev().copied().collect();
        let sum: Vec<f64> = image.iter().zip(&other).map(|(x, y)| a * x + y).collect();
        let (x, y) = (warp(&image, size, &map)?, warp(&other, size, &map)?);
        for ((x, y), z) in x.iter().zip(y).zip(warp(&sum, size, &map)?) {
            prop_assert!(f64::abs(a * x + y - z) <= 4.0 * ROUNDING);
        }
    }

    #[test]
    fn elastic_displacements_are_bounded((size, image) in image(), strength in 0.0..5.0, smoothness in 0.3..4.0, seed in any::<u64>()) {
        let field = Displacement::elastic(size, strength, smoothness, &mut Key::new(seed).rng())?;
        prop_assert_eq!(field.offsets().len(), image.len());
        for offset in field.offsets().as_flattened() {
            prop_assert!(offset.abs() <= strength * (1.0 + 100.0 * f64::EPSILON)); // the sums of two kernels of 25 weights
        }
    }

    #[test]
    fn a_displacement_of_zero_changes_no_bit((size, image) in image(), seed in any::<u64>()) {
        let field = Displacement::elastic(size, 0.0, 1.0, &mut Key::new(seed).rng())?;
        prop_assert_eq!(field.apply(&image)?, image);
    }

    #[test]
    fn rectangles_lie_in_the_image((size, _) in image(), share in 0.0..=1.0, seed in any::<u64>()) {
        let hole = Rectangle::random(size, share, &mut Key::new(seed).rng())?;
        prop_assert!(hole.rows.end <= size.rows && hole.columns.end <= size.columns);
        prop_assert!((0.0..=1.0).contains(&hole.share(size)));
    }

    #[test]
    fn rectangles_have_the_share_that_was_asked_for((size, _) in image(), share in 0.0..=1.0, seed in any::<u64>()) {
        let hole = Rectangle::random(size, share, &mut Key::new(seed).rng())?;
        for (part, whole) in [(hole.rows.len(), size.rows), (hole.columns.len(), size.columns)] {
            prop_assert!((part as f64 - whole as f64 * f64::sqrt(share)).abs() <= 0.5 + ROUNDING);
        }
    }

    #[test]
    fn mixtures_lie_between((_, image) in image(), share in 0.0..=1.0) {
        let other: Vec<f64> = image.iter().rev().copied().collect();
        prop_assert_eq!(&mix_up(&image, &other, 1.0)?, &image);
        prop_assert_eq!(&mix_up(&image, &other, 0.0)?, &other);
        for ((x, y), z) in image.iter().zip(&other).zip(mix_up(&image, &other, share)?) {
            prop_assert!(z >= x.min(*y) && z <= x.max(*y));
            prop_assert!((z - (y + share * (x - y))).abs() <= ROUNDING);
        }
    }

    #[test]
    fn mixed_labels_sum_to_one(first in 0_usize..5, second in 0_usize..5, share in 0.0..=1.0) {
        let label = |k: usize| -> Vec<f64> { (0..5).map(|i| f64::from(u8::from(i == k))).collect() };
        let mixed = mix_up(&label(first), &label(second), share)?;
        prop_assert!((mixed.iter().sum::<f64>() - 1.0).abs() <= ROUNDING);
        prop_assert!(mixed[first] >= share - ROUNDING);
    }

    #[test]
    fn cut_pixels_come_from_one_of_both((size, image) in image(), share in 0.0..=1.0, seed in any::<u64>()) {
        let hole = Rectangle::random(size, share, &mut Key::new(seed).rng())?;
        let other: Vec<f64> = image.iter().map(|x| x + 10.0).collect();
        let (mixed, kept) = cut_mix(&image, &other, size, &hole)?;
        let own = mixed.iter().zip(&image).filter(|(x, y)| x == y).count();
        let new = mixed.iter().zip(&other).filter(|(x, y)| x == y).count();
        prop_assert_eq!(own + new, image.len());
        prop_assert!((kept - own as f64 / image.len() as f64).abs() <= ROUNDING);
    }

    #[test]
    fn an_augmented_image_depends_on_its_key_alone((size, image) in image(), settings in settings(), seed in any::<u64>()) {
        let augmenter = Augmenter::new(settings, size)?;
        let altered = |epoch, sample| -> Result<Vec<f64>, DataError> {
            let mut image = image.clone();
            augmenter.apply(&mut image, Key::new(seed).round(epoch).index(sample))?;
            Ok(image)
        };
        let first = altered(0, 0)?;
        let _ = altered(1, 5)?;
        prop_assert_eq!(altered(0, 0)?, first);
    }

    #[test]
    fn nothing_allowed_is_nothing_altered((size, image) in image(), seed in any::<u64>()) {
        let mut altered = image.clone();
        Augmenter::new(Augmentation::default(), size)?.apply(&mut altered, Key::new(seed))?;
        prop_assert_eq!(altered, image);
    }

    #[test]
    fn augmented_pixels_lie_between((size, image) in image(), settings in settings(), seed in any::<u64>()) {
        let (low, high) = bounds(&image);
        let mut altered = image;
        Augmenter::new(settings, size)?.apply(&mut altered, Key::new(seed))?;
        for x in altered {
            prop_assert!(x >= low - ROUNDING && x <= high + ROUNDING, "{x} outside of {low} to {high}");
        }
    }
}

/// Ten thousand draws: means within five standard errors, variances within a tenth.
#[test]
fn mixing_shares_follow_the_beta_law() -> Result<(), DataError> {
    for alpha in [0.2, 1.0, 4.0] {
        let rng = &mut Key::new(1).rng();
        let shares = (0..10_000).map(|_| mixing_share(alpha, rng));
        let shares: Vec<f64> = shares.collect::<Result<_, _>>()?;
        let mean = shares.iter().sum::<f64>() / 1e4;
        let variance = shares.iter().map(|x| (x - 0.5) * (x - 0.5)).sum::<f64>() / 1e4;
        let expected = 1.0 / (8.0 * alpha + 4.0);
        assert!((mean - 0.5).abs() < 5.0 * (expected / 1e4_f64).sqrt());
        assert!((variance / expected - 1.0).abs() < 0.1);
    }
    Ok(())
}
