//! What a prediction owes to its inputs.

use super::{Layers, draws, view};
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{Loss, SoftmaxCrossEntropy, Target, Weights};
use gradus_nn::autodiff::AutodiffError;
use gradus_nn::layers::{
    LayerNorm, average_pool, batch_norm, convolution, dense, flatten, global_average_pool,
    layer_norm, max_pool, relu, residual, sigmoid, tanh,
};
use gradus_nn::{Key, MatrixRef, Misfit, Model, Network, NnError, Output, SampleShape};
use gradus_testkit::{all_scaled, cases, golden, gradient, scaled};
use proptest::prelude::*;
use std::error::Error;

const IMAGE: SampleShape = SampleShape::Image {
    channels: 2,
    height: 4,
    width: 4,
};

/// A model whose biases are drawn too, or are 0.
fn model(
    input: impl Into<SampleShape>,
    layers: Layers,
    seed: u64,
    biased: bool,
) -> Result<Model<f64>, NnError> {
    let mut model = Network::new(input, layers, Output::Identity)?.initialize(Key::new(seed))?;
    if biased {
        let noise = draws(model.theta().len(), 1, seed + 1);
        let theta = model
            .theta()
            .iter()
            .zip(noise.iter())
            .map(|(t, n)| t + 0.2 * n);
        model.set_theta(theta.collect())?;
        let moments: Vec<f64> = (0..model.buffers().len())
            .map(|i| 0.5 + 0.1 * i as f64)
            .collect();
        model.set_buffers(moments)?;
    }
    Ok(model)
}

/// Every kind of layer that shares can pass.
fn images() -> Layers {
    let block = vec![convolution(3, 3), batch_norm(), tanh(), convolution(3, 3)];
    vec![
        convolution(3, 3),
        relu(),
        max_pool(2),
        residual(block),
        average_pool(2),
        flatten(),
        dense(4),
        sigmoid(),
        dense(3),
    ]
}

fn rectifiers() -> Layers {
    vec![
        convolution(3, 3),
        relu(),
        max_pool(2),
        flatten(),
        dense(5),
        relu(),
        dense(3),
    ]
}

