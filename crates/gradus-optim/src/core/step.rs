//! A prepared step: everything is known, memory is borrowed, what remains cannot fail.

use crate::core::chain::Word;
use crate::core::gradient::Gradient;
use crate::core::layout::{Entry, Layout};
use crate::core::plan::{Cell, Plan, Stage};
use crate::core::transformation::{Grain, Over, Part, Transformation};
use gradus_numeric::{Float, vectorized};
use std::array::from_fn;
use std::iter::zip;
use std::mem::take;

/// How many parameters a pass works on at a time, so that they stay in the cache from word to word.
pub const BLOCK: usize = 8192;
/// How many state vectors the words of one pass may keep together.
pub(crate) const MAX_VECTORS: usize = 12;

/// A prepared step: one pass after the other, see [`next_pass`](Self::next_pass).
#[derive(Debug)]
#[must_use = "a prepared step changes nothing before it runs"]
pub struct Step<'a, T> {
    pub(crate) words: &'a [Word<T>],
    pub(crate) layout: &'a Layout,
    pub(crate) plan: &'a Plan,
    pub(crate) numbers: &'a [f64],
    pub(crate) gradient: Gradient<'a, T>,
    pub(crate) theta: &'a mut [T],
    pub(crate) update: &'a mut [T],
    pub(crate) vectors: &'a mut [Vec<T>],
    pub(crate) sums: &'a mut [[f64; 2]],
    pub(crate) totals: &'a mut [[f64; 2]],
    pub(crate) within: &'a mut [bool],
    pub(crate) pass: usize,
}

/// One pass of a step, or a part of one.
///
/// Parts are disjoint and know their own memory, so they may run in any order and on different threads;
/// the bits are the same.
#[derive(Debug)]
#[must_use = "a pass changes nothing before it runs"]
pub struct Pass<'a, T> {
    words: &'a [Word<T>],
    layout: &'a Layout,
    plan: &'a Plan,
    stage: &'a Stage,
    numbers: &'a [f64],
    gradient: Gradient<'a, T>,
    totals: &'a [[f64; 2]],
    cells: &'a [Cell],
    /// Index of the first number of `theta` and `update` in the whole vector.
    offset: usize,
    theta: &'a mut [T],
    update: &'a mut [T],
    vectors: [&'a mut [T]; MAX_VECTORS],
    sums: &'a mut [[f64; 2]],
    within: &'a mut [bool],
}

impl<T: Float> Step<'_, T> {
    /// The next pass over memory, to be run before the one after it is asked for.
    pub fn next_pass(&mut self) -> Option<Pass<'_, T>> {
        if let Some(before) = self.pass.checked_sub(1) {
            self.total(&self.plan.stages[before]);
        }
        let stage = self.plan.stages.get(self.pass)?;
        self.pass += 1;
        let mut vectors = self.vectors[stage.vectors.clone()].iter_mut();
        let cells = self.plan.cells(stage);
        Some(Pass {
            words: self.words,
            layout: self.layout,
            plan: self.plan,
            numbers: self.numbers,
            gradient: self.gradient,
            totals: self.totals,
            offset: 0,
            theta: self.theta,
            update: self.update,
            vectors: from_fn(|_| vectors.next().map_or(&mut [][..], |v| &mut v[..])),
            sums: &mut self.sums[..cells.len()],
            within: &mut self.within[..cells.len()],
            cells,
            stage,
        })
    }

    /// Makes the step on this thread.
    pub fn run(mut self) {
        while let Some(pass) = self.next_pass() {
            pass.run();
        }
    }

    /// Adds up, in the order of memory, what the cells of a pass have measured.
    fn total(&mut self, stage: &Stage) {
        let Some(word) = stage.measures else { return };
        self.totals.fill([0.0; 2]);
        let over = self.words[word].what.sums();
        for (cell, sums) in zip(self.plan.cells(stage), &*self.sums) {
            let to = if over == Some(Over::Whole) {
                0
            } else {
                cell.tensor
            };
            for k in 0..2 {
                self.totals[to][k] += sums[k];
            }
        }
        if let (Some(Over::Whole), Some(&sum)) = (over, self.totals.first()) {
            self.totals.fill(sum);
        }
    }
}

impl<'a, T: Float> Pass<'a, T> {
    /// How many pieces this pass can be cut into.
    #[must_use]
    pub const fn blocks(&self) -> usize {
        self.cells.len()
    }

    /// Cuts the pass into two parts of about the same work.
    pub fn halves(self) -> (Self, Self) {
        let cells = self.cells;
        let (from, to) = (self.offset, cells.last().map_or(0, |c| c.window.end));
        let middle = from + (to - from).div_ceil(2);
        let at = cells.partition_point(|c| c.window.end <= middle);
        self.split(at.clamp(1.min(cells.len()), cells.len()))
    }

