//! Files of numbers: pictures in folders, an array for NumPy, and back again without losing a bit.
//!
//! A file is one row of bytes; its header says what they mean. An array of the shape (n, m) stands in it row by row,
//!
//! ```text
//! offset(i, j) = i m + j         or, in Fortran's order,   j n + i
//! ```
//!
//! Read in the wrong order, all numbers and the shape are right, and every place is wrong: nothing complains. So a reader should refuse what it
//! does not understand: a byte too few, one too many, a header that promises more than the file holds.
//!
//! The digits that come along are written as PGM pictures, a folder for each class, as one keeps one's own pictures; they are read
//! back in the order of the names. The mean picture of each class goes to an NPY file, `numpy.load("out/618_means.npy")`, and under a
//! name to an NPZ file, an archive of NPY files.
//!
//! What to try: rename a folder of `out/618_digits`, and the labels change. Put a picture of another size into one.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::npy::{self, Npy, Values};
use gradus::data::{GrayImage, LabelledImages, Limits, digits, npz, open_class_folders, pgm};
use gradus::files;
use gradus::plot::{ColorMap, Contrast, Figure, Image, MatrixRef, Order, image_grid, save};
use std::error::Error;
use std::fs;
use std::num::NonZeroU8;

/// Pictures of each class to write.
const EACH: usize = 12;

fn main() -> Result<(), Box<dyn Error>> {
    let all = digits()?;
    let chosen: Vec<u32> = (0..10)
        .flat_map(|class| of(&all, class).into_iter().take(EACH))
        .collect();
    let chosen = all.select(&chosen)?;
    let folder = "out/618_digits";
    write(&chosen, folder)?;

    let read = open_class_folders(folder, &Limits::default())?;
    println!(
        "{} pictures of {:?} in {} folders:",
        read.images.len(),
        read.images.size(),
        read.names.len()
    );
    println!("  {}", read.names.join(", "));
    let same = (0..chosen.len()).all(|i| read.images.sample(i) == chosen.sample(i));
    println!(
        "pixels and labels as written: {}",
        same && read.images.labels() == chosen.labels()
    );

    let means: Vec<Vec<f64>> = (0..10).map(|class| mean_picture(&all, class)).collect();
    let pixels = means[0].len();
    let array = Npy {
        shape: vec![10, pixels as u64],
        fortran_order: false,
        values: Values::F64(means.concat()),
    };
    let bytes = array.to_bytes()?;
    files::write("out/618_means.npy", &bytes)?;
    let header = bytes.len() - 8 * 10 * pixels;
    println!(
        "out/618_means.npy: {header} bytes of header, {} of numbers",
        bytes.len() - header
    );
    let back = npy::open("out/618_means.npy", &Limits::default())?;
    let short = npy::read(&bytes[..bytes.len() - 1], &Limits::default());
    if let Err(error) = &short {
        println!("without its last byte: {error}");
    }
    let named = [("means".to_owned(), array.clone())];
    files::write("out/618_means.npz", npz::to_bytes(&named)?)?;
    let exact = back == array && npz::open("out/618_means.npz", &Limits::default())? == named;
    let turned = Npy {
        fortran_order: true,
        ..array
    };
    let wrong = turned.table()?.sample(0).unwrap_or_default().to_vec();
    draw(&means, &wrong, &all)?;

    let lost = means[0].iter().zip(&wrong).filter(|(a, b)| a != b).count();
    if same && exact && short.is_err() && lost > pixels / 2 {
        println!(
            "result: read back to the bit; in the wrong order {lost} of {pixels} pixels of a zero are wrong"
        );
        Ok(())
    } else {
        Err(format!("not what was written: {same}, {exact}, {lost}").into())
    }
}

/// One file a picture, one folder a class.
fn write(images: &LabelledImages, folder: &str) -> Result<(), Box<dyn Error>> {
    for (i, &label) in images.labels().iter().enumerate() {
        let pixels = images.sample(i).unwrap_or_default().to_vec();
        let white = NonZeroU8::new(images.white()).unwrap_or(NonZeroU8::MAX);
        let size = images.size();
        let image = GrayImage {
            size,
            white,
            pixels,
        };
        let class = format!("{folder}/digit {label}");
        fs::create_dir_all(&class)?;
        files::write(format!("{class}/{i:03}.pgm"), pgm::to_bytes(&image))?;
    }
    Ok(())
}

/// The numbers of the pictures of a class.
fn of(images: &LabelledImages, class: u32) -> Vec<u32> {
    let labels = (0..).zip(images.labels());
    labels
        .filter(|(_, label)| **label == class)
        .map(|(i, _)| i)
        .collect()
}

/// The mean of the pictures of a class, pixel by pixel, 1 for white.
fn mean_picture(images: &LabelledImages, class: u32) -> Vec<f64> {
    let members = of(images, class);
    let white = f64::from(images.white()) * members.len() as f64;
    let pixel = |p: usize| {
        let at = |i: &u32| {
            images
                .sample(*i as usize)
                .and_then(|image| image.get(p))
                .copied()
        };
        members.iter().filter_map(at).map(f64::from).sum::<f64>() / white
    };
    (0..images.features()).map(pixel).collect()
}

/// The mean digits, and the first one read in the wrong order, in `out/`.
fn draw(means: &[Vec<f64>], wrong: &Vec<f64>, all: &LabelledImages) -> Result<(), Box<dyn Error>> {
    let captions: Vec<String> = (0..10).map(|class| format!("mean {class}")).collect();
    let mut pictures = Vec::new();
    let right = means.iter().zip(captions.iter().map(String::as_str));
    for (pixels, caption) in right.chain([(wrong, "0, wrong order")]) {
        let pixels = MatrixRef::new(pixels, all.size(), Order::Rows)?;
        pictures.push(Image { pixels, caption });
    }
    let figure = Figure::new("Mean digits, and one read in the wrong order", "", "");
    let svg = image_grid(&figure, &pictures, 6, ColorMap::Gray, Contrast::Shared)?;
    println!("picture: {}", save("out/618_files.svg", &svg)?.display());
    Ok(())
}
