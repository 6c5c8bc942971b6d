//! The theorems of distributions of vectors and matrices, as properties.

#[path = "laws/divergence.rs"]
mod divergence;
#[path = "laws/fit.rs"]
mod fit;
#[path = "laws/generators.rs"]
mod generators;
#[path = "laws/normal.rs"]
mod normal;
#[path = "laws/student.rs"]
mod student;