fn logit(model: &Model<f64>, x: &[f64], output: usize) -> f64 {
    model.predict_one(x).map_or(f64::NAN, |z| z[output])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_input_gradient_is_the_slope_of_a_logit(seed in 0_u64..1000, output in 0_usize..3) {
        let layers = vec![convolution(3, 3), batch_norm(), tanh(), Box::new(LayerNorm { epsilon: 0.5 }), average_pool(2), flatten(), dense(3)];
        let (model, x) = (model(IMAGE, layers, seed, true)?, draws(32, 1, seed));
        let ask = |x: &[f64]| {
            let slopes = model.input_gradient(MatrixRef::from_column(x), output);
            (logit(&model, x, output), slopes.map_or(vec![], |g| g.as_slice().to_vec()))
        };
        gradient::check(ask, x.as_slice())?;
    }

    #[test]
    fn the_input_gradient_of_the_loss_is_its_slope(seed in 0_u64..1000) {
        let (model, x) = (model(3, vec![dense(5), tanh(), dense(4)], seed, true)?, draws(3, 6, seed));
        let (labels, loss) = ([0, 3, 1, 2, 2, 0], SoftmaxCrossEntropy::default());
        let ask = |x: &[f64]| {
            let x = DMatrix::from_column_slice(3, 6, x);
            let target = Target::Labels(&labels);
            let all = view(&x).and_then(|x| {
                let z = model.predict(x)?; // logits: the output is the identity
                let value = loss.value(view(&z)?, target, Weights::Equal, 6.0)?;
                Ok((value, model.loss_input_gradient(x, target, &loss)?.as_slice().to_vec()))
            });
            all.unwrap_or((f64::NAN, vec![]))
        };
        gradient::check(ask, x.as_slice())?;
    }

    #[test]
    fn attributions_of_a_sample_do_not_depend_on_its_batch(seed in 0_u64..1000) {
        let (model, x) = (model(IMAGE, images(), seed, true)?, draws(32, 70, seed)); // more than are recorded at once
        let baseline = [0.1; 32];
        let all = [
            model.input_gradient(view(&x)?, 1)?,
            model.relevance(view(&x)?, 1, 0.1)?,
            model.deep_lift(view(&x)?, &baseline, 1)?,
            model.grad_cam(view(&x)?, 0, 1)?,
        ];
        for j in [0, 63, 64, 69] {
            let one = x.column(j).into_owned();
            let one = MatrixRef::from_column(one.as_slice());
            let alone = [
                model.input_gradient(one, 1)?,
                model.relevance(one, 1, 0.1)?,
                model.deep_lift(one, &baseline, 1)?,
                model.grad_cam(one, 0, 1)?,
            ];
            for (all, alone) in all.iter().zip(&alone) {
                let size = alone.iter().map(|x| x.abs()).fold(1.0, f64::max);
                // Products of matrices of other widths round otherwise, and shares divide by sums that cancel.
                all_scaled(all.column(j).as_slice(), alone.as_slice(), 1e-9, size)?;
            }
        }
    }

    #[test]
    fn shares_of_rectifiers_without_biases_add_up(seed in 0_u64..1000) {
        let (model, x) = (model(IMAGE, rectifiers(), seed, false)?, draws(32, 3, seed));
        let (shares, logits) = (model.gradient_times_input(view(&x)?, 2)?, model.predict(view(&x)?)?);
        for j in 0..3 {
            let size: f64 = shares.column(j).iter().map(|r| r.abs()).sum();
            scaled(shares.column(j).sum(), logits[(2, j)], 256.0 * f64::EPSILON, size + 1.0)?;
        }
    }

    #[test]
    fn relevance_of_rectifiers_is_gradient_times_input(seed in 0_u64..1000) {
        let (model, x) = (model(IMAGE, rectifiers(), seed, true)?, draws(32, 3, seed));
        let slopes = model.gradient_times_input(view(&x)?, 0)?;
        let shares = model.relevance(view(&x)?, 0, 1e-13)?;
        let size = slopes.iter().map(|x| x.abs()).fold(1.0, f64::max);
        // A unit whose sum is 10⁻³, of 10³ units in a test of 256, keeps 10⁻¹⁰ of its share to itself.
        all_scaled(shares.as_slice(), slopes.as_slice(), 1e-8, size)?;
    }

    /// The definition, with a loop for every unit.
    #[test]
    fn relevance_is_its_sum(seed in 0_u64..1000, epsilon in 0.0..1.0_f64) {
        let (model, x) = (model(3, vec![dense(4), sigmoid(), dense(2)], seed, true)?, draws(3, 1, seed));
        let (theta, x) = (model.theta(), x.as_slice());
        let stable = |z: f64| if z < 0.0 { z - epsilon } else { z + epsilon };
        let z: Vec<f64> = (0..4).map(|k| theta[12 + k] + (0..3).map(|i| theta[3 * k + i] * x[i]).sum::<f64>()).collect();
        let a: Vec<f64> = z.iter().map(|z| 1.0 / (1.0 + (-z).exp())).collect();
        let out = theta[25] + (0..4).map(|k| theta[20 + k] * a[k]).sum::<f64>();
        let share = |i: usize| -> f64 {
            let unit = |k: usize| theta[20 + k] * a[k] / stable(out) * out;
            (0..4).map(|k| theta[3 * k + i] * x[i] / stable(z[k]) * unit(k)).sum()
        };
        let expected = [share(0), share(1), share(2)];
        let size = (0..4).map(|k| 1.0 / stable(z[k]).abs()).fold(1.0 / stable(out).abs(), f64::max);
        let shares = model.relevance(MatrixRef::from_column(x), 1, epsilon)?;
        all_scaled(shares.as_slice(), &expected, 1e-13, (1.0 + size) * (1.0 + size))?;
    }

    #[test]
    fn deep_lift_is_complete(seed in 0_u64..1000) {
        let (model, x) = (model(IMAGE, images(), seed, true)?, draws(32, 3, seed));
        let baseline = draws(32, 1, seed + 7);
        let shares = model.deep_lift(view(&x)?, baseline.as_slice(), 1)?;
        let below = logit(&model, baseline.as_slice(), 1);
        for j in 0..3 {
            let size: f64 = shares.column(j).iter().map(|r| r.abs()).sum();
            let difference = logit(&model, x.column(j).as_slice(), 1) - below;
            scaled(shares.column(j).sum(), difference, 1e-11, size + 1.0)?; // quotients of small differences
        }
    }

    #[test]
    fn deep_lift_of_an_affine_network_is_its_terms(seed in 0_u64..1000) {
        let (model, x) = (model(4, vec![dense(1)], seed, true)?, draws(4, 1, seed));
        let baseline = draws(4, 1, seed + 7);
        let shares = model.deep_lift(view(&x)?, baseline.as_slice(), 0)?;
        let terms: Vec<f64> = (0..4).map(|i| model.theta()[i] * (x[i] - baseline[i])).collect();
        all_scaled(shares.as_slice(), &terms, 4.0 * f64::EPSILON, 10.0)?;
    }

    /// With one hidden layer, the average slope of a unit along the way is the quotient of its differences. The path is
    /// integrated by 400 midpoints.
    #[test]
    fn deep_lift_agrees_with_integrated_gradients(seed in 0_u64..1000) {
        let (model, x) = (model(3, vec![dense(4), tanh(), dense(2)], seed, true)?, draws(3, 1, seed));
        let baseline = [0.5, -0.25, 0.0];
        let shares = model.deep_lift(view(&x)?, &baseline, 1)?;
        let mut path = [0.0; 3];
        let steps = 400;
        for k in 0..steps {
            let t = (f64::from(k) + 0.5) / f64::from(steps);
            let at: Vec<f64> = (0..3).map(|i| baseline[i] + t * (x[i] - baseline[i])).collect();
            let slopes = model.input_gradient(MatrixRef::from_column(&at), 1)?;
            (0..3).for_each(|i| path[i] += slopes[i] * (x[i] - baseline[i]) / f64::from(steps));
        }
        all_scaled(shares.as_slice(), &path, 1e-5, 10.0)?; // h² / 24 = 2.6e-7 of the second derivative along the way
    }

    #[test]
    fn grad_cam_of_a_global_mean_is_its_class_map(seed in 0_u64..1000, output in 0_usize..3) {
        let layers = vec![convolution(4, 3), relu(), global_average_pool(), dense(3)];
        let (model, x) = (model(IMAGE, layers, seed, true)?, draws(32, 1, seed));
        let looked = model.grad_cam(view(&x)?, 1, output)?;
        let mut inner = self::model(IMAGE, vec![convolution(4, 3), relu()], 0, false)?;
        let own = inner.theta().len();
        inner.set_theta(model.theta()[..own].to_vec())?;
        let a = inner.predict(view(&x)?)?; // 4 channels of 16 places
        let weight = |c: usize| model.theta()[own + 4 * output + c] / 16.0;
        let expected: Vec<f64> = (0..16)
            .map(|k| (0..4).map(|c| weight(c) * a[(16 * c + k, 0)]).sum::<f64>().max(0.0))
            .collect();
        all_scaled(looked.as_slice(), &expected, 64.0 * f64::EPSILON, 10.0)?;
    }
}

