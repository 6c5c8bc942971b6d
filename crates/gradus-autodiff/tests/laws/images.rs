//! Convolution, pooling and normalization: what they are, group by group and place by place.

use gradus_autodiff::rules::{
    AveragePool, Convolve, Embed, GroupNorm, LayerNorm, MaxPool, Moments, Normalize, Patches,
    RmsNorm, Window,
};
use gradus_autodiff::{Arena, AutodiffError, Element, MatrixVar, Point, Rule, Tape};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
use gradus_testkit::{all_relative, all_scaled, all_within_ulps, cases, scaled, strategies};
use proptest::prelude::*;
use std::error::Error;
use std::sync::Arc;

/// Four channels of 3×4 pixels.
const WINDOW: Window = Window {
    channels: 4,
    image: [3, 4],
    kernel: [2, 3],
    stride: [1, 2],
    padding: [1, 1],
    dilation: [1, 1],
};
const SAMPLES: usize = 3;
const PIXELS: usize = 4 * 12 * SAMPLES;
const TAPS: usize = 6;
const OUTPUTS: usize = 6;

fn convolve<'t>(
    tape: &'t Tape<'t, f64>,
    x: MatrixVar<'t, f64>,
    window: Window,
    [w, b]: [MatrixVar<'t, f64>; 2],
    groups: usize,
) -> MatrixVar<'t, f64> {
    tape.apply(Arc::new(Convolve { window, groups }), [w, x, b])
}

/// Value and gradient of a weighed sum of a convolution's outputs, and how many terms the longest sum has; numbers are from
/// −1 to 1.
fn convolution_gradient<T: Element>(
    window: Window,
    [w, x, b]: [Shape; 3],
    direct: bool,
    seed: u32,
) -> Result<(Vec<f64>, usize), AutodiffError> {
    let length = |m: Shape| m.rows * m.columns;
    let [height, width] = window.output().unwrap_or_default();
    let outputs = w.rows * height * width * x.columns;
    let mut state = seed;
    let mut numbers = |count: usize| -> Vec<T> {
        let number = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            T::from_f64(f64::from(state >> 8) / f64::from(1 << 23) - 1.0)
        };
        std::iter::repeat_with(number).take(count).collect()
    };
    let (theta, weights) = (numbers(length(w) + length(x) + length(b)), numbers(outputs));
    let mut gradient = vec![T::from_f64(0.0); theta.len()];
    let value = Arena::new().value_and_gradient(&theta, &mut gradient, |tape| {
        let x_at = length(w);
        let (w, x, b) = (
            tape.parameter(0, w),
            tape.parameter(x_at, x),
            tape.parameter(x_at + length(x), b),
        );
        let y = if direct {
            tape.apply(Arc::new(Convolve { window, groups: 1 }), [w, x, b])
        } else {
            x.apply(Arc::new(Patches(window))).affine(w, b)
        };
        let weights = tape.constant(y.shape(), Order::Rows, |m| m.copy_from_slice(&weights));
        y.hadamard(weights).sum()
    })?;
    let all = gradient
        .iter()
        .chain([&value])
        .map(|g| g.to_f64())
        .collect();
    Ok((all, outputs * w.columns))
}

fn entries(y: MatrixVar<'_, f64>) -> Result<Vec<f64>, AutodiffError> {
    y.with(|y| (0..y.rows()).flat_map(|i| y.row(i)).collect())
}

/// Sizes from 0 on, most of them small, some so large that sums overflow.
fn side_pair() -> impl Strategy<Value = [usize; 2]> {
    let side = || prop_oneof![8 => 0..7_usize, 1 => Just(usize::MAX), 1 => Just(usize::MAX / 2)];
    [side(), side()]
}

/// Whether a size is one that no memory has.
fn huge(window: &Window) -> bool {
    let sizes = [window.image, window.kernel, window.padding, window.dilation];
    sizes.iter().flatten().any(|&size| size > 1 << 32)
}

