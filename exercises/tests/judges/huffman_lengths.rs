//! What goes wrong in `441_huffman_lengths`.

use crate::{solved, told};
use gradus_judges::{Verdict, huffman_lengths as judge};

#[path = "../../answers/441_huffman_lengths.rs"]
mod answer;
#[path = "../../tasks/441_huffman_lengths.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::huffman_lengths), Verdict::ToDo);
    solved(&judge(answer::huffman_lengths));
}

/// Groups put together two by two; what the new group weighs, and whose words get longer, is asked for.
fn merged(
    weights: &[f64],
    lightest_first: bool,
    weight: impl Fn(f64, f64) -> f64,
    longer: impl Fn(&[usize]) -> usize,
) -> Vec<usize> {
    let mut lengths = vec![0; weights.len()];
    let mut groups: Vec<(f64, Vec<usize>)> = weights
        .iter()
        .copied()
        .zip((0..).map(|i| vec![i]))
        .collect();
    while groups.len() > 1 {
        groups.sort_by(|a, b| {
            if lightest_first {
                a.0.total_cmp(&b.0)
            } else {
                b.0.total_cmp(&a.0)
            }
        });
        let (w, mut symbols) = groups.remove(0);
        let (v, others) = groups.remove(0);
        for group in [&symbols, &others] {
            group[..longer(group)].iter().for_each(|&i| lengths[i] += 1);
        }
        symbols.extend(others);
        groups.push((weight(w, v), symbols));
    }
    lengths
}

/// Shannon's lengths: never more than a bit too long.
#[test]
fn logarithms_rounded_up() {
    fn wrong(weights: &[f64]) -> Vec<usize> {
        let total: f64 = weights.iter().sum();
        let length = |w: &f64| {
            (0..64_usize)
                .find(|&l| w / total >= 0.5_f64.powf(l as f64))
                .unwrap_or(0)
        };
        weights.iter().map(length).collect()
    }
    told(
        &judge(wrong),
        "Not yet. huffman_lengths([1, 1, 1]) is [2, 2, 2], of the mean length 2; 1.666667 is possible.",
        "还不对。huffman_lengths([1, 1, 1]) 得到 [2, 2, 2]，平均长度 2；可以做到 1.666667。",
    );
}

#[test]
fn one_length_for_all() {
    told(
        &judge(|w| vec![w.len().next_power_of_two().trailing_zeros() as usize; w.len()]),
        "Not yet. huffman_lengths([2, 1, 1]) is [2, 2, 2], of the mean length 2; 1.5 is possible.",
        "还不对。huffman_lengths([2, 1, 1]) 得到 [2, 2, 2]，平均长度 2；可以做到 1.5。",
    );
}

#[test]
fn the_heaviest_first() {
    told(
        &judge(|w| merged(w, false, |w, v| w + v, <[usize]>::len)),
        "Not yet. huffman_lengths([2, 1, 1]) is [2, 2, 1], of the mean length 1.75; 1.5 is possible.",
        "还不对。huffman_lengths([2, 1, 1]) 得到 [2, 2, 1]，平均长度 1.75；可以做到 1.5。",
    );
}

#[test]
fn only_the_first_of_a_group_gets_longer() {
    told(
        &judge(|w| merged(w, true, |w, v| w + v, |_| 1)),
        "Not yet. huffman_lengths([2, 1, 1]) is [1, 2, 1]; Σ 2⁻ˡ is 1.25, so no prefix code has these lengths.",
        "还不对。huffman_lengths([2, 1, 1]) 得到 [1, 2, 1]；Σ 2⁻ˡ 是 1.25，没有前缀码具有这样的长度。",
    );
}

#[test]
fn a_group_weighs_as_its_heavier_half() {
    told(
        &judge(|w| merged(w, true, f64::max, <[usize]>::len)),
        "Not yet. huffman_lengths([4, 5, 2, 4]) is [3, 1, 3, 2], of the mean length 2.066667; 2 is possible.",
        "还不对。huffman_lengths([4, 5, 2, 4]) 得到 [3, 1, 3, 2]，平均长度 2.066667；可以做到 2。",
    );
}
