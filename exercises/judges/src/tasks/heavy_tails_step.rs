//! The judge of `462_heavy_tails_step`.

use crate::judging::comparison::parts_are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use gradus_probability::StudentT;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Observations, center and scale, degrees of freedom, to center and scale.
pub type HeavyTailsStep = fn(&[f64], (f64, f64), f64) -> (f64, f64);

/// Judges a step towards the most likely Student law.
#[must_use]
pub fn heavy_tails_step(answer: HeavyTailsStep) -> Verdict {
    type Case = (Vec<f64>, (f64, f64), f64);
    let call = |(x, (center, scale), freedom): &Case| {
        let [center, scale, freedom] = [*center, *scale, *freedom].map(number);
        format!(
            "heavy_tails_step({}, ({center}, {scale}), {freedom})",
            vector(x)
        )
    };
    let compare = |x: &[f64], from: (f64, f64), freedom: f64, right: (f64, f64)| {
        let (center, scale) = answer(x, from, freedom);
        let names = [("center", "中心"), ("scale", "尺度")];
        parts_are(names, [center, scale], [right.0, right.1], 1e-9)
    };
    let by_formula = |(x, from, freedom): &Case| {
        if x.is_empty() || from.1 <= 0.0 || *freedom <= 0.0 {
            return Ok(()); // not asked for
        }
        compare(x, *from, *freedom, stepped(x, *from, *freedom))
    };
    let stays = |(x, _, freedom): &Case| match StudentT::fit(*freedom, x) {
        Ok(fit) => {
            let top = (fit.distribution.location(), fit.distribution.scale());
            compare(x, top, *freedom, top)
        }
        Err(_) => Ok(()), // no top
    };
    let positive = || (1..9).prop_map(f64::from);
    let more = || (vec(whole(), 1..6), (whole(), positive()), positive());
    Judge::new(&call)
        .law(
            Law(
                "",
                say!(
                    "means with the weights 1 / (ν + z²)",
                    "以 1 / (ν + z²) 为权重的平均"
                ),
            ),
            &[
                (vec![1.0], (1.0, 1.0), 1.0),
                (vec![-1.0, 1.0], (0.0, 1.0), 1.0),
                (vec![0.0, 3.0], (0.0, 1.0), 1.0),
                (vec![-1.0, 0.0, 1.0], (0.0, 1.0), 3.0),
                (vec![0.0, 4.0], (0.0, 2.0), 1.0),
            ],
            &more(),
            by_formula,
        )
        .law(
            Law(
                "scores_of_fits_are_zero",
                say!("the most likely law stays", "最大似然的分布保持不变"),
            ),
            &[(vec![-1.0, 0.0, 1.0], (0.0, 1.0), 3.0)],
            &more(),
            stays,
        )
        .verdict()
}

/// Means with the weights that the center and the scale before the step give.
fn stepped(x: &[f64], (center, scale): (f64, f64), freedom: f64) -> (f64, f64) {
    let z = |x: &f64| (x - center) / scale;
    let v: Vec<f64> = x.iter().map(|x| (freedom + z(x) * z(x)).recip()).collect();
    let mean = |of: &dyn Fn(f64) -> f64| {
        x.iter().zip(&v).map(|(x, v)| v * of(*x)).sum::<f64>() / v.iter().sum::<f64>()
    };
    let next = mean(&|x| x);
    (next, mean(&|x| (x - next).powi(2)).sqrt())
}
