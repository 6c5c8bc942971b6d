//! A sum that carries its losses along. Book: *Numbers in a machine*.

/// The sum of the numbers, as exact as if it were computed with twice the digits and rounded once (Neumaier's sum).
///
/// Beside the sum `s` it keeps what the additions lost. The addition $`t = s + x`$ loses $`(s - t) + x`$ if
/// $`\lvert s \rvert \ge \lvert x \rvert`$, and $`(x - t) + s`$ otherwise. The losses are added at the end.
pub fn compensated_sum(x: &[f64]) -> f64 {
    todo!("{x:?}")
}

gradus_judges::judge!(compensated_sum);
