//! The judge of `441_huffman_lengths`.

use crate::judging::comparison::length;
use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use crate::judging::words::{number, vector};
use gradus_information::{InformationError, huffman_code};
use gradus_numeric::Simplex;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// Judges the lengths of a shortest prefix code.
#[must_use]
pub fn huffman_lengths(answer: fn(&[f64]) -> Vec<usize>) -> Verdict {
    type Case = Vec<f64>;
    let call = |weights: &Case| format!("huffman_lengths({})", vector(weights));
    let asked = |w: &Case| w.len() > 1 && w.iter().all(|w| *w > 0.0);
    let possible = |w: &Case| {
        if asked(w) {
            decodable(w, &answer(w))
        } else {
            Ok(())
        }
    };
    let best = |w: &Case| {
        if asked(w) {
            shortest(w, &answer(w))
        } else {
            Ok(())
        }
    };
    let first = [
        vec![1.0, 1.0],
        vec![2.0, 1.0, 1.0],
        vec![1.0, 1.0, 1.0],
        vec![4.0, 2.0, 1.0, 1.0],
        vec![3.0, 2.0, 2.0, 1.0],
        vec![9.0, 1.0],
        vec![4.0, 5.0, 2.0, 4.0],
    ];
    let more = vec((1..10_u32).prop_map(f64::from), 2..7);
    Judge::new(&call)
        .law(
            Law(
                "kraft_decides_which_lengths_have_a_code",
                say!(
                    "words of these lengths exist, none the beginning of another: Σ 2⁻ˡ ≤ 1",
                    "存在这样长度的码字，且没有一个是另一个的前缀：Σ 2⁻ˡ ≤ 1"
                ),
            ),
            &first,
            &more,
            possible,
        )
        .law(
            Law(
                "no_prefix_code_is_shorter_than_huffmans",
                say!(
                    "no prefix code has a smaller mean length",
                    "没有前缀码的平均长度更小"
                ),
            ),
            &first,
            &more,
            best,
        )
        .verdict()
}

/// `Err` unless the lengths satisfy Kraft's inequality.
fn decodable(weights: &[f64], lengths: &[usize]) -> Result<(), Text> {
    length(lengths.len(), weights.len())?;
    let sum: f64 = lengths.iter().map(|&l| 0.5_f64.powf(l as f64)).sum();
    if sum <= 1.0 {
        return Ok(());
    }
    let sum = number(sum);
    Err(say!(
        "is {lengths:?}; Σ 2⁻ˡ is {sum}, so no prefix code has these lengths",
        "得到 {lengths:?}；Σ 2⁻ˡ 是 {sum}，没有前缀码具有这样的长度"
    ))
}

/// `Err` unless the mean length is Huffman's.
fn shortest(weights: &[f64], lengths: &[usize]) -> Result<(), Text> {
    length(lengths.len(), weights.len())?;
    let total: f64 = weights.iter().sum();
    let terms = weights.iter().zip(lengths).map(|(w, &l)| w * l as f64);
    let mean = terms.sum::<f64>() / total;
    let right = smallest_mean(weights).unwrap_or(f64::NAN);
    if mean <= right + 1e-12 {
        return Ok(());
    }
    let [mean, right] = [mean, right].map(number);
    Err(say!(
        "is {lengths:?}, of the mean length {mean}; {right} is possible",
        "得到 {lengths:?}，平均长度 {mean}；可以做到 {right}"
    ))
}

/// The mean length of the library's code.
fn smallest_mean(weights: &[f64]) -> Result<f64, InformationError> {
    let p = Simplex::from_weights(weights)?;
    huffman_code(&p)?.expected_length(&p)
}
