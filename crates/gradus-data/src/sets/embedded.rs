//! Small data sets that come with the crate.

use crate::error::DataError;
use crate::formats::csv::{self, Format, Header};
use crate::formats::limits::Limits;
use crate::sets::images::LabelledImages;
use crate::tables::table::LabelledTable;
use gradus_numeric::Shape;
use std::num::NonZeroU8;

/// 1797 handwritten digits of 8 × 8 pixels with 17 shades of gray, classes 0 to 9.
///
/// The small sister of MNIST: a network learns it in a second. Pixels count how many of 4 × 4 points
/// of the scanned digit are ink, so ink (not paper) is bright.
///
/// # Errors
///
/// None: the file is part of the crate and a test reads it.
///
/// # Examples
///
/// ```
/// let digits = gradus_data::digits()?;
/// assert_eq!((digits.len(), digits.rows(), digits.columns()), (1797, 8, 8));
/// assert_eq!((digits.classes(), digits.white()), (10, 16));
/// assert_eq!(digits.labels()[..5], [0, 1, 2, 3, 4]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// Alpaydin, Kaynak, *Optical Recognition of Handwritten Digits*, UCI Machine Learning Repository,
/// 1998, <https://doi.org/10.24432/C50P49>, CC BY 4.0 (its test set).
pub fn digits() -> Result<LabelledImages, DataError> {
    let format = Format {
        header: Header::Absent,
        ..Format::default()
    };
    let file: &[u8] = include_bytes!("../../data/digits.csv.gz");
    let table = csv::read(file, &format, &Limits::default())?.labelled(64, 10)?;
    let pixels = table
        .values()
        .iter()
        .enumerate()
        .map(|(index, &value)| pixel(index, value));
    let pixels = pixels.collect::<Result<_, _>>()?;
    LabelledImages::new(
        pixels,
        Shape::new(8, 8),
        DIGITS_WHITE,
        table.labels().to_vec(),
        10,
    )
}

/// 150 irises: length and width of sepals and petals in centimeters, and the species.
///
/// Classes: 0 setosa, 1 versicolor, 2 virginica, 50 of each. Setosa can be told by a straight line,
/// the other two cannot.
///
/// # Errors
///
/// None: the file is part of the crate and a test reads it.
///
/// # Examples
///
/// ```
/// let iris = gradus_data::iris()?;
/// assert_eq!(iris.names(), ["sepal_length", "sepal_width", "petal_length", "petal_width"]);
/// assert_eq!(iris.sample(0), Some(&[5.1, 3.5, 1.4, 0.2][..]));
/// assert_eq!((iris.labels()[0], iris.labels()[149]), (0, 2));
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// Fisher, *The use of multiple measurements in taxonomic problems*, Annals of Eugenics 7(2), 1936,
/// table I; *Iris*, UCI Machine Learning Repository, 1988, <https://doi.org/10.24432/C56C76>,
/// CC BY 4.0.
pub fn iris() -> Result<LabelledTable, DataError> {
    let file: &[u8] = include_bytes!("../../data/iris.csv");
    csv::read(file, &Format::default(), &Limits::default())?.labelled(4, 3)
}

/// A number as a pixel of the digits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 ≤ value < 256"
)]
fn pixel(index: usize, value: f64) -> Result<u8, DataError> {
    if value.fract() == 0.0 && (0.0..256.0).contains(&value) {
        return Ok(value as u8);
    }
    let (index, white) = (index as u64, DIGITS_WHITE.get());
    Err(DataError::PixelOutOfRange {
        index,
        value,
        white,
    })
}

const DIGITS_WHITE: NonZeroU8 = match NonZeroU8::new(16) {
    Some(white) => white,
    None => NonZeroU8::MAX,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_all_there() {
        let digits = digits().unwrap();
        let counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];
        for (label, count) in (0..).zip(counts) {
            assert_eq!(
                digits.labels().iter().filter(|&&l| l == label).count(),
                count
            );
        }
        assert_eq!(digits.sample(0).unwrap()[..8], [0, 0, 5, 13, 9, 1, 0, 0]);
        let ink: u64 = digits.pixels().iter().map(|&pixel| u64::from(pixel)).sum();
        assert_eq!(ink, 561_718);
    }

    #[test]
    fn irises_are_all_there() {
        let iris = iris().unwrap();
        for label in 0..3 {
            assert_eq!(iris.labels().iter().filter(|&&l| l == label).count(), 50);
        }
        // Means of Fisher 1936, table II: setosa 5.006, 3.428, 1.462, 0.246.
        let mean = |feature: usize| {
            let column = iris.samples().row(feature).take(50);
            column.sum::<f64>() / 50.0
        };
        for (feature, expected) in [5.006, 3.428, 1.462, 0.246].into_iter().enumerate() {
            assert!(
                (mean(feature) - expected).abs() < 1e-12,
                "{feature}: {}",
                mean(feature)
            );
        }
    }
}
