//! Points in a plane that straight lines cannot part, and clouds that they can.

use crate::error::DataError;
use crate::tables::labelled::LabelledTable;
use crate::tables::table::Table;
use gradus_numeric::{Float, MatrixRef};
use gradus_random::rand::Rng;
use gradus_random::{normal, uniform};
use std::f64::consts::{PI, TAU};

/// Two half circles that reach into each other: class 0 opens downward around (0, 0), class 1 upward around
/// (1, ½).
///
/// Points lie evenly along the arcs, and normal noise of deviation `noise` is added to both coordinates.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | without noise points lie on their curve | `generated_points_lie_on_their_curves` |
/// | classes differ in size by at most one, and the generator decides everything | `generated_classes_are_even` |
///
/// # Errors
///
/// [`DataError::Empty`] without samples, [`DataError::InvalidParameter`] unless the noise is finite and at least 0.
///
/// # Examples
///
/// ```
/// use gradus_data::{Key, moons};
///
/// let points = moons(4, 0.0, &mut Key::new(1).rng())?;
/// assert_eq!(points.sample(0), Some(&[1.0, 0.0][..])); // the first end of the first moon
/// assert_eq!(points.labels(), [0, 1, 0, 1]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn moons(
    n: u32,
    noise: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<LabelledTable, DataError> {
    planar(n, 2, noise, rng, |class, share| {
        let (y, x) = (PI * share).sin_cos();
        if class == 0 {
            [x, y]
        } else {
            [1.0 - x, 0.5 - y]
        }
    })
}

/// A circle of radius 1 (class 0) around another of radius `factor` (class 1).
///
/// # Laws
///
/// As [`moons`].
///
/// # Errors
///
/// [`DataError::Empty`] without samples, [`DataError::InvalidParameter`] unless the factor lies in (0, 1) and the noise
/// is finite and at least 0.
///
/// # Examples
///
/// ```
/// use gradus_data::{Key, circles};
///
/// let points = circles(2, 0.5, 0.0, &mut Key::new(1).rng())?;
/// assert_eq!(points.values(), [1.0, 0.0, 0.5, 0.0]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn circles(
    n: u32,
    factor: f64,
    noise: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<LabelledTable, DataError> {
    check("factor", factor, factor > 0.0 && factor < 1.0)?;
    planar(n, 2, noise, rng, |class, share| {
        let radius = if class == 0 { 1.0 } else { factor };
        // A closed curve: its end is its beginning, so the share stops short of it.
        let (y, x) = (TAU * share * closed(n)).sin_cos();
        [radius * x, radius * y]
    })
}

/// As many spirals as classes, each turned against the others, from the origin to radius 1.
///
/// Each makes `turns` turns. The more there are, the deeper a network must be to follow them.
///
/// # Laws
///
/// As [`moons`].
///
/// # Errors
///
/// [`DataError::Empty`] without samples or classes, [`DataError::InvalidParameter`] unless turns are finite and the
/// noise is finite and at least 0.
///
/// # Examples
///
/// ```
/// use gradus_data::{Key, spirals};
///
/// let points = spirals(6, 2, 1.0, 0.0, &mut Key::new(1).rng())?;
/// assert_eq!(points.sample(0), Some(&[0.0, 0.0][..]));
/// assert_eq!(points.classes(), 2);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn spirals(
    n: u32,
    classes: u32,
    turns: f64,
    noise: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<LabelledTable, DataError> {
    check("turns", turns, turns.is_finite())?;
    planar(n, classes, noise, rng, |class, share| {
        let angle = TAU * (turns * share + f64::from(class) / f64::from(classes));
        let (y, x) = angle.sin_cos();
        [share * x, share * y]
    })
}

/// Normal clouds of one deviation around centers: classes that straight lines can part if the centers are far apart.
///
/// # Shapes
///
/// `centers`: features × classes, a center in each column.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | the means of the clouds are the centers, to the standard error | `blobs_lie_around_their_centers` |
///
/// # Errors
///
/// [`DataError::Empty`] without samples or centers, [`DataError::NoSuchColumn`] without features,
/// [`DataError::InvalidParameter`] unless the deviation is finite and at least 0.
///
/// # Examples
///
/// ```
/// use gradus_data::{Key, MatrixRef, Order, Shape, blobs};
///
/// let centers = [0.0, 0.0, 5.0, 5.0];
/// let centers = MatrixRef::new(&centers, Shape::new(2, 2), Order::Columns)?;
/// let points = blobs(3, centers, 0.0, &mut Key::new(1).rng())?;
/// assert_eq!(points.values(), [0.0, 0.0, 5.0, 5.0, 0.0, 0.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn blobs<T: Float>(
    n: u32,
    centers: MatrixRef<'_, T>,
    deviation: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<LabelledTable<T>, DataError> {
    check(
        "deviation",
        deviation,
        deviation.is_finite() && deviation >= 0.0,
    )?;
    let classes = u32::try_from(centers.columns()).map_err(|_| DataError::SizeOverflow)?;
    if n == 0 || classes == 0 {
        return Err(DataError::Empty);
    }
    let labels: Vec<u32> = (0..n).map(|j| j % classes).collect();
    let mut values = Vec::new();
    for &class in &labels {
        let center = centers.column(class as usize);
        values.extend(center.map(|c| T::from_f64(c.to_f64() + deviation * normal(rng))));
    }
    let names = (0..centers.rows()).map(|i| i.to_string());
    LabelledTable::new(Table::new(names, values)?, labels, classes)
}

