//! The reference answer to `619_offset`.

pub fn offset(shape: &[usize], index: &[usize], fortran_order: bool) -> usize {
    let mut pairs: Vec<_> = shape.iter().zip(index).collect();
    if fortran_order {
        pairs.reverse();
    }
    pairs.iter().fold(0, |at, (n, i)| at * **n + **i)
}
