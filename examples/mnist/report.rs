//! What the trained network is worth, in numbers and pictures.

use gradus::data::LabelledImages;
use gradus::evaluation::{ConfusionMatrix, argmax};
use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::view;
use gradus::nn::{Dataset, History, Training};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::plot::{
    ColorMap, Contrast, Figure, Image, Series, Vertical, confusion_matrix, image_grid,
    learning_curves,
};
use std::error::Error;
use std::fmt;
use std::fs;
use std::path::Path;

/// The judgement on the test images.
pub(crate) struct Report<'a> {
    images: &'a LabelledImages,
    probabilities: DMatrix<f32>,
    predicted: Vec<u32>,
    confusion: ConfusionMatrix,
}

impl<'a> Report<'a> {
    /// Predicts the test images and counts.
    pub(crate) fn new(
        training: &Training<f32>,
        images: &'a LabelledImages,
        test: &Dataset<'_, f32>,
    ) -> Result<Self, Box<dyn Error>> {
        let probabilities = training.model().predict_samples(test)?;
        let predicted = argmax(view(&probabilities))?;
        let classes = probabilities.nrows();
        let confusion = ConfusionMatrix::new(images.labels(), &predicted, classes)?;
        Ok(Self {
            images,
            probabilities,
            predicted,
            confusion,
        })
    }

    pub(crate) fn accuracy(&self) -> f64 {
        self.confusion.accuracy()
    }

    /// Writes model, history and pictures into a folder.
    pub(crate) fn write(
        &self,
        folder: &Path,
        training: &Training<f32>,
    ) -> Result<(), Box<dyn Error>> {
        training.model().save(folder.join("model.safetensors"))?;
        let write = |name: &str, text: String| {
            let path = folder.join(name);
            fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
        };
        write("history.csv", training.history().to_csv())?;
        if !training.history().records().is_empty() {
            write("loss.svg", curve(training.history(), "loss")?)?;
            write("accuracy.svg", curve(training.history(), "accuracy")?)?;
        }
        write("confusion_matrix.svg", self.confusion_picture()?)?;
        write("worst_mistakes.svg", self.worst_mistakes()?)?;
        write("first_layer_weights.svg", self.first_layer(training)?)?;
        Ok(())
    }

    fn confusion_picture(&self) -> Result<String, Box<dyn Error>> {
        let classes = self.confusion.classes();
        let counts: Vec<u64> = self.confusion.rows().flatten().copied().collect();
        let names: Vec<String> = (0..classes).map(|class| class.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let title = format!(
            "{} test images, accuracy {:.2} %",
            self.confusion.total(),
            100.0 * self.accuracy()
        );
        let figure = Figure::new(title, "predicted", "true").sized(640, 600);
        let counts = MatrixRef::new(&counts, Shape::new(classes, classes), Order::Rows)?;
        Ok(confusion_matrix(&figure, counts, &names)?)
    }

    /// The images whose true class was given the least probability.
    fn worst_mistakes(&self) -> Result<String, Box<dyn Error>> {
        let given = |j: usize, class: u32| self.probabilities[(class as usize, j)]; // a class, a sample
        let labels = self.images.labels();
        let mut order: Vec<usize> = (0..labels.len()).collect();
        order.sort_by(|&a, &b| given(a, labels[a]).total_cmp(&given(b, labels[b])));
        order.truncate(SHOWN);
        let pixels: Vec<Vec<f32>> = order.iter().map(|&j| self.pixels(j)).collect();
        let caption = |&j: &usize| {
            let (truth, predicted) = (labels[j], self.predicted[j]);
            format!(
                "{truth} taken for {predicted}: {:.0} %",
                100.0 * given(j, predicted)
            )
        };
        let captions: Vec<String> = order.iter().map(caption).collect();
        let figure = Figure::new("the worst mistakes", "", "").sized(900, 700);
        self.grid(&figure, &pixels, &captions, ColorMap::Gray)
    }

    fn pixels(&self, j: usize) -> Vec<f32> {
        self.images
            .sample(j)
            .unwrap_or(&[])
            .iter()
            .map(|&pixel| f32::from(pixel))
            .collect()
    }

    /// The weights of the first units of the first layer, as images.
    fn first_layer(&self, training: &Training<f32>) -> Result<String, Box<dyn Error>> {
        let (features, model) = (self.images.features(), training.model());
        let weights = model
            .network()
            .layout()
            .window("0.weight")
            .ok_or("the first layer has no weights")?;
        let units = model.theta()[weights]
            .chunks_exact(features.max(1))
            .take(SHOWN);
        let pixels: Vec<Vec<f32>> = units.map(<[f32]>::to_vec).collect();
        let captions: Vec<String> = (0..pixels.len())
            .map(|unit| format!("unit {unit}"))
            .collect();
        let figure = Figure::new("weights of the first layer", "", "").sized(900, 700);
        self.grid(&figure, &pixels, &captions, ColorMap::Diverging)
    }

    fn grid(
        &self,
        figure: &Figure,
        pixels: &[Vec<f32>],
        captions: &[String],
        map: ColorMap,
    ) -> Result<String, Box<dyn Error>> {
        let shape = self.images.size();
        let images = pixels.iter().zip(captions).map(|(pixels, caption)| {
            let pixels = MatrixRef::new(pixels, shape, Order::Rows)?;
            Ok(Image { pixels, caption })
        });
        let images: Vec<_> = images.collect::<Result<_, Box<dyn Error>>>()?;
        Ok(image_grid(figure, &images, 5, map, Contrast::PerImage)?)
    }
}

fn curve(history: &History, name: &str) -> Result<String, Box<dyn Error>> {
    let records = history.records().iter().map(|record| match name {
        "loss" => record.training.loss,
        _ => record.training.metrics.first().copied().unwrap_or(f64::NAN),
    });
    let values: Vec<f64> = records.collect();
    let figure = Figure::new(format!("training {name}"), "epoch", name);
    Ok(learning_curves(
        &figure,
        &[Series {
            name,
            values: &values,
        }],
        Vertical::Linear,
    )?)
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\ntest images:\n{}", self.confusion.report())
    }
}

/// How many images a grid shows.
const SHOWN: usize = 20;
