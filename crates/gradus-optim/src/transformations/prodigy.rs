//! Prodigy: Adam that finds its rate from how far it has come.

use crate::core::layout::Entry;
use crate::core::ordinary::can_be_squared;
use crate::core::settings::{below_one, not_negative, positive};
use crate::core::transformation::{Grain, Now, Part, Reach, Transformation, Vector};
use crate::error::OptimError;
use crate::transformations::adam::{Epsilon, ScaleByAdam, correction, flush};
use gradus_numeric::Float;
use std::iter::zip;

/// Adam times an estimate of the distance to the solution: no rate is to be chosen.
///
/// ```math
/// \begin{aligned}
/// r &\leftarrow \beta_3 r + d^2 c_t\, \langle g, \theta_0 - \theta \rangle, &
/// s &\leftarrow \beta_3 s + d^2 c_t\, g, & c_t &= \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}, \\
/// m &\leftarrow \beta_1 m + (1 - \beta_1)\, d\, g, &
/// v &\leftarrow \beta_2 v + (1 - \beta_2)\, d^2 g^2, \\
/// d' &= \max\Bigl(d, \frac{r}{\lVert s \rVert_1}\Bigr), & u &= \frac{d\, c_t\, m}{\sqrt{v} + d' \varepsilon}
/// \end{aligned}
/// ```
///
/// where $`\theta_0`$ are the first parameters and $`d'`$ is the $`d`$ of the next step. If $`f`$ is convex with a minimum at
/// $`\theta_*`$, then $`\langle g, \theta_0 - \theta \rangle \le \langle g, \theta_0 - \theta_* \rangle`$, and summed with
/// the same weights, $`r \le \langle s, \theta_0 - \theta_* \rangle \le \lVert s \rVert_1 \lVert \theta_0 - \theta_*
/// \rVert_\infty`$: so $`d`$ is a lower bound of the largest distance that an entry has to go, and grows towards it.
/// Followed by [`ScaleByLearningRate`](crate::ScaleByLearningRate) with 1, or with a schedule that falls from 1.
///
/// # Shapes
///
/// It sees all parameters that it applies to in one piece. State vectors as long as these: `mu`, `nu`, `sum` and `start`;
/// of length 1: `distance`, `gain` and `largest`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`d`$ never falls | `prodigys_distance_never_falls` |
/// | $`d \le \lVert \theta_0 - \theta_* \rVert_\infty`$ for convex functions | `prodigys_distance_is_a_lower_bound` |
/// | while $`d`$ stays, it is Adam at rate $`d`$ | `prodigy_at_one_distance_is_adam` |
/// | $`g \to 2^k g`$ changes no bit without $`\varepsilon`$ | `prodigy_ignores_the_scale_of_the_gradient` |
/// | no update exceeds its bound | `learned_updates_stay_within_their_bounds` |
///
/// # Numerics
///
/// $`d`$ grows by many orders of magnitude, so sums are kept in its present unit: the vectors hold $`m / d`$, $`v / d^2`$,
/// $`s / (d^2 G)`$ and $`r / (d^2 G)`$, where $`G`$ is the largest gradient so far, and are multiplied by powers of the
/// ratio of old to new when these grow. So the averages are as large as Adam's, and nothing overflows. An update is at
/// most $`d`$ times Adam's; `most` bounds $`d`$, which a function that is not convex can drive up without an end.
///
/// A learning rate that follows weighs steps only; in the authors' code and in optax it also weighs the terms of $`r`$
/// and $`s`$. A constant one cancels there, so both are the same then.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin [0, 1)`$, a negative $`\varepsilon`$, and `first` and `most` that are not positive; a
/// step is refused if $`\beta_1^2 \ge \beta_2`$, where no bound is known.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Link, ScaleByLearningRate, ScaleByProdigy, Shape, chain};
///
/// // |x − 3| from 0: the rate grows from 10⁻⁶ to what the way asks for.
/// let optimizer = chain(vec![
///     Link::coarse(ScaleByProdigy::default()),
///     Link::new(ScaleByLearningRate::new(1.0)),
/// ])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let mut theta = [0.0_f64];
/// let mut state = optimizer.init(&layout, &theta)?;
/// for _ in 0..60 {
///     let g = (theta[0] - 3.0).signum();
///     optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[g]]))?;
/// }
/// let distance = state.vector("0.distance")?[0];
/// assert!(0.1 < distance && distance <= 3.0);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// K. Mishchenko and A. Defazio, *Prodigy: an expeditiously adaptive parameter-free learner* (2023), algorithm 4,
/// <https://arxiv.org/abs/2306.06101>.
#[doc(alias = "Prodigy")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleByProdigy {
    /// $`\beta_1`$: how much of the average gradient survives a step; $`\beta_1^2 < \beta_2`$.
    pub beta1: f64,
    /// $`\beta_2`$: how much of the average square survives a step.
    pub beta2: f64,
    /// $`\beta_3`$: how much of the sums survives a step.
    pub beta3: f64,
    /// $`\varepsilon`$: what keeps the denominator from zero.
    pub epsilon: f64,
    /// The first $`d`$: smaller than the way, whatever it is.
    pub first: f64,
    /// The largest $`d`$.
    pub most: f64,
}

