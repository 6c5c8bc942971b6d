//! Sentences of transformations.

use crate::core::entrywise::{Entrywise, Loop};
use crate::core::gradient::Gradient;
use crate::core::layout::{Entry, Layout};
use crate::core::plan::Plan;
use crate::core::state::State;
use crate::core::step::{Pass, Step, ordinary};
use crate::core::transformation::{Now, Reach, Transformation};
use crate::error::OptimError;
use gradus_numeric::Float;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// An optimizer: transformations applied one after the other, and then $`\theta \leftarrow \theta + u`$.
///
/// ```math
/// u = (t_k \circ \dots \circ t_2 \circ t_1)(g), \qquad \theta \leftarrow \theta + u
/// ```
///
/// Made by [`chain`] or by a ready sentence such as [`adam`](crate::transformations::adam). It holds settings only; what
/// changes lies in a [`State`].
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | zero gradient and zero state leave the parameters alone | `zero_gradient_changes_no_bit` |
/// | maximizing $`f`$ is minimizing $`-f`$ | `maximizing_is_minimizing_the_negative` |
/// | parameters may be optimized jointly or one by one | `joint_and_separate_steps_agree` |
/// | a refused step changes nothing | `a_refused_step_changes_nothing` |
///
/// # Examples
///
/// ```
/// use gradus_numeric::Shape;
/// use gradus_optim::{ClipByGlobalNorm, Gradient, Layout, ScaleByLearningRate, Word, chain};
///
/// let optimizer = chain(vec![
///     Word::new(ClipByGlobalNorm { max_norm: 1.0 }),
///     Word::new(ScaleByLearningRate::new(0.5)),
/// ])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let mut theta = [0.0, 0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[3.0, -4.0]]))?; // norm 5
/// assert_eq!(theta, [-0.30000000000000004, 0.4]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Debug)]
pub struct Chain<T> {
    words: Vec<Word<T>>,
    frozen: Choice,
    vectors: Vec<String>,
    numbers: Vec<String>,
}

/// Which tensors.
struct Choice(Arc<dyn Fn(&Entry) -> bool + Send + Sync>);

impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Choice")
    }
}

/// A word in its place: a transformation, and the tensors that it applies to.
#[derive(Debug)]
pub struct Word<T> {
    pub(crate) what: Box<dyn Transformation<T>>,
    pub(crate) only: fn(&Entry) -> bool,
    masked: bool,
    pub(crate) vectors: Range<usize>,
    pub(crate) numbers: Range<usize>,
}

impl<T: Float> Word<T> {
    /// A word that works entry by entry, for all tensors.
    pub fn new(what: impl Entrywise<T> + 'static) -> Self {
        Self::coarse(Loop(what))
    }

    /// A word that works tensor by tensor or on everything, for all tensors.
    pub fn coarse(what: impl Transformation<T> + 'static) -> Self {
        Self {
            what: Box::new(what),
            only: |_| true,
            masked: false,
            vectors: 0..0,
            numbers: 0..0,
        }
    }

    /// The word for the tensors that `which` picks by name or shape; the others pass it by.
    #[must_use]
    pub fn only(self, which: fn(&Entry) -> bool) -> Self {
        Self {
            only: which,
            masked: true,
            ..self
        }
    }
}

/// Makes an optimizer of transformations, the first one nearest to the gradient.
///
/// # Errors
///
/// [`OptimError::EmptyChain`], or what is wrong with the settings of a word.
pub fn chain<T: Float>(mut words: Vec<Word<T>>) -> Result<Chain<T>, OptimError> {
    if words.is_empty() {
        return Err(OptimError::EmptyChain);
    }
    let any = Entry {
        name: String::new(),
        offset: 0,
        shape: gradus_numeric::Shape::new(1, 1),
    };
    let (mut vectors, mut numbers) = (Vec::new(), Vec::new());
    for (position, word) in words.iter_mut().enumerate() {
        word.what.check()?;
        let name = |name| format!("{position}.{name}");
        let (from, from_number) = (vectors.len(), numbers.len());
        vectors.extend(
            word.what
                .vectors(&any)
                .into_iter()
                .map(|(own, _)| name(own)),
        );
        numbers.extend(word.what.numbers().into_iter().map(name));
        word.vectors = from..vectors.len();
        word.numbers = from_number..numbers.len();
    }
    Ok(Chain {
        words,
        frozen: Choice(Arc::new(|_| false)),
        vectors,
        numbers,
    })
}

