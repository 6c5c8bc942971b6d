//! How the answer runs with one feature, for each sample and on average.

use crate::error::ExplainError;
use crate::inputs::{Asked, check_feature, check_point, samples};
use gradus_numeric::MatrixRef;

/// The prediction for each sample as one feature takes each of the given values: individual conditional expectation.
///
/// ```math
/// c_j(v) = f\bigl(x^{(j)} \text{ with } x_i = v\bigr)
/// ```
///
/// Curves that are not parallel tell that the feature acts together with others, which their mean
/// ([`partial_dependence`]) hides.
///
/// # Shapes
///
/// `data: n × m`, one sample a column; the result has `m` curves of as many values as `values`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | curves average to the partial dependence | `individual_curves_average_to_partial_dependence` |
/// | at the sample's own value, the curve has its prediction | `a_curve_passes_through_its_sample` |
///
/// # Errors
///
/// [`ExplainError::Empty`], [`ExplainError::NoSuchFeature`], [`ExplainError::InputNotFinite`] (the values of the curve count as
/// one sample), [`ExplainError::ValueNotFinite`].
///
/// # Examples
///
/// ```
/// use gradus_explain::{MatrixRef, Order, Shape, individual_curves};
///
/// let data = MatrixRef::new(&[1.0, 1.0, 5.0, -1.0], Shape::new(2, 2), Order::Columns)?;
/// let curves = individual_curves(|x| x[0] * x[1], data, 0, &[0.0, 2.0])?;
/// assert_eq!(curves, [vec![0.0, 2.0], vec![0.0, -2.0]]); // up with x₁ = 1, down with x₁ = −1
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// A. Goldstein, A. Kapelner, J. Bleich and E. Pitkin, *Peeking inside the black box*, J. Comput. Graph. Stat. 24 (2015), 44–65.
#[doc(alias = "ICE")]
pub fn individual_curves(
    f: impl Fn(&[f64]) -> f64,
    data: MatrixRef<'_, f64>,
    feature: usize,
    values: &[f64],
) -> Result<Vec<Vec<f64>>, ExplainError> {
    let samples = samples(data)?;
    check_feature(feature, data.rows())?;
    check_point(values)?;
    let f = Asked::new(f);
    let curve = |mut x: Vec<f64>| {
        let at = |&value: &f64| {
            x[feature] = value; // below the number of features
            f.at(&x[..])
        };
        values.iter().map(at).collect()
    };
    samples.into_iter().map(curve).collect()
}

/// The mean prediction over all samples as one feature takes each of the given values.
///
/// ```math
/// \mathrm{pd}(v) = \frac{1}{m} \sum_{j=1}^{m} f\bigl(x^{(j)} \text{ with } x_i = v\bigr)
/// ```
///
/// For a function that adds up over features it is the term of the feature, up to a constant. Where features are correlated, it asks
/// the model about points that do not occur.
///
/// # Shapes
///
/// `data: n × m`, one sample a column; the result has as many values as `values`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the mean of the individual curves | `individual_curves_average_to_partial_dependence` |
/// | of an additive function, its term and a constant | `partial_dependence_of_an_additive_function_is_its_term` |
///
/// # Errors
///
/// As [`individual_curves`].
///
/// # Examples
///
/// ```
/// use gradus_explain::{MatrixRef, Order, Shape, partial_dependence};
///
/// let data = MatrixRef::new(&[1.0, 1.0, 5.0, -1.0], Shape::new(2, 2), Order::Columns)?;
/// assert_eq!(partial_dependence(|x| x[0] * x[1], data, 0, &[0.0, 2.0])?, [0.0, 0.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// J. H. Friedman, *Greedy function approximation: a gradient boosting machine*, Ann. Statist. 29 (2001), 1189–1232, section 8.2.
pub fn partial_dependence(
    f: impl Fn(&[f64]) -> f64,
    data: MatrixRef<'_, f64>,
    feature: usize,
    values: &[f64],
) -> Result<Vec<f64>, ExplainError> {
    let curves = individual_curves(f, data, feature, values)?;
    let mean = |k: usize| curves.iter().map(|curve| curve[k]).sum::<f64>() / curves.len() as f64;
    Ok((0..values.len()).map(mean).collect()) // every curve has a value each
}
