//! Random masks, keyed by the place of a sample in the batch.

use crate::error::NnError;
use crate::recording::{Mode, Pass};
use gradus_autodiff::MatrixVar;
use gradus_linalg::Scalar;
use gradus_numeric::{Order, Shape};
use gradus_random::{Key, fill_bernoulli};

/// Where the masks of a layer are drawn from in this step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draws {
    key: Key,
    first: usize,
    keep: f64,
}

impl Draws {
    /// The draws of a layer that drops with probability `rate`; `None` if nothing is dropped.
    pub(super) fn new<T: Scalar>(
        rate: f64,
        pass: &mut Pass<'_, '_, T>,
    ) -> Result<Option<Self>, NnError> {
        if !(0.0..=1.0).contains(&rate) {
            let (name, value, domain) = ("dropout rate", rate, "[0, 1]");
            return Err(NnError::Domain {
                name,
                value,
                domain,
            });
        }
        let stream = pass.stream()?; // asked for in every mode
        let Mode::Training { key, first } = pass.mode() else {
            return Ok(None);
        };
        let key = key.stream(key.stream + stream);
        let keep = 1.0 - rate;
        Ok((rate > 0.0).then_some(Self { key, first, keep }))
    }

    /// The probability to be kept.
    pub(super) const fn keep(self) -> f64 {
        self.keep
    }

    /// A mask of `shape`: `kept` or `dropped`, drawn once for `places` entries of a sample that follow one another.
    pub(super) fn mask<'t, T: Scalar>(
        self,
        pass: &Pass<'_, 't, T>,
        shape: Shape,
        places: usize,
        [kept, dropped]: [f64; 2],
    ) -> MatrixVar<'t, T> {
        let [kept, dropped] = [kept, dropped].map(T::from_f64);
        let channels = shape.rows / places.max(1);
        pass.tape().constant(shape, Order::Columns, |mask| {
            for (sample, mask) in mask.chunks_exact_mut(shape.rows.max(1)).enumerate() {
                let mut rng = self.key.index((self.first + sample) as u64).rng();
                let drawn = &mut mask[..channels]; // rows / places
                // A probability in [0, 1] is not refused.
                let _ = fill_bernoulli(self.keep, kept, dropped, drawn, &mut rng);
                spread(mask, channels, places);
            }
        })
    }
}

/// Repeats each of the first `channels` entries `places` times, from the last one on, so that none is lost.
fn spread<T: Copy>(mask: &mut [T], channels: usize, places: usize) {
    if places > 1 {
        for c in (0..channels).rev() {
            let drawn = mask[c]; // c < channels ≤ the length
            mask[c * places..(c + 1) * places].fill(drawn);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_repeated_in_place() {
        let mut mask = [1, 2, 3, 0, 0, 0];
        spread(&mut mask, 3, 2);
        assert_eq!(mask, [1, 1, 2, 2, 3, 3]);
        spread(&mut mask, 6, 1);
        assert_eq!(mask, [1, 1, 2, 2, 3, 3]);
    }
}
