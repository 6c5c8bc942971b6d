#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod adam;
mod chain;
mod clip_by_global_norm;
mod clip_by_value;
mod error;
mod global_norm;
mod gradient;
mod l1;
mod layout;
mod learning_rate;
mod scale;
mod schedule;
mod sentences;
mod state;
mod step;
mod trace;
mod transformation;
mod weight_decay;

pub use adam::{Epsilon, ScaleByAdam};
pub use chain::{Chain, chain};
pub use clip_by_global_norm::ClipByGlobalNorm;
pub use clip_by_value::ClipByValue;
pub use error::OptimError;
pub use global_norm::global_norm;
pub use gradient::{Gradient, is_finite};
pub use l1::AddL1Gradient;
pub use layout::{Entry, Layout};
pub use learning_rate::ScaleByLearningRate;
pub use scale::Scale;
pub use schedule::{Cosine, Schedule, StepDecay, WarmUp};
pub use sentences::{adam, adam_w, adam_w_paper, momentum, nesterov, sgd};
pub use state::State;
pub use step::{BLOCK, Step};
pub use trace::{Look, Trace};
pub use transformation::{Block, Transformation, Whole};
pub use weight_decay::{AddDecayedWeights, is_weight};
