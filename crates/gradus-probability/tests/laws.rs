//! The theorems of finite probability, of the families and of Bayes' rule, as properties.

#[path = "laws/bayes.rs"]
mod bayes;
#[path = "laws/beta_binomial.rs"]
mod beta_binomial;
#[path = "laws/conjugate.rs"]
mod conjugate;
#[path = "laws/contract.rs"]
mod contract;
#[path = "laws/draws.rs"]
mod draws;
#[path = "laws/edges.rs"]
mod edges;
#[path = "laws/entropies.rs"]
mod entropies;
#[path = "laws/events.rs"]
mod events;
#[path = "laws/extremes.rs"]
mod extremes;
#[path = "laws/families.rs"]
mod families;
#[path = "laws/finite.rs"]
mod finite;
#[path = "laws/fits.rs"]
mod fits;
#[path = "laws/generators.rs"]
mod generators;
#[path = "laws/inequalities.rs"]
mod inequalities;
#[path = "laws/inference.rs"]
mod inference;
#[path = "laws/intervals.rs"]
mod intervals;
#[path = "laws/markov_chains.rs"]
mod markov_chains;
#[path = "laws/monte_carlo.rs"]
mod monte_carlo;
#[path = "laws/networks.rs"]
mod networks;
#[path = "laws/other_fits.rs"]
mod other_fits;
#[path = "laws/regressions.rs"]
mod regressions;
#[path = "laws/relations.rs"]
mod relations;
#[path = "laws/round_trips.rs"]
mod round_trips;
#[path = "laws/samples.rs"]
mod samples;
#[path = "laws/sampling.rs"]
mod sampling;
#[path = "laws/scores.rs"]
mod scores;
#[path = "laws/shapes.rs"]
mod shapes;
#[path = "laws/sums.rs"]
mod sums;
#[path = "laws/transformed.rs"]
mod transformed;
#[path = "laws/truncated.rs"]
mod truncated;
#[path = "laws/vectors.rs"]
mod vectors;
