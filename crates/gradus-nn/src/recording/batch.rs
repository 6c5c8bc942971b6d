//! A batch on its way through the layers.

use crate::sample_shape::SampleShape;
use gradus_autodiff::MatrixVar;
use gradus_linalg::Scalar;

/// A batch on the tape: a matrix with one column per sample, and what a sample is.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'t, T: 'static> {
    /// The numbers, `sample.len()` × samples.
    pub matrix: MatrixVar<'t, T>,
    /// What a column means.
    pub sample: SampleShape,
}

impl<'t, T: Scalar> Batch<'t, T> {
    /// A function of the numbers that leaves the shape of a sample as it is.
    #[must_use]
    pub fn map(self, f: impl FnOnce(MatrixVar<'t, T>) -> MatrixVar<'t, T>) -> Self {
        self.with(self.sample, f)
    }

    /// A function of the numbers that makes samples of another shape.
    #[must_use]
    pub fn with(
        self,
        sample: SampleShape,
        f: impl FnOnce(MatrixVar<'t, T>) -> MatrixVar<'t, T>,
    ) -> Self {
        let matrix = f(self.matrix);
        Self { matrix, sample }
    }
}
