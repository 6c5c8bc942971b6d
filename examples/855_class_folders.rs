//! Pictures of one's own: a folder for each class.
//!
//! Most image data sets come as a folder with a folder of pictures for each class; the name of the folder is the label.
//!
//! ```text
//! digits/eight/000.pgm   digits/eight/001.pgm   …   digits/zero/049.pgm
//! ```
//!
//! This program makes such a folder from the handwritten digits that come along (50 of each), forgets them, opens the folder
//! and lets the nearest neighbors vote on digits that are not in it. Classes are numbered in the order of their names, so
//! `eight` is 0; what is no picture is passed over and listed. For x among n pictures,
//!
//! ```text
//! d(x, xⁱ) = ‖x − xⁱ‖,    ŷ(x) = the label that most of the k nearest have
//! ```
//!
//! The picture shows digits that were named wrongly.
//!
//! What to try: a folder of your own in the place of `out/855_digits` (gray PNG or PGM, all of one size). A picture that is cut
//! off: the error tells which. One neighbor instead of three.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{GrayImage, LabelledImages, Limits, digits, open_class_folders, pgm};
use gradus::files::{prepare_folder, write};
use gradus::models::{Fit, MatrixRef, NearestNeighbors, Order, Predict, Shape};
use gradus::plot::{ColorMap, Contrast, Figure, Image, image_grid, save};
use std::error::Error;
use std::num::NonZeroU8;

const FOLDER: &str = "out/855_digits";
const EACH: usize = 50;
const NAMES: [&str; 10] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];

fn main() -> Result<(), Box<dyn Error>> {
    let all = digits()?;
    let others = make_folder(&all)?;

    let data = open_class_folders(FOLDER, &Limits::default())?;
    let (count, size, classes) = (data.images.len(), data.images.size(), data.names.join(", "));
    println!("{FOLDER}: {count} pictures of {size} pixels, classes {classes}");
    for path in &data.skipped {
        println!("passed over: {}", path.display());
    }
    let three = NearestNeighbors {
        neighbors: 3,
        ..NearestNeighbors::default()
    };
    let known = shades(&data.images);
    let model = three.fit(columns(&known, count)?, data.images.labels())?;

    let test = all.select(&others)?;
    let named = model.predict(columns(&shades(&test), test.len())?)?;
    let mut wrong = Vec::new();
    for (j, (&class, &digit)) in named.iter().zip(test.labels()).enumerate() {
        let (name, truth) = (&data.names[class as usize], NAMES[digit as usize]);
        if name != truth {
            wrong.push((j, format!("{truth}, not {name}")));
        }
    }
    draw(&test, &wrong)?;
    let share = 100.0 * (1.0 - wrong.len() as f64 / test.len() as f64);
    if share < 90.0 {
        return Err("neighbors should know nine of ten digits".into());
    }
    let unseen = test.len();
    println!("result: {count} pictures of a folder name {share:.1} % of {unseen} other digits");
    Ok(())
}

/// Writes the first pictures of every digit into a folder of its name, and a file beside these; the other digits are returned.
fn make_folder(all: &LabelledImages) -> Result<Vec<u32>, Box<dyn Error>> {
    let (mut count, mut others) = ([0; NAMES.len()], Vec::new());
    let size = all.size();
    let white = NonZeroU8::new(all.white()).unwrap_or(NonZeroU8::MAX);
    for name in NAMES {
        prepare_folder(format!("{FOLDER}/{name}"))?;
    }
    for (j, (&label, pixels)) in (0..).zip(all.labels().iter().zip(all.pixels().chunks(64))) {
        let (name, k) = (NAMES[label as usize], count[label as usize]);
        if k == EACH {
            others.push(j);
            continue;
        }
        let pixels = pixels.to_vec();
        let picture = GrayImage {
            size,
            white,
            pixels,
        };
        write(
            format!("{FOLDER}/{name}/{k:03}.pgm"),
            pgm::to_bytes(&picture),
        )?;
        count[label as usize] += 1;
    }
    write(
        format!("{FOLDER}/readme.txt"),
        "Digits of the UCI repository.",
    )?;
    Ok(others)
}

/// Pixels from 0 to 1, one picture after the other.
fn shades(images: &LabelledImages) -> Vec<f64> {
    let white = f64::from(images.white());
    let pixels = images.pixels().iter();
    pixels.map(|&pixel| f64::from(pixel) / white).collect()
}

fn columns(shades: &[f64], pictures: usize) -> Result<MatrixRef<'_, f64>, Box<dyn Error>> {
    let shape = Shape::new(shades.len() / pictures, pictures);
    Ok(MatrixRef::new(shades, shape, Order::Columns)?)
}

/// The first of the digits that were named wrongly.
fn draw(test: &LabelledImages, wrong: &[(usize, String)]) -> Result<(), Box<dyn Error>> {
    let (all, mut images) = (shades(test), Vec::new());
    for (j, caption) in wrong.iter().take(24) {
        let pixels = all.chunks(64).nth(*j).unwrap_or(&[]);
        let pixels = MatrixRef::new(pixels, test.size(), Order::Rows)?;
        images.push(Image { pixels, caption });
    }
    let figure = Figure::new("Named wrongly by three neighbors", "", "");
    let svg = image_grid(&figure, &images, 6, ColorMap::Gray, Contrast::Shared)?;
    println!(
        "picture: {}",
        save("out/855_class_folders.svg", &svg)?.display()
    );
    Ok(())
}
