//! Theorems about whole networks: symmetries, limits, and what training makes of moments.

use super::{Layers, draws, logits, model as softmax_model, view};
use gradus_autodiff::Tape;
use gradus_linalg::matmul;
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{Loss, SoftmaxCrossEntropy, Target, Weights};
use gradus_nn::layers::{
    BatchNorm, Buffers, Convolution, Dense, Dropout, Mode, RunningVariance, SequenceConvolution,
    batch_norm, dense, relu, tanh, turned_windows,
};
use gradus_nn::{Initializer, Key, Model, Network, NnError, Output, SampleShape};
use gradus_numeric::{Order, Shape};
use gradus_testkit::{all_same_bits, all_scaled, cases, golden, relative};
use proptest::prelude::*;

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

/// The logits of `x` in training, and the buffers after it.
fn trained(model: &Model<f64>, x: &DMatrix<f64>) -> Result<(DMatrix<f64>, Vec<f64>), NnError> {
    let tape = Tape::new(model.theta());
    let mut next = vec![f64::NAN; model.buffers().len()];
    let shape = Shape::new(x.nrows(), x.ncols());
    let x = tape.constant(shape, Order::Columns, |memory| {
        memory.copy_from_slice(x.as_slice());
    });
    let buffers = Buffers {
        now: model.buffers(),
        next: &mut next,
    };
    let mode = Mode::training(Key::new(0), 0);
    let y = model.network().logits(&tape, x, mode, buffers)?.value()?;
    Ok((y, next))
}

/// All of $`p * q`$: a convolution layer with the window `q` turned, which may stand over both ends but for one step.
fn full_convolution(p: &[f64], q: &[f64]) -> Result<Vec<f64>, NnError> {
    let layer = SequenceConvolution {
        outputs: 1,
        kernel: q.len(),
        stride: 1,
        padding: q.len() - 1,
        dilation: 1,
        weights: Initializer::Zeros,
        bias: true,
    };
    let sequence = SampleShape::Sequence {
        features: 1,
        steps: p.len(),
    };
    let mut model = model(sequence, vec![Box::new(layer)], 0)?;
    let window = turned_windows(q, [1, q.len()])?;
    model.set_theta([window, vec![0.0]].concat())?; // and no bias
    let x = DMatrix::from_column_slice(p.len(), 1, p);
    Ok(model.predict(view(&x)?)?.as_slice().to_vec())
}

