//! Files that were once read wrongly, or refused without a reason.

use flate2::Compression;
use flate2::write::GzEncoder;
use gradus_data::csv::{self, Format};
use gradus_data::{DataError, Limits, Table, idx, open_folder};
use std::error::Error;
use std::io::Write;

fn read(text: &str) -> Result<Table, DataError> {
    csv::read(text.as_bytes(), &Format::default(), &Limits::default())
}

/// A quoted entry of nothing is an entry: its line is not blank.
#[test]
fn a_quoted_missing_value_is_not_dropped() {
    let missing = |line| DataError::NotANumber {
        line,
        column: 1,
        text: String::new(),
    };
    assert_eq!(read("x\n1\n\"\"\n3\n"), Err(missing(3)));
    let with_returns = read("x\r\n1\r\n\r\n\"\"\r\n3\r\n");
    assert_eq!(with_returns, Err(missing(4)));
    assert!(read("x\n1\n\" \"\n3\n").is_err());
    assert_eq!(
        read("x\n1\n\n  \n\t\r\n3\n").map(|table| table.len()),
        Ok(2)
    ); // blank lines are none
}

#[test]
fn the_line_that_is_named_is_that_of_the_file() {
    let error = read("\n\nx,y\n1\n").map(|_| ()).unwrap_err();
    assert_eq!(error.to_string(), "line 4 has 1 entries, line 3 has 2");
}

/// Ten million labels 0, 1, 0, 1, … shrink to a thousandth and are no bomb.
#[test]
fn alternating_labels_may_be_packed() -> Result<(), Box<dyn Error>> {
    let n = 10_000_000_u32;
    let labels: Vec<u8> = (0..n).map(|i| u8::from(i % 2 == 1)).collect();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&[0, 0, 8, 1])?;
    encoder.write_all(&n.to_be_bytes())?;
    encoder.write_all(&labels)?;
    let array = idx::read(&encoder.finish()?[..], &Limits::default())?;
    assert_eq!(array.values, idx::Values::U8(labels));
    Ok(())
}

/// Some copies of MNIST are named with a point.
#[test]
fn names_with_a_point_are_found() -> Result<(), Box<dyn Error>> {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("points");
    std::fs::create_dir_all(&folder)?;
    let images = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 200];
    let labels = [0, 0, 8, 1, 0, 0, 0, 1, 4];
    std::fs::write(folder.join("train-images.idx3-ubyte"), images)?;
    std::fs::write(folder.join("train-labels.idx1-ubyte"), labels)?;
    std::fs::write(folder.join("t10k-images.idx3-ubyte"), images)?;
    std::fs::write(folder.join("t10k-labels-idx1-ubyte"), labels)?;
    let data = open_folder(&folder, 10, &Limits::default())?;
    assert_eq!((data.train.labels(), data.test.len()), (&[4][..], 1));
    Ok(())
}
