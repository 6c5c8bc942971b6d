//! Layers without biases, and softmax inside of a network.

use super::{Layers, draws, view};
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{SquaredError, Target};
use gradus_nn::layers::{
    Convolution, Dense, SequenceConvolution, batch_norm, dense, softmax, tanh,
};
use gradus_nn::{
    Dataset, Features, Initializer, Key, Model, Network, NnError, Output, SampleShape, Settings,
    Training,
};
use gradus_optim::sgd;
use gradus_testkit::{all_same_bits, all_within_ulps, cases, scaled};
use proptest::prelude::*;
use std::error::Error;

const IMAGE: SampleShape = SampleShape::Image {
    channels: 2,
    height: 4,
    width: 3,
};
const SEQUENCE: SampleShape = SampleShape::Sequence {
    features: 2,
    steps: 5,
};

/// One layer of each kind that may have biases.
fn layers(bias: bool) -> [(SampleShape, Layers); 3] {
    let one = Dense {
        bias,
        ..Dense::new(4)
    };
    let two = Convolution {
        bias,
        groups: 2,
        stride: [2, 1],
        ..Convolution::same(4, 3)
    };
    let three = SequenceConvolution {
        outputs: 3,
        kernel: 3,
        stride: 1,
        padding: 1,
        dilation: 1,
        weights: Initializer::default(),
        bias,
    };
    [
        (6.into(), vec![Box::new(one)]),
        (IMAGE, vec![Box::new(two)]),
        (SEQUENCE, vec![Box::new(three)]),
    ]
}

fn model(input: SampleShape, layers: Layers, seed: u64) -> Result<Model<f64>, NnError> {
    Network::new(input, layers, Output::Identity)?.initialize(Key::new(seed))
}

/// A step of gradient descent towards zeros, and the parameters after it.
fn step(model: Model<f64>, x: &DMatrix<f64>) -> Result<Vec<f64>, Box<dyn Error>> {
    let y = DMatrix::zeros(model.network().outputs(), x.ncols());
    let data = Dataset::new(Features::Numbers(view(x)?), Target::Values(view(&y)?))?;
    let loss = Box::new(SquaredError);
    let mut training = Training::new(model, sgd(0.1)?, loss, Settings::default())?;
    training.fit(1, &data, &mut [])?;
    Ok(training.model().theta().to_vec())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn layers_without_biases_have_biases_of_zero(seed in 0_u64..1000) {
        for ((input, with), (_, without)) in layers(true).into_iter().zip(layers(false)) {
            let (with, without) = (model(input, with, seed)?, model(input, without, seed)?);
            let weights = without.theta().len();
            prop_assert_eq!(with.theta().len(), weights + without.network().output_shape().channels());
            all_same_bits(without.theta(), &with.theta()[..weights])?;
            let names = without.network().layout().entries();
            prop_assert!(names.iter().all(|entry| entry.name == "0.weight"));

            let x = draws(input.len(), 5, seed);
            let [y, z] = [&with, &without].map(|model| model.predict(view(&x)?));
            all_same_bits(y?.as_slice(), z?.as_slice())?;
            let frozen = step(with.freeze(|name| name.ends_with("bias")), &x);
            let [frozen, free] = [frozen, step(without, &x)].map(|theta| theta.map_err(|e| TestCaseError::fail(e.to_string())));
            all_same_bits(&free?, &frozen?[..weights])?;
        }
    }

    #[test]
    fn softmax_inside_gives_shares(seed in 0_u64..1000, shift in -1e3..1e3_f64) {
        let model = model(5.into(), vec![softmax()], seed)?;
        let x = draws(5, 3, seed);
        let y = model.predict(view(&x)?)?;
        for column in y.column_iter() {
            prop_assert!(column.iter().all(|&y| y > 0.0));
            scaled(column.sum(), 1.0, 8.0 * f64::EPSILON, 1.0)?;
        }
        // a shift rounds the scores, each by half a unit in the last place of about 1000
        let moved = model.predict(view(&x.map(|x| x + shift))?)?;
        for (a, b) in y.iter().zip(&moved) {
            scaled(*a, *b, 4.0 * f64::EPSILON * (1.0 + shift.abs()), 1.0)?;
        }
    }

    #[test]
    fn softmax_inside_is_softmax_as_output(seed in 0_u64..1000) {
        let inside = vec![dense(4), tanh(), dense(3), softmax()];
        let outside = vec![dense(4), tanh(), dense(3)];
        let inside = model(6.into(), inside, seed)?;
        let mut outside = Network::new(6, outside, Output::Softmax)?.initialize(Key::new(seed))?;
        outside.set_theta(inside.theta().to_vec())?;
        let x = draws(6, 4, seed);
        let [y, z] = [&inside, &outside].map(|model| model.predict(view(&x)?));
        all_within_ulps(y?.as_slice(), z?.as_slice(), 2)?;
    }
}

/// A mixture of two experts: the gate's shares are weights, and what flows back passes through them.
#[test]
fn the_gradient_of_a_gate_is_its_slope() -> Result<(), Box<dyn Error>> {
    let layers = vec![dense(3), softmax(), dense(1)];
    let model = model(2.into(), layers, 7)?;
    let x = draws(2, 1, 3);
    let slope = model.input_gradient(view(&x)?, 0)?;
    for i in 0..2 {
        let h = f64::EPSILON.cbrt();
        let at = |h: f64| -> Result<f64, Box<dyn Error>> {
            let mut moved = x.clone();
            moved[(i, 0)] += h;
            Ok(model.predict(view(&moved)?)?[(0, 0)])
        };
        let difference = (at(h)? - at(-h)?) / (2.0 * h);
        scaled(slope[(i, 0)], difference, 8.0 * h * h, 1.0)?; // the error of a central difference
    }
    Ok(())
}

#[test]
fn softmax_takes_vectors_alone() {
    let refused = Network::<f64>::new(IMAGE, vec![softmax()], Output::Identity);
    assert!(refused.is_err_and(|error| error.to_string().contains("it takes a vector")));
}

/// A block as residual networks have them: no bias where a shift follows.
#[test]
fn a_normalization_makes_biases_useless() -> Result<(), Box<dyn Error>> {
    let block = |bias: bool| -> Layers {
        let layer = Convolution {
            bias,
            ..Convolution::same(2, 3)
        };
        vec![Box::new(layer), batch_norm()]
    };
    let x = draws(IMAGE.len(), 6, 1);
    let y = draws(IMAGE.len(), 6, 2);
    let mut after = Vec::new();
    for bias in [true, false] {
        let mut model = model(IMAGE, block(bias), 5)?;
        if bias {
            let mut theta = model.theta().to_vec();
            theta[36..38].copy_from_slice(&[3.0, -2.0]); // two windows of 2 × 3 × 3, then biases
            model.set_theta(theta)?;
        }
        let data = Dataset::new(Features::Numbers(view(&x)?), Target::Values(view(&y)?))?;
        let loss = Box::new(SquaredError);
        let mut training = Training::new(model, sgd(0.01)?, loss, Settings::default())?;
        training.fit(1, &data, &mut [])?;
        after.push(training.history().records()[0].training.loss);
    }
    scaled(after[0], after[1], 64.0 * f64::EPSILON, 8.0)?; // the mean that is taken away has lost digits
    Ok(())
}
