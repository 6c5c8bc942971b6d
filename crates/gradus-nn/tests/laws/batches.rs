//! A sample alone and in a batch, groups of one channel, and what initial weights do to signals.

use super::{Layers, draws, view};
use gradus_autodiff::Arena;
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{Loss, SquaredError, Target, Weights};
use gradus_nn::layers::{
    Buffers, Convolution, Dense, Mode, average_pool, batch_norm, convolution, dense, flatten,
    group_norm, layer_norm, max_pool, relu, residual, sigmoid, tanh,
};
use gradus_nn::{Initializer, Key, Model, Network, NnError, Output, SampleShape};
use gradus_numeric::{MatrixRef, Order, Shape};
use gradus_testkit::{all_relative, cases, scaled, strategies};
use proptest::prelude::*;
use std::error::Error;

fn model(input: impl Into<SampleShape>, layers: Layers, seed: u64) -> Result<Model<f64>, NnError> {
    Network::new(input, layers, Output::Identity)?.initialize(Key::new(seed))
}

const IMAGE: SampleShape = SampleShape::Image {
    channels: 2,
    height: 6,
    width: 5,
};

/// A network of every kind of layer of images.
fn of_images() -> Layers {
    vec![
        convolution(4, 3),
        batch_norm(),
        relu(),
        max_pool(2),
        group_norm(2),
        residual(vec![convolution(4, 3), tanh()]),
        average_pool(2),
        flatten(),
        dense(6),
        layer_norm(),
        sigmoid(),
        dense(3),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..cases() })]

    #[test]
    fn an_image_alone_is_an_image_in_a_batch(seed in 0_u64..1000, count in 1_usize..70) {
        let (model, x) = (model(IMAGE, of_images(), seed)?, draws(60, count, seed));
        let batch = model.predict(view(&x)?)?;
        for j in [0, count / 2, count - 1] {
            let alone = model.predict_one(x.column(j).as_slice())?;
            all_relative(&alone, batch.column(j).as_slice(), 1e-12)?;
        }
    }

    /// With weights and samples of whole numbers nothing rounds, so the order of the sum over a batch cannot show: to the bit.
    #[test]
    fn the_gradient_of_a_batch_is_the_sum_of_those_of_its_samples(
        theta in strategies::integers(3 * 4 + 4 + 4 * 2 + 2), x in strategies::integer_matrix(3, 1..20), seed in any::<u64>(),
    ) {
        let network = Network::new(3, vec![dense(4), relu(), dense(2)] as Layers, Output::Identity)?;
        let y = DMatrix::from_fn(2, x.ncols(), |i, j| ((seed >> ((7 * i + 3 * j) % 50)) % 16) as f64 - 8.0);
        let gradient = |x: &DMatrix<f64>, y: &DMatrix<f64>| {
            let mut gradient = vec![f64::NAN; theta.len()];
            Arena::new().value_and_gradient(&theta, &mut gradient, |tape| {
                let batch = tape.constant(Shape::new(3, x.ncols()), Order::Columns, |m| m.copy_from_slice(x.as_slice()));
                let z = network.logits(tape, batch, Mode::Evaluation, Buffers::default()).unwrap_or(batch);
                z.loss(|z, gradient| {
                    let truth = MatrixRef::new(y.as_slice(), Shape::new(2, y.ncols()), Order::Columns).map_err(|error| error.to_string())?;
                    let loss = SquaredError.value_and_gradient(z, Target::Values(truth), Weights::Equal, 1.0, gradient);
                    loss.map_err(|error| error.to_string())
                })
            })?;
            Ok::<_, TestCaseError>(gradient)
        };
        let mut sum = vec![0.0; theta.len()];
        for j in 0..x.ncols() {
            let one = gradient(&x.columns(j, 1).into_owned(), &y.columns(j, 1).into_owned())?;
            sum.iter_mut().zip(one).for_each(|(sum, g)| *sum += g);
        }
        prop_assert_eq!(gradient(&x, &y)?, sum);
    }

    /// With as many groups as channels, each output sees one channel alone.
    #[test]
    fn a_convolution_with_a_group_for_each_channel_is_its_definition(seed in 0_u64..1000, times in 1_usize..3) {
        let layer = Convolution { groups: 3, ..Convolution::same(3 * times, 3) };
        let model = model(SampleShape::Image { channels: 3, height: 4, width: 5 }, vec![Box::new(layer)], seed)?;
        let x = draws(60, 2, seed);
        let (theta, y) = (model.theta(), model.predict(view(&x)?)?);
        for n in 0..2 {
            for (o, i, j) in (0..3 * times).flat_map(|o| (0..4).flat_map(move |i| (0..5).map(move |j| (o, i, j)))) {
                let channel = o / times;
                let pixel = |a: usize, b: usize| {
                    let (i, j) = ((i + a).wrapping_sub(1), (j + b).wrapping_sub(1));
                    if i < 4 && j < 5 { x[(20 * channel + 5 * i + j, n)] } else { 0.0 }
                };
                let sum: f64 = (0..9).map(|k| theta[9 * o + k] * pixel(k / 3, k % 3)).sum();
                scaled(y[(20 * o + 5 * i + j, n)], sum + theta[27 * times + o], 16.0 * f64::EPSILON, 10.0)?;
            }
        }
    }
}

/// With He's law and rectifiers a layer of width n keeps the square of a signal in the mean: their ratio has mean 1 and variance 5/n, and is
/// independent of those before, so the product over all layers has mean 1 too.
#[test]
fn he_keeps_the_second_moment_through_twenty_layers() -> Result<(), Box<dyn Error>> {
    let (n, networks, depth) = (100, 10, 20);
    let square = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>();
    let mut ratios = Vec::new();
    for network in 0..networks {
        let mut x: Vec<f64> = draws(n, 1, network).as_slice().to_vec();
        for layer in 0..depth {
            let weights = Initializer::HeNormal;
            let layers: Layers = vec![
                Box::new(Dense {
                    weights,
                    ..Dense::new(n)
                }),
                relu(),
            ];
            let y = model(n, layers, depth * network + layer)?.predict_one(&x)?;
            ratios.push(square(&y) / square(&x));
            x = y;
        }
        // 20 logarithms with a deviation of 0.22 each: within five of them, where twice or half of a layer's square makes 10⁶
        scaled(
            (square(&x) / n as f64).ln(),
            0.0,
            5.0 * 0.22 * 20.0_f64.sqrt() + 1.0,
            1.0,
        )?;
    }
    let count = ratios.len() as f64;
    let deviation = (5.0 / n as f64 / count).sqrt();
    Ok(scaled(
        ratios.iter().sum::<f64>() / count,
        1.0,
        5.0 * deviation,
        1.0,
    )?)
}
