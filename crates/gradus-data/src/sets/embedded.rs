//! Small data sets that come with the crate.

use crate::error::DataError;
use crate::formats::csv::{self, Column, Format, Header};
use crate::formats::limits::Limits;
use crate::sets::images::LabelledImages;
use crate::tables::labelled::LabelledTable;
use crate::tables::table::Table;
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
/// assert_eq!(iris.class_names()[2], "virginica");
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
    let table = csv::read(file, &Format::default(), &Limits::default())?;
    table
        .labelled(4, 3)?
        .named(["setosa", "versicolor", "virginica"])
}

/// 178 wines from three growers of one region in Italy: 13 measurements and the grower.
///
/// The measurements differ in size by four powers of ten: without a [`Scaler`](crate::Scaler), proline alone decides.
///
/// # Errors
///
/// None: the file is part of the crate and a test reads it.
///
/// # Examples
///
/// ```
/// let wine = gradus_data::wine()?;
/// assert_eq!((wine.len(), wine.features(), wine.classes()), (178, 13, 3));
/// assert_eq!((&wine.names()[0][..], wine.samples().get(0, 0)), ("alcohol", Some(14.23)));
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// Aeberhard, Forina, *Wine*, UCI Machine Learning Repository, 1992, <https://doi.org/10.24432/C5PC7J>, CC BY 4.0.
pub fn wine() -> Result<LabelledTable, DataError> {
    let names = [
        "alcohol",
        "malic_acid",
        "ash",
        "alcalinity_of_ash",
        "magnesium",
        "total_phenols",
        "flavanoids",
        "nonflavanoid_phenols",
        "proanthocyanins",
        "color_intensity",
        "hue",
        "od280/od315_of_diluted_wines",
        "proline",
    ];
    counted(
        include_bytes!("../../data/wine.csv"),
        names.map(str::to_owned),
    )
}

/// 569 tumors of the breast: 30 measurements of cell nuclei, and whether the tumor is malignant (0) or benign (1).
///
/// Ten measurements (radius, texture, …) come as mean, standard error and worst (the mean of the three largest) over
/// the nuclei of an image. 37 % are malignant; to miss one costs more than a false alarm.
///
/// # Errors
///
/// None: the file is part of the crate and a test reads it.
///
/// # Examples
///
/// ```
/// let tumors = gradus_data::breast_cancer()?;
/// assert_eq!((tumors.len(), tumors.features()), (569, 30));
/// assert_eq!(tumors.class_names(), ["malignant", "benign"]);
/// assert_eq!(tumors.labels().iter().filter(|&&y| y == 0).count(), 212);
/// assert_eq!(tumors.names()[20], "worst radius");
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// Wolberg, Mangasarian, Street, Street, *Breast Cancer Wisconsin (Diagnostic)*, UCI Machine Learning Repository, 1993,
/// <https://doi.org/10.24432/C5DW2B>, CC BY 4.0.
pub fn breast_cancer() -> Result<LabelledTable, DataError> {
    let measured = [
        "radius",
        "texture",
        "perimeter",
        "area",
        "smoothness",
        "compactness",
        "concavity",
        "concave points",
        "symmetry",
        "fractal dimension",
    ];
    let names = ["mean", "error of", "worst"].map(|kind| measured.map(|m| format!("{kind} {m}")));
    counted(
        include_bytes!("../../data/breast_cancer.csv"),
        names.into_iter().flatten(),
    )
}

