//! Two transformations in one loop.

use crate::core::entrywise::{At, Entrywise};
use crate::core::ordinary::finite_in;
use crate::core::transformation::{Now, Over, Reach, Vector};
use crate::error::OptimError;
use gradus_numeric::Float;

/// One transformation and then another one, in one loop; longer ones are pairs of pairs.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses a second transformation that needs sums: they are measured before the loop begins.
impl<T: Float, A: Entrywise<T>, B: Entrywise<T>> Entrywise<T> for (A, B) {
    const WIDTH: usize = A::WIDTH + B::WIDTH;
    const COUNT: usize = A::COUNT + B::COUNT;
    const SUMS: Option<Over> = A::SUMS;
    const LEARNS: bool = A::LEARNS || B::LEARNS;

    fn check(&self) -> Result<(), OptimError> {
        if B::SUMS.is_some() {
            return Err(OptimError::SumsInsidePair);
        }
        self.0.check()?;
        self.1.check()
    }

    fn by_tensor(&self) -> bool {
        self.0.by_tensor() || self.1.by_tensor()
    }

    fn vectors(&self) -> Vec<Vector> {
        [self.0.vectors(), self.1.vectors()].concat()
    }

    fn number_names(&self) -> Vec<&'static str> {
        [self.0.number_names(), self.1.number_names()].concat()
    }

    fn start(&self, theta: T, state: &mut [T]) {
        let (first, second) = state.split_at_mut(A::WIDTH);
        self.0.start(theta, first);
        self.1.start(theta, second);
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let (first, second) = numbers.split_at_mut(A::COUNT);
        let (before_first, before_second) = now.before.split_at(A::COUNT);
        let at = |before| Now { before, ..*now };
        self.0.prepare(&at(before_first), first)?;
        self.1.prepare(&at(before_second), second)
    }

    fn sum(&self, u: f64, theta: f64) -> [f64; 2] {
        self.0.sum(u, theta)
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T, A, B> {
        let (first, second) = at.numbers.split_at(A::COUNT);
        let of = |numbers| At { numbers, ..at };
        let (first, second) = (self.0.entry(of(first)), self.1.entry(of(second)));
        #[inline(always)]
        move |g: T, theta: T, state: &mut [T]| {
            let (own, rest) = state.split_at_mut(A::WIDTH);
            second(first(g, theta, own), theta, rest)
        }
    }

    fn learn(&self, curvature: T, state: &mut [T]) {
        let (first, second) = state.split_at_mut(A::WIDTH);
        self.0.learn(curvature, first);
        self.1.learn(curvature, second);
    }

    fn skips(&self, numbers: &mut [f64]) -> bool {
        let (first, second) = numbers.split_at_mut(A::COUNT);
        let skips = self.0.skips(first);
        self.1.skips(second) || skips
    }

    fn evaluate(&self, numbers: &[f64], theta: T, state: &[T]) -> T {
        let (first, second) = numbers.split_at(A::COUNT);
        let (own, rest) = state.split_at(A::WIDTH);
        let theta = self.0.evaluate(first, theta, own);
        self.1.evaluate(second, theta, rest)
    }

    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        let (first, second) = numbers.split_at(A::COUNT);
        let g = finite_in::<T>(self.0.bound(reach, first));
        self.1.bound(Reach { g, ..reach }, second)
    }

    fn bound_of_any_past(&self, reach: Reach, numbers: &[f64]) -> f64 {
        let (first, second) = numbers.split_at(A::COUNT);
        let g = finite_in::<T>(self.0.bound_of_any_past(reach, first));
        self.1.bound_of_any_past(Reach { g, ..reach }, second)
    }

    fn admits(&self, reach: Reach, numbers: &[f64], state: &[T]) -> bool {
        let (first, second) = numbers.split_at(A::COUNT);
        let (own, rest) = state.split_at(A::WIDTH);
        let g = finite_in::<T>(self.0.bound(reach, first));
        self.0.admits(reach, first, own) && self.1.admits(Reach { g, ..reach }, second, rest)
    }
}
