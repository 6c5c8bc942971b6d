//! What private training promises, and how it works.

use crate::error::NnError;
use crate::training::Settings;
use gradus_random::Key;

/// The settings of a private training; see [`PrivateTraining`](crate::PrivateTraining).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Private {
    /// With what probability a sample is in a step, in (0, 1].
    pub rate: f64,
    /// The length that the gradient of a sample may have: at least 2⁻⁴⁰, infinite to clip nothing.
    pub clip: f64,
    /// The standard deviation of the noise over `clip`; 0 for none, and none is possible without clipping.
    pub noise: f64,
    /// What samples, noise and dropout are drawn from. A secret: who knows it can subtract the noise.
    ///
    /// One key is for one training. Two trainings that share a key and differ in anything else draw the same noise, and the
    /// difference of what they release is that of their clipped sums, exactly. So a training that goes on from a
    /// [checkpoint](crate::PrivateTraining::save_checkpoint) with anything changed (rate, clip, noise, loss, samples, optimizer)
    /// takes a new key, and the steps that it leaves behind stay on the bill. To repeat the same steps with the same key
    /// gives the same bits, and costs nothing more.
    pub key: Key,
    /// How many samples one thread works on at a time, at most.
    pub shard: usize,
    /// Worker threads; they change no bit.
    pub threads: usize,
}

impl Private {
    /// Conditions that make a training.
    pub(super) fn check(&self) -> Result<(), NnError> {
        self.cutting().check()?;
        let domain = |name, value, domain, holds: bool| {
            let error = NnError::Domain {
                name,
                value,
                domain,
            };
            if holds { Ok(()) } else { Err(error) }
        };
        let Self {
            rate, clip, noise, ..
        } = *self;
        domain("rate", rate, "(0, 1]", rate > 0.0 && rate <= 1.0)?;
        domain("clip", clip, "[2^-40, ∞]", clip >= SHORTEST)?;
        let finite = noise >= 0.0 && noise.is_finite();
        domain("noise", noise, "[0, ∞)", finite)?;
        let scaled = noise == 0.0 || clip.is_finite();
        domain("noise without clipping", noise, "{0}", scaled)
    }

    /// How the samples of a step are cut into shards.
    pub(super) fn cutting(&self) -> Settings {
        Settings {
            shard: self.shard,
            threads: self.threads,
            ..Settings::default()
        }
    }

    /// The standard deviation of the noise on each entry of the sum.
    pub(super) fn deviation(&self) -> f64 {
        if self.noise == 0.0 {
            0.0 // also if nothing is clipped
        } else {
            self.noise * self.clip
        }
    }

    /// By how much the gradient of a sample is shortened that has this length.
    pub(super) fn factor(&self, length: f64) -> f64 {
        if length <= self.clip {
            1.0
        } else {
            self.clip / length
        }
    }
}

/// 2⁻⁴⁰: far above 2⁻¹⁴⁹, where single precision ends, for the entries of a gradient of this length and for their noise.
const SHORTEST: f64 = 9.094947017729282e-13;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_promises_nothing_is_refused() {
        let good = Private {
            rate: 0.5,
            clip: 1.0,
            noise: 1.0,
            key: Key::new(0),
            shard: 4,
            threads: 1,
        };
        assert_eq!(good.check(), Ok(()));
        let free = Private {
            clip: f64::INFINITY,
            noise: 0.0,
            ..good
        };
        assert_eq!((free.check(), free.deviation()), (Ok(()), 0.0));
        for bad in [
            Private { rate: 0.0, ..good },
            Private {
                rate: f64::NAN,
                ..good
            },
            Private { clip: 0.0, ..good },
            Private {
                clip: f64::NAN,
                ..good
            },
            Private {
                noise: f64::NAN,
                ..good
            },
            Private {
                noise: -1.0,
                ..good
            },
            Private {
                clip: f64::INFINITY,
                ..good
            },
            Private { shard: 0, ..good },
            Private { threads: 0, ..good },
        ] {
            assert!(bad.check().is_err(), "{bad:?}");
        }
        assert_eq!(
            [0.5, 1.0, 4.0].map(|length| good.factor(length)),
            [1.0, 1.0, 0.25]
        );
    }
}
