//! Functions of one number as operations of ONNX.

use crate::onnx::Attribute;
use crate::recording::Export;
use gradus_linalg::Scalar;
use gradus_numeric::functions::{
    Abs, Elu, Exp, Gelu, HardSigmoid, HardSwish, LeakyRelu, Relu, Sigmoid, Silu, Softplus,
    Softsign, Tanh,
};
use std::any::Any;

/// Adds what computes `f` of `x`, and returns the name of the result; `None` if the format has no such function.
pub(super) fn operations<T: Scalar>(
    f: &dyn Any,
    x: &str,
    graph: &mut Export<'_, T>,
) -> Option<String> {
    let named = |name: &'static str| Some(name);
    let one = None
        .or(f.is::<Relu>().then(|| named("Relu")))
        .or(f.is::<Sigmoid>().then(|| named("Sigmoid")))
        .or(f.is::<Tanh>().then(|| named("Tanh")))
        .or(f.is::<Softplus>().then(|| named("Softplus")))
        .or(f.is::<Softsign>().then(|| named("Softsign")))
        .or(f.is::<Exp>().then(|| named("Exp")))
        .or(f.is::<Abs>().then(|| named("Abs")))
        .or(f.is::<HardSwish>().then(|| named("HardSwish")))
        .flatten();
    if let Some(operation) = one {
        return Some(graph.node(operation, &[x], &[]));
    }
    if let Some(LeakyRelu { slope }) = f.downcast_ref() {
        let alpha = [("alpha", Attribute::Float(*slope))];
        return Some(graph.node("LeakyRelu", &[x], &alpha));
    }
    if let Some(elu) = f.downcast_ref() {
        return Some(exponential(*elu, x, graph));
    }
    if f.is::<HardSigmoid>() {
        let settings = [
            ("alpha", Attribute::Float(1.0 / 6.0)),
            ("beta", Attribute::Float(0.5)),
        ];
        return Some(graph.node("HardSigmoid", &[x], &settings));
    }
    if f.is::<Silu>() {
        let gate = graph.node("Sigmoid", &[x], &[]);
        return Some(graph.node("Mul", &[x, &gate], &[]));
    }
    f.is::<Gelu>().then(|| gaussian(x, graph))
}

/// $`r \max(x, 0) + l w\,(e^{\min(x, 0) / w} - 1)`$.
fn exponential<T: Scalar>(f: Elu, x: &str, graph: &mut Export<'_, T>) -> String {
    let [right, left] = [f.right, f.left * f.width].map(|c| graph.repeated(c, 1));
    let inverse = graph.repeated(-1.0 / f.width, 1);
    let one = graph.repeated(1.0, 1);
    let above = graph.node("Relu", &[x], &[]);
    let above = graph.node("Mul", &[&above, &right], &[]);
    let below = graph.node("Neg", &[x], &[]);
    let below = graph.node("Relu", &[&below], &[]);
    let below = graph.node("Mul", &[&below, &inverse], &[]);
    let below = graph.node("Exp", &[&below], &[]);
    let below = graph.node("Sub", &[&below, &one], &[]);
    let below = graph.node("Mul", &[&below, &left], &[]);
    graph.node("Add", &[&above, &below], &[])
}

/// $`\frac{x}{2} \bigl(1 + \operatorname{erf} \tfrac{x}{\sqrt 2}\bigr)`$.
fn gaussian<T: Scalar>(x: &str, graph: &mut Export<'_, T>) -> String {
    let [root, one, half] =
        [std::f64::consts::FRAC_1_SQRT_2, 1.0, 0.5].map(|c| graph.repeated(c, 1));
    let scaled = graph.node("Mul", &[x, &root], &[]);
    let erf = graph.node("Erf", &[&scaled], &[]);
    let gate = graph.node("Add", &[&erf, &one], &[]);
    let product = graph.node("Mul", &[x, &gate], &[]);
    graph.node("Mul", &[&product, &half], &[])
}
