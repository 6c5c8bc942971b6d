//! How the parameters move: the optimizer, its learning rate over the steps, and what weights cost.

use crate::options::{Optimizer, Options, Shape};
use gradus::losses::L2;
use gradus::nn::Penalty;
use gradus::optim::{
    AddDecayedWeights, Chain, Cosine, Exponential, OneCycle, OptimError, Schedule, StepDecay,
    WarmUp, adam, adam_w, is_weight, momentum, nesterov, sgd,
};

/// The optimizer that the options ask for, for so many steps in all.
pub(crate) fn optimizer(options: &Options, steps: u64) -> Result<Chain<f32>, OptimError> {
    let rate = Rate::new(options, steps);
    match options.optimizer {
        Optimizer::Adam => adam(rate),
        Optimizer::AdamW => match options.weight_decay {
            Some(decay) => adam_w(rate, AddDecayedWeights::new(decay).only(is_weight)),
            None => adam_w(rate, 1e-2),
        },
        Optimizer::Sgd => sgd(rate),
        Optimizer::Momentum => momentum(rate, 0.9),
        Optimizer::Nesterov => nesterov(rate, 0.9),
    }
}

/// What weights cost: half their squares times the decay. AdamW decays by itself.
pub(crate) fn penalties(options: &Options) -> Vec<Penalty<f32>> {
    match (options.weight_decay, options.optimizer) {
        (Some(lambda), optimizer) if !matches!(optimizer, Optimizer::AdamW) => {
            vec![Penalty::new(L2 { lambda })]
        }
        _ => vec![],
    }
}

/// The learning rate over the steps, of any shape.
#[derive(Debug)]
struct Rate(Box<dyn Schedule>);

impl Rate {
    fn new(options: &Options, steps: u64) -> Self {
        let peak = options.learning_rate();
        Self(match options.schedule {
            Shape::Constant => Box::new(peak),
            Shape::Cosine => Box::new(Cosine {
                start: peak,
                end: 0.0,
                steps,
            }),
            Shape::OneCycle => Box::new(OneCycle {
                start: peak / 25.0, // as in PyTorch
                peak,
                end: peak / 25e4,
                rise: steps * 3 / 10,
                steps,
            }),
            Shape::WarmUp => Box::new(WarmUp {
                start: 0.0,
                steps: steps / 10,
                then: Cosine {
                    start: peak,
                    end: 0.0,
                    steps: steps - steps / 10,
                },
            }),
            Shape::Step => Box::new(StepDecay {
                start: peak,
                factor: 0.1,
                every: steps.div_ceil(3).max(1),
            }),
            Shape::Exponential => Box::new(Exponential {
                start: peak,
                factor: 0.01,
                steps: steps.max(1),
            }),
        })
    }
}

impl Schedule for Rate {
    fn check(&self) -> Result<(), OptimError> {
        self.0.check()
    }

    fn at(&self, step: u64) -> f64 {
        self.0.at(step)
    }
}
