//! What all processes that train together must have in common.

use super::trainer::Training;
use crate::data::{Samples, TargetBuffer};
use crate::error::NnError;
use crate::memory::filled;
use gradus_linalg::Scalar;
use gradus_losses::Target;
use gradus_numeric::Float;
use std::any::type_name;

impl<T: Scalar> Training<T> {
    /// Compares everything that decides the result with what process 0 has.
    pub(super) fn agree_to_begin(&mut self, samples: &dyn Samples<T>) -> Result<(), NnError> {
        if self.link.is_alone() {
            return Ok(());
        }
        let mut table = self.settings_of_the_result();
        let own = [
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("number type", type_name::<T>().to_owned()),
            ("instruction set", instruction_set()),
            ("number of parameters", self.model.theta().len().to_string()),
            ("number of samples", samples.len().to_string()),
            ("hash of the samples", hash_of_samples(samples)?),
            ("steps done", self.state.step().to_string()),
            ("constraints", self.constraints()),
            ("penalties", format!("{:?}", self.penalties)),
        ];
        table.extend(own.map(|(what, value)| (what.to_owned(), value)));
        table.push(self.parameters_now());
        Ok(self.link.agree(&table)?)
    }

    /// Compares the parameters with those of process 0.
    pub(super) fn agree_to_go_on(&mut self) -> Result<(), NnError> {
        if self.link.is_alone() {
            return Ok(());
        }
        let table = [self.parameters_now()];
        Ok(self.link.agree(&table)?)
    }

    fn parameters_now(&self) -> (String, String) {
        let what = format!("hash of the parameters after epoch {}", self.epoch);
        let mut hash = Hash::default();
        hash.add(self.model.theta());
        hash.add(self.model.buffers());
        (what, hash.to_string())
    }
}

/// What the products are compiled for: other instructions round sums of products in another order.
fn instruction_set() -> String {
    #[cfg(target_arch = "x86_64")]
    let names = [
        (is_x86_feature_detected!("fma"), "fma"),
        (is_x86_feature_detected!("avx2"), "avx2"),
        (is_x86_feature_detected!("avx512f"), "avx512f"),
    ];
    #[cfg(not(target_arch = "x86_64"))]
    let names = [(true, "that of the build")];
    let names = names.iter().filter(|(has, _)| *has).map(|(_, name)| *name);
    names.collect::<Vec<_>>().join(" ")
}

/// A hash of all features and targets.
fn hash_of_samples<T: Scalar>(samples: &dyn Samples<T>) -> Result<String, NnError> {
    let (count, features) = (
        u32::try_from(samples.len()).unwrap_or(u32::MAX),
        samples.features(),
    );
    let mut memory = filled("samples", WIDTH as usize * features, T::from_f64(0.0))?;
    let (mut hash, mut targets) = (Hash::default(), TargetBuffer::default());
    for start in (0..count).step_by(WIDTH as usize) {
        let index: Vec<u32> = (start..count.min(start.saturating_add(WIDTH))).collect();
        let memory = &mut memory[..index.len() * features];
        samples.gather(&index, memory);
        samples.gather_targets(&index, &mut targets);
        hash.add(memory);
        match targets.as_target() {
            Target::Labels(labels) => labels.iter().for_each(|&label| hash.word(label.into())),
            Target::Values(values) => (0..values.columns()).for_each(|j| {
                (0..values.rows()).for_each(|i| hash.word(values.get(i, j).map_or(0, Float::bits)));
            }),
        }
    }
    Ok(hash.to_string())
}

/// The hash of Fowler, Noll and Vo, by words instead of bytes; it tells accidents apart, not attacks.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn word(&mut self, word: u64) {
        self.0 = (self.0 ^ word)
            .wrapping_mul(0x100_0000_01b3)
            .rotate_left(29);
    }

    fn add<T: Float>(&mut self, numbers: &[T]) {
        for x in numbers {
            self.word(x.bits());
        }
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Samples at a time.
const WIDTH: u32 = 256;
