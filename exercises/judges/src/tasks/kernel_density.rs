//! The judge of `347_kernel_density`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use gradus_probability::{Continuous, Empirical, Normal, ProbabilityError};
use proptest::collection::vec;
use proptest::prelude::Just;
use proptest::prop_oneof;

/// A point, a sample and a width, to a density.
pub type KernelDensity = fn(f64, &[f64], f64) -> f64;

/// Judges a kernel density with bells.
#[must_use]
pub fn kernel_density(answer: KernelDensity) -> Verdict {
    type Case = (f64, Vec<f64>, f64);
    let call = |(x, sample, width): &Case| {
        let [x, width] = [*x, *width].map(number);
        format!("kernel_density({x}, {}, {width})", vector(sample))
    };
    let widths = prop_oneof![Just(0.5), Just(1.0), Just(2.0), Just(4.0)];
    Judge::new(&call)
        .law(
            Law(
                "kernel_densities_integrate_to_one",
                say!(
                    "the mean of the bells, each of area 1",
                    "各钟形的平均，每个钟形的面积为 1"
                ),
            ),
            &[
                (0.0, vec![0.0], 1.0),
                (1.0, vec![0.0], 1.0),
                (0.0, vec![0.0], 2.0),
                (0.0, vec![0.0, 2.0], 1.0),
                (1.0, vec![0.0, 2.0, 2.0], 0.5),
            ],
            &(whole(), vec(whole(), 1..5), widths),
            |(x, sample, width): &Case| match density(*x, sample, *width) {
                Ok(right) => is(answer(*x, sample, *width), right, 1e-12),
                Err(_) => Ok(()), // no sample
            },
        )
        .verdict()
}

/// The library's density.
fn density(x: f64, sample: &[f64], width: f64) -> Result<f64, ProbabilityError> {
    let sample = Empirical::new(sample)?;
    let law = gradus_probability::kernel_density(&sample, |x| Normal::new(x, width))?;
    Ok(law.pdf(x))
}
