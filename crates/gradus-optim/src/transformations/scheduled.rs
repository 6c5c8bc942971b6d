//! Settings that change from step to step.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::{Now, Over, Reach};
use crate::error::OptimError;
use gradus_numeric::Float;
use std::fmt;

/// A word whose settings are a function of the step: `Scheduled(|step| ScaleByAdam { beta1: …, ..})`.
///
/// The function is asked with the number of steps already made; state stays.
#[derive(Clone, Copy)]
pub struct Scheduled<F>(pub F);

impl<F> fmt::Debug for Scheduled<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scheduled")
    }
}

impl<T: Float, W: Entrywise<T>, F: Send + Sync> Entrywise<T> for Scheduled<F>
where
    F: Fn(u64) -> W,
{
    const WIDTH: usize = W::WIDTH;
    const COUNT: usize = W::COUNT + 1;
    const SUMS: Option<Over> = W::SUMS;

    fn check(&self) -> Result<(), OptimError> {
        (self.0)(0).check()
    }

    fn by_tensor(&self) -> bool {
        (self.0)(0).by_tensor()
    }

    fn vector_names(&self) -> Vec<&'static str> {
        (self.0)(0).vector_names()
    }

    fn number_names(&self) -> Vec<&'static str> {
        [(self.0)(0).number_names(), vec!["step"]].concat()
    }

    fn start(&self, theta: T, state: &mut [T]) {
        (self.0)(0).start(theta, state);
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let word = (self.0)(now.step - 1);
        word.check()?;
        let (own, step) = numbers.split_at_mut(W::COUNT);
        step.fill((now.step - 1) as f64);
        word.prepare(
            &Now {
                before: &now.before[..W::COUNT],
                ..*now
            },
            own,
        )
    }

    fn sum(&self, u: f64, theta: f64) -> [f64; 2] {
        (self.0)(0).sum(u, theta)
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T, W, F> {
        self.now(at.numbers).entry(At {
            numbers: &at.numbers[..W::COUNT],
            ..at
        })
    }

    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        self.now(numbers).bound(reach, &numbers[..W::COUNT])
    }
}

impl<F> Scheduled<F> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count below 2⁵³"
    )]
    fn now<W>(&self, numbers: &[f64]) -> W
    where
        F: Fn(u64) -> W,
    {
        (self.0)(numbers.last().map_or(0, |&step| step as u64))
    }
}
