//! NPZ files: arrays by name, as NumPy saves them with `savez` and `savez_compressed`.
//!
//! An NPZ file is a ZIP archive with an NPY file for each array, whose name ends in `.npy`. Its names are keys and no paths:
//! nothing is written where they point. Arrays of Python objects are refused as they are in an NPY file.
//!
//! Reference: NumPy, `numpy.lib.npyio`; PKWARE, *APPNOTE.TXT*, version 6.3.10.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::names::check_names;
use super::npy::{self, Npy};
use super::zip::{self, Entry};
use crate::error::DataError;
use crate::formats::input::{Input, opened};
use crate::formats::limits::Limits;
use std::io::Read;
use std::path::Path;

/// Opens an NPZ file.
///
/// # Errors
///
/// [`DataError::InFile`] with the path and the reason: [`DataError::Io`] if the file cannot be opened, or one of the
/// errors of [`read`].
///
/// # Examples
///
/// ```no_run
/// use gradus_data::{Limits, npz};
///
/// for (name, array) in npz::open("features.npz", &Limits::default())? {
///     println!("{name}: {:?}", array.shape);
/// }
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn open(path: impl AsRef<Path>, limits: &Limits) -> Result<Vec<(String, Npy)>, DataError> {
    opened(path.as_ref(), |file| read(file, limits))
}

/// Reads the arrays of an NPZ file, stored or deflated, in the order of its directory.
///
/// [`Limits::elements`] and [`Limits::unpacked_bytes`] count for all arrays together.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | written arrays are read back, in their order | `written_archives_are_read_back` |
/// | deflated arrays are those that were stored | `deflated_arrays_are_those_that_were_stored` |
/// | a damaged file is an error or other arrays, never a panic | `damaged_archives_are_refused_or_read` |
///
/// # Errors
///
/// [`DataError::NotNpz`], [`DataError::DamagedArchive`], [`DataError::PackingMethod`], [`DataError::InvalidArrayName`],
/// [`DataError::LimitExceeded`], [`DataError::Io`]; [`DataError::InArray`] with the name and one of the errors of
/// [`npy::read`].
///
/// # Examples
///
/// ```
/// use gradus_data::npy::{Npy, Values};
/// use gradus_data::{Limits, npz};
///
/// let x = Npy { shape: vec![2, 2], fortran_order: false, values: Values::F64(vec![1.0, 2.0, 3.0, 4.0]) };
/// let y = Npy { shape: vec![2], fortran_order: false, values: Values::I64(vec![0, 1]) };
/// let arrays = vec![("x".to_owned(), x), ("y".to_owned(), y)];
/// let file = npz::to_bytes(&arrays)?;
/// assert_eq!(npz::read(&file[..], &Limits::default())?, arrays);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn read(reader: impl Read, limits: &Limits) -> Result<Vec<(String, Npy)>, DataError> {
    let mut input = Input::new(reader, limits)?;
    let bytes = input.rest()?;
    input.end()?;
    let entries = zip::read(&bytes, limits)?;
    // No array is without a name, so what has another ending is refused.
    let names = entries.iter().map(|entry| entry.name);
    let names: Vec<&str> = names
        .map(|name| name.strip_suffix(".npy").unwrap_or_default())
        .collect();
    check_names(names.iter().copied())?;
    let (mut arrays, mut left) = (Vec::new(), *limits);
    for (entry, name) in entries.iter().zip(names) {
        let array = array(entry, &mut left).map_err(|error| error.in_array(name))?;
        arrays.push((name.to_owned(), array));
    }
    Ok(arrays)
}

/// The array of one file, and what it takes away from the limits.
fn array(entry: &Entry<'_>, left: &mut Limits) -> Result<Npy, DataError> {
    let content = entry.content(left)?;
    // Whoever packs twice, with gzip inside, has not written this by NumPy.
    let npy = npy::read_from(Input::plain(&content[..], left)?, left)?;
    left.elements = left.elements.saturating_sub(npy.values.len() as u64);
    left.unpacked_bytes = left.unpacked_bytes.saturating_sub(content.len() as u64);
    Ok(npy)
}

/// The arrays as the bytes of an NPZ file, stored and not deflated, in their order.
///
/// The same arrays give the same bytes: the time of each file is the first of 1980.
///
/// # Errors
///
/// [`DataError::InvalidArrayName`]; [`DataError::InArray`] with [`DataError::WrongCount`] for an array that has not as many
/// elements as its dimensions say; [`DataError::ArchiveTooLarge`].
///
/// # Examples
///
/// See [`read`].
pub fn to_bytes(arrays: &[(String, Npy)]) -> Result<Vec<u8>, DataError> {
    check_names(arrays.iter().map(|(name, _)| name.as_str()))?;
    let file = |(name, array): &(String, Npy)| {
        array.check_count().map_err(|error| error.in_array(name))?;
        Ok::<_, DataError>((format!("{name}.npy"), array.to_bytes()))
    };
    let files: Vec<_> = arrays.iter().map(file).collect::<Result<_, _>>()?;
    zip::write(&files).ok_or_else(|| DataError::ArchiveTooLarge {
        arrays: files.len() as u64,
        bytes: files.iter().map(|(_, file)| file.len() as u64).sum(),
    })
}
