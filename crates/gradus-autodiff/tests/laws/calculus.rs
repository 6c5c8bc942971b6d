//! The rules of differentiation, and gradients known in closed form.

use gradus_autodiff::{Dual, derivative, gradient, jacobian, jvp, vjp};
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_numeric::{Real, pairwise_sum, sigmoid, softplus};
use gradus_testkit::{
    Violation, all_relative, all_same_bits, all_scaled, all_within_ulps, cases,
    gradient as checker, relative, scaled, strategies,
};
use proptest::prelude::*;

fn f<R: Real>(x: &[R]) -> R {
    (x[0] * x[1]).sin() + x[2].exp() * x[0]
}

fn g<R: Real>(x: &[R]) -> R {
    softplus(x[0] - x[2]) * x[1].tanh() + x[1]
}

/// Three inputs, four outputs, and a branch.
fn map<R: Real>(x: &[R]) -> Vec<R> {
    let product = x[0] * x[1];
    let branch = if x[0] > x[1] {
        product.cos()
    } else {
        sigmoid(product)
    };
    vec![
        product / (x[2] * x[2] + R::from_f64(1.0)),
        branch,
        x[2].max(x[0]),
        x[1],
    ]
}

fn point() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(-2.0..2.0, 3)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_gradient_is_linear(x in point(), a in -9.0..9.0_f64, b in -9.0..9.0_f64) {
        let combined = gradient(|x| f(x) * a + g(x) * b, &x)?;
        let (df, dg) = (gradient(|x| f(x), &x)?, gradient(|x| g(x), &x)?);
        for i in 0..3 {
            // every term is a product of some slopes, in one order or another: 16 roundings
            let scale = (a * df[i]).abs() + (b * dg[i]).abs() + a.abs() * (1.0 + x[2].exp()) * 3.0;
            scaled(combined[i], a * df[i] + b * dg[i], 16.0 * f64::EPSILON, scale)?;
        }
    }

    #[test]
    fn the_rules_of_differentiation_hold(x in -2.0..2.0_f64) {
        type Function = fn(Dual<f64>) -> Dual<f64>;
        let (u, v): (Function, Function) = (|x| x.exp() + x, |x| x.sin() + Real::from_f64(2.0));
        let (du, dv) = (derivative(u, x), derivative(v, x));
        let (u0, v0) = (u(Dual::constant(x)).value, v(Dual::constant(x)).value);
        relative(derivative(|x| u(x) + v(x), x), du + dv, 1e-14)?;
        let scale = (du * v0).abs() + (u0 * dv).abs();
        scaled(derivative(|x| u(x) * v(x), x), du * v0 + u0 * dv, 1e-14, scale)?;
        let quotient = (du * v0 - u0 * dv) / (v0 * v0);
        scaled(derivative(|x| u(x) / v(x), x), quotient, 1e-14, scale / (v0 * v0))?;
        relative(derivative(|x| u(v(x)), x), derivative(u, v0) * dv, 1e-14)?;
    }

    #[test]
    fn forward_mode_equals_reverse_mode(x in point()) {
        let reverse = jacobian(|x| map(x), &x)?;
        for j in 0..3 {
            let mut e = vec![0.0; 3];
            e[j] = 1.0;
            let (_, column) = jvp(map, &x, &e)?;
            all_scaled(reverse.column(j).as_slice(), &column, 1e-13, 1.0)?;
        }
    }

    #[test]
    fn pull_back_is_the_transpose_of_push_forward(x in point()) {
        let nan = |_| vec![f64::NAN; 3];
        checker::transpose(
            |x, v| jvp(map, x, v).map_or_else(nan, |y| y.1),
            |x, u| vjp(|x| map(x), x, u).map_or_else(nan, |y| y.1),
            &x,
            4,
        )?;
    }

    /// With integers every operation is exact.
    #[test]
    fn the_gradient_of_a_quadratic_is_affine(
        a in strategies::integer_matrix(4, 4),
        b in strategies::integers(4),
        x in strategies::integers(4),
    ) {
        let quadratic = gradient(|x| quadratic(&a, &b, x), &x)?;
        let closed = (&a + a.transpose()) * DVector::from_column_slice(&x) * 0.5
            - DVector::from_column_slice(&b);
        all_relative(&quadratic, closed.as_slice(), 0.0)?;
    }

    /// $`\sum x_i^3`$, $`\sqrt{\sum x_i^2}`$ and $`\max`$ of degree 3, 1 and 1.
    #[test]
    fn euler_holds_for_homogeneous_functions(x in proptest::collection::vec(0.1..9.0_f64, 5)) {
        fn check<F>(f: F, degree: f64, x: &[f64]) -> Result<(), TestCaseError>
        where
            F: for<'t> Fn(&[gradus_autodiff::Var<'t, f64>]) -> gradus_autodiff::Var<'t, f64>,
        {
            let (y, g) = gradus_autodiff::value_and_gradient(f, x)?;
            let along: f64 = x.iter().zip(&g).map(|(x, g)| x * g).sum();
            relative(along, degree * y, 1e-12)?;
            Ok(())
        }
        check(|x| x.iter().map(|x| x.powi(3)).sum(), 3.0, &x)?;
        check(|x| x.iter().map(|x| x.powi(2)).sum::<gradus_autodiff::Var<'_, f64>>().sqrt(), 1.0, &x)?;
        check(|x| x.iter().skip(1).fold(x[0], |a, &b| a.max(b)), 1.0, &x)?;
    }

    #[test]
    fn a_variable_used_k_times_counts_k_times(x in -9.0..9.0_f64, k in 1..9_u8) {
        let sum = gradient(|x| (0..k).map(|_| x[0]).sum(), &[x])?;
        all_same_bits(&sum, &[f64::from(k)])?;
        all_same_bits(&gradient(|x| x[0] * x[0], &[x])?, &[2.0 * x])?;
        // three factors: two slopes that differ by rounding
        all_within_ulps(&gradient(|x| x[0] * x[0] * x[0], &[x])?, &[3.0 * x * x], 4)?;
    }

    #[test]
    fn constants_and_unused_variables_have_gradient_zero(x in strategies::structured_vector(3)) {
        all_same_bits(&gradient(|_| Real::from_f64(7.0), &x)?, &[0.0; 3])?;
        all_same_bits(&gradient(|x| x[1], &x)?, &[0.0, 1.0, 0.0])?;
        let detached = gradient(|x| gradus_autodiff::Var::constant(x[0].value()) + x[2], &x)?;
        all_same_bits(&detached, &[0.0, 0.0, 1.0])?;
    }

    /// The gradient of a sum is one for each term, that of a mean 1/n, whatever the tree of additions.
    #[test]
    fn the_gradient_of_a_sum_is_one(x in strategies::vector(1..40)) {
        let n = x.len();
        all_same_bits(&gradient(|x| pairwise_sum(x), &x)?, &vec![1.0; n])?;
        all_same_bits(&gradient(|x| x.iter().copied().sum(), &x)?, &vec![1.0; n])?;
    }

    /// $`\nabla \det A = \operatorname{adj}(A)^\top`$, $`\nabla \ln \det A = A^{-\top}`$ for 2×2.
    #[test]
    fn the_gradient_of_log_det_is_the_inverse_transposed(
        b in 0.0..1.0_f64, c in 0.0..1.0_f64, spread in 1.1..4.0_f64,
    ) {
        let x = [1.5, b, c, spread];
        let gradient = gradient(|a| (a[0] * a[3] - a[1] * a[2]).ln(), &x)?;
        let det = 1.5 * spread - b * c;
        all_scaled(&gradient, &[spread / det, -c / det, -b / det, 1.5 / det], 1e-14, 4.0 / det)?;
    }
}

