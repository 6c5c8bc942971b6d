//! The judge of `313_explaining_away`.

use crate::judging::comparison::parts_are;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use gradus_probability::{Network, ProbabilityError};
use proptest::strategy::Strategy;

/// Probabilities of two causes, and of the effect given both, to two of a cause.
pub type ExplainingAway = fn(f64, f64, [[f64; 2]; 2]) -> (f64, f64);

/// Rain and sprinkler, and the effect without rain and with it.
type Case = ((f64, f64), (f64, f64), (f64, f64));

/// Judges the belief in one cause.
#[must_use]
pub fn explaining_away(answer: ExplainingAway) -> Verdict {
    let call = |&((rain, sprinkler), dry, wet): &Case| {
        let [rain, sprinkler] = [rain, sprinkler].map(number);
        let rows = [dry, wet].map(|(off, on)| vector(&[off, on]));
        format!(
            "explaining_away({rain}, {sprinkler}, [{}])",
            rows.join(", ")
        )
    };
    let share = || (1..20_i32).prop_map(|part| 0.05 * f64::from(part));
    Judge::new(&call)
        .law(
            Law(
                "elimination_is_summing_the_joint_table",
                say!(
                    "p(r) p(s) p(wet | r, s), summed where r is not known, divided by the sum over s",
                    "p(r) p(s) p(wet | r, s)，r 未知时对它求和，再除以对 s 的和"
                ),
            ),
            &[
                ((0.5, 0.5), (0.5, 0.5), (0.5, 0.5)),
                ((0.5, 0.5), (0.2, 0.8), (0.8, 0.8)),
                ((0.25, 0.5), (0.1, 0.9), (0.9, 0.9)),
                ((0.5, 0.25), (0.1, 0.5), (0.9, 0.9)),
            ],
            &((share(), share()), (share(), share()), (share(), share())),
            |&(causes, dry, rainy): &Case| match right(causes, [dry, rainy]) {
                Ok(right) => {
                    let wet = [[dry.0, dry.1], [rainy.0, rainy.1]];
                    let names = [("first number", "第一个数"), ("second number", "第二个数")];
                    parts_are(names, answer(causes.0, causes.1, wet).into(), right, 1e-12)
                }
                Err(_) => Ok(()), // no probabilities
            },
        )
        .verdict()
}

/// What the library's network says.
fn right(
    (rain, sprinkler): (f64, f64),
    [dry, wet]: [(f64, f64); 2],
) -> Result<[f64; 2], ProbabilityError> {
    let row = |p: f64| [1.0 - p, p];
    let mut garden = Network::default();
    garden.add("rain", &[], &[row(rain)])?;
    garden.add("sprinkler", &[], &[row(sprinkler)])?;
    garden.add(
        "wet",
        &["rain", "sprinkler"],
        &[row(dry.0), row(dry.1), row(wet.0), row(wet.1)],
    )?;
    let given = |known: &[(&str, usize)]| -> Result<f64, ProbabilityError> {
        let with = [known, &[("sprinkler", 1)]].concat();
        Ok(garden.probability(&with)? / garden.probability(known)?)
    };
    Ok([given(&[("wet", 1)])?, given(&[("wet", 1), ("rain", 1)])?])
}
