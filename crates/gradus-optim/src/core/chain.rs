//! Chains of transformations.

use crate::core::entrywise::Entrywise;
use crate::core::gradient::Gradient;
use crate::core::layout::{Entry, Layout};
use crate::core::link::{Choice, Link};
use crate::core::ordinary::{finite_in, largest_update, ordinary};
use crate::core::pass::{MAX_VECTORS, Pass};
use crate::core::plan::{Plan, Signature, column};
use crate::core::state::State;
use crate::core::step::PreparedStep;
use crate::core::transformation::{Grain, Kind, Now, Reach};
use crate::error::OptimError;
use gradus_numeric::Float;
use gradus_pages::LargePages;
use std::fmt;

/// An optimizer: transformations applied one after the other, and then $`\theta \leftarrow \theta + u`$.
///
/// ```math
/// u = (t_k \circ \dots \circ t_2 \circ t_1)(g), \qquad \theta \leftarrow \theta + u
/// ```
///
/// where $`g`$ is the gradient, $`t_1, \dots, t_k`$ are the links and $`\theta`$ the parameters. Made by [`chain`] or by
/// a ready optimizer such as [`adam`](crate::adam). It holds settings only; what changes lies in a [`State`].
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | after a step that was accepted, every parameter is finite | `an_accepted_step_leaves_finite_parameters` |
/// | a refused step changes nothing | `a_refused_step_changes_nothing` |
/// | zero gradient and zero state leave the parameters alone | `zero_gradient_changes_no_bit` |
/// | maximizing $`f`$ is minimizing $`-f`$ | `maximizing_is_minimizing_the_negative` |
/// | parameters may be optimized jointly or one by one | `joint_and_separate_steps_agree` |
///
/// # Numerics
///
/// A step begins with *ordinary* numbers: gradients and parameters of magnitude at most
/// $`\tfrac{1}{2} \sqrt{\text{MAX}}`$, which is $`9 \cdot 10^{18}`$ in `f32` and $`7 \cdot 10^{153}`$ in `f64`, so that
/// squares do not overflow. Every transformation bounds its update by a theorem; the chain composes the bounds, and
/// refuses a step whose update could exceed half a unit in the last place of the largest number ($`5 \cdot 10^{30}`$ in
/// `f32`). What is smaller leaves every finite parameter finite. A parameter that has left the ordinary range refuses
/// the next step, by its name.
///
/// Parameters are looked at before the first step and after a restore; later each step looks at what it leaves. Who
/// changes parameters in between and writes NaN meets the refusal one step later.
///
/// # Examples
///
/// ```
/// use gradus_optim::{ClipByGlobalNorm, Gradient, Layout, Link, ScaleByLearningRate, Shape, chain};
///
/// let optimizer = chain(vec![
///     Link::new(ClipByGlobalNorm { max_norm: 1.0 }),
///     Link::new(ScaleByLearningRate::new(0.5)),
/// ])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let mut theta = [0.0, 0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[3.0, -4.0]]))?; // norm 5
/// assert_eq!(theta, [-0.30000000000000004, 0.4]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// The composition of gradient transformations is that of optax: I. Babuschkin et al., *The `DeepMind` JAX ecosystem*
/// (2020), <https://github.com/google-deepmind/optax>.
pub struct Chain<T> {
    pub(crate) links: Vec<Link<T>>,
    frozen: Option<Choice>,
    vectors: Vec<String>,
    kinds: Vec<Kind>,
    numbers: Vec<String>,
}

