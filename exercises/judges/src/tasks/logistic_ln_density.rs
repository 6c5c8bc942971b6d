//! The judge of `323_logistic_ln_density`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::number;
use gradus_probability::{Continuous, Logistic};

/// Judges the logarithm of the density of the logistic law.
#[must_use]
pub fn logistic_ln_density(answer: fn(f64, f64, f64) -> f64) -> Verdict {
    type Case = (f64, f64, f64);
    let call = |&(x, location, scale): &Case| {
        let [x, location, scale] = [x, location, scale].map(number);
        format!("logistic_ln_density({x}, {location}, {scale})")
    };
    Judge::new(&call)
        .law(
            Law(
                "moved_and_stretched_laws_are_the_same_law",
                say!(
                    "ln σ(z) + ln σ(-z) - ln scale with z = (x - location) / scale",
                    "ln σ(z) + ln σ(-z) - ln scale，其中 z = (x - location) / scale"
                ),
            ),
            &[
                (0.0, 0.0, 1.0),
                (1.0, 0.0, 1.0),
                (3.0, 1.0, 1.0),
                (0.0, 0.0, 2.0),
                (3.0, 1.0, 2.0),
                (-2000.0, 0.0, 1.0),
                (2000.0, 0.0, 1.0),
            ],
            &(whole(), whole(), 0.25..4.0),
            |&(x, location, scale): &Case| match Logistic::new(location, scale) {
                Ok(law) => is(answer(x, location, scale), law.ln_pdf(x), 1e-12),
                Err(_) => Ok(()), // no law
            },
        )
        .verdict()
}
