#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod core;
mod error;
mod optimizers;
mod schedules;
mod transformations;

pub use crate::core::chain::{Chain, Word, chain};
pub use crate::core::entrywise::{At, Entrywise};
pub use crate::core::global_norm::global_norm;
pub use crate::core::gradient::{Gradient, is_finite};
pub use crate::core::layout::{Entry, Layout};
pub use crate::core::state::State;
pub use crate::core::step::{BLOCK, Pass, Step};
pub use crate::core::transformation::{Grain, Now, Over, Part, Reach, Transformation};
pub use error::OptimError;
pub use optimizers::sam::sharpest;
pub use optimizers::sentences::{adam, adam_w, adam_w_paper, momentum, nesterov, sgd};
pub use schedules::cosine::Cosine;
pub use schedules::schedule::Schedule;
pub use schedules::step_decay::StepDecay;
pub use schedules::warm_up::WarmUp;
pub use transformations::adafactor::ScaleByFactoredRms;
pub use transformations::adagrad::ScaleByAdagrad;
pub use transformations::adam::{Epsilon, ScaleByAdam};
pub use transformations::average::Average;
pub use transformations::clip_by_global_norm::ClipByGlobalNorm;
pub use transformations::clip_by_value::ClipByValue;
pub use transformations::l1::AddL1Gradient;
pub use transformations::lbfgs::ScaleByLbfgs;
pub use transformations::learning_rate::ScaleByLearningRate;
pub use transformations::lion::ScaleByLion;
pub use transformations::lookahead::Lookahead;
pub use transformations::muon::{Orthogonalize, Product, plain_product};
pub use transformations::plateau::ScaleByPlateau;
pub use transformations::rms::ScaleByRms;
pub use transformations::scale::Scale;
pub use transformations::schedule_free::ScheduleFree;
pub use transformations::scheduled::Scheduled;
pub use transformations::trace::{Look, Trace};
pub use transformations::trust_ratio::{ScaleByParameterRms, ScaleByTrustRatio};
pub use transformations::weight_decay::{AddDecayedWeights, is_weight};
