#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod bayes;
mod contract;
mod error;
mod families;
mod finite;
mod statistics;

pub use bayes::evidence::{evidence, ln_evidence};
pub use bayes::odds::{odds, probability_from_odds};
pub use bayes::posterior::{posterior, posterior_from_ln_likelihood};
pub use contract::continuous::Continuous;
pub use contract::discrete::Discrete;
pub use error::ProbabilityError;
pub use families::continuous::beta::{Beta, beta_ln_pdf};
pub use families::continuous::cauchy::{Cauchy, cauchy_ln_pdf};
pub use families::continuous::chi_squared::{ChiSquared, chi_squared_ln_pdf};
pub use families::continuous::exponential::{Exponential, exponential_ln_pdf};
pub use families::continuous::fisher_f::FisherF;
pub use families::continuous::gamma::{Gamma, gamma_ln_pdf};
pub use families::continuous::gumbel::{Gumbel, gumbel_ln_pdf};
pub use families::continuous::laplace::{Laplace, laplace_ln_pdf};
pub use families::continuous::log_normal::{LogNormal, log_normal_ln_pdf};
pub use families::continuous::logistic::{Logistic, logistic_ln_pdf};
pub use families::continuous::normal::{Normal, normal_ln_pdf};
pub use families::continuous::pareto::{Pareto, pareto_ln_pdf};
pub use families::continuous::student_t::{StudentT, student_t_ln_pdf};
pub use families::continuous::uniform::Uniform;
pub use families::continuous::weibull::{Weibull, weibull_ln_pdf};
pub use families::discrete::bernoulli::{Bernoulli, bernoulli_ln_pmf, bernoulli_ln_pmf_from_logit};
pub use families::discrete::binomial::{Binomial, binomial_ln_pmf};
pub use families::discrete::categorical::{Categorical, categorical_ln_pmf_from_logits};
pub use families::discrete::geometric::{Geometric, geometric_ln_pmf};
pub use families::discrete::negative_binomial::{NegativeBinomial, negative_binomial_ln_pmf};
pub use families::discrete::poisson::{Poisson, poisson_ln_pmf};
pub use families::mixture::Mixture;
pub use finite::joint::JointTable;
pub use finite::moments::{correlation, covariance, expectation, variance};
pub use statistics::fit::Fit;

pub use gradus_numeric::{NumericError, Real, Shape, Simplex};
pub use gradus_random::{Key, rand};
