//! The loop around an equation.

use crate::core::entrywise::{At, Entrywise};
use crate::core::layout::Entry;
use crate::core::ordinary::ordinary;
use crate::core::transformation::{Grain, Now, Over, Part, Reach, Transformation, Vector};
use crate::error::OptimError;
use gradus_numeric::{Float, vectorized};
use std::array::from_fn;
use std::iter::zip;

/// An equation as the loop that runs it.
#[derive(Debug)]
pub(crate) struct Loop<W>(pub(crate) W);

impl<T: Float, W: Entrywise<T>> Transformation<T> for Loop<W> {
    fn check(&self) -> Result<(), OptimError> {
        const { assert!(W::WIDTH <= WIDEST, "a loop has at most six state vectors") };
        self.0.check()
    }

    fn grain(&self) -> Grain {
        Grain::Entry
    }

    fn by_tensor(&self) -> bool {
        self.0.by_tensor()
    }

    fn vectors(&self, tensor: &Entry) -> Vec<(Vector, usize)> {
        let length = tensor.window().len();
        let vectors = self.0.vectors().into_iter();
        vectors.map(|vector| (vector, length)).collect()
    }

    fn numbers(&self) -> Vec<&'static str> {
        self.0.number_names()
    }

    fn start(&self, part: Part<'_, T>) {
        let mut state = [T::default(); WIDEST];
        for (i, &theta) in part.theta.iter().enumerate() {
            state.fill(T::default());
            self.0.start(theta, &mut state[..W::WIDTH]);
            for (vector, &x) in zip(part.vectors.iter_mut(), &state) {
                vector[i] = x;
            }
        }
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        self.0.prepare(now, numbers)
    }

    fn sums(&self) -> Option<Over> {
        W::SUMS
    }

    fn measure(&self, update: &[T], theta: &[T]) -> [f64; 2] {
        let mut lanes = [[0.0; LANES]; 2];
        vectorized(
            #[inline(always)]
            || {
                let (u, u_rest) = update.as_chunks::<LANES>();
                let (w, w_rest) = theta.as_chunks::<LANES>();
                for (u, w) in zip(u, w) {
                    for i in 0..LANES {
                        let [a, b] = self.0.sum(u[i].to_f64(), w[i].to_f64());
                        lanes[0][i] += a;
                        lanes[1][i] += b;
                    }
                }
                for (i, (u, w)) in zip(u_rest, w_rest).enumerate() {
                    let [a, b] = self.0.sum(u.to_f64(), w.to_f64());
                    lanes[0][i] += a;
                    lanes[1][i] += b;
                }
            },
        );
        lanes.map(|lane| lane.iter().sum())
    }

    fn apply(&self, part: Part<'_, T>) {
        let entry = self.0.entry(at(&part));
        match W::WIDTH {
            0 => each::<T, 0>(part, entry),
            1 => each::<T, 1>(part, entry),
            2 => each::<T, 2>(part, entry),
            3 => each::<T, 3>(part, entry),
            4 => each::<T, 4>(part, entry),
            5 => each::<T, 5>(part, entry),
            _ => each::<T, 6>(part, entry),
        }
    }

    fn descend(&self, gradient: [&[T]; 2], theta: &mut [T], part: Part<'_, T>) -> bool {
        let entry = self.0.entry(at(&part));
        match W::WIDTH {
            0 => fused::<T, 0>(gradient, theta, part, entry),
            1 => fused::<T, 1>(gradient, theta, part, entry),
            2 => fused::<T, 2>(gradient, theta, part, entry),
            3 => fused::<T, 3>(gradient, theta, part, entry),
            4 => fused::<T, 4>(gradient, theta, part, entry),
            5 => fused::<T, 5>(gradient, theta, part, entry),
            _ => fused::<T, 6>(gradient, theta, part, entry),
        }
    }

    fn learns(&self) -> bool {
        W::LEARNS
    }

    fn learn(&self, curvature: &[T], vectors: &mut [&mut [T]]) {
        let mut state = [T::default(); WIDEST];
        for (i, &curvature) in curvature.iter().enumerate() {
            zip(&mut state, vectors.iter()).for_each(|(s, vector)| *s = vector[i]);
            self.0.learn(curvature, &mut state[..W::WIDTH]);
            zip(vectors.iter_mut(), &state).for_each(|(vector, &s)| vector[i] = s);
        }
    }

    fn skips(&self, numbers: &mut [f64]) -> bool {
        self.0.skips(numbers)
    }

    fn evaluate(&self, numbers: &[f64], vectors: &[&[T]], parameters: &mut [T]) {
        for (i, x) in parameters.iter_mut().enumerate() {
            *x = self
                .0
                .evaluate(numbers, *x, &at_entry(vectors, i)[..W::WIDTH]);
        }
    }

    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        self.0.bound(reach, numbers)
    }

    fn unsound(&self, reach: Reach, numbers: &[f64], vectors: &[&[T]]) -> Option<usize> {
        let length = vectors.first().map_or(0, |vector| vector.len());
        (0..length).find(|&i| {
            let state = at_entry(vectors, i);
            !self.0.admits(reach, numbers, &state[..W::WIDTH])
        })
    }
}

