//! SOAP: Adam in the eigenbasis of Shampoo.

use crate::core::layout::Entry;
use crate::core::ordinary::can_be_squared;
use crate::core::settings::{at_least_one, below_one, not_negative};
use crate::core::transformation::{Grain, Now, Part, Reach, Transformation, Vector};
use crate::error::OptimError;
use crate::transformations::adam::{Epsilon, ScaleByAdam, flush};
use crate::transformations::eigenbasis::skewness;
use crate::transformations::muon::{Product, plain_product};
use crate::transformations::turned_axes::{Axes, Way};
use gradus_numeric::{Float, NumericError, Shape};
use std::fmt;
use std::iter::zip;

/// Adam in turned axes: those in which the gradients of a matrix are uncorrelated.
///
/// ```math
/// \begin{aligned}
/// L &\leftarrow \beta_2 L + (1 - \beta_2)\, G G^\top, & R &\leftarrow \beta_2 R + (1 - \beta_2)\, G^\top G, &
/// L &\approx Q_L \Lambda_L Q_L^\top, \quad R \approx Q_R \Lambda_R Q_R^\top, \\
/// G' &= Q_L^\top G\, Q_R, & M' &= Q_L^\top M\, Q_R, & V &\leftarrow \beta_2 V + (1 - \beta_2)\, G' \odot G', \\
/// M &\leftarrow \beta_1 M + (1 - \beta_1)\, G, & U &= Q_L \frac{\hat M'}{\sqrt{\hat V} + \hat\varepsilon} Q_R^\top
/// \end{aligned}
/// ```
///
/// where $`G`$ is the gradient of a tensor of $`m`$ rows and $`n`$ columns. Adam has a rate for each entry, and is helpless
/// where steep directions lie across the axes; in the eigenbases of $`L`$ and $`R`$ they lie along them. Eigenvectors
/// move slowly, so they are renewed every `every` steps only, by one step of orthogonal iteration, $`Q \leftarrow
/// \operatorname{qr}(L Q)`$, with columns in the order of falling eigenvalues, which $`V`$ follows.
///
/// # Shapes
///
/// A tensor of `m × n` keeps the state vectors `mu: m n`, `nu: m n`, `left: m²`, `right: n²`, `left_basis: m²` and
/// `right_basis: n²`. A basis has an eigenvector in each row. A side longer than `largest`, and the one column of a vector, keeps
/// its axes: its vectors are empty.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | where no side is turned it is Adam, to rounding | `soap_without_bases_is_adam` |
/// | $`G \to P G S`$ with orthogonal $`P`$, $`S`$ turns the steps alike | `soap_commutes_with_rotations` |
/// | the bases stay orthonormal | `soaps_bases_stay_orthonormal` |
/// | no update exceeds its bound | `learned_updates_stay_within_their_bounds` |
///
/// # Numerics
///
/// The first gradient only makes the bases, by Jacobi's rotations: there is no step, as in the authors' code, so that no
/// gradient is divided by itself. The constant $`\hat\varepsilon`$
/// stands before the correction of $`V`$, as there.
///
/// When the basis changes, $`V`$ is not turned with it: squares cannot be. So Adam's bound by Cauchy and Schwarz may fail
/// in the steps after, and turned entries are clipped to twice that bound; Adam itself never reaches it. With
/// orthonormal bases an entry of $`U`$ is at most the Frobenius norm of the turned one, which bounds the update.
///
/// Rows are made orthonormal one by one, in $`4 n^3`$ operations every `every` steps; products are those of `product`.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses $`\beta \notin [0, 1)`$, a negative $`\varepsilon`$ and `every: 0`.
///
/// # Examples
///
/// A long valley across the axes:
///
/// ```
/// use gradus_optim::{Cosine, Gradient, Layout, Link, ScaleByLearningRate, ScaleBySoap, Shape, adam, chain};
///
/// let slope = |x: &[f64; 2]| { let (u, v) = (x[0] + x[1], 1000.0 * (x[0] - x[1])); [u + v, u - v] };
/// let rate = Cosine { start: 0.1, end: 0.0, steps: 300 };
/// let turned = vec![Link::coarse(ScaleBySoap::default()), Link::new(ScaleByLearningRate::new(rate))];
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 1))?;
/// let mut left = Vec::new();
/// for optimizer in [chain(turned)?, adam(rate)?] {
///     let mut theta = [3.0, 2.0];
///     let mut state = optimizer.init(&layout, &theta)?;
///     for _ in 0..300 {
///         let g = slope(&theta);
///         optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
///     }
///     left.push(theta[0].hypot(theta[1]));
/// }
/// assert!(left[0] < 1e-2 * left[1], "{left:?}");
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// N. Vyas et al., *SOAP: improving and stabilizing Shampoo using Adam* (2024), algorithms 3 and 4,
/// <https://arxiv.org/abs/2409.11321>; the eigenbases: V. Gupta, T. Koren and Y. Singer, *Shampoo* (2018).
#[doc(alias = "SOAP")]
#[doc(alias = "Shampoo")]
#[derive(Clone, Copy)]
pub struct ScaleBySoap<T> {
    /// $`\beta_1`$: how much of the average gradient survives a step.
    pub beta1: f64,
    /// $`\beta_2`$: how much of the averages of squares survives a step.
    pub beta2: f64,
    /// $`\hat\varepsilon`$: what keeps the denominator from zero.
    pub epsilon: f64,
    /// After how many steps the bases are renewed.
    pub every: u64,
    /// The longest side that gets a basis.
    pub largest: usize,
    /// The matrix product.
    pub product: Product<T>,
}

