//! The reference answer to `161_first_component`.

pub fn first_component(samples: &[Vec<f64>]) -> Vec<f64> {
    let n = samples[0].len();
    let mean = |j: usize| samples.iter().map(|x| x[j]).sum::<f64>() / samples.len() as f64;
    let means: Vec<f64> = (0..n).map(mean).collect();
    let centered =
        |x: &Vec<f64>| -> Vec<f64> { x.iter().zip(&means).map(|(x, m)| x - m).collect() };
    let centered: Vec<Vec<f64>> = samples.iter().map(centered).collect();
    // Any start with a part along the answer: irrational, so that no small whole numbers are perpendicular to it.
    let mut v: Vec<f64> = (1..=n).map(|j| (j as f64).sqrt()).collect();
    for _ in 0..200 {
        let mut next = vec![0.0; n];
        for x in &centered {
            let score: f64 = x.iter().zip(&v).map(|(x, v)| x * v).sum();
            next.iter_mut()
                .zip(x)
                .for_each(|(next, x)| *next += score * x);
        }
        let norm = next.iter().map(|v| v * v).sum::<f64>().sqrt();
        v = next.iter().map(|v| v / norm).collect();
    }
    v
}
