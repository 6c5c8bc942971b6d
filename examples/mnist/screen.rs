//! What is said on stdout and stderr. A closed pipe or a full disk ends no training.

use std::fmt::Display;
use std::io::{self, Write};

/// Says things on stdout, and remembers the first one that could not be said.
#[derive(Default)]
pub(crate) struct Screen {
    failure: Option<io::Error>,
}

impl Screen {
    /// One piece of text and the end of its line; nothing more after a failure.
    pub(crate) fn say(&mut self, text: impl Display) {
        if self.failure.is_none() {
            let mut out = io::stdout();
            self.failure = writeln!(out, "{text}").and_then(|()| out.flush()).err();
        }
    }

    /// Whether everything was said.
    pub(crate) fn end(self) -> Result<(), String> {
        match self.failure {
            None => Ok(()),
            Some(error) => Err(format!("stdout takes no more: {error}")),
        }
    }
}

/// Says something on stderr. A failure loses nothing: the exit code tells whether it went well.
pub(crate) fn whisper(text: impl Display) {
    let _ = writeln!(io::stderr(), "{text}");
}
