//! Damaged and malicious files: every answer is `Ok` or `Err`, and memory stays bounded.
//!
//! A binary of its own, because counting allocations takes a global allocator.

use allocation_counter::measure;
use flate2::Compression;
use flate2::write::GzEncoder;
use gradus_data::csv::{self, Column, Format, Header};
use gradus_data::idx::{self, Idx};
use gradus_data::{DataError, LabelledImages, LabelledTable, Limits, Table};
use gradus_random::{Key, uniform_below};
use std::io::{self, Read, Write};

/// Two images of 2 × 3 pixels.
fn images() -> Vec<u8> {
    let header = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3];
    [&header[..], &[0, 50, 100, 150, 200, 250, 1, 2, 3, 4, 5, 6]].concat()
}

fn labels() -> Vec<u8> {
    vec![0, 0, 8, 1, 0, 0, 0, 2, 7, 3]
}

/// A small valid file of each type and rank.
fn idx_files() -> Vec<Vec<u8>> {
    let mut files = vec![images(), labels(), vec![0, 0, 8, 1, 0, 0, 0, 0]];
    for (code, size) in [(9, 1), (0x0b, 2), (0x0c, 4), (0x0d, 4), (0x0e, 8)] {
        files.push(
            [
                &[0, 0, code, 2, 0, 0, 0, 2, 0, 0, 0, 3],
                &vec![1; 6 * size][..],
            ]
            .concat(),
        );
        files.push(
            [
                &[
                    0, 0, code, 4, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1,
                ],
                &vec![7; size][..],
            ]
            .concat(),
        );
    }
    files
}

fn csv_files() -> Vec<Vec<u8>> {
    let texts = [
        "x,y\n1,2\n3,4\n",
        "a\n1\n",
        "\u{feff}x,y,label\r\n1.5,-2e3,0\r\n0.25,1e-300,1\r\n",
        "\"sepal length\",\"a \"\"b\"\"\"\n\"1\",2\n",
        "x,y\n\n 1 ,\t2\n\n",
    ];
    texts.map(|text| text.as_bytes().to_vec()).to_vec()
}

#[expect(clippy::expect_used, reason = "writing to memory does not fail")]
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory does not fail");
    encoder.finish().expect("memory does not fail")
}

fn read_idx(file: &[u8]) -> Result<Idx, DataError> {
    idx::read(file, &Limits::default())
}

fn read_csv(file: &[u8]) -> Result<Table, DataError> {
    csv::read(file, &Format::default(), &Limits::default())
}

/// What a reader must keep in mind, whatever it reads: valid or refused, in bounded memory.
fn survives<T>(
    file: &[u8],
    read: impl Fn(&[u8]) -> Result<T, DataError>,
    is_valid: impl Fn(&T) -> bool,
) -> Result<T, DataError> {
    let mut answer = Err(DataError::Empty);
    let memory = measure(|| answer = read(file)).bytes_max;
    let bound = (1 << 20) + 4 * file.len() as u64;
    assert!(
        memory <= bound,
        "{memory} bytes for a file of {}",
        file.len()
    );
    match &answer {
        Ok(value) => assert!(
            is_valid(value),
            "an invalid value from {:?}",
            file.escape_ascii().to_string()
        ),
        Err(error) => assert!(error.to_string().len() < 300, "{error}"),
    }
    answer
}

fn idx_survives(file: &[u8]) -> Result<Idx, DataError> {
    survives(file, read_idx, |idx| {
        let count: u64 = idx.dimensions.iter().map(|&d| u64::from(d)).product();
        (1..=4).contains(&idx.dimensions.len()) && idx.values.len() as u64 == count
    })
}

fn csv_survives(file: &[u8]) -> Result<Table, DataError> {
    survives(file, read_csv, |table| {
        table.features() > 0
            && !table.is_empty()
            && table.values().len() == table.len() * table.features()
            && table.values().iter().all(|value| value.is_finite())
    })
}

/// The last column as labels of any text, comments and missing numbers allowed.
fn labelled_survives(file: &[u8]) -> Result<LabelledTable, DataError> {
    let format = Format {
        comment: Some(b'#'),
        skip: 1,
        header: Header::Absent,
        missing: &["", "NA"],
        ..Format::default()
    };
    let read = |file: &[u8]| csv::read_labelled(file, &format, Column::Last, &Limits::default());
    survives(file, read, |table| {
        let classes = table.classes() as usize;
        !table.is_empty()
            && table.values().len() == table.len() * table.features()
            && table
                .labels()
                .iter()
                .all(|&label| (label as usize) < classes)
            && table.class_names().len() == classes
    })
}

