//! The pages of the book, which tasks name by their English titles.

use crate::task::{Language, Task, root};
use std::collections::BTreeMap;
use std::{fs, io};

/// A page in one language.
#[derive(Debug)]
pub(crate) struct Page {
    /// From the root of the repository.
    pub(crate) path: String,
    pub(crate) title: String,
}

/// The pages in a language, by their English titles.
#[derive(Debug)]
pub(crate) struct Pages(BTreeMap<String, Page>);

impl Pages {
    pub(crate) fn read(language: Language) -> io::Result<Self> {
        let top = root().join("..");
        let title = |path: &str| -> io::Result<String> {
            let text = fs::read_to_string(top.join(path))?;
            let first = text.lines().next().unwrap_or_default();
            Ok(first.trim_start_matches("# ").to_owned())
        };
        let mut pages = BTreeMap::new();
        for entry in fs::read_dir(top.join("book/en/src"))? {
            let file = entry?.file_name().to_string_lossy().into_owned();
            let english = title(&format!("book/en/src/{file}"))?;
            let path = format!("book/{}/src/{file}", language.of("en", "zh"));
            let title = title(&path)?;
            pages.insert(english, Page { path, title });
        }
        Ok(Self(pages))
    }

    /// The page that a task names in its first line.
    pub(crate) fn of(&self, task: &Task) -> Option<&Page> {
        let source = task.source().ok()?;
        self.0.get(source.lines().next()?.split('*').nth(1)?)
    }
}
