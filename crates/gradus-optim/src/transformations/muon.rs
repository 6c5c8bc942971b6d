//! Muon: the nearest orthogonal matrix, by Newton and Schulz.

use crate::core::layout::Entry;
use crate::core::settings::finite;
use crate::core::transformation::{Grain, Part, Reach, Transformation, Vector};
use crate::error::OptimError;
use gradus_numeric::{Float, MatrixMut, MatrixRef, NumericError, Order, Shape};
use std::fmt;
use std::iter::zip;

/// A matrix product $`C = A B`$.
///
/// This crate knows none but [`plain_product`]; `gradus-linalg` has fast ones.
pub type Product<T> = fn(MatrixRef<'_, T>, MatrixRef<'_, T>, MatrixMut<'_, T>);

/// Makes the update of a matrix nearly orthogonal; after [`Trace`](crate::Trace) this is Muon.
///
/// ```math
/// X = \frac{G}{\lVert G \rVert_F}, \qquad
/// X \leftarrow a X + (b A + c A^2)\, X \quad \text{with } A = X X^\top, \qquad
/// u = \sqrt{\max(1, m / n)}\; X
/// ```
///
/// where $`G`$ is the incoming update of $`m`$ rows and $`n`$ columns and $`a, b, c`$ are the coefficients of an odd
/// polynomial $`p(\sigma) = a \sigma + b \sigma^3 + c \sigma^5`$. With $`G = U \Sigma V^\top`$ every iteration gives
/// $`U p(\Sigma) V^\top`$: singular vectors stay, singular values go to about 1. The result is the direction of steepest
/// descent in the spectral norm: all directions of the matrix move by the same length, rare ones too.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | singular values go through the polynomial, vectors stay | `muon_maps_singular_values_by_its_polynomial` |
/// | with $`a, b, c = \tfrac{15}{8}, -\tfrac{10}{8}, \tfrac{3}{8}`$ the limit is orthogonal | `newton_schulz_converges_to_an_orthogonal_matrix` |
/// | no update exceeds its bound | `no_coarse_update_exceeds_its_bound` |
///
/// # Numerics
///
/// The default coefficients do not converge: they blow small singular values up as fast as possible and leave all
/// between 0.7 and 1.2, which trains as well. The bound on an update follows from the largest value that the polynomial
/// takes on what singular values can be, iteration by iteration. PyTorch iterates in `bfloat16`; here it is `T`.
///
/// # Errors
///
/// [`chain`](crate::chain) refuses coefficients that are not finite.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Link, Orthogonalize, ScaleByLearningRate, Shape, chain};
///
/// let exact = Orthogonalize { coefficients: [1.875, -1.25, 0.375], steps: 30, ..Orthogonalize::default() };
/// let optimizer = chain(vec![Link::coarse(exact), Link::new(ScaleByLearningRate::new(1.0))])?;
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(2, 2))?;
/// let mut theta = [0.0_f64; 4];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[5.0, 0.0, 0.0, -0.1]]))?;
/// let orthogonal = [-1.0, 0.0, 0.0, 1.0];
/// assert!(theta.iter().zip(orthogonal).all(|(x, y)| (x - y).abs() < 1e-12));
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// K. Jordan et al., *Muon: an optimizer for hidden layers in neural networks* (2024),
/// <https://kellerjordan.github.io/posts/muon/>; the iteration: N. J. Higham, *Functions of Matrices* (2008), chapter 8.
#[doc(alias = "Muon")]
#[derive(Clone, Copy)]
pub struct Orthogonalize<T> {
    /// $`a, b, c`$.
    pub coefficients: [f64; 3],
    /// How many iterations.
    pub steps: usize,
    /// The matrix product.
    pub product: Product<T>,
}

/// Five iterations with $`a, b, c = 3.4445, -4.7750, 2.0315`$, as by K. Jordan and in PyTorch, and [`plain_product`].
impl<T: Float> Default for Orthogonalize<T> {
    fn default() -> Self {
        Self {
            coefficients: [3.4445, -4.7750, 2.0315],
            steps: 5,
            product: plain_product,
        }
    }
}

impl<T> fmt::Debug for Orthogonalize<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Orthogonalize")
            .field("coefficients", &self.coefficients)
            .field("steps", &self.steps)
            .finish_non_exhaustive()
    }
}

impl<T: Float> Transformation<T> for Orthogonalize<T> {
    fn check(&self) -> Result<(), OptimError> {
        self.coefficients
            .iter()
            .try_for_each(|&c| finite::<T>("coefficient", c))
    }

    fn grain(&self) -> Grain {
        Grain::Tensor
    }

    /// Memory for $`X`$, $`A`$ and $`bA + cA^2`$.
    fn vectors(&self, tensor: &Entry) -> Vec<(Vector, usize)> {
        let Shape { rows, columns } = tensor.shape;
        let small = rows.min(columns);
        vec![
            (Vector::scratch("x"), rows * columns),
            (Vector::scratch("a"), small * small),
            (Vector::scratch("b"), small * small),
        ]
    }

