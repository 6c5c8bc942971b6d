//! What the trained network is worth, in numbers and pictures.

use crate::screen::whisper;
use gradus::data::LabelledImages;
use gradus::evaluation::{ConfusionMatrix, accuracy, argmax};
use gradus::files::write;
use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::view;
use gradus::nn::{Dataset, EpochRecord, Evaluation, History, Model};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::plot::{
    AxisScale, ColorMap, Contrast, Figure, Image, Series, confusion_matrix, image_grid,
    learning_curves,
};
use std::error::Error;
use std::fmt;
use std::fs;
use std::path::Path;

/// Saves what took time to make: the model and its history.
pub(crate) fn save(
    model: &Model<f32>,
    history: &History,
    folder: &Path,
) -> Result<(), Box<dyn Error>> {
    model.save(folder.join("model.safetensors"))?;
    write(folder.join("history.csv"), history.to_csv())?;
    Ok(())
}

/// The judgement on the test images.
pub(crate) struct Report<'a> {
    images: &'a LabelledImages,
    probabilities: DMatrix<f32>,
    predicted: Vec<u32>,
    accuracy: f64,
    /// Not for more classes than a reader can tell apart.
    confusion: Option<ConfusionMatrix>,
}

impl<'a> Report<'a> {
    /// Predicts the test images and counts.
    pub(crate) fn new(
        model: &Model<f32>,
        images: &'a LabelledImages,
        test: &Dataset<'_, f32>,
    ) -> Result<Self, Box<dyn Error>> {
        let probabilities = model.predict_samples(test)?;
        let predicted = argmax(view(&probabilities))?;
        let classes = probabilities.nrows();
        let confusion = (classes <= MOST_CLASSES)
            .then(|| ConfusionMatrix::new(images.labels(), &predicted, classes))
            .transpose()?;
        Ok(Self {
            accuracy: accuracy(images.labels(), &predicted)?,
            images,
            probabilities,
            predicted,
            confusion,
        })
    }

    pub(crate) fn accuracy(&self) -> f64 {
        self.accuracy
    }

    /// Writes the result and the pictures into a folder.
    ///
    /// A picture that cannot be drawn of these images takes nothing from the result: a line says so, and no picture
    /// of an earlier run stays in its place.
    pub(crate) fn write(
        &self,
        folder: &Path,
        model: &Model<f32>,
        history: &History,
        result: &str,
    ) -> Result<(), Box<dyn Error>> {
        write(folder.join("result.json"), format!("{result}\n"))?;
        let pictures = [
            ("loss.svg", curve(history, "loss")),
            ("accuracy.svg", curve(history, "accuracy")),
            ("confusion_matrix.svg", self.confusion_picture()),
            ("worst_mistakes.svg", self.worst_mistakes()),
            ("first_layer_weights.svg", self.first_layer(model)),
        ];
        for (name, picture) in pictures {
            match picture {
                Ok(svg) => write(folder.join(name), svg)?,
                Err(reason) => {
                    whisper(format_args!("no {name}: {reason}"));
                    let _ = fs::remove_file(folder.join(name)); // mostly there is none
                }
            }
        }
        Ok(())
    }

