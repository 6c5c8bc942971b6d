//! The reference answer to `339_dirichlet_mean`.

pub fn dirichlet_mean(concentrations: &[f64], counts: &[u32]) -> Vec<f64> {
    let after = concentrations.iter().zip(counts);
    let after: Vec<f64> = after.map(|(a, n)| a + f64::from(*n)).collect();
    let total: f64 = after.iter().sum();
    after.iter().map(|a| a / total).collect()
}
