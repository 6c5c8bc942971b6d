//! The laws of differentiation, as tests.

#[path = "laws/calculus.rs"]
mod calculus;
#[path = "laws/duals.rs"]
mod duals;
#[path = "laws/expressions.rs"]
mod expressions;
#[path = "laws/extremes.rs"]
mod extremes;
#[path = "laws/factors.rs"]
mod factors;
#[path = "laws/fields.rs"]
mod fields;
#[path = "laws/functions.rs"]
mod functions;
#[path = "laws/images.rs"]
mod images;
#[path = "laws/kinks.rs"]
mod kinks;
#[path = "laws/rules.rs"]
mod rules;
#[path = "laws/second_order.rs"]
mod second_order;
#[path = "laws/series.rs"]
mod series;
#[path = "laws/tape.rs"]
mod tape;
#[path = "laws/ways_back.rs"]
mod ways_back;
