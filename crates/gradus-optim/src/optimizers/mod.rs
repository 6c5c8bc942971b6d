//! The well-known optimizers, as chains of transformations.

pub(crate) mod adafactor;
pub(crate) mod adagrad;
pub(crate) mod adam;
pub(crate) mod adam_w;
pub(crate) mod descend;
pub(crate) mod gradient_descent;
pub(crate) mod lamb;
pub(crate) mod lars;
pub(crate) mod lion;
pub(crate) mod momentum;
pub(crate) mod rms_prop;
pub(crate) mod sharpness_aware;
