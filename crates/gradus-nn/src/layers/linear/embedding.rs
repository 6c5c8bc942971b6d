//! Rows of a table of parameters.

use crate::error::{Misfit, NnError};
use crate::onnx::Attribute;
use crate::recording::{Batch, Export, Initializer, Layer, Pass, Value};
use crate::sample_shape::SampleShape;
use gradus_autodiff::rules::Embed;
use gradus_linalg::Scalar;

/// A table with a vector for each of `count` things: words, letters, categories.
///
/// ```math
/// y_{d s} = w_{x_s,\, d}
/// ```
///
/// A sample is a vector of numbers of rows, one a step, and becomes the sequence of these rows. It is a dense layer of
/// columns that are 1 at the number and 0 elsewhere, without its multiplications.
///
/// Samples carry the numbers as numbers: 7 is row 7, counted from 0. Single precision counts to 2²⁴, double precision to
/// 2⁵³ without a gap.
///
/// # Shapes
///
/// Vectors of steps become sequences, dimensions × steps; `weight: count × dimensions`, as PyTorch stores it.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the product with columns of one 1 | `an_embedding_is_a_dense_layer_of_ones` |
/// | a number that is no row is refused, and nothing has changed | `numbers_that_are_no_rows_are_refused` |
///
/// # Errors
///
/// [`Misfit::NotAVector`], [`Misfit::Empty`]; [`NnError::Domain`] for more rows than the number type can count;
/// [`Misfit::Index`], when samples are there, for a number that is no row.
///
/// # Examples
///
/// ```
/// use gradus_nn::layers::{dense, embedding, flatten};
/// use gradus_nn::{Key, Network, Output};
///
/// let layers = vec![embedding(26, 2), flatten(), dense(3)]; // four letters
/// let model = Network::<f64>::new(4, layers, Output::Softmax)?.initialize(Key::new(0))?;
/// assert!(model.predict_one(&[0.0, 25.0, 1.0, 1.0]).is_ok());
/// let told = model.predict_one(&[0.0, 26.0, 1.0, 1.0]).map_err(|error| error.to_string());
/// assert_eq!(told, Err("layer 0 (embedding) of 4: 26 is none of the rows 0 to 25".to_owned()));
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
///
/// # References
///
/// Y. Bengio et al., *A neural probabilistic language model*, JMLR 3 (2003), 1137–1155, §2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Embedding {
    /// How many rows the table has.
    pub count: usize,
    /// How long a row is.
    pub dimensions: usize,
    /// How the table starts.
    pub weights: Initializer,
}

impl<T: Scalar> Layer<T> for Embedding {
    fn kind(&self) -> &'static str {
        "embedding"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let SampleShape::Vector(steps) = x.sample else {
            return Err(pass.misfit(x, Misfit::NotAVector));
        };
        let Self {
            count, dimensions, ..
        } = *self;
        if count == 0 || dimensions == 0 || steps == 0 {
            return Err(pass.misfit(x, Misfit::Empty));
        }
        if count as f64 > 2.0 / T::EPSILON.to_f64() {
            return Err(NnError::Domain {
                name: "rows of an embedding",
                value: count as f64,
                domain: "[1, 2²⁴] in single, [1, 2⁵³] in double precision",
            });
        }
        let row = |x: f64| x >= 0.0 && x < count as f64 && x.fract() == 0.0;
        // A dry tape has no numbers.
        let wrong = x.matrix.with(|x| {
            let mut numbers = x.as_slice().iter().map(|x| x.to_f64());
            numbers.find(|&x| !row(x))
        });
        if let Ok(Some(value)) = wrong {
            return Err(pass.misfit(x, Misfit::Index { value, count }));
        }
        let w = pass.parameter("weight", &[count, dimensions], self.weights)?;
        let sample = SampleShape::Sequence {
            features: dimensions,
            steps,
        };
        let tape = pass.tape();
        Ok(x.with(sample, |x| tape.apply(&Embed, [w, x])))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        const INT64: i64 = 7;
        let w = graph.tensor("weight")?;
        let numbers = graph.node("Cast", &[&x.name], &[("to", Attribute::Int(INT64))]);
        let rows = graph.node("Gather", &[&w, &numbers], &[]); // samples × steps × dimensions
        let order = [("perm", Attribute::Ints(vec![0, 2, 1]))];
        let (name, places) = (graph.node("Transpose", &[&rows], &order), 1);
        Ok(Value { name, places })
    }
}
