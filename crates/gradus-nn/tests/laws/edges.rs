//! Where layers end: windows that do not fit, constant rows, rates that are none, weights without inputs.

use super::{Layers, cycle, draws, logits, view};
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{SoftmaxCrossEntropy, Target};
use gradus_nn::layers::{
    Convolution, Layer, Mode, SequenceConvolution, alpha_dropout, batch_norm, channel_dropout,
    dense, dropout, group_norm, layer_norm, rms_norm,
};
use gradus_nn::{
    Dataset, Fan, Features, Initializer, Key, Law, Misfit, Network, NnError, Output, SampleShape,
    Settings, Training,
};
use gradus_optim::sgd;
use std::error::Error;

fn network(
    input: impl Into<SampleShape>,
    layer: Box<dyn Layer<f64>>,
) -> Result<Network<f64>, NnError> {
    Network::new(input, vec![layer], Output::Identity)
}

/// Why a layer was refused.
fn why(result: Result<Network<f64>, NnError>) -> Option<Misfit> {
    match result {
        Err(NnError::Layer { why, .. }) => Some(*why),
        _ => None,
    }
}

/// Four channels of 5 × 6 pixels, and a window of 3 × 3 without padding, for six outputs.
const IMAGE: SampleShape = SampleShape::Image {
    channels: 4,
    height: 5,
    width: 6,
};

fn window() -> Convolution {
    Convolution {
        padding: [0, 0],
        ..Convolution::same(6, 3)
    }
}

#[test]
fn windows_that_do_not_fit_are_refused() {
    const ALL: usize = usize::MAX;
    // kernel, stride, padding, dilation
    for [kernel, stride, padding, dilation] in [
        [[6, 3], [1, 1], [0, 0], [1, 1]], // 6 > 5
        [[3, 9], [1, 1], [0, 1], [1, 1]], // 9 > 6 + 2
        [[3, 3], [1, 1], [0, 0], [3, 1]], // 7 > 5
        [[0, 3], [1, 1], [0, 0], [1, 1]],
        [[3, 3], [0, 1], [0, 0], [1, 1]],
        [[3, 3], [1, 0], [0, 0], [1, 1]],
        [[3, 3], [1, 1], [0, 0], [1, 0]],
        [[ALL, 1], [1, 1], [0, 0], [1, 1]],
        [[ALL, 1], [1, 1], [ALL, 0], [1, 1]],
    ] {
        let layer = Convolution {
            kernel,
            stride,
            padding,
            dilation,
            ..window()
        };
        let told = Misfit::Window {
            kernel,
            stride,
            padding,
            dilation,
        };
        assert_eq!(why(network(IMAGE, Box::new(layer))), Some(told));
    }
    for groups in [0, 3, 4, 5, 12] {
        // 4 channels and 6 outputs have the common divisors 1 and 2
        let layer = Convolution { groups, ..window() };
        let (channels, outputs) = (4, 6);
        let told = Misfit::Groups {
            channels,
            outputs,
            groups,
        };
        assert_eq!(why(network(IMAGE, Box::new(layer))), Some(told));
    }
    let (kernel, groups) = ([5, 6], 2);
    let whole = Convolution {
        kernel,
        groups,
        ..window()
    };
    assert!(network(IMAGE, Box::new(whole)).is_ok());
}

#[test]
fn windows_that_do_not_fit_a_sequence_are_refused() {
    let (features, steps) = (4, 5);
    // kernel, stride, dilation
    for [kernel, stride, dilation] in [[6, 1, 1], [0, 1, 1], [3, 0, 1], [3, 1, 0], [3, 1, 3]] {
        let layer = SequenceConvolution {
            outputs: 6,
            kernel,
            stride,
            padding: 0,
            dilation,
            weights: Initializer::default(),
            bias: true,
        };
        let why = why(network(
            SampleShape::Sequence { features, steps },
            Box::new(layer),
        ));
        assert!(
            matches!(why, Some(Misfit::Window { .. })),
            "{layer:?}: {why:?}"
        );
    }
}

