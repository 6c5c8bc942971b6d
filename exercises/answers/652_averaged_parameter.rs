//! The reference answer to `652_averaged_parameter`.

pub fn averaged_parameter(theta: &[f64], beta: f64) -> f64 {
    let (mut average, mut power) = (0.0, 1.0);
    for theta in theta {
        average = beta * average + (1.0 - beta) * theta;
        power *= beta;
    }
    average / (1.0 - power)
}