    fn apply(&self, part: Part<'_, T>) {
        let ([x, a, b], Shape { rows, columns }) = (part.vectors, part.tensor.shape) else {
            return;
        };
        // A wide matrix has the smaller A; which way it lies in memory does not matter.
        let (shape, order) = if rows > columns {
            (Shape::new(columns, rows), Order::Columns)
        } else {
            (Shape::new(rows, columns), Order::Rows)
        };
        normalize(part.update);
        // The shapes fit by construction.
        let _ = self.iterate(shape, order, part.update, [&mut **x, &mut **a, &mut **b]);
        let scale = T::from_f64(height(rows, columns).sqrt());
        part.update.iter_mut().for_each(|u| *u = *u * scale);
    }

    /// An entry of a matrix is at most its largest singular value.
    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        let sigma = (0..self.steps).fold(1.0, |most, _| self.largest_value(most));
        2.0 * sigma * reach.n.sqrt().max(1.0)
    }
}

impl<T: Float> Orthogonalize<T> {
    fn iterate(
        &self,
        shape: Shape,
        order: Order,
        g: &mut [T],
        [x, a, b]: [&mut [T]; 3],
    ) -> Result<(), NumericError> {
        let small = Shape::new(shape.rows, shape.rows);
        let [ca, cb, cc] = self.coefficients.map(T::from_f64);
        for _ in 0..self.steps {
            let g_view = MatrixRef::new(g, shape, order)?;
            let a_view = MatrixMut::new(a, small, Order::Rows)?;
            (self.product)(g_view, g_view.transposed(), a_view);
            let square = MatrixRef::new(a, small, Order::Rows)?;
            (self.product)(square, square, MatrixMut::new(b, small, Order::Rows)?);
            zip(&mut *b, &*a).for_each(|(b, &a)| *b = cb * a + cc * *b);
            let b = MatrixRef::new(b, small, Order::Rows)?;
            (self.product)(b, g_view, MatrixMut::new(x, shape, order)?);
            zip(&mut *g, &*x).for_each(|(g, &x)| *g = ca * *g + x);
        }
        Ok(())
    }

    /// $`\max_{0 \le \sigma \le s} \lvert a\sigma + b\sigma^3 + c\sigma^5 \rvert`$: at the end, or where the derivative
    /// $`a + 3 b y + 5 c y^2`$ of $`y = \sigma^2`$ vanishes.
    fn largest_value(&self, s: f64) -> f64 {
        let [a, b, c] = self.coefficients;
        let p = |x: f64| (x * (a + x * x * (b + x * x * c))).abs();
        let root = (9.0 * b * b - 20.0 * a * c).sqrt(); // NaN if there is none
        let stationary = [-3.0 * b + root, -3.0 * b - root].map(|d| (d / (10.0 * c)).sqrt());
        let linear = (-a / (3.0 * b)).sqrt(); // if c = 0
        let inside = [stationary[0], stationary[1], linear]
            .into_iter()
            .filter(|&x| x < s);
        inside.map(p).fold(p(s), f64::max)
    }
}

/// $`\max(1, m / n)`$.
fn height(rows: usize, columns: usize) -> f64 {
    (rows as f64 / columns.max(1) as f64).max(1.0)
}

/// Divides by the Frobenius norm. Divided by the largest entry first, no square overflows or vanishes.
fn normalize<T: Float>(g: &mut [T]) {
    let largest = g.iter().fold(0.0, |top: f64, g| top.max(g.to_f64().abs()));
    if largest > 0.0 {
        let squares = g.iter().map(|g| (g.to_f64() / largest).powi(2));
        let norm = squares.sum::<f64>().sqrt();
        for g in g.iter_mut() {
            *g = T::from_f64(g.to_f64() / largest / norm);
        }
    }
}

/// $`c_{ij} = \sum_l a_{il} b_{lj}`$ as it is written: for small matrices and for tests.
///
/// # Examples
///
/// ```
/// use gradus_optim::{MatrixMut, MatrixRef, Order, Shape, plain_product};
///
/// let a = MatrixRef::new(&[1.0, 2.0], Shape::new(1, 2), Order::Rows)?;
/// let mut c = [0.0];
/// plain_product(a, a.transposed(), MatrixMut::new(&mut c, Shape::new(1, 1), Order::Rows)?);
/// assert_eq!(c, [5.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn plain_product<T: Float>(a: MatrixRef<'_, T>, b: MatrixRef<'_, T>, mut c: MatrixMut<'_, T>) {
    for i in 0..a.rows() {
        for j in 0..b.columns() {
            let products = zip(a.row(i), b.column(j)).map(|(a, b)| a * b);
            if let Some(c) = c.get_mut(i, j) {
                *c = products.fold(T::default(), |sum, x| sum + x);
            }
        }
    }
}