/// A row without variance gives β, and its slope is finite: 1/√ε at most.
#[test]
fn constant_rows_are_normalized_to_the_bias() -> Result<(), Box<dyn Error>> {
    let beta = [0.5, -1.0, 2.0, 0.0];
    for layer in [layer_norm(), group_norm(1)] {
        let mut model = network(4, layer)?.initialize(Key::new(0))?;
        model.set_theta([[1.0, 2.0, -3.0, 1.0], beta].concat())?;
        for level in [0.0, 7.0, -1e-300, 1e150] {
            let x = DMatrix::from_element(4, 2, level);
            let y = model.predict(view(&x)?)?;
            assert_eq!(y.as_slice(), [beta, beta].concat(), "{level}");
            for output in 0..4 {
                let slopes = model.input_gradient(view(&x)?, output)?;
                // |γ| / √ε, of which the mean is taken off
                assert!(
                    slopes.iter().all(|s| s.abs() <= 3.0 / 1e-5_f64.sqrt()),
                    "{slopes}"
                );
            }
        }
    }
    let model = network(4, rms_norm())?.initialize(Key::new(0))?;
    assert_eq!(model.predict_one(&[0.0; 4])?, [0.0; 4]);
    // a constant channel of a batch, in training
    let model = network(2, batch_norm())?.initialize(Key::new(0))?;
    let x = DMatrix::from_fn(2, 3, |c, j| if c == 0 { 5.0 } else { j as f64 });
    let y = logits(&model, &x, Mode::training(Key::new(1), 0))?;
    assert_eq!(y.row(0).iter().copied().collect::<Vec<_>>(), [0.0; 3]);
    Ok(())
}

/// A layer by its rate.
type Dropping = fn(f64) -> Box<dyn Layer<f64>>;

#[test]
fn rates_of_dropout_are_probabilities() -> Result<(), NnError> {
    let layers: [Dropping; 3] = [dropout, channel_dropout, alpha_dropout];
    for layer in layers {
        for rate in [-0.1, 1.5, 1.0_f64.next_up(), f64::NAN, f64::INFINITY] {
            let refused = network(3, layer(rate));
            assert!(matches!(refused, Err(NnError::Domain { .. })), "{rate}");
        }
        for rate in [0.0, 1.0] {
            network(3, layer(rate))?;
        }
    }
    Ok(())
}

/// A law that divides by the inputs has no variance where there are none: refused, not infinite weights or a panic.
#[test]
fn weights_without_inputs_have_no_law() {
    let scaled = |fan| Initializer::VarianceScaling {
        scale: 2.0,
        fan,
        law: Law::Normal,
    };
    let mut rng = Key::new(0).rng();
    for (law, dimensions) in [
        (Initializer::HeNormal, [3, 0]),
        (Initializer::HeUniform, [3, 0]),
        (Initializer::LeCunNormal, [3, 0]),
        (Initializer::LeCunUniform, [3, 0]),
        (Initializer::GlorotNormal, [0, 0]),
        (Initializer::GlorotUniform, [0, 0]),
        (scaled(Fan::In), [3, 0]),
        (scaled(Fan::Out), [0, 3]),
        (scaled(Fan::Mean), [0, 0]),
    ] {
        let refused = law.fill(&mut [0.0_f64; 0], &dimensions, &mut rng);
        assert!(
            matches!(refused, Err(NnError::Domain { value: 0.0, .. })),
            "{law:?}"
        );
    }
    // as many numbers as the dimensions say, or nothing is written
    for law in [
        Initializer::HeNormal,
        Initializer::Orthogonal { gain: 1.0 },
        Initializer::Zeros,
    ] {
        for dimensions in [&[4, 0][..], &[3, 2], &[2, 2, 2], &[usize::MAX, 2]] {
            let mut w = [7.0_f64; 4];
            let refused = law.fill(&mut w, dimensions, &mut rng);
            assert!(
                matches!(refused, Err(NnError::EntryCount { got: 4, .. })),
                "{law:?}"
            );
            assert_eq!(w, [7.0; 4]);
        }
    }
    assert_eq!(why(network(0, dense(3))), Some(Misfit::Empty));
    assert_eq!(why(network(3, dense(0))), Some(Misfit::Empty));
}

/// pytorch#70348: of a batch of ignored samples there is no mean, and the step is refused as a whole.
#[test]
fn pytorch_70348_a_batch_of_ignored_labels_is_refused() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 6, 1), cycle(1, 6)); // all of class 0
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?.ignoring(0);
    let layers: Layers = vec![dense(4)];
    let model = Network::new(3, layers, Output::Softmax)?.initialize(Key::new(3))?;
    let before = model.theta().to_vec();
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let mut training = Training::new(model, sgd(0.1)?, loss, Settings::default())?;
    let refused = training.fit(1, &data, &mut []);
    assert!(
        matches!(refused, Err(NnError::ZeroWeights { .. })),
        "{refused:?}"
    );
    assert_eq!(training.model().theta(), before);
    Ok(())
}
