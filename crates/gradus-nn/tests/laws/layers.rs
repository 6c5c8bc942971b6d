//! What each layer computes, against the same written in another way.

use super::{Layers, draws, logits, view};
use gradus_linalg::matrix_norm2;
use gradus_linalg::nalgebra::DMatrix;
use gradus_nn::layers::{
    AlphaDropout, ChannelDropout, Convolution, Dense, GroupNorm, LayerNorm, Mode, RmsNorm,
    SequenceConvolution, activation, alpha_dropout, average_pool, batch_norm, channel_dropout,
    convolution, dense, embedding, flatten, global_average_pool, global_max_pool, group_norm,
    layer_norm, max_pool, prelu, relu, residual, sequence_convolution, tanh,
};
use gradus_nn::{
    Constraint, Initializer, Key, Misfit, Model, Network, NnError, Output, SampleShape,
};
use gradus_numeric::functions::LeakyRelu;
use gradus_numeric::norm2;
use gradus_testkit::{all_same_bits, all_scaled, cases};
use proptest::prelude::*;
use std::error::Error;

fn model(input: impl Into<SampleShape>, layers: Layers, seed: u64) -> Result<Model<f64>, NnError> {
    Network::new(input, layers, Output::Identity)?.initialize(Key::new(seed))
}

fn image(channels: usize, height: usize, width: usize) -> SampleShape {
    SampleShape::Image {
        channels,
        height,
        width,
    }
}

/// The entry of a column of images, or 0 outside.
fn pixel(x: &[f64], [h, w]: [usize; 2], c: usize, at: [isize; 2]) -> f64 {
    let [i, j] = at.map(|i| usize::try_from(i).unwrap_or(usize::MAX));
    if i < h && j < w {
        x[(c * h + i) * w + j]
    } else {
        0.0
    }
}

