//! Layer-wise relevance propagation.

use super::recording::{Inputs, one_output};
use crate::error::NnError;
use crate::network::Model;
use gradus_autodiff::{AutodiffError, Form, Point, Tape, Visit};
use gradus_linalg::Scalar;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::{MatrixMut, MatrixRef, map2};

impl<T: Scalar> Model<T> {
    /// Layer-wise relevance propagation (ε-LRP): a logit shared out among the inputs, layer by layer.
    ///
    /// ```math
    /// R_i = \sum_k \frac{w_{ki} x_i}{z_k + \epsilon \operatorname{sgn} z_k}\, R_k, \qquad
    /// z_k = \sum_i w_{ki} x_i + b_k
    /// ```
    ///
    /// A unit passes what it got on to those that made it, each in proportion to its contribution; an activation hands
    /// on all that it gets, the largest of a pool takes all, and the share of a bias is lost. $`\epsilon`$ takes from
    /// units whose contributions nearly cancel.
    ///
    /// # Shapes
    ///
    /// `x`: features × samples in either order; the result is features × samples.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | for rectifiers, $`\epsilon \to 0`$, it is gradient × input | `relevance_of_rectifiers_is_gradient_times_input` |
    /// | the definition, unit by unit | `relevance_is_its_sum` |
    ///
    /// # Numerics
    ///
    /// $`\epsilon`$ stabilizes products of matrices; sums, means and normalizations are shared out exactly. Where a
    /// sum is 0 there is nothing to be in proportion to, and it passes nothing on. $`\operatorname{sgn} 0 = 1`$.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] unless $`0 \le \epsilon < \infty`$, [`NnError::NoSuchOutput`], [`NnError::FeatureCount`];
    /// [`NnError::Autodiff`] with [`AutodiffError::Impassable`] for a layer that is neither affine in its input nor
    /// entry by entry nor a maximum, such as layer normalization; [`NnError::NonFiniteAttribution`].
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::{Key, MatrixRef, Network, Output, layers::{dense, sigmoid}};
    ///
    /// let network = Network::<f64>::new(2, vec![dense(1), sigmoid(), dense(1)], Output::Identity)?;
    /// let mut model = network.initialize(Key::new(0))?;
    /// model.set_theta(vec![3.0, -1.0, 0.0, 4.0, 0.0])?; // 4 σ(3 a − b)
    /// let shares = model.relevance(MatrixRef::from_column(&[1.0, 3.0]), 0, 0.5)?;
    /// // The logit 4 σ(0) = 2 passes 2 · 2 / (2 + ½); of that, 3 and −3 over 0 + ½.
    /// assert!((shares[0] - 9.6).abs() < 1e-14 && (shares[1] + 9.6).abs() < 1e-14);
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    ///
    /// # References
    ///
    /// S. Bach et al., *On pixel-wise explanations for non-linear classifier decisions by layer-wise relevance
    /// propagation*, PLOS ONE 10 (2015), (58), <https://doi.org/10.1371/journal.pone.0130140>; M. Ancona et al.,
    /// *Towards better understanding of gradient-based attribution methods*, ICLR 2018, proposition 1.
    #[doc(alias = "LRP")]
    pub fn relevance(
        &self,
        x: MatrixRef<'_, T>,
        output: usize,
        epsilon: f64,
    ) -> Result<DMatrix<T>, NnError> {
        if !(epsilon >= 0.0 && epsilon.is_finite()) {
            return Err(NnError::Domain {
                name: "epsilon",
                value: epsilon,
                domain: "[0, ∞)",
            });
        }
        let epsilon = T::from_f64(epsilon);
        self.attribute(x, output, x.rows(), |range| {
            let inputs = Inputs::new(self, x, range)?;
            let tape = Tape::new(inputs.numbers());
            let y = one_output(inputs.logits(&tape, |_, x| x)?, output, |z| z);
            let mut scratch = Vec::new();
            let mut by = |visit: &Visit<'_, T>, x_bar: MatrixMut<'_, T>| {
                share(visit, epsilon, &mut scratch, x_bar)
            };
            inputs.back(|gradient| Ok(tape.pull_back_by(y, gradient, &mut by)?))
        })
    }
}

/// The relevance of an input of a rule.
fn share<T: Scalar>(
    visit: &Visit<'_, T>,
    epsilon: T,
    scratch: &mut Vec<T>,
    x_bar: MatrixMut<'_, T>,
) -> Result<(), AutodiffError> {
    let at = visit.at;
    match visit.form {
        Form::Affine => {
            let products = visit.rule.multiply_adds(&at.x.map(|x| x.shape())) > 0;
            let epsilon = if products { epsilon } else { T::from_f64(0.0) };
            proportional(visit, epsilon, scratch, x_bar)
        }
        Form::Entrywise => {
            x_bar.into_slice().copy_from_slice(at.y_bar.as_slice()); // lies as its value
            Ok(())
        }
        Form::Selection => {
            visit.pull_back(x_bar);
            Ok(())
        }
        _ => Err(visit.refuse()),
    }
}

/// $`x \circ J^\top \bigl(R \oslash (y + \epsilon \operatorname{sgn} y)\bigr)`$ of an affine rule.
fn proportional<T: Scalar>(
    visit: &Visit<'_, T>,
    epsilon: T,
    scratch: &mut Vec<T>,
    mut x_bar: MatrixMut<'_, T>,
) -> Result<(), AutodiffError> {
    let (at, zero) = (visit.at, T::from_f64(0.0));
    scratch.resize(at.y.as_slice().len(), zero);
    map2(at.y_bar.as_slice(), at.y.as_slice(), scratch, |r, y| {
        let whole = if y < zero { y - epsilon } else { y + epsilon };
        if whole == zero { zero } else { r / whole }
    });
    let refused = |_| visit.refuse();
    let y_bar = MatrixRef::new(scratch, at.y.shape(), at.y.order()).map_err(refused)?;
    let scaled = Visit {
        at: Point { y_bar, ..at },
        ..*visit
    };
    scaled.pull_back(x_bar.reborrow());
    let x = at.x.get(visit.input).map_or(&[][..], |x| x.as_slice());
    let own = x_bar.into_slice().iter_mut().zip(x); // an adjoint lies as its matrix
    own.for_each(|(r, &x)| *r = *r * x);
    Ok(())
}