/// $`\beta_1 = \beta_2 = 0.95`$, $`\varepsilon = 10^{-8}`$, bases renewed every 10 steps, sides up to 10 000: the authors'
/// settings; and [`plain_product`].
impl<T: Float> Default for ScaleBySoap<T> {
    fn default() -> Self {
        Self {
            beta1: 0.95,
            beta2: 0.95,
            epsilon: 1e-8,
            every: 10,
            largest: 10_000,
            product: plain_product,
        }
    }
}

impl<T> fmt::Debug for ScaleBySoap<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScaleBySoap")
            .field("beta1", &self.beta1)
            .field("beta2", &self.beta2)
            .field("epsilon", &self.epsilon)
            .field("every", &self.every)
            .field("largest", &self.largest)
            .finish_non_exhaustive()
    }
}

impl<T: Float> Transformation<T> for ScaleBySoap<T> {
    fn check(&self) -> Result<(), OptimError> {
        below_one::<T>("beta1", self.beta1)?;
        below_one::<T>("beta2", self.beta2)?;
        not_negative::<T>("epsilon", self.epsilon)?;
        at_least_one("every", self.every)
    }

    fn grain(&self) -> Grain {
        Grain::Tensor
    }

    fn vectors(&self, tensor: &Entry) -> Vec<(Vector, usize)> {
        let n = tensor.window().len();
        let [left, right] = self
            .sides(tensor.shape)
            .map(|side| side.saturating_mul(side));
        vec![
            (Vector::signed("mu"), n),
            (Vector::not_negative("nu"), n),
            (Vector::signed("left"), left),
            (Vector::signed("right"), right),
            (Vector::signed("left_basis"), left),
            (Vector::signed("right_basis"), right),
            (Vector::scratch("turned"), n),
            (Vector::scratch("half"), n),
            (Vector::scratch("square"), left.max(right)),
        ]
    }

