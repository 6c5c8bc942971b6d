//! Integrals: one rule on one interval, and rules that gather where the function is difficult.

mod gauss_kronrod;
mod integrate;

pub use gauss_kronrod::gauss_kronrod;
pub use integrate::integrate;
