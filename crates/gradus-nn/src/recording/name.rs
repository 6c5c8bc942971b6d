//! How a layer calls a layer within it.

use std::fmt;

/// The name of a layer within the layer around it: a number in a list, or a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name<'a> {
    /// The place in a list.
    Number(usize),
    /// A word, without a dot.
    Word(&'a str),
}

impl Name<'_> {
    /// Whether a layer with that number, or else that path, has this name.
    pub(super) fn is(self, number: Option<usize>, path: &str) -> bool {
        match (self, number) {
            (Self::Number(own), Some(number)) => own == number,
            (Self::Word(word), None) => {
                let path = path.strip_suffix('.').unwrap_or(path);
                path.strip_suffix(word)
                    .is_some_and(|before| before.is_empty() || before.ends_with('.'))
            }
            _ => false,
        }
    }

    pub(super) const fn number(self) -> Option<usize> {
        match self {
            Self::Number(number) => Some(number),
            Self::Word(_) => None,
        }
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Word(word) => f.write_str(word),
        }
    }
}

impl From<usize> for Name<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number)
    }
}

impl<'a> From<&'a str> for Name<'a> {
    fn from(word: &'a str) -> Self {
        Self::Word(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_name_of_a_path_counts() {
        assert!(Name::from("long").is(None, "3.long."));
        assert!(Name::from("a.b").is(None, "a.b."));
        assert!(!Name::from("ong").is(None, "3.long."));
        assert!(Name::from(3).is(Some(3), "0.3."));
        assert!(!Name::from("3").is(Some(3), "0.3."));
    }
}