impl<T: Float> Chain<T> {
    /// This sentence with one more word in front, such as a clip.
    ///
    /// # Errors
    ///
    /// As [`chain`].
    pub fn after(self, first: impl Entrywise<T> + 'static) -> Result<Self, OptimError> {
        let mut words = vec![Word::new(first)];
        words.extend(self.words);
        let frozen = self.frozen;
        Ok(Self {
            frozen,
            ..chain(words)?
        })
    }

    /// This sentence with one more word at the end, such as an average.
    ///
    /// # Errors
    ///
    /// As [`chain`].
    pub fn before(self, last: impl Entrywise<T> + 'static) -> Result<Self, OptimError> {
        let mut words = self.words;
        words.push(Word::new(last));
        let frozen = self.frozen;
        Ok(Self {
            frozen,
            ..chain(words)?
        })
    }

    /// The sentence for all tensors but those that `which` picks: they keep no state and do not move.
    #[must_use]
    pub fn freeze(self, which: impl Fn(&Entry) -> bool + Send + Sync + 'static) -> Self {
        Self {
            frozen: Choice(Arc::new(which)),
            ..self
        }
    }

    /// The names of the state vectors: position of the word, a dot, the word's own name.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.vectors
    }

    /// The state before the first step from `theta`.
    ///
    /// # Errors
    ///
    /// [`OptimError::ThetaLength`], [`OptimError::TooManyVectors`].
    pub fn init(&self, layout: &Layout, theta: &[T]) -> Result<State<T>, OptimError> {
        let (expected, got) = (layout.len(), theta.len());
        if expected != got {
            return Err(OptimError::ThetaLength { expected, got });
        }
        let plan = Plan::new(&self.words, &*self.frozen.0, layout)?;
        let buffer = if plan.needs_buffer() { layout.len() } else { 0 };
        let lengths = plan.lengths.iter().map(|of| of.iter().sum());
        let mut state = State {
            layout: layout.clone(),
            names: self.vectors.clone(),
            saved: self
                .vectors
                .iter()
                .filter(|name| !name.contains("._"))
                .cloned()
                .collect(),
            vectors: lengths.map(|n| vec![T::default(); n]).collect(),
            number_names: self.numbers.clone(),
            numbers: vec![0.0; self.numbers.len()],
            next_numbers: vec![0.0; self.numbers.len()],
            step: 0,
            update: vec![T::default(); buffer],
            sums: vec![[0.0; 2]; plan.most_cells()],
            totals: vec![[0.0; 2]; layout.entries().len().max(1)],
            within: vec![false; plan.most_cells()],
            plan,
        };
        let mut theta = theta.to_vec();
        self.each_pass(&mut state, &mut theta, |pass| pass.start());
        state.update.fill(T::default());
        Ok(state)
    }

    /// Makes one step: $`\theta \leftarrow \theta + u`$.
    ///
    /// # Errors
    ///
    /// As [`prepare`](Self::prepare).
    pub fn update(
        &self,
        state: &mut State<T>,
        theta: &mut [T],
        gradient: Gradient<'_, T>,
    ) -> Result<(), OptimError> {
        self.prepare(state, theta, gradient)?.run();
        Ok(())
    }

    /// Does whatever can be refused, and leaves a [`Step`] that cannot fail.
    ///
    /// Step counter and numbers advance here; nothing else changes before the step runs. In steady state
    /// neither this nor the step allocates memory.
    ///
    /// # Errors
    ///
    /// [`OptimError::NonFinite`] or [`OptimError::GradientTooLarge`] with the parameter's name,
    /// [`OptimError::ThetaTooLarge`], [`OptimError::UpdateTooLarge`], lengths that do not fit, a state of
    /// another chain, what a word refuses. Parameters and state are then unchanged.
    pub fn prepare<'a>(
        &'a self,
        state: &'a mut State<T>,
        theta: &'a mut [T],
        gradient: Gradient<'a, T>,
    ) -> Result<Step<'a, T>, OptimError> {
        self.check(state, theta)?;
        let step = state.step.saturating_add(1);
        gradient.check(step, &state.layout, ordinary())?;
        self.check_theta(state, step, theta)?;
        let mut g = ordinary::<T>().to_f64();
        for word in &self.words {
            let before = &state.numbers[word.numbers.clone()];
            let now = Now {
                step,
                loss: gradient.loss(),
                before,
            };
            let numbers = &mut state.next_numbers[word.numbers.clone()];
            word.what.prepare(&now, numbers)?;
            g = self.reach(word, g, theta.len(), numbers);
        }
        let limit = T::MAX.to_f64() * T::EPSILON.to_f64() / 8.0;
        if !(g <= limit) {
            return Err(OptimError::UpdateTooLarge {
                step,
                bound: g,
                limit,
            });
        }
        state.step = step;
        state.numbers.copy_from_slice(&state.next_numbers);
        Ok(Step {
            words: &self.words,
            layout: &state.layout,
            plan: &state.plan,
            numbers: &state.numbers,
            gradient,
            theta,
            update: &mut state.update,
            vectors: &mut state.vectors,
            sums: &mut state.sums,
            totals: &mut state.totals,
            within: &mut state.within,
            pass: 0,
        })
    }

    /// Writes the parameters to evaluate with, such as averages, to `to`.
    ///
    /// # Errors
    ///
    /// [`OptimError::ThetaLength`].
    pub fn evaluate(
        &self,
        state: &mut State<T>,
        theta: &[T],
        to: &mut [T],
    ) -> Result<(), OptimError> {
        self.check(state, theta)?;
        self.check(state, to)?;
        to.copy_from_slice(theta);
        let mut theta = theta.to_vec();
        let own = std::mem::replace(&mut state.update, to.to_vec());
        self.each_pass(state, &mut theta, |pass| pass.evaluate());
        to.copy_from_slice(&std::mem::replace(&mut state.update, own));
        Ok(())
    }

    fn each_pass(&self, state: &mut State<T>, theta: &mut [T], work: impl Fn(Pass<'_, T>)) {
        let mut step = Step {
            words: &self.words,
            layout: &state.layout,
            plan: &state.plan,
            numbers: &state.numbers,
            gradient: Gradient::sum_of(&[]),
            theta,
            update: &mut state.update,
            vectors: &mut state.vectors,
            sums: &mut state.sums,
            totals: &mut state.totals,
            within: &mut state.within,
            pass: 0,
        };
        while let Some(pass) = step.next_pass() {
            work(pass);
        }
    }

    /// The bound on a word's update, and on what passes it by.
    fn reach(&self, word: &Word<T>, g: f64, n: usize, numbers: &[f64]) -> f64 {
        let theta = ordinary::<T>().to_f64();
        let bound = word.what.bound(
            Reach {
                g,
                theta,
                n: n as f64,
            },
            numbers,
        );
        if word.masked { bound.max(g) } else { bound }
    }

    /// Looks at the parameters, unless the last step has.
    fn check_theta(&self, state: &State<T>, step: u64, theta: &[T]) -> Result<(), OptimError> {
        let cells = state
            .plan
            .stages
            .last()
            .map_or(0, |last| state.plan.cells(last).len());
        if state.within[..cells].iter().all(|&within| within) {
            return Ok(());
        }
        let limit = ordinary::<T>();
        let Some(at) = theta.iter().position(|x| !(x.abs() <= limit)) else {
            return Ok(());
        };
        let entry = state.layout.at(at);
        Err(OptimError::ThetaTooLarge {
            step,
            parameter: entry.map(|e| e.name.clone()).unwrap_or_default(),
            index: at - entry.map_or(0, |e| e.offset),
            value: theta[at].to_f64(),
            limit: limit.to_f64(),
        })
    }

    fn check(&self, state: &State<T>, theta: &[T]) -> Result<(), OptimError> {
        if state.names != self.vectors {
            let (expected, got) = (self.vectors.len(), state.names.len());
            return Err(OptimError::ForeignState { expected, got });
        }
        let (expected, got) = (state.layout.len(), theta.len());
        if expected != got {
            return Err(OptimError::ThetaLength { expected, got });
        }
        Ok(())
    }
}