fn quadratic<R: Real>(a: &DMatrix<f64>, b: &[f64], x: &[R]) -> R {
    let square: R = (0..x.len())
        .flat_map(|i| (0..x.len()).map(move |j| (i, j)))
        .map(|(i, j)| x[i] * R::from_f64(a[(i, j)]) * x[j])
        .sum();
    let linear: R = x.iter().zip(b).map(|(&x, &b)| R::from_f64(b) * x).sum();
    R::from_f64(0.5) * square - linear
}

/// $`\nabla_A \operatorname{tr}(A X) = X^\top`$ and $`\nabla_x \lVert A x - b \rVert^2 = 2 A^\top (A x - b)`$, by matrices.
mod matrices {
    use super::*;
    use gradus_autodiff::{Arena, Tape};
    use gradus_numeric::{Order, Shape};

    proptest! {
        #![proptest_config(cases())]

        /// The trace of a product is the sum of an entrywise product with the transpose.
        #[test]
        fn the_gradient_of_a_trace_is_the_transpose(
            a in strategies::integers(6), x in strategies::integers(6),
        ) {
            let mut gradient = [f64::NAN; 6];
            let identity = [1.0, 0.0, 0.0, 1.0];
            Arena::new().value_and_gradient(&a, &mut gradient, |tape| {
                let x = tape.constant(Shape::new(3, 2), Order::Rows, |m| m.copy_from_slice(&x));
                let trace = tape.constant(Shape::new(2, 2), Order::Rows, |m| m.copy_from_slice(&identity));
                (tape.parameter(0, Shape::new(2, 3)) * x).hadamard(trace).sum()
            })?;
            all_relative(&gradient, &[x[0], x[2], x[4], x[1], x[3], x[5]], 0.0)?;
        }

        #[test]
        fn the_gradient_of_least_squares_is_the_normal_equation(
            a in strategies::integer_matrix(5, 3), b in strategies::integers(5), x in strategies::integers(3),
        ) {
            let tape = Tape::new(&x);
            let matrix = tape.constant(Shape::new(5, 3), Order::Columns, |m| m.copy_from_slice(a.as_slice()));
            let right = tape.constant(Shape::new(5, 1), Order::Columns, |m| m.copy_from_slice(&b));
            let y = (matrix * tape.parameter(0, Shape::new(3, 1)) - right).squared_sum();
            let residual = &a * DVector::from_column_slice(&x) - DVector::from_column_slice(&b);
            let closed = a.transpose() * residual * 2.0;
            all_relative(&tape.gradient(y)?, closed.as_slice(), 0.0)?;
        }
    }
}

