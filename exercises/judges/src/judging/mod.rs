//! How a judge works: a law, inputs, and what is told in two languages.

pub(crate) mod comparison;
pub(crate) mod inputs;
pub(crate) mod law;
pub(crate) mod short;
pub(crate) mod text;
pub(crate) mod verdict;
pub(crate) mod walk;
pub(crate) mod words;
