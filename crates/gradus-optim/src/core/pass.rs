//! One pass of a step over memory, which can be cut into parts.

use crate::core::gradient::Gradient;
use crate::core::layout::{Entry, Layout};
use crate::core::link::Link;
use crate::core::ordinary::ordinary;
use crate::core::plan::{Cell, Plan, Stage};
use crate::core::step::BLOCK;
use crate::core::transformation::{Grain, Part, Transformation};
use gradus_numeric::{Float, vectorized};
use std::array::from_fn;
use std::iter::zip;
use std::mem::take;

/// One pass of a step over memory, or a part of one.
///
/// Parts are disjoint and know their own memory, so they may run in any order and on different threads; the bits are
/// the same.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | neither the cuts nor their order change a bit | `splitting_changes_no_bit` |
/// | nor does the place in memory where a vector begins | `where_a_vector_begins_changes_no_bit` |
///
/// # Examples
///
/// See [`PreparedStep`](crate::PreparedStep).
#[derive(Debug)]
#[must_use = "a pass changes nothing before it runs"]
pub struct Pass<'a, T> {
    pub(crate) links: &'a [Link<T>],
    pub(crate) layout: &'a Layout,
    pub(crate) plan: &'a Plan,
    pub(crate) stage: &'a Stage,
    pub(crate) numbers: &'a [f64],
    pub(crate) gradient: Gradient<'a, T>,
    pub(crate) totals: &'a [[f64; 2]],
    pub(crate) cells: &'a [Cell],
    /// Index of the first number of `theta` and `update` in the whole vector.
    pub(crate) offset: usize,
    pub(crate) theta: &'a mut [T],
    pub(crate) update: &'a mut [T],
    pub(crate) vectors: [&'a mut [T]; MAX_VECTORS],
    /// Memory for parameters and update of a link that sees all of its tensors in one piece.
    pub(crate) gathered: &'a mut [T],
    pub(crate) sums: &'a mut [[f64; 2]],
    pub(crate) within: &'a mut [bool],
}

