//! Laws of networks as ready models.

use super::samples::{Sampled, dot, sampled};
use gradus_models::linalg::nalgebra::DMatrix;
use gradus_models::linalg::{Pca, view};
use gradus_models::{Autoencoder, Fit, Mlp, Predict, SoftmaxRegression};
use gradus_testkit::{all_same_bits, all_scaled, at_least, at_most, cases};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::error::Error;

fn small(epochs: u64, threads: usize, seed: u64) -> Mlp {
    Mlp {
        hidden: vec![5],
        epochs,
        batch: 7,
        learning_rate: 0.01,
        threads,
        seed,
        ..Mlp::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..cases() })]

    #[test]
    fn a_perceptron_is_decided_by_its_seed(data in sampled(), seed in 0_u64..1000) {
        let labels = data.labels(3);
        let p = |threads, seed| small(3, threads, seed).fit(data.view(), &labels)?.probabilities(data.view());
        let first = p(1, seed)?;
        all_same_bits(first.as_slice(), p(2, seed)?.as_slice())?;
        prop_assert_ne!(&first, &p(1, seed + 1)?);
        let numbers = small(3, 1, seed).fit(data.view(), &data.y)?.predict(data.view())?;
        all_same_bits(&numbers, &small(3, 2, seed).fit(data.view(), &data.y)?.predict(data.view())?)?;
    }

    #[test]
    fn a_reconstruction_is_the_decoded_code(data in sampled(), code in 1_usize..4) {
        let model = Autoencoder { code, network: small(2, 1, 0) }.fit(data.view())?;
        let codes = model.encode(data.view())?;
        prop_assert_eq!(codes.shape(), (code, data.x.ncols()));
        let again = model.decode(view(&codes))?;
        all_same_bits(again.as_slice(), model.reconstruct(data.view())?.as_slice())?;
        prop_assert_eq!(again.shape(), data.x.shape());
        prop_assert!(model.decode(data.view()).is_err() || data.x.nrows() == code);
    }
}

fn squares(a: &DMatrix<f64>) -> f64 {
    dot(a.as_slice(), a.as_slice())
}

/// One set of samples, always the same.
fn one() -> Result<Sampled, Box<dyn Error>> {
    let mut runner = TestRunner::deterministic();
    let near = sampled().prop_filter("near 0, three features", |data| {
        data.x.nrows() == 3 && data.x.amax() < 5.0
    });
    Ok(near
        .new_tree(&mut runner)
        .map_err(|reason| reason.to_string())?
        .current())
}

/// Both minimize the same convex function, one by Newton's method and one by a thousand steps of Adam.
#[test]
fn a_network_without_hidden_layers_is_softmax_regression() -> Result<(), Box<dyn Error>> {
    let data = one()?;
    let labels = data.labels(3);
    let mlp = Mlp {
        hidden: vec![],
        epochs: 4000,
        batch: data.y.len(),
        learning_rate: 0.02,
        weight_decay: 0.0,
        ..Mlp::default()
    };
    let network = mlp.fit(data.view(), &labels)?.probabilities(data.view())?;
    let free = SoftmaxRegression {
        penalty: 0.0,
        ..SoftmaxRegression::default()
    };
    let exact = free.fit(data.view(), &labels)?.probabilities(data.view())?;
    all_scaled(network.as_slice(), exact.as_slice(), 0.01, 1.0)?; // probabilities, in percent
    Ok(())
}

#[test]
fn a_linear_autoencoder_finds_the_principal_plane() -> Result<(), Box<dyn Error>> {
    let data = one()?;
    let network = Mlp {
        hidden: vec![],
        epochs: 3000,
        batch: data.y.len(),
        learning_rate: 0.01,
        weight_decay: 0.0,
        ..Mlp::default()
    };
    let model = Autoencoder { code: 2, network }.fit(data.view())?;
    let error = squares(&(model.reconstruct(data.view())? - &data.x));
    let pca = Pca::fit(&data.x, 0)?.truncated(2);
    let best = squares(&(pca.inverse_transform(&pca.transform(&data.x)?)? - &data.x));
    at_least(error, best * (1.0 - 1e-12))?; // no plane is nearer
    at_most(error, best * 1.05)?;
    Ok(())
}
