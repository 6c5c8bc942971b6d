//! Parameters: windows of the vector that a tape is recorded over, without overlap.

use super::Arena;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::node::{Id, Node, Op};
use gradus_numeric::{Order, Shape};

impl<T: Element> Arena<T> {
    /// The node of the window of `theta` at `offset`; the same window is the same node. What is not tracked is
    /// a constant to whatever is computed of it.
    pub(crate) fn parameter(
        &mut self,
        theta: &[T],
        offset: usize,
        shape: Shape,
        tracked: bool,
    ) -> Result<Id, AutodiffError> {
        let out_of_range = AutodiffError::ParameterOutOfRange {
            offset,
            shape,
            length: theta.len(),
        };
        let length = shape.checked_len().ok_or(out_of_range)?;
        let end = offset.checked_add(length).ok_or(out_of_range)?;
        if end > theta.len() && !self.dry {
            return Err(out_of_range);
        }
        let id = self.next_id()?;
        let node = Node {
            op: Op::Parameter,
            inputs: [Id::NONE; 3],
            offset,
            shape,
            order: Order::Rows,
            tracked,
        };
        if length > 0 {
            match self.find(&node)? {
                Ok(same) => return Ok(same),
                Err(place) => self.parameters.insert(place, id),
            }
        }
        self.longest = self.longest.max(length);
        self.nodes.push(node);
        Ok(id)
    }

    /// The same window if there is one already, else the place where this one belongs.
    fn find(&self, window: &Node) -> Result<Result<Id, usize>, AutodiffError> {
        let place = self.place(window.offset);
        let before = place.checked_sub(1).and_then(|place| self.known(place));
        let after = self.known(place);
        let same = |p: &Node| (p.offset, p.shape) == (window.offset, window.shape);
        if let Some((id, _)) = after.filter(|(_, p)| same(p)) {
            return Ok(Ok(id));
        }
        let end = |p: &Node| p.offset + p.len(); // windows lie within the parameters
        let meets = |p: &Node| end(p) > window.offset && p.offset < end(window);
        match before.into_iter().chain(after).find(|(_, p)| meets(p)) {
            Some((_, other)) => Err(overlap(&other, window)),
            None => Ok(Err(place)),
        }
    }

    /// The gradient is zero between the parameters in use, and at those that the output ignores.
    pub(super) fn clear_untouched(&self, gradient: &mut [T]) {
        let zero = T::from_f64(0.0);
        let mut end = 0;
        for p in &self.parameters {
            let node = self.nodes[p.index()]; // parameters lie in range and in order, without overlap
            gradient[end..node.offset].fill(zero);
            end = node.offset + node.len();
            if !self.touched[p.index()] {
                gradient[node.offset..end].fill(zero);
            }
        }
        gradient[end..].fill(zero);
    }

    /// Where a parameter at `offset` belongs; they mostly come in order.
    fn place(&self, offset: usize) -> usize {
        let known = |p: &Id| self.nodes[p.index()].offset; // parameters are nodes
        match self.parameters.last() {
            Some(last) if known(last) >= offset => {
                self.parameters.partition_point(|p| known(p) < offset)
            }
            _ => self.parameters.len(),
        }
    }

    /// The parameter at this place of the list.
    fn known(&self, place: usize) -> Option<(Id, Node)> {
        let id = *self.parameters.get(place)?;
        Some((id, *self.nodes.get(id.index())?))
    }
}

fn overlap(first: &Node, second: &Node) -> AutodiffError {
    AutodiffError::OverlappingParameters {
        first: first.offset,
        first_shape: first.shape,
        second: second.offset,
        second_shape: second.shape,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_kept_in_order_and_found_again() {
        let (mut arena, theta, pair) = (Arena::new(), [0.0; 8], Shape::new(2, 1));
        let ids: Vec<_> = [4, 0, 6, 2]
            .iter()
            .map(|&at| arena.parameter(&theta, at, pair, true))
            .collect();
        let sorted: Vec<_> = [1, 3, 0, 2].iter().filter_map(|&i| Id::of(i)).collect();
        assert_eq!(arena.parameters, sorted);
        assert_eq!(arena.parameter(&theta, 6, pair, true), ids[2]);
        assert_eq!(arena.nodes.len(), 4);
    }
}
