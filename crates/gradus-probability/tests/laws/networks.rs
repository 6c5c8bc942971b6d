//! Networks of causes and effects.

use gradus_probability::{JointDistribution, Network, ProbabilityError};
use gradus_testkit::strategies::weights;
use gradus_testkit::{all_scaled, cases, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;
const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// A network of up to six nodes, and which of two nodes has an arrow to the other.
type Drawn = (Network, [[bool; 6]; 6]);

/// Nodes of 2 or 3 values, any arrows from earlier to later ones; probabilities with zeros and of all magnitudes.
fn network() -> impl Strategy<Value = Drawn> {
    let sizes = prop::collection::vec(2_usize..4, 2..7);
    let arrows = prop::array::uniform32(0_u32..3);
    (sizes, arrows, prop::collection::vec(weights(3), 256))
        .prop_filter_map("rows normalize", |(sizes, arrows, rows)| {
            build(&sizes, &arrows, &rows).ok()
        })
}

fn build(sizes: &[usize], arrows: &[u32], rows: &[Vec<f64>]) -> Result<Drawn, ProbabilityError> {
    let (mut network, mut has) = (Network::default(), [[false; 6]; 6]);
    for (node, &size) in sizes.iter().enumerate() {
        // three of the earlier nodes at most, so that 27 rows suffice
        let parents: Vec<_> = (0..node)
            .filter(|i| arrows[5 * node + i] == 0)
            .take(3)
            .collect();
        for i in &parents {
            has[*i][node] = true;
        }
        let count = parents.iter().map(|i| sizes[*i]).product();
        let row = |i: usize| {
            let w = &rows[(37 * node + i) % rows.len()][..size];
            let total: f64 = w.iter().sum();
            w.iter().map(|w| w / total).collect::<Vec<_>>()
        };
        let table: Vec<_> = (0..count).map(row).collect();
        let names: Vec<_> = parents.iter().map(|i| NAMES[*i]).collect();
        network.add(NAMES[node], &names, &table)?;
    }
    Ok((network, has))
}

/// Three groups without a common member, by a draw for each node: asked, asked too, known or neither.
fn groups(n: usize, draw: &[u32]) -> [Vec<&'static str>; 3] {
    [0, 1, 2].map(|group| {
        (0..n)
            .filter(|i| draw[*i] == group)
            .map(|i| NAMES[i])
            .collect()
    })
}

/// Whether a path from one node to another is open, by the definition: at each node between, known ones block, but where two
/// arrows meet unknown ones do, unless they cause something known.
fn is_open(has: &[[bool; 6]; 6], known: &[usize], path: &[usize]) -> bool {
    path.windows(3).all(|nodes| {
        let [before, node, after] = [nodes[0], nodes[1], nodes[2]];
        if has[before][node] && has[after][node] {
            causes_known(has, known, node)
        } else {
            !known.contains(&node)
        }
    })
}

fn causes_known(has: &[[bool; 6]; 6], known: &[usize], node: usize) -> bool {
    known.contains(&node) || (0..6).any(|to| has[node][to] && causes_known(has, known, to))
}

/// Whether any path without a repeated node is open.
fn any_open(has: &[[bool; 6]; 6], known: &[usize], path: &mut Vec<usize>, to: usize) -> bool {
    let last = path[path.len() - 1];
    if last == to {
        return is_open(has, known, path);
    }
    (0..6).any(|next| {
        let linked = has[last][next] || has[next][last];
        linked && !path.contains(&next) && {
            path.push(next);
            let open = any_open(has, known, path, to);
            path.pop();
            open
        }
    })
}

/// All combinations of values of these variables.
fn values<'a>(joint: &JointDistribution, names: &[&'a str]) -> Vec<Vec<(&'a str, usize)>> {
    names.iter().fold(vec![Vec::new()], |all, name| {
        let place = joint
            .names()
            .iter()
            .position(|own| own == name)
            .unwrap_or(0);
        let more = |known: Vec<(&'a str, usize)>| {
            let size = joint.sizes()[place];
            (0..size).map(move |value| [known.clone(), vec![(*name, value)]].concat())
        };
        all.into_iter().flat_map(more).collect()
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn elimination_is_summing_the_joint_table((network, _) in network(), draw in prop::array::uniform6(0_u32..4), seen in prop::array::uniform6(0_usize..2)) {
        let joint = network.joint()?;
        let [asked, _, known] = groups(network.names().len(), &draw);
        let evidence: Vec<_> = known.iter().map(|name| (*name, seen[NAMES.iter().position(|n| n == name).unwrap_or(0)])).collect();
        scaled(network.probability(&evidence)?, joint.probability(&evidence)?, 32.0 * EPS, 1.0)?;
        match (network.query(&asked, &evidence), joint.given(&evidence)) {
            (Ok(found), Ok(rest)) if joint.probability(&evidence)? > 1e-290 => {
                let expected = rest.marginal(&asked)?;
                prop_assert_eq!(found.names(), expected.names());
                all_scaled(found.joint().as_slice(), expected.joint().as_slice(), 64.0 * EPS, 1.0)?;
            }
            (Ok(_), Ok(_)) => {}
            (found, Err(error)) => if joint.probability(&evidence)? == 0.0 && network.probability(&evidence)? == 0.0 {
                prop_assert!(found.is_ok() || found == Err(error)); // ok where only the joint table underflows
            },
            (Err(error), Ok(_)) => prop_assert!(false, "{error}"),
        }
    }

    #[test]
    fn separated_variables_are_independent((network, _) in network(), draw in prop::array::uniform6(0_u32..4)) {
        let [x, y, z] = groups(network.names().len(), &draw);
        if network.are_separated(&x, &y, &z)? {
            let gap = network.joint()?.dependence(&x, &y, &z)?;
            prop_assert!(gap <= 64.0 * EPS, "{gap:e}");
        }
    }

    #[test]
    fn separation_blocks_every_path((network, has) in network(), draw in prop::array::uniform6(0_u32..4)) {
        let n = network.names().len();
        let [x, y, z] = groups(n, &draw);
        let of = |group: u32| (0..n).filter(move |i| draw[*i] == group);
        let known: Vec<_> = of(2).collect();
        let open = of(0).any(|from| of(1).any(|to| any_open(&has, &known, &mut vec![from], to)));
        prop_assert_eq!(network.are_separated(&x, &y, &z)?, !open);
        prop_assert_eq!(network.are_separated(&y, &x, &z)?, !open);
    }

    #[test]
    fn the_probabilities_of_all_evidence_sum_to_one((network, _) in network(), draw in prop::array::uniform6(0_u32..2)) {
        let joint = network.joint()?;
        let [names, _, _] = groups(network.names().len(), &draw);
        let mut sum = 0.0;
        for evidence in values(&joint, &names) {
            sum += network.probability(&evidence)?;
        }
        scaled(sum, 1.0, 64.0 * EPS, 1.0)?;
    }
}