    fn numbers(&self) -> Vec<&'static str> {
        vec!["a", "c", "made"]
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let made = now.step - 1; // steps of Adam: the first gradient makes the bases
        let [a, _, c] = self.adam().constants(made.max(1));
        numbers.copy_from_slice(&[a, c, made as f64]);
        Ok(())
    }

    fn apply(&self, part: Part<'_, T>) {
        let (shape, [a, c, made]) = (part.tensor.shape, [0, 1, 2].map(|i| part.numbers[i]));
        let [
            mu,
            nu,
            left,
            right,
            left_basis,
            right_basis,
            turned,
            half,
            square,
        ] = part.vectors
        else {
            return;
        };
        let mut axes = Axes {
            shape,
            sides: self.sides(shape),
            product: self.product,
            factors: [&mut **left, &mut **right],
            bases: [&mut **left_basis, &mut **right_basis],
            half,
            square,
        };
        // The shapes fit by construction.
        let _ = axes.average(self.beta2, part.update);
        if made == 0.0 {
            axes.begin();
            part.update.fill(T::default());
            return;
        }
        let _ = self.step(
            [a, c],
            part.update,
            [&mut **mu, &mut **nu, &mut **turned],
            &mut axes,
        );
        if made % self.every as f64 == 0.0 {
            let _ = axes.renew(nu);
        }
    }

    /// The Frobenius norm of the update is that of the turned one, which is clipped.
    fn bound(&self, reach: Reach, numbers: &[f64]) -> f64 {
        if can_be_squared::<T>(reach.g) {
            4.0 * reach.n.sqrt().max(1.0) * self.adam().ratio() / numbers[0]
        } else {
            f64::INFINITY
        }
    }

    fn unsound(&self, reach: Reach, numbers: &[f64], vectors: &[&[T]]) -> Option<usize> {
        let [mu, _, _, _, left_basis, right_basis, ..] = vectors else {
            return None;
        };
        let skew = |basis: &[T]| numbers[2] > 0.0 && skewness(basis, basis.len().isqrt()) >= 1e-3;
        if skew(left_basis) || skew(right_basis) {
            return Some(0);
        }
        mu.iter().position(|m| m.to_f64().abs() > 2.0 * reach.g)
    }
}

impl<T: Float> ScaleBySoap<T> {
    fn adam(&self) -> ScaleByAdam {
        ScaleByAdam {
            beta1: self.beta1,
            beta2: self.beta2,
            epsilon: Epsilon::Uncorrected(self.epsilon),
        }
    }

    /// The sides that have a basis, 0 for those that keep their axes.
    fn sides(&self, shape: Shape) -> [usize; 2] {
        let of = |side: usize| {
            let turned = side > 1 && side <= self.largest;
            if turned { side } else { 0 }
        };
        if shape.rows == 0 || shape.columns == 0 {
            return [0, 0];
        }
        [of(shape.rows), of(shape.columns)]
    }

    /// Adam in the turned axes: $`g`$ becomes the update.
    fn step(
        &self,
        [a, c]: [f64; 2],
        g: &mut [T],
        [mu, nu, turned]: [&mut [T]; 3],
        axes: &mut Axes<'_, T>,
    ) -> Result<(), NumericError> {
        let [decay1, decay2] = [self.beta1, self.beta2].map(T::from_f64);
        let [gain1, gain2] = [1.0 - self.beta1, 1.0 - self.beta2].map(T::from_f64);
        axes.turn(Way::In, g, turned)?;
        for (v, &x) in zip(&mut *nu, &*turned) {
            let next = flush(decay2 * *v + gain2 * (x * x));
            *v = if next <= T::MAX { next } else { T::MAX }; // a turned entry may be as large as all together
        }
        for (m, &g) in zip(&mut *mu, &*g) {
            *m = flush(decay1 * *m + gain1 * g);
        }
        axes.turn(Way::In, mu, turned)?;
        // What Adam never exceeds; a new basis, in which the squares are those of the old one, could.
        let most = T::from_f64(2.0 * self.adam().ratio() / a);
        let ([a, c], zero) = ([a, c].map(T::from_f64), T::default());
        for (m, &v) in zip(&mut *turned, &*nu) {
            let u = if v > zero {
                *m / (a * v.sqrt() + c)
            } else {
                zero
            };
            let u = if u < most { u } else { most };
            *m = if u > -most { u } else { -most };
        }
        axes.turn(Way::Out, turned, g)
    }
}
