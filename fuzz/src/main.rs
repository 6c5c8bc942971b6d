//! One reader of `gradus-data`, named by the environment variable `READER`, under libFuzzer.
//!
//! What is asked of a file is what the tests of the corpus ask.

#![no_main]

#[path = "../../crates/gradus-data/tests/corpus/readers.rs"]
mod readers;

use libfuzzer_sys::fuzz_target;
use readers::READERS;
use std::sync::LazyLock;

static READER: LazyLock<usize> = LazyLock::new(|| {
    let name = std::env::var("READER").unwrap_or_default();
    let place = READERS.iter().position(|(reader, _)| *reader == name);
    place.unwrap_or_else(|| panic!("READER is {name:?}, not one of {:?}", READERS.map(|(reader, _)| reader)))
});

fuzz_target!(|file: &[u8]| {
    let _ = READERS[*READER].1(file);
});
