//! The reference answer to `318_skewness`.

pub fn skewness(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let moment = |power| x.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
    moment(3) / moment(2).powf(1.5)
}
