//! One digit, many ways: augmentation.
//!
//! A digit that is turned by ten degrees is the same digit, but not the same numbers. Images that are altered a little
//! each time they are seen teach a network what does not matter:
//!
//! ```text
//! y(q) = x(f⁻¹(q)),    f = shift ∘ rotation ∘ shear ∘ scale,    Δ = α (Gσ ∗ U)  (elastic)
//! ```
//!
//! What is random comes from a key of (seed, epoch, sample): the sheet below is the same on every machine, and a training
//! that goes on after a stop sees the same images. Mixup and `CutMix` join two digits, and their labels in proportion.
//!
//! What to try: `mirror: 0.5`, and find the digits that are none any more. Twice the rotation.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{
    Augmentation, Augmenter, Elastic, Rectangle, Shape, cut_mix, digits, mix_up, mixing_share,
};
use gradus::plot::{ColorMap, Contrast, Figure, Image, MatrixRef, Order, image_grid, save};
use gradus::random::Key;
use std::error::Error;

/// Images with captions.
type Sheet = Vec<(Vec<f64>, String)>;

fn main() -> Result<(), Box<dyn Error>> {
    let digits = digits()?;
    let size = digits.size();
    let image = |j: usize| -> Vec<f64> {
        digits
            .sample(j)
            .unwrap_or_default()
            .iter()
            .map(|&b| f64::from(b))
            .collect()
    };
    let ways = ways();
    let mut sheet: Sheet = Vec::new();
    let mut ink = Vec::new();
    for (name, settings) in ways {
        let augmenter = Augmenter::new(settings, size)?;
        sheet.push((image(7), "as it is".into()));
        let mut total = 0.0;
        for epoch in 0..7 {
            let mut altered = image(7);
            augmenter.apply(&mut altered, Key::new(1).round(epoch).index(7))?;
            total += altered.iter().sum::<f64>() / 7.0;
            sheet.push((altered, name.into()));
        }
        println!(
            "{name:9} mean ink {total:6.1} of {}",
            image(7).iter().sum::<f64>()
        );
        ink.push(total);
    }
    sheet.extend(mixed(&image(3), &image(0), size)?);
    draw(&sheet, size)?;

    let same = |epoch: u64| -> Result<Vec<f64>, Box<dyn Error>> {
        let mut altered = image(7);
        Augmenter::new(ways[1].1, size)?.apply(&mut altered, Key::new(1).round(epoch).index(7))?;
        Ok(altered)
    };
    if same(3)? == same(3)? && same(3)? != same(4)? && ink[6] < ink[1] {
        println!(
            "result: {} images from three digits, each decided by its key",
            sheet.len()
        );
        return Ok(());
    }
    Err("a key should decide an image".into())
}

/// What is allowed in each row of the sheet.
fn ways() -> [(&'static str, Augmentation); 7] {
    let none = Augmentation::default();
    [
        ("shift", Augmentation { shift: 1.5, ..none }),
        (
            "rotation",
            Augmentation {
                rotation: 0.4,
                ..none
            },
        ),
        ("scale", Augmentation { scale: 0.3, ..none }),
        ("shear", Augmentation { shear: 0.4, ..none }),
        (
            "elastic",
            Augmentation {
                elastic: Some(Elastic {
                    strength: 4.0,
                    smoothness: 1.5,
                }),
                ..none
            },
        ),
        ("noise", Augmentation { noise: 2.0, ..none }),
        (
            "erase",
            Augmentation {
                erase: 0.15,
                ..none
            },
        ),
    ]
}

/// A row of mixtures of two digits: by shares, and by rectangles.
fn mixed(a: &[f64], b: &[f64], size: Shape) -> Result<Sheet, Box<dyn Error>> {
    let mut row = vec![(a.to_vec(), "3".into())];
    let mut rng = Key::new(2).rng();
    for _ in 0..3 {
        let share = mixing_share(1.0, &mut rng)?;
        let label = format!("{:.0} % 3", 100.0 * share);
        row.push((mix_up(a, b, share)?, label));
    }
    for _ in 0..3 {
        let hole = Rectangle::random(size, 1.0 - mixing_share(1.0, &mut rng)?, &mut rng)?;
        let (image, share) = cut_mix(a, b, size, &hole)?;
        row.push((image, format!("{:.0} % 3", 100.0 * share)));
    }
    row.push((b.to_vec(), "0".into()));
    Ok(row)
}

fn draw(sheet: &[(Vec<f64>, String)], size: Shape) -> Result<(), Box<dyn Error>> {
    let mut images = Vec::new();
    for (pixels, caption) in sheet {
        let pixels = MatrixRef::new(pixels, size, Order::Rows)?;
        images.push(Image { pixels, caption });
    }
    let figure = Figure::new("One digit, many ways", "", "").sized(720, 400);
    let svg = image_grid(&figure, &images, 8, ColorMap::Gray, Contrast::PerImage)?;
    println!(
        "picture: {}",
        save("out/870_augmentation.svg", &svg)?.display()
    );
    Ok(())
}