    fn confusion_picture(&self) -> Result<String, Box<dyn Error>> {
        let classes = self.probabilities.nrows();
        let too_many = || format!("{classes} classes, at most {MOST_CLASSES} can be told apart");
        let confusion = self.confusion.as_ref().ok_or_else(too_many)?;
        let counts: Vec<u64> = confusion.rows().flatten().copied().collect();
        let names: Vec<String> = (0..classes).map(|class| class.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let title = format!(
            "{} test images, accuracy {:.2} %",
            confusion.total(),
            100.0 * self.accuracy
        );
        let figure = Figure::new(title, "predicted", "true").sized(640, 600);
        let counts = MatrixRef::new(&counts, Shape::new(classes, classes), Order::Rows)?;
        Ok(confusion_matrix(&figure, counts, &names)?)
    }

    /// The mistakes whose true class was given the smallest probability.
    fn worst_mistakes(&self) -> Result<String, Box<dyn Error>> {
        let given = |j: usize, class: u32| self.probabilities[(class as usize, j)]; // a class, a sample
        let labels = self.images.labels();
        let mistaken = |&j: &usize| labels[j] != self.predicted[j];
        let mut order: Vec<usize> = (0..labels.len()).filter(mistaken).collect();
        if order.is_empty() {
            return Err("not one of the test images was mistaken".into());
        }
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
        let size = self.images.size();
        grid(
            "the worst mistakes",
            size,
            &pixels,
            &captions,
            ColorMap::Gray,
        )
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
    fn first_layer(&self, model: &Model<f32>) -> Result<String, Box<dyn Error>> {
        let weights = model.network().layout().find("0.weight");
        let weights = weights.ok_or("the first layer has no weights")?;
        // A dense layer looks at whole images, a convolution at squares.
        let (inputs, images) = (weights.shape.columns, self.images.size());
        let size = if inputs == self.images.features() {
            images
        } else {
            Shape::new(inputs.isqrt(), inputs.isqrt())
        };
        let units = model.theta()[weights.window()]
            .chunks_exact(inputs.max(1))
            .take(SHOWN);
        let pixels: Vec<Vec<f32>> = units.map(<[f32]>::to_vec).collect();
        let captions: Vec<String> = (0..pixels.len())
            .map(|unit| format!("unit {unit}"))
            .collect();
        let title = "weights of the first layer";
        grid(title, size, &pixels, &captions, ColorMap::Diverging)
    }
}

/// Images side by side, in a figure that grows with them, and fewer where they are high.
fn grid(
    title: &str,
    shape: Shape,
    pixels: &[Vec<f32>],
    captions: &[String],
    map: ColorMap,
) -> Result<String, Box<dyn Error>> {
    let fitting = COLUMNS * (HIGHEST / (shape.rows + ROOM)).max(1);
    let images = pixels.iter().zip(captions).take(fitting);
    let images = images.map(|(pixels, caption)| {
        let pixels = MatrixRef::new(pixels, shape, Order::Rows)?;
        Ok(Image { pixels, caption })
    });
    let images: Vec<_> = images.collect::<Result<_, Box<dyn Error>>>()?;
    let width = u32::try_from(COLUMNS * (shape.columns + ROOM)).unwrap_or(u32::MAX);
    let figure = Figure::new(title, "", "").sized(width.max(900), 700);
    let grid = image_grid(&figure, &images, COLUMNS, map, Contrast::PerImage);
    grid.map_err(|error| format!("images of {shape} pixels: {error}").into())
}

fn curve(history: &History, name: &str) -> Result<String, Box<dyn Error>> {
    if history.records().is_empty() {
        return Err("there was no epoch".into());
    }
    let number = |evaluation: &Evaluation| match name {
        "loss" => evaluation.loss,
        _ => evaluation.metrics.first().copied().unwrap_or(f64::NAN),
    };
    let of = |part: fn(&EpochRecord) -> Option<&Evaluation>| -> Vec<f64> {
        history
            .records()
            .iter()
            .filter_map(part)
            .map(number)
            .collect()
    };
    let trained = of(|record| Some(&record.training));
    let held_out = of(|record| record.validation.as_ref());
    let figure = Figure::new(format!("training {name}"), "epoch", name);
    let mut series = vec![Series {
        name,
        values: &trained,
    }];
    if !held_out.is_empty() {
        series.push(Series {
            name: "held out",
            values: &held_out,
        });
    }
    Ok(learning_curves(&figure, &series, AxisScale::Linear)?)
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.confusion {
            Some(confusion) => write!(f, "\ntest images:\n{}", confusion.report()),
            None => write!(
                f,
                "\ntest images: accuracy {:.2} %\n",
                100.0 * self.accuracy
            ),
        }
    }
}

/// How many images a grid shows, and how many in a row.
const SHOWN: usize = 20;
const COLUMNS: usize = 5;
/// Pixels beside or below an image: caption and gap, with room to spare.
const ROOM: usize = 40;
/// Pixels of the images of one column: a figure has at most 8192, with the title.
const HIGHEST: usize = 8000;
/// A confusion matrix of 1000 classes has a million cells.
const MOST_CLASSES: usize = 1000;
