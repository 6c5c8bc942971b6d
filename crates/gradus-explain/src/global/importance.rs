//! What a model loses when a feature is shuffled.

use crate::error::ExplainError;
use crate::inputs::{Asked, samples};
use crate::sampled::Sampled;
use gradus_numeric::{MatrixRef, Order, Shape};
use gradus_random::{Key, shuffle};

/// How much the loss of a model grows when the values of one feature are shuffled among the samples.
///
/// ```math
/// I_i = \operatorname{E}_\pi\, L(X \text{ with row } i \text{ permuted by } \pi) - L(X)
/// ```
///
/// Shuffling keeps the values of the feature and cuts its ties to the truth and to the other features. A feature that has a copy looks
/// unimportant, because the copy serves as well. Importance for what is *learned* is measured on samples that were not trained on.
///
/// `loss` judges the whole table of samples; the truth is the caller's. Repeat `r` of feature `i` depends on the key, `r` and `i` alone.
///
/// # Shapes
///
/// `data: n × m`, one sample a column; the result has $`n`$ values.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | of a linear model without noise, squared loss: $`2 w_i^2 \operatorname{Var} x_i`$ on average | `importance_of_a_linear_model` |
/// | what the model ignores has importance 0, exactly | `importance_of_what_is_ignored` |
///
/// # Errors
///
/// [`ExplainError::TooFewDraws`] for fewer than two repeats, [`ExplainError::Empty`], [`ExplainError::InputNotFinite`],
/// [`ExplainError::ValueNotFinite`] if the loss is NaN or infinite.
///
/// # Examples
///
/// ```
/// use gradus_explain::{Key, MatrixRef, Order, Shape, permutation_importance};
///
/// let data = [1.0, 9.0, 2.0, 8.0, 3.0, 7.0]; // three samples of two features
/// let data = MatrixRef::new(&data, Shape::new(2, 3), Order::Columns)?;
/// let truth = [1.0, 2.0, 3.0]; // is feature 0, which the model knows
/// let loss = |x: MatrixRef<'_, f64>| x.row(0).zip(truth).map(|(x, y)| (x - y) * (x - y)).sum::<f64>() / 3.0;
/// let found = permutation_importance(loss, data, 100, Key::new(1))?;
/// assert!((found.values[0] - 4.0 / 3.0).abs() < 4.0 * found.standard_errors[0]); // 2 · 1² · 2/3
/// assert_eq!(found.values[1], 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// L. Breiman, *Random forests*, Machine Learning 45 (2001), 5–32, section 10; A. Fisher, C. Rudin and F. Dominici, *All models are
/// wrong, but many are useful*, JMLR 20 (2019), article 177.
pub fn permutation_importance(
    loss: impl Fn(MatrixRef<'_, f64>) -> f64,
    data: MatrixRef<'_, f64>,
    repeats: u32,
    key: Key,
) -> Result<Sampled, ExplainError> {
    let columns = samples(data)?;
    let shape = Shape::new(data.rows(), columns.len());
    let flat = columns.concat();
    let judge = Asked::new(|values: &[f64]| {
        // The shape is that of the data, so that there is always a view.
        MatrixRef::new(values, shape, Order::Columns).map_or(f64::NAN, &loss)
    });
    let plain = judge.at(&flat[..])?;
    let mut repeat = 0;
    Sampled::of(shape.rows, repeats.into(), || {
        let growth = |i: usize| {
            let mut values: Vec<f64> = data.row(i).collect();
            shuffle(&mut values, &mut key.round(repeat).index(i as u64).rng());
            let mut shuffled = flat.clone();
            let places = shuffled.iter_mut().skip(i).step_by(shape.rows);
            places.zip(values).for_each(|(place, x)| *place = x);
            Ok(judge.at(&shuffled[..])? - plain)
        };
        let all = (0..shape.rows).map(growth).collect();
        repeat += 1;
        all
    })
}