proptest! {
    #![proptest_config(cases())]

    /// Two groups: the first outputs see the first channels alone, the others the others.
    #[test]
    fn groups_are_convolutions_of_their_channels(
        x in strategies::vector(PIXELS), w in strategies::vector(OUTPUTS * 2 * TAPS), b in strategies::vector(OUTPUTS),
    ) {
        let theta = [x, w, b].concat();
        let (weights, biases) = (PIXELS, PIXELS + OUTPUTS * 2 * TAPS);
        let tape = Tape::new(&theta);
        let all = convolve(
            &tape,
            tape.parameter(0, Shape::new(48, SAMPLES)),
            WINDOW,
            [tape.parameter(weights, Shape::new(OUTPUTS, 2 * TAPS)), tape.parameter(biases, Shape::new(OUTPUTS, 1))],
            2,
        );
        let half = Window { channels: 2, ..WINDOW };
        let mut parts = vec![];
        for g in 0..2 {
            let tape = Tape::new(&theta);
            let w = tape.parameter(weights + g * 3 * 2 * TAPS, Shape::new(3, 2 * TAPS));
            let b = tape.parameter(biases + g * 3, Shape::new(3, 1));
            let x = tape.parameter(g * PIXELS / 2, Shape::new(24, SAMPLES));
            parts.extend(entries(convolve(&tape, x, half, [w, b], 1))?);
        }
        let scale = parts.iter().map(|y| y.abs()).fold(1.0, f64::max);
        all_scaled(&entries(all)?, &parts, 1e-14, scale)?; // sums of 12 products, in another order
    }

    /// Value and adjoints, whatever the window, the number of outputs and how many samples lie side by side.
    #[test]
    fn a_convolution_is_the_affine_map_of_its_patches(
        kernel in [1..4_usize, 1..5_usize], stride in [1..3_usize, 1..3_usize], padding in [0..3_usize, 0..3_usize],
        dilation in [1..3_usize, 1..3_usize], outputs in 1..8_usize, n in 1..40_usize, seed in any::<u32>(),
    ) {
        let window = Window { channels: 5, image: [4, 6], kernel, stride, padding, dilation };
        prop_assume!(window.output().is_some());
        let shapes = [Shape::new(outputs, 5 * window.taps()), Shape::new(120, n), Shape::new(outputs, 1)];
        let [direct, by_patches] = [true, false].map(|direct| convolution_gradient::<f64>(window, shapes, direct, seed));
        let ((direct, size), (by_patches, _)) = (direct?, by_patches?);
        all_scaled(&direct, &by_patches, size as f64 * f64::EPSILON, size as f64)?;
        let [direct, by_patches] = [true, false].map(|direct| convolution_gradient::<f32>(window, shapes, direct, seed));
        let ((direct, _), (by_patches, _)) = (direct?, by_patches?);
        all_scaled(&direct, &by_patches, size as f64 * f64::from(f32::EPSILON), size as f64)?;
    }

    #[test]
    fn pooling_a_whole_image_is_a_reduction(x in strategies::vector(PIXELS)) {
        let whole = Window::whole(4, [3, 4]);
        let tape = Tape::new(&x);
        let images = || tape.parameter(0, Shape::new(48, SAMPLES));
        let mean = entries(images().apply(Arc::new(AveragePool(whole))))?;
        let max = entries(images().apply(Arc::new(MaxPool(whole))))?;
        for c in 0..4 {
            for n in 0..SAMPLES {
                let pixels: Vec<f64> = (0..12).map(|k| x[(c * 12 + k) * SAMPLES + n]).collect();
                let (size, sum) = (pixels.iter().map(|x| x.abs()).sum::<f64>(), pixels.iter().sum::<f64>());
                prop_assert!((mean[c * SAMPLES + n] - sum / 12.0).abs() <= 12.0 * f64::EPSILON * size);
                prop_assert_eq!(max[c * SAMPLES + n], pixels.into_iter().fold(f64::NEG_INFINITY, f64::max));
            }
        }
    }

    #[test]
    fn averages_of_a_constant_image_are_that_constant(c in strategies::finite()) {
        let x = [c / 16.0; PIXELS];
        let tape = Tape::new(&x);
        let mean = entries(tape.parameter(0, Shape::new(48, SAMPLES)).apply(Arc::new(AveragePool(WINDOW))))?;
        let count = mean.len();
        all_within_ulps(&mean, &vec![c / 16.0; count], 4)?;
    }

    /// Small integers, so that there are ties.
    #[test]
    fn the_adjoint_of_a_maximum_goes_to_one_pixel(x in proptest::collection::vec(0..3_i32, PIXELS)) {
        let theta: Vec<f64> = x.into_iter().map(f64::from).collect();
        // Windows do not overlap; the second ones leave no pixel out and do not stand over.
        let apart = Window { stride: [2, 3], ..WINDOW };
        for apart in [apart, Window { kernel: [3, 2], stride: [3, 2], padding: [0, 0], ..WINDOW }] {
            let mut gradient = [f64::NAN; PIXELS];
            let mut count = 0;
            let sum = Arena::new().value_and_gradient(&theta, &mut gradient, |tape| {
                let y = tape.parameter(0, Shape::new(48, SAMPLES)).apply(Arc::new(MaxPool(apart)));
                count = y.shape().rows * y.shape().columns;
                y.sum()
            })?;
            prop_assert!(gradient.iter().all(|&g| g == 0.0 || g == 1.0));
            prop_assert_eq!(gradient.iter().filter(|&&g| g == 1.0).count(), count);
            let taken: f64 = gradient.iter().zip(&theta).map(|(g, x)| g * x).sum();
            prop_assert_eq!(taken, sum);
        }
    }

    #[test]
    fn layer_norm_brings_every_place_to_mean_and_deviation(x in strategies::vector(PIXELS)) {
        let theta = [x, vec![2.0; 4], vec![5.0; 4]].concat();
        let tape = Tape::new(&theta);
        let (x, scales) = (tape.parameter(0, Shape::new(48, SAMPLES)), tape.parameter(PIXELS, Shape::new(2, 4)));
        let y = entries(tape.apply(Arc::new(LayerNorm { channels: 4, epsilon: 0.0 }), [x, scales]))?;
        let places = 12 * SAMPLES;
        for k in 0..places {
            let channels: Vec<f64> = (0..4).map(|c| y[c * places + k]).collect();
            standard(&channels, 5.0, 2.0)?;
        }
    }

    /// Strips of 64, 16, 4 and 1 columns, with and without a rest, and rows in fours, with and without a rest.
    #[test]
    fn layer_norm_is_its_formula_for_any_number_of_rows_and_columns(
        channels in 1..11_usize, samples in 1..140_usize, numbers in strategies::vector(10 * 140),
    ) {
        let length = channels * samples;
        let theta = [numbers[..length].to_vec(), vec![1.5; channels], vec![-0.5; channels]].concat();
        let tape = Tape::new(&theta);
        let (x, scales) = (tape.parameter(0, Shape::new(channels, samples)), tape.parameter(length, Shape::new(2, channels)));
        let y = entries(tape.apply(Arc::new(LayerNorm { channels, epsilon: 1.0 }), [x, scales]))?;
        for j in 0..samples {
            let column: Vec<f64> = (0..channels).map(|c| numbers[c * samples + j]).collect(); // rows are contiguous
            let m = channels as f64;
            let mean = column.iter().sum::<f64>() / m;
            let variance = column.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / m;
            for (c, x) in column.iter().enumerate() {
                let expected = 1.5 * (x - mean) / (variance + 1.0).sqrt() - 0.5;
                // numbers up to 100 over a deviation of at least 1: a hundred times ten roundings
                scaled(y[c * samples + j], expected, 1e-13, 200.0)?;
            }
        }
    }

    /// $`\operatorname{Var} y = v / (v + \varepsilon)`$, which is not 1.
    #[test]
    fn layer_norm_leaves_the_share_of_epsilon(x in strategies::integers(PIXELS), epsilon in 0.01..9.0_f64) {
        let theta = [x.clone(), vec![1.0; 4], vec![0.0; 4]].concat();
        let tape = Tape::new(&theta);
        let (image, scales) = (tape.parameter(0, Shape::new(48, SAMPLES)), tape.parameter(PIXELS, Shape::new(2, 4)));
        let y = entries(tape.apply(Arc::new(LayerNorm { channels: 4, epsilon }), [image, scales]))?;
        let places = 12 * SAMPLES;
        for k in 0..places {
            let moments = |x: &[f64]| {
                let channels: [f64; 4] = std::array::from_fn(|c| x[c * places + k]);
                let mean = channels.iter().sum::<f64>() / 4.0;
                (mean, channels.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 4.0)
            };
            let ((_, v), (mean, variance)) = (moments(&x), moments(&y));
            scaled(mean, 0.0, 1e-13, 1.0)?;
            scaled(variance, v / (v + epsilon), 1e-13, 1.0)?;
        }
    }

    #[test]
    fn layer_norm_without_epsilon_is_blind_to_powers_of_two(x in strategies::vector(PIXELS), power in -9..9_i32) {
        let normalized = |factor: f64| -> Result<Vec<f64>, AutodiffError> {
            let x: Vec<f64> = x.iter().map(|x| factor * x).collect();
            let theta = [x, vec![1.5; 4], vec![-0.5; 4]].concat();
            let tape = Tape::new(&theta);
            let (x, scales) = (tape.parameter(0, Shape::new(48, SAMPLES)), tape.parameter(PIXELS, Shape::new(2, 4)));
            entries(tape.apply(Arc::new(LayerNorm { channels: 4, epsilon: 0.0 }), [x, scales]))
        };
        gradus_testkit::all_same_bits(&normalized(1.0)?, &normalized(2.0_f64.powi(power))?)?;
    }

    /// As many groups as channels: every channel of every sample by its own mean and variance (instance normalization).
    #[test]
    fn as_many_groups_as_channels_is_instance_normalization(x in strategies::vector(PIXELS), scales in strategies::vector(8), epsilon in 0.01..1.0_f64) {
        let theta = [x.clone(), scales.clone()].concat();
        let tape = Tape::new(&theta);
        let (image, parameters) = (tape.parameter(0, Shape::new(48, SAMPLES)), tape.parameter(PIXELS, Shape::new(2, 4)));
        let y = entries(tape.apply(Arc::new(GroupNorm { channels: 4, groups: 4, epsilon }), [image, parameters]))?;
        for (c, n) in (0..4).flat_map(|c| (0..SAMPLES).map(move |n| (c, n))) {
            let at = |k: usize| (12 * c + k) * SAMPLES + n;
            let mean = (0..12).map(|k| x[at(k)]).sum::<f64>() / 12.0;
            let variance = (0..12).map(|k| (x[at(k)] - mean).powi(2)).sum::<f64>() / 12.0;
            for k in 0..12 {
                let expected = scales[c] * (x[at(k)] - mean) / (variance + epsilon).sqrt() + scales[4 + c];
                // differences of numbers up to 100 over a deviation of at least 0.1
                scaled(y[at(k)], expected, 1e-13, 100.0 * (1.0 + 1.0 / (variance + epsilon).sqrt()))?;
            }
        }
    }

    /// What flows back through a pool is as much as came, through means and through maxima, for windows that leave out no
    /// pixel twice and stand over the edge.
    #[test]
    fn pools_give_back_what_they_get(x in strategies::vector(PIXELS), u in strategies::integers(4 * 6 * SAMPLES)) {
        let Some([height, width]) = WINDOW.output() else { return Err(TestCaseError::fail("no output")) };
        let outputs = 4 * height * width;
        let ask = |mean: bool| -> Result<f64, AutodiffError> {
            let tape = Tape::new(&x);
            let image = tape.parameter(0, Shape::new(48, SAMPLES));
            let y = if mean { image.apply(Arc::new(AveragePool(WINDOW))) } else { image.apply(Arc::new(MaxPool(WINDOW))) };
            let weights = tape.constant(Shape::new(outputs, SAMPLES), Order::Rows, |w| {
                w.iter_mut().enumerate().for_each(|(k, w)| *w = u[k % u.len()]);
            });
            Ok(tape.gradient(y.hadamard(weights).sum())?.iter().sum())
        };
        let given: f64 = (0..outputs * SAMPLES).map(|k| u[k % u.len()]).sum();
        prop_assert_eq!(ask(false)?, given);
        scaled(ask(true)?, given, 1e-13, 1e3)?; // parts of whole numbers
    }

    /// $`\lfloor (n + 2 p - d (k - 1) - 1) / s \rfloor + 1`$ for each side, or nothing; never a panic.
    #[test]
    fn a_window_has_as_many_places_as_the_formula_says(
        image in side_pair(), kernel in side_pair(), stride in side_pair(), padding in side_pair(), dilation in side_pair(),
    ) {
        let window = Window { channels: 1, image, kernel, stride, padding, dilation };
        let places = |i: usize| -> Option<usize> {
            let [n, k, s, p, d] = [image[i], kernel[i], stride[i], padding[i], dilation[i]].map(|x| x as i128);
            let room = n + 2 * p - d * (k - 1) - 1;
            // A window looks at different pixels, no further apart than the image is long, and never all of it stands over.
            let sees = k > 0 && d > 0 && d * (k - 1) + 1 > p && (d <= n || k == 1);
            (sees && s > 0 && room >= 0).then(|| usize::try_from(room / s + 1).ok()).flatten()
        };
        match window.output() {
            Some(output) => prop_assert_eq!(Some(output), places(0).zip(places(1)).map(|(h, w)| [h, w])),
            // sizes beyond those of memory are no sizes
            None => prop_assert!(places(0).is_none() || places(1).is_none() || huge(&window), "{window:?}"),
        }
    }

    #[test]
    fn group_norm_brings_every_group_to_mean_and_deviation(x in strategies::vector(PIXELS)) {
        let theta = [x, vec![2.0; 4], vec![5.0; 4]].concat();
        let tape = Tape::new(&theta);
        let (x, scales) = (tape.parameter(0, Shape::new(48, SAMPLES)), tape.parameter(PIXELS, Shape::new(2, 4)));
        let y = entries(tape.apply(Arc::new(GroupNorm { channels: 4, groups: 2, epsilon: 0.0 }), [x, scales]))?;
        for (group, n) in (0..2).flat_map(|g| (0..SAMPLES).map(move |n| (g, n))) {
            let rows: Vec<f64> = (0..24).map(|k| y[(24 * group + k) * SAMPLES + n]).collect();
            standard(&rows, 5.0, 2.0)?;
        }
    }

    /// 300 samples, so that blocks of columns and what is left over both occur.
    #[test]
    fn one_group_of_vectors_is_layer_normalization(x in strategies::vector(5 * 300), scales in strategies::vector(10)) {
        let theta = [x, scales].concat();
        let tape = Tape::new(&theta);
        let (x, scales) = (tape.parameter(0, Shape::new(5, 300)), tape.parameter(1500, Shape::new(2, 5)));
        let (channels, epsilon) = (5, 1e-3);
        let group = tape.apply(Arc::new(GroupNorm { channels, groups: 1, epsilon }), [x, scales]);
        let layer = tape.apply(Arc::new(LayerNorm { channels, epsilon }), [x, scales]);
        prop_assert_eq!(entries(group)?, entries(layer)?);
        prop_assert_eq!(tape.gradient(group.squared_sum())?, tape.gradient(layer.squared_sum())?);
    }

    #[test]
    fn rms_norm_is_blind_to_powers_of_two(x in strategies::vector(PIXELS), power in -9..9_i32) {
        let normalized = |scale: f64| -> Result<Vec<f64>, AutodiffError> {
            let x: Vec<f64> = x.iter().map(|x| scale * (x + 3.0)).collect();
            let theta = [x, vec![1.0, -2.0, 3.0, 0.5]].concat();
            let tape = Tape::new(&theta);
            let (x, gamma) = (tape.parameter(0, Shape::new(48, SAMPLES)), tape.parameter(PIXELS, Shape::new(1, 4)));
            entries(tape.apply(Arc::new(RmsNorm { channels: 4, epsilon: 0.0 }), [x, gamma]))
        };
        prop_assert_eq!(normalized(1.0)?, normalized(2.0_f64.powi(power))?);
    }

    /// Small integers, so that both sums are exact; some rows are looked up often, some never.
    #[test]
    fn looking_up_is_a_product_with_columns_of_one_one(
        w in proptest::collection::vec(-9..9_i32, 15), x in proptest::collection::vec(0..4_usize, 8),
    ) {
        let theta: Vec<f64> = w.into_iter().map(f64::from).collect(); // five rows of three
        let tape = Tape::new(&theta);
        let w = tape.parameter(0, Shape::new(5, 3));
        let numbers = tape.constant(Shape::new(4, 2), Order::Rows, |m| {
            m.iter_mut().zip(&x).for_each(|(m, &x)| *m = x as f64);
        });
        let ones = tape.constant(Shape::new(5, 8), Order::Rows, |m| {
            m.fill(0.0);
            x.iter().enumerate().for_each(|(place, &x)| m[8 * x + place] = 1.0);
        });
        let (found, product) = (tape.apply(&Embed, [w, numbers]), w.transpose() * ones);
        prop_assert_eq!(entries(found)?, entries(product)?); // dimensions × places, whatever a column is
        prop_assert_eq!(tape.gradient(found.squared_sum())?, tape.gradient(product.squared_sum())?);
    }

    #[test]
    fn batch_norm_brings_every_channel_to_mean_and_deviation(x in strategies::vector(PIXELS)) {
        let theta = [x, vec![2.0; 4], vec![5.0; 4]].concat();
        let tape = Tape::new(&theta);
        let (x, scales) = (tape.parameter(0, Shape::new(48, SAMPLES)), tape.parameter(PIXELS, Shape::new(2, 4)));
        let moments = x.apply(Arc::new(Moments { channels: 4 }));
        let norm = Arc::new(Normalize { channels: 4, epsilon: 0.0 });
        let y = entries(tape.apply(norm, [x, moments, scales]))?;
        for channel in y.chunks(12 * SAMPLES) {
            standard(channel, 5.0, 2.0)?;
        }
    }

    /// Integers, and a shift that is one, so that every distance is exact.
    #[test]
    fn layer_norm_is_blind_to_shifts(x in strategies::integers(PIXELS), shift in -9..9_i32) {
        let normalized = |shift: f64| -> Result<Vec<f64>, AutodiffError> {
            let x: Vec<f64> = x.iter().map(|x| 4.0 * (x + shift)).collect(); // means of four channels are integers
            let theta = [x, vec![1.0; 4], vec![0.0; 4]].concat();
            let tape = Tape::new(&theta);
            let (x, scales) = (tape.parameter(0, Shape::new(48, SAMPLES)), tape.parameter(PIXELS, Shape::new(2, 4)));
            entries(tape.apply(Arc::new(LayerNorm { channels: 4, epsilon: 1.0 }), [x, scales]))
        };
        all_relative(&normalized(0.0)?, &normalized(shift.into())?, 0.0)?;
    }

    #[test]
    fn moments_of_shifted_channels(x in strategies::integers(64), shift in -9..9_i32) {
        let moments = |shift: f64| -> Result<Vec<f64>, AutodiffError> {
            let x: Vec<f64> = x.iter().map(|x| x + shift).collect();
            let tape = Tape::new(&x);
            entries(tape.parameter(0, Shape::new(4, 16)).apply(Arc::new(Moments { channels: 2 })))
        };
        let (here, there) = (moments(0.0)?, moments(shift.into())?);
        let shifted: Vec<f64> = here[..2].iter().map(|m| m + f64::from(shift)).collect();
        all_relative(&there[..2], &shifted, 0.0)?; // 32 numbers of a few bits: exact
        all_relative(&there[2..], &here[2..], 0.0)?;
    }
}

