//! Ways back that are not those of the chain rule, and what rules tell of themselves.

use gradus_autodiff::rules::{
    AddColumn, Affine, AveragePool, Convolve, Difference, Embed, GroupNorm, Hadamard, LayerNorm,
    Map, MaxPool, Mean, Moments, Normalize, Patches, Product, Scale, Softmax, SquaredSum, Sum,
    Total, Transpose, Window,
};
use gradus_autodiff::{AutodiffError, Form, MatrixVar, Order, Rule, Shape, Tape, functions::Tanh};
use gradus_testkit::{all_same_bits, all_scaled, cases, strategies};
use proptest::prelude::*;
use std::error::Error;
use std::sync::Arc;

const PAIRS: Window = Window {
    channels: 2,
    image: [1, 3],
    kernel: [1, 2],
    stride: [1, 1],
    padding: [0, 0],
    dilation: [1, 1],
};

/// Six numbers used twice, through sums, products, functions and maxima.
fn graph<'t>(tape: &'t Tape<'t, f64>) -> MatrixVar<'t, f64> {
    let x = tape.parameter(0, Shape::new(6, 1));
    let (w, b) = (
        tape.parameter(6, Shape::new(6, 6)),
        tape.parameter(42, Shape::new(6, 1)),
    );
    let hidden = x.affine(w, b).tanh() + x;
    hidden.hadamard(x).apply(Arc::new(MaxPool(PAIRS)))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_way_back_by_the_chain_rule_is_the_gradient(theta in strategies::vector(48)) {
        let tape = Tape::new(&theta);
        let y = graph(&tape).loss(|y, mut bar| {
            bar.as_mut_slice().iter_mut().zip(y.as_slice()).for_each(|(bar, y)| *bar = 2.0 * y);
            Ok::<_, ()>(y.as_slice().iter().map(|y| y * y).sum())
        });
        let mut gradient = vec![f64::NAN; 48];
        tape.pull_back_by(y, &mut gradient, &mut |visit, x_bar| {
            visit.pull_back(x_bar);
            Ok(())
        })?;
        all_same_bits(&gradient, &tape.gradient(y)?)?;
    }

    /// Of each input alone, and of all together: halfway between two inputs, an affine rule is halfway between their
    /// values.
    #[test]
    fn rules_have_the_form_that_they_tell(a in strategies::vector(12), b in strategies::vector(12)) {
        let middle: Vec<f64> = a.iter().zip(&b).map(|(a, b)| f64::midpoint(*a, *b)).collect();
        for (rule, shapes) in rules() {
            let inputs = rule.inputs();
            let alone = (0..inputs).map(|k| [k == 0, k == 1, k == 2]);
            for varies in alone.chain([[true, inputs > 1, inputs > 2]]) {
                let value = |x: &[f64]| entries(&*rule, shapes, varies, x);
                match rule.form(varies) {
                    Form::Affine => {
                        let (a, b, middle) = (value(&a)?, value(&b)?, value(&middle)?);
                        let half: Vec<f64> = a.iter().zip(&b).map(|(a, b)| f64::midpoint(*a, *b)).collect();
                        let size = a.iter().chain(&b).map(|x| x.abs()).fold(1e3, f64::max);
                        all_scaled(&middle, &half, 64.0 * f64::EPSILON, size).map_err(|v| v.within(rule.name()))?;
                    }
                    Form::Selection => {
                        let chosen = value(&a)?;
                        prop_assert!(chosen.iter().all(|y| a.contains(y)), "{}", rule.name());
                    }
                    Form::Entrywise => {
                        let twice = value(&a)?;
                        prop_assert!(twice.iter().zip(&a).all(|(y, a)| *y == a.tanh()), "{}", rule.name());
                    }
                    _ => {}
                }
            }
        }
    }
}

