//! The sigmoid on the whole line. Book: *Activations*.

/// The sigmoid $`\sigma(x) = 1 / (1 + e^{-x})`$ with all its digits: also $`\sigma(-40) = 4.2 \cdot 10^{-18}`$.
pub fn sigmoid(x: f64) -> f64 {
    todo!("{x:?}")
}

gradus_judges::judge!(sigmoid);
