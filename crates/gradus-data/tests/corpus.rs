//! Files that readers meet: good ones, broken ones, hostile ones. The name of each begins with the answer that it must get.

#[path = "corpus/readers.rs"]
mod readers;

use flate2::Crc;
use gradus_data::DataError;
use readers::{Answer, READERS};
use std::error::Error;
use std::path::Path;

/// `ok`, or the variants of the error, the outer one first.
fn name(answer: &Answer) -> String {
    match answer {
        Ok(()) => "ok".to_owned(),
        Err(DataError::InArray { reason, .. }) => {
            format!("InArray.{}", name(&Err((**reason).clone())))
        }
        Err(error) => {
            let told = format!("{error:?}");
            let end = told.find(|c: char| !c.is_alphanumeric());
            told[..end.unwrap_or(told.len())].to_owned()
        }
    }
}

#[test]
fn every_file_of_the_corpus_gets_its_answer() -> Result<(), Box<dyn Error>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (folder, reader) in READERS {
        let mut files: Vec<_> =
            std::fs::read_dir(corpus.join(folder))?.collect::<Result<_, _>>()?;
        files.sort_by_key(std::fs::DirEntry::file_name);
        for file in files {
            let title = file.file_name().to_string_lossy().into_owned();
            let answer = reader(&std::fs::read(file.path())?);
            let expected = title.split('-').next().unwrap_or_default();
            if name(&answer) != expected {
                wrong.push(format!("{folder}/{title}: {answer:?}"));
            }
            count += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 150, "{count} files");
    Ok(())
}

/// A PNG file of 70 bytes that promises an image of this size and kind.
fn promise(columns: u32, rows: u32, depth: u8, color: u8) -> Vec<u8> {
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let named = [&name[..], data].concat();
        let mut crc = Crc::new();
        crc.update(&named);
        let length = u32::try_from(data.len()).unwrap_or(0).to_be_bytes();
        [&length[..], &named, &crc.sum().to_be_bytes()].concat()
    };
    let sides = [columns, rows].map(u32::to_be_bytes).concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &[&sides[..], &[depth, color, 0, 0, 0]].concat()),
        chunk(b"IDAT", b"\x78\x9c\x63\0\0\0\x01\0\x01\0\0\0\0"),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

/// The longest line that the limits allow would be a gigabyte of memory. The readers count what they take.
#[test]
fn promises_of_small_images_are_not_believed() {
    let png = READERS.iter().find(|(name, _)| *name == "png");
    for (depth, color) in [(1, 0), (8, 0), (16, 0), (8, 2), (8, 4), (16, 6)] {
        for side in (16..31).map(|k| 1_u32 << k) {
            for (columns, rows) in [(side, 1), (1, side), (side, 2)] {
                let file = promise(columns, rows, depth, color);
                let answer = png.map(|(_, read)| read(&file));
                assert!(
                    matches!(answer, Some(Err(_))),
                    "{columns} × {rows}: {answer:?}"
                );
            }
        }
    }
}
