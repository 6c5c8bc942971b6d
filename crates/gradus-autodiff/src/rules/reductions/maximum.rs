//! The largest of all entries.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, MatrixVar, Point, Rule, SCALAR, Var, only};
use gradus_numeric::{MatrixMut, MatrixRef, Shape, pull};
use std::iter::zip;

/// The largest of all entries.
///
/// ```math
/// y = \max_{ij} x_{ij}, \qquad \bar x_{ij} = \frac{\bar y}{k} \, [x_{ij} = y]
/// ```
///
/// where k entries have the maximum: they share $`\bar y`$ equally. Of all subgradients this is the one of least norm, and it
/// does not depend on the order of the entries, as that of a maximum taken pair by pair would.
///
/// # Shapes
///
/// `X: m × n`, not empty; `y: 1 × 1`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the gradient is not negative, sums to 1, and is equal on ties of any number | `entries_that_tie_for_the_maximum_share_equally` |
/// | five-point differences, transpose, second order | `every_rule_passes_the_gradient_check` |
///
/// # Numerics
///
/// The value is an entry, to the bit. Among numbers with a NaN it is NaN.
///
/// # Errors
///
/// [`AutodiffError::Empty`] if there is no entry.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Arena;
/// use gradus_autodiff::Shape;
///
/// let mut gradient = [0.0; 3];
/// let y = Arena::new().value_and_gradient(&[7.0, 3.0, 7.0], &mut gradient, |tape| {
///     tape.parameter(0, Shape::new(1, 3)).max()
/// })?;
/// assert_eq!((y, gradient), (7.0, [0.5, 0.0, 0.5]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// S. Boyd and L. Vandenberghe, *Convex Optimization*, Cambridge University Press 2004, section 3.2.3; for the
/// subdifferential of a maximum, R. T. Rockafellar, *Convex Analysis*, Princeton University Press 1970, section 23.
#[doc(alias = "amax")]
#[derive(Clone, Copy, Debug)]
pub struct Maximum;

impl<T: Element> Rule<T> for Maximum {
    fn name(&self) -> &'static str {
        "maximum"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Selection
    }
    fn shape(&self, [x, ..]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        match x.checked_len() {
            Some(0) => Err(AutodiffError::Empty {
                operation: "maximum",
            }),
            _ => Ok(SCALAR),
        }
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let entries = || x.as_slice().iter().copied();
        let y = y.into_slice(); // 1×1
        if let Some(first) = entries().reduce(larger) {
            let share = share(x.as_slice(), first);
            // The first has the value; dual numbers that tie with it have other derivatives, of which this is the mean.
            let aside = entries().filter(|&x| x == first).map(|x| x.join(-first));
            y.fill(aside.fold(first, |y, aside| y.join(pull(share, aside))));
        }
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        if let (Some(y), Some(y_bar)) = (only(at.y), only(at.y_bar)) {
            let x = at.x[0].as_slice();
            let (share, zero) = (share(x, y), T::from_f64(0.0));
            for (x_bar, &x) in zip(x_bar.into_slice(), x) {
                *x_bar = if x == y { pull(share, y_bar) } else { zero };
            }
        }
    }
}

impl<'t, T: Element> MatrixVar<'t, T> {
    /// The largest of all entries; see [`Maximum`].
    #[must_use]
    pub fn max(self) -> Var<'t, T> {
        self.apply(&Maximum).scalar()
    }
}

/// The first of the larger ones, or what is not a number.
fn larger<T: Element>(y: T, x: T) -> T {
    if y < x || x.partial_cmp(&x).is_none() {
        x
    } else {
        y
    }
}

/// One part for each entry that has the maximum.
fn share<T: Element>(x: &[T], y: T) -> T {
    let ties = x.iter().filter(|&&x| x == y).count();
    T::from_f64(1.0 / ties as f64)
}

#[cfg(test)]
mod tests {
    use crate::forward::Dual;
    use crate::reverse::Tape;
    use crate::{AutodiffError, Real};
    use gradus_numeric::Shape;

    #[test]
    fn three_that_tie_get_a_third_each() -> Result<(), AutodiffError> {
        let x = [5.0, -1.0, 5.0, 5.0];
        let tape = Tape::new(&x);
        let y = tape.parameter(0, Shape::new(2, 2)).max();
        assert_eq!(y.value(), 5.0);
        let third = 1.0 / 3.0;
        assert_eq!(tape.gradient(y)?, [third, 0.0, third, third]);
        Ok(())
    }

    #[test]
    fn infinite_entries_are_the_largest_and_nan_is_told() {
        let largest = |x: &[f64]| Tape::new(x).parameter(0, Shape::new(1, 2)).max().value();
        assert_eq!(largest(&[f64::INFINITY, f64::INFINITY]), f64::INFINITY);
        assert_eq!(largest(&[f64::NEG_INFINITY, -3.0]), -3.0);
        assert!(largest(&[f64::NAN, 1.0]).is_nan() && largest(&[1.0, f64::NAN]).is_nan());
    }

    #[test]
    fn duals_that_tie_have_the_mean_of_their_derivatives() {
        let x = [(7.0, 1.0), (7.0, 4.0), (2.0, 100.0)].map(|(a, b)| Dual::new(a, b));
        let tape = Tape::new(&x);
        let y = tape.parameter(0, Shape::new(3, 1)).max().value();
        assert_eq!((y.to_f64(), y.derivative), (7.0, 2.5));
    }

    #[test]
    fn nothing_has_no_largest() {
        let tape = Tape::new(&[0.0; 0]);
        let error = tape.gradient(tape.parameter(0, Shape::new(0, 3)).max());
        let operation = "maximum";
        assert_eq!(error, Err(AutodiffError::Empty { operation }));
    }
}
