//! The reference answer to `811_shapley`.

pub fn shapley(v: &[f64]) -> Vec<f64> {
    let n = v.len().trailing_zeros();
    let factorial = |k: u32| (1..=k).map(f64::from).product::<f64>();
    let weight = |size: u32| factorial(size) * factorial(n - 1 - size) / factorial(n);
    let share = |i: u32| {
        let without = (0..v.len()).filter(|s| s >> i & 1 == 0);
        without
            .map(|s| weight(s.count_ones()) * (v[s | 1 << i] - v[s]))
            .sum()
    };
    (0..n).map(share).collect()
}
