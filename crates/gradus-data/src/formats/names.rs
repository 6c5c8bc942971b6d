//! Names of arrays in one file.

use crate::error::{DataError, excerpt};

/// Each name is text of 1 to 512 bytes without control characters, and the only one of its kind.
pub(super) fn check_names<'n>(names: impl Iterator<Item = &'n str>) -> Result<(), DataError> {
    let names: Vec<&str> = names.collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    let is_alone = |name: &str| {
        let first = sorted.partition_point(|other| *other < name);
        let behind = sorted.partition_point(|other| *other <= name);
        behind.saturating_sub(first) == 1
    };
    let is_name =
        |name: &str| (1..=LONGEST_NAME).contains(&name.len()) && !name.contains(char::is_control);
    for (index, name) in (0..).zip(&names) {
        if !(is_name(name) && is_alone(name)) {
            let text = excerpt(name.as_bytes());
            return Err(DataError::InvalidArrayName { index, text });
        }
    }
    Ok(())
}

/// A longer name is none of a parameter or a column.
const LONGEST_NAME: usize = 512;
