//! A prepared step: everything is known, memory is borrowed, what remains cannot fail.

use crate::core::gradient::Gradient;
use crate::core::layout::Layout;
use crate::core::link::Link;
use crate::core::pass::Pass;
use crate::core::plan::{Plan, Stage};
use crate::core::transformation::Over;
use gradus_numeric::Float;
use gradus_pages::LargePages;
use std::array::from_fn;
use std::iter::zip;

/// How many parameters a pass works on at a time, at most, so that they stay in the cache from link to link. Where there are few, an eighth of all is
/// a block, so that threads get equal parts.
///
/// # Examples
///
/// ```
/// assert_eq!(gradus_optim::BLOCK, 8192); // 32 KiB in single precision
/// ```
pub const BLOCK: usize = 8192;

/// A prepared step: it cannot fail any more, and runs pass by pass, on as many threads as the caller has.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | neither the cuts nor their order change a bit | `splitting_changes_no_bit` |
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(20_000, 1))?;
/// let (optimizer, mut theta, gradient) = (sgd(0.5)?, vec![1.0; 20_000], vec![2.0; 20_000]);
/// let mut state = optimizer.init(&layout, &theta)?;
/// let shards: [&[f64]; 1] = [&gradient];
/// let mut step = optimizer.prepare(&mut state, &mut theta, Gradient::sum_of(&shards))?;
/// while let Some(pass) = step.next_pass() {
///     let (left, right) = pass.halves();
///     std::thread::scope(|scope| {
///         scope.spawn(|| left.run());
///         right.run();
///     });
/// }
/// assert!(theta.iter().all(|&x| x == 0.0));
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Debug)]
#[must_use = "a prepared step changes nothing before it runs"]
pub struct PreparedStep<'a, T: Float> {
    pub(crate) links: &'a [Link<T>],
    pub(crate) layout: &'a Layout,
    pub(crate) plan: &'a Plan,
    pub(crate) numbers: &'a [f64],
    pub(crate) gradient: Gradient<'a, T>,
    pub(crate) theta: &'a mut [T],
    pub(crate) update: &'a mut [T],
    pub(crate) vectors: &'a mut [LargePages<T>],
    pub(crate) gathered: &'a mut [T],
    pub(crate) sums: &'a mut [[f64; 2]],
    pub(crate) totals: &'a mut [[f64; 2]],
    pub(crate) within: &'a mut [bool],
    /// How many passes were given out.
    pub(crate) passes: usize,
    pub(crate) skipped: bool,
}

impl<T: Float> PreparedStep<'_, T> {
    /// Whether this step is left out, because its gradient or loss is not finite and
    /// [`SkipNonFinite`](crate::SkipNonFinite) allows it: there is no pass, and nothing changes.
    #[must_use]
    pub const fn is_skipped(&self) -> bool {
        self.skipped
    }

    /// The next pass over memory, to be run before the one after it is asked for.
    pub fn next_pass(&mut self) -> Option<Pass<'_, T>> {
        if self.skipped {
            return None;
        }
        if let Some(before) = self.passes.checked_sub(1) {
            self.total(&self.plan.stages[before]);
        }
        let stage = self.plan.stages.get(self.passes)?;
        self.passes += 1;
        let mut vectors = self.vectors[stage.vectors.clone()].iter_mut();
        let cells = self.plan.cells(stage);
        Some(Pass {
            links: self.links,
            layout: self.layout,
            plan: self.plan,
            numbers: self.numbers,
            gradient: self.gradient,
            totals: self.totals,
            offset: 0,
            theta: self.theta,
            update: self.update,
            vectors: from_fn(|_| vectors.next().map_or(&mut [][..], |v| &mut v[..])),
            gathered: self.gathered,
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
        let Some(link) = stage.measures else { return };
        self.totals.fill([0.0; 2]);
        let whole = self.links[link].what.sums() == Some(Over::Whole);
        for (cell, sums) in zip(self.plan.cells(stage), &*self.sums) {
            let total = &mut self.totals[if whole { 0 } else { cell.tensor }];
            zip(total, sums).for_each(|(total, sum)| *total += sum);
        }
        if let (true, Some(&sum)) = (whole, self.totals.first()) {
            self.totals.fill(sum);
        }
    }
}
