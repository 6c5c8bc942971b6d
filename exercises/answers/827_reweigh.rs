//! The reference answer to `827_reweigh`.

pub fn reweigh(counts: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let of_label = |y: usize| counts.iter().map(|row| row[y]).sum::<f64>();
    let all: f64 = counts.iter().flatten().sum();
    let row = |row: &Vec<f64>| {
        let of_group: f64 = row.iter().sum();
        (0..row.len())
            .map(|y| of_group * of_label(y) / (all * row[y]))
            .collect()
    };
    counts.iter().map(row).collect()
}