/// `count` variants of a file with one to four bytes replaced, taken out or put in.
fn edits(file: &[u8], count: u32, stream: u64) -> impl Iterator<Item = Vec<u8>> {
    let mut rng = Key::new(24).stream(stream).rng();
    (0..count).map(move |_| {
        let mut draw = |below: usize| {
            let below = u32::try_from(below).unwrap_or(u32::MAX).max(1);
            uniform_below(below, &mut rng).unwrap_or(0) as usize
        };
        let mut edited = file.to_vec();
        for _ in 0..=draw(4) {
            let at = draw(edited.len());
            let byte = INTERESTING.get(draw(2 * INTERESTING.len())).copied();
            let byte = byte.unwrap_or_else(|| draw(256).to_le_bytes()[0]);
            match draw(4) {
                0 if at < edited.len() => drop(edited.remove(at)),
                1 => edited.insert(at, byte),
                _ => edited
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|old| *old = byte),
            }
        }
        edited
    })
}

fn bit_flips(file: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..8 * file.len()).map(|bit| {
        let mut flipped = file.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        flipped
    })
}

#[test]
fn every_prefix_is_truncated() {
    for file in idx_files() {
        assert!(idx_survives(&file).is_ok());
        for end in 0..file.len() {
            let error = idx_survives(&file[..end]).map(|_| ());
            assert!(
                matches!(error, Err(DataError::Truncated { .. })),
                "{end}: {error:?}"
            );
        }
        let longer = idx_survives(&[&file[..], &[0]].concat()).map(|_| ());
        assert_eq!(
            longer,
            Err(DataError::TrailingBytes {
                end: file.len() as u64
            })
        );
    }
}

#[test]
fn every_prefix_of_a_packed_file_is_truncated() {
    let packed = gzip(&images());
    assert_eq!(idx_survives(&packed), idx_survives(&images()));
    for end in 0..packed.len() {
        let error = idx_survives(&packed[..end]).map(|_| ());
        let truncated = matches!(
            error,
            Err(DataError::Truncated { .. } | DataError::TruncatedGzip { .. })
        );
        assert!(truncated, "{end}: {error:?}");
    }
    let end = images().len() as u64;
    for behind in [&[0][..], b"garbage", &packed] {
        let error = idx_survives(&[&packed[..], behind].concat()).map(|_| ());
        assert_eq!(error, Err(DataError::TrailingBytes { end }));
    }
}

#[test]
fn damaged_idx_files_are_refused_or_read() {
    for (stream, file) in (0..).zip(idx_files()) {
        bit_flips(&file[..file.len().min(20)]).for_each(|head| {
            let _ = idx_survives(&[&head, &file[head.len()..]].concat());
        });
        edits(&file, EDITS, stream).for_each(|file| drop(idx_survives(&file)));
        let packed = gzip(&file);
        edits(&packed, EDITS / 4, stream).for_each(|file| drop(idx_survives(&file)));
    }
}

/// A flipped bit in the code or the checksum never changes the data unseen.
#[test]
fn a_flipped_bit_in_a_packed_file_is_found() {
    let (packed, expected) = (gzip(&images()), read_idx(&images()));
    for (bit, flipped) in bit_flips(&packed).enumerate() {
        let answer = idx_survives(&flipped);
        // The header has a time and notes, the code a few bits of padding, of no consequence.
        assert!(
            answer.is_err() || answer == expected,
            "bit {bit}: {answer:?}"
        );
    }
}

#[test]
fn damaged_csv_files_are_refused_or_read() {
    for (stream, file) in (100..).zip(csv_files()) {
        assert!(csv_survives(&file).is_ok(), "{:?}", csv_survives(&file));
        (0..file.len()).for_each(|end| drop(csv_survives(&file[..end])));
        bit_flips(&file).for_each(|file| drop(csv_survives(&file)));
        edits(&file, EDITS, stream).for_each(|file| {
            let _ = csv_survives(&file);
            let _ = labelled_survives(&file);
        });
    }
}