/// $`\beta_1 = 0.9`$, $`\beta_2 = 0.999`$, $`\beta_3 = \sqrt{0.999}`$, $`\varepsilon = 10^{-8}`$, $`d = 10^{-6}`$ at first, as in the
/// paper, and at most $`10^{10}`$.
impl Default for ScaleByProdigy {
    fn default() -> Self {
        Self {
            beta1: 0.9,
            beta2: 0.999,
            beta3: 0.999_f64.sqrt(),
            epsilon: 1e-8,
            first: 1e-6,
            most: 1e10,
        }
    }
}

impl<T: Float> Transformation<T> for ScaleByProdigy {
    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("beta1", self.beta1)?;
        below_one::<T>("beta2", self.beta2)?;
        below_one::<T>("beta3", self.beta3)?;
        not_negative::<T>("epsilon", self.epsilon)?;
        positive::<T>("first", self.first)?;
        positive::<T>("most", self.most)
    }

    fn grain(&self) -> Grain {
        Grain::Whole
    }

    fn vectors(&self, all: &Entry) -> Vec<(Vector, usize)> {
        let n = all.window().len();
        vec![
            (Vector::signed("mu"), n),
            (Vector::not_negative("nu"), n),
            (Vector::signed("sum"), n),
            (Vector::signed("start"), n),
            (Vector::not_negative("distance"), 1),
            (Vector::signed("gain"), 1),
            (Vector::not_negative("largest"), 1),
        ]
    }

    fn numbers(&self) -> Vec<&'static str> {
        vec!["correction"]
    }

    fn start(&self, part: Part<'_, T>) {
        if let [_, _, _, start, distance, _, _] = part.vectors {
            start.copy_from_slice(part.theta);
            distance.fill(T::from_f64(self.first.min(self.most)));
        }
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let [c1, c2] = [self.beta1, self.beta2].map(|beta| correction(beta, now.step));
        numbers[0] = c2.sqrt() / c1;
        Ok(())
    }

    fn apply(&self, part: Part<'_, T>) {
        let [m, v, sum, start, distance, gain, largest] = part.vectors else {
            return;
        };
        let (g, c) = (part.update, part.numbers[0]);
        let d = distance[0].to_f64();
        // The largest gradient so far is the unit of both sums.
        let old = largest[0].to_f64();
        let unit = g.iter().fold(old, |top, g| top.max(g.to_f64().abs()));
        if unit == 0.0 {
            return; // there never was a gradient
        }
        largest[0] = T::from_f64(unit);
        let keep = self.beta3 * (old / unit);
        let mut r = keep * gain[0].to_f64();
        let mut norm = 0.0;
        for ((g, s), (x, from)) in zip(zip(&*g, &mut **sum), zip(part.theta, &**start)) {
            let share = c * (g.to_f64() / unit);
            *s = flush(T::from_f64(keep * s.to_f64() + share));
            norm += s.to_f64().abs();
            r += share * (from.to_f64() - x.to_f64());
        }
        let most = T::MAX.to_f64(); // beyond it d has long been at its own limit
        gain[0] = T::from_f64(r.clamp(-most, most));
        let next = if norm > 0.0 { r / norm } else { d };
        let next = T::from_f64(next.max(d).min(self.most)).to_f64().max(d);
        self.step(d, next, c, g, [&mut **m, &mut **v]);
        // Everything is counted in the unit of the new distance.
        let ratio = d / next;
        scale(m, ratio);
        for kept in [&mut **v, &mut **sum, &mut **gain] {
            scale(kept, ratio * ratio);
        }
        distance[0] = T::from_f64(next);
    }

    /// Adam's, times the distance.
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        if can_be_squared::<T>(reach.g) {
            4.0 * self.most.max(self.first) * numbers[0] * self.ratio()
        } else {
            f64::INFINITY
        }
    }

    fn unsound(&self, reach: Reach, _numbers: &[f64], vectors: &[&[T]]) -> Option<usize> {
        let [m, v, _, start, distance, _, largest] = vectors else {
            return None;
        };
        let most = 2.0 * self.most.max(self.first);
        let whole = distance
            .iter()
            .all(|d| d.to_f64() > 0.0 && d.to_f64() <= most)
            && largest.iter().all(|x| x.to_f64() <= 2.0 * reach.g);
        if !whole {
            return Some(0);
        }
        (0..m.len()).find(|&i| {
            let [m, v] = [m[i], v[i]].map(T::to_f64);
            let root = v.max(T::MIN_POSITIVE.to_f64()).sqrt();
            !(m.abs() <= 2.0 * self.ratio() * root
                && v.sqrt() <= 2.0 * reach.g
                && start[i].to_f64().abs() <= reach.theta)
        })
    }
}

