//! The number types of networks.

use gradus_autodiff::Element;
use gradus_linalg::Scalar;

/// `f32` or `f64`: what can be multiplied, recorded on a tape and stored; sealed through [`Scalar`].
pub trait Number: Scalar + Element {}

impl Number for f32 {}
impl Number for f64 {}
