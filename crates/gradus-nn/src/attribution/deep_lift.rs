//! `DeepLIFT`: finite differences in the place of slopes.

use super::recording::{Inputs, one_output};
use crate::error::NnError;
use crate::network::Model;
use gradus_autodiff::{AutodiffError, Form, Point, Tape, Visit};
use gradus_linalg::Scalar;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
use std::cmp::Ordering;
use std::iter::zip;

impl<T: Scalar> Model<T> {
    /// `DeepLIFT` with the rescale rule: the difference of a logit from that of a baseline, shared out among the inputs.
    ///
    /// ```math
    /// r_i = (x_i - b_i)\, m_i, \qquad
    /// m^{(l-1)} = \Bigl(W^{(l)}\Bigr)^{\!\top} \Bigl(\frac{f(z) - f(z')}{z - z'} \circ m^{(l)}\Bigr)
    /// ```
    ///
    /// where $`z'`$ is what the baseline $`b`$ gives: a chain rule of quotients in the place of slopes, which sees what a
    /// unit does between baseline and sample and not only at the sample. The shares are complete,
    /// $`\sum_i r_i = z_o(x) - z_o(b)`$.
    ///
    /// # Shapes
    ///
    /// `x`: features × samples in either order; `baseline`: features; the result is features × samples.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the shares add up to the difference of the logits | `deep_lift_is_complete` |
    /// | of an affine network it is $`w_i (x_i - b_i)`$ | `deep_lift_of_an_affine_network_is_its_terms` |
    /// | with one hidden layer it is integrated gradients | `deep_lift_agrees_with_integrated_gradients` |
    ///
    /// # Numerics
    ///
    /// Where $`z = z'`$ the quotient is the slope. For max pooling, what the maximum rose goes to the largest entry of the
    /// sample and what it fell to the largest of the baseline.
    ///
    /// # Errors
    ///
    /// [`NnError::FeatureCount`] for samples or a baseline of another length, [`NnError::NoSuchOutput`],
    /// [`NnError::NonFiniteAttribution`], and as [`relevance`](Self::relevance) for layers that are neither affine in
    /// their input nor entry by entry nor a maximum.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::{Key, MatrixRef, Network, Output, layers::{dense, relu}};
    ///
    /// let mut model = Network::<f64>::new(1, vec![dense(1), relu()], Output::Identity)?.initialize(Key::new(0))?;
    /// model.set_theta(vec![-1.0, 3.0])?; // (3 − x)⁺
    /// let x = [5.0];
    /// assert_eq!(model.input_gradient(MatrixRef::from_column(&x), 0)?[0], 0.0); // flat at 5
    /// assert_eq!(model.deep_lift(MatrixRef::from_column(&x), &[0.0], 0)?[0], -3.0); // but 3 lower than at 0
    /// # Ok::<(), gradus_nn::NnError>(())
    /// ```
    ///
    /// # References
    ///
    /// A. Shrikumar, P. Greenside and A. Kundaje, *Learning important features through propagating activation
    /// differences*, ICML 2017, §3.5.1, <https://arxiv.org/abs/1704.02685>.
    #[doc(alias = "DeepSHAP")]
    pub fn deep_lift(
        &self,
        x: MatrixRef<'_, T>,
        baseline: &[T],
        output: usize,
    ) -> Result<DMatrix<T>, NnError> {
        self.attribute(x, output, x.rows(), |range| {
            let columns: Vec<T> = baseline.repeat(range.len());
            let shape = Shape::new(baseline.len(), range.len());
            let columns = MatrixRef::new(&columns, shape, Order::Columns)?;
            let there = Inputs::new(self, columns, 0..range.len())?;
            let here = Inputs::new(self, x, range)?;
            let (base, tape) = (Tape::new(there.numbers()), Tape::new(here.numbers()));
            there.logits(&base, |_, x| x)?;
            let y = one_output(here.logits(&tape, |_, x| x)?, output, |_| T::from_f64(1.0));
            let mut by = |visit: &Visit<'_, T>, x_bar: MatrixMut<'_, T>| {
                let multiplied = base.look_at(visit.number, |x, y| multiply(visit, x, y, x_bar))?;
                multiplied.unwrap_or_else(|| Err(visit.refuse())) // both recordings number alike
            };
            let mut shares = here.back(|gradient| Ok(tape.pull_back_by(y, gradient, &mut by)?))?;
            for ((i, j), m) in places(shape).zip(shares.iter_mut()) {
                *m = *m * (here.get(i, j) - there.get(i, j));
            }
            Ok(shares)
        })
    }
}