/// The state of entry `i`.
fn at_entry<T: Float>(vectors: &[&[T]], i: usize) -> [T; WIDEST] {
    let mut state = [T::default(); WIDEST];
    zip(&mut state, vectors).for_each(|(s, vector)| *s = vector[i]);
    state
}

fn at<'a, T>(part: &Part<'a, T>) -> At<'a> {
    At {
        tensor: part.tensor,
        numbers: part.numbers,
        sums: part.sums,
    }
}

/// $`u_i \leftarrow f(u_i, \theta_i, \text{state}_i)`$.
#[allow(clippy::needless_pass_by_value, reason = "a part is used up")]
#[inline(always)]
fn each<T: Float, const K: usize>(part: Part<'_, T>, entry: impl Fn(T, T, &mut [T]) -> T + Copy) {
    let n = part.update.len();
    let (update, theta) = (&mut part.update[..n], &part.theta[..n]);
    let mut vectors = part.vectors.iter_mut();
    let state: [&mut [T]; K] = from_fn(|_| vectors.next().map_or(&mut [][..], |v| &mut v[..n]));
    vectorized(
        #[inline(always)]
        move || {
            for i in 0..n {
                let mut s: [T; K] = from_fn(|k| state[k][i]);
                update[i] = entry(update[i], theta[i], &mut s);
                for k in 0..K {
                    state[k][i] = s[k];
                }
            }
        },
    );
}

/// $`\theta_i \leftarrow \theta_i + f(g_i, \theta_i, \text{state}_i)`$, and whether all are ordinary.
#[allow(clippy::needless_pass_by_value, reason = "a part is used up")]
#[inline(always)]
fn fused<T: Float, const K: usize>(
    [a, b]: [&[T]; 2],
    theta: &mut [T],
    part: Part<'_, T>,
    entry: impl Fn(T, T, &mut [T]) -> T + Copy,
) -> bool {
    let n = theta.len();
    let mut vectors = part.vectors.iter_mut();
    let state: [&mut [T]; K] = from_fn(|_| vectors.next().map_or(&mut [][..], |v| &mut v[..n]));
    let a = &a[..n];
    if b.is_empty() {
        descent(
            #[inline(always)]
            move |i| a[i],
            theta,
            state,
            entry,
        )
    } else {
        let b = &b[..n];
        descent(
            #[inline(always)]
            move |i| a[i] + b[i],
            theta,
            state,
            entry,
        )
    }
}

/// The loop of [`fused`], for a gradient of one or of two shards.
#[inline(always)]
fn descent<T: Float, const K: usize>(
    gradient: impl Fn(usize) -> T,
    theta: &mut [T],
    state: [&mut [T]; K],
    entry: impl Fn(T, T, &mut [T]) -> T + Copy,
) -> bool {
    let limit = ordinary::<T>();
    vectorized(
        #[inline(always)]
        move || {
            let mut all = true;
            for i in 0..theta.len() {
                let mut s: [T; K] = from_fn(|k| state[k][i]);
                let x = theta[i];
                let x = x + entry(gradient(i), x, &mut s);
                theta[i] = x;
                all &= x.abs() <= limit;
                for k in 0..K {
                    state[k][i] = s[k];
                }
            }
            all
        },
    )
}

/// How many state vectors one loop can have.
const WIDEST: usize = 6;
/// Four registers of doubles for each sum hide the latency of the additions.
const LANES: usize = 32;
