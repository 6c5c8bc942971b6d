//! The reference answer to `132_gram_schmidt`.

pub fn gram_schmidt(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let dot = |x: &[f64], y: &[f64]| -> f64 { x.iter().zip(y).map(|(x, y)| x * y).sum() };
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for vector in a {
        let mut rest = vector.clone();
        for q in &basis {
            let along = dot(q, &rest); // not dot(q, vector): what was already taken away is gone
            rest.iter_mut().zip(q).for_each(|(r, q)| *r -= along * q);
        }
        let norm = dot(&rest, &rest).sqrt();
        basis.push(rest.iter().map(|r| r / norm).collect());
    }
    basis
}