proptest! {
    #![proptest_config(cases())]

    /// The definition, with seven loops.
    #[test]
    fn a_convolution_is_its_definition(
        seed in 0_u64..1000, h in 3_usize..6, w in 3_usize..6, s in 1_usize..3, p in 0_usize..2, k in 2_usize..4,
    ) {
        let (channels, outputs) = (2, 3);
        let layer = Convolution {
            outputs,
            kernel: [k, 2],
            stride: [s, 1],
            padding: [p, 1],
            dilation: [1, 1],
            groups: 1,
            weights: Initializer::default(),
            bias: true,
        };
        let model = model(image(channels, h, w), vec![Box::new(layer)], seed)?;
        let SampleShape::Image { height, width, .. } = model.network().output_shape() else {
            return Err(TestCaseError::fail("not an image"));
        };
        let x = draws(channels * h * w, 2, seed);
        let (theta, y) = (model.theta(), model.predict(view(&x)?)?);
        for n in 0..2 {
            let mut expected = Vec::new();
            for o in 0..outputs {
                for i in 0..height {
                    for j in 0..width {
                        let mut z = theta[outputs * channels * k * 2 + o];
                        for c in 0..channels {
                            for a in 0..k {
                                for b in 0..2 {
                                    let at = [(s * i + a).cast_signed() - p.cast_signed(), (j + b).cast_signed() - 1];
                                    let weight = theta[((o * channels + c) * k + a) * 2 + b];
                                    z += weight * pixel(x.column(n).as_slice(), [h, w], c, at);
                                }
                            }
                        }
                        expected.push(z);
                    }
                }
            }
            all_scaled(y.column(n).as_slice(), &expected, 64.0 * f64::EPSILON, 4.0)?;
        }
    }

    #[test]
    fn sequences_are_images_of_one_row(seed in 0_u64..1000, steps in 3_usize..9, stride in 1_usize..3) {
        let one = SequenceConvolution {
            outputs: 3,
            kernel: 3,
            stride,
            padding: 1,
            dilation: 1,
            weights: Initializer::default(),
            bias: true,
        };
        let two = Convolution {
            outputs: 3,
            kernel: [1, 3],
            stride: [1, stride],
            padding: [0, 1],
            dilation: [1, 1],
            groups: 1,
            weights: Initializer::default(),
            bias: true,
        };
        let sequence = SampleShape::Sequence { features: 2, steps };
        let one = model(sequence, vec![Box::new(one)], seed)?;
        let two = model(image(2, 1, steps), vec![Box::new(two)], seed)?;
        all_same_bits(one.theta(), two.theta())?;
        let x = draws(2 * steps, 3, seed);
        let [y, z] = [one, two].map(|model| model.predict(view(&x)?));
        all_same_bits(y?.as_slice(), z?.as_slice())?;
    }

    #[test]
    fn the_largest_pixel_of_each_square_is_kept(seed in 0_u64..1000) {
        let x = draws(2 * 4 * 6, 3, seed);
        let y = model(image(2, 4, 6), vec![max_pool(2)], 0)?.predict(view(&x)?)?;
        for n in 0..3 {
            let mut expected = Vec::new();
            for c in 0..2 {
                for (i, j) in [(0, 0), (0, 2), (0, 4), (2, 0), (2, 2), (2, 4)] {
                    let four = [[0, 0], [0, 1], [1, 0], [1, 1]].map(|[a, b]| {
                        pixel(x.column(n).as_slice(), [4, 6], c, [i + a, j + b])
                    });
                    expected.push(four.into_iter().fold(f64::NEG_INFINITY, f64::max));
                }
            }
            all_same_bits(y.column(n).as_slice(), &expected)?;
        }
    }

    /// A grouped convolution of four channels is two convolutions of two channels each.
    #[test]
    fn groups_are_convolutions_side_by_side(seed in 0_u64..1000) {
        let layer = |outputs, groups| -> Layers {
            vec![Box::new(Convolution { groups, ..Convolution::same(outputs, 3) })]
        };
        let whole = model(image(4, 3, 3), layer(6, 2), seed)?;
        let x = draws(36, 2, seed);
        let y = whole.predict(view(&x)?)?;
        let (weights, biases) = whole.theta().split_at(6 * 2 * 9);
        for group in 0..2 {
            let mut part = model(image(2, 3, 3), layer(3, 1), 0)?;
            let theta = [&weights[54 * group..][..54], &biases[3 * group..][..3]].concat();
            part.set_theta(theta)?;
            let half = part.predict(view(&x.rows(18 * group, 18).into_owned())?)?;
            all_scaled(y.rows(27 * group, 27).into_owned().as_slice(), half.as_slice(), 32.0 * f64::EPSILON, 4.0)?;
        }
    }

    #[test]
    fn the_mean_of_each_square_is_kept(seed in 0_u64..1000) {
        let x = draws(2 * 4 * 6, 3, seed);
        let y = model(image(2, 4, 6), vec![average_pool(2)], 0)?.predict(view(&x)?)?;
        for n in 0..3 {
            let mut expected = Vec::new();
            for c in 0..2 {
                for (i, j) in [(0, 0), (0, 2), (0, 4), (2, 0), (2, 2), (2, 4)] {
                    let four = [[0, 0], [0, 1], [1, 0], [1, 1]].map(|[a, b]| {
                        pixel(x.column(n).as_slice(), [4, 6], c, [i + a, j + b])
                    });
                    expected.push(four.iter().sum::<f64>() / 4.0);
                }
            }
            all_scaled(y.column(n).as_slice(), &expected, 4.0 * f64::EPSILON, 1.0)?;
        }
    }

    /// Whole numbers, so that a mean is exact but for its division.
    #[test]
    fn pools_are_ordered_and_maxima_commute_with_rectifiers(seed in 0_u64..1000) {
        let x = draws(2 * 4 * 6, 3, seed).map(|x| (4.0 * x).round());
        let through = |layers: Layers| model(image(2, 4, 6), layers, 0)?.predict(view(&x)?);
        let (largest, means) = (through(vec![max_pool(2)])?, through(vec![average_pool(2)])?);
        prop_assert!(largest.iter().zip(&means).all(|(max, mean)| max >= mean));
        prop_assert_eq!(through(vec![max_pool(2), relu()])?, through(vec![relu(), max_pool(2)])?);
        let flat = model(image(2, 4, 6), vec![average_pool(2)], 0)?.predict_one(&[3.0; 48])?;
        prop_assert_eq!(flat, [3.0; 12]);
    }

    /// Pixels two apart: a window of 5 with zeros at every second place.
    #[test]
    fn a_dilated_window_is_a_larger_one_with_zeros(seed in 0_u64..1000) {
        let dilated = Convolution { dilation: [2, 2], padding: [2, 2], ..Convolution::same(3, 3) };
        let one = model(image(2, 6, 7), vec![Box::new(dilated)], seed)?;
        let mut two = model(image(2, 6, 7), vec![convolution(3, 5)], 0)?;
        let mut theta = vec![0.0; two.theta().len()];
        for (k, &w) in one.theta()[..54].iter().enumerate() {
            let (pair, a, b) = (k / 9, k % 9 / 3, k % 3);
            theta[pair * 25 + 2 * a * 5 + 2 * b] = w;
        }
        theta[150..].copy_from_slice(&one.theta()[54..]);
        two.set_theta(theta)?;
        let x = draws(84, 3, seed);
        let [y, z] = [one, two].map(|model| model.predict(view(&x)?));
        all_scaled(y?.as_slice(), z?.as_slice(), 64.0 * f64::EPSILON, 8.0)?; // zeros are added in another order
    }

    #[test]
    fn group_norm_brings_each_group_to_mean_zero_and_variance_one(seed in 0_u64..1000) {
        let epsilon = 1e-9;
        let layers: Layers = vec![Box::new(GroupNorm { groups: 2, epsilon })];
        let y = model(image(4, 1, 3), layers, 0)?.predict(view(&draws(12, 5, seed))?)?;
        for column in y.column_iter() {
            for group in column.as_slice().chunks(6) {
                let mean = group.iter().sum::<f64>() / 6.0;
                let variance = group.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 6.0;
                prop_assert!(mean.abs() < 1e-13 && (variance - 1.0).abs() < 1e-6, "{mean}, {variance}");
            }
        }
    }

    #[test]
    fn one_group_of_a_vector_is_layer_norm(seed in 0_u64..1000) {
        let x = draws(7, 4, seed);
        let [y, z] = [group_norm(1), layer_norm()].map(|layer| model(7, vec![layer], 0)?.predict(view(&x)?));
        all_same_bits(y?.as_slice(), z?.as_slice())?;
    }

    #[test]
    fn rms_norm_brings_each_place_to_mean_square_one(seed in 0_u64..1000) {
        let layers: Layers = vec![Box::new(RmsNorm { epsilon: 1e-12 })];
        let y = model(image(5, 1, 2), layers, 0)?.predict(view(&draws(10, 4, seed))?)?;
        for (n, place) in (0..4).flat_map(|n| [(n, 0), (n, 1)]) {
            let square = (0..5).map(|c| y[(2 * c + place, n)].powi(2)).sum::<f64>() / 5.0;
            prop_assert!((square - 1.0).abs() < 1e-7, "{square}"); // ε of a mean square above 10⁻⁵
        }
    }

    #[test]
    fn a_residual_of_nothing_is_the_identity(seed in 0_u64..1000) {
        // A branch of zeros, with a normalization at its beginning and without.
        for branch in [vec![dense(5), tanh(), dense(4)], vec![layer_norm(), dense(5), relu(), dense(4)]] {
            let mut model = model(4, vec![residual(branch)], seed)?;
            model.set_theta(vec![0.0; model.theta().len()])?;
            let x = draws(4, 3, seed);
            prop_assert_eq!(model.predict(view(&x)?)?, x);
        }
    }

    #[test]
    fn an_embedding_is_a_dense_layer_of_ones(seed in 0_u64..1000, numbers in prop::collection::vec(0_u8..6, 4)) {
        let table = model(4, vec![embedding(6, 3)], seed)?;
        let numbers: Vec<f64> = numbers.into_iter().map(f64::from).collect();
        let found = table.predict_one(&numbers)?; // 3 × 4
        for (s, &number) in numbers.iter().enumerate() {
            let row: Vec<f64> = (0..3).map(|d| found[4 * d + s]).collect();
            let ones = DMatrix::from_fn(1, 6, |_, k| f64::from(u8::from(k as f64 == number)));
            let product = ones * DMatrix::from_row_slice(6, 3, table.theta());
            all_same_bits(&row, product.as_slice())?;
        }
    }

    #[test]
    fn constraints_hold_and_leave_alone_what_holds_them(seed in 0_u64..1000, bound in 0.1..3.0_f64) {
        let weights = |constraint| move |name: &str| name.ends_with("weight").then_some(constraint);
        for constraint in [Constraint::MaxNorm { bound }, Constraint::SpectralNorm { bound }] {
            let mut model = model(4, vec![dense(3)], seed)?;
            let before = model.theta().to_vec();
            model.constrain(weights(constraint))?;
            let (old, new) = (DMatrix::from_row_slice(3, 4, &before[..12]), DMatrix::from_row_slice(3, 4, &model.theta()[..12]));
            let sizes = |w: &DMatrix<f64>| match constraint {
                Constraint::SpectralNorm { .. } => vec![matrix_norm2(w).unwrap_or(f64::NAN); 3],
                Constraint::MaxNorm { .. } => w.row_iter().map(|row| norm2(row.transpose().as_slice())).collect(),
            };
            for (k, (old_size, new_size)) in sizes(&old).into_iter().zip(sizes(&new)).enumerate() {
                gradus_testkit::scaled(new_size, old_size.min(bound), 32.0 * f64::EPSILON, bound)?;
                if old_size < bound {
                    prop_assert_eq!(old.row(k), new.row(k));
                }
            }
            prop_assert_eq!(&before[12..], &model.theta()[12..]);
        }
    }

    #[test]
    fn spectral_norms_bound_the_distance_of_outputs(seed in 0_u64..1000) {
        let mut model = model(4, vec![dense(6), tanh(), dense(5), relu(), dense(3)], seed)?;
        let wild: Vec<f64> = model.theta().iter().map(|w| 9.0 * w).collect();
        model.set_theta(wild)?;
        model.constrain(|name| name.ends_with("weight").then_some(Constraint::SpectralNorm { bound: 1.0 }))?;
        let (x, y) = (draws(4, 1, seed), draws(4, 1, seed + 1));
        let [fx, fy] = [&x, &y].map(|x| model.predict(view(x)?));
        prop_assert!(norm2((fx? - fy?).as_slice()) <= norm2((&x - &y).as_slice()) * (1.0 + 1e-10));
    }

    #[test]
    fn outputs_of_every_layer_have_unit_variance(seed in 0_u64..1000, scale in 0.01..30.0_f64) {
        let layers: Layers = vec![convolution(4, 3), relu(), flatten(), dense(8), tanh(), dense(3)];
        let mut model = model(image(1, 4, 4), layers, seed)?;
        let x = draws(16, 60, seed).map(|x| scale * x + 1.0);
        let reached = model.scale_to_unit_variance(view(&x)?, 1e-9)?;
        prop_assert_eq!(reached.iter().map(|r| r.0).collect::<Vec<_>>(), [0, 3, 5]);
        for (_, variance) in reached {
            gradus_testkit::scaled(variance, 1.0, 1e-9, 1.0)?;
        }
        let y = model.predict(view(&x)?)?;
        let mean = y.mean();
        let variance = y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / 180.0;
        gradus_testkit::scaled(variance, 1.0, 2e-9, 1.0)?;
    }

    #[test]
    fn layers_of_identities_hand_on_what_they_get(seed in 0_u64..1000) {
        let weights = Initializer::Identity { gain: 1.0 };
        let layers: [Layers; 3] = [
            vec![Box::new(Convolution { weights, ..Convolution::same(2, 3) })],
            vec![Box::new(Convolution { weights, ..Convolution::same(2, 5) })],
            vec![flatten(), Box::new(Dense { weights, ..Dense::new(24) })],
        ];
        let x = draws(24, 3, seed);
        for layers in layers {
            prop_assert_eq!(model(image(2, 3, 4), layers, seed)?.predict(view(&x)?)?, x.clone());
        }
    }

    #[test]
    fn global_pools_reduce_each_channel(seed in 0_u64..1000) {
        let x = draws(3 * 10, 4, seed);
        let sequence = SampleShape::Sequence { features: 3, steps: 10 };
        for input in [image(3, 2, 5), sequence] {
            let means = model(input, vec![global_average_pool()], 0)?.predict(view(&x)?)?;
            let largest = model(input, vec![global_max_pool()], 0)?.predict(view(&x)?)?;
            for n in 0..4 {
                for (c, channel) in x.column(n).as_slice().chunks(10).enumerate() {
                    let mean = channel.iter().sum::<f64>() / 10.0;
                    gradus_testkit::scaled(means[(c, n)], mean, 8.0 * f64::EPSILON, 1.0)?;
                    prop_assert_eq!(largest[(c, n)], channel.iter().copied().fold(f64::NEG_INFINITY, f64::max));
                }
            }
        }
    }

    /// In training each channel of the shard has mean 0 and variance 1, up to ε; in evaluation it is a fixed map.
    #[test]
    fn batch_norm_brings_each_channel_to_mean_zero_and_variance_one(seed in 0_u64..1000, scale in 0.5..9.0_f64) {
        let model = model(image(3, 2, 2), vec![batch_norm()], 0)?;
        let x = draws(12, 6, seed).map(|x| scale * x + 2.0);
        let y = logits(&model, &x, Mode::training(Key::new(0), 0))?;
        for c in 0..3 {
            let channel: Vec<f64> = (0..4).flat_map(|k| y.row(4 * c + k).iter().copied().collect::<Vec<_>>()).collect();
            let n = channel.len() as f64;
            let mean = channel.iter().sum::<f64>() / n;
            let variance = channel.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
            prop_assert!(mean.abs() < 1e-13, "{mean}");
            prop_assert!((variance - 1.0).abs() < 1e-3, "{variance}"); // ε = 1e-5 of a variance above 0.02
        }
        let evaluated = logits(&model, &x, Mode::Evaluation)?; // moments 1 and 1 stand in where no buffers are given
        let expected: Vec<f64> = x.iter().map(|x| (x - 1.0) / (1.0 + 1e-5_f64).sqrt()).collect();
        all_scaled(evaluated.as_slice(), &expected, 8.0 * f64::EPSILON, 30.0)?;
    }

    #[test]
    fn layer_norm_brings_each_place_to_mean_zero_and_variance_one(seed in 0_u64..1000) {
        let epsilon = 1e-9;
        let model = model(image(5, 1, 2), vec![Box::new(LayerNorm { epsilon })], 0)?;
        let y = model.predict(view(&draws(10, 4, seed))?)?;
        for n in 0..4 {
            for place in 0..2 {
                let channels: Vec<f64> = (0..5).map(|c| y[(2 * c + place, n)]).collect();
                let mean = channels.iter().sum::<f64>() / 5.0;
                let variance = channels.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 5.0;
                prop_assert!(mean.abs() < 1e-13 && (variance - 1.0).abs() < 1e-6, "{mean}, {variance}");
            }
        }
    }

    #[test]
    fn prelu_is_the_leaky_rectifier_of_its_slope(seed in 0_u64..1000) {
        let x = draws(4, 5, seed);
        let learned = model(4, vec![prelu()], 0)?;
        prop_assert_eq!(learned.theta(), [0.25]);
        let fixed = model(4, vec![activation(LeakyRelu { slope: 0.25 })], 0)?;
        let [y, z] = [learned, fixed].map(|model| model.predict(view(&x)?));
        all_same_bits(y?.as_slice(), z?.as_slice())?;
    }

    #[test]
    fn orthogonal_weights_keep_lengths(seed in 0_u64..1000, m in 1_usize..9, n in 1_usize..9) {
        let mut w = vec![0.0_f64; m * n];
        let law = Initializer::Orthogonal { gain: 2.0 };
        law.fill(&mut w, &[m, n], &mut Key::new(seed).rng())?;
        let w = DMatrix::from_row_slice(m, n, &w);
        let square = if m < n { &w * w.transpose() } else { w.transpose() * &w };
        let expected = DMatrix::identity(m.min(n), m.min(n)) * 4.0;
        all_scaled(square.as_slice(), expected.as_slice(), 64.0 * f64::EPSILON, 4.0)?;
    }
}

