//! Log-sum-exp, the smooth maximum. Book: *Softmax and log-sum-exp*.

/// The logarithm of the sum of the exponentials, $`\ln \sum_i e^{x_i}`$.
///
/// It is finite wherever the result is: of `[1000.0, 1000.0]` it is $`1000 + \ln 2`$. The empty sum gives
/// $`-\infty`$.
pub fn log_sum_exp(x: &[f64]) -> f64 {
    todo!("{x:?}")
}

gradus_judges::judge!(log_sum_exp);
