//! The reference answer to `361_spearman`.

pub fn spearman(x: &[f64], y: &[f64]) -> f64 {
    pearson(&ranks(x), &ranks(y))
}

fn ranks(x: &[f64]) -> Vec<f64> {
    let count = |holds: &dyn Fn(&f64) -> bool| x.iter().filter(|other| holds(other)).count() as f64;
    x.iter()
        .map(|x| count(&|other| other < x) + 0.5 * (count(&|other| other == x) + 1.0))
        .collect()
}

fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (of_a, of_b) = (mean(a), mean(b));
    let product = |x: &[f64], m: f64, y: &[f64], n: f64| -> f64 {
        x.iter().zip(y).map(|(x, y)| (x - m) * (y - n)).sum()
    };
    let squares = product(a, of_a, a, of_a) * product(b, of_b, b, of_b);
    product(a, of_a, b, of_b) / squares.sqrt()
}
