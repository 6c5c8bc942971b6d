//! How a chain walks through a layout: which words run together, over which cells of memory.

use crate::core::chain::Word;
use crate::core::layout::{Entry, Layout};
use crate::core::step::{BLOCK, MAX_VECTORS};
use crate::core::transformation::Grain;
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
    /// Stands for all tensors together.
    pub(crate) all: Entry,
    /// Whether a word applies to a tensor: `active[word][tensor]`.
    pub(crate) active: Vec<Vec<bool>>,
    /// Whether a word applies to all tensors that are not frozen.
    pub(crate) everywhere: Vec<bool>,
    /// Length of a state vector in a tensor: `lengths[vector][tensor]`.
    pub(crate) lengths: Vec<Vec<usize>>,
}

/// One pass over memory.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stage {
    pub(crate) words: Range<usize>,
    pub(crate) vectors: Range<usize>,
    pub(crate) grain: Grain,
    /// Reads the gradient, not what the pass before has left.
    pub(crate) first: bool,
    /// Moves the parameters.
    pub(crate) last: bool,
    /// Treats all tensors alike: blocks need not end where a tensor does.
    pub(crate) alike: bool,
    /// The word whose sums are measured at the end of this pass.
    pub(crate) measures: Option<usize>,
}

/// What a pass works on at a time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cell {
    pub(crate) tensor: usize,
    pub(crate) window: Range<usize>,
}

impl Plan {
    pub(crate) fn new<T: Float>(
        words: &[Word<T>],
        frozen: &dyn Fn(&Entry) -> bool,
        layout: &Layout,
    ) -> Result<Self, OptimError> {
        let all = Entry {
            name: String::new(),
            offset: 0,
            shape: Shape::new(layout.len(), 1),
        };
        let entries = layout.entries();
        let live = || (0..entries.len()).filter(|&i| !frozen(&entries[i]));
        let active: Vec<Vec<bool>> = words
            .iter()
            .map(|word| {
                entries
                    .iter()
                    .map(|e| !frozen(e) && (word.only)(e))
                    .collect()
            })
            .collect();
        let mut lengths = Vec::new();
        for (word, active) in words.iter().zip(&active) {
            for vector in 0..word.vectors.len() {
                let length = |(e, &on): (&Entry, &bool)| match word.what.grain() {
                    _ if !on => 0,
                    Grain::Whole if e.offset > 0 => 0, // all of it stands in the first tensor
                    Grain::Whole => word.what.vectors(&all)[vector].1,
                    _ => word.what.vectors(e)[vector].1,
                };
                lengths.push(entries.iter().zip(active).map(length).collect());
            }
        }
        let mut stages = stages(words);
        let everywhere: Vec<bool> = active.iter().map(|on| on.iter().all(|&on| on)).collect();
        for stage in &mut stages {
            let by_tensor = |i: usize| words[i].what.by_tensor() || !everywhere[i];
            stage.alike = !stage.words.clone().chain(stage.measures).any(by_tensor)
                && !entries.iter().any(frozen);
        }
        if let Some(stage) = stages.iter().find(|s| s.vectors.len() > MAX_VECTORS) {
            let (got, limit) = (stage.vectors.len(), MAX_VECTORS);
            return Err(OptimError::TooManyVectors { got, limit });
        }
        Ok(Self {
            blocks: live()
                .flat_map(|i| blocks(i, entries[i].window()))
                .collect(),
            tensors: live()
                .map(|tensor| Cell {
                    tensor,
                    window: entries[tensor].window(),
                })
                .collect(),
            whole: vec![Cell {
                tensor: 0,
                window: 0..layout.len(),
            }],
            merged: blocks(0, 0..layout.len()).collect(),
            everywhere: active.iter().map(|on| live().all(|i| on[i])).collect(),
            stages,
            all,
            active,
            lengths,
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

    /// How many cells the finest pass has.
    pub(crate) fn most_cells(&self) -> usize {
        self.blocks
            .len()
            .max(self.merged.len())
            .max(self.tensors.len())
            .max(1)
    }

    /// Whether passes hand updates to one another.
    pub(crate) fn needs_buffer(&self) -> bool {
        self.stages
            .iter()
            .any(|s| s.grain != Grain::Entry || !s.words.is_empty() && !(s.first && s.last))
    }

    /// How many numbers of a state vector belong to a cell.
    pub(crate) fn share(&self, vector: usize, cell: &Cell, grain: Grain) -> usize {
        let own = self.lengths[vector][cell.tensor];
        if grain == Grain::Entry && own > 0 {
            cell.window.len()
        } else {
            own
        }
    }
}

/// Cuts a window into blocks.
fn blocks(tensor: usize, window: Range<usize>) -> impl Iterator<Item = Cell> {
    let end = window.end;
    window.step_by(BLOCK).map(move |from| Cell {
        tensor,
        window: from..(from + BLOCK).min(end),
    })
}

/// Cuts a chain: words run together as long as all of them need one block only.
fn stages<T: Float>(words: &[Word<T>]) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    let stage = |i: usize, grain| Stage {
        words: i..i,
        vectors: words[i].vectors.start..words[i].vectors.start,
        grain,
        first: false,
        last: false,
        alike: false,
        measures: None,
    };
    for (i, word) in words.iter().enumerate() {
        let (grain, measures) = (word.what.grain(), word.what.sums().is_some());
        if measures && stages.is_empty() {
            stages.push(stage(0, Grain::Entry));
        }
        if let Some(before) = stages.last_mut().filter(|_| measures) {
            before.measures = Some(i);
        }
        match stages
            .last_mut()
            .filter(|s| grain == Grain::Entry && s.grain == grain && !measures)
        {
            Some(_) => {}
            None => stages.push(stage(i, grain)),
        }
        if let Some(now) = stages.last_mut() {
            now.words.end = i + 1;
            now.vectors.end = word.vectors.end;
        }
    }
    let count = stages.len();
    let measured_first = stages.first().is_some_and(|s| s.words.is_empty());
    for (i, stage) in stages.iter_mut().enumerate() {
        stage.first = i == 0 || i == 1 && measured_first;
        stage.last = i + 1 == count;
    }
    stages
}
