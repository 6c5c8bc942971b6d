//! How much a file may ask for.

/// How much a file may ask for before it is refused.
///
/// No size written *in* a file is believed: memory grows only with bytes that have arrived. The
/// limits bound what may arrive, and what a compressed file may unfold to. How much smaller the compressed file is
/// does not matter: ten million labels 0, 1, 0, 1, … shrink to a thousandth, and are no attack.
///
/// # Examples
///
/// ```
/// use gradus_data::{DataError, Limits, idx};
///
/// // Rank 1, unsigned bytes, length 5.
/// let file = [0, 0, 8, 1, 0, 0, 0, 5, 10, 20, 30, 40, 50];
/// let limits = Limits { elements: 4, ..Limits::default() };
/// let error = idx::read(&file[..], &limits).unwrap_err();
/// assert_eq!(error, DataError::LimitExceeded { limit: "elements", allowed: 4, at_least: 5 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file as it lies on disk.
    pub file_bytes: u64,
    /// Bytes that a compressed file may unfold to.
    pub unpacked_bytes: u64,
    /// Numbers in an array or a table.
    pub elements: u64,
    /// Arrays in a file of arrays.
    pub arrays: u64,
    /// Columns of a table.
    pub columns: u64,
    /// Bytes of one line of a table.
    pub record_bytes: u64,
    /// Bytes of one entry of a table.
    pub field_bytes: u64,
    /// Different labels of a table.
    pub classes: u64,
}

impl Default for Limits {
    /// Far above every ordinary data set, far below what hurts: files of 4 GiB, unpacked 1 GiB, 2³¹ numbers,
    /// 10⁵ arrays, 10⁵ columns, lines of 4 MiB, entries of 1 MiB, 10⁵ classes.
    fn default() -> Self {
        Self {
            file_bytes: 4 << 30,
            unpacked_bytes: 1 << 30,
            elements: 1 << 31,
            arrays: 100_000,
            columns: 100_000,
            record_bytes: 4 << 20,
            field_bytes: 1 << 20,
            classes: 100_000,
        }
    }
}
