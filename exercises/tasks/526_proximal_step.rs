//! A step with a price on sizes. Book: *Sparsity*.

/// One step of proximal gradient descent for a loss with this gradient at w and the price $`\lambda \sum_i \lvert w_i \rvert`$: down the gradient by the
/// rate first, then through the proximal map of the price, which is soft thresholding. Rate and λ are not negative.
pub fn proximal_step(w: &[f64], gradient: &[f64], rate: f64, lambda: f64) -> Vec<f64> {
    todo!("{w:?} {gradient:?} {rate} {lambda}")
}

gradus_judges::judge!(proximal_step);
