//! One step of Adam. Book: *Adam*.

/// Moves `theta` by one step of Adam (Kingma & Ba, algorithm 1) and brings the averages `m` and `v` up to date.
///
/// `g` is the gradient, `t` the number of this step, from 1; $`\beta_1 = 0.9`$, $`\beta_2 = 0.999`$ and
/// $`\varepsilon = 10^{-8}`$, which is added to the root. All slices have one length.
pub fn adam_step(theta: &mut [f64], m: &mut [f64], v: &mut [f64], g: &[f64], t: i32, rate: f64) {
    todo!("{theta:?} {m:?} {v:?} {g:?} {t} {rate}")
}

gradus_judges::judge!(adam_step);