/// Makes an optimizer of links, the first one nearest to the gradient.
///
/// # Errors
///
/// [`OptimError::EmptyChain`], or what is wrong with the settings of a transformation.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Link, OptimError, ScaleByAdam, ScaleByLearningRate, chain};
///
/// let adam = chain::<f32>(vec![
///     Link::new(ScaleByAdam::default()),
///     Link::new(ScaleByLearningRate::new(1e-3)),
/// ])?;
/// assert_eq!(adam.names(), ["0.mu", "0.nu"]);
/// assert!(matches!(chain::<f32>(vec![]), Err(OptimError::EmptyChain)));
/// # Ok::<(), OptimError>(())
/// ```
pub fn chain<T: Float>(mut links: Vec<Link<T>>) -> Result<Chain<T>, OptimError> {
    if links.is_empty() {
        return Err(OptimError::EmptyChain);
    }
    let any = column(1);
    let (mut vectors, mut kinds, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    for (position, link) in links.iter_mut().enumerate() {
        link.what.check()?;
        let named = |name| format!("{position}.{name}");
        let (from, from_number) = (vectors.len(), numbers.len());
        for (vector, _) in link.what.vectors(&any) {
            vectors.push(named(vector.name));
            kinds.push(vector.kind);
        }
        numbers.extend(link.what.numbers().into_iter().map(named));
        link.vectors = from..vectors.len();
        link.numbers = from_number..numbers.len();
    }
    Ok(Chain {
        links,
        frozen: None,
        vectors,
        kinds,
        numbers,
    })
}

impl<T: Float> Chain<T> {
    /// This chain with one more link in front, such as a clip.
    ///
    /// # Errors
    ///
    /// As [`chain`].
    pub fn after(self, first: impl Entrywise<T> + 'static) -> Result<Self, OptimError> {
        let mut links = vec![Link::new(first)];
        links.extend(self.links);
        let frozen = self.frozen;
        let chain = chain(links)?;
        Ok(Self { frozen, ..chain })
    }

    /// This chain with one more link at the end, such as an average.
    ///
    /// # Errors
    ///
    /// As [`chain`].
    pub fn before(self, last: impl Entrywise<T> + 'static) -> Result<Self, OptimError> {
        let mut links = self.links;
        links.push(Link::new(last));
        let frozen = self.frozen;
        let chain = chain(links)?;
        Ok(Self { frozen, ..chain })
    }

    /// The chain for all tensors but those that `which` picks: they keep no state and do not move.
    #[must_use]
    pub fn freeze(self, which: impl Fn(&Entry) -> bool + Send + Sync + 'static) -> Self {
        let frozen = Some(Box::new(which) as Choice);
        Self { frozen, ..self }
    }

    /// A step that is left out and counted, or the error where no link skips.
    fn skip<'a>(
        &'a self,
        state: &'a mut State<T>,
        theta: &'a mut [T],
        gradient: Gradient<'a, T>,
        error: OptimError,
    ) -> Result<PreparedStep<'a, T>, OptimError> {
        let (not_finite, next) = (error.is_not_finite(), &mut state.next_numbers);
        next.copy_from_slice(&state.numbers);
        let skips = |link: &Link<T>| link.what.skips(&mut next[link.numbers.clone()]);
        if !(not_finite && self.links.iter().any(skips)) {
            return Err(error);
        }
        state.numbers.copy_from_slice(&state.next_numbers);
        let step = self.step(state, theta, gradient);
        Ok(PreparedStep {
            skipped: true,
            ..step
        })
    }

    /// The names of the state vectors: position of the link, a dot, the transformation's own name.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.vectors
    }

    /// The state before the first step from `theta`.
    ///
    /// # Errors
    ///
    /// [`OptimError::ThetaLength`], [`OptimError::NoLink`], [`OptimError::TooManyVectors`], [`OptimError::NoMemory`].
    pub fn init(&self, layout: &Layout, theta: &[T]) -> Result<State<T>, OptimError> {
        let (expected, got) = (layout.len(), theta.len());
        if expected != got {
            return Err(OptimError::ThetaLength { expected, got });
        }
        let plan = Plan::new(&self.links, self.frozen.as_ref(), layout)?;
        let buffer = if plan.needs_buffer() { layout.len() } else { 0 };
        let total = |of: &Vec<usize>| of.iter().fold(0, |sum: usize, n| sum.saturating_add(*n));
        let vectors = plan.lengths.iter().map(|of| zeros(total(of)));
        let saved = self.vectors.iter().zip(&self.kinds);
        let saved = saved.filter(|(_, kind)| **kind != Kind::Scratch);
        let mut state = State {
            layout: layout.clone(),
            signature: self.links.iter().map(Signature::of).collect(),
            all_names: self.vectors.clone(),
            kinds: self.kinds.clone(),
            names: saved.map(|(name, _)| name.clone()).collect(),
            vectors: vectors.collect::<Result<_, _>>()?,
            number_names: self.numbers.clone(),
            numbers: vec![0.0; self.numbers.len()],
            next_numbers: vec![0.0; self.numbers.len()],
            step: 0,
            restored: false,
            update: zeros(buffer)?,
            gathered: zeros(plan.gathered())?,
            sums: vec![[0.0; 2]; plan.most_cells()],
            totals: vec![[0.0; 2]; layout.entries().len().max(1)],
            within: vec![false; plan.most_cells()],
            plan,
        };
        let mut copy = zeros(theta.len())?;
        copy.copy_from_slice(theta);
        let mut step = self.step(&mut state, &mut copy, Gradient::sum_of(&[]));
        while let Some(pass) = step.next_pass() {
            Pass::start(pass);
        }
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

    /// Does whatever can be refused, and leaves a [`PreparedStep`] that cannot fail.
    ///
    /// Step counter and numbers advance here; nothing else changes before the step runs. In steady state
    /// neither this nor the step allocates memory.
    ///
    /// # Errors
    ///
    /// [`OptimError::NonFinite`] or [`OptimError::GradientTooLarge`] with the parameter's name, [`OptimError::BadLoss`],
    /// [`OptimError::ThetaTooLarge`], [`OptimError::UpdateTooLarge`], [`OptimError::UnsoundState`] after a restore,
    /// lengths that do not fit, a state of another chain, what a transformation refuses. Parameters and state are then
    /// unchanged.
    pub fn prepare<'a>(
        &'a self,
        state: &'a mut State<T>,
        theta: &'a mut [T],
        gradient: Gradient<'a, T>,
    ) -> Result<PreparedStep<'a, T>, OptimError> {
        self.check(state, theta)?;
        let step = state.step.saturating_add(1);
        if let Err(error) = gradient.check(step, &state.layout, ordinary()) {
            return self.skip(state, theta, gradient, error);
        }
        check_theta(state, step, theta)?;
        let bound = self.prepare_links(state, step, gradient.loss())?;
        let limit = largest_update::<T>();
        if bound > limit || bound.is_nan() {
            return Err(OptimError::UpdateTooLarge { step, bound, limit });
        }
        state.step = step;
        state.restored = false;
        state.numbers.copy_from_slice(&state.next_numbers);
        Ok(self.step(state, theta, gradient))
    }

    /// Writes the parameters to evaluate with, such as averages, to `to`. It allocates nothing.
    ///
    /// # Errors
    ///
    /// [`OptimError::ThetaLength`] if `theta` or `to` has another length than the layout,
    /// [`OptimError::ForeignState`].
    pub fn evaluate(&self, state: &State<T>, theta: &[T], to: &mut [T]) -> Result<(), OptimError> {
        self.check(state, theta)?;
        self.check(state, to)?;
        to.copy_from_slice(theta);
        for (index, link) in self.links.iter().enumerate() {
            if link.what.grain() == Grain::Whole {
                continue; // what sees everything answers with directions, not with parameters
            }
            let mut rest = of_link(state, link);
            for (tensor, entry) in state.layout.entries().iter().enumerate() {
                if !state.plan.active[index][tensor] {
                    continue;
                }
                let own = next_tensor(&mut rest, state, link, tensor);
                let numbers = &state.numbers[link.numbers.clone()];
                let count = link.vectors.len();
                let parameters = &mut to[entry.window()];
                link.what.evaluate(numbers, &own[..count], parameters);
            }
        }
        Ok(())
    }

    /// Prepares the numbers of all links, and answers the largest update that they can make.
    fn prepare_links(
        &self,
        state: &mut State<T>,
        step: u64,
        loss: Option<f64>,
    ) -> Result<f64, OptimError> {
        for link in &self.links {
            let before = &state.numbers[link.numbers.clone()];
            let numbers = &mut state.next_numbers[link.numbers.clone()];
            link.what.prepare(&Now { step, loss, before }, numbers)?;
        }
        let mut largest = 0.0_f64;
        for group in &state.plan.groups {
            let bound = self.compose(state, group, step)?;
            largest = if bound <= largest { largest } else { bound }; // NaN stays
        }
        Ok(largest)
    }

    /// The bound on the update of the tensors that have these links.
    fn compose(&self, state: &State<T>, group: &[bool], step: u64) -> Result<f64, OptimError> {
        let mut reach = Reach {
            g: ordinary::<T>().to_f64(),
            theta: ordinary::<T>().to_f64(),
            n: state.layout.len() as f64,
        };
        let links = self.links.iter().enumerate();
        for (position, link) in links.filter(|(position, _)| group[*position]) {
            if state.restored {
                check_restored(state, position, link, step, reach)?;
            }
            let numbers = &state.next_numbers[link.numbers.clone()];
            reach.g = finite_in::<T>(link.what.bound(reach, numbers));
        }
        Ok(reach.g)
    }

    fn step<'a>(
        &'a self,
        state: &'a mut State<T>,
        theta: &'a mut [T],
        gradient: Gradient<'a, T>,
    ) -> PreparedStep<'a, T> {
        PreparedStep {
            links: &self.links,
            layout: &state.layout,
            plan: &state.plan,
            numbers: &state.numbers,
            gradient,
            theta,
            update: &mut state.update,
            vectors: &mut state.vectors,
            gathered: &mut state.gathered,
            sums: &mut state.sums,
            totals: &mut state.totals,
            within: &mut state.within,
            passes: 0,
            skipped: false,
        }
    }

    pub(crate) fn check(&self, state: &State<T>, theta: &[T]) -> Result<(), OptimError> {
        let mut own = self.links.iter().map(Signature::of);
        let alike = state.signature.len() == self.links.len()
            && state
                .signature
                .iter()
                .all(|s| own.next().as_ref() == Some(s));
        if !alike || state.all_names != self.vectors {
            let (expected, got) = (self.vectors.len(), state.all_names.len());
            return Err(OptimError::ForeignState { expected, got });
        }
        let (expected, got) = (state.layout.len(), theta.len());
        if expected != got {
            return Err(OptimError::ThetaLength { expected, got });
        }
        Ok(())
    }
}

