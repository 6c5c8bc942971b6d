//! The reference answer to `742_average_pooling`.

pub fn average_pooling(picture: &[Vec<f64>], k: usize) -> Vec<Vec<f64>> {
    let (rows, columns) = (picture.len() / k, picture[0].len() / k);
    let mean = |i: usize, j: usize| {
        let block = picture[i * k..(i + 1) * k]
            .iter()
            .flat_map(|row| &row[j * k..(j + 1) * k]);
        block.sum::<f64>() / (k * k) as f64
    };
    (0..rows)
        .map(|i| (0..columns).map(|j| mean(i, j)).collect())
        .collect()
}
