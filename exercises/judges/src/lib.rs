//! The judges of the exercises: one function a task, from an answer to a [`Verdict`].
//!
//! A judge takes the answer as a plain function pointer. So everything here is compiled once, and a task
//! that was edited is the only thing to compile again.

#![forbid(unsafe_code)]

mod judging;
mod tasks;

pub use judging::text::{Language, Text};
pub use judging::verdict::{Broken, Verdict};
pub use tasks::*;

/// The last line of a task: gives the answer to its judge, of the same name.
#[macro_export]
macro_rules! judge {
    ($answer:ident) => {
        fn main() -> std::process::ExitCode {
            $crate::$answer($answer).tell()
        }
    };
}
