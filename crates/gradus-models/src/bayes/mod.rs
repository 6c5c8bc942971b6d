//! Naive Bayes: features that are independent within each class.

mod bernoulli;
mod class_counts;
mod gaussian;
mod multinomial;

pub use bernoulli::BernoulliNaiveBayes;
pub use gaussian::{GaussianBayesModel, GaussianNaiveBayes};
pub use multinomial::MultinomialNaiveBayes;
