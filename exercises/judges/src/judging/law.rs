//! Trying a law: on small inputs by hand first, then on drawn ones; what breaks it is made small.

use super::short::Short;
use super::text::{Text, say};
use super::verdict::{Broken, Verdict};
use gradus_testkit::cases;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

/// Tries law after law, until one is broken.
pub(crate) struct Judge<'a, X> {
    /// The call in words.
    call: &'a dyn Fn(&X) -> String,
    /// Laws and cases so far, or what ended the judgement.
    so_far: Result<(usize, u32), Verdict>,
}

/// A law: its test in the library (empty if there is none), and what it says.
pub(crate) struct Law(pub(crate) &'static str, pub(crate) Text);

/// Why a case does not pass.
enum Failure {
    ToDo,
    But(Text),
}

impl<'a, X: Short> Judge<'a, X> {
    pub(crate) fn new(call: &'a dyn Fn(&X) -> String) -> Self {
        Self {
            call,
            so_far: Ok((0, 0)),
        }
    }

    /// Tries a law on small inputs (the smallest first) and on drawn ones. The `Err` of the check tells what came out
    /// and what should have.
    pub(crate) fn law(
        mut self,
        Law(law, says): Law,
        first: &[X],
        more: &impl Strategy<Value = X>,
        check: impl Fn(&X) -> Result<(), Text>,
    ) -> Self {
        if let Ok((laws, cases)) = self.so_far {
            self.so_far = match counterexample(first, more, &check) {
                Ok(more) => Ok((laws + 1, cases + more)),
                Err((_, Failure::ToDo)) => Err(Verdict::ToDo),
                Err((x, Failure::But(but))) => Err(Verdict::Broken(Broken {
                    law,
                    says,
                    call: (self.call)(&x),
                    but,
                })),
            };
        }
        self
    }

    pub(crate) fn verdict(self) -> Verdict {
        match self.so_far {
            Ok((laws, cases)) => Verdict::Solved { laws, cases },
            Err(verdict) => verdict,
        }
    }
}

/// The number of cases in which the check passed, or a small input where it does not.
fn counterexample<X: Short>(
    first: &[X],
    more: &impl Strategy<Value = X>,
    check: &impl Fn(&X) -> Result<(), Text>,
) -> Result<u32, (X, Failure)> {
    for x in first {
        caught(check, x).map_err(|but| (x.clone(), but))?;
    }
    let config = Config {
        cases: 256,
        failure_persistence: None,
        ..cases()
    };
    let drawn = config.cases;
    let tried = TestRunner::new(config).run(more, |x| {
        caught(check, &x).map_err(|_| TestCaseError::fail("broken"))
    });
    match tried {
        Err(TestError::Fail(_, x)) => Err(shortest(check, x)),
        _ => Ok(drawn + u32::try_from(first.len()).unwrap_or(0)),
    }
}

/// Shortens an input that breaks a law as long as it still does.
fn shortest<X: Short>(check: &impl Fn(&X) -> Result<(), Text>, mut x: X) -> (X, Failure) {
    let mut but = caught(check, &x).err().unwrap_or(Failure::ToDo);
    'again: loop {
        for shorter in x.shorter() {
            if let Err(still) = caught(check, &shorter) {
                (x, but) = (shorter, still);
                continue 'again;
            }
        }
        return (x, but);
    }
}

/// The check, where a panic of the answer is an answer too.
fn caught<X>(check: &impl Fn(&X) -> Result<(), Text>, x: &X) -> Result<(), Failure> {
    let before = panic::take_hook();
    panic::set_hook(Box::new(|info| {
        let line = info.location().map_or(0, panic::Location::line);
        LINE.set(line);
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(|| check(x)));
    panic::set_hook(before);
    let payload = match result {
        Ok(verdict) => return verdict.map_err(Failure::But),
        Err(payload) => payload,
    };
    let message = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    if message.starts_with("not yet implemented") {
        return Err(Failure::ToDo);
    }
    let line = LINE.get();
    Err(Failure::But(say!(
        "panics at line {line}: {message}",
        "在第 {line} 行发生 panic：{message}"
    )))
}

thread_local! {
    /// Where the answer panicked.
    static LINE: Cell<u32> = const { Cell::new(0) };
}
