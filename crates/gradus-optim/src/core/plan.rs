//! How a chain walks through a layout: which links run together, over which cells of memory.

use crate::core::layout::{Entry, Layout};
use crate::core::link::{Choice, Link};
use crate::core::pass::MAX_VECTORS;
use crate::core::step::BLOCK;
use crate::core::transformation::{Grain, Over};
use crate::error::OptimError;
use gradus_numeric::{Float, Shape};
use std::ops::Range;

/// A chain cut for one layout; made once.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    pub(crate) stages: Vec<Stage>,
    /// Blocks that end where a tensor does.
    blocks: Vec<Cell>,
    /// Blocks of all tensors as one vector.
    merged: Vec<Cell>,
    tensors: Vec<Cell>,
    whole: Vec<Cell>,
    /// All tensors as one column.
    pub(crate) all: Entry,
    /// For each link, everything that it applies to as one column.
    pub(crate) together: Vec<Entry>,
    /// Whether a link applies to a tensor: `active[link][tensor]`.
    pub(crate) active: Vec<Vec<bool>>,
    /// Whether a link applies to all tensors that are not frozen.
    pub(crate) everywhere: Vec<bool>,
    /// The different combinations of links that tensors have: `groups[group][link]`.
    pub(crate) groups: Vec<Vec<bool>>,
    /// Whether a tensor moves at all.
    pub(crate) live: Vec<bool>,
    /// Length of a state vector in a tensor: `lengths[vector][tensor]`.
    pub(crate) lengths: Vec<Vec<usize>>,
}

/// One pass over memory.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stage {
    pub(crate) links: Range<usize>,
    pub(crate) vectors: Range<usize>,
    pub(crate) grain: Grain,
    /// Reads the gradient, not what the pass before has left.
    pub(crate) first: bool,
    /// Moves the parameters.
    pub(crate) last: bool,
    /// Treats all tensors alike: blocks need not end where a tensor does.
    pub(crate) alike: bool,
    /// The link whose sums are measured at the end of this pass.
    pub(crate) measures: Option<usize>,
}

/// What a pass works on at a time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell {
    pub(crate) tensor: usize,
    pub(crate) window: Range<usize>,
}

/// What a chain must have in common with the one that made a state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signature {
    vectors: Range<usize>,
    numbers: Range<usize>,
    grain: Grain,
    sums: Option<Over>,
}

impl Signature {
    pub(crate) fn of<T: Float>(link: &Link<T>) -> Self {
        Self {
            vectors: link.vectors.clone(),
            numbers: link.numbers.clone(),
            grain: link.what.grain(),
            sums: link.what.sums(),
        }
    }
}

impl Plan {
    pub(crate) fn new<T: Float>(
        links: &[Link<T>],
        frozen: Option<&Choice>,
        layout: &Layout,
    ) -> Result<Self, OptimError> {
        let entries = layout.entries();
        let live: Vec<bool> = entries
            .iter()
            .map(|e| !frozen.is_some_and(|frozen| frozen(e)))
            .collect();
        let active = active(links, &live, layout)?;
        let together: Vec<Entry> = active.iter().map(|on| together(on, entries)).collect();
        let everywhere: Vec<bool> = active.iter().map(|on| *on == live).collect();
        let mut stages = stages(links);
        for stage in &mut stages {
            let by_tensor = |i: usize| links[i].what.by_tensor() || !everywhere[i];
            stage.alike = !stage.links.clone().chain(stage.measures).any(by_tensor)
                && live.iter().all(|&on| on);
        }
        if let Some(stage) = stages.iter().find(|s| s.vectors.len() > MAX_VECTORS) {
            let (got, limit) = (stage.vectors.len(), MAX_VECTORS);
            return Err(OptimError::TooManyVectors { got, limit });
        }
        let moving = || (0..entries.len()).filter(|&i| live[i]);
        let tensors = moving().map(|tensor| Cell {
            tensor,
            window: entries[tensor].window(),
        });
        let size = size_of_a_block(layout.len());
        Ok(Self {
            blocks: moving()
                .flat_map(|i| blocks(i, entries[i].window(), size))
                .collect(),
            tensors: tensors.collect(),
            whole: blocks(0, 0..layout.len(), usize::MAX).collect(),
            merged: blocks(0, 0..layout.len(), size).collect(),
            groups: groups(&active, &live, entries),
            lengths: lengths(links, &active, &together, entries),
            all: column(layout.len()),
            stages,
            together,
            active,
            everywhere,
            live,
        })
    }

    pub(crate) fn cells(&self, stage: &Stage) -> &[Cell] {
        match stage.grain {
            Grain::Entry if stage.alike => &self.merged,
            Grain::Entry => &self.blocks,
            Grain::Tensor => &self.tensors,
            Grain::Whole => &self.whole,
        }
    }

    pub(crate) fn most_cells(&self) -> usize {
        let counts = self.stages.iter().map(|stage| self.cells(stage).len());
        counts.max().unwrap_or(0)
    }

    /// Whether an update has to be kept from one pass to the next.
    pub(crate) fn needs_buffer(&self) -> bool {
        let keeps =
            |s: &Stage| s.grain != Grain::Entry || !(s.links.is_empty() || s.first && s.last);
        self.stages.iter().any(keeps)
    }

    /// How many numbers have to be gathered for a link that sees everything it applies to in one piece.
    pub(crate) fn gathered(&self) -> usize {
        let whole = self.stages.iter().filter(|s| s.grain == Grain::Whole);
        let partial = whole
            .flat_map(|s| s.links.clone())
            .filter(|&i| self.scattered(i));
        2 * partial
            .map(|i| self.together[i].window().len())
            .max()
            .unwrap_or(0)
    }

