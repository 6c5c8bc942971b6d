//! Integrals: one rule on one interval, and rules that gather where the function is difficult.

mod adaptive;
mod chart;
mod gauss_kronrod;
mod gauss_legendre;
mod integrate;
mod panel;
mod panels;
mod romberg;
mod rule;
mod simpson;
mod span;
mod tail;
mod tolerance;
mod trapezoid;

pub use gauss_kronrod::gauss_kronrod;
pub use gauss_legendre::gauss_legendre;
pub use integrate::{integrate, integrate_through};
pub use romberg::romberg;
pub use simpson::simpson;
pub use tolerance::Tolerance;
pub use trapezoid::trapezoid;
