//! A network against JAX and a computation with sixty digits; see `golden/network.py`.

use gradus_autodiff::{Arena, AutodiffError, Dual, Element, Tape, Var};
use gradus_numeric::{Order, Shape};
use gradus_testkit::{golden, scaled};
use std::error::Error;

const TABLE: &str = include_str!("golden/network.csv");

/// Rows of one class, with the error allowed against the largest entry.
fn check(class: &str, found: &[f64]) -> Result<(), Box<dyn Error>> {
    let rows = golden::read(TABLE)?;
    let rows: Vec<_> = rows.iter().filter(|row| row.class == class).collect();
    assert_eq!(rows.len(), found.len());
    let scale = rows.iter().map(|row| row.output.abs()).fold(0.0, f64::max);
    for (row, &found) in rows.iter().zip(found) {
        scaled(found, row.output, row.max_ulp as f64 * f64::EPSILON, scale)
            .map_err(|violation| violation.within(format!("line {}", row.line)))?;
    }
    Ok(())
}

/// Parameters, or the direction, as the table has them.
fn column(k: usize) -> Result<Vec<f64>, Box<dyn Error>> {
    let rows = golden::read(TABLE)?;
    Ok(rows
        .iter()
        .filter(|row| row.class == "gradient")
        .map(|row| row.inputs[k])
        .collect())
}

/// 3 → 4 tanh → 4 sigmoid → 2 softplus, five samples: the mean, and 0.01 times the squares of the weights.
fn network<'t, T: Element>(tape: &'t Tape<'t, T>) -> Var<'t, T> {
    let x = tape.constant(Shape::new(3, 5), Order::Rows, |x| {
        for (i, row) in (0_u8..).zip(x.chunks_exact_mut(5)) {
            for (j, x) in (0_u8..).zip(row) {
                *x = T::from_f64((f64::from((i * 29 + j * 17) % 16) - 7.5) / 8.0);
            }
        }
    });
    let weights = [(0, 4, 3), (16, 4, 4), (36, 2, 4)]
        .map(|(offset, m, n)| tape.parameter(offset, Shape::new(m, n)));
    let biases =
        [(12, 4), (32, 4), (44, 2)].map(|(offset, m)| tape.parameter(offset, Shape::new(m, 1)));
    let h = x.affine(weights[0], biases[0]).tanh();
    let h = (weights[1] * h + biases[1] * ones(tape)).sigmoid(); // the same layer, by other rules
    let y = h.affine(weights[2], biases[2]).softplus().mean();
    let squares: Var<'t, T> = weights.iter().map(|w| w.squared_sum()).sum();
    y + squares * Var::constant(T::from_f64(0.01))
}

fn ones<'t, T: Element>(tape: &'t Tape<'t, T>) -> gradus_autodiff::MatrixVar<'t, T> {
    tape.constant(Shape::new(1, 5), Order::Rows, |x| x.fill(T::from_f64(1.0)))
}

#[test]
fn value_and_gradient_of_a_network_are_those_of_jax() -> Result<(), Box<dyn Error>> {
    let theta = column(0)?;
    let mut gradient = vec![f64::NAN; theta.len()];
    let value = Arena::new().value_and_gradient(&theta, &mut gradient, network)?;
    check("value", &[value])?;
    check("gradient", &gradient)
}

#[test]
fn the_hessian_product_of_a_network_is_that_of_jax() -> Result<(), Box<dyn Error>> {
    let line: Vec<_> = column(0)?
        .into_iter()
        .zip(column(1)?)
        .map(|(t, v)| Dual::new(t, v))
        .collect();
    let gradient: Result<Vec<_>, AutodiffError> = {
        let tape = Tape::new(&line);
        tape.gradient(network(&tape))
    };
    let product: Vec<_> = gradient?.iter().map(|g| g.derivative).collect();
    check("hessian_product", &product)
}
