//! Preparations and a model as one model.

use super::preparation::{Preparation, Prepared, through};
use crate::contract::{Fit, FitWeighted, Predict, Target};
use crate::error::ModelError;
use crate::samples::check_pairs;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{to_matrix, view};
use gradus_numeric::MatrixRef;

/// Preparations and a model, fitted together on training samples alone.
///
/// ```math
/// \hat{y}(x) = f\bigl(g_m(\dots g_1(x) \dots)\bigr)
/// ```
///
/// where the numbers in $`g_1, \dots, g_m`$ and $`f`$ all come from the training samples. Scaled before the split, test
/// samples would have a say in means and deviations: the model would have seen what it is judged by. A pipeline is itself
/// [`Fit`], so cross-validation fits its preparations anew in every fold.
///
/// With weights of samples ([`FitWeighted`]) the model has them, the preparations do not: they see each sample once, as in
/// scikit-learn. A sample of weight 2 is then not the sample twice, and one of weight 0 still has a say in means and
/// deviations; leave it out if it should not.
///
/// # Shapes
///
/// As the model; a sample has as many features as those that were fitted.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | test samples change nothing of the fit | `test_samples_change_nothing_of_the_fit` |
/// | a pipeline without preparations is its model | `a_pipeline_without_preparations_is_its_model` |
/// | standardized, the units of features do not matter | `a_standardized_pipeline_does_not_see_units` |
/// | weights are those of the model alone | `weights_go_through_a_pipeline_to_its_model` |
///
/// # Errors
///
/// [`ModelError::Data`], [`ModelError::Linalg`] for what a preparation refuses, [`ModelError::InvalidSetting`] for no
/// principal component, and as the model.
///
/// # Examples
///
/// ```
/// use gradus_models::{Fit, LogisticRegression, MatrixRef, Order, Pipeline, Predict, Preparation, Shape};
///
/// let pipeline = Pipeline { steps: vec![Preparation::Standardize], model: LogisticRegression::default() };
/// let train = MatrixRef::new(&[1000.0, 1001.0, 1002.0, 1003.0], Shape::new(1, 4), Order::Columns)?;
/// let model = pipeline.fit(train, &[0_u32, 0, 1, 1])?;
/// assert_eq!(model.predict(MatrixRef::from_column(&[1001.4]))?, [0]); // below the mean 1001.5 of training
/// # Ok::<(), gradus_models::ModelError>(())
/// ```
///
/// # References
///
/// Hastie, Tibshirani and Friedman (2009), section 7.10.2, *The wrong and right way to do cross-validation*.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipeline<S> {
    /// What is done before, in this order.
    pub steps: Vec<Preparation>,
    /// The settings of the model.
    pub model: S,
}

/// A fitted pipeline; made by [`Pipeline`].
#[derive(Clone, Debug, PartialEq)]
pub struct PipelineModel<M> {
    steps: Vec<Prepared>,
    model: M,
}

impl<Y: Target, S: Fit<Y>> Fit<Y> for Pipeline<S> {
    type Model = PipelineModel<S::Model>;

    fn fit(&self, x: MatrixRef<'_, f64>, y: &[Y]) -> Result<Self::Model, ModelError> {
        check_pairs(x, y.len())?;
        let (steps, samples) = self.prepared(x)?;
        let model = self.model.fit(view(&samples), y)?;
        Ok(PipelineModel { steps, model })
    }
}

/// Weights reach the model; its preparations see every sample once, as in scikit-learn.
impl<Y: Target, S: FitWeighted<Y>> FitWeighted<Y> for Pipeline<S> {
    fn fit_weighted(
        &self,
        x: MatrixRef<'_, f64>,
        y: &[Y],
        weights: &[f64],
    ) -> Result<Self::Model, ModelError> {
        check_pairs(x, y.len())?;
        let (steps, samples) = self.prepared(x)?;
        let model = self.model.fit_weighted(view(&samples), y, weights)?;
        Ok(PipelineModel { steps, model })
    }
}

impl<S> Pipeline<S> {
    /// The preparations with their numbers, and the samples that have gone through.
    fn prepared(&self, x: MatrixRef<'_, f64>) -> Result<(Vec<Prepared>, DMatrix<f64>), ModelError> {
        let (mut steps, mut samples) = (Vec::new(), to_matrix(x));
        for step in &self.steps {
            let step = step.fit(view(&samples))?;
            samples = step.apply(view(&samples))?;
            steps.push(step);
        }
        Ok((steps, samples))
    }
}

impl<M> PipelineModel<M> {
    /// The model behind the preparations.
    #[must_use]
    pub const fn model(&self) -> &M {
        &self.model
    }
}

impl<Y: Target, M: Predict<Y>> Predict<Y> for PipelineModel<M> {
    fn predict(&self, x: MatrixRef<'_, f64>) -> Result<Vec<Y>, ModelError> {
        self.model.predict(view(&through(&self.steps, x)?))
    }
}
