#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bayes;
mod bernoulli;
mod categorical;
mod error;
mod joint;
mod moments;
mod normal;
mod standard_normal;

pub use bayes::{
    evidence, ln_evidence, odds, posterior, posterior_from_ln_likelihood, probability_from_odds,
};
pub use bernoulli::{Bernoulli, bernoulli_ln_pmf, bernoulli_ln_pmf_from_logit};
pub use categorical::{Categorical, categorical_ln_pmf_from_logits};
pub use error::ProbabilityError;
pub use joint::JointTable;
pub use moments::{correlation, covariance, expectation, variance};
pub use normal::{Normal, normal_ln_pdf};
