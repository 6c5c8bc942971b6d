//! Settings that change from step to step.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::{Now, Over, Reach, Vector};
use crate::error::OptimError;
use gradus_numeric::Float;
use std::fmt;

/// A transformation whose settings are a function of the step.
///
/// ```math
/// u = f_{s(t)}(g, \theta, \text{state})
/// ```
///
/// where $`s(t)`$ are the settings that the function gives for the number $`t`$ of steps already made; the state goes on
/// from settings to settings.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | constant settings change no bit | `constant_settings_may_be_scheduled` |
///
/// # Numerics
///
/// A bound that holds for fixed settings may fail where they change, so a looser one counts here: Adam's by
/// $`\varepsilon`$. Where none is known, as for [`Trace`](crate::Trace), the step is refused.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses what the first settings are refused for; a step, what its own are refused for.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Link, ScaleByFactor, Scheduled, Shape, chain};
///
/// let falling = Scheduled(|step: u64| ScaleByFactor { factor: -1.0 / (step + 1) as f64 });
/// let optimizer = chain(vec![Link::new(falling)])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let mut theta = [0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// for _ in 0..2 {
///     optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]))?;
/// }
/// assert_eq!(theta, [-1.5]); // 1 + 1/2
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
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
    const LEARNS: bool = W::LEARNS;

    fn check(&self) -> Result<(), OptimError> {
        (self.0)(0).check()
    }

    fn by_tensor(&self) -> bool {
        (self.0)(0).by_tensor()
    }

    fn vectors(&self) -> Vec<Vector> {
        (self.0)(0).vectors()
    }

    fn number_names(&self) -> Vec<&'static str> {
        [(self.0)(0).number_names(), vec!["step"]].concat()
    }

    fn start(&self, theta: T, state: &mut [T]) {
        (self.0)(0).start(theta, state);
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let settings = (self.0)(now.step - 1);
        settings.check()?;
        let (own, step) = numbers.split_at_mut(W::COUNT);
        step.fill((now.step - 1) as f64);
        settings.prepare(
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

    /// With the first settings: an estimate comes between steps.
    fn learn(&self, curvature: T, state: &mut [T]) {
        (self.0)(0).learn(curvature, state);
    }

    fn skips(&self, numbers: &mut [f64]) -> bool {
        self.now(numbers).skips(&mut numbers[..W::COUNT])
    }

    fn evaluate(&self, numbers: &[f64], theta: T, state: &[T]) -> T {
        let settings = self.now(numbers);
        settings.evaluate(&numbers[..W::COUNT], theta, state)
    }

    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        self.now(numbers)
            .bound_of_any_past(reach, &numbers[..W::COUNT])
    }

    fn bound_of_any_past(&self, reach: Reach, numbers: &[f64]) -> f64 {
        self.bound(reach, numbers)
    }

    fn admits(&self, reach: Reach, numbers: &[f64], state: &[T]) -> bool {
        self.now(numbers).admits(reach, &numbers[..W::COUNT], state)
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
