//! One setting and the values it may have.

use crate::error::SelectError;

/// One setting and the values it may have: even, even in its logarithm, or some numbers.
///
/// ```math
/// x(u) = a + u (b - a), \qquad x(u) = a\,(b / a)^u, \qquad x(u) = c_{\lfloor u k \rfloor}, \qquad u \in [0, 1]
/// ```
///
/// Settings that act by their order of magnitude (a learning rate, a penalty) have a logarithmic axis: on an even one from
/// $`10^{-5}`$ to 1, nine of ten draws exceed 0.1.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the unit interval goes to the axis and back; ends go to ends, exactly | `an_axis_and_the_unit_interval_are_one` |
/// | equal steps have equal differences, or equal ratios | `steps_of_an_axis_are_even` |
///
/// # Examples
///
/// ```
/// use gradus_select::Axis;
///
/// let rate = Axis::logarithmic(1e-4, 1.0)?;
/// assert!((rate.at(0.5) - 1e-2).abs() < 1e-17);
/// assert_eq!(Axis::choices([16.0, 32.0, 64.0])?.at(0.5), 32.0);
/// # Ok::<(), gradus_select::SelectError>(())
/// ```
///
/// # References
///
/// J. Bergstra and Y. Bengio, *Random search for hyper-parameter optimization*, JMLR 13 (2012), 281–305.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis(Kind);

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Linear { from: f64, to: f64 },
    Logarithmic { from: f64, to: f64 },
    Choices(Vec<f64>),
}

impl Axis {
    /// All numbers of an interval.
    ///
    /// # Errors
    ///
    /// [`SelectError::NotAnAxis`] unless both ends are finite and rise.
    pub fn linear(from: f64, to: f64) -> Result<Self, SelectError> {
        check_ends(from, to)?;
        Ok(Self(Kind::Linear { from, to }))
    }

    /// All numbers of a positive interval, even in their logarithms.
    ///
    /// # Errors
    ///
    /// [`SelectError::NotAnAxis`] unless both ends are finite and rise, [`SelectError::NotPositive`] unless they are positive.
    pub fn logarithmic(from: f64, to: f64) -> Result<Self, SelectError> {
        check_ends(from, to)?;
        if from > 0.0 {
            Ok(Self(Kind::Logarithmic { from, to }))
        } else {
            Err(SelectError::NotPositive { from })
        }
    }

    /// Some numbers, in this order; also what has no order, by its index.
    ///
    /// # Errors
    ///
    /// [`SelectError::Empty`] without choices, [`SelectError::ChoiceNotFinite`].
    pub fn choices(values: impl Into<Vec<f64>>) -> Result<Self, SelectError> {
        let values = values.into();
        if values.is_empty() {
            return Err(SelectError::Empty);
        }
        match values.iter().position(|x| !x.is_finite()) {
            None => Ok(Self(Kind::Choices(values))),
            Some(index) => Err(SelectError::ChoiceNotFinite {
                index,
                value: values[index], // a position in it
            }),
        }
    }

    /// The value at a place of the unit interval; places beyond its ends count as ends.
    #[must_use]
    pub fn at(&self, u: f64) -> f64 {
        match &self.0 {
            // Two products, so that both ends are exact and nothing overflows.
            Kind::Linear { from, to } => {
                let u = u.clamp(0.0, 1.0);
                (from * (1.0 - u) + to * u).clamp(*from, *to)
            }
            Kind::Logarithmic { from, to } => between(*from, *to, u),
            Kind::Choices(values) => values[place(u, values.len())], // below their number
        }
    }

