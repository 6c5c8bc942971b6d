//! Trained networks against PyTorch, NumPy and scikit-learn, from the same first weights; see `networks.py`.

use gradus_models::data::{LabelledTable, Scaler, Table, diabetes, iris, wine};
use gradus_models::{Autoencoder, Fit, MatrixRef, Mlp, Order, Shape};
use gradus_testkit::golden;
use std::error::Error;
use std::fmt::Write;

/// All samples in one batch, so that their order is none.
fn mlp(hidden: Vec<usize>, batch: usize, epochs: u64) -> Mlp {
    Mlp {
        hidden,
        epochs,
        batch,
        learning_rate: 0.01,
        weight_decay: 0.01,
        ..Mlp::default()
    }
}

/// The parameters of a model after some epochs, layer by layer, weights before biases.
fn parameters(model: usize, epochs: u64) -> Result<Vec<f64>, Box<dyn Error>> {
    Ok(match model {
        0 => {
            let iris: LabelledTable = iris()?;
            let x = standardized(iris.samples())?;
            let x = MatrixRef::new(&x, iris.samples().shape(), Order::Columns)?;
            let found = mlp(vec![5], iris.len(), epochs).fit(x, iris.labels())?;
            found.network().theta().to_vec()
        }
        1 => {
            let (x, y) = diabetes()?;
            let three: Vec<f64> = x
                .values()
                .chunks(10)
                .flat_map(|of| &of[..3])
                .copied()
                .collect();
            let x = Table::new(["age", "sex", "bmi"].map(String::from), three)?;
            let (shape, x) = (x.samples().shape(), standardized(x.samples())?);
            let y = standardized(MatrixRef::new(&y, Shape::new(1, y.len()), Order::Columns)?)?;
            let x = MatrixRef::new(&x, shape, Order::Columns)?;
            let found = mlp(vec![4, 3], y.len(), epochs).fit(x, &y)?;
            found.network().theta().to_vec()
        }
        _ => {
            let wine = wine()?;
            let x = standardized(wine.samples())?;
            let x = MatrixRef::new(&x, wine.samples().shape(), Order::Columns)?;
            let network = mlp(vec![6], wine.len(), epochs);
            let found = Autoencoder { code: 2, network }.fit(x)?;
            [found.encoder().theta(), found.decoder().theta()].concat()
        }
    })
}

fn standardized(x: MatrixRef<'_, f64>) -> Result<Vec<f64>, Box<dyn Error>> {
    Ok(Scaler::standard(x)?.scale_samples(x)?)
}

/// What the script begins with. If initialization has changed, write what this test tells to the file and run the script.
#[test]
fn first_weights_are_those_of_the_file() -> Result<(), Box<dyn Error>> {
    let mut lines = String::new();
    for model in 0..3 {
        for x in parameters(model, 0)? {
            writeln!(lines, "{model},{:#018x}", x.to_bits())?;
        }
    }
    assert!(lines == include_str!("start.txt"), "{lines}");
    Ok(())
}

#[test]
fn trained_networks_are_golden() -> Result<(), Box<dyn Error>> {
    let rows = golden::read(include_str!("networks.csv"))?;
    let mut count = 0;
    for (model, group) in rows.chunk_by(|a, b| a.inputs[0] == b.inputs[0]).enumerate() {
        let found = parameters(model, 100)?;
        assert_eq!(found.len(), group.len(), "model {model}");
        super::check(group, &found)?;
        count += group.len();
    }
    assert_eq!(count, 285);
    Ok(())
}