/// The law of Taylor's remainder, for a function of many variables.
#[test]
fn the_remainder_of_the_linearization_is_quadratic() -> Result<(), Violation> {
    let ask = |x: &[f64]| {
        gradus_autodiff::value_and_gradient(|x| f(x) * g(x), x)
            .unwrap_or((f64::NAN, vec![f64::NAN; 3]))
    };
    checker::taylor_slope(ask, &[0.5, -0.75, 0.25])?;
    checker::check(ask, &[0.5, -0.75, 0.25])
}

/// With the Hessian the remainder shrinks with the third power: halving the step divides it by 8.
#[test]
fn the_remainder_of_the_parabola_is_cubic() -> Result<(), TestCaseError> {
    let (x, v) = ([0.5, -0.75, 0.25], [0.6, 0.48, -0.64]);
    let value = |x: &[f64; 3]| f(x) * g(x);
    let (y, slope) = gradus_autodiff::value_and_gradient(|x| f(x) * g(x), &x)?;
    let bend = gradus_autodiff::hessian_vector_product(|x| f(x) * g(x), &x, &v)?;
    let along = |a: &[f64]| -> f64 { a.iter().zip(&v).map(|(a, v)| a * v).sum() };
    let remainder = |h: f64| {
        let stepped = value(&std::array::from_fn(|i| x[i] + h * v[i]));
        (stepped - y - h * along(&slope) - h * h / 2.0 * along(&bend)).abs()
    };
    // The last steps leave 10⁻⁹ of values of order one, far above their rounding.
    for k in 4..9 {
        let h = 0.5_f64.powi(k);
        scaled((remainder(h) / remainder(h / 2.0)).log2(), 3.0, 0.15, 1.0)?;
    }
    Ok(())
}
