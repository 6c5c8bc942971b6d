//! What a prediction is when some features are known and the others are not.

use crate::error::ExplainError;
use crate::inputs::{Asked, check_lengths, check_point, samples};
use crate::shapley::exact::LARGEST;
use gradus_numeric::MatrixRef;

/// The mean prediction for every set of known features: a game whose players are the features.
///
/// ```math
/// v(S) = \frac{1}{m} \sum_{j=1}^{m} f(x_S, b^{(j)}_{\bar S})
/// ```
///
/// where the features in $`S`$ are those of $`x`$, and the others those of the background sample $`b^{(j)}`$. Coalition $`S`$ has
/// the number whose binary digit `i` tells whether feature `i` is in it: $`v(\emptyset)`$, the mean prediction of the background,
/// comes first, and $`f(x)`$ last.
///
/// This is the *marginal* way to leave a feature out: the model is asked about points that may not occur, and a feature that it
/// ignores gets nothing. The *conditional* way, with the unknown features drawn given the known ones, credits features for
/// what they tell about others, and needs their joint law; where the law is a finite table, its mean is as easily computed, and
/// [`shapley`](crate::shapley) takes the values of either.
///
/// # Shapes
///
/// `x: n`, `background: n × m`, one sample a column; the result has $`2^n`$ values.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the first value is the mean prediction of the background, the last one that of the point | `the_game_goes_from_the_background_to_the_point` |
/// | conditional values share between copies, marginal ones do not | `a_copy_gets_half_only_of_the_conditional_game` |
///
/// # Errors
///
/// [`ExplainError::TooManyFeatures`] beyond 20 features, [`ExplainError::Empty`] without features or background,
/// [`ExplainError::LengthMismatch`], [`ExplainError::InputNotFinite`], [`ExplainError::ValueNotFinite`].
///
/// # Examples
///
/// ```
/// use gradus_explain::{MatrixRef, coalition_values};
///
/// let f = |x: &[f64]| x[0] * x[1];
/// let game = coalition_values(f, &[2.0, 3.0], MatrixRef::from_column(&[1.0, 0.0]))?;
/// assert_eq!(game, [0.0, 0.0, 3.0, 6.0]); // f(1, 0), f(2, 0), f(1, 3), f(2, 3)
/// # Ok::<(), gradus_explain::ExplainError>(())
/// ```
///
/// # References
///
/// S. M. Lundberg and S.-I. Lee, *A unified approach to interpreting model predictions*, NIPS 2017; D. Janzing, L. Minorics and
/// P. Blöbaum, *Feature relevance quantification in explainable AI: a causal problem*, AISTATS 2020, on marginal and conditional.
pub fn coalition_values(
    f: impl Fn(&[f64]) -> f64,
    x: &[f64],
    background: MatrixRef<'_, f64>,
) -> Result<Vec<f64>, ExplainError> {
    let v = Value::new(f, x, background)?;
    let (features, largest) = (x.len(), LARGEST);
    if features > largest {
        return Err(ExplainError::TooManyFeatures { features, largest });
    }
    (0..1_u32 << features)
        .map(|coalition| v.of(&|i| coalition >> i & 1 == 1))
        .collect()
}

/// The mean prediction when some features are known.
pub(super) struct Value<'a, F> {
    f: Asked<F>,
    x: &'a [f64],
    background: Vec<Vec<f64>>,
}

impl<'a, F: Fn(&[f64]) -> f64> Value<'a, F> {
    pub(super) fn new(
        f: F,
        x: &'a [f64],
        background: MatrixRef<'_, f64>,
    ) -> Result<Self, ExplainError> {
        check_point(x)?;
        check_lengths(x.len(), background.rows())?;
        let (f, background) = (Asked::new(f), samples(background)?);
        Ok(Self { f, x, background })
    }

    /// The value of the coalition that has the features of which `known` is true.
    pub(super) fn of(&self, known: &dyn Fn(usize) -> bool) -> Result<f64, ExplainError> {
        let mut sum = 0.0;
        let mut mixed = self.x.to_vec();
        for b in &self.background {
            for (i, mixed) in mixed.iter_mut().enumerate() {
                *mixed = if known(i) { self.x[i] } else { b[i] }; // both have a value a feature
            }
            sum += self.f.at(&mixed[..])?;
        }
        Ok(sum / self.background.len() as f64)
    }

    /// The background samples.
    pub(super) fn background(&self) -> &[Vec<f64>] {
        &self.background
    }

    /// The prediction at any point.
    pub(super) fn at(&self, x: &[f64]) -> Result<f64, ExplainError> {
        self.f.at(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    #[test]
    fn what_cannot_be_a_game_is_refused() {
        let f = |x: &[f64]| x.iter().sum::<f64>();
        let (features, largest) = (21, 20);
        let many = [0.0; 21];
        assert_eq!(
            coalition_values(f, &many, MatrixRef::from_column(&many)),
            Err(ExplainError::TooManyFeatures { features, largest })
        );
        let none = MatrixRef::new(&[], Shape::new(2, 0), Order::Columns).unwrap();
        let (features, samples) = (2, 0);
        assert_eq!(
            coalition_values(f, &[1.0, 2.0], none),
            Err(ExplainError::Empty { features, samples })
        );
        let (left, right) = (1, 2);
        assert_eq!(
            coalition_values(f, &[1.0], MatrixRef::from_column(&[0.0, 0.0])),
            Err(ExplainError::LengthMismatch { left, right })
        );
        let zero = MatrixRef::from_column(&[0.0]);
        assert!(coalition_values(f, &[f64::NAN], zero).is_err());
        let (evaluation, value) = (1, f64::INFINITY);
        assert_eq!(
            coalition_values(|x| x[0] * value.min(2.0) / (1.0 - x[0]), &[1.0], zero),
            Err(ExplainError::ValueNotFinite { evaluation, value })
        );
    }
}
