//! Where it was, on average. Book: *Around the step*.

/// The exponential average of a parameter after the steps $`\theta_1, \dots, \theta_t`$: $`a \leftarrow \beta a + (1 - \beta)\, \theta`$ from
/// $`a = 0`$, divided by $`1 - \beta^t`$ at the end. $`0 \le \beta < 1`$, and there is one step at least.
pub fn averaged_parameter(theta: &[f64], beta: f64) -> f64 {
    todo!("{theta:?} {beta}")
}

gradus_judges::judge!(averaged_parameter);
