//! Sentences of transformations.

use crate::error::OptimError;
use crate::gradient::Gradient;
use crate::layout::Layout;
use crate::state::State;
use crate::step::Step;
use crate::transformation::{Transformation, Whole};
use gradus_numeric::Float;

/// An optimizer: transformations applied one after the other, and then $`\theta \leftarrow \theta + u`$.
///
/// ```math
/// u = (t_k \circ \dots \circ t_2 \circ t_1)(g), \qquad \theta \leftarrow \theta + u
/// ```
///
/// Made by [`chain`] or by a ready sentence such as [`adam`](crate::adam). It holds settings only; what
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
/// use gradus_optim::{ClipByGlobalNorm, Gradient, Layout, ScaleByLearningRate, chain};
///
/// let optimizer = chain(vec![
///     Box::new(ClipByGlobalNorm { max_norm: 1.0 }),
///     Box::new(ScaleByLearningRate::new(0.5)),
/// ])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let mut state = optimizer.init(&layout);
/// let mut theta = [0.0, 0.0];
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[3.0, -4.0]]))?; // norm 5
/// assert_eq!(theta, [-0.30000000000000004, 0.4]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
#[derive(Debug)]
pub struct Chain<T> {
    words: Vec<Box<dyn Transformation<T>>>,
    names: Vec<String>,
    limit: T,
}

/// Makes an optimizer of transformations, the first one nearest to the gradient.
///
/// # Errors
///
/// [`OptimError::EmptyChain`], [`OptimError::NotFirst`], or what is wrong with the settings of a word.
///
/// # Examples
///
/// ```
/// use gradus_optim::{ClipByGlobalNorm, OptimError, Scale, chain};
///
/// let wrong = chain::<f32>(vec![
///     Box::new(Scale { factor: -0.1 }),
///     Box::new(ClipByGlobalNorm { max_norm: 1.0 }),
/// ]);
/// assert_eq!(wrong.err(), Some(OptimError::NotFirst { position: 1 }));
/// ```
pub fn chain<T: Float>(words: Vec<Box<dyn Transformation<T>>>) -> Result<Chain<T>, OptimError> {
    if words.is_empty() {
        return Err(OptimError::EmptyChain);
    }
    let mut names = Vec::new();
    let mut limit = T::MAX;
    for (position, word) in words.iter().enumerate() {
        word.check()?;
        if position > 0 && word.needs_whole_gradient() {
            return Err(OptimError::NotFirst { position });
        }
        names.extend(
            word.vectors()
                .iter()
                .map(|name| format!("{position}.{name}")),
        );
        limit = if word.largest_gradient() < limit {
            word.largest_gradient()
        } else {
            limit
        };
    }
    Ok(Chain {
        words,
        names,
        limit,
    })
}

impl<T: Float> Chain<T> {
    /// This sentence with one more word in front, such as a clip.
    ///
    /// # Errors
    ///
    /// As [`chain`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_optim::{ClipByGlobalNorm, adam};
    ///
    /// let optimizer = adam::<f32>(1e-3)?.after(ClipByGlobalNorm { max_norm: 1.0 })?;
    /// assert_eq!(optimizer.names(), ["1.mu", "1.nu"]);
    /// # Ok::<(), gradus_optim::OptimError>(())
    /// ```
    pub fn after(self, first: impl Transformation<T> + 'static) -> Result<Self, OptimError> {
        let mut words: Vec<Box<dyn Transformation<T>>> = vec![Box::new(first)];
        words.extend(self.words);
        chain(words)
    }

    /// The names of the state vectors: position of the word, a dot, the word's own name.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The state before the first step: everything zero.
    #[must_use]
    pub fn init(&self, layout: &Layout) -> State<T> {
        let scalars = self.words.iter().map(|word| word.scalars(layout)).sum();
        State::new(layout, self.names.clone(), scalars)
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

    /// Does whatever needs the whole gradient, and leaves a [`Step`] that cannot fail.
    ///
    /// The step counter advances here; nothing else changes before the step runs. In steady state
    /// neither this nor the step allocates memory.
    ///
    /// # Errors
    ///
    /// [`OptimError::NonFinite`] or [`OptimError::GradientTooLarge`] with the parameter's name, lengths
    /// that do not fit, a state of another chain, [`OptimError::BadRate`]. Parameters, state vectors and
    /// step counter are then unchanged.
    pub fn prepare<'a>(
        &'a self,
        state: &'a mut State<T>,
        theta: &'a mut [T],
        gradient: Gradient<'a, T>,
    ) -> Result<Step<'a, T>, OptimError> {
        self.check(state, theta)?;
        let step = state.step.saturating_add(1);
        gradient.check(step, &state.layout, self.limit)?;
        let whole = Whole {
            step,
            layout: &state.layout,
            gradient,
            theta,
        };
        let mut scalars = &mut state.scalars[..];
        for word in &self.words {
            let (own, rest) = scalars.split_at_mut(word.scalars(whole.layout));
            word.prepare(whole, own)?;
            scalars = rest;
        }
        state.step = step;
        Ok(Step {
            words: &self.words,
            layout: &state.layout,
            scalars: &state.scalars,
            gradient,
            offset: 0,
            theta,
            memory: &mut state.memory,
        })
    }

    fn check(&self, state: &State<T>, theta: &[T]) -> Result<(), OptimError> {
        if state.names != self.names {
            let (expected, got) = (self.names.len(), state.names.len());
            return Err(OptimError::ForeignState { expected, got });
        }
        let (expected, got) = (state.layout.len(), theta.len());
        if expected != got {
            return Err(OptimError::ThetaLength { expected, got });
        }
        Ok(())
    }
}
