//! Where in the file is this number? Book: *Files and pictures*.

/// Where the element with this `index` is in the file of an array of this `shape`, counted in elements from 0.
///
/// In the usual order the last index changes fastest; in Fortran's order the first one does.
pub fn offset(shape: &[usize], index: &[usize], fortran_order: bool) -> usize {
    todo!("{shape:?} {index:?} {fortran_order:?}")
}

gradus_judges::judge!(offset);
