//! The judge of `713_two_layer_gradient`.

use crate::judging::comparison::is_gradient;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, rows, vector};
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Both layers, input and target, to a flat gradient.
pub type TwoLayerGradient = fn(&[Vec<f64>], &[f64], &[f64], f64) -> Vec<f64>;

/// Judges two layer gradient.
#[must_use]
pub fn two_layer_gradient(answer: TwoLayerGradient) -> Verdict {
    type Case = ((Vec<Vec<f64>>, Vec<f64>), (Vec<f64>, f64));
    let call = |((w, v), (x, y)): &Case| {
        format!(
            "gradient(w = {}, v = {}, x = {}, y = {})",
            rows(w),
            vector(v),
            vector(x),
            number(*y)
        )
    };
    Judge::new(&call)
.law(Law("gradients_are_derivatives", say!("an entry is the slope of the loss along its weight: first those of w, row by row, then those of v", "每个分量是损失对相应权重的偏导数：先是 w，逐行排列，然后是 v")), &[((vec![vec![0.0]], vec![1.0]), (vec![1.0], 0.0)), ((vec![vec![1.0]], vec![1.0]), (vec![2.0], 0.0)), ((vec![vec![1.0, -1.0], vec![0.5, 0.0]], vec![1.0, 2.0]), (vec![1.0, 0.5], 1.0))], &(1..3_usize, 1..3_usize).prop_flat_map(|(k, n)| ((vec(vec(-1.0..1.0, n), k), vec(-1.0..1.0, k)), (vec(-1.0..1.0, n), -1.0..1.0))), |((w, v), (x, y)): &Case| {
            let (k, n) = (w.len(), x.len());
            if v.len() != k || w.iter().any(|row| row.len() != n) || n == 0 {
                return Ok(()); // shapes that do not fit
            }
            let loss = |t: &[f64]| {
                let h = |i: usize| (0..n).map(|j| t[i * n + j] * x[j]).sum::<f64>().tanh();
                let p: f64 = (0..k).map(|i| t[k * n + i] * h(i)).sum();
                (p - y) * (p - y)
            };
            let flat: Vec<f64> = w.iter().flatten().chain(v).copied().collect();
            let unpack = |t: &[f64]| -> (Vec<Vec<f64>>, Vec<f64>) {
                (t[..k * n].chunks(n).map(<[f64]>::to_vec).collect(), t[k * n..].to_vec())
            };
            let gradient = |t: &[f64]| {
                let (w, v) = unpack(t);
                answer(&w, &v, x, *y)
            };
            is_gradient(gradient, loss, &flat)
        })
.verdict()
}