/// Rules, with the shapes of their inputs.
fn rules() -> Vec<(Arc<dyn Rule<f64>>, [Shape; 3])> {
    let [none, row, square, column] =
        [(0, 0), (1, 3), (3, 3), (3, 1)].map(|(m, n)| Shape::new(m, n));
    let (image, scales) = (Shape::new(6, 2), Shape::new(2, 2));
    let one: Shape = Shape::new(1, 1);
    let (channels, epsilon) = (2, 0.5);
    vec![
        (Arc::new(Product), [square, square, none]),
        (Arc::new(Affine), [square, square, column]),
        (Arc::new(AddColumn), [square, column, none]),
        (Arc::new(Sum), [square, square, none]),
        (Arc::new(Difference), [square, square, none]),
        (Arc::new(Hadamard), [square, square, none]),
        (Arc::new(Scale), [square, one, none]),
        (Arc::new(Transpose), [row, none, none]),
        (Arc::new(Total), [square, none, none]),
        (Arc::new(Mean), [square, none, none]),
        (Arc::new(SquaredSum), [square, none, none]),
        (Arc::new(Softmax), [square, none, none]),
        (Arc::new(Map(Tanh)), [square, none, none]),
        (Arc::new(Patches(PAIRS)), [image, none, none]),
        (Arc::new(AveragePool(PAIRS)), [image, none, none]),
        (Arc::new(MaxPool(PAIRS)), [image, none, none]),
        (
            Arc::new(Convolve {
                window: PAIRS,
                groups: 1,
            }),
            [Shape::new(1, 4), image, one],
        ),
        (Arc::new(Moments { channels }), [image, none, none]),
        (
            Arc::new(Normalize { channels, epsilon }),
            [image, scales, scales],
        ),
        (
            Arc::new(LayerNorm { channels, epsilon }),
            [image, scales, none],
        ),
        (
            Arc::new(GroupNorm {
                channels,
                groups: 2,
                epsilon,
            }),
            [image, scales, none],
        ),
        (Arc::new(Embed), [square, one, none]),
    ]
}

/// The value of a rule whose inputs that vary hold the first numbers of `x`, and the others 1, 2, 1, 2, …
fn entries(
    rule: &dyn Rule<f64>,
    shapes: [Shape; 3],
    varies: [bool; 3],
    x: &[f64],
) -> Result<Vec<f64>, AutodiffError> {
    use gradus_autodiff::{MatrixMut, MatrixRef};
    let others: Vec<f64> = (0..12).map(|i| f64::from(i % 2 + 1)).collect();
    let matrix = |i: usize| {
        let numbers = if varies[i] { x } else { &others };
        let shape = shapes[i];
        MatrixRef::new(&numbers[..shape.rows * shape.columns], shape, Order::Rows)
    };
    let failed = AutodiffError::LossFailed;
    let x = [matrix(0), matrix(1), matrix(2)].map(|m| m.map_err(|_| failed));
    let [a, b, c] = x;
    let x = [a?, b?, c?];
    let shape = rule.shape(&shapes)?;
    let mut y = vec![f64::NAN; shape.rows * shape.columns];
    let mut kept = vec![f64::NAN; rule.kept(&shapes)];
    let view = MatrixMut::new(&mut y, shape, Order::Rows).map_err(|_| failed)?;
    rule.value(&x, view, &mut kept);
    Ok(y)
}

#[test]
fn a_way_back_may_refuse_a_rule_and_never_passes_scalars() -> Result<(), Box<dyn Error>> {
    let theta = [1.0, 2.0];
    let tape = Tape::new(&theta);
    let x = tape.parameter(0, Shape::new(2, 1));
    let mut gradient = [0.0; 2];
    let refused = tape.pull_back_by(x.softmax().sum(), &mut gradient, &mut |visit, x_bar| {
        if visit.form == Form::General {
            return Err(visit.refuse());
        }
        visit.pull_back(x_bar);
        Ok(())
    });
    let told = refused.map_err(|error| error.to_string());
    assert_eq!(
        told,
        Err("what flows back cannot be shared out by softmax".to_owned())
    );
    let scalar = tape.pull_back_by(x.sum() * x.sum(), &mut gradient, &mut |visit, x_bar| {
        visit.pull_back(x_bar);
        Ok(())
    });
    assert!(matches!(scalar, Err(AutodiffError::Impassable { .. })));
    assert_eq!(tape.look_at(999, |_, _| ())?, None);
    Ok(())
}