#[test]
fn channels_are_dropped_as_a_whole() -> Result<(), Box<dyn Error>> {
    let (channels, places, n, rate) = (10, 6, 2000, 0.3_f64);
    let model = model(image(channels, 2, 3), vec![channel_dropout(rate)], 0)?;
    let ones = DMatrix::from_element(channels * places, n, 1.0);
    let y = logits(&model, &ones, Mode::training(Key::new(5), 0))?;
    let mut kept = 0_u32;
    for channel in y.as_slice().chunks(places) {
        assert!(channel.iter().all(|y| *y == channel[0]));
        kept += u32::from(channel[0] != 0.0);
    }
    let (all, kept) = ((channels * n) as f64, f64::from(kept));
    let deviation = (rate * (1.0 - rate) * all).sqrt();
    assert!(
        (kept - (1.0 - rate) * all).abs() < 5.0 * deviation,
        "{kept}"
    );
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    assert!(
        (mean - 1.0).abs() < 5.0 * deviation / all / (1.0 - rate),
        "{mean}"
    );
    Ok(())
}

#[test]
fn alpha_dropout_keeps_mean_and_variance() -> Result<(), Box<dyn Error>> {
    let model = model(100, vec![alpha_dropout(0.2)], 0)?;
    let x = draws(100, 1000, 3);
    let y = logits(&model, &x, Mode::training(Key::new(5), 0))?;
    let n = y.len() as f64;
    let mean = y.iter().sum::<f64>() / n;
    let variance = y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / n;
    assert!(mean.abs() < 5.0 / n.sqrt(), "{mean}");
    assert!(
        (variance - 1.0).abs() < 5.0 * (4.0 / n).sqrt(),
        "{variance}"
    ); // kurtosis at most 5
    Ok(())
}

