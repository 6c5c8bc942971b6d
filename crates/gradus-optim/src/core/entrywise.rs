//! Transformations that work entry by entry: one equation, compiled to one loop.

use crate::core::layout::Entry;
use crate::core::transformation::{Now, Over, Reach, Vector};
use crate::error::OptimError;
use gradus_numeric::Float;
use std::fmt::Debug;

/// A transformation that works entry by entry: one equation of one parameter.
///
/// ```math
/// u_i = f(g_i, \theta_i, s_i), \qquad \theta_i \leftarrow \theta_i + u_i
/// ```
///
/// where $`g_i`$ is one entry of the incoming update, $`\theta_i`$ the parameter before the step and $`s_i`$ the state
/// that belongs to it, which $`f`$ may change. [`entry`](Self::entry) gives $`f`$ as a closure, written as in the
/// paper. Loops, vector instructions, threads and memory belong to the chain. A pair of transformations is a
/// transformation, in one loop: `(ScaleByAdam::default(), ScaleByLearningRate::new(1e-3))`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | no update exceeds [`bound`](Self::bound) | `no_update_exceeds_its_bound` |
/// | a pair does what two links do, to the bit | `a_pair_is_two_links` |
///
/// # Numerics
///
/// `f` must be total: for ordinary $`g`$, $`\theta`$ and any state that it made itself it returns a finite number that
/// is at most [`bound`](Self::bound). The chain composes the bounds and refuses steps that could overflow.
///
/// # Examples
///
/// The sign of the gradient as a transformation of one's own:
///
/// ```
/// use gradus_optim::{At, Entrywise, Float, Gradient, Layout, Link, OptimError, Reach, ScaleByLearningRate, Shape, chain};
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
/// let optimizer = chain(vec![Link::new((Sign, ScaleByLearningRate::new(0.25)))])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let mut theta = [1.0, 1.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1e-9, -1e9]]))?;
/// assert_eq!(theta, [0.75, 1.25]);
/// # Ok::<(), OptimError>(())
/// ```
pub trait Entrywise<T: Float>: Debug + Send + Sync {
    /// The state vectors, each as long as θ.
    const VECTORS: &'static [Vector] = &[];
    /// Names of the numbers that `prepare` computes.
    const NUMBERS: &'static [&'static str] = &[];
    /// How many state vectors there are.
    const WIDTH: usize = Self::VECTORS.len();
    /// How many numbers there are.
    const COUNT: usize = Self::NUMBERS.len();
    /// What the sums of [`sum`](Self::sum) go over.
    const SUMS: Option<Over> = None;
    /// Whether it learns the curvature, see [`learn`](Self::learn).
    const LEARNS: bool = false;

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

    /// All state vectors.
    fn vectors(&self) -> Vec<Vector> {
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
    /// An error refuses the step; nothing has changed.
    fn prepare(&self, _now: &Now<'_>, _numbers: &mut [f64]) -> Result<(), OptimError> {
        Ok(())
    }

    /// What one entry adds to two sums.
    fn sum(&self, _u: f64, _theta: f64) -> [f64; 2] {
        [0.0; 2]
    }

    /// The equation of one entry: $`(g, \theta, \text{state}) \mapsto u`$.
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T, Self>;

    /// Takes in an estimate of the curvature of one entry, see
    /// [`Chain::learn_curvature`](crate::Chain::learn_curvature).
    fn learn(&self, _curvature: T, _state: &mut [T]) {}

    /// Whether a step whose gradient or loss is not finite is to be skipped rather than refused; counted in the
    /// numbers. See [`SkipNonFinite`](crate::SkipNonFinite).
    fn skips(&self, _numbers: &mut [f64]) -> bool {
        false
    }

    /// The parameter to evaluate with.
    fn evaluate(&self, _numbers: &[f64], theta: T, _state: &[T]) -> T {
        theta
    }

    /// The largest update, if no entry that came in was ever larger than `reach.g` and no parameter is larger than
    /// `reach.theta`: a theorem about the equation, infinite where none is known.
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64;

    /// The same bound where the settings of earlier steps may have been others, see [`Scheduled`](crate::Scheduled).
    /// Without state there is no difference.
    fn bound_of_any_past(&self, reach: Reach, numbers: &[f64]) -> f64 {
        if Self::WIDTH == 0 {
            self.bound(reach, numbers)
        } else {
            f64::INFINITY
        }
    }

    /// Whether steps within `reach` can have left this state: what [`bound`](Self::bound) takes for granted. It is
    /// asked once after a restore.
    fn admits(&self, _reach: Reach, _numbers: &[f64], _state: &[T]) -> bool {
        true
    }
}

/// Where an equation is asked for.
///
/// # Examples
///
/// ```
/// use gradus_optim::{At, Entry, Entrywise, ScaleByLearningRate, Shape};
///
/// let tensor = Entry { name: "w".into(), offset: 0, shape: Shape::new(1, 1) };
/// let at = At { tensor: &tensor, numbers: &[0.5], sums: [0.0; 2] };
/// let f = ScaleByLearningRate::new(0.5).entry(at);
/// assert_eq!(f(3.0, 0.0, &mut []), -1.5);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// The tensor: an equation may depend on its name or shape.
    pub tensor: &'a Entry,
    /// What `prepare` has computed.
    pub numbers: &'a [f64],
    /// What was measured.
    pub sums: [f64; 2],
}
