//! A sentence in English and in Chinese.

/// The languages of verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Chinese.
    Chinese,
}

/// A sentence in both languages, with the same numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

impl Text {
    /// The sentence in one language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Chinese => &self.zh,
        }
    }
}

/// A sentence in both languages; what stands in braces is a variable, as in `format!`.
macro_rules! say {
    ($en:literal, $zh:literal) => {
        $crate::judging::text::Text {
            en: format!($en),
            zh: format!($zh),
        }
    };
}
pub(crate) use say;