/// The state vectors of a link.
fn of_link<'a, T: Float>(state: &'a State<T>, link: &Link<T>) -> [&'a [T]; MAX_VECTORS] {
    let mut vectors = state.vectors[link.vectors.clone()].iter();
    std::array::from_fn(|_| vectors.next().map_or(&[][..], |v| &v[..]))
}

/// Takes the part of a tensor off the front of each vector.
fn next_tensor<'a, T: Float>(
    rest: &mut [&'a [T]; MAX_VECTORS],
    state: &State<T>,
    link: &Link<T>,
    tensor: usize,
) -> [&'a [T]; MAX_VECTORS] {
    let mut own = [&[][..]; MAX_VECTORS];
    for (k, vector) in link.vectors.clone().enumerate() {
        let (first, after) = rest[k].split_at(state.plan.lengths[vector][tensor]);
        (own[k], rest[k]) = (first, after);
    }
    own
}

/// Whether steps of this chain can have left what was restored.
fn check_restored<T: Float>(
    state: &State<T>,
    position: usize,
    link: &Link<T>,
    step: u64,
    reach: Reach,
) -> Result<(), OptimError> {
    let numbers = &state.next_numbers[link.numbers.clone()];
    let count = link.vectors.len();
    let look = |vectors: &[&[T]], before: usize| match link.what.unsound(reach, numbers, vectors) {
        None => Ok(()),
        Some(index) => Err(OptimError::UnsoundState {
            step,
            position,
            index: before + index,
        }),
    };
    let mut rest = of_link(state, link);
    if link.what.grain() != Grain::Tensor {
        return look(&rest[..count], 0);
    }
    let mut before = 0;
    for tensor in 0..state.layout.entries().len() {
        let own = next_tensor(&mut rest, state, link, tensor);
        look(&own[..count], before)?;
        before += own[0].len();
    }
    Ok(())
}

/// Looks at the parameters, unless the last step has.
fn check_theta<T: Float>(state: &State<T>, step: u64, theta: &[T]) -> Result<(), OptimError> {
    let last = state.plan.stages.last();
    let cells = last.map_or(0, |last| state.plan.cells(last).len());
    if state.within[..cells].iter().all(|&within| within) {
        return Ok(());
    }
    let limit = ordinary::<T>();
    let Some(at) = theta.iter().position(|x| !x.is_finite() || x.abs() > limit) else {
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

/// Memory for `length` zeros, if there is that much.
pub(crate) fn zeros<T: Float>(length: usize) -> Result<LargePages<T>, OptimError> {
    LargePages::zeros(length).map_err(|_| OptimError::NoMemory { numbers: length })
}

impl<T: Float> fmt::Debug for Chain<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chain = f.debug_struct("Chain");
        chain.field("links", &self.links);
        chain.field("freezes", &self.frozen.is_some());
        chain.finish_non_exhaustive()
    }
}
