//! Weights of other programs.

use super::model as softmax_model;
use ::safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use gradus_data::Limits;
use gradus_data::npy::{Npy, Values};
use gradus_data::safetensors::{self, Safetensors};
use gradus_linalg::Scalar;
use gradus_linalg::nalgebra::DMatrix;
use gradus_nn::layers::{
    Convolution, Layer, average_pool, batch_norm, convolution, dense, flatten, function,
    group_norm, layer_norm, max_pool, prelu, relu, residual, tanh,
};
use gradus_nn::{Key, Model, Network, NnError, Output, SampleShape, view};
use gradus_numeric::Real;
use gradus_random::uniform;
use gradus_testkit::{all_same_bits, all_scaled, cases};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;

/// A file of `golden/pytorch.py`.
fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(format!("{name}.safetensors"))
}

/// A file of this process in the temporary folder.
fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!(
        "gradus-nn-{}-{name}.safetensors",
        std::process::id()
    ))
}

/// The networks of `golden/pytorch.py`.
fn network<T: Scalar>(name: &str) -> Result<Network<T>, NnError> {
    if name == "mlp" {
        let layers = vec![dense(6), tanh(), dense(5), prelu(), layer_norm(), dense(3)];
        return Network::new(4, layers, Output::Identity);
    }
    let dilated = Convolution {
        dilation: [2, 2],
        padding: [2, 2],
        ..Convolution::same(4, 3)
    };
    let grouped = Convolution {
        groups: 2,
        ..Convolution::same(4, 3)
    };
    let block: Vec<Box<dyn Layer<T>>> =
        vec![Box::new(dilated), batch_norm(), relu(), Box::new(grouped)];
    let layers = vec![
        convolution(4, 3),
        batch_norm(),
        relu(),
        max_pool(2),
        residual(block),
        group_norm(2),
        average_pool(2),
        flatten(),
        dense(3),
    ];
    let (channels, height, width) = (2, 4, 8);
    let image = SampleShape::Image {
        channels,
        height,
        width,
    };
    Network::new(image, layers, Output::Identity)
}

fn doubles(bytes: &[u8]) -> Vec<f64> {
    let number = |chunk: &[u8]| chunk.try_into().map_or(f64::NAN, f64::from_le_bytes);
    bytes.chunks_exact(8).map(number).collect()
}

/// Samples and predictions in a file, columns contiguous.
fn samples(bytes: &[u8]) -> Result<[Vec<f64>; 2], Box<dyn Error>> {
    let file = SafeTensors::deserialize(bytes)?;
    let tensor = |name| file.tensor(name).map(|tensor| doubles(tensor.data()));
    Ok([tensor("x")?, tensor("y")?])
}

/// Tensors by name: type, shape and bytes.
type Tensors = BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>;

fn tensors(bytes: &[u8]) -> Result<Tensors, Box<dyn Error>> {
    let file = SafeTensors::deserialize(bytes)?;
    let content =
        |view: &TensorView<'_>| (view.dtype(), view.shape().to_vec(), view.data().to_vec());
    let tensors = file.tensors();
    Ok(tensors
        .iter()
        .map(|(name, view)| (name.clone(), content(view)))
        .collect())
}

fn write(path: &PathBuf, tensors: &Tensors) -> Result<(), Box<dyn Error>> {
    let mut views = Vec::new();
    for (name, (dtype, shape, bytes)) in tensors {
        views.push((name.clone(), TensorView::new(*dtype, shape.clone(), bytes)?));
    }
    std::fs::write(path, serialize(views, None)?)?;
    Ok(())
}