/// An IDX file of bytes that declares these dimensions and holds three bytes.
fn declaring(dimensions: &[u32]) -> Vec<u8> {
    let head = [0, 0, 8, u8::try_from(dimensions.len()).unwrap_or(0)];
    let lengths = dimensions.iter().flat_map(|d| d.to_be_bytes());
    head.into_iter().chain(lengths).chain([1, 2, 3]).collect()
}

fn all_are_refused(zoo: &[(Vec<u8>, DataError)]) {
    for (file, expected) in zoo {
        let answer = idx_survives(file);
        assert_eq!(answer.as_ref(), Err(expected), "{}", file.escape_ascii());
    }
}

#[test]
fn huge_declared_sizes_are_refused() {
    let allowed = Limits::default().elements;
    let limit = "elements";
    let too_many = |at_least| DataError::LimitExceeded {
        limit,
        allowed,
        at_least,
    };
    let truncated = DataError::Truncated {
        need: 1 << 31,
        have: 3,
    };
    all_are_refused(&[
        (declaring(&[1 << 31]), truncated),
        (declaring(&[(1 << 31) + 1]), too_many((1 << 31) + 1)),
        (
            declaring(&[u32::MAX; 2]),
            too_many(u64::from(u32::MAX).pow(2)),
        ),
        (declaring(&[u32::MAX; 3]), DataError::SizeOverflow),
        (declaring(&[u32::MAX; 4]), DataError::SizeOverflow),
        (
            declaring(&[u32::MAX, 0]),
            DataError::TrailingBytes { end: 12 },
        ),
    ]);
}

#[test]
fn the_zoo_of_idx_files() {
    let rank = |rank| DataError::WrongRank {
        rank,
        least: 1,
        most: 4,
    };
    let not_idx = |start: &str| DataError::NotIdx {
        start: start.into(),
    };
    let empty = DataError::Truncated { need: 4, have: 0 };
    let damaged = DataError::DamagedGzip { unpacked: 0 };
    all_are_refused(&[
        (vec![], empty.clone()),
        (b"\x89PNG\r\n".to_vec(), not_idx("\\x89PNG")),
        (b"1,2\n3,4\n".to_vec(), not_idx("1,2\\n")),
        (
            vec![0, 0, 7, 1, 0, 0, 0, 0],
            DataError::UnknownType { code: 7 },
        ),
        (vec![0, 0, 8, 0], rank(0)),
        (vec![0, 0, 8, 5], rank(5)),
        (vec![0, 0, 8, 255], rank(255)),
        (vec![0x1f, 0x8b], DataError::TruncatedGzip { unpacked: 0 }),
        (b"\x1f\x8bnot gzip at all".to_vec(), damaged),
        (gzip(&[]), empty),
        (gzip(&gzip(&images())), not_idx("\\x1f\\x8b\\x08\\x00")),
    ]);
}

#[test]
fn images_and_labels_must_belong_together() {
    let pair = |images: &[u8], labels: &[u8], classes| {
        let (images, labels) = (read_idx(images)?, read_idx(labels)?);
        LabelledImages::from_idx(images, &labels, classes)
    };
    assert!(pair(&images(), &labels(), 10).is_ok());
    let label = DataError::LabelOutOfRange {
        index: 0,
        label: 7.0,
        classes: 7,
    };
    assert_eq!(pair(&images(), &labels(), 7), Err(label));
    let one = [0, 0, 8, 1, 0, 0, 0, 1, 7];
    let count = DataError::CountMismatch {
        samples: 2,
        labels: 1,
    };
    assert_eq!(pair(&images(), &one, 10), Err(count));
    let swapped = DataError::WrongRank {
        rank: 1,
        least: 3,
        most: 3,
    };
    assert_eq!(pair(&labels(), &images(), 10), Err(swapped));
    // Labels may be of any type as long as they are whole; pixels are bytes.
    let halves = [0, 0, 0x0d, 1, 0, 0, 0, 2, 0x3f, 0, 0, 0, 0x3f, 0, 0, 0];
    let label = DataError::LabelOutOfRange {
        index: 0,
        label: 0.5,
        classes: 10,
    };
    assert_eq!(pair(&images(), &halves, 10), Err(label));
    let zeros = [&halves[..8], &[0; 8]].concat();
    assert!(pair(&images(), &zeros, 10).is_ok());
    let floats = [
        &[0, 0, 0x0d, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1][..],
        &[0; 8],
    ]
    .concat();
    let found = "f32";
    assert_eq!(
        pair(&floats, &zeros, 10),
        Err(DataError::WrongType { found })
    );
}

