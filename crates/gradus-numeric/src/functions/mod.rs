//! The rows themselves: one type per function, for [`Real::apply`](crate::Real::apply) and for matrices on a tape.

mod elementary;
pub(crate) mod erf;
mod extremum;
mod kink;
pub(crate) mod log1mexp;
pub(crate) mod log_sigmoid;
pub(crate) mod logaddexp;
pub(crate) mod logit;
mod power;
pub(crate) mod relu;
pub(crate) mod sigmoid;
mod single;
pub(crate) mod softplus;
pub(crate) mod xlogy;

pub use elementary::{Cos, Exp, ExpM1, Ln, Ln1p, Sin, Sqrt, Tanh};
pub use erf::{Erf, Erfc, NormalCdf};
pub use extremum::{Max, Min};
pub use kink::{Abs, Clamp};
pub use log_sigmoid::LogSigmoid;
pub use log1mexp::Log1mExp;
pub use logaddexp::LogAddExp;
pub use logit::Logit;
pub use power::{Powf, Powi};
pub use relu::Relu;
pub use sigmoid::Sigmoid;
pub use softplus::Softplus;
pub use xlogy::XLogY;