/// A state dict: predictions as PyTorch makes them, and the same tensors when it is saved again.
#[test]
fn weights_of_pytorch_give_its_predictions() -> Result<(), Box<dyn Error>> {
    for name in ["mlp", "cnn"] {
        let (path, back) = (golden(name), temporary(&format!("back-{name}")));
        let bytes = std::fs::read(&path)?;
        let [x, y] = samples(&bytes)?;
        let mut model = network::<f64>(name)?.initialize(Key::new(1))?;
        assert!(
            model
                .load_matching(&path, |name| Some(name.to_owned()))?
                .is_empty()
        );
        let x = DMatrix::from_column_slice(x.len() / 5, 5, &x);
        let found = model.predict(view(&x))?;
        let size = y.iter().map(|y| y.abs()).fold(1.0, f64::max);
        all_scaled(found.as_slice(), &y, 1e-12, size)?; // some hundred roundings a logit

        model.save(&back)?;
        let saved = tensors(&std::fs::read(&back)?)?;
        std::fs::remove_file(&back)?;
        let mut expected = tensors(&bytes)?;
        expected.retain(|name, _| {
            !(name == "x" || name == "y" || name.ends_with("num_batches_tracked"))
        });
        assert_eq!(saved, expected);
    }
    Ok(())
}

/// Names, shapes and bytes of what is in the file, and the operations in the order of the layers.
#[test]
fn an_onnx_file_holds_every_parameter() -> Result<(), Box<dyn Error>> {
    let model = network::<f64>("cnn")?.initialize(Key::new(1))?;
    let path = temporary("model").with_extension("onnx");
    model.save_onnx(&path)?;
    let bytes = std::fs::read(&path)?;
    std::fs::remove_file(&path)?;
    let find = |part: &[u8]| bytes.windows(part.len()).position(|window| window == part);
    let layout = [model.network().layout(), model.network().buffer_layout()];
    for (layout, home) in layout.into_iter().zip([model.theta(), model.buffers()]) {
        for entry in layout.entries() {
            let numbers: Vec<u8> = home[entry.window()]
                .iter()
                .flat_map(|x| x.to_le_bytes())
                .collect();
            assert!(
                find(entry.name.as_bytes()).is_some() && find(&numbers).is_some(),
                "{}",
                entry.name
            );
        }
    }
    let operations = [
        "Reshape",
        "Conv",
        "BatchNormalization",
        "Relu",
        "MaxPool",
        "Add",
    ];
    let more = [
        "InstanceNormalization",
        "AveragePool",
        "Flatten",
        "Gemm",
        "Identity",
    ];
    let places: Vec<_> = operations
        .into_iter()
        .chain(more)
        .map(|name| find(name.as_bytes()))
        .collect();
    assert!(
        places.is_sorted() && places.iter().all(Option::is_some),
        "{places:?}"
    );

    let closure = function("twice", |x, _| Ok(x.map(|x| x + x)));
    let odd = Network::<f64>::new(2, vec![dense(2), closure], Output::Identity)?
        .initialize(Key::new(1))?;
    let told = odd.save_onnx(&path).map_err(|error| error.to_string());
    assert_eq!(
        told,
        Err("layer 1 (twice) has no counterpart in ONNX".to_owned())
    );
    assert!(!path.exists());
    Ok(())
}

/// The same in single precision, and from half: each number of BF16 and F16 is one of single precision.
#[test]
fn weights_of_half_precision_are_read_exactly() -> Result<(), Box<dyn Error>> {
    let mut file = Tensors::new();
    let bytes = |words: [u16; 4]| {
        words
            .iter()
            .flat_map(|w| w.to_le_bytes())
            .collect::<Vec<_>>()
    };
    let brain = [0x3f80, 0xc049, 0x0001, 0x7f7f]; // 1, −3.140625, 2⁻¹³³, 3.39e38
    file.insert("0.weight".into(), (Dtype::BF16, vec![2, 2], bytes(brain)));
    let half = [0x3c00, 0xfbff]
        .iter()
        .flat_map(|w: &u16| w.to_le_bytes())
        .collect();
    file.insert("0.bias".into(), (Dtype::F16, vec![2], half));
    let path = temporary("half");
    write(&path, &file)?;
    let mut model =
        Network::<f32>::new(2, vec![dense(2)], Output::Identity)?.initialize(Key::new(1))?;
    model.load(&path)?;
    std::fs::remove_file(&path)?;
    let brain = brain.map(|bits| f32::from_bits(u32::from(bits) << 16));
    assert_eq!(model.theta()[..4], brain);
    assert_eq!(model.theta()[4..], [1.0, -65504.0]);
    Ok(())
}

