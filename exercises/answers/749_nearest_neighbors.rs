//! The reference answer to `749_nearest_neighbors`.

pub fn nearest_neighbors(samples: &[Vec<f64>], labels: &[usize], x: &[f64], k: usize) -> usize {
    let distance = |i: usize| -> f64 {
        samples[i]
            .iter()
            .zip(x)
            .map(|(a, b)| (a - b) * (a - b))
            .sum()
    };
    let mut order: Vec<usize> = (0..samples.len()).collect();
    order.sort_by(|&i, &j| distance(i).total_cmp(&distance(j))); // stable: the first of equals stays first
    let nearest = &order[..k.min(order.len())];
    let votes = |class: usize| nearest.iter().filter(|&&i| labels[i] == class).count();
    let classes = labels.iter().max().map_or(0, |top| top + 1);
    (0..classes)
        .rev()
        .max_by_key(|&class| votes(class))
        .unwrap_or(0)
}
