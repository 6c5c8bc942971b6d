//! Naive Bayes: features that are independent within each class.

mod bernoulli;
mod class_counts;
mod gaussian;
mod multinomial;
mod weighted_moments;

pub use bernoulli::BernoulliNaiveBayes;
pub use gaussian::{GaussianBayesModel, GaussianNaiveBayes};
pub use multinomial::MultinomialNaiveBayes;