/// Mean and deviation, unless the numbers are nearly equal.
fn standard(x: &[f64], mean: f64, deviation: f64) -> Result<(), TestCaseError> {
    let n = x.len() as f64;
    let m = x.iter().sum::<f64>() / n;
    let v = x.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / n;
    prop_assert!((m - mean).abs() <= 1e-6, "mean {m}"); // cancellation of nearly equal numbers
    prop_assert!(
        (v.sqrt() - deviation).abs() <= 1e-6,
        "deviation {}",
        v.sqrt()
    );
    Ok(())
}

/// A network is first recorded on a batch of no samples.
#[test]
fn images_without_samples_are_no_error() -> Result<(), AutodiffError> {
    let theta = [1.0; 200];
    let tape = Tape::new(&theta);
    let x = tape.constant(Shape::new(48, 0), Order::Columns, |_| {});
    let (w, b) = (
        tape.parameter(0, Shape::new(6, 24)),
        tape.parameter(144, Shape::new(6, 1)),
    );
    let scales = tape.parameter(150, Shape::new(2, 4));
    let y = convolve(&tape, x, WINDOW, [w, b], 1);
    assert_eq!(y.shape(), Shape::new(6 * 8, 0));
    let norm = tape.apply(
        Arc::new(LayerNorm {
            channels: 4,
            epsilon: 1e-5,
        }),
        [x, scales],
    );
    let moments = x.apply(Arc::new(Moments { channels: 4 }));
    assert_eq!(entries(moments)?, [0.0; 8]);
    let batch = tape.apply(
        Arc::new(Normalize {
            channels: 4,
            epsilon: 1e-5,
        }),
        [x, moments, scales],
    );
    let [pooled, mean, patches] = [
        x.apply(Arc::new(MaxPool(WINDOW))),
        x.apply(Arc::new(AveragePool(WINDOW))),
        x.apply(Arc::new(Patches(WINDOW))),
    ];
    let all = [y, norm, batch, pooled, mean, patches].map(MatrixVar::sum);
    assert_eq!(tape.gradient(all.into_iter().sum())?, [0.0; 200]);
    Ok(())
}

