//! The judge of `742_average_pooling`.

use crate::judging::comparison::rows_are;
use crate::judging::inputs::matrix;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::rows;
use proptest::strategy::Strategy;

/// A picture and the side of a block, to a smaller picture.
pub type AveragePooling = fn(&[Vec<f64>], usize) -> Vec<Vec<f64>>;

/// Judges average pooling.
#[must_use]
pub fn average_pooling(answer: AveragePooling) -> Verdict {
    type Case = (Vec<Vec<f64>>, usize);
    let call = |(picture, k): &Case| format!("average_pooling({}, {k})", rows(picture));
    let picture = (2..6_usize, 2..6_usize).prop_flat_map(|(m, n)| matrix(m, n));
    Judge::new(&call)
        .law(
            Law(
                "pooling_a_whole_image_is_a_reduction",
                say!(
                    "the mean of each block of k × k pixels, only of whole blocks",
                    "每个 k × k 像素块的均值，只取完整的块"
                ),
            ),
            &[
                (vec![vec![5.0]], 1),
                (vec![vec![1.0, 2.0], vec![3.0, 6.0]], 2),
                (vec![vec![1.0, 2.0, 9.0], vec![3.0, 6.0, 9.0]], 2),
                (vec![vec![1.0, 1.0, 5.0, 5.0], vec![1.0, 1.0, 5.0, 5.0]], 2),
            ],
            &(picture, 1..3_usize),
            |(picture, k): &Case| {
                if *k == 0 {
                    return Ok(()); // no blocks
                }
                rows_are(&answer(picture, *k), &pooled(picture, *k), 1e-13)
            },
        )
        .verdict()
}

/// First sums over the columns of a block, then over its rows.
fn pooled(picture: &[Vec<f64>], k: usize) -> Vec<Vec<f64>> {
    let narrow = |row: &Vec<f64>| row.chunks_exact(k).map(|c| c.iter().sum()).collect();
    let narrow: Vec<Vec<f64>> = picture.iter().map(narrow).collect();
    let sum = |block: &[Vec<f64>], j: usize| block.iter().map(|row| row[j]).sum::<f64>();
    let mean = |block: &[Vec<f64>]| {
        let columns = 0..block[0].len();
        columns.map(|j| sum(block, j) / (k * k) as f64).collect()
    };
    narrow.chunks_exact(k).map(mean).collect()
}