#[test]
fn dropping_everything_gives_zeros_and_nothing_changes_nothing() -> Result<(), Box<dyn Error>> {
    let x = draws(6, 4, 1);
    let training = Mode::training(Key::new(5), 0);
    for rate in [0.0, 1.0] {
        let layers: [Layers; 2] = [
            vec![Box::new(AlphaDropout { rate })],
            vec![Box::new(ChannelDropout { rate })],
        ];
        for layers in layers {
            let model = model(6, layers, 0)?;
            let expected = x.map(|x| if rate == 0.0 { x } else { 0.0 });
            assert_eq!(logits(&model, &x, training)?, expected);
            assert_eq!(logits(&model, &x, Mode::Evaluation)?, x);
        }
    }
    let refused = Network::<f64>::new(6, vec![alpha_dropout(f64::NAN)], Output::Identity);
    assert!(matches!(refused, Err(NnError::Domain { .. })));
    Ok(())
}

#[test]
fn laws_that_make_no_sense_are_refused() -> Result<(), NnError> {
    let refused = [
        Initializer::Normal { deviation: -1.0 },
        Initializer::Uniform { bound: f64::NAN },
        Initializer::Orthogonal {
            gain: f64::INFINITY,
        },
        Initializer::Constant(f64::NAN),
    ];
    for law in refused {
        let mut w = [7.0_f64; 4];
        assert!(law.fill(&mut w, &[2, 2], &mut Key::new(0).rng()).is_err());
        assert_eq!(w, [7.0; 4]);
    }
    let mut w = [7.0_f64; 4];
    Initializer::Constant(-3.0).fill(&mut w, &[4], &mut Key::new(0).rng())?;
    assert_eq!(w, [-3.0; 4]);
    Ok(())
}