/// Whatever is recorded on 200 ones does not fit.
fn mistake(record: impl for<'t> FnOnce(&'t Tape<'t, f64>) -> MatrixVar<'t, f64>) {
    let theta = [1.0; 200];
    let tape = Tape::new(&theta);
    let outcome = record(&tape).with(|_| ());
    assert!(
        matches!(outcome, Err(AutodiffError::ShapeMismatch { .. })),
        "{outcome:?}"
    );
}

/// Wrong geometry is an error with the shapes in it, whatever the numbers.
#[test]
fn images_that_do_not_fit_are_an_error() {
    mistake(|tape| {
        tape.parameter(0, Shape::new(47, 2))
            .apply(Arc::new(Patches(WINDOW)))
    });
    mistake(|tape| {
        tape.parameter(0, Shape::new(47, 2))
            .apply(Arc::new(MaxPool(WINDOW)))
    });
    mistake(|tape| {
        let still = Window {
            stride: [0, 1],
            ..WINDOW
        };
        tape.parameter(0, Shape::new(48, 2))
            .apply(Arc::new(AveragePool(still)))
    });
    mistake(|tape| {
        let huge = Window {
            image: [usize::MAX, usize::MAX],
            ..WINDOW
        };
        tape.parameter(0, Shape::new(48, 2))
            .apply(Arc::new(Patches(huge)))
    });
    mistake(|tape| {
        tape.parameter(0, Shape::new(48, 2))
            .apply(Arc::new(Moments { channels: 0 }))
    });
    mistake(|tape| {
        tape.parameter(0, Shape::new(48, 2))
            .apply(Arc::new(Moments { channels: 5 }))
    });
}