/// Samples of a linear function with noise: the data of a linear regression whose truth is known.
///
/// ```math
/// y_j = w^\top x_j + b + \varepsilon_j, \qquad x_{ij} \sim \mathcal{N}(0, 1), \quad
/// \varepsilon_j \sim \mathcal{N}(0, \text{noise}^2)
/// ```
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | without noise, every target is that of the function | `generated_targets_follow_their_function` |
///
/// # Errors
///
/// [`DataError::Empty`] without samples, [`DataError::InvalidParameter`] unless the noise is finite and at least 0,
/// [`DataError::NoSuchColumn`] without features.
///
/// # Examples
///
/// ```
/// use gradus_data::{Key, linear};
///
/// let (table, y) = linear(3, &[2.0, -1.0], 0.5, 0.0, &mut Key::new(1).rng())?;
/// let x = table.sample(0).unwrap_or_default();
/// assert_eq!(y[0], 2.0 * x[0] - x[1] + 0.5);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn linear(
    n: u32,
    weights: &[f64],
    intercept: f64,
    noise: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<(Table, Vec<f64>), DataError> {
    let sample = |rng: &mut _| weights.iter().map(|_| normal(rng)).collect::<Vec<_>>();
    let value = |x: &[f64]| weights.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + intercept;
    let names = (0..weights.len()).map(|i| i.to_string());
    sampled(n, names, noise, rng, sample, value)
}

/// Samples of a sine wave with noise: one feature, of which no linear function knows much.
///
/// ```math
/// y_j = \sin(2 \pi x_j) + \varepsilon_j, \qquad x_j \sim \mathcal{U}(0, 1), \quad
/// \varepsilon_j \sim \mathcal{N}(0, \text{noise}^2)
/// ```
///
/// The example of Bishop's book for fits that are too stiff and too free.
///
/// # Laws
///
/// As [`linear`].
///
/// # Errors
///
/// As [`linear`].
///
/// # Examples
///
/// ```
/// use gradus_data::{Key, sinusoid};
///
/// let (table, y) = sinusoid(10, 0.0, &mut Key::new(1).rng())?;
/// assert_eq!((table.len(), table.features()), (10, 1));
/// assert!(y.iter().all(|y| y.abs() <= 1.0));
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), section 1.1.
pub fn sinusoid(
    n: u32,
    noise: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<(Table, Vec<f64>), DataError> {
    let wave = |x: &[f64]| x.iter().map(|x| (TAU * x).sin()).sum();
    sampled(
        n,
        ["x".to_owned()],
        noise,
        rng,
        |rng| vec![uniform(rng)],
        wave,
    )
}

/// Random samples and what a function makes of them, with noise.
fn sampled<R: Rng + ?Sized>(
    n: u32,
    names: impl IntoIterator<Item = String>,
    noise: f64,
    rng: &mut R,
    sample: impl Fn(&mut R) -> Vec<f64>,
    value: impl Fn(&[f64]) -> f64,
) -> Result<(Table, Vec<f64>), DataError> {
    check("noise", noise, noise.is_finite() && noise >= 0.0)?;
    if n == 0 {
        return Err(DataError::Empty);
    }
    let (mut values, mut targets) = (Vec::new(), Vec::new());
    for _ in 0..n {
        let x = sample(rng);
        targets.push(value(&x) + noise * normal(rng));
        values.extend(x);
    }
    Ok((Table::new(names, values)?, targets))
}

/// Points `f(class, share)` of a plane, the share running from 0 to 1 along the curve of each class, with noise.
fn planar(
    n: u32,
    classes: u32,
    noise: f64,
    rng: &mut (impl Rng + ?Sized),
    f: impl Fn(u32, f64) -> [f64; 2],
) -> Result<LabelledTable, DataError> {
    check("noise", noise, noise.is_finite() && noise >= 0.0)?;
    if n == 0 || classes == 0 {
        return Err(DataError::Empty);
    }
    let labels: Vec<u32> = (0..n).map(|j| j % classes).collect();
    let mut values = Vec::new();
    for (j, &class) in (0..n).zip(&labels) {
        let steps = (n - 1 - class) / classes; // how often the class comes again after its first point
        let share = f64::from(j / classes) / f64::from(steps.max(1));
        values.extend(f(class, share).map(|x| x + noise * normal(rng)));
    }
    LabelledTable::new(Table::new(["x", "y"], values)?, labels, classes)
}

/// How much of a closed curve its points cover, of two classes that share n of them.
fn closed(n: u32) -> f64 {
    let points = f64::from(n.div_ceil(2));
    (points - 1.0) / points
}

fn check(name: &'static str, value: f64, holds: bool) -> Result<(), DataError> {
    if holds {
        Ok(())
    } else {
        Err(DataError::InvalidParameter { name, value })
    }
}