/// 4000 people of the United States census of 1994: ten numbers each, and whether the person earns more than 50 000
/// dollars a year (1) or not (0).
///
/// The last two features are what a decision should often not depend on: sex (0 female, 1 male) and race (0 American
/// Indian or Eskimo, 1 Asian or Pacific Islander, 2 Black, 3 other, 4 White), as the census named them. 11.2 % of the
/// women and 30.9 % of the men earn that much, so what is learned from the table learns the difference as well.
///
/// The others: age in years, education from 1 (preschool) to 16 (doctorate), hours of work a week, capital gain and loss in
/// dollars, and three that are 0 or 1: married (and not living apart), self-employed, employed by a government.
///
/// # Limits
///
/// The table is old, its people are older than 16 and work, its weights (how many people a row stands for) are left out,
/// rows with a missing answer are left out, and a threshold of 50 000 dollars is one of many: by another, differences
/// between groups are others. It serves to learn how such differences are measured, not to tell what they are today.
///
/// # Errors
///
/// None: the file is part of the crate and a test reads it.
///
/// # Examples
///
/// ```
/// let census = gradus_data::census_income()?;
/// assert_eq!((census.len(), census.features(), census.classes()), (4000, 10, 2));
/// assert_eq!(census.names()[8..], ["sex", "race"]);
/// let rich = |sex| {
///     let people = (0..4000).filter(|&j| census.samples().get(8, j) == Some(sex));
///     people.filter(|&j| census.labels()[j] == 1).count()
/// };
/// assert_eq!((rich(0.0), rich(1.0)), (144, 838)); // of 1284 women and 2716 men
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// Becker, Kohavi, *Adult*, UCI Machine Learning Repository, 1996, <https://doi.org/10.24432/C5XW20>, CC BY 4.0 (the first
/// 4000 complete rows of its test part); Ding, Hardt, Miller, Schmidt, *Retiring Adult: new datasets for fair machine
/// learning*, `NeurIPS` 2021 (its limits).
pub fn census_income() -> Result<LabelledTable, DataError> {
    let file: &[u8] = include_bytes!("../../data/census_income.csv.gz");
    let table = csv::read(file, &Format::default(), &Limits::default())?;
    table.labelled(10, 2)?.named(["up to 50000", "above 50000"])
}

/// 442 patients with diabetes: ten measurements, and how far the disease has gone a year later.
///
/// The set of a regression: the table holds the features, the vector the targets (25 to 346). Units differ; serum
/// measurements depend on each other, so that weights of a regression are hard to tell apart, and penalties help.
///
/// # Errors
///
/// None: the file is part of the crate and a test reads it.
///
/// # Examples
///
/// ```
/// let (patients, progression) = gradus_data::diabetes()?;
/// assert_eq!((patients.len(), patients.features()), (442, 10));
/// assert_eq!((patients.names()[2].as_str(), patients.samples().get(2, 0)), ("body_mass_index", Some(32.1)));
/// assert_eq!(progression[0], 151.0);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, `Least angle regression`, Annals of Statistics 32 (2004),
/// 407–499, table 1.
pub fn diabetes() -> Result<(Table, Vec<f64>), DataError> {
    let file: &[u8] = include_bytes!("../../data/diabetes.csv");
    csv::read(file, &Format::default(), &Limits::default())?.with_target(10)
}

/// A file whose first line counts and names the classes, with names for its features.
fn counted(
    file: &[u8],
    names: impl IntoIterator<Item = String>,
) -> Result<LabelledTable, DataError> {
    let format = Format {
        header: Header::CountsAndClasses,
        ..Format::default()
    };
    let read = csv::read_labelled(file, &format, Column::Last, &Limits::default())?;
    let features = Table::new(names, read.values().to_vec())?;
    Ok(read.with(features, read.labels().to_vec()))
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
    fn wines_and_tumors_are_all_there() {
        let counts = |table: &LabelledTable| {
            let count = |label| table.labels().iter().filter(|&&l| l == label).count();
            (0..table.classes()).map(count).collect::<Vec<_>>()
        };
        let (wine, tumors) = (wine().unwrap(), breast_cancer().unwrap());
        assert_eq!(counts(&wine), [59, 71, 48]);
        assert_eq!(counts(&tumors), [212, 357]);
        // the means that scikit-learn's descriptions tell: alcohol 13.0, proline 746, worst area 880.6
        let mean = |table: &LabelledTable, feature| {
            table.samples().row(feature).sum::<f64>() / table.len() as f64
        };
        assert!((mean(&wine, 0) - 13.0).abs() < 0.05);
        assert!((mean(&wine, 12) - 746.0).abs() < 1.0);
        assert!((mean(&tumors, 23) - 880.6).abs() < 0.1);
    }

    #[test]
    fn people_are_all_there() {
        let census = census_income().unwrap();
        let count = |feature, value| {
            let row = census.samples().row(feature);
            row.filter(|&x| x == value).count()
        };
        assert_eq!([0.0, 1.0].map(|sex| count(8, sex)), [1284, 2716]);
        let races = [0.0, 1.0, 2.0, 3.0, 4.0].map(|race| count(9, race));
        assert_eq!(races, [44, 102, 394, 29, 3431]);
        assert_eq!(census.labels().iter().sum::<u32>(), 982);
        // The first row of the source: 25 years, 11th grade (7), 40 hours, never married, private, black, male.
        let first = [25.0, 7.0, 40.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0];
        assert_eq!(census.sample(0), Some(&first[..]));
        assert_eq!(census.samples().row(0).sum::<f64>(), 154_167.0);
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
