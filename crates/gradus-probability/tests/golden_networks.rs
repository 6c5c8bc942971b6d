//! Networks of textbooks against exact fractions, made by `golden/network.py`.

use gradus_probability::{Network, ProbabilityError};
use gradus_testkit::golden::read;
use std::error::Error;

/// A name, its parents, and the probability of yes for each combination of their values.
type Node = (&'static str, &'static [&'static str], &'static [f64]);

const ALARM: [Node; 5] = [
    ("burglary", &[], &[0.001]),
    ("earthquake", &[], &[0.002]),
    (
        "alarm",
        &["burglary", "earthquake"],
        &[0.001, 0.29, 0.94, 0.95],
    ),
    ("john", &["alarm"], &[0.05, 0.90]),
    ("mary", &["alarm"], &[0.01, 0.70]),
];
const SPRINKLER: [Node; 4] = [
    ("cloudy", &[], &[0.5]),
    ("sprinkler", &["cloudy"], &[0.5, 0.1]),
    ("rain", &["cloudy"], &[0.2, 0.8]),
    ("wet", &["sprinkler", "rain"], &[0.0, 0.9, 0.9, 0.99]),
];
const CLINIC: [Node; 8] = [
    ("asia", &[], &[0.01]),
    ("smoker", &[], &[0.5]),
    ("tuberculosis", &["asia"], &[0.01, 0.05]),
    ("cancer", &["smoker"], &[0.01, 0.1]),
    ("bronchitis", &["smoker"], &[0.3, 0.6]),
    ("either", &["tuberculosis", "cancer"], &[0.0, 1.0, 1.0, 1.0]),
    ("xray", &["either"], &[0.05, 0.98]),
    ("dyspnea", &["either", "bronchitis"], &[0.1, 0.8, 0.7, 0.9]),
];

fn network(nodes: &[Node]) -> Result<Network, ProbabilityError> {
    let mut network = Network::default();
    for (name, parents, yes) in nodes {
        let rows: Vec<_> = yes.iter().map(|yes| [1.0 - yes, *yes]).collect();
        network.add(name, parents, &rows)?;
    }
    Ok(network)
}

#[test]
fn networks_of_textbooks() -> Result<(), Box<dyn Error>> {
    let networks = [network(&ALARM)?, network(&SPRINKLER)?, network(&CLINIC)?];
    for row in read(include_str!("golden/network.csv"))? {
        let network = networks
            .iter()
            .zip(0_u32..)
            .find(|(_, i)| f64::from(*i) == row.inputs[0]);
        let (network, _) = network.ok_or("no such network")?;
        let named = || network.names().iter().zip(&row.inputs[2..]);
        let asked = network
            .names()
            .iter()
            .zip(0_u32..)
            .find(|(_, i)| f64::from(*i) == row.inputs[1]);
        let (asked, _) = asked.ok_or("no such node")?;
        let known = named().filter(|(_, value)| **value >= 0.0);
        let known: Vec<_> = known
            .map(|(name, value)| (name.as_str(), usize::from(*value > 0.0)))
            .collect();
        row.check(network.query(&[asked.as_str()], &known)?.joint().as_slice()[1])?;
    }
    Ok(())
}