#[test]
fn sequences_pass_through_layers() -> Result<(), Box<dyn Error>> {
    let sequence = SampleShape::Sequence {
        features: 2,
        steps: 7,
    };
    let layers: Layers = vec![
        sequence_convolution(4, 3),
        layer_norm(),
        prelu(),
        flatten(),
        dense(3),
    ];
    let model = model(sequence, layers, 1)?;
    assert_eq!(model.network().output_shape(), SampleShape::Vector(3));
    let alone = model.predict(view(&draws(14, 1, 2))?)?;
    assert!(alone.iter().all(|y| y.is_finite()));
    let misfit = Network::<f64>::new(sequence, vec![convolution(2, 3)], Output::Identity).err();
    let told = "layer 0 (convolution) of 2 × 7: it takes images, channels × height × width";
    assert_eq!(misfit.map(|e| e.to_string()).as_deref(), Some(told));
    let groups = Convolution {
        groups: 2,
        ..Convolution::same(4, 3)
    };
    let misfit = Network::<f64>::new(image(3, 3, 3), vec![Box::new(groups)], Output::Identity);
    let told = "layer 0 (convolution) of 3 × 3 × 3: 2 groups divide 3 channels and 4 outputs not both evenly";
    assert_eq!(misfit.err().map(|e| e.to_string()).as_deref(), Some(told));
    let misfit = Network::<f64>::new(4, vec![sequence_convolution(2, 3)], Output::Identity).err();
    let told = "layer 0 (convolution) of 4: it takes sequences, features × steps";
    assert_eq!(misfit.map(|e| e.to_string()).as_deref(), Some(told));
    Ok(())
}

