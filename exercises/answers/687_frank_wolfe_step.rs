//! The reference answer to `687_frank_wolfe_step`.

pub fn frank_wolfe_step(x: &[f64], g: &[f64], k: usize) -> Vec<f64> {
    let lowest = (0..g.len()).fold(0, |best, i| if g[i] < g[best] { i } else { best });
    let gamma = 2.0 / (k as f64 + 2.0);
    let corner = |i: usize| if i == lowest { 1.0 } else { 0.0 };
    (0..x.len())
        .map(|i| x[i] + gamma * (corner(i) - x[i]))
        .collect()
}
