//! Functions whose evaluations are counted, and which are infinite where they are not defined.

use crate::core::point::Point;
use crate::error::MinimizeError;

/// A function with its gradient.
pub(crate) struct Smooth<'f> {
    f: &'f mut dyn FnMut(&[f64], &mut [f64]) -> f64,
    pub(crate) evaluations: usize,
}

impl<'f> Smooth<'f> {
    pub(crate) fn new(f: &'f mut dyn FnMut(&[f64], &mut [f64]) -> f64) -> Self {
        Self { f, evaluations: 0 }
    }

    /// The first point; the function must be defined there.
    pub(crate) fn start(&mut self, x: &[f64]) -> Result<Point, MinimizeError> {
        all_finite("start", x)?;
        let point = self.at(x);
        if point.is_finite() {
            Ok(point)
        } else {
            let value = point.value;
            Err(MinimizeError::StartOutside { value })
        }
    }

    /// Any other point. Where value or gradient is no number, the function counts as undefined, and the value as ∞: so a
    /// search turns back from there.
    pub(crate) fn at(&mut self, x: &[f64]) -> Point {
        self.evaluations += 1;
        let mut point = Point::new(&mut *self.f, x);
        if !point.is_finite() {
            point.value = f64::INFINITY;
        }
        point
    }
}

/// A function of which only the value is known.
pub(crate) struct Plain<'f> {
    f: &'f mut dyn FnMut(&[f64]) -> f64,
    pub(crate) evaluations: usize,
}

impl<'f> Plain<'f> {
    pub(crate) fn new(f: &'f mut dyn FnMut(&[f64]) -> f64) -> Self {
        Self { f, evaluations: 0 }
    }

    /// The value at the start, which must be finite.
    pub(crate) fn start(&mut self, x: &[f64]) -> Result<f64, MinimizeError> {
        all_finite("start", x)?;
        let value = self.at(x);
        if value.is_finite() {
            Ok(value)
        } else {
            Err(MinimizeError::StartOutside { value })
        }
    }

    /// The value anywhere else. Where it is no number, the function counts as undefined, and the value as ∞.
    pub(crate) fn at(&mut self, x: &[f64]) -> f64 {
        self.evaluations += 1;
        let value = (self.f)(x);
        if value.is_finite() {
            value
        } else {
            f64::INFINITY
        }
    }
}

/// Refuses numbers that are not finite.
pub(crate) fn all_finite(name: &'static str, x: &[f64]) -> Result<(), MinimizeError> {
    match x.iter().position(|x| !x.is_finite()) {
        None => Ok(()),
        Some(index) => Err(MinimizeError::NonFinite {
            name,
            index,
            value: x[index],
        }),
    }
}

/// Refuses a length that is not the expected one.
pub(crate) fn of_length(
    name: &'static str,
    actual: usize,
    expected: usize,
) -> Result<(), MinimizeError> {
    if actual == expected {
        Ok(())
    } else {
        Err(MinimizeError::LengthMismatch {
            name,
            expected,
            actual,
        })
    }
}

/// Refuses what is not positive and finite.
pub(crate) fn positive(name: &'static str, value: f64) -> Result<f64, MinimizeError> {
    within(
        name,
        value,
        value > 0.0 && value.is_finite(),
        "positive and finite",
    )
}

/// Refuses a value that is not in its domain.
pub(crate) fn within(
    name: &'static str,
    value: f64,
    inside: bool,
    domain: &'static str,
) -> Result<f64, MinimizeError> {
    if inside {
        Ok(value)
    } else {
        Err(MinimizeError::Domain {
            name,
            value,
            domain,
        })
    }
}