#[test]
fn numbers_that_are_no_rows_are_refused() -> Result<(), Box<dyn Error>> {
    let model = model(2, vec![embedding(6, 3)], 1)?;
    for value in [6.0, -1.0, 0.5, 1e300, f64::INFINITY] {
        match model.predict_one(&[0.0, value]) {
            Err(NnError::Layer { why, .. }) => assert_eq!(*why, Misfit::Index { value, count: 6 }),
            other => return Err(format!("{other:?}").into()),
        }
    }
    assert!(model.predict_one(&[0.0, f64::NAN]).is_err());
    let many = Network::<f32>::new(2, vec![embedding((1 << 24) + 1, 1)], Output::Identity);
    assert!(matches!(many, Err(NnError::Domain { .. })));
    let empty = Network::<f64>::new(2, vec![embedding(6, 0)], Output::Identity).err();
    let told = "layer 0 (embedding) of 2: there are no inputs or no outputs";
    assert_eq!(empty.map(|e| e.to_string()).as_deref(), Some(told));
    Ok(())
}

#[test]
fn samples_without_variance_and_bounds_without_sense_are_refused() -> Result<(), Box<dyn Error>> {
    let mut model = model(3, vec![dense(2)], 1)?;
    let before = model.theta().to_vec();
    let zeros = DMatrix::from_element(3, 5, 0.0);
    let layer = 0;
    let none = NnError::NoVariance {
        layer,
        variance: 0.0,
    };
    assert_eq!(model.scale_to_unit_variance(view(&zeros)?, 0.1), Err(none));
    let empty = DMatrix::from_element(3, 0, 0.0);
    let refused = model.scale_to_unit_variance(view(&empty)?, 0.1);
    assert!(matches!(refused, Err(NnError::NoVariance { layer: 0, .. })));
    assert!(model.scale_to_unit_variance(view(&zeros)?, 0.0).is_err());
    for bound in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let refused = model.constrain(|_| Some(Constraint::MaxNorm { bound }));
        assert!(matches!(refused, Err(NnError::Domain { .. })));
    }
    assert_eq!(model.theta(), before);
    Ok(())
}