#[test]
fn normalizations_that_do_not_fit_are_an_error() {
    mistake(|tape| {
        let (x, scales) = (
            tape.parameter(0, Shape::new(48, 2)),
            tape.parameter(96, Shape::new(2, 4)),
        );
        let (channels, groups, epsilon) = (4, 3, 0.0);
        let norm = GroupNorm {
            channels,
            groups,
            epsilon,
        };
        tape.apply(Arc::new(norm), [x, scales])
    });
    mistake(|tape| {
        let (x, gamma) = (
            tape.parameter(0, Shape::new(48, 2)),
            tape.parameter(96, Shape::new(2, 4)),
        );
        let (channels, epsilon) = (4, 0.0);
        tape.apply(Arc::new(RmsNorm { channels, epsilon }), [x, gamma])
    });
    mistake(|tape| {
        let (x, scales) = (
            tape.parameter(0, Shape::new(48, 2)),
            tape.parameter(96, Shape::new(2, 3)),
        );
        tape.apply(
            Arc::new(LayerNorm {
                channels: 4,
                epsilon: 0.0,
            }),
            [x, scales],
        )
    });
}

#[test]
fn what_is_no_row_of_a_table_is_nan() -> Result<(), AutodiffError> {
    let theta = [1.0, 2.0];
    let tape = Tape::new(&theta);
    let numbers = tape.constant(Shape::new(1, 6), Order::Rows, |x| {
        x.copy_from_slice(&[1.0, 2.0, -1.0, 0.5, f64::NAN, 1e300]);
    });
    let y = tape.apply(&Embed, [tape.parameter(0, Shape::new(2, 1)), numbers]);
    let found = entries(y)?;
    assert!(
        found[0] == 2.0 && found[1..].iter().all(|y| y.is_nan()),
        "{found:?}"
    );
    assert_eq!(tape.gradient(y.sum())?, [0.0, 1.0]);
    Ok(())
}