fn all_tables_are_refused(zoo: &[(&[u8], DataError)]) {
    for (file, expected) in zoo {
        let answer = csv_survives(file);
        assert_eq!(answer.as_ref(), Err(expected), "{}", file.escape_ascii());
    }
}

#[test]
fn tables_of_the_wrong_form_are_refused() {
    let count = |line, expected, found| DataError::WrongFieldCount {
        line,
        expected,
        found,
        first: 1,
    };
    let name = |column, text: &str| DataError::InvalidName {
        column,
        text: text.into(),
    };
    all_tables_are_refused(&[
        (b"", DataError::Empty),
        (b"\n\n\n", DataError::Empty),
        (b"\xef\xbb\xbf", DataError::Empty),
        (b"x,y", DataError::Empty),
        (b"x,y\n", DataError::Empty),
        (b"x,y\n1\n", count(2, 2, 1)),
        (b"x,y\n1,2\n3,4,5\n", count(3, 2, 3)),
        (b"x,y\r\n1,2\r\n3\r\n", count(3, 2, 1)),
        (b"x,y\r\n\r\n1,2\r\n \n3", count(5, 2, 1)),
        (b"x,y\n1,2\n\n3\n", count(4, 2, 1)),
        (b"x,y\n1,2,\n", count(2, 2, 3)),
        (b"x;y\n1,5;2\n", count(2, 1, 2)),
        (b"x,y\n1,\"2\n", DataError::UnclosedQuote),
        (b"\"x\ny\",z\n1,2\n", name(1, "x\\ny")),
        (b"x,x\n1,2\n", name(1, "x")),
        (b"x,\x1b[31m\n1,2\n", name(2, "\\x1b[31m")),
        (b"x,\xff\n1,2\n", name(2, "\\xff")),
    ]);
}

#[test]
fn what_is_no_finite_number_is_refused() {
    let bad = |line, column, text: &str| DataError::NotANumber {
        line,
        column,
        text: text.into(),
    };
    let infinite = |value| DataError::NonFinite {
        line: 2,
        column: 1,
        value,
    };
    all_tables_are_refused(&[
        (b"x,y\n,2\n", bad(2, 1, "")),
        (b"x,y\n1,two\n", bad(2, 2, "two")),
        (b"x,y\n1,\xff\x00\n", bad(2, 2, "\\xff\\x00")),
        (b"x,y\n1,1e\n", bad(2, 2, "1e")),
        (b"x,y\n\"1\n\",2\n\n3,z", bad(5, 2, "z")),
        (b"x,y\n\"1\n\",z\n", bad(2, 2, "z")),
        (b"x,y\ninf,2\n", infinite(f64::INFINITY)),
        (b"x,y\n-Infinity,2\n", infinite(f64::NEG_INFINITY)),
        (b"x,y\n1e999,2\n", infinite(f64::INFINITY)),
    ]);
    let nan = csv_survives(b"x,y\nNaN,2\n").map(|_| ());
    assert!(matches!(nan, Err(DataError::NonFinite { value, .. }) if value.is_nan()));
    let long = "9".repeat(70) + "x";
    let excerpt = csv_survives(format!("x\n{long}\n").as_bytes());
    assert_eq!(excerpt, Err(bad(2, 1, &long[..64])));
}

#[test]
fn labels_of_tables_are_checked() {
    let labelled =
        |text: &[u8]| -> Result<LabelledTable, DataError> { read_csv(text)?.labelled(1, 3) };
    assert_eq!(
        labelled(b"x,y\n5,2\n").map(|table| table.labels().to_vec()),
        Ok(vec![2])
    );
    for (text, label) in [
        (&b"x,y\n5,3\n"[..], 3.0),
        (b"x,y\n5,-1\n", -1.0),
        (b"x,y\n5,1.5\n", 1.5),
    ] {
        let error = DataError::LabelOutOfRange {
            index: 0,
            label,
            classes: 3,
        };
        assert_eq!(labelled(text), Err(error));
    }
}