/// The network 3 → 4 → 2 of `golden/attribution.py`.
fn golden_model(kind: &str) -> Result<Model<f64>, NnError> {
    let layers = if kind == "relu" {
        vec![dense(4), relu(), dense(2)]
    } else {
        vec![dense(4), tanh(), dense(2)]
    };
    let mut model = Network::new(3, layers, Output::Identity)?.initialize(Key::new(0))?;
    let first = [
        1.0, -2.0, 0.5, -1.5, 1.0, 1.0, 0.25, 0.75, -1.0, 2.0, 0.0, -0.5, 0.1, -0.2, 0.3, -0.4,
    ];
    let second = [1.0, -1.0, 0.5, 0.25, -0.5, 2.0, 1.0, -1.0, 0.05, -0.05];
    model.set_theta([&first[..], &second[..]].concat())?;
    Ok(model)
}

#[test]
fn attributions_are_those_of_captum() -> Result<(), Box<dyn Error>> {
    let rows = golden::read(include_str!("../golden/attribution.csv"))?;
    for kind in ["relu", "tanh"] {
        let model = golden_model(kind)?;
        for method in ["gradient", "deep_lift", "relevance"] {
            let class = format!("{method}_{kind}");
            let rows: Vec<_> = rows.iter().filter(|row| row.class == class).collect();
            let column = |k: usize| -> Vec<f64> { rows.iter().map(|row| row.inputs[k]).collect() };
            let (x, baseline) = (column(0), column(1));
            let x = MatrixRef::from_column(&x);
            let found = match method {
                "gradient" => model.input_gradient(x, 1)?,
                "deep_lift" => model.deep_lift(x, &baseline, 1)?,
                _ => model.relevance(x, 1, 0.25)?,
            };
            assert_eq!(rows.len(), 3);
            let size = rows.iter().map(|row| row.output.abs()).fold(0.0, f64::max);
            for (row, found) in rows.iter().zip(&found) {
                scaled(*found, row.output, row.max_ulp as f64 * f64::EPSILON, size)
                    .map_err(|violation| violation.within(format!("line {}", row.line)))?;
            }
        }
    }
    Ok(())
}

