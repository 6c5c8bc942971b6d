//! The reference answer to `546_bootstrap_interval`.

pub fn bootstrap_interval(x: &[f64], picks: &[Vec<usize>], level: f64) -> (f64, f64) {
    let mean = |pick: &Vec<usize>| pick.iter().map(|&i| x[i]).sum::<f64>() / pick.len() as f64;
    let mut means: Vec<f64> = picks.iter().map(mean).collect();
    means.sort_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    let of_order = |q: f64| {
        let below = |k: &usize| (*k as f64) < q * means.len() as f64;
        means[(1..means.len()).take_while(below).count()]
    };
    (of_order(tail), of_order(1.0 - tail))
}
