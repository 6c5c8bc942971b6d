//! Names and windows of one flat parameter vector.

use crate::error::OptimError;
use gradus_numeric::Shape;
use std::collections::HashMap;
use std::ops::Range;

/// One parameter tensor in the flat vector: its name, where it starts, its shape.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Layout, Shape};
///
/// let mut layout = Layout::new();
/// layout.push("0.bias", Shape::new(3, 1))?;
/// layout.push("1.weight", Shape::new(2, 3))?;
/// let weight = &layout.entries()[1];
/// assert_eq!((weight.offset, weight.window()), (3, 3..9));
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Name, such as `0.weight`.
    pub name: String,
    /// Index of its first number.
    pub offset: usize,
    /// Rows and columns; a vector has one column.
    pub shape: Shape,
}

impl Entry {
    /// The indices of its numbers.
    #[must_use]
    pub const fn window(&self) -> Range<usize> {
        self.offset..self.offset + self.shape.rows * self.shape.columns
    }
}

/// Names and windows of one flat vector $`\theta`$: contiguous, in order, without gaps.
///
/// A model is a layout and a vector. Gradient, every state vector of an optimizer and every checkpoint
/// have the same layout, so clipping, averaging and saving are one line each.
///
/// # Errors
///
/// [`push`](Self::push) refuses a name that is there already and a length that `usize` cannot count.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Layout, Shape};
///
/// let mut layout = Layout::new();
/// layout.push("0.weight", Shape::new(3, 2))?;
/// layout.push("0.bias", Shape::new(3, 1))?;
/// assert_eq!(layout.len(), 9);
/// assert_eq!(layout.window("0.bias"), Some(6..9));
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    entries: Vec<Entry>,
    by_name: HashMap<String, usize>,
    length: usize,
}

impl Layout {
    /// A layout without parameters.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a parameter and returns the index of its first number.
    ///
    /// # Errors
    ///
    /// [`OptimError::DuplicateName`] if the name is there already, [`OptimError::TooMany`] if `usize`
    /// cannot count the numbers.
    pub fn push(&mut self, name: impl Into<String>, shape: Shape) -> Result<usize, OptimError> {
        let (name, offset) = (name.into(), self.length);
        let more = shape.checked_len().and_then(|n| offset.checked_add(n));
        let length = more.ok_or(OptimError::TooMany {
            shape,
            length: offset,
        })?;
        if self.by_name.contains_key(&name) {
            return Err(OptimError::DuplicateName { name });
        }
        self.by_name.insert(name.clone(), self.entries.len());
        self.entries.push(Entry {
            name,
            offset,
            shape,
        });
        self.length = length;
        Ok(offset)
    }

    /// How many numbers the vector has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether the vector has no numbers.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The parameters in the order of memory.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The parameter of that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.by_name.get(name).and_then(|&i| self.entries.get(i))
    }

    /// The indices of the parameter of that name.
    #[must_use]
    pub fn window(&self, name: &str) -> Option<Range<usize>> {
        self.find(name).map(Entry::window)
    }

    /// The parameter that number `index` belongs to, or `None` past the end.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&Entry> {
        if index < self.length {
            self.entries.get(self.last_at_or_before(index))
        } else {
            None
        }
    }

    /// The parameters that share numbers with `range`, each with the shared indices counted from the
    /// start of `range`.
    pub fn overlapping(&self, range: Range<usize>) -> impl Iterator<Item = (&Entry, Range<usize>)> {
        let first = self.last_at_or_before(range.start);
        let rest = self.entries.get(first..).unwrap_or(&[]);
        rest.iter()
            .take_while(move |entry| entry.offset < range.end)
            .map(move |entry| {
                let window = entry.window();
                let (from, to) = (window.start.max(range.start), window.end.min(range.end));
                (entry, from - range.start..to.max(from) - range.start)
            })
    }

    /// Position of the last entry that starts at or before `index`; empty entries never win.
    fn last_at_or_before(&self, index: usize) -> usize {
        self.entries
            .partition_point(|entry| entry.offset <= index)
            .saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Result<Layout, OptimError> {
        let mut layout = Layout::new();
        layout.push("a", Shape::new(2, 3))?;
        layout.push("none", Shape::new(0, 7))?;
        layout.push("b", Shape::new(4, 1))?;
        Ok(layout)
    }

    #[test]
    fn windows_are_contiguous() -> Result<(), OptimError> {
        let layout = layout()?;
        assert_eq!(layout.len(), 10);
        assert_eq!(layout.window("a"), Some(0..6));
        assert_eq!(layout.window("none"), Some(6..6));
        assert_eq!(layout.window("b"), Some(6..10));
        assert_eq!(layout.window("c"), None);
        Ok(())
    }

    #[test]
    fn a_number_belongs_to_one_parameter() -> Result<(), OptimError> {
        let layout = layout()?;
        let name = |i| layout.at(i).map(|entry| entry.name.as_str());
        assert_eq!(name(0), Some("a"));
        assert_eq!(name(5), Some("a"));
        assert_eq!(name(6), Some("b"));
        assert_eq!(name(9), Some("b"));
        assert_eq!(name(10), None);
        Ok(())
    }

    #[test]
    fn overlaps_are_counted_from_the_start_of_the_range() -> Result<(), OptimError> {
        let layout = layout()?;
        let overlaps: Vec<_> = layout
            .overlapping(4..8)
            .map(|(entry, range)| (entry.name.as_str(), range))
            .filter(|(_, range)| !range.is_empty())
            .collect();
        assert_eq!(overlaps, [("a", 0..2), ("b", 2..4)]);
        assert_eq!(Layout::new().overlapping(0..3).count(), 0);
        Ok(())
    }

    #[test]
    fn a_name_stands_once_and_a_length_can_be_counted() -> Result<(), OptimError> {
        let mut layout = layout()?;
        assert_eq!(
            layout.push("b", Shape::new(1, 1)),
            Err(OptimError::DuplicateName { name: "b".into() })
        );
        for shape in [Shape::new(usize::MAX, 2), Shape::new(usize::MAX, 1)] {
            assert_eq!(
                layout.push("huge", shape),
                Err(OptimError::TooMany { shape, length: 10 })
            );
        }
        assert_eq!(layout.len(), 10);
        Ok(())
    }
}