/// Single precision: the golden weights rounded.
#[test]
fn weights_of_pytorch_give_its_predictions_in_single_precision() -> Result<(), Box<dyn Error>> {
    for name in ["mlp", "cnn"] {
        let bytes = std::fs::read(golden(name))?;
        let [x, y] = samples(&bytes)?;
        let mut double = network::<f64>(name)?.initialize(Key::new(1))?;
        double.load_matching(golden(name), |name| Some(name.to_owned()))?;
        let single = |numbers: &[f64]| {
            numbers
                .iter()
                .map(|&x| f32::from_f64(x))
                .collect::<Vec<_>>()
        };
        let mut model: Model<f32> = network(name)?.initialize(Key::new(1))?;
        model.set_theta(single(double.theta()))?;
        model.set_buffers(single(double.buffers()))?;
        let x = DMatrix::from_column_slice(x.len() / 5, 5, &single(&x));
        let found: Vec<f64> = model
            .predict(view(&x))?
            .iter()
            .map(|&y| f64::from(y))
            .collect();
        let size = y.iter().map(|y| y.abs()).fold(1.0, f64::max);
        all_scaled(&found, &y, 1e-6, size)?; // 8 units in the last place of the largest logit
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn tensors_too_many_are_all_named_in_order(extra in prop::collection::btree_set("[a-z]{1,6}", 1..5)) {
        let folder = std::env::temp_dir();
        let key: Vec<_> = extra.iter().cloned().collect();
        let path = folder.join(format!("gradus-nn-{}-{}.safetensors", std::process::id(), key.join("-")));
        let mut model = softmax_model(vec![dense(2)], 2, 1)?;
        model.save(&path)?;
        let mut file = tensors(&std::fs::read(&path)?).map_err(|e| TestCaseError::fail(e.to_string()))?;
        for name in &extra {
            file.insert(name.clone(), (Dtype::U8, vec![1], vec![0]));
        }
        write(&path, &file).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let outcome = model.load(&path);
        std::fs::remove_file(&path)?;
        let names = extra.into_iter().collect();
        prop_assert_eq!(outcome, Err(NnError::UnknownTensors { path, names }));
    }
}

/// What NumPy wrote: the parameters of the safetensors file, one of them in Fortran's order.
#[test]
fn arrays_of_numpy_are_those_of_pytorch() -> Result<(), Box<dyn Error>> {
    let mut tensors = network::<f64>("mlp")?.initialize(Key::new(1))?;
    tensors.load_matching(golden("mlp"), |name| Some(name.to_owned()))?;
    let mut arrays = network::<f64>("mlp")?.initialize(Key::new(2))?;
    arrays.load_npz(golden("mlp").with_extension("npz"))?;
    all_same_bits(arrays.theta(), tensors.theta())?;
    Ok(())
}

#[test]
fn archives_that_are_none_are_refused() -> Result<(), Box<dyn Error>> {
    let path = temporary("none").with_extension("npz");
    let mut model = network::<f64>("mlp")?.initialize(Key::new(1))?;
    let before = model.theta().to_vec();
    model.save_npz(&path)?;
    let bytes = std::fs::read(&path)?;
    for cut in [0, 30, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&path, &bytes[..cut])?;
        let refused = model.load_npz(&path);
        assert!(
            matches!(refused, Err(NnError::InvalidFile { .. })),
            "{refused:?}"
        );
    }
    std::fs::write(&path, &bytes)?;
    let mut single = network::<f32>("mlp")?.initialize(Key::new(1))?;
    let refused = single.load_npz(&path);
    std::fs::remove_file(&path)?;
    assert!(matches!(
        refused,
        Err(NnError::TensorType {
            expected: "f32",
            ..
        })
    ));
    all_same_bits(model.theta(), &before)?;
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn arrays_of_numpy_come_back_to_the_bit(seed in 0_u64..1000) {
        let path = temporary(&format!("bits-{seed}")).with_extension("npz");
        let model = |seed| Network::new(3, vec![dense(2), batch_norm()], Output::Identity)?.initialize(Key::new(seed));
        let (mut saved, mut loaded): (Model<f64>, Model<f64>) = (model(seed)?, model(seed + 1)?);
        saved.set_theta([vec![-0.0, 5e-324], saved.theta()[2..].to_vec()].concat())?;
        saved.save_npz(&path)?;
        let outcome = loaded.load_npz(&path);
        std::fs::remove_file(&path)?;
        outcome?;
        all_same_bits(saved.theta(), loaded.theta())?;
        all_same_bits(saved.buffers(), loaded.buffers())?;
    }
}

