//! Integrals: one rule on one interval, and rules that gather where the function is difficult.

mod adaptive;
mod chart;
mod gauss_kronrod;
mod integrate;
mod panel;
mod rule;
mod tail;
mod tolerance;

pub use gauss_kronrod::gauss_kronrod;
pub use integrate::{integrate, integrate_through};
pub use tolerance::Tolerance;
