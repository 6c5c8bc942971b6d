//! The judge of `547_leave_one_out`.

use crate::judging::comparison::is;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;

/// Judges leave-one-out of the mean.
#[must_use]
pub fn leave_one_out(answer: fn(&[f64]) -> f64) -> Verdict {
    type Case = Vec<f64>;
    let call = |y: &Case| format!("leave_one_out({})", vector(y));
    Judge::new(&call)
        .law(
            Law(
                "leave_one_out_of_least_squares_has_a_closed_form",
                say!(
                    "the residual of sample i is (yᵢ - ȳ) / (1 - 1/n): larger than that of the mean of all",
                    "样本 i 的残差为 (yᵢ - ȳ) / (1 - 1/n)：比用全体平均时更大"
                ),
            ),
            &[vec![0.0, 2.0], vec![0.0, 0.0, 3.0], vec![0.0, 2.0, 4.0, 6.0]],
            &vec(whole(), 2..7),
            |y: &Case| {
                if y.len() < 2 {
                    return Ok(()); // no other sample
                }
                let n = y.len() as f64;
                let mean = y.iter().sum::<f64>() / n;
                let squares = y.iter().map(|y| ((y - mean) / (1.0 - 1.0 / n)).powi(2));
                is(answer(y), squares.sum::<f64>() / n, 1e-12)
            },
        )
        .verdict()
}