/// A file that unfolds to far more than it holds is stopped by its own declaration, or by a limit.
#[test]
fn bombs_do_not_go_off() {
    let zeros = vec![0; 20 << 20];
    let bomb = gzip(&[&[0, 0, 8, 1, 0, 0, 0, 9][..], &zeros].concat());
    let error = idx_survives(&bomb).map(|_| ());
    assert_eq!(error, Err(DataError::TrailingBytes { end: 17 }));

    let declared = [&[0, 0, 8, 1], &(20_u32 << 20).to_be_bytes()[..], &zeros].concat();
    let bomb = gzip(&declared);
    let limited = |limits: Limits| move |file: &[u8]| idx::read(file, &limits);
    let limits = Limits {
        unpacked_bytes: 1 << 16,
        ..Limits::default()
    };
    let error = survives(&bomb, limited(limits), |_| false).map(|_| ());
    assert!(
        matches!(
            error,
            Err(DataError::LimitExceeded {
                limit: "unpacked_bytes",
                ..
            })
        ),
        "{error:?}"
    );
    let limits = Limits {
        file_bytes: 1 << 12,
        ..Limits::default()
    };
    let error = survives(&bomb, limited(limits), |_| false).map(|_| ());
    assert!(
        matches!(
            error,
            Err(DataError::LimitExceeded {
                limit: "file_bytes",
                ..
            })
        ),
        "{error:?}"
    );
}

/// A table of one endless line is stopped by a limit, and does not fill the memory before.
#[test]
fn endless_lines_are_refused() {
    let limit = |answer: Result<Table, DataError>| match answer {
        Err(DataError::LimitExceeded { limit, .. }) => limit,
        _ => "none",
    };
    let names = ",".repeat(3 << 20);
    assert_eq!(limit(csv_survives(names.as_bytes())), "columns");
    let digits = "1".repeat(5 << 20);
    assert_eq!(limit(csv_survives(digits.as_bytes())), "record_bytes");
    let digits = "1".repeat(2 << 20);
    assert_eq!(
        limit(csv_survives(format!("x\n{digits}\n").as_bytes())),
        "field_bytes"
    );
    let quoted = format!("\"{}", "\n".repeat(5 << 20));
    assert_eq!(limit(csv_survives(quoted.as_bytes())), "record_bytes");
    let mut endless = Err(DataError::Empty);
    let memory = measure(|| {
        let format = Format {
            header: Header::Absent,
            ..Format::default()
        };
        endless = csv::read(
            b"1,2\n".chain(io::repeat(b'7')),
            &format,
            &Limits::default(),
        );
    });
    assert_eq!(limit(endless), "record_bytes");
    assert!(memory.bytes_max <= (1 << 20) + 4 * Limits::default().record_bytes);
    let limits = Limits {
        elements: 3,
        ..Limits::default()
    };
    let limited = |file: &[u8]| csv::read(file, &Format::default(), &limits);
    assert_eq!(
        limit(survives(b"x,y\n1,2\n3,4\n", limited, |_| false)),
        "elements"
    );
    let limits = Limits {
        classes: 2,
        ..Limits::default()
    };
    let labelled = |file: &[u8]| {
        csv::read_labelled(file, &Format::default(), Column::Last, &limits)
            .map(|labelled| labelled.table().clone())
    };
    assert_eq!(
        limit(survives(b"x,y\n1,a\n3,b\n5,c\n", labelled, |_| false)),
        "classes"
    );
}

#[test]
fn what_the_operating_system_says_is_kept() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::PermissionDenied.into())
        }
    }
    let kind = io::ErrorKind::PermissionDenied;
    let packed = gzip(&images());
    for start in [&[][..], &[0], &images()[..9], &packed[..2], &packed[..20]] {
        let error = idx::read(start.chain(Failing), &Limits::default());
        assert_eq!(error, Err(DataError::Io { kind }), "{}", start.len());
    }
    for start in [&[][..], b"x", b"x,y\n1,"] {
        let error = csv::read(start.chain(Failing), &Format::default(), &Limits::default());
        assert_eq!(error, Err(DataError::Io { kind }), "{}", start.len());
    }
}

const EDITS: u32 = 2000;
const INTERESTING: [u8; 16] = *b"\x00\x01\x08\x1f\x7f\x80\x8b\xff,\"\n\r.e-9";
