//! A layer that only adds. Book: *Vanishing gradients and initialization*.

/// A residual block: $`x + W_2 \max(0, W_1 x)`$, matrices as rows. With weights of zero it is the identity.
pub fn residual_block(x: &[f64], w1: &[Vec<f64>], w2: &[Vec<f64>]) -> Vec<f64> {
    todo!("{x:?} {w1:?} {w2:?}")
}

gradus_judges::judge!(residual_block);