    /// Cuts the pass into its first `at` cells and the rest.
    fn split(mut self, at: usize) -> (Self, Self) {
        let (cells, right_cells) = self.cells.split_at(at);
        let offset = right_cells
            .first()
            .map_or(self.offset + self.theta.len(), |c| c.window.start);
        let (theta, right_theta) = self.theta.split_at_mut(offset - self.offset);
        let buffered = (offset - self.offset).min(self.update.len());
        let (update, right_update) = self.update.split_at_mut(buffered);
        let (sums, right_sums) = self.sums.split_at_mut(at);
        let (within, right_within) = self.within.split_at_mut(at);
        let first = self.stage.vectors.start;
        let right_vectors = from_fn(|k| {
            if first + k >= self.stage.vectors.end {
                return &mut [][..];
            }
            let own = cells
                .iter()
                .map(|c| self.plan.share(first + k, c, self.stage.grain))
                .sum();
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
            sums: right_sums,
            within: right_within,
            ..self
        };
        let vectors = self.vectors;
        (
            Pass {
                cells,
                theta,
                update,
                vectors,
                sums,
                within,
                ..self
            },
            right,
        )
    }

    /// Runs the pass.
    pub fn run(self) {
        let whole =
            self.stage.last && self.stage.grain == Grain::Entry && self.stage.words.len() == 1;
        if !(whole && self.plan.everywhere[self.stage.words.start]) {
            self.run_words();
        } else if self.gradient.shards().len() > 2 && self.stage.first {
            self.run_one_loop(&mut [T::default(); BLOCK]);
        } else {
            self.run_one_loop(&mut []);
        }
    }

    /// A word that is a whole sentence: from the gradient to the parameters in one loop.
    fn run_one_loop(self, sum: &mut [T]) {
        self.walk(|at, theta, update, vectors| {
            let mut vectors = vectors;
            let gradient = if at.stage.first {
                at.gradient.read(&at.cell.window, sum)
            } else {
                [&*update, &[]]
            };
            let word = &at.words[at.stage.words.start];
            let part = at.part(word, &mut vectors[..word.vectors.len()], &[], &mut []);
            let within = word.what.descend(gradient, theta, part);
            at.within[at.index] = within;
        });
    }

    fn run_words(self) {
        let mut scratch = [T::default(); BLOCK];
        self.walk(|at, theta, update, mut vectors| {
            let update = if update.is_empty() {
                &mut scratch[..theta.len()]
            } else {
                update
            };
            if at.stage.first {
                at.gradient.write(&at.cell.window, update);
            }
            at.each_word(&mut vectors, theta, &mut *update, |word, part| {
                word.apply(part)
            });
            if let Some(word) = at
                .stage
                .measures
                .filter(|&w| at.plan.active[w][at.cell.tensor])
            {
                at.sums[at.index] = at.words[word].what.measure(update, theta);
            }
            if at.stage.last {
                at.within[at.index] = add_within(update, theta);
            }
        });
    }

    /// Fills the state before the first step.
    pub(crate) fn start(self) {
        let mut zeros = [T::default(); BLOCK];
        self.walk(|at, theta, update, mut vectors| {
            let update = if update.is_empty() {
                &mut zeros[..theta.len()]
            } else {
                update
            };
            at.each_word(&mut vectors, theta, update, |word, part| word.start(part));
        });
    }

    /// Turns `update`, a copy of the parameters, into what is to be evaluated.
    pub(crate) fn evaluate(self) {
        self.walk(|at, theta, update, mut vectors| {
            at.each_word(&mut vectors, theta, update, |word, part| {
                word.evaluate(part)
            });
        });
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
                    plan.share(vector, cell, stage.grain)
                } else {
                    0
                };
                vectors[k].split_off_mut(..share).unwrap_or_default()
            });
            let mut at = Visit {
                words: self.words,
                plan,
                stage,
                numbers: self.numbers,
                gradient: self.gradient,
                total: self.totals.get(cell.tensor).copied().unwrap_or_default(),
                tensor: if stage.grain == Grain::Whole || stage.alike {
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
    words: &'a [Word<T>],
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
    /// Shows each word that applies here its own part of everything.
    fn each_word(
        &self,
        vectors: &mut [&mut [T]; MAX_VECTORS],
        theta: &[T],
        update: &mut [T],
        work: impl Fn(&dyn Transformation<T>, Part<'_, T>),
    ) {
        let first = self.stage.vectors.start;
        for word in self
            .stage
            .words
            .clone()
            .filter(|&w| self.plan.active[w][self.cell.tensor])
        {
            let word = &self.words[word];
            let count = word.vectors.len();
            let mut own = vectors[word.vectors.start - first..][..count].iter_mut();
            let mut own: [&mut [T]; MAX_VECTORS] =
                from_fn(|_| own.next().map_or(&mut [][..], |v| &mut **v));
            work(
                &*word.what,
                self.part(word, &mut own[..count], theta, &mut *update),
            );
        }
    }

    fn part<'b>(
        &'b self,
        word: &Word<T>,
        vectors: &'b mut [&'b mut [T]],
        theta: &'b [T],
        update: &'b mut [T],
    ) -> Part<'b, T> {
        Part {
            tensor: self.tensor,
            numbers: &self.numbers[word.numbers.clone()],
            sums: self.total,
            vectors,
            theta,
            update,
        }
    }
}

/// A number whose square is far from overflow: the greatest gradient and parameter of an ordinary step.
pub(crate) fn ordinary<T: Float>() -> T {
    T::MAX.sqrt() * T::from_f64(0.5)
}

/// $`\theta \leftarrow \theta + u`$, and whether all are ordinary.
pub(crate) fn add_within<T: Float>(update: &[T], theta: &mut [T]) -> bool {
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
