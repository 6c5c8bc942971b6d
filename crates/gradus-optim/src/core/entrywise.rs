//! Words that work entry by entry: one equation, compiled to one loop.

use crate::core::layout::Entry;
use crate::core::step::ordinary;
use crate::core::transformation::{Grain, Now, Over, Part, Reach, Transformation};
use crate::error::OptimError;
use gradus_numeric::{Float, vectorized};
use std::array::from_fn;
use std::fmt::Debug;
use std::iter::zip;

/// A word that works entry by entry.
///
/// It is written as in its paper: [`entry`](Self::entry) gives the function
/// $`(g, \theta, \text{state}) \mapsto u`$ of *one* parameter. The loop around it, its vector
/// instructions, threads and memory are no concern of the word's; a pair of words is a word, in one loop.
///
/// # Examples
///
/// The sign of the gradient as a word of one's own:
///
/// ```
/// use gradus_numeric::{Float, Shape};
/// use gradus_optim::{At, Entrywise, Gradient, Layout, OptimError, Reach, ScaleByLearningRate, Word, chain};
///
/// #[derive(Debug)]
/// struct Sign;
/// impl<T: Float> Entrywise<T> for Sign {
///     fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
///         #[inline(always)]
///         |g: T, _theta, _state: &mut [T]| if g < T::default() { -T::from_f64(1.0) } else { T::from_f64(1.0) }
///     }
///     fn bound(&self, _reach: Reach, _numbers: &[f64]) -> f64 {
///         1.0
///     }
/// }
/// let optimizer = chain(vec![Word::new((Sign, ScaleByLearningRate::new(0.25)))])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let mut theta = [1.0, 1.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1e-9, -1e9]]))?;
/// assert_eq!(theta, [0.75, 1.25]);
/// # Ok::<(), OptimError>(())
/// ```
pub trait Entrywise<T: Float>: Debug + Send + Sync {
    /// Names of the state vectors, each as long as θ.
    const VECTORS: &'static [&'static str] = &[];
    /// Names of the numbers that `prepare` computes.
    const NUMBERS: &'static [&'static str] = &[];
    /// How many state vectors there are.
    const WIDTH: usize = Self::VECTORS.len();
    /// How many numbers there are.
    const COUNT: usize = Self::NUMBERS.len();
    /// What the sums of [`sum`](Self::sum) go over.
    const SUMS: Option<Over> = None;

    /// Whether the settings make sense, also after rounding to `T`.
    ///
    /// # Errors
    ///
    /// The variant of [`OptimError`] that names the setting.
    fn check(&self) -> Result<(), OptimError> {
        Ok(())
    }

    /// Whether the equation depends on the tensor.
    fn by_tensor(&self) -> bool {
        Self::SUMS == Some(Over::Tensor)
    }

    /// All names of the state vectors.
    fn vector_names(&self) -> Vec<&'static str> {
        Self::VECTORS.to_vec()
    }

    /// All names of the numbers.
    fn number_names(&self) -> Vec<&'static str> {
        Self::NUMBERS.to_vec()
    }

    /// The state before the first step; zero by default.
    fn start(&self, _theta: T, _state: &mut [T]) {}

    /// Computes what depends on the step alone.
    ///
    /// # Errors
    ///
    /// As [`Transformation::prepare`].
    fn prepare(&self, _now: &Now<'_>, _numbers: &mut [f64]) -> Result<(), OptimError> {
        Ok(())
    }

    /// What one entry adds to two sums.
    fn sum(&self, _u: f64, _theta: f64) -> [f64; 2] {
        [0.0; 2]
    }

    /// The equation of one entry: $`(g, \theta, \text{state}) \mapsto u`$.
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T, Self>;

    /// The parameter to evaluate with.
    fn evaluate(&self, _numbers: &[f64], theta: T, _state: &[T]) -> T {
        theta
    }

    /// See [`Transformation::bound`].
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64;
}

/// Where an equation is asked for.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// The tensor: settings may depend on its name or shape.
    pub tensor: &'a Entry,
    /// What `prepare` has computed.
    pub numbers: &'a [f64],
    /// What was measured.
    pub sums: [f64; 2],
}

/// One word and then another one, in one loop; longer sentences are pairs of pairs.
impl<T: Float, A: Entrywise<T>, B: Entrywise<T>> Entrywise<T> for (A, B) {
    const WIDTH: usize = A::WIDTH + B::WIDTH;
    const COUNT: usize = A::COUNT + B::COUNT;
    const SUMS: Option<Over> = A::SUMS;

    fn check(&self) -> Result<(), OptimError> {
        if B::SUMS.is_some() {
            return Err(OptimError::NotFirst { position: 1 });
        }
        self.0.check()?;
        self.1.check()
    }

    fn by_tensor(&self) -> bool {
        self.0.by_tensor() || self.1.by_tensor()
    }

    fn vector_names(&self) -> Vec<&'static str> {
        [self.0.vector_names(), self.1.vector_names()].concat()
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
        let first = self.0.entry(At {
            numbers: first,
            ..at
        });
        let second = self.1.entry(At {
            numbers: second,
            ..at
        });
        #[inline(always)]
        move |g: T, theta: T, state: &mut [T]| {
            let (own, rest) = state.split_at_mut(A::WIDTH);
            second(first(g, theta, own), theta, rest)
        }
    }

    fn evaluate(&self, numbers: &[f64], theta: T, state: &[T]) -> T {
        let (first, second) = numbers.split_at(A::COUNT);
        let (own, rest) = state.split_at(A::WIDTH);
        self.1
            .evaluate(second, self.0.evaluate(first, theta, own), rest)
    }

    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        let (first, second) = numbers.split_at(A::COUNT);
        let g = self.0.bound(reach, first);
        self.1.bound(Reach { g, ..reach }, second)
    }
}

/// A word as the loop that runs it.
#[derive(Debug)]
pub(crate) struct Loop<W>(pub(crate) W);

impl<T: Float, W: Entrywise<T>> Transformation<T> for Loop<W> {
    fn check(&self) -> Result<(), OptimError> {
        const { assert!(W::WIDTH <= 6, "a loop has at most six state vectors") };
        self.0.check()
    }

    fn grain(&self) -> Grain {
        Grain::Entry
    }

    fn by_tensor(&self) -> bool {
        self.0.by_tensor()
    }

    fn vectors(&self, tensor: &Entry) -> Vec<(&'static str, usize)> {
        let length = tensor.window().len();
        let names = self.0.vector_names().into_iter();
        names.map(|name| (name, length)).collect()
    }

    fn numbers(&self) -> Vec<&'static str> {
        self.0.number_names()
    }

    fn start(&self, part: Part<'_, T>) {
        let mut state = [T::default(); 6];
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

    fn evaluate(&self, part: Part<'_, T>) {
        let mut state = [T::default(); 6];
        for (i, x) in part.update.iter_mut().enumerate() {
            for (s, vector) in zip(&mut state, part.vectors.iter()) {
                *s = vector[i];
            }
            *x = self.0.evaluate(part.numbers, *x, &state[..W::WIDTH]);
        }
    }

    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        self.0.bound(reach, numbers)
    }
}

fn at<'a, T>(part: &Part<'a, T>) -> At<'a> {
    At {
        tensor: part.tensor,
        numbers: part.numbers,
        sums: part.sums,
    }
}

/// $`u_i \leftarrow f(u_i, \theta_i, \text{state}_i)`$.
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

/// Four registers of doubles for each sum hide the latency of the additions.
const LANES: usize = 32;
