//! The theorems of finite probability, of the families and of Bayes' rule, as properties.

#[path = "laws/bayes.rs"]
mod bayes;
#[path = "laws/contract.rs"]
mod contract;
#[path = "laws/draws.rs"]
mod draws;
#[path = "laws/families.rs"]
mod families;
#[path = "laws/finite.rs"]
mod finite;
#[path = "laws/generators.rs"]
mod generators;
#[path = "laws/relations.rs"]
mod relations;
