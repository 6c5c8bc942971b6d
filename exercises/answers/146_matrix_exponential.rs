//! The reference answer to `146_matrix_exponential`.

pub fn matrix_exponential(a: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = a.iter().flatten().map(|x| x.abs()).sum::<f64>();
    if size > 0.5 {
        let half: Vec<Vec<f64>> = a
            .iter()
            .map(|row| row.iter().map(|x| 0.5 * x).collect())
            .collect();
        let root = matrix_exponential(&half);
        return product(&root, &root);
    }
    let identity = |i: usize, j: usize| if i == j { 1.0 } else { 0.0 };
    let n = a.len();
    let mut term: Vec<Vec<f64>> = (0..n)
        .map(|i| (0..n).map(|j| identity(i, j)).collect())
        .collect();
    let mut sum = term.clone();
    for k in 1..20 {
        term = product(&term, a);
        term.iter_mut().flatten().for_each(|x| *x /= f64::from(k));
        sum.iter_mut()
            .flatten()
            .zip(term.iter().flatten())
            .for_each(|(s, t)| *s += t);
    }
    sum
}

fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let entry = |row: &Vec<f64>, j: usize| row.iter().zip(b).map(|(x, other)| x * other[j]).sum();
    a.iter()
        .map(|row| (0..b.len()).map(|j| entry(row, j)).collect())
        .collect()
}
