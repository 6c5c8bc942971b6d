//! Decay beside the gradient. Book: *Adam*.

/// One step of AdamW from the corrected averages of Adam: $`\theta \leftarrow \theta - \eta\,\bigl(\hat m / (\sqrt{\hat v} + 10^{-8}) + \lambda \theta\bigr)`$. Weight decay
/// is decoupled: the averages never see it.
///
/// `m` and `v` are the averages before this step with the gradient `g`, `t` is its number from 1; $`\beta_1 = 0.9`$ and
/// $`\beta_2 = 0.999`$. Returns the new θ, m and v.
pub fn adam_w_step(
    theta: f64,
    (m, v): (f64, f64),
    g: f64,
    t: i32,
    rate: f64,
    decay: f64,
) -> (f64, f64, f64) {
    todo!("{theta} {m} {v} {g} {t} {rate} {decay}")
}

gradus_judges::judge!(adam_w_step);
