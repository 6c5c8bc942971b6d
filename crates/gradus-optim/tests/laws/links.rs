//! Links on some tensors, freezing, and transformations of everything.

use crate::{bits, run};
use gradus_optim::{
    Chain, ClipByGlobalNorm, ClipByValue, Entry, Gradient, Layout, Link, OptimError, ScaleByAdam,
    ScaleByFactor, ScaleByLbfgs, ScaleByLearningRate, ScaleByTrustRatio, Scheduled, Shape, adam,
    chain, momentum, sgd,
};
use gradus_testkit::cases;
use gradus_testkit::strategies::vector;
use proptest::prelude::*;

/// Four tensors, one of them empty; their middle ones are `b` and `none`.
fn layout(sizes: [usize; 3]) -> Result<Layout, OptimError> {
    let mut layout = Layout::new();
    layout.push("a", Shape::new(sizes[0], 1))?;
    layout.push("none", Shape::new(0, 3))?;
    layout.push("b", Shape::new(sizes[1], 1))?;
    layout.push("c", Shape::new(sizes[2], 1))?;
    Ok(layout)
}

fn curved(t: u64, x: &[f64]) -> Vec<f64> {
    let one =
        |(i, x): (usize, &f64)| (0.5 + (i % 3) as f64) * x + (i as f64 + 0.1 * t as f64).sin();
    x.iter().enumerate().map(one).collect()
}

fn steps(
    optimizer: &Chain<f64>,
    layout: &Layout,
    x: &[f64],
    g: impl Fn(u64, &[f64]) -> Vec<f64>,
) -> Result<Vec<f64>, OptimError> {
    let mut theta = x.to_vec();
    let mut state = optimizer.init(layout, &theta)?;
    for t in 1..=6 {
        let g = g(t, &theta);
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
    }
    Ok(theta)
}

fn bfgs() -> Vec<Link<f64>> {
    vec![
        Link::coarse(ScaleByLbfgs { memory: 3 }),
        Link::new((ClipByValue { limit: 1e6 }, ScaleByLearningRate::new(0.5))),
    ]
}

fn is_b(e: &Entry) -> bool {
    e.name == "b"
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn links_on_separate_tensors_are_separate_optimizers(x in vector(3..40), cut in 1..3_usize) {
        let sizes = [cut, x.len() - cut - 1, 1];
        let layout = layout(sizes)?;
        let both = chain(vec![
            Link::new((ScaleByAdam::default(), ScaleByLearningRate::new(0.1))).only(is_b),
            Link::new(ScaleByLearningRate::new(0.25)).only(|e| !is_b(e)),
        ])?;
        let pull = |_: u64, x: &[f64]| x.iter().map(|x| 0.5 * x + 1.0).collect::<Vec<_>>();
        let joint = steps(&both, &layout, &x, pull)?;
        let b = cut..cut + sizes[1];
        let alone = run(&adam(0.1)?, &x[b.clone()], 6, pull)?;
        prop_assert_eq!(bits(&joint[b.clone()]), bits(&alone));
        let rest = run(&sgd(0.25)?, &[&x[..b.start], &x[b.end..]].concat(), 6, pull)?;
        prop_assert_eq!(bits(&[&joint[..b.start], &joint[b.end..]].concat()), bits(&rest));
    }

    #[test]
    fn masked_transformations_see_their_own_tensors(x in vector(3..30), cut in 1..3_usize) {
        // L-BFGS on b alone, the others by gradient descent or frozen: b moves as if nothing else were there.
        let sizes = [cut, x.len() - cut - 1, 1];
        let (layout, b) = (layout(sizes)?, cut..cut + sizes[1]);
        let mut links: Vec<Link<f64>> = bfgs().into_iter().map(|link| link.only(is_b)).collect();
        links.push(Link::new(ScaleByLearningRate::new(0.25)).only(|e| !is_b(e)));
        let masked = steps(&chain(links)?, &layout, &x, curved)?;
        let frozen = steps(&chain(bfgs())?.freeze(|e| !is_b(e)), &layout, &x, curved)?;
        let own = |t: u64, y: &[f64]| {
            let mut whole = x.clone();
            whole[b.clone()].copy_from_slice(y);
            curved(t, &whole)[b.clone()].to_vec()
        };
        let alone = run(&chain(bfgs())?, &x[b.clone()], 6, own)?;
        prop_assert_eq!(bits(&masked[b.clone()]), bits(&alone));
        prop_assert_eq!(bits(&frozen[b.clone()]), bits(&alone));
        prop_assert_eq!(bits(&frozen[..b.start]), bits(&x[..b.start]));
        prop_assert_eq!(bits(&frozen[b.end..]), bits(&x[b.end..]));
    }

    #[test]
    fn a_pair_is_two_links(x in vector(1..40), clip in any::<bool>()) {
        let (down, adam) = (|| ScaleByLearningRate::new(0.1), ScaleByAdam::default());
        let first = || Link::new(ClipByGlobalNorm { max_norm: 0.5 });
        let with = |mut links: Vec<Link<f64>>| {
            if clip { links.insert(0, first()); }
            chain(links)
        };
        let pair = run(&with(vec![Link::new((adam, down()))])?, &x, 5, curved)?;
        let links = run(&with(vec![Link::new(adam), Link::new(down())])?, &x, 5, curved)?;
        prop_assert_eq!(bits(&pair), bits(&links));
    }

    #[test]
    fn constant_settings_may_be_scheduled(x in vector(1..20)) {
        let pair = |adam| chain::<f64>(vec![adam, Link::new(ScaleByLearningRate::new(0.1))]);
        let scheduled = pair(Link::new(Scheduled(|_| ScaleByAdam::default())))?;
        let fixed = pair(Link::new(ScaleByAdam::default()))?;
        prop_assert_eq!(bits(&run(&scheduled, &x, 5, curved)?), bits(&run(&fixed, &x, 5, curved)?));
    }

    #[test]
    fn frozen_tensors_do_not_move_and_keep_no_state(x in vector(3..30), cut in 1..3_usize) {
        let layout = layout([cut, x.len() - cut - 1, 1])?;
        for optimizer in [momentum(0.1, 0.9)?, adam(0.1)?, adam(0.1)?.after(ClipByGlobalNorm { max_norm: 1.0 })?] {
            let optimizer = optimizer.freeze(is_b);
            let theta = steps(&optimizer, &layout, &x, curved)?;
            let b = cut..x.len() - 1;
            prop_assert_eq!(bits(&theta[b.clone()]), bits(&x[b.clone()]));
            prop_assert!(theta[0] != x[0]);
            let state = optimizer.init(&layout, &x)?;
            for name in state.names() {
                prop_assert_eq!(state.vector(name)?.len(), x.len() - b.len());
            }
        }
    }
}

