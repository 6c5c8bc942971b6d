//! Closed forms within the families of `gradus-probability`.

pub(crate) mod kl;
