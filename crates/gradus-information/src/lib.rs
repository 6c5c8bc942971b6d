#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod coding;
mod convergence;
mod divergences;
mod error;
mod estimators;
mod families;
mod measures;
mod terms;

pub use coding::arithmetic::{arithmetic_decode, arithmetic_encode};
pub use coding::bottleneck::{Bottleneck, information_bottleneck};
pub use coding::capacity::{Capacity, channel_capacity};
pub use coding::huffman::{huffman_code, shannon_code};
pub use coding::prefix_code::PrefixCode;
pub use coding::rate_distortion::{RatePoint, rate_distortion};
pub use divergences::bhattacharyya::bhattacharyya_distance;
pub use divergences::cross_entropy::cross_entropy;
pub use divergences::f_divergence::f_divergence;
pub use divergences::hellinger::hellinger;
pub use divergences::jensen_shannon::jensen_shannon;
pub use divergences::jensen_shannon_weighted::jensen_shannon_weighted;
pub use divergences::kernel_distance::{gaussian_kernel, maximum_mean_discrepancy};
pub use divergences::kl::kl_divergence;
pub use divergences::on_the_line::{energy_distance, wasserstein};
pub use divergences::order::{chi_squared_divergence, renyi_divergence};
pub use divergences::total_variation::total_variation;
pub use error::InformationError;
pub use estimators::entropy::{
    entropy_chao_shen, entropy_grassberger, entropy_miller_madow, entropy_plug_in,
    entropy_shrinkage,
};
pub use estimators::kraskov::{mutual_information_ksg1, mutual_information_ksg2};
pub use estimators::maximum_entropy::{MaximumEntropy, maximum_entropy};
pub use estimators::nearest_entropy::entropy_nearest;
pub use estimators::ross::mutual_information_labels;
pub use estimators::transfer::transfer_entropy;
pub use families::fisher::{FisherInformation, cramer_rao_bounds};
pub use families::fisher_matrix::FisherMatrix;
pub use families::kl::{kl_bernoulli, kl_normal};
pub use families::mutual::mutual_information_normal;
pub use families::relative_entropy::RelativeEntropy;
pub use measures::conditional_mutual::conditional_mutual_information;
pub use measures::entropy::{
    binary_entropy, bits, conditional_entropy, entropy, joint_entropy, nats, perplexity,
};
pub use measures::mutual::mutual_information;
pub use measures::normalized::{
    Normalization, normalized_mutual_information, variation_of_information,
};
pub use measures::order::{renyi_entropy, tsallis_entropy};
pub use measures::partial::{PartialInformation, partial_information_min};
pub use measures::total_correlation::{
    dual_total_correlation, interaction_information, total_correlation,
};
pub use measures::unique::partial_information_broja;

pub use gradus_numeric::{MatrixRef, NumericError, Order, Shape, Simplex};
pub use gradus_probability::{
    Bernoulli, Beta, Binomial, Categorical, Cauchy, ChiSquared, Continuous, Dirichlet, Discrete,
    Exponential, Gamma, Geometric, Gumbel, HalfNormal, InverseGamma, JointDistribution, JointTable,
    Laplace, LogNormal, Logistic, Multinomial, NegativeBinomial, Normal, Pareto, Poisson,
    ProbabilityError, StudentT, Uniform, VonMises, Weibull,
};
