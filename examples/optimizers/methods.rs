//! The optimizers, as their authors set them up; only the rate is left to choose.

use gradus::optim::{
    Average, Chain, ClipByGlobalNorm, ClipByValue, Cosine, Entry, Link, Look, Lookahead,
    MeanOfSteps, OptimError, Orthogonalize, RootEpsilon, ScaleByAdadelta, ScaleByAdam,
    ScaleByAdamax, ScaleByAdan, ScaleByAmsgrad, ScaleByBelief, ScaleByLbfgs, ScaleByLearningRate,
    ScaleByNadam, ScaleByProdigy, ScaleByRectifiedAdam, ScaleByRms, ScaleByRprop, ScaleBySign,
    ScaleBySoap, ScaleBySophia, ScaleByStandardDeviation, ScaleByYogi, ScheduleFree, Trace,
    adafactor, adagrad, adam, chain, descend, lamb, lars, lion, momentum, nesterov, rms_prop, sgd,
};

/// An optimizer for a rate and a number of steps.
pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) make: fn(f64, u64) -> Made,
    pub(crate) asks: Asks,
}

type Made = Result<Chain<f64>, OptimError>;

/// What a method asks in a step.
#[derive(Clone, Copy)]
pub(crate) enum Asks {
    /// For one gradient.
    Once,
    /// For the gradient at the sharpest point so near.
    Sharpest(f64),
    /// For one gradient, and for an estimate of the curvature every so many steps.
    Curvature(u64),
}

pub(crate) fn all() -> Vec<Method> {
    [plain(), adaptive(), relatives(), by_tensors(), late()]
        .into_iter()
        .flatten()
        .collect()
}

fn of(name: &'static str, make: fn(f64, u64) -> Made) -> Method {
    Method {
        name,
        make,
        asks: Asks::Once,
    }
}

/// The gradient and its velocity.
fn plain() -> Vec<Method> {
    vec![
        of("gradient descent", |rate, _| sgd(rate)),
        of("clipped to norm 1", |rate, _| {
            sgd(rate)?.after(ClipByGlobalNorm { max_norm: 1.0 })
        }),
        of("momentum", |rate, _| momentum(rate, 0.9)),
        of("Nesterov", |rate, _| nesterov(rate, 0.9)),
        of("signSGD", |rate, _| descend(ScaleBySign, rate)),
        of("Lion", |rate, _| lion(rate, 0.0)),
        of("Rprop", |rate, _| {
            descend(
                ScaleByRprop {
                    start: rate,
                    ..ScaleByRprop::default()
                },
                1.0,
            )
        }),
    ]
}

/// A rate for each parameter.
fn adaptive() -> Vec<Method> {
    let centered = |rate, _| {
        let what = ScaleByStandardDeviation {
            beta: 0.9,
            epsilon: 1e-8,
        };
        descend(what, rate)
    };
    vec![
        of("Adagrad", |rate, _| adagrad(rate)),
        of("RMSprop", |rate, _| rms_prop(rate, 0.9)),
        of("RMSprop, centered", centered),
        of("RMSprop, momentum", |rate, _| {
            let (rms, look) = (
                ScaleByRms {
                    beta: 0.9,
                    epsilon: RootEpsilon::Outside(1e-8),
                },
                Look::Here,
            );
            descend((rms, Trace { decay: 0.9, look }), rate)
        }),
        of("Adadelta", |rate, _| {
            descend(ScaleByAdadelta::default(), rate)
        }),
        of("Adam", |rate, _| adam(rate)),
    ]
}

