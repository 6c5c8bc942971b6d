//! The posterior of a test.

gradus_live::export! {
    bayes(prior: f64, sensitivity: f64, false_alarms: f64) -> f64;
}
