//! What two variables tell of each other. Book: *Mutual information*.

/// The mutual information $`\sum_{xy} p(x, y) \ln \frac{p(x, y)}{p(x)\,p(y)}`$ of a joint distribution, given as rows: row x, column y.
pub fn mutual_information(joint: &[Vec<f64>]) -> f64 {
    todo!("{joint:?}")
}

gradus_judges::judge!(mutual_information);
