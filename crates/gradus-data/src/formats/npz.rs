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
use crate::formats::input::{Input, check, opened};
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
/// [`Limits::elements`] counts for all arrays together, [`Limits::unpacked_bytes`] for all that are deflated, whatever their
/// order. No two files of the archive may overlap: else a small one could unpack to any number of bytes.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | written arrays are read back, in their order | `written_archives_are_read_back` |
/// | deflated arrays are those that were stored | `deflated_arrays_are_those_that_were_stored` |
/// | limits do not depend on the order of the arrays | `limits_do_not_depend_on_the_order_of_arrays` |
/// | files that overlap are refused | `files_of_an_archive_do_not_overlap` |
/// | a damaged file is an error or other arrays, never a panic | `damaged_archives_are_refused_or_read` |
///
/// # Errors
///
/// [`DataError::NotNpz`], [`DataError::DamagedArchive`], [`DataError::OverlappingFiles`], [`DataError::PackingMethod`],
/// [`DataError::InvalidArrayName`], [`DataError::LimitExceeded`], [`DataError::Io`]; [`DataError::InArray`] with the name
/// and one of the errors of [`npy::read`].
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
    let (mut arrays, mut elements) = (Vec::new(), 0_u64);
    for (entry, name) in entries.iter().zip(names) {
        let array = array(entry, limits).map_err(|error| error.in_array(name))?;
        elements = elements.saturating_add(array.values.len() as u64);
        check("elements", limits.elements, elements)?;
        arrays.push((name.to_owned(), array));
    }
    Ok(arrays)
}

/// The array of one file.
fn array(entry: &Entry<'_>, limits: &Limits) -> Result<Npy, DataError> {
    let content = entry.content()?;
    // Whoever packs twice, with gzip inside, has not written this by NumPy.
    npy::read_from(Input::counted(&content[..])?, limits)
}

/// The arrays as the bytes of an NPZ file, stored and not deflated, in their order.
///
/// The same arrays give the same bytes: the time of each file is the first of 1980.
///
/// # Errors
///
/// [`DataError::InvalidArrayName`]; [`DataError::InArray`] with an error of [`Npy::to_bytes`];
/// [`DataError::ArchiveTooLarge`].
///
/// # Examples
///
/// See [`read`].
pub fn to_bytes(arrays: &[(String, Npy)]) -> Result<Vec<u8>, DataError> {
    check_names(arrays.iter().map(|(name, _)| name.as_str()))?;
    let file = |(name, array): &(String, Npy)| {
        let bytes = array.to_bytes().map_err(|error| error.in_array(name))?;
        Ok::<_, DataError>((format!("{name}.npy"), bytes))
    };
    let files: Vec<_> = arrays.iter().map(file).collect::<Result<_, _>>()?;
    zip::write(&files).ok_or_else(|| DataError::ArchiveTooLarge {
        arrays: files.len() as u64,
        bytes: files.iter().map(|(_, file)| file.len() as u64).sum(),
    })
}