impl<T: Float> Pass<'_, T> {
    /// How many pieces this pass can be cut into.
    #[must_use]
    pub const fn blocks(&self) -> usize {
        self.cells.len()
    }

    /// Cuts the pass into two parts of about the same work.
    pub fn halves(self) -> (Self, Self) {
        let cells = self.cells;
        let (from, to) = (self.offset, cells.last().map_or(0, |c| c.window.end));
        let middle = from + to.saturating_sub(from).div_ceil(2);
        let at = cells.partition_point(|c| c.window.start.midpoint(c.window.end) <= middle);
        self.split(at.clamp(1.min(cells.len()), cells.len()))
    }

    /// Cuts the pass into its first `at` cells and the rest.
    fn split(mut self, at: usize) -> (Self, Self) {
        let (cells, right_cells) = self.cells.split_at(at);
        let end = self.offset + self.theta.len();
        let offset = right_cells.first().map_or(end, |c| c.window.start);
        let (theta, right_theta) = self.theta.split_at_mut(offset - self.offset);
        let buffered = theta.len().min(self.update.len());
        let (update, right_update) = self.update.split_at_mut(buffered);
        let (sums, right_sums) = self.sums.split_at_mut(at);
        let (within, right_within) = self.within.split_at_mut(at);
        let first = self.stage.vectors.start;
        let right_vectors = from_fn(|k| {
            if first + k >= self.stage.vectors.end {
                return &mut [][..];
            }
            let share = |cell| self.plan.share(first + k, cell, self.stage);
            let own = cells.iter().map(share).sum();
            let (left, right) = take(&mut self.vectors[k]).split_at_mut(own);
            self.vectors[k] = left;
            right
        });
        let right = Pass {
            cells: right_cells,
            offset,
            theta: right_theta,
            update: right_update,
            vectors: right_vectors,
            gathered: &mut [], // a pass of one cell is never cut
            sums: right_sums,
            within: right_within,
            ..self
        };
        let (vectors, gathered) = (self.vectors, self.gathered);
        let left = Pass {
            cells,
            theta,
            update,
            vectors,
            gathered,
            sums,
            within,
            ..self
        };
        (left, right)
    }

    /// Runs the pass.
    pub fn run(self) {
        let link = self.stage.links.start;
        let alone = self.stage.last && self.stage.links.len() == 1;
        match self.stage.grain {
            Grain::Whole => self.run_whole(),
            Grain::Entry if alone && self.plan.everywhere[link] => {
                if self.gradient.shards().len() > 2 && self.stage.first {
                    self.run_one_loop(&mut [T::default(); BLOCK]);
                } else if self.stage.alike {
                    self.run_joined();
                } else {
                    self.run_one_loop(&mut []);
                }
            }
            _ => self.run_links(),
        }
    }

    /// All blocks of this part in one loop, after the few entries before a cache line begins.
    ///
    /// A block at a time costs steps of ten million parameters 3 %, registers that cross lines another 6 (`benches/peers/optim`).
    /// Large vectors begin at the same place of a line, so what fits one fits all.
    fn run_joined(self) {
        let (Some(first), Some(last)) = (self.cells.first(), self.cells.last()) else {
            return;
        };
        let (from, to) = (first.window.start, last.window.end);
        let line = to.min(from.saturating_add(self.theta.as_ptr().align_offset(LINE)));
        let cells = [from..line, line..to].map(|window| Cell {
            tensor: first.tensor,
            window,
        });
        let mut within = [false; 2];
        let part = Pass {
            cells: &cells,
            within: &mut within,
            ..self
        };
        part.run_one_loop(&mut []);
        self.within.fill(within == [true; 2]);
    }

    /// A link that is a whole chain: from the gradient to the parameters in one loop.
    fn run_one_loop(self, sum: &mut [T]) {
        self.walk(|at, theta, update, vectors| {
            let mut vectors = vectors; // a binding of its own, with a lifetime of its own
            let gradient = if at.stage.first {
                at.gradient.read(&at.cell.window, sum)
            } else {
                [&*update, &[]]
            };
            let link = &at.links[at.stage.links.start];
            let part = at.part(link, &mut vectors[..link.vectors.len()], &[], &mut []);
            let within = link.what.descend(gradient, theta, part);
            at.within[at.index] = within;
        });
    }

    fn run_links(self) {
        let mut scratch = [T::default(); BLOCK];
        self.walk(|at, theta, update, mut vectors| {
            let update = buffer(update, &mut scratch, theta.len());
            if at.stage.first {
                at.gradient.write(&at.cell.window, update);
            }
            at.each_link(&mut vectors, theta, &mut *update, |link, part| {
                link.apply(part);
            });
            let measures = at.stage.measures.filter(|&link| at.applies(link));
            if let Some(link) = measures {
                at.sums[at.index] = at.links[link].what.measure(update, theta);
            } else {
                at.sums[at.index] = [0.0; 2];
            }
            if at.stage.last {
                at.within[at.index] = add_within(update, theta);
            }
        });
    }

    fn run_whole(mut self) {
        let Some(cell) = self.cells.first() else {
            return;
        };
        if self.stage.first {
            self.gradient.write(&cell.window, self.update);
        }
        self.show_together(|link, part| link.apply(part));
        if self.stage.last {
            let tensors = zip(self.layout.entries(), &self.plan.live);
            let mut all = true;
            for (tensor, _) in tensors.filter(|(_, live)| **live) {
                let window = tensor.window();
                all &= add_within(&self.update[window.clone()], &mut self.theta[window]);
            }
            self.within[0] = all;
        }
    }

    /// Fills the state before the first step.
    pub(crate) fn start(mut self) {
        if self.stage.grain == Grain::Whole {
            return self.show_together(|link, part| link.start(part));
        }
        let mut zeros = [T::default(); BLOCK];
        self.walk(|at, theta, update, mut vectors| {
            let update = buffer(update, &mut zeros, theta.len());
            at.each_link(&mut vectors, theta, update, |link, part| link.start(part));
        });
    }

    /// Shows the link of a pass over everything its tensors in one piece: gathered, unless they are all there are.
    fn show_together(&mut self, work: impl Fn(&dyn Transformation<T>, Part<'_, T>)) {
        let index = self.stage.links.start;
        let (link, tensor) = (&self.links[index], &self.plan.together[index]);
        let scattered = self.plan.scattered(index);
        let own = zip(self.layout.entries(), &self.plan.active[index]).filter(|(_, on)| **on);
        let windows = || own.clone().map(|(entry, _)| entry.window());
        let (theta, update) = if scattered {
            let length = tensor.window().len();
            let (theta, update) = self.gathered[..2 * length].split_at_mut(length);
            gather(windows(), self.theta, theta);
            gather(windows(), self.update, update);
            (&*theta, update)
        } else {
            (&*self.theta, &mut *self.update)
        };
        let mut vectors = self.vectors.iter_mut();
        let mut vectors: [&mut [T]; MAX_VECTORS] =
            from_fn(|_| vectors.next().map_or(&mut [][..], |v| &mut **v));
        let part = Part {
            tensor,
            numbers: &self.numbers[link.numbers.clone()],
            sums: self.totals.first().copied().unwrap_or_default(),
            vectors: &mut vectors[..link.vectors.len()],
            theta,
            update,
        };
        work(&*link.what, part);
        if scattered {
            let mut update = &self.gathered[tensor.window().len()..];
            for window in windows() {
                let (own, rest) = update.split_at(window.len());
                self.update[window].copy_from_slice(own);
                update = rest;
            }
        }
    }

    /// Visits cell after cell with its part of every vector.
    fn walk(
        self,
        mut visit: impl FnMut(&mut Visit<'_, T>, &mut [T], &mut [T], [&mut [T]; MAX_VECTORS]),
    ) {
        let Pass {
            theta,
            update,
            mut vectors,
            stage,
            plan,
            ..
        } = self;
        let buffered = !update.is_empty();
        for (index, cell) in self.cells.iter().enumerate() {
            let window = cell.window.start - self.offset..cell.window.end - self.offset;
            let own = from_fn(|k| {
                let vector = stage.vectors.start + k;
                let share = if vector < stage.vectors.end {
                    plan.share(vector, cell, stage)
                } else {
                    0
                };
                vectors[k].split_off_mut(..share).unwrap_or_default()
            });
            let mut at = Visit {
                links: self.links,
                plan,
                stage,
                numbers: self.numbers,
                gradient: self.gradient,
                total: self.totals.get(cell.tensor).copied().unwrap_or_default(),
                tensor: if stage.alike {
                    &plan.all
                } else {
                    &self.layout.entries()[cell.tensor]
                },
                index,
                cell,
                sums: &mut *self.sums,
                within: &mut *self.within,
            };
            let update = if buffered {
                &mut update[window.clone()]
            } else {
                &mut [][..]
            };
            visit(&mut at, &mut theta[window], update, own);
        }
    }
}

/// A cell during a pass.
struct Visit<'a, T> {
    links: &'a [Link<T>],
    plan: &'a Plan,
    stage: &'a Stage,
    numbers: &'a [f64],
    gradient: Gradient<'a, T>,
    total: [f64; 2],
    tensor: &'a Entry,
    index: usize,
    cell: &'a Cell,
    sums: &'a mut [[f64; 2]],
    within: &'a mut [bool],
}

