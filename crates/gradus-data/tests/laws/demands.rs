//! What a file may ask for: names of any kind, any rank, files that do not overlap, and time in proportion to its length.

use super::archives::{archive, arrays, failed};
use gradus_data::idx::{self, Idx};
use gradus_data::npy::{Npy, Values};
use gradus_data::safetensors::{self, Safetensors};
use gradus_data::{DataError, Limits, Table, npz};
use gradus_testkit::cases;
use proptest::prelude::*;
use std::error::Error;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Words that the header of a safetensors file means something by, and what separates them.
fn word() -> impl Strategy<Value = String> {
    let words = [
        "data_offsets",
        "dtype",
        "shape",
        "metadata",
        "\"data_offsets\":[0,8]",
        "{\"x\":{",
        "[[{",
        "}}]",
        "\\\"",
        "x",
    ];
    prop::sample::select(words.to_vec()).prop_map(str::to_owned)
}

/// An array of one byte.
fn byte() -> Npy {
    Npy {
        shape: vec![1],
        fortran_order: false,
        values: Values::U8(vec![7]),
    }
}

/// Where in an archive its directory begins.
fn directory(archive: &[u8]) -> usize {
    let at = archive.len() - 6;
    let start = archive[at..].first_chunk().copied().unwrap_or_default();
    usize::try_from(u32::from_le_bytes(start)).unwrap_or(usize::MAX)
}

/// The archive with a second line in its directory for its first file, under another name, and so many bytes of comment.
fn with_a_file_twice(archive: &[u8], comment: u16) -> Vec<u8> {
    let start = directory(archive);
    let end = archive.len() - 22;
    let (files, lines, tail) = (&archive[..start], &archive[start..end], &archive[end..]);
    let again = [&lines[..28], b"\x05\0", &lines[30..46], b"!.npy"].concat(); // no name of `arrays`
    let count = u16::from_le_bytes([tail[8], tail[9]]) + 1;
    let length = u32::try_from(lines.len() + again.len()).unwrap_or(u32::MAX);
    [
        files,
        lines,
        &again,
        &tail[..8],
        &[count, count].map(u16::to_le_bytes).concat(),
        &length.to_le_bytes(),
        &tail[16..20],
        &comment.to_le_bytes(),
        &vec![0; usize::from(comment)],
    ]
    .concat()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn names_of_the_format_are_names_like_any_other(
        names in prop::collection::btree_set(word(), 0..8),
        metadata in prop::collection::btree_map(word(), word(), 0..4),
    ) {
        let arrays = names.into_iter().map(|name| (name, byte())).collect();
        let file = Safetensors { arrays, metadata };
        let read = safetensors::read(&file.to_bytes()?[..], &Limits::default())?;
        prop_assert_eq!(read, file);
    }

    #[test]
    fn files_of_an_archive_do_not_overlap(arrays in arrays(), comment in 0_u16..4000) {
        let file = npz::to_bytes(&arrays)?;
        if arrays.is_empty() {
            return Ok(());
        }
        // The comment makes the archive longer than all that its directory tells of.
        let refused = npz::read(&with_a_file_twice(&file, comment)[..], &Limits::default());
        let (first, second) = (0, arrays.len() as u64);
        prop_assert_eq!(refused, Err(DataError::OverlappingFiles { first, second }));
    }

    #[test]
    fn limits_do_not_depend_on_the_order_of_arrays(
        arrays in arrays(),
        is_deflated in any::<[bool; 5]>(),
        share in 0_u64..120,
    ) {
        let files = || arrays.iter().zip(is_deflated).map(|((name, npy), packed)| (name.as_str(), npy, packed));
        let mut size = 0;
        for (_, npy, _) in files().filter(|file| file.2) {
            size += npy.to_bytes()?.len() as u64;
        }
        let limits = Limits { unpacked_bytes: size * share / 100, ..Limits::default() };
        let forth = archive(files()).map_err(failed)?;
        let back = archive(files().collect::<Vec<_>>().into_iter().rev()).map_err(failed)?;
        let expected = size <= limits.unpacked_bytes;
        prop_assert_eq!(npz::read(&forth[..], &limits).is_ok(), expected);
        prop_assert_eq!(npz::read(&back[..], &limits).is_ok(), expected);
        // The file as it lies on disk may be smaller than what it unfolds to.
        let limits = Limits { file_bytes: forth.len() as u64, ..Limits::default() };
        prop_assert_eq!(npz::read(&forth[..], &limits)?, arrays);
    }

    #[test]
    fn arrays_have_at_most_64_dimensions(rank in 0_usize..80, fortran_order: bool) {
        let npy = Npy { shape: vec![1; rank], fortran_order, ..byte() };
        let alone = npy.to_bytes();
        let arrays = vec![("x".to_owned(), npy)];
        let file = npz::to_bytes(&arrays);
        if rank <= 64 {
            prop_assert_eq!(npz::read(&file?[..], &Limits::default())?, arrays);
        } else {
            let (rank, least, most) = (rank as u64, 0, 64);
            let error = DataError::WrongRank { rank, least, most };
            prop_assert_eq!(alone, Err(error.clone()));
            let reason = Box::new(error);
            prop_assert_eq!(file, Err(DataError::InArray { name: "x".into(), reason }));
        }
    }
}

/// The time grows as the number of columns does, a few seconds here without optimization: its square would be minutes.
#[test]
fn wide_tables_take_linear_time() -> Result<(), Box<dyn Error>> {
    const COLUMNS: u64 = 300_000;
    let (done, table) = mpsc::channel();
    thread::spawn(move || {
        let numbers: Vec<u8> = (0..COLUMNS).map(|i| i.to_le_bytes()[0]).collect();
        let wide = Npy {
            shape: vec![1, COLUMNS],
            values: Values::U8(numbers),
            ..byte()
        };
        done.send(wide.table())
    });
    let table = table.recv_timeout(Duration::from_mins(1))??;
    assert_eq!(table.features() as u64, COLUMNS);
    assert_eq!(table.column("299999"), Some(299_999));
    Ok(())
}

/// Without a line no byte stands for a column, and a file of a hundred bytes may tell of any number.
#[test]
fn columns_of_nothing_are_limited() {
    let allowed = Limits::default().columns;
    let at_least = allowed + 1;
    let error = DataError::LimitExceeded {
        limit: "columns",
        allowed,
        at_least,
    };
    let npy = |columns| Npy {
        shape: vec![0, columns],
        values: Values::U8(Vec::new()),
        ..byte()
    };
    assert_eq!(npy(at_least).table(), Err(error.clone()));
    assert_eq!(
        npy(allowed).table().map(|table| table.features() as u64),
        Ok(allowed)
    );
    let idx = Idx {
        dimensions: vec![0, u32::try_from(at_least).unwrap_or(u32::MAX)],
        values: idx::Values::U8(Vec::new()),
    };
    assert_eq!(Table::from_idx(&idx), Err(error));
}