    /// The place of a value in the unit interval: the inverse of [`Axis::at`], and the middle of its part for a choice.
    ///
    /// A value that is none of the choices has the place of the nearest one.
    #[must_use]
    pub fn unit(&self, x: f64) -> f64 {
        let share = |x: f64, from: f64, to: f64| {
            // Halves, because the difference of the ends may overflow.
            ((x / 2.0 - from / 2.0) / (to / 2.0 - from / 2.0)).clamp(0.0, 1.0)
        };
        match &self.0 {
            Kind::Linear { from, to } => share(x, *from, *to),
            Kind::Logarithmic { from, to } => share(x.max(*from).ln(), from.ln(), to.ln()),
            Kind::Choices(values) => {
                let far = |i: &usize| (values[*i] - x).abs();
                let nearest = (0..values.len()).min_by(|i, j| far(i).total_cmp(&far(j)));
                (nearest.unwrap_or(0) as f64 + 0.5) / values.len() as f64 // there is one
            }
        }
    }

    /// So many values for a grid, the ends among them; all choices, whatever the number.
    ///
    /// # Errors
    ///
    /// [`SelectError::Empty`] for fewer than two steps of an interval.
    pub fn steps(&self, count: u32) -> Result<Vec<f64>, SelectError> {
        match &self.0 {
            Kind::Choices(values) => Ok(values.clone()),
            _ if count < 2 => Err(SelectError::Empty),
            _ => {
                let last = f64::from(count - 1);
                Ok((0..count).map(|i| self.at(f64::from(i) / last)).collect())
            }
        }
    }
}

/// The number at share `u` of the way in logarithms; the ends exactly.
fn between(from: f64, to: f64, u: f64) -> f64 {
    if u <= 0.0 {
        from
    } else if u >= 1.0 {
        to
    } else {
        (from.ln() * (1.0 - u) + to.ln() * u).exp().clamp(from, to)
    }
}

/// ⌊u k⌋, but the last place for u = 1.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the number of places; NaN counts as 0"
)]
fn place(u: f64, places: usize) -> usize {
    ((u.clamp(0.0, 1.0) * places as f64) as usize).min(places - 1)
}

fn check_ends(from: f64, to: f64) -> Result<(), SelectError> {
    if from < to && from.is_finite() && to.is_finite() {
        Ok(())
    } else {
        Err(SelectError::NotAnAxis { from, to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_axis_is_refused() {
        let (from, to) = (1.0, 1.0);
        let refused = Err(SelectError::NotAnAxis { from, to });
        assert_eq!(Axis::linear(1.0, 1.0), refused);
        assert!(Axis::linear(f64::NAN, 1.0).is_err());
        assert!(Axis::logarithmic(1.0, f64::INFINITY).is_err());
        let from = 0.0;
        assert_eq!(
            Axis::logarithmic(0.0, 1.0),
            Err(SelectError::NotPositive { from })
        );
        assert_eq!(Axis::choices([]), Err(SelectError::Empty));
        let (index, value) = (1, f64::INFINITY);
        assert_eq!(
            Axis::choices([1.0, value]),
            Err(SelectError::ChoiceNotFinite { index, value })
        );
        assert_eq!(
            Axis::linear(0.0, 1.0).and_then(|axis| axis.steps(1)),
            Err(SelectError::Empty)
        );
    }

    #[test]
    fn the_widest_axis_does_not_overflow() {
        let wide = Axis::linear(-f64::MAX, f64::MAX).unwrap();
        assert_eq!((wide.at(0.5), wide.unit(0.0)), (0.0, 0.5));
        let orders = Axis::logarithmic(1e-300, 1e300).unwrap();
        assert!((orders.at(0.5) - 1.0).abs() < 1e-12);
        assert_eq!(orders.steps(3).unwrap()[2], 1e300);
    }

    #[test]
    fn a_choice_has_its_part_of_the_interval() {
        let axis = Axis::choices([4.0, 2.0, 8.0]).unwrap();
        assert_eq!((axis.at(0.0), axis.at(0.34), axis.at(1.0)), (4.0, 2.0, 8.0));
        assert_eq!((axis.unit(2.0), axis.unit(1e9)), (0.5, 2.5 / 3.0));
    }
}