impl<T: Float> Visit<'_, T> {
    fn applies(&self, link: usize) -> bool {
        self.stage.alike || self.plan.active[link][self.cell.tensor]
    }

    /// Shows each link that applies here its own part of everything.
    fn each_link(
        &self,
        vectors: &mut [&mut [T]; MAX_VECTORS],
        theta: &[T],
        update: &mut [T],
        work: impl Fn(&dyn Transformation<T>, Part<'_, T>),
    ) {
        let first = self.stage.vectors.start;
        for link in self.stage.links.clone().filter(|&link| self.applies(link)) {
            let link = &self.links[link];
            let count = link.vectors.len();
            let mut own = vectors[link.vectors.start - first..][..count].iter_mut();
            let mut own: [&mut [T]; MAX_VECTORS] =
                from_fn(|_| own.next().map_or(&mut [][..], |v| &mut **v));
            let part = self.part(link, &mut own[..count], theta, &mut *update);
            work(&*link.what, part);
        }
    }

    fn part<'b>(
        &'b self,
        link: &Link<T>,
        vectors: &'b mut [&'b mut [T]],
        theta: &'b [T],
        update: &'b mut [T],
    ) -> Part<'b, T> {
        Part {
            tensor: self.tensor,
            numbers: &self.numbers[link.numbers.clone()],
            sums: self.total,
            vectors,
            theta,
            update,
        }
    }
}

/// The part of the update that a cell works on; a block needs no memory outside of the cache.
fn buffer<'a, T>(update: &'a mut [T], scratch: &'a mut [T; BLOCK], length: usize) -> &'a mut [T] {
    if update.is_empty() {
        &mut scratch[..length]
    } else {
        update
    }
}

fn gather<T: Copy>(
    windows: impl Iterator<Item = std::ops::Range<usize>>,
    from: &[T],
    mut to: &mut [T],
) {
    for window in windows {
        let (own, rest) = to.split_at_mut(window.len());
        own.copy_from_slice(&from[window]);
        to = rest;
    }
}

/// $`\theta \leftarrow \theta + u`$, and whether all are ordinary.
fn add_within<T: Float>(update: &[T], theta: &mut [T]) -> bool {
    let limit = ordinary::<T>();
    vectorized(
        #[inline(always)]
        || {
            let mut all = true;
            for (x, &u) in zip(theta, update) {
                *x += u;
                all &= x.abs() <= limit;
            }
            all
        },
    )
}

/// How many state vectors the links of one pass may keep together.
pub(crate) const MAX_VECTORS: usize = 12;
/// Bytes of a line of the cache.
const LINE: usize = 64;