/// Coefficients of a polynomial, whole, so that no sum is rounded.
fn polynomial() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((-9_i8..=9).prop_map(f64::from), 1..7)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn full_convolution_is_the_product_of_polynomials(p in polynomial(), q in polynomial(), r in polynomial()) {
        let product = full_convolution(&p, &q)?;
        let mut coefficients = vec![0.0; p.len() + q.len() - 1];
        for (i, a) in p.iter().enumerate() {
            for (j, b) in q.iter().enumerate() {
                coefficients[i + j] += a * b;
            }
        }
        prop_assert_eq!(&product, &coefficients);
        prop_assert_eq!(&product, &full_convolution(&q, &p)?);
        prop_assert_eq!(full_convolution(&product, &r)?, full_convolution(&p, &full_convolution(&q, &r)?)?);
    }

    /// Two hidden units change places, weights and biases in and weights out: the function is the same. Whole numbers, so
    /// that the order of a sum does not matter.
    #[test]
    fn hidden_units_may_change_places(seed in 0_u64..1000) {
        let mut model = model(3, vec![dense(4), relu(), dense(2)], seed)?;
        let mut theta: Vec<f64> = draws(26, 1, seed).iter().map(|w| (4.0 * w).round()).collect();
        let x = draws(3, 5, seed + 1).map(|x| (4.0 * x).round());
        model.set_theta(theta.clone())?;
        let before = model.predict(view(&x)?)?;
        (0..3).for_each(|i| theta.swap(i, 6 + i)); // rows 0 and 2 of the first weights
        theta.swap(12, 14);
        theta.swap(16, 18); // columns 0 and 2 of the second ones
        theta.swap(20, 22);
        model.set_theta(theta)?;
        prop_assert_eq!(model.predict(view(&x)?)?, before);
    }

    /// What goes into a rectifier may be scaled by a power of two if what comes out is scaled back.
    #[test]
    fn rectifiers_pass_scales_on(seed in 0_u64..1000, power in -8..8_i32) {
        let mut model = model(3, vec![dense(4), relu(), dense(2)], seed)?;
        let x = draws(3, 5, seed);
        let before = model.predict(view(&x)?)?;
        let (up, down) = (2.0_f64.powi(power), 2.0_f64.powi(-power));
        let scaled = model.theta().iter().enumerate().map(|(i, w)| match i {
            0..16 => up * w,
            16..24 => down * w,
            _ => *w,
        });
        let scaled = scaled.collect();
        model.set_theta(scaled)?;
        all_same_bits(model.predict(view(&x)?)?.as_slice(), before.as_slice())?;
    }

    /// A network that knows nothing says the same of all classes.
    #[test]
    fn a_last_layer_of_zeros_has_the_loss_of_a_guess(seed in 0_u64..1000, classes in 2_u32..20) {
        let last = Dense { weights: Initializer::Zeros, ..Dense::new(classes as usize) };
        let model = softmax_model(vec![dense(5), tanh(), Box::new(last)], 3, seed)?;
        let x = draws(3, 8, seed);
        let z = logits(&model, &x, Mode::Evaluation)?;
        let labels: Vec<u32> = (0..8).map(|j| j % classes).collect();
        let loss = SoftmaxCrossEntropy::default().value(view(&z)?, Target::Labels(&labels), Weights::Equal, 8.0)?;
        relative(loss, f64::from(classes).ln(), 4.0 * f64::EPSILON)?;
    }

    /// In training, batch normalization is what it is in evaluation with the moments of the batch.
    #[test]
    fn batch_norm_in_training_is_evaluation_by_its_own_moments(seed in 0_u64..1000, count in 2_usize..7) {
        let mut model = model(image(2, 1, 2), vec![batch_norm()], 0)?;
        model.set_theta(vec![2.0, -0.5, 1.0, 3.0])?;
        let x = draws(4, count, seed);
        let (y, _) = trained(&model, &x)?;
        let channel = |c: usize| x.rows(2 * c, 2);
        let mean = [channel(0).mean(), channel(1).mean()];
        let variance = [channel(0).variance(), channel(1).variance()];
        model.set_buffers([mean, variance].concat())?;
        let size = y.iter().map(|y| y.abs()).fold(1.0, f64::max);
        all_scaled(model.predict(view(&x)?)?.as_slice(), y.as_slice(), 1e-12, size)?;
    }

    /// A running moment keeps 1 − m of what it was and takes m of what the batch has; the variance divides by n − 1.
    #[test]
    fn running_moments_take_their_share(seed in 0_u64..1000, momentum in 0.0..1.0_f64, count in 2_usize..9) {
        let layer = BatchNorm { momentum, ..BatchNorm::default() };
        let mut model = model(1, vec![Box::new(layer)], 0)?;
        model.set_buffers(vec![5.0, 3.0])?;
        let x = draws(1, count, seed);
        let (_, next) = trained(&model, &x)?;
        let unbiased = x.variance() * count as f64 / (count - 1) as f64;
        let share = |was: f64, seen: f64| (1.0 - momentum) * was + momentum * seen;
        all_scaled(&next, &[share(5.0, x.mean()), share(3.0, unbiased)], 1e-14, 8.0)?;
    }

    /// What is dropped going forward gets nothing going back, and what is kept the same factor.
    #[test]
    fn dropout_goes_back_by_the_same_mask(seed in 0_u64..1000, rate in 0.0..1.0_f64) {
        let network = Network::<f64>::new(6, vec![Box::new(Dropout { rate })], Output::Identity)?;
        let ones = [1.0; 24];
        let tape = Tape::new(&ones);
        let x = tape.parameter(0, Shape::new(6, 4));
        let mode = Mode::training(Key::new(seed), 0);
        let y = network.logits(&tape, x, mode, Buffers::default())?;
        let value = y.value()?.transpose(); // rows contiguous, as parameters are
        all_same_bits(&tape.gradient(y.sum())?, value.as_slice())?;
    }

    /// A window of one pixel: the same matrix for every pixel.
    #[test]
    fn a_convolution_of_one_pixel_is_a_product(seed in 0_u64..1000) {
        let model = model(image(3, 2, 4), vec![Box::new(Convolution::same(5, 1))], seed)?;
        let x = draws(24, 1, seed);
        let w = DMatrix::from_row_slice(5, 3, &model.theta()[..15]);
        let pixels = DMatrix::from_row_slice(3, 8, x.as_slice()); // channels × pixels
        let product = matmul(&w, &pixels)?.transpose(); // outputs one after the other
        let y = model.predict(view(&x)?)?;
        all_scaled(y.as_slice(), product.as_slice(), 8.0 * f64::EPSILON, 10.0)?;
    }

    /// An image moved by a pixel gives images moved by a pixel, away from the edge.
    #[test]
    fn a_moved_image_moves_what_is_made_of_it(seed in 0_u64..1000) {
        let model = model(image(1, 5, 7), vec![Box::new(Convolution::same(2, 3))], seed)?;
        let x = draws(35, 1, seed);
        let moved = DMatrix::from_fn(35, 1, |k, _| if k % 7 == 0 { 0.0 } else { x[k - 1] });
        let (y, z) = (model.predict(view(&x)?)?, model.predict(view(&moved)?)?);
        for k in (0..70).filter(|k| (1..6).contains(&(k % 7))) {
            gradus_testkit::scaled(z[k], y[k - 1], 8.0 * f64::EPSILON, 10.0)?;
        }
    }

    #[test]
    fn saving_what_was_loaded_gives_the_same_file(seed in 0_u64..1000) {
        let folder = std::env::temp_dir();
        let [first, second] = ["a", "b"].map(|name| {
            folder.join(format!("gradus-nn-{}-again-{seed}-{name}.safetensors", std::process::id()))
        });
        let layers = || -> Layers { vec![dense(3), batch_norm()] };
        let (mut saved, mut loaded) = (model(2, layers(), seed)?, model(2, layers(), seed + 1)?);
        // A negative zero, and the smallest number of all.
        saved.set_theta([vec![-0.0, 5e-324], saved.theta()[2..].to_vec()].concat())?;
        saved.save(&first)?;
        loaded.load(&first)?;
        loaded.save(&second)?;
        let outcome = (std::fs::read(&first)?, std::fs::read(&second)?);
        std::fs::remove_file(&first)?;
        std::fs::remove_file(&second)?;
        prop_assert_eq!(outcome.0, outcome.1);
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn windows_turned_twice_are_what_they_were(height in 1_usize..5, width in 1_usize..5, count in 0_usize..5, seed in 0_u64..1000) {
        let w = draws(height * width * count, 1, seed);
        let once = turned_windows(w.as_slice(), [height, width])?;
        all_same_bits(&turned_windows(&once, [height, width])?, w.as_slice())?;
        for (k, window) in once.chunks(height * width).enumerate() {
            let last = height * width * (k + 1) - 1;
            prop_assert_eq!(window[0], w[last]);
        }
    }
}