    /// Whether a link leaves some tensors out.
    pub(crate) fn scattered(&self, link: usize) -> bool {
        self.active[link].iter().any(|&on| !on)
    }

    /// How many numbers of a state vector belong to a cell.
    pub(crate) fn share(&self, vector: usize, cell: &Cell, stage: &Stage) -> usize {
        let lengths = &self.lengths[vector];
        match stage.grain {
            Grain::Whole => lengths.iter().sum(),
            Grain::Entry if stage.alike => cell.window.len(),
            Grain::Entry if lengths[cell.tensor] > 0 => cell.window.len(),
            _ => lengths[cell.tensor],
        }
    }
}

/// Which link applies to which tensor; none may be left out by all.
fn active<T: Float>(
    links: &[Link<T>],
    live: &[bool],
    layout: &Layout,
) -> Result<Vec<Vec<bool>>, OptimError> {
    let entries = layout.entries();
    let of = |link: &Link<T>| {
        let on = entries.iter().zip(live);
        on.map(|(e, &live)| live && link.applies(e)).collect()
    };
    let active: Vec<Vec<bool>> = links.iter().map(of).collect();
    let left_out = |&i: &usize| live[i] && !active.iter().any(|on| on[i]);
    match (0..entries.len()).find(left_out) {
        None => Ok(active),
        Some(i) => Err(OptimError::NoLink {
            parameter: entries[i].name.clone(),
        }),
    }
}

/// The different combinations of links that tensors with entries have.
fn groups(active: &[Vec<bool>], live: &[bool], entries: &[Entry]) -> Vec<Vec<bool>> {
    let mut groups: Vec<Vec<bool>> = Vec::new();
    for tensor in (0..entries.len()).filter(|&i| live[i] && !entries[i].window().is_empty()) {
        let links = active.iter().map(|on| on[tensor]).collect();
        if !groups.contains(&links) {
            groups.push(links);
        }
    }
    groups
}

/// Length of every state vector in every tensor.
fn lengths<T: Float>(
    links: &[Link<T>],
    active: &[Vec<bool>],
    together: &[Entry],
    entries: &[Entry],
) -> Vec<Vec<usize>> {
    let mut lengths = Vec::new();
    for ((link, on), together) in links.iter().zip(active).zip(together) {
        // What belongs to all tensors stands with the first of them.
        let first = on.iter().position(|&on| on);
        for vector in 0..link.vectors.len() {
            let length = |i: usize| match link.what.grain() {
                Grain::Whole if Some(i) == first => link.what.vectors(together)[vector].1,
                Grain::Entry | Grain::Tensor if on[i] => link.what.vectors(&entries[i])[vector].1,
                _ => 0,
            };
            lengths.push((0..entries.len()).map(length).collect());
        }
    }
    lengths
}

/// The tensors of a link as one column.
fn together(on: &[bool], entries: &[Entry]) -> Entry {
    let lengths = entries.iter().zip(on).filter(|(_, on)| **on);
    column(lengths.map(|(e, _)| e.window().len()).sum())
}

pub(crate) fn column(length: usize) -> Entry {
    Entry {
        name: String::new(),
        offset: 0,
        shape: Shape::new(length, 1),
    }
}

/// How many numbers a block has: at most [`BLOCK`], and an eighth of all where they are few, so that threads get equal parts.
///
/// It depends on nothing else, so the bits of a sum over blocks do not depend on threads.
fn size_of_a_block(parameters: usize) -> usize {
    parameters.div_ceil(8).next_multiple_of(64).clamp(64, BLOCK)
}

/// Cuts a window into blocks.
fn blocks(tensor: usize, window: Range<usize>, size: usize) -> impl Iterator<Item = Cell> {
    let end = window.end;
    window.step_by(size).map(move |from| Cell {
        tensor,
        window: from..from.saturating_add(size).min(end),
    })
}

/// Cuts a chain: links run together as long as all of them need one block only.
fn stages<T: Float>(links: &[Link<T>]) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    for (i, link) in links.iter().enumerate() {
        let (grain, measures) = (link.what.grain(), link.what.sums().is_some());
        let at = link.vectors.start;
        // The gradient, and what a link has made of everything, are measured by a pass of their own.
        if measures && stages.last().is_none_or(|s| s.grain == Grain::Whole) {
            stages.push(Stage::empty(i, at, Grain::Entry));
        }
        if let Some(before) = stages.last_mut().filter(|_| measures) {
            before.measures = Some(i);
        }
        let joins = |s: &Stage| grain == Grain::Entry && s.grain == grain && !measures;
        if !stages.last().is_some_and(joins) {
            stages.push(Stage::empty(i, at, grain));
        }
        if let Some(now) = stages.last_mut() {
            now.links.end = i + 1;
            now.vectors.end = link.vectors.end;
        }
    }
    let count = stages.len();
    let measured_first = stages.first().is_some_and(|s| s.links.is_empty());
    for (i, stage) in stages.iter_mut().enumerate() {
        stage.first = i == 0 || i == 1 && measured_first;
        stage.last = i + 1 == count;
    }
    stages
}

impl Stage {
    fn empty(link: usize, vector: usize, grain: Grain) -> Self {
        Self {
            links: link..link,
            vectors: vector..vector,
            grain,
            first: false,
            last: false,
            alike: false,
            measures: None,
        }
    }
}