/// A network of `golden/pytorch.py` with parameters and buffers that are none of a beginning, and five samples.
fn ours<T: Scalar>(name: &str) -> Result<(Model<T>, DMatrix<T>), NnError> {
    let name = name.split('-').next().unwrap_or_default();
    let mut model = network::<T>(name)?.initialize(Key::new(1))?;
    let mut rng = Key::new(2).rng();
    let mut draw = |low: f64| T::from_f64(low + uniform(&mut rng));
    let theta = model.theta().iter().map(|_| draw(-0.5)).collect();
    let buffers = model.buffers().iter().map(|_| draw(0.5)).collect(); // variances are positive
    let x = DMatrix::from_fn(if name == "mlp" { 4 } else { 64 }, 5, |_, _| draw(-0.5));
    model.set_theta(theta)?;
    model.set_buffers(buffers)?;
    Ok((model, x))
}

/// Samples and predictions are those that PyTorch has compared, and the file of the model has its bytes.
fn is_what_pytorch_has_read<T: Scalar>(
    name: &str,
    array: impl Fn(&[T]) -> Values,
    bound: f64,
) -> Result<(), Box<dyn Error>> {
    let (model, x) = ours::<T>(name)?;
    let y = model.predict(view(&x))?;
    let (path, written) = (temporary(name), temporary(&format!("{name}-samples")));
    model.save(&path)?;
    let of = |columns: &DMatrix<T>| Npy {
        shape: vec![5, columns.nrows() as u64],
        fortran_order: false,
        values: array(columns.as_slice()), // a column is a line there
    };
    let arrays = vec![("x".to_owned(), of(&x)), ("y".to_owned(), of(&y))];
    let now = Safetensors {
        arrays,
        ..Safetensors::default()
    };
    std::fs::write(&written, now.to_bytes()?)?;
    let again = format!(
        "copy {} and {}, run read_by_pytorch.py",
        path.display(),
        written.display()
    );
    let known = std::fs::read(golden(&format!("ours-{name}"))).unwrap_or_default();
    if std::fs::read(&path)? != known {
        return Err(format!("the file of {name} has changed: {again}").into());
    }
    let known = safetensors::open(golden(&format!("ours-{name}-samples")), &Limits::default())?;
    let numbers = |file: &Safetensors, name| {
        file.array(name)
            .map(|array| array.values.numbers())
            .transpose()
    };
    assert_eq!(numbers(&known, "x")?, numbers(&now, "x")?, "{again}");
    let [Some(known), Some(now)] = [numbers(&known, "y")?, numbers(&now, "y")?] else {
        return Err("there are no predictions".into());
    };
    let size = known.iter().map(|y| y.abs()).fold(1.0, f64::max);
    all_scaled(&now, &known, bound, size)?;
    std::fs::remove_file(&path)?;
    std::fs::remove_file(&written)?;
    Ok(())
}

#[test]
fn what_is_saved_is_what_pytorch_has_read() {
    // Processors differ in some roundings, as many as a prediction has.
    let f64 = |name| is_what_pytorch_has_read::<f64>(name, |x| Values::F64(x.to_vec()), 1e-14);
    let f32 = |name| is_what_pytorch_has_read::<f32>(name, |x| Values::F32(x.to_vec()), 1e-6);
    let answers = [
        f64("mlp-f64"),
        f64("cnn-f64"),
        f32("mlp-f32"),
        f32("cnn-f32"),
    ];
    let errors = answers.into_iter().filter_map(Result::err);
    let errors: Vec<String> = errors.map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}