impl ScaleByProdigy {
    /// A bound on $`\lvert m \rvert / \sqrt v`$: Adam's, and as much again for every time that a change of the unit has
    /// set $`v`$ to zero but not $`m`$, which fades by $`\beta_1`$.
    fn ratio(&self) -> f64 {
        let epsilon = Epsilon::Uncorrected(self.epsilon);
        let adam = ScaleByAdam {
            beta1: self.beta1,
            beta2: self.beta2,
            epsilon,
        };
        adam.ratio() * (1.0 + 1.0 / (1.0 - self.beta1))
    }

    /// $`u = d\, c\, m / (\sqrt v + d' \varepsilon)`$, where $`m`$ and $`v`$ are counted in units of $`d`$.
    fn step<T: Float>(&self, d: f64, next: f64, c: f64, g: &mut [T], [m, v]: [&mut [T]; 2]) {
        let [decay1, decay2] = [self.beta1, self.beta2].map(T::from_f64);
        let [gain1, gain2] = [1.0 - self.beta1, 1.0 - self.beta2].map(T::from_f64);
        let factor = T::from_f64(d * c);
        let epsilon = T::from_f64(self.epsilon * (next / d));
        let zero = T::default();
        for (g, (m, v)) in zip(g, zip(m, v)) {
            *m = flush(decay1 * *m + gain1 * *g);
            *v = flush(decay2 * *v + gain2 * (*g * *g));
            *g = if *v > zero {
                factor * (*m / (v.sqrt() + epsilon))
            } else {
                zero
            };
        }
    }
}

fn scale<T: Float>(x: &mut [T], factor: f64) {
    if factor < 1.0 {
        for x in x {
            *x = flush(T::from_f64(x.to_f64() * factor));
        }
    }
}
