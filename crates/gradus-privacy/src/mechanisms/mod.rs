//! Mechanisms: answers with noise that hides any one person.

mod choose;
mod coin;
mod discrete_laplace;
mod gaussian;
mod laplace;
mod ratio;
mod response;

pub use choose::{choice_probabilities, choose};
pub use discrete_laplace::{discrete_laplace, discrete_laplace_ln_mass};
pub use gaussian::{gaussian_delta, gaussian_epsilon, gaussian_noise};
pub use laplace::laplace;
pub use response::{randomized_response, response_shares};
