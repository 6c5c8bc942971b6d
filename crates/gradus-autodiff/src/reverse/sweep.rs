//! The way back along the list: adjoints of everything that the result depends on.

use super::node::{Id, Node, Op, empty, gap, line};
use super::rule::{Point, Rule, Stored};
use super::visit::{Share, Visit};
use crate::element::Element;
use crate::error::AutodiffError;
use crate::forward::share;
use gradus_numeric::{map, pull, vectorized};
use std::iter::zip;
use std::mem::replace;

/// One reverse sweep.
pub(crate) struct Sweep<'a, 'b, T: 'static> {
    pub(crate) theta: &'a [T],
    pub(crate) nodes: &'a [Node],
    pub(crate) values: &'a [T],
    pub(crate) rules: &'a [Stored<T>],
    pub(crate) adjoints: &'a mut [T],
    pub(crate) touched: &'a mut [bool],
    pub(crate) gradient: &'a mut [T],
    /// Whether infinities of opposite sign cancel; otherwise they are NaN, as IEEE has it.
    pub(crate) cancelling: bool,
    /// Whether some adjoint of a scalar was not finite.
    pub(crate) irregular: bool,
    /// What rules hand on, if that is not what the chain rule says.
    pub(crate) by: Option<Share<'b, T>>,
    /// The first mistake of `by`.
    pub(crate) failure: Option<AutodiffError>,
}

impl<T: Element> Sweep<'_, '_, T> {
    /// Starts with the adjoints of the seeds and visits every node after all of its uses.
    pub(crate) fn run(&mut self, seeds: &[(Id, T)]) {
        for &(output, weight) in seeds {
            self.add(output, weight);
        }
        let last = seeds.iter().map(|(output, _)| output.index()).max();
        for i in (0..last.map_or(0, |last| last + 1)).rev() {
            let node = self.nodes[i]; // seeds are nodes
            if !self.touched[i] {
                continue;
            }
            match node.op {
                Op::Parameter | Op::Constant => {}
                Op::Scalar | Op::Quotient | Op::Dividend | Op::Divisor if self.by.is_some() => {
                    let operation = "scalars";
                    self.failure = Some(AutodiffError::Impassable { operation });
                }
                Op::Scalar => self.scalar(&node),
                Op::Quotient | Op::Dividend | Op::Divisor => self.quotient(&node),
                Op::Linear => self.linear(&node),
                Op::Rule(rule) => self.rule(i, &node, self.rules[rule.index()].get()), // kept with the node
            }
        }
    }

    /// $`\bar x_k \mathrel{+}= \frac{\partial y}{\partial x_k} \bar y`$ for scalars.
    #[inline(always)]
    fn scalar(&mut self, node: &Node) {
        let y_bar = self.adjoints[node.offset];
        for (k, input) in node.inputs().enumerate() {
            let slope = self.values[node.offset + 1 + k]; // a scalar has its slopes behind its value
            self.add(input, pull(slope, y_bar));
        }
    }

    /// $`\bar a \mathrel{+}= \bar q / b`$ and $`\bar b \mathrel{-}= q\,\bar q / b`$ for $`q = a / b`$.
    ///
    /// The slopes $`1 / b`$ and $`q / b`$ are not formed: they may overflow where the adjoints do not.
    fn quotient(&mut self, node: &Node) {
        let [q, b] = [0, 1].map(|k| self.values[node.offset + k]); // the divisor lies behind the value
        let a_bar = share(self.adjoints[node.offset], b);
        let [first, second, _] = node.inputs;
        if node.op != Op::Divisor {
            self.add(first, a_bar);
        }
        if node.op != Op::Dividend {
            let divisor = if node.op == Op::Quotient {
                second
            } else {
                first
            };
            self.add(divisor, -pull(q.slope_of("quotient"), a_bar));
        }
    }

    /// Adds to the adjoint of a scalar.
    #[inline(always)]
    fn add(&mut self, scalar: Id, contribution: T) {
        let node = self.nodes[scalar.index()]; // inputs and seeds are nodes
        let x_bar = &mut node.slot(self.adjoints, self.gradient)[0]; // 1×1
        let touched = &mut self.touched[scalar.index()];
        *x_bar = match (*touched, self.cancelling) {
            (false, _) => contribution,
            (true, false) => *x_bar + contribution,
            (true, true) => x_bar.join(contribution),
        };
        self.irregular |= !x_bar.to_f64().is_finite();
        *touched = true;
    }