#[test]
fn attributions_that_make_no_sense_are_refused() -> Result<(), Box<dyn Error>> {
    let model = model(IMAGE, images(), 1, true)?;
    let (x, short) = (draws(32, 2, 3), draws(31, 2, 3));
    let told = model
        .input_gradient(view(&x)?, 3)
        .map_err(|error| error.to_string());
    assert_eq!(
        told.err().as_deref(),
        Some("there is no output 3: the network has 3, counted from 0")
    );
    let counts = NnError::FeatureCount {
        expected: 32,
        got: 31,
    };
    assert_eq!(model.input_gradient(view(&short)?, 0), Err(counts.clone()));
    assert_eq!(model.deep_lift(view(&x)?, &[0.0; 31], 0), Err(counts));
    let layers = NnError::NoSuchLayer {
        layer: 9,
        layers: 9,
    };
    assert_eq!(model.grad_cam(view(&x)?, 9, 0), Err(layers));
    let flat = model.grad_cam(view(&x)?, 5, 0);
    assert!(matches!(flat, Err(NnError::Layer { why, .. }) if *why == Misfit::NoPlaces));
    for epsilon in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(
            model.relevance(view(&x)?, 0, epsilon),
            Err(NnError::Domain { .. })
        ));
    }
    let mut infinite = x.clone();
    infinite[(3, 1)] = f64::INFINITY;
    let value = f64::INFINITY;
    let told = NnError::NonFiniteInput {
        feature: 3,
        sample: 1,
        value,
    };
    assert_eq!(model.input_gradient(view(&infinite)?, 0), Err(told.clone()));
    assert_eq!(model.relevance(view(&infinite)?, 0, 0.1), Err(told));
    let normed =
        Network::new(4, vec![layer_norm(), dense(1)], Output::Identity)?.initialize(Key::new(0))?;
    let refused = normed.relevance(MatrixRef::from_column(&[1.0, 2.0, 3.0, 5.0]), 0, 0.0);
    let operation = "layer normalization";
    assert_eq!(
        refused,
        Err(NnError::Autodiff(AutodiffError::Impassable { operation }))
    );
    let none = model.input_gradient(view(&DMatrix::from_element(32, 0, 0.0))?, 0)?;
    assert_eq!(none.shape(), (32, 0));
    Ok(())
}

/// A dead network, and a sample that is its own baseline, owe nothing to anything.
#[test]
fn where_nothing_differs_nothing_is_shared_out() -> Result<(), Box<dyn Error>> {
    let mut model = model(IMAGE, images(), 1, true)?;
    let x = draws(32, 1, 3);
    let zeros = DMatrix::from_element(32, 1, 0.0);
    assert_eq!(model.deep_lift(view(&x)?, x.as_slice(), 1)?, zeros);
    model.set_theta(vec![0.0; model.theta().len()])?;
    assert_eq!(model.input_gradient(view(&x)?, 1)?, zeros);
    assert_eq!(model.relevance(view(&x)?, 1, 0.0)?, zeros);
    Ok(())
}
