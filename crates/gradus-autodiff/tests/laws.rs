//! The laws of differentiation, as tests.

#[path = "laws/calculus.rs"]
mod calculus;
#[path = "laws/duals.rs"]
mod duals;
#[path = "laws/functions.rs"]
mod functions;
#[path = "laws/kinks.rs"]
mod kinks;
#[path = "laws/rules.rs"]
mod rules;
#[path = "laws/second_order.rs"]
mod second_order;
#[path = "laws/tape.rs"]
mod tape;