#[test]
fn groups_that_do_not_divide_are_an_error() {
    let theta = [1.0; 400];
    // Four channels of 2 × 3 taps, and 6 outputs.
    for (columns, groups) in [(24, 0), (24, 2), (6, 4), (8, 3), (24, usize::MAX), (23, 1)] {
        let tape = Tape::new(&theta);
        let x = tape.constant(Shape::new(48, 3), Order::Rows, |x| x.fill(1.0));
        let (w, b) = (
            tape.parameter(0, Shape::new(6, columns)),
            tape.parameter(144, Shape::new(6, 1)),
        );
        let window = WINDOW;
        let y = tape.apply(Arc::new(Convolve { window, groups }), [w, x, b]);
        let outcome = y.with(|_| ());
        assert!(
            matches!(outcome, Err(AutodiffError::ShapeMismatch { .. })),
            "{columns} {groups}"
        );
    }
}

/// A rule that keeps a number: the square, with twice its input kept for the way back.
#[derive(Debug)]
struct Keeping;

impl Rule<f64> for Keeping {
    fn name(&self) -> &'static str {
        "keeping"
    }
    fn kept(&self, [x, ..]: &[Shape; 3]) -> usize {
        x.rows * x.columns + 1
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, f64>; 3], y: MatrixMut<'_, f64>, kept: &mut [f64]) {
        assert_eq!(
            (kept.len(), kept.as_ptr().addr() % 8),
            (x.as_slice().len() + 1, 0)
        );
        for (k, (&x, y)) in x.as_slice().iter().zip(y.into_slice()).enumerate() {
            (*y, kept[k]) = (x * x, 2.0 * x);
        }
        kept[x.as_slice().len()] = 7.0;
    }
    fn pullback(&self, _: usize, at: &Point<'_, f64>, x_bar: MatrixMut<'_, f64>) {
        assert_eq!(at.kept.last(), Some(&7.0));
        for (k, x_bar) in x_bar.into_slice().iter_mut().enumerate() {
            *x_bar = at.kept[k] * at.y_bar.as_slice()[k];
        }
    }
}

#[test]
fn what_a_rule_keeps_comes_back() -> Result<(), Box<dyn Error>> {
    for n in [1, 3, 8, 21] {
        let theta: Vec<f64> = (0..n).map(f64::from).collect();
        let tape = Tape::new(&theta);
        let x = tape.parameter(0, Shape::new(theta.len(), 1));
        let y = x.apply(&Keeping).apply(&Keeping).hadamard(x).sum(); // x⁵
        let closed: Vec<f64> = theta.iter().map(|x| 5.0 * x.powi(4)).collect();
        all_relative(&tape.gradient(y)?, &closed, 1e-15)?;
    }
    Ok(())
}
