//! The judge of `822_true_share`.

use crate::judging::comparison::{is, part_is};
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use proptest::strategy::Strategy;

/// Judges the share of truths behind randomized answers.
#[must_use]
pub fn true_share(answer: fn(f64, f64) -> f64) -> Verdict {
    type Case = (f64, f64);
    let call =
        |&(share, epsilon): &Case| format!("true_share({}, {})", number(share), number(epsilon));
    let half = |&(_, epsilon): &Case| {
        if epsilon > 0.0 {
            is(answer(0.5, epsilon), 0.5, 1e-12)
        } else {
            Ok(())
        }
    };
    let told = |&(share, epsilon): &Case| {
        if !(0.0..=1.0).contains(&share) || epsilon <= 0.0 {
            return Ok(()); // not asked for
        }
        let truth = answer(share, epsilon);
        let p = epsilon.exp() / (1.0 + epsilon.exp());
        let name = (
            "leads back to answers whose share of yes",
            "对应的回答中“是”的比例",
        );
        part_is(name, truth * p + (1.0 - truth) * (1.0 - p), share, 1e-9)
    };
    let epsilons = || (1..9).prop_map(|it| f64::from(it) / 2.0);
    let shares = (0..11).prop_map(|it| f64::from(it) / 10.0);
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "half of the answers: half of the truths",
                    "回答各半，则真相各半"
                ),
            ),
            &[(0.5, 1.0), (0.5, 2.0)],
            &epsilons().prop_map(|epsilon| (0.5, epsilon)),
            half,
        )
        .law(
            Law(
                "shares_are_told_from_their_responses",
                say!(
                    "put through the lies again, it gives the answers",
                    "再经过一次谎言，就得到那些回答"
                ),
            ),
            &[(0.75, 1.0), (1.0, 1.0), (0.0, 1.0), (0.4, 2.0)],
            &(shares, epsilons()),
            told,
        )
        .verdict()
}
