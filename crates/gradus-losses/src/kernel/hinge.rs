//! The hinge of losses with a margin.

/// $`\max(0, x)`$, where NaN stays NaN.
#[inline(always)]
pub(crate) fn hinge(x: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { x }
}