/// Adam's relatives.
fn relatives() -> Vec<Method> {
    vec![
        of("AMSGrad", |rate, _| {
            descend(ScaleByAmsgrad::default(), rate)
        }),
        of("NAdam", |rate, _| descend(ScaleByNadam::default(), rate)),
        of("RAdam", |rate, _| {
            descend(ScaleByRectifiedAdam::default(), rate)
        }),
        of("Adamax", |rate, _| descend(ScaleByAdamax::default(), rate)),
        of("Yogi", |rate, _| descend(ScaleByYogi::default(), rate)),
        of("AdaBelief", |rate, _| {
            descend(ScaleByBelief::default(), rate)
        }),
        of("Adan", |rate, _| descend(ScaleByAdan::default(), rate)),
    ]
}

/// What sees tensors, or everything.
fn by_tensors() -> Vec<Method> {
    vec![
        of("LARS", |rate, _| lars(rate, 0.0, 0.9, 1.0)),
        of("LAMB", |rate, _| lamb(rate, 0.0)),
        of("Adafactor", |rate, _| adafactor(rate)),
        of("Muon, Adam for vectors", |rate, _| muon(rate)),
        of("L-BFGS", |rate, _| {
            let (clip, down) = (ClipByValue { limit: 1e6 }, ScaleByLearningRate::new(rate));
            chain(vec![
                Link::coarse(ScaleByLbfgs { memory: 10 }),
                Link::new((clip, down)),
            ])
        }),
        of("SOAP", |rate, _| {
            let (soap, down) = (ScaleBySoap::default(), ScaleByLearningRate::new(rate));
            chain(vec![Link::coarse(soap), Link::new(down)])
        }),
        of("Prodigy", |rate, _| {
            let (prodigy, down) = (ScaleByProdigy::default(), ScaleByLearningRate::new(rate));
            chain(vec![Link::coarse(prodigy), Link::new(down)])
        }),
        Method {
            asks: Asks::Curvature(10),
            ..of("Sophia", |rate, _| {
                descend(
                    ScaleBySophia {
                        gamma: 1.0,
                        ..ScaleBySophia::default()
                    },
                    rate,
                )
            })
        },
        Method {
            asks: Asks::Sharpest(0.05),
            ..of("SAM on descent", |rate, _| sgd(rate))
        },
        Method {
            asks: Asks::Sharpest(0.05),
            ..of("SAM on Adam", |rate, _| adam(rate))
        },
    ]
}

/// Rates that fall, and averages that do without.
fn late() -> Vec<Method> {
    vec![
        of("momentum, cosine", |rate, steps| {
            momentum(falling(rate, steps), 0.9)
        }),
        of("Adam, cosine", |rate, steps| adam(falling(rate, steps))),
        of("Adam, average", |rate, _| {
            adam(rate)?.before(Average { beta: 0.99 })
        }),
        of("Adam, lookahead", |rate, _| {
            adam(rate)?.before(Lookahead {
                every: 5,
                alpha: 0.5,
            })
        }),
        of("descent, SWA", |rate, steps| {
            sgd(rate)?.before(MeanOfSteps {
                start: steps / 2,
                every: 1,
            })
        }),
        of("schedule-free descent", |rate, _| {
            sgd(rate)?.before(ScheduleFree { beta: 0.9 })
        }),
        of("schedule-free RMS", |rate, _| {
            let adaptive = ScaleByAdam {
                beta1: 0.0,
                ..ScaleByAdam::default()
            };
            descend(adaptive, rate)?.before(ScheduleFree { beta: 0.9 })
        }),
    ]
}

/// Down to zero along half a wave.
fn falling(start: f64, steps: u64) -> Cosine {
    Cosine {
        start,
        end: 0.0,
        steps,
    }
}

fn is_matrix(tensor: &Entry) -> bool {
    tensor.shape.columns > 1
}

fn muon(rate: f64) -> Made {
    chain(vec![
        Link::new(Trace {
            decay: 0.95,
            look: Look::Ahead,
        })
        .only(is_matrix),
        Link::coarse(Orthogonalize::default()).only(is_matrix),
        Link::new(ScaleByAdam::default()).only(|tensor| !is_matrix(tensor)),
        Link::new(ScaleByLearningRate::new(rate)),
    ])
}
