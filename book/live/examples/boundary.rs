//! Logistic regression of two groups of points in the plane.

gradus_live::export! {
    boundary(rate: f64, steps: usize) -> f64;
}
