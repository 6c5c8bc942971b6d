//! A rate that falls along a cosine. Book: *Learning rates and clipping*.

/// The learning rate of a step, counted from 0: it falls from `start` to `end` along half a cosine while `steps` steps are
/// made, $`\eta_1 + \frac12 (\eta_0 - \eta_1)(1 + \cos \frac{\pi t}{n})`$, and is `end` ever after. There is one step at least.
pub fn cosine_rate(step: usize, steps: usize, start: f64, end: f64) -> f64 {
    todo!("{step} {steps} {start} {end}")
}

gradus_judges::judge!(cosine_rate);