/// The example of NumPy's `convolve`, and one of SciPy's `convolve2d` by hand; what is no window is refused.
#[test]
fn turned_windows_convolve() -> Result<(), NnError> {
    assert_eq!(
        full_convolution(&[1.0, 2.0, 3.0], &[0.0, 1.0, 0.5])?,
        [0.0, 1.0, 2.5, 4.0, 1.5]
    );
    let layer = Convolution {
        padding: [0, 0],
        kernel: [2, 2],
        ..Convolution::same(1, 2)
    };
    let mut model = model(image(1, 2, 3), vec![Box::new(layer)], 0)?;
    let window = turned_windows(&[1.0, 2.0, 3.0, 4.0], [2, 2])?;
    model.set_theta([window, vec![0.0]].concat())?;
    // 4·1 + 3·2 + 2·4 + 1·5 = 23 and 4·2 + 3·3 + 2·5 + 1·6 = 33
    assert_eq!(
        model.predict_one(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?,
        [23.0, 33.0]
    );
    for kernel in [[2, 2], [0, 3], [usize::MAX, 2]] {
        let refused = turned_windows(&[1.0; 6], kernel);
        assert!(
            matches!(refused, Err(NnError::EntryCount { got: 6, .. })),
            "{kernel:?}"
        );
    }
    Ok(())
}

/// pytorch#3122, keras#8982: the variance that runs divides by n − 1 or by n, and which is a setting.
///
/// Three steps from 0 and 1 on a channel of four values, and what comes out for 1 afterwards: `golden/batch_norm.csv`.
#[test]
fn running_moments_are_those_of_pytorch_and_keras() -> Result<(), Box<dyn std::error::Error>> {
    for row in golden::read(include_str!("../golden/batch_norm.csv"))? {
        let (momentum, epsilon) = (row.inputs[0], row.inputs[1]);
        let running_variance = match &*row.class {
            "pytorch" => RunningVariance::Unbiased,
            _ => RunningVariance::Biased,
        };
        let layer = BatchNorm {
            epsilon,
            momentum,
            running_variance,
        };
        let mut model = model(1, vec![Box::new(layer)], 0)?;
        for t in 1..=3_i32 {
            let x = [0, 3, 6, 9].map(|k| f64::from((7 * t + k) % 11 - 5) / 8.0);
            let x = DMatrix::from_row_slice(1, 4, &x);
            let next = trained(&model, &x)?.1;
            model.set_buffers(next)?;
        }
        let asked = match row.inputs[2] {
            2.0 => model.predict_one(&[1.0])?[0],
            which => model.buffers()[usize::from(which != 0.0)],
        };
        row.check(asked)?;
    }
    assert_eq!(
        BatchNorm::keras(),
        BatchNorm {
            epsilon: 1e-3,
            momentum: 1.0 - 0.99,
            running_variance: RunningVariance::Biased
        }
    );
    Ok(())
}
