//! One line of a Wengert list: an operation, its inputs, and where its value lies.

use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};

/// Number of a node on its tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Id(u32);

impl Id {
    /// No input.
    pub(crate) const NONE: Self = Self(u32::MAX);
    /// What a failed operation returns; operations on it are ignored.
    pub(crate) const LOST: Self = Self(u32::MAX - 1);
    /// How many nodes can be numbered.
    pub(crate) const LIMIT: usize = (u32::MAX - 1) as usize;

    /// The number of node `index`, if there is one left.
    #[inline(always)]
    pub(crate) fn of(index: usize) -> Option<Self> {
        let id = u32::try_from(index).ok()?;
        (id < Self::LOST.0).then_some(Self(id))
    }

    #[inline(always)]
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// A window of the parameter vector.
    Parameter,
    /// Data: no adjoint.
    Constant,
    /// A scalar function of one or two scalars; its slopes lie behind its value.
    Scalar,
    /// The quotient of two scalars; the divisor lies behind its value.
    Quotient,
    /// A scalar divided by a constant, which lies behind its value.
    Dividend,
    /// A constant divided by a scalar, which lies behind its value too.
    Divisor,
    /// A loss of one matrix; its gradient lies one line of memory behind its value.
    Linear,
    /// The rule of this number.
    Rule(Id),
}

/// An operation, its inputs, and where its value lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) op: Op,
    pub(crate) inputs: [Id; 3],
    pub(crate) offset: usize,
    pub(crate) shape: Shape,
    pub(crate) order: Order,
    /// Whether the value depends on a parameter.
    pub(crate) tracked: bool,
}

/// The shape of a scalar.
pub(crate) const SCALAR: Shape = Shape::new(1, 1);

impl Node {
    /// How many entries the value has; the tape has checked that `usize` can count them.
    #[inline(always)]
    pub(crate) const fn len(self) -> usize {
        self.shape.rows * self.shape.columns
    }

    #[inline(always)]
    pub(crate) fn inputs(&self) -> impl Iterator<Item = Id> + use<> {
        self.inputs
            .into_iter()
            .take_while(|&input| input != Id::NONE)
    }

    /// The value: a window of the parameters or of the arena.
    #[inline(always)]
    pub(crate) fn view<'a, T>(self, theta: &'a [T], values: &'a [T]) -> MatrixRef<'a, T> {
        let home = if self.op == Op::Parameter {
            theta
        } else {
            values
        };
        self.matrix(&home[self.offset..][..self.len()]) // claimed, or in range
    }

    /// The adjoint: a window of the gradient or of the adjoint arena.
    #[inline(always)]
    pub(crate) fn slot<'a, T>(self, adjoints: &'a mut [T], gradient: &'a mut [T]) -> &'a mut [T] {
        let home = if self.op == Op::Parameter {
            gradient
        } else {
            adjoints
        };
        &mut home[self.offset..][..self.len()] // as long as the values, or as the parameters
    }

    /// `entries` as a matrix like this one.
    #[inline(always)]
    pub(crate) fn matrix<T>(self, entries: &[T]) -> MatrixRef<'_, T> {
        MatrixRef::new(entries, self.shape, self.order).unwrap_or_else(|_| empty())
    }

    /// `entries` as a matrix like this one, to be written.
    #[inline(always)]
    pub(crate) fn matrix_mut<T>(self, entries: &mut [T]) -> Option<MatrixMut<'_, T>> {
        MatrixMut::new(entries, self.shape, self.order).ok()
    }
}

/// Bytes of a cache line, and of the widest vectors.
pub(crate) const LINE_BYTES: usize = 64;

/// How many numbers a cache line holds; at least one.
#[inline(always)]
pub(crate) const fn line<T>() -> usize {
    match LINE_BYTES.checked_div(size_of::<T>()) {
        None | Some(0) => 1,
        Some(line) => line,
    }
}

/// How much room is left behind `length` numbers of a value, so that the `kept` ones behind it start at a cache line.
#[inline(always)]
pub(crate) fn gap<T>(length: usize, kept: usize) -> Option<usize> {
    if kept == 0 {
        return Some(0);
    }
    Some(length.checked_next_multiple_of(line::<T>())? - length)
}

/// A matrix without entries.
pub(crate) fn empty<'a, T>() -> MatrixRef<'a, T> {
    MatrixRef::from_column(&[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_run_out_before_the_reserved_ones() {
        assert_eq!(Id::of(0).map(Id::index), Some(0));
        assert_eq!(Id::of(Id::LIMIT - 1).map(Id::index), Some(Id::LIMIT - 1));
        assert_eq!(Id::of(Id::LIMIT), None);
        assert_eq!(Id::of(usize::MAX), None);
    }

    #[test]
    fn a_line_holds_sixty_four_bytes() {
        assert_eq!((line::<f32>(), line::<f64>()), (16, 8));
        assert_eq!((line::<[f64; 9]>(), line::<()>()), (1, 1));
    }

    #[test]
    fn a_node_is_small() {
        assert_eq!(size_of::<Node>(), 48);
    }
}
