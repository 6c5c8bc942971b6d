//! Permutations of rows and columns.

use std::mem::replace;

/// $`P v`$: entry i is entry `permutation[i]` of $`v`$.
pub(crate) fn permuted<T: Copy>(permutation: &[usize], v: &[T]) -> Vec<T> {
    permutation.iter().map(|&p| v[p]).collect()
}

/// $`P^\top v`$, which [`permuted`] undoes.
pub(crate) fn permuted_back<T: Copy>(permutation: &[usize], v: &[T]) -> Vec<T> {
    let mut x = v.to_vec();
    for (&p, v) in permutation.iter().zip(v) {
        x[p] = *v;
    }
    x
}

/// Whether every row is named once.
pub(crate) fn is_permutation(rows: &[usize]) -> bool {
    let mut is_named = vec![false; rows.len()];
    let mut is_new = |row: usize| {
        let named = is_named.get_mut(row);
        named.is_some_and(|named| !replace(named, true))
    };
    rows.iter().all(|&row| is_new(row))
}

#[cfg(test)]
mod tests {
    use super::{is_permutation, permuted, permuted_back};

    #[test]
    fn one_order_undoes_the_other() {
        assert_eq!(permuted(&[1, 2, 0], &['a', 'b', 'c']), ['b', 'c', 'a']);
        assert_eq!(permuted_back(&[1, 2, 0], &['b', 'c', 'a']), ['a', 'b', 'c']);
    }

    #[test]
    fn every_row_is_named_once() {
        assert!(is_permutation(&[]) && is_permutation(&[1, 2, 0]));
        assert!(!is_permutation(&[1]) && !is_permutation(&[0, 0]) && !is_permutation(&[0, 2]));
    }
}
