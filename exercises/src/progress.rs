//! What is solved, and how many hints were shown: `exercises/.progress`, one line a task.

use crate::task::{Task, root};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::{fs, io};

/// Per task: the hash of the source that was solved (0 for none), and the hints shown.
#[derive(Debug)]
pub(crate) struct Progress(BTreeMap<String, (u64, usize)>);

impl Progress {
    /// Nothing has been judged here before.
    pub(crate) fn is_new() -> bool {
        !root().join(FILE).exists()
    }

    /// What cannot be read was not there.
    pub(crate) fn read() -> Self {
        let text = fs::read_to_string(root().join(FILE)).unwrap_or_default();
        let line = |line: &str| {
            let mut words = line.split(' ');
            let name = words.next()?.to_owned();
            Some((
                name,
                (words.next()?.parse().ok()?, words.next()?.parse().ok()?),
            ))
        };
        Self(text.lines().filter_map(line).collect())
    }

    /// A solved task that is edited has to be solved again.
    pub(crate) fn is_solved(&self, task: &Task) -> io::Result<bool> {
        let known = self.0.get(&task.name);
        Ok(known.is_some_and(|&(hash, _)| hash != 0) && known.map(|k| k.0) == Some(hash(task)?))
    }

    pub(crate) fn hints(&self, task: &Task) -> usize {
        self.0.get(&task.name).map_or(0, |&(_, hints)| hints)
    }

    pub(crate) fn set(&mut self, task: &Task, solved: bool) -> io::Result<()> {
        let hash = if solved { hash(task)? } else { 0 };
        self.0.entry(task.name.clone()).or_default().0 = hash;
        self.write()
    }

    pub(crate) fn set_hints(&mut self, task: &Task, hints: usize) -> io::Result<()> {
        self.0.entry(task.name.clone()).or_default().1 = hints;
        self.write()
    }

    fn write(&self) -> io::Result<()> {
        let lines = self.0.iter();
        let lines = lines.map(|(name, (hash, hints))| format!("{name} {hash} {hints}\n"));
        fs::write(root().join(FILE), lines.collect::<String>())
    }
}

fn hash(task: &Task) -> io::Result<u64> {
    let mut hasher = DefaultHasher::new();
    task.source()?.hash(&mut hasher);
    Ok(hasher.finish())
}

const FILE: &str = ".progress";
