//! The theorems of distributions of vectors and matrices, as properties.

#[path = "laws/conjugate.rs"]
mod conjugate;
#[path = "laws/divergence.rs"]
mod divergence;
#[path = "laws/filter.rs"]
mod filter;
#[path = "laws/fit.rs"]
mod fit;
#[path = "laws/generators.rs"]
mod generators;
#[path = "laws/hostile.rs"]
mod hostile;
#[path = "laws/mixture.rs"]
mod mixture;
#[path = "laws/normal.rs"]
mod normal;
#[path = "laws/regression.rs"]
mod regression;
#[path = "laws/robust_fit.rs"]
mod robust_fit;
#[path = "laws/student.rs"]
mod student;
#[path = "laws/wishart.rs"]
mod wishart;
#[path = "laws/wishart_information.rs"]
mod wishart_information;
