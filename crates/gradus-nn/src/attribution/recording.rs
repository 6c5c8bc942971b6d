//! A network as a function of its inputs.

use crate::error::NnError;
use crate::memory::filled;
use crate::network::Model;
use crate::recording::Batch;
use gradus_autodiff::{MatrixVar, Tape, Var};
use gradus_linalg::Scalar;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::{MatrixRef, Shape};
use std::ops::Range;

/// A model and some samples, with the samples behind θ: on a tape they are one parameter more.
#[derive(Debug)]
pub(super) struct Inputs<'m, T: Scalar> {
    model: &'m Model<T>,
    /// θ, then the samples, the same feature of all samples side by side.
    numbers: Vec<T>,
    count: usize,
}

impl<'m, T: Scalar> Inputs<'m, T> {
    /// Those of the columns of `x` that lie in `range`.
    pub(super) fn new(
        model: &'m Model<T>,
        x: MatrixRef<'_, T>,
        range: Range<usize>,
    ) -> Result<Self, NnError> {
        let (expected, got) = (model.network().inputs(), x.rows());
        if expected != got {
            return Err(NnError::FeatureCount { expected, got });
        }
        let count = range.len();
        let length = model.theta().len() + got * count; // θ is there, and so is x
        let mut numbers = filled("inputs", length, T::from_f64(0.0))?;
        let (theta, samples) = numbers.split_at_mut(model.theta().len());
        theta.copy_from_slice(model.theta());
        for (feature, row) in samples.chunks_exact_mut(count.max(1)).enumerate() {
            let entries = x.row(feature).skip(range.start);
            row.iter_mut().zip(entries).for_each(|(to, x)| *to = x);
            // A maximum would hide it.
            if let Some(at) = row.iter().position(|x| !x.is_finite()) {
                return Err(NnError::NonFiniteInput {
                    feature,
                    sample: range.start + at,
                    value: row.get(at).map_or(f64::NAN, |x| x.to_f64()),
                });
            }
        }
        Ok(Self {
            model,
            numbers,
            count,
        })
    }

    /// θ and the samples.
    pub(super) fn numbers(&self) -> &[T] {
        &self.numbers
    }

    /// The entry of a feature of a sample.
    pub(super) fn get(&self, feature: usize, sample: usize) -> T {
        self.numbers[self.model.theta().len() + feature * self.count + sample] // features × count
    }

    /// Records the logits of the samples; `after` may change what layer `i` hands on.
    pub(super) fn logits<'t>(
        &self,
        tape: &'t Tape<'t, T>,
        after: impl FnMut(usize, Batch<'t, T>) -> Batch<'t, T>,
    ) -> Result<MatrixVar<'t, T>, NnError> {
        let shape = Shape::new(self.model.network().inputs(), self.count);
        let x = tape.parameter(self.model.theta().len(), shape);
        self.model
            .network()
            .trace(tape, x, self.model.buffers(), after)
    }

    /// What `back` writes for the samples: features × samples.
    pub(super) fn back(
        &self,
        back: impl FnOnce(&mut [T]) -> Result<(), NnError>,
    ) -> Result<DMatrix<T>, NnError> {
        let mut gradient = filled("gradient", self.numbers.len(), T::from_f64(0.0))?;
        back(&mut gradient)?;
        let own = &gradient[self.model.theta().len()..]; // as long as θ and the samples
        let features = self.model.network().inputs();
        Ok(DMatrix::from_row_slice(features, self.count, own))
    }
}

impl<T: Scalar> Model<T> {
    /// Shares for all samples, made for some of them at a time and checked.
    pub(super) fn attribute(
        &self,
        x: MatrixRef<'_, T>,
        output: usize,
        rows: usize,
        shares: impl Fn(Range<usize>) -> Result<DMatrix<T>, NnError>,
    ) -> Result<DMatrix<T>, NnError> {
        let outputs = self.network().outputs();
        if output >= outputs {
            return Err(NnError::NoSuchOutput { output, outputs });
        }
        let length = rows.saturating_mul(x.columns());
        let zeros = filled("attributions", length, T::from_f64(0.0))?;
        let mut all = DMatrix::from_vec(rows, x.columns(), zeros);
        for first in (0..x.columns()).step_by(CHUNK) {
            let last = (first + CHUNK).min(x.columns());
            let part = shares(first..last)?;
            all.columns_mut(first, last - first).copy_from(&part);
        }
        finite(all)
    }
}

/// The attributions, if all of them are numbers.
pub(super) fn finite<T: Scalar>(all: DMatrix<T>) -> Result<DMatrix<T>, NnError> {
    match all.iter().position(|x| !x.is_finite()) {
        None => Ok(all),
        Some(at) => {
            let (feature, sample) = (at % all.nrows(), at / all.nrows()); // there is an entry, so a row
            let value = all[at].to_f64();
            Err(NnError::NonFiniteAttribution {
                feature,
                sample,
                value,
            })
        }
    }
}

/// A result that hands `share(z)` of one output of every sample back, and nothing of the others.
pub(super) fn one_output<T: Scalar>(
    logits: MatrixVar<'_, T>,
    output: usize,
    share: impl Fn(T) -> T,
) -> Var<'_, T> {
    logits.loss(|z, mut bar| {
        let zero = T::from_f64(0.0);
        bar.as_mut_slice().fill(zero);
        for j in 0..z.columns() {
            if let (Some(bar), Some(z)) = (bar.get_mut(output, j), z.get(output, j)) {
                *bar = share(z);
            }
        }
        Ok::<_, NnError>(zero)
    })
}

/// How many samples are recorded at once.
const CHUNK: usize = 64;