#[test]
fn norms_after_a_transformation_of_everything_are_each_tensors_own() -> Result<(), OptimError> {
    // First step of L-BFGS: g / |g|; then every tensor's update is made as long as the tensor.
    let optimizer = chain(vec![
        Link::coarse(ScaleByLbfgs { memory: 2 }),
        Link::new(ClipByValue { limit: 1e6 }),
        Link::new((ScaleByTrustRatio, ScaleByLearningRate::new(0.5))),
    ])?;
    let layout = layout([1, 1, 1])?;
    let mut theta = [2.0_f64, 4.0, 8.0];
    let mut state = optimizer.init(&layout, &theta)?;
    optimizer.update(
        &mut state,
        &mut theta,
        Gradient::sum_of(&[&[1.0, 1.0, 1.0]]),
    )?;
    assert!(
        [1.0, 2.0, 4.0]
            .iter()
            .zip(theta)
            .all(|(x, y)| (x - y).abs() < 1e-14),
        "{theta:?}"
    );
    Ok(())
}

#[test]
fn a_tensor_without_a_link_is_refused() -> Result<(), OptimError> {
    let optimizer = chain::<f64>(vec![Link::new(ScaleByLearningRate::new(0.5)).only(is_b)])?;
    let layout = layout([1, 1, 1])?;
    let refused = optimizer.init(&layout, &[0.0; 3]).err();
    assert_eq!(
        refused,
        Some(OptimError::NoLink {
            parameter: "a".into()
        })
    );
    assert!(
        optimizer
            .freeze(|e| !is_b(e))
            .init(&layout, &[0.0; 3])
            .is_ok()
    );
    Ok(())
}

#[test]
fn states_of_other_chains_are_refused_though_their_vectors_are_called_alike()
-> Result<(), OptimError> {
    let (plain, clipped) = (
        sgd::<f64>(0.5)?,
        sgd(0.5)?.after(ClipByValue { limit: 1.0 })?,
    );
    let (doubled, mut theta) = (sgd(0.5)?.after(ScaleByFactor { factor: 2.0 })?, [0.0]);
    let mut layout = Layout::new();
    layout.push("w", Shape::new(1, 1))?;
    let mut state = plain.init(&layout, &theta)?;
    let refused = clipped.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]));
    assert!(matches!(refused, Err(OptimError::ForeignState { .. })));
    let mut state = clipped.init(&layout, &theta)?;
    doubled.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]))?; // of the same form: settings may change
    assert_eq!(theta, [-1.0]);
    Ok(())
}

#[test]
fn impossible_memory_is_an_error() -> Result<(), OptimError> {
    let optimizer = chain::<f64>(vec![
        Link::coarse(ScaleByLbfgs { memory: usize::MAX }),
        Link::new(ClipByValue { limit: 1.0 }),
    ])?;
    let mut layout = Layout::new();
    layout.push("w", Shape::new(2, 1))?;
    assert!(matches!(
        optimizer.init(&layout, &[0.0; 2]),
        Err(OptimError::NoMemory { .. })
    ));
    Ok(())
}
