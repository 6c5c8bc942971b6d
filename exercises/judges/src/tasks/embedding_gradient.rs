//! The judge of `718_embedding_gradient`.

use crate::judging::comparison::rows_are;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::rows;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// The number of rows, which ones were taken and what flows back, to a gradient of the table.
pub type EmbeddingGradient = fn(usize, &[usize], &[Vec<f64>]) -> Vec<Vec<f64>>;

/// Judges the gradient of a table of three rows; what flows back is made up.
#[must_use]
pub fn embedding_gradient(answer: EmbeddingGradient) -> Verdict {
    /// The rows that were taken, as numbers that can be made shorter.
    type Case = Vec<f64>;
    let call = |index: &Case| {
        let g = rows(&back(index.len()));
        format!("embedding_gradient(3, {:?}, {g})", whole(index))
    };
    let check = |index: &Case| {
        let index = whole(index);
        if index.is_empty() {
            return Ok(()); // not asked for
        }
        let g = back(index.len());
        // A product with columns of one 1 each.
        let one = |s: usize, row: usize| if index[s] == row { 1.0 } else { 0.0 };
        let entry = |row: usize, j: usize| (0..index.len()).map(|s| one(s, row) * g[s][j]).sum();
        let right: Vec<Vec<f64>> = (0..3)
            .map(|row| vec![entry(row, 0), entry(row, 1)])
            .collect();
        rows_are(&answer(3, &index, &g), &right, 0.0)
    };
    let more = |most: usize| vec((0..3).prop_map(f64::from), 1..most);
    Judge::new(&call)
        .law(
            Law(
                "looking_up_is_a_product_with_columns_of_one_one",
                say!(
                    "one sample: its row gets all, the others nothing",
                    "一个样本：它的行得到全部，其余为零"
                ),
            ),
            &[vec![0.0], vec![2.0]],
            &more(2),
            check,
        )
        .law(
            Law(
                "an_embedding_is_a_dense_layer_of_ones",
                say!(
                    "a row that was taken several times gets the sum",
                    "被多次取用的行得到各次之和"
                ),
            ),
            &[vec![1.0, 0.0], vec![1.0, 1.0], vec![2.0, 0.0, 2.0]],
            &more(5),
            check,
        )
        .verdict()
}

/// (1, -1), (2, -2), …
fn back(samples: usize) -> Vec<Vec<f64>> {
    (1..=samples).map(|s| vec![s as f64, -(s as f64)]).collect()
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0, 1 or 2"
)]
fn whole(index: &[f64]) -> Vec<usize> {
    index.iter().map(|&i| i as usize).collect()
}
