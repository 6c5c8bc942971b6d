//! The reference answer to `511_focal_loss`.

pub fn focal_loss(z: f64, yes: bool, gamma: f64) -> f64 {
    let z = if yes { z } else { -z };
    // -ln σ(z) = ln(1 + e^-z), written so that nothing overflows; 1 - σ(z) = σ(-z).
    let minus_log = (-z).max(0.0) + (-z.abs()).exp().ln_1p();
    let wrong = if z > 0.0 {
        (-z).exp() / (1.0 + (-z).exp())
    } else {
        1.0 / (1.0 + z.exp())
    };
    wrong.powf(gamma) * minus_log
}