    /// $`\bar X \mathrel{+}= \bar y\,\nabla \ell(X)`$ for a loss, whose gradient is known.
    fn linear(&mut self, node: &Node) {
        let values = self.values;
        self.give(node, 0, |source, y_bar, x_bar| {
            let y_bar = y_bar[0]; // a loss is 1×1, and its gradient was claimed with it
            let slopes = &values[node.offset + line::<T>()..][..source.len()];
            map(
                slopes,
                x_bar,
                #[inline(always)]
                move |slope| pull(slope.slope_of("loss"), y_bar),
            );
        });
    }

    /// $`\bar X_k \mathrel{+}= (\partial f / \partial X_k)^\top \bar Y`$ by a rule, one input after the other.
    fn rule(&mut self, number: usize, node: &Node, rule: &dyn Rule<T>) {
        let (theta, nodes, values) = (self.theta, self.nodes, self.values);
        let view = |i: Id| {
            nodes
                .get(i.index())
                .map_or(empty(), |x| x.view(theta, values))
        };
        let (x, y) = (node.inputs.map(view), node.view(theta, values));
        let kept = rule.kept(&x.map(|x| x.shape()));
        let start = node.offset + node.len() + gap::<T>(node.len(), kept).unwrap_or(0);
        let kept = values.get(start..).and_then(|behind| behind.get(..kept));
        let kept = kept.unwrap_or_default(); // claimed with the value, if the rule says the same number twice
        let (mut by, mut failure) = (self.by.take(), self.failure);
        for k in 0..node.inputs().count() {
            self.give(node, k, |source, y_bar, x_bar| {
                let y_bar = node.matrix(y_bar);
                let at = Point { x, y, y_bar, kept };
                match (source.matrix_mut(x_bar), &mut by) {
                    (None, _) => {}
                    (Some(x_bar), None) => rule.pullback(k, &at, x_bar),
                    (Some(x_bar), Some(by)) => {
                        let form = rule.form(node.inputs.map(|i| varies(nodes, i)));
                        let visit = Visit {
                            number,
                            rule,
                            input: k,
                            form,
                            at,
                        };
                        failure = failure.or(by(&visit, x_bar).err());
                    }
                }
            });
        }
        (self.by, self.failure) = (by, failure);
    }

    /// Lets `write` write what input `k` gets, or adds it to what the input has.
    #[inline(always)]
    fn give(&mut self, node: &Node, k: usize, write: impl FnOnce(&Node, &[T], &mut [T])) {
        let input = node.inputs[k].index(); // k counts the inputs, which are nodes
        let source = self.nodes[input];
        if !source.tracked {
            return;
        }
        // What lies behind this node's adjoint is done with: it serves as scratch memory.
        let (before, own) = self.adjoints.split_at_mut(node.offset);
        let (y_bar, scratch) = own.split_at_mut(node.len());
        let x_bar = source.slot(before, self.gradient);
        if replace(&mut self.touched[input], true) {
            let more = &mut scratch[..x_bar.len()]; // there is room for the longest node
            write(&source, y_bar, more);
            add(more, x_bar, self.cancelling);
        } else {
            write(&source, y_bar, x_bar);
        }
    }
}

/// Whether an input depends on the parameters.
fn varies(nodes: &[Node], input: Id) -> bool {
    nodes.get(input.index()).is_some_and(|node| node.tracked)
}

fn add<T: Element>(more: &[T], sum: &mut [T], cancelling: bool) {
    #[inline(always)]
    fn body<T: Element>(more: &[T], sum: &mut [T], add: impl Fn(T, T) -> T) {
        for (sum, &more) in zip(sum, more) {
            *sum = add(*sum, more);
        }
    }
    if cancelling {
        return body(more, sum, T::join);
    }
    vectorized(
        #[inline(always)]
        move || {
            body(
                more,
                sum,
                #[inline(always)]
                |sum, more| sum + more,
            );
        },
    );
}
