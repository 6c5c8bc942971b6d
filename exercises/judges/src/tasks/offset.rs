//! The judge of `619_offset`.

use crate::judging::law::{Judge, Law};
use crate::judging::text::{Text, say};
use crate::judging::verdict::Verdict;
use proptest::bool::ANY;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// A shape, an index and whether the first index changes fastest, to a place.
pub type Offset = fn(&[usize], &[usize], bool) -> usize;

/// A shape, an index and the order.
type Case = (Vec<usize>, Vec<usize>, bool);

/// Judges the place of an element in a file.
#[must_use]
pub fn offset(answer: Offset) -> Verdict {
    let call = |(shape, index, fortran): &Case| format!("offset({shape:?}, {index:?}, {fortran})");
    let one = (1..5_usize, 0..60_usize).prop_map(|(n, i)| (n, i % n));
    let few = [
        (vec![3], vec![2], false),
        (vec![2, 3], vec![0, 1], false),
        (vec![2, 3], vec![1, 0], false),
        (vec![2, 3], vec![1, 0], true),
        (vec![2, 3], vec![0, 1], true),
        (vec![2, 3, 4], vec![1, 1, 1], false),
        (vec![2, 3, 4], vec![1, 1, 1], true),
    ];
    Judge::new(&call)
        .law(
            Law(
                "a_written_npy_array_is_read_back",
                say!(
                    "as many places before it as elements with a smaller index",
                    "它之前的位置数等于下标更小的元素个数"
                ),
            ),
            &few,
            &(vec(one, 1..4), ANY).prop_map(|(pairs, fortran)| {
                let (shape, index) = pairs.into_iter().unzip();
                (shape, index, fortran)
            }),
            |case: &Case| check(answer, case),
        )
        .verdict()
}

/// Counts through the whole array until the index comes.
fn check(answer: Offset, (shape, index, fortran): &Case) -> Result<(), Text> {
    let inside = shape.iter().zip(index).all(|(n, i)| i < n);
    if shape.len() != index.len() || !inside {
        return Ok(()); // no element
    }
    let (mut at, mut right) = (vec![0; shape.len()], 0);
    while at != *index {
        // an odometer whose last wheel, or first, turns fastest
        let mut wheels: Vec<usize> = (0..shape.len()).collect();
        if !fortran {
            wheels.reverse();
        }
        for wheel in wheels {
            at[wheel] = (at[wheel] + 1) % shape[wheel];
            if at[wheel] != 0 {
                break;
            }
        }
        right += 1;
    }
    let place = answer(shape, index, *fortran);
    if place == right {
        return Ok(());
    }
    Err(say!(
        "is {place}, not {right}",
        "得到 {place}，应为 {right}"
    ))
}
