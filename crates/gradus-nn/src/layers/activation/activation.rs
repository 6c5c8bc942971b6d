//! Activations: one function, entry by entry.

use super::operations::operations;
use crate::error::NnError;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_autodiff::rules::Map;
use gradus_linalg::Scalar;
use gradus_numeric::Unary;
use std::any::type_name;

/// An activation: a function of one number, entry by entry.
///
/// ```math
/// y_{ij} = f(x_{ij}), \qquad \bar x_{ij} = f'(x_{ij})\,\bar y_{ij}
/// ```
///
/// Every [`Unary`] function is one, those of `gradus_numeric::functions` and one's own; value and slope are
/// written down there.
///
/// # Shapes
///
/// Any sample, and the same comes out.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the layer is the function, entry by entry | `an_activation_is_its_function` |
///
/// # Examples
///
/// ```
/// use gradus_nn::layers::activation;
/// use gradus_nn::numeric::functions::Softsign;
/// use gradus_nn::{Key, Network, Output};
///
/// let network = Network::<f64>::new(2, vec![activation(Softsign)], Output::Identity)?;
/// let model = network.initialize(Key::new(0))?;
/// assert_eq!(model.predict_one(&[1.0, -3.0])?, [0.5, -0.75]); // x / (1 + |x|)
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activation<F>(
    /// $`f`$.
    pub F,
);

impl<T: Scalar, F: Unary> Layer<T> for Activation<F> {
    fn kind(&self) -> &'static str {
        last_name(type_name::<F>())
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let map = pass.rule(|| Map(self.0))?;
        Ok(x.map(|x| x.apply(map)))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let name = operations(&self.0, &x.name, graph).ok_or_else(|| graph.refuse())?;
        Ok(Value { name, ..x })
    }
}

/// The name of a type without where it is and what it is made of.
fn last_name(path: &'static str) -> &'static str {
    let path = path.split('<').next().unwrap_or(path);
    path.rsplit("::").next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_name_of_a_type() {
        assert_eq!(last_name("a::b::Relu"), "Relu");
        assert_eq!(last_name("a::Twice<b::Relu>"), "Twice");
        assert_eq!(last_name("Gelu"), "Gelu");
    }
}
