//! Second derivatives: symmetric, and the same in every order of modes.

use gradus_autodiff::{
    Arena, AutodiffError, Dual, Tape, gradient, hessian, hessian_vector_product,
};
use gradus_linalg::nalgebra::DVector;
use gradus_numeric::{Order, Real, Shape, sigmoid, softplus};
use gradus_testkit::{all_relative, all_scaled, cases, scaled, strategies};
use proptest::prelude::*;

fn f<R: Real>(x: &[R]) -> R {
    let inner = x[0] * x[1] + x[2].exp();
    softplus(inner) * sigmoid(x[1] - x[2]) + (x[0] / (x[2] * x[2] + R::from_f64(1.0))).sin()
}

fn point() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(-2.0..2.0, 3)
}

/// $`\frac{d}{dt} f(x + t v)`$ as a function of `x`, for any number type.
fn along<R: Real>(x: &[R], v: &[f64]) -> R {
    let line: Vec<_> = x
        .iter()
        .zip(v)
        .map(|(&x, &v)| Dual::new(x, R::from_f64(v)))
        .collect();
    f(&line).derivative
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn hessians_are_symmetric(x in point()) {
        let h = hessian(|x| f(x), &x)?;
        let scale = h.amax().max(1.0);
        for i in 0..3 {
            for j in 0..i {
                scaled(h[(i, j)], h[(j, i)], 1e-12, scale)?;
            }
        }
    }

    #[test]
    fn hessian_products_agree_in_every_order_of_modes(x in point(), v in point()) {
        let h = hessian(|x| f(x), &x)?;
        let product = h * DVector::from_column_slice(&v);
        let scale = product.amax().max(1.0);
        let forward_over_reverse = hessian_vector_product(|x| f(x), &x, &v)?;
        let reverse_over_forward = gradient(|x| along(x, &v), &x)?;
        all_scaled(&forward_over_reverse, product.as_slice(), 1e-12, scale)?;
        all_scaled(&reverse_over_forward, product.as_slice(), 1e-12, scale)?;
        // forward over forward: the mixed part of nested duals, coordinate by coordinate
        for i in 0..3 {
            let nested: Vec<_> = (0..3)
                .map(|j| Dual::new(Dual::new(x[j], v[j]), Dual::from_f64(f64::from(u8::from(i == j)))))
                .collect();
            scaled(f(&nested).derivative.derivative, product[i], 1e-12, scale)?;
        }
    }

    /// With integers every operation is exact: $`H = \tfrac12 (A + A^\top)`$ of $`\tfrac12 x^\top A x`$.
    #[test]
    fn the_hessian_of_a_quadratic_is_its_symmetric_part(
        a in strategies::integer_matrix(3, 3), x in strategies::integers(3),
    ) {
        let h = hessian(
            |x| {
                let entry = |i: usize, j: usize| x[i] * x[j] * (0.5 * a[(i, j)]);
                (0..9).map(|k| entry(k / 3, k % 3)).sum()
            },
            &x,
        )?;
        all_relative(h.as_slice(), ((&a + a.transpose()) * 0.5).as_slice(), 0.0)?;
    }

    /// A tape of duals differentiates matrices too: $`H v`$ of $`\lVert W x \rVert^2`$ by W is $`2 V x x^\top`$.
    #[test]
    fn a_tape_of_duals_multiplies_by_the_hessian(
        w in strategies::integers(4), v in strategies::integers(4), x in strategies::integers(2),
    ) {
        let theta: Vec<_> = w.iter().zip(&v).map(|(&w, &v)| Dual::new(w, v)).collect();
        let tape = Tape::new(&theta);
        let data = tape.constant(Shape::new(2, 1), Order::Columns, |m| {
            m.iter_mut().zip(&x).for_each(|(m, &x)| *m = Dual::from_f64(x));
        });
        let y = (tape.parameter(0, Shape::new(2, 2)) * data).squared_sum();
        let products: Vec<f64> = tape.gradient(y)?.iter().map(|g| g.derivative).collect();
        let (first, second) = (2.0 * (v[0] * x[0] + v[1] * x[1]), 2.0 * (v[2] * x[0] + v[3] * x[1]));
        let closed = [first * x[0], first * x[1], second * x[0], second * x[1]];
        all_relative(&products, &closed, 0.0)?;
    }
}

/// At 0 the first derivative of $`x^2`$ is 0 but still has a derivative, so it must not absorb the slope of the
/// sigmoid: $`\sigma(x^2)'' = 2 \sigma'(0) = \tfrac12`$.
#[test]
fn a_tangent_of_value_zero_still_carries_a_second_derivative() -> Result<(), AutodiffError> {
    let x = Dual::variable(Dual::variable(0.0));
    assert_eq!(sigmoid(x * x).derivative.derivative, 0.5);
    let product = hessian_vector_product(|x| sigmoid(x[0] * x[0]), &[0.0], &[1.0])?;
    assert_eq!(product, [0.5]);
    Ok(())
}

/// A whole network: the Hessian product of the tape of duals is the difference of gradients.
#[test]
fn hessian_products_of_a_network_are_differences_of_gradients()
-> Result<(), gradus_testkit::Violation> {
    let theta: Vec<f64> = (0..17)
        .map(|i| f64::from(i * 37 % 19) / 10.0 - 0.9)
        .collect();
    gradus_testkit::gradient::second_order(
        |theta| {
            let mut gradient = vec![f64::NAN; 17];
            let outcome = Arena::new().value_and_gradient(theta, &mut gradient, network);
            outcome.map_or(vec![f64::NAN; 17], |_| gradient)
        },
        |theta, v| {
            let line: Vec<_> = theta
                .iter()
                .zip(v)
                .map(|(&t, &v)| Dual::new(t, v))
                .collect();
            let mut gradient = vec![Dual::from_f64(f64::NAN); 17];
            let outcome = Arena::new().value_and_gradient(&line, &mut gradient, network);
            outcome.map_or(vec![f64::NAN; 17], |_| {
                gradient.iter().map(|g| g.derivative).collect()
            })
        },
        &theta,
    )
}

/// Two inputs, four hidden units, one output, two samples.
fn network<'t, T: gradus_autodiff::Element>(tape: &'t Tape<'t, T>) -> gradus_autodiff::Var<'t, T> {
    let samples = [0.5, -1.0, 0.25, 0.75].map(T::from_f64);
    let x = tape.constant(Shape::new(2, 2), Order::Columns, |x| {
        x.copy_from_slice(&samples);
    });
    let (w1, b1) = (
        tape.parameter(0, Shape::new(4, 2)),
        tape.parameter(8, Shape::new(4, 1)),
    );
    let (w2, b2) = (
        tape.parameter(12, Shape::new(1, 4)),
        tape.parameter(16, Shape::new(1, 1)),
    );
    x.affine(w1, b1).tanh().affine(w2, b2).softplus().mean() + w2.squared_sum()
}
