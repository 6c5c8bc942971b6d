//! Files that readers meet: good ones, broken ones, hostile ones. The name of each begins with the answer that it must get.

#[path = "corpus/readers.rs"]
mod readers;

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