/// The places of a matrix, column by column.
fn places(shape: Shape) -> impl Iterator<Item = (usize, usize)> {
    (0..shape.columns).flat_map(move |j| (0..shape.rows).map(move |i| (i, j)))
}

/// The multiplier of an input of a rule, which had the inputs `x0` and the value `y0` at the baseline.
fn multiply<T: Scalar>(
    visit: &Visit<'_, T>,
    x0: [MatrixRef<'_, T>; 3],
    y0: MatrixRef<'_, T>,
    mut x_bar: MatrixMut<'_, T>,
) -> Result<(), AutodiffError> {
    let (at, [x0, ..]) = (visit.at, x0.map(|x| x.as_slice()));
    let [x, y, y0] = [at.x[0], at.y, y0].map(|m| m.as_slice());
    match visit.form {
        Form::Affine => visit.pull_back(x_bar),
        Form::Entrywise => {
            visit.pull_back(x_bar.reborrow());
            let entries = zip(zip(x, x0), zip(zip(y, y0), at.y_bar.as_slice()));
            for (x_bar, ((&x, &x0), ((&y, &y0), &y_bar))) in zip(x_bar.into_slice(), entries) {
                if x != x0 {
                    *x_bar = (y - y0) / (x - x0) * y_bar;
                }
            }
        }
        Form::Selection => selection(visit, [x, x0], [y, y0], x_bar)?,
        _ => return Err(visit.refuse()),
    }
    Ok(())
}

/// What a maximum rose goes to the entry that has it now, and what it fell to the one that had it.
fn selection<T: Scalar>(
    visit: &Visit<'_, T>,
    [x, x0]: [&[T]; 2],
    [y, y0]: [&[T]; 2],
    mut x_bar: MatrixMut<'_, T>,
) -> Result<(), AutodiffError> {
    let (at, zero) = (visit.at, T::from_f64(0.0));
    let change = |wanted: Ordering| -> Vec<T> {
        let entries = zip(zip(y, y0), at.y_bar.as_slice());
        let change = |((&y, &y0), &bar): ((&T, &T), &T)| match y.partial_cmp(&y0) {
            Some(order) if order == wanted => (y - y0) * bar,
            _ => zero,
        };
        entries.map(change).collect()
    };
    let mut pull = |bars: &[T], x: &[T], y: &[T]| {
        let like = |m, like: MatrixRef<'_, T>| MatrixRef::new(m, like.shape(), like.order());
        let [_, second, third] = at.x;
        let points = (like(x, at.x[0]), like(y, at.y), like(bars, at.y));
        let (Ok(x), Ok(y), Ok(y_bar)) = points else {
            return Err(visit.refuse()); // of the same recording: it fits
        };
        let (x, kept) = ([x, second, third], at.kept);
        let point = Point { x, y, y_bar, kept };
        visit.rule.pullback(visit.input, &point, x_bar.reborrow());
        Ok(x_bar.as_mut_slice().to_vec())
    };
    let rise = pull(&change(Ordering::Greater), x, y)?;
    let fall = pull(&change(Ordering::Less), x0, y0)?;
    for (bar, ((rise, fall), (&x, &x0))) in
        zip(x_bar.into_slice(), zip(zip(rise, fall), zip(x, x0)))
    {
        // An entry that did not change has made no difference.
        *bar = if x == x0 {
            zero
        } else {
            (rise + fall) / (x - x0)
        };
    }
    Ok(())
}
