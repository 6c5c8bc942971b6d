//! One linear fit. Book: *Fitting curves*.

/// The step of Gauss and Newton for one parameter: the p with the smallest $`\sum_i (r_i + j_i\, p)^2`$, where r are the residuals and
/// $`j_i = dr_i / dx`$ their slopes, which are not all 0.
pub fn gauss_newton_step(r: &[f64], j: &[f64]) -> f64 {
    todo!("{r:?} {j:?}")
}

gradus_judges::judge!(gauss_newton_step);
