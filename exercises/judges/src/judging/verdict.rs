//! What a judge says.

use super::text::{Language, Text};
use std::env;
use std::process::ExitCode;

/// What a judge says of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Every law held in every case.
    Solved {
        /// How many laws.
        laws: usize,
        /// How many cases of them, in all.
        cases: u32,
    },
    /// The body is still `todo!()`.
    ToDo,
    /// A law does not hold.
    Broken(Broken),
}

/// A law that does not hold, and the smallest input found to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// The test in the library that states the law; empty if the task alone states it.
    pub law: &'static str,
    /// The law in words.
    pub says: Text,
    /// The call: `log_sum_exp([1000])`.
    pub call: String,
    /// What came out, and what should have: `is ∞, not 1000`.
    pub but: Text,
}

impl Verdict {
    /// Prints the verdict, in Chinese where `GRADUS_LANGUAGE` is `zh`; exit code 0 for solved, 1 for a broken law, 3 for a
    /// body to be written.
    #[allow(clippy::print_stdout, reason = "a verdict is told")]
    #[must_use]
    pub fn tell(&self) -> ExitCode {
        let chinese = env::var("GRADUS_LANGUAGE").is_ok_and(|it| it == "zh");
        let language = if chinese {
            Language::Chinese
        } else {
            Language::English
        };
        println!("{}", self.text().in_language(language));
        match self {
            Self::Solved { .. } => ExitCode::SUCCESS,
            Self::Broken(_) => ExitCode::from(1),
            Self::ToDo => ExitCode::from(3),
        }
    }

    /// The verdict in words.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Solved { laws, cases } => {
                let hold = if *laws == 1 { "law holds" } else { "laws hold" };
                super::text::say!(
                    "Solved: {laws} {hold} in {cases} cases.",
                    "通过：{laws} 条定律在 {cases} 个例子中全部成立。"
                )
            }
            Self::ToDo => super::text::say!(
                "To do: the body is still todo!().",
                "待完成：函数体还是 todo!()。"
            ),
            Self::Broken(broken) => broken.text(),
        }
    }
}

impl Broken {
    fn text(&self) -> Text {
        let Self {
            law,
            says,
            call,
            but,
        } = self;
        let name = if law.is_empty() {
            String::new()
        } else {
            format!(" ({law})")
        };
        Text {
            en: format!("Not yet. {call} {}.\nThe law: {}{name}", but.en, says.en),
            zh: format!("还不对。{call} {}。\n定律：{}{name}", but.zh, says.zh),
        }
    }
}
