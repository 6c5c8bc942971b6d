//! Every matrix rule, in every mixture of storage orders, through one checker.

use gradus_autodiff::rules::{
    AveragePool, Convolve, Embed, GroupNorm, LayerNorm, Map, MaxPool, Moments, Normalize, Patches,
    RmsNorm, Scale, Window,
};
use gradus_autodiff::{Arena, AutodiffError, Dual, Element, MatrixVar, Point, Rule, Tape, Var};
use gradus_numeric::functions::{Powi, Sigmoid};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Real, Shape, map2};
use gradus_testkit::{Violation, all_relative, gradient};
use std::sync::Arc;

/// One matrix operation of the table.
#[derive(Clone, Copy, Debug)]
enum Operation {
    Product,
    Affine,
    AddColumn,
    Sum,
    Difference,
    Hadamard,
    Scale,
    ScaleBy,
    Negative,
    Transpose,
    Softmax,
    Map,
    Total,
    Mean,
    Maximum,
    SquaredSum,
    Loss,
    Shared,
}

const OPERATIONS: [Operation; 18] = [
    Operation::Product,
    Operation::Affine,
    Operation::AddColumn,
    Operation::Sum,
    Operation::Difference,
    Operation::Hadamard,
    Operation::Scale,
    Operation::ScaleBy,
    Operation::Negative,
    Operation::Transpose,
    Operation::Softmax,
    Operation::Map,
    Operation::Total,
    Operation::Mean,
    Operation::Maximum,
    Operation::SquaredSum,
    Operation::Loss,
    Operation::Shared,
];

const ORDERS: [[Order; 2]; 4] = [
    [Order::Rows, Order::Rows],
    [Order::Rows, Order::Columns],
    [Order::Columns, Order::Rows],
    [Order::Columns, Order::Columns],
];

/// How many parameters the operations share: two 3×4 matrices, a 4×2 one, a column and a scalar.
const PARAMETERS: usize = 12 + 12 + 8 + 3 + 1;

/// A parameter that lies in the order wanted: a transpose has contiguous columns.
fn parameter<'t, T: Element>(
    tape: &'t Tape<'t, T>,
    offset: usize,
    shape: Shape,
    order: Order,
) -> MatrixVar<'t, T> {
    match order {
        Order::Rows => tape.parameter(offset, shape),
        Order::Columns => tape.parameter(offset, shape.transposed()).transpose(),
    }
}

impl Operation {
    fn record<'t, T: Element>(
        self,
        tape: &'t Tape<'t, T>,
        [first, second]: [Order; 2],
    ) -> MatrixVar<'t, T> {
        let a = parameter(tape, 0, Shape::new(3, 4), first);
        let b = parameter(tape, 12, Shape::new(3, 4), second);
        let x = parameter(tape, 24, Shape::new(4, 2), second);
        let column = tape.parameter(32, Shape::new(3, 1));
        match self {
            Self::Product => a * x,
            Self::Affine => x.affine(a, column),
            Self::AddColumn => a.add_column(column),
            Self::Sum => a + b,
            Self::Difference => a - b,
            Self::Hadamard => a.hadamard(b),
            Self::Scale => a.scale(-2.5),
            Self::ScaleBy => tape.apply(&Scale, [a, tape.parameter(35, Shape::new(1, 1))]),
            Self::Negative => -a,
            Self::Transpose => a.transpose(),
            Self::Softmax => a.softmax(),
            Self::Map => a.apply(&Map(Powi(3))),
            Self::Total => matrix(tape, a.sum()),
            Self::Mean => matrix(tape, a.mean()),
            Self::Maximum => matrix(tape, a.max()),
            Self::SquaredSum => matrix(tape, a.squared_sum()),
            Self::Loss => matrix(tape, cubes(a)),
            Self::Shared => a.hadamard(a) + a,
        }
    }
}

/// A scalar as a 1×1 matrix: it times 1.
fn matrix<'t, T: Element>(tape: &'t Tape<'t, T>, x: Var<'t, T>) -> MatrixVar<'t, T> {
    tape.constant(Shape::new(1, 1), Order::Rows, |one| {
        one.fill(T::from_f64(1.0));
    })
    .scale_by(x)
}

/// $`\sum x^3 / 3`$ as a loss with its closed-form gradient.
fn cubes<T: Element>(x: MatrixVar<'_, T>) -> Var<'_, T> {
    x.loss(|x, mut gradient| {
        let third = T::from_f64(1.0 / 3.0);
        let pairs = gradient.as_mut_slice().iter_mut().zip(x.as_slice());
        pairs.for_each(|(g, &x)| *g = x * x);
        Ok::<_, ()>(x.as_slice().iter().map(|&x| x * x * x * third).sum())
    })
}

/// Points of order one, without ties.
fn point() -> Vec<f64> {
    (0..PARAMETERS)
        .map(|i| (i * 37 % 41) as f64 / 20.0 - 1.01)
        .collect()
}

/// What a rule is checked as: a function of the parameters with several outputs.
trait Recorded {
    fn record<'t, T: Element>(&self, tape: &'t Tape<'t, T>) -> MatrixVar<'t, T>;

    /// $`y(\theta + v\,\varepsilon)`$ in storage order.
    fn push_forward(&self, theta: &[f64], v: &[f64]) -> Result<Vec<Dual<f64>>, AutodiffError> {
        let line = line(theta, v);
        let tape = Tape::new(&line);
        self.record(&tape).with(|y| y.as_slice().to_vec())
    }

    /// $`\nabla \langle u, y(\theta) \rangle`$, with its derivative along `v`.
    fn pull_back(
        &self,
        theta: &[f64],
        v: &[f64],
        u: &[f64],
    ) -> Result<Vec<Dual<f64>>, AutodiffError> {
        let line = line(theta, v);
        let tape = Tape::new(&line);
        let y = weighted(&tape, self.record(&tape), u)?;
        tape.gradient(y)
    }

    /// $`\langle u, y(\theta) \rangle`$ and its gradient.
    fn value_and_gradient(
        &self,
        theta: &[f64],
        u: &[f64],
    ) -> Result<(f64, Vec<f64>), AutodiffError> {
        let tape = Tape::new(theta);
        let y = weighted(&tape, self.record(&tape), u)?;
        Ok((y.value(), tape.gradient(y)?))
    }
}

impl Recorded for (Operation, [Order; 2]) {
    fn record<'t, T: Element>(&self, tape: &'t Tape<'t, T>) -> MatrixVar<'t, T> {
        self.0.record(tape, self.1)
    }
}

/// $`\langle u, y \rangle`$, entry by entry in storage order.
fn weighted<'t, T: Element>(
    tape: &'t Tape<'t, T>,
    y: MatrixVar<'t, T>,
    u: &[f64],
) -> Result<Var<'t, T>, AutodiffError> {
    let order = y.with(|y| y.order())?;
    let weights = tape.constant(y.shape(), order, |memory| {
        memory
            .iter_mut()
            .zip(u)
            .for_each(|(m, &u)| *m = T::from_f64(u));
    });
    Ok(y.hadamard(weights).sum())
}

fn line(theta: &[f64], v: &[f64]) -> Vec<Dual<f64>> {
    theta
        .iter()
        .zip(v)
        .map(|(&t, &v)| Dual::new(t, v))
        .collect()
}

/// Five-point differences and second order for a weighted sum of the outputs, and the transpose test.
fn check(recorded: &impl Recorded, theta: &[f64]) -> Result<(), Violation> {
    let nan = vec![f64::NAN; theta.len()];
    let still = vec![0.0; theta.len()];
    let outputs = recorded.push_forward(theta, &still).map_or(0, |y| y.len());
    let u: Vec<f64> = (0..outputs).map(|i| 1.0 - 0.3 * i as f64).collect();
    let parts = |y: Vec<Dual<f64>>| y.iter().map(|y| y.derivative).collect();

    let value_and_gradient = |x: &[f64]| {
        recorded
            .value_and_gradient(x, &u)
            .unwrap_or((f64::NAN, nan.clone()))
    };
    gradient::check(value_and_gradient, theta)?;
    gradient::taylor_slope(value_and_gradient, theta)?;
    gradient::second_order(
        |x| value_and_gradient(x).1,
        |x, v| recorded.pull_back(x, v, &u).map_or(nan.clone(), parts),
        theta,
    )?;
    gradient::transpose(
        |x, v| recorded.push_forward(x, v).map_or(vec![f64::NAN], parts),
        |x, u| {
            recorded
                .value_and_gradient(x, u)
                .map_or(nan.clone(), |(_, g)| g)
        },
        theta,
        outputs,
    )
}

#[test]
fn every_rule_passes_the_gradient_check() -> Result<(), Violation> {
    for operation in OPERATIONS {
        for orders in ORDERS {
            let name = || format!("{operation:?} of {orders:?}");
            check(&(operation, orders), &point()).map_err(|violation| violation.within(name()))?;
        }
    }
    Ok(())
}

/// What is done to images: two channels of 4×5 pixels, three samples, or the same numbers as channels × places.
#[derive(Clone, Copy, Debug)]
enum Images {
    Patches(Window),
    Convolution(Window),
    Groups(Window),
    MaxPool(Window),
    AveragePool(Window),
    Moments,
    BatchNorm,
    Normalize,
    LayerNorm,
    GroupNorm,
    RmsNorm,
    Embed,
}

/// Pixels, then weights and biases.
const IMAGES: usize = 2 * 20 * 3;

impl Images {
    /// Rules of parts of samples, and of tables.
    fn further<'t, T: Element>(
        self,
        tape: &'t Tape<'t, T>,
        x: MatrixVar<'t, T>,
    ) -> MatrixVar<'t, T> {
        let (channels, epsilon) = (2, 1e-2);
        match self {
            Images::GroupNorm => {
                let (channels, groups) = (4, 2);
                let scales = tape.parameter(IMAGES, Shape::new(2, channels));
                let norm = GroupNorm {
                    channels,
                    groups,
                    epsilon,
                };
                tape.apply(Arc::new(norm), [x, scales])
            }
            Images::RmsNorm => {
                let gamma = tape.parameter(IMAGES, Shape::new(1, channels));
                tape.apply(Arc::new(RmsNorm { channels, epsilon }), [x, gamma])
            }
            _ => {
                let numbers = tape.constant(Shape::new(3, 2), Order::Rows, |m| {
                    let numbers = [39.0, 0.0, 7.0, 7.0, 7.0, 1.0].map(T::from_f64);
                    m.copy_from_slice(&numbers);
                });
                tape.apply(&Embed, [x, numbers])
            }
        }
    }
}

impl Recorded for (Images, Order) {
    fn record<'t, T: Element>(&self, tape: &'t Tape<'t, T>) -> MatrixVar<'t, T> {
        let x = parameter(tape, 0, Shape::new(40, 3), self.1);
        let (channels, epsilon) = (2, 1e-2);
        let scales = || tape.parameter(IMAGES, Shape::new(2, channels));
        match self.0 {
            Images::Patches(window) => x.apply(Arc::new(Patches(window))),
            Images::Convolution(window) => {
                let w = tape.parameter(IMAGES, Shape::new(3, 2 * window.taps()));
                let b = tape.parameter(IMAGES + 3 * 2 * window.taps(), Shape::new(3, 1));
                tape.apply(Arc::new(Convolve { window, groups: 1 }), [w, x, b])
            }
            Images::Groups(window) => {
                let w = tape.parameter(IMAGES, Shape::new(4, window.taps()));
                let b = tape.parameter(IMAGES + 4 * window.taps(), Shape::new(4, 1));
                tape.apply(Arc::new(Convolve { window, groups: 2 }), [w, x, b])
            }
            Images::MaxPool(window) => x.apply(Arc::new(MaxPool(window))),
            Images::AveragePool(window) => x.apply(Arc::new(AveragePool(window))),
            Images::Moments => x.apply(Arc::new(Moments { channels })),
            Images::BatchNorm => {
                let moments = x.apply(Arc::new(Moments { channels }));
                tape.apply(
                    Arc::new(Normalize { channels, epsilon }),
                    [x, moments, scales()],
                )
            }
            Images::Normalize => {
                let moments = tape
                    .parameter(IMAGES + 4, Shape::new(2, channels))
                    .apply(&Map(Powi(2)));
                tape.apply(
                    Arc::new(Normalize { channels, epsilon }),
                    [x, moments, scales()],
                )
            }
            Images::LayerNorm => {
                tape.apply(Arc::new(LayerNorm { channels, epsilon }), [x, scales()])
            }
            Images::GroupNorm | Images::RmsNorm | Images::Embed => self.0.further(tape, x),
        }
    }
}

#[test]
fn rules_of_images_pass_the_gradient_check() -> Result<(), Violation> {
    let window = |kernel, stride, padding| Window {
        channels: 2,
        image: [4, 5],
        kernel,
        stride,
        padding,
        dilation: [1, 1],
    };
    let apart = Window {
        dilation: [2, 3],
        ..window([2, 2], [1, 1], [1, 1])
    };
    let windows = [
        apart,
        window([3, 3], [1, 1], [1, 1]),
        window([2, 2], [2, 2], [0, 0]),
        window([3, 2], [2, 1], [1, 0]),
        window([2, 4], [1, 3], [1, 3]),
        window([4, 5], [1, 1], [0, 0]),
    ];
    let every = windows.into_iter().flat_map(|w| {
        [
            Images::Patches(w),
            Images::Convolution(w),
            Images::Groups(w),
            Images::MaxPool(w),
            Images::AveragePool(w),
        ]
    });
    let norms = [
        Images::Moments,
        Images::BatchNorm,
        Images::Normalize,
        Images::LayerNorm,
        Images::GroupNorm,
        Images::RmsNorm,
        Images::Embed,
    ];
    // without ties, and every pixel different
    let theta: Vec<f64> = (0..IMAGES + 123)
        .map(|i| (i * 71 % 181) as f64 / 90.0 - 1.003)
        .collect();
    for images in every.chain(norms) {
        for order in [Order::Rows, Order::Columns] {
            let name = || format!("{images:?} of {order:?}");
            check(&(images, order), &theta).map_err(|violation| violation.within(name()))?;
        }
    }
    Ok(())
}

#[test]
fn a_convolution_is_its_sum() -> Result<(), AutodiffError> {
    let window = Window {
        channels: 2,
        image: [4, 5],
        kernel: [3, 2],
        stride: [2, 1],
        padding: [1, 0],
        dilation: [1, 1],
    };
    let theta: Vec<f64> = (0..IMAGES + 123)
        .map(|i| (i * 71 % 181) as f64 / 90.0 - 1.003)
        .collect();
    let tape = Tape::new(&theta);
    let y = (Images::Convolution(window), Order::Rows)
        .record(&tape)
        .value()?;
    for (o, i, j, n) in [(0, 0, 0, 0), (2, 1, 3, 2), (1, 0_usize, 2, 1)] {
        let mut sum = theta[IMAGES + 36 + o];
        for (c, a, b) in
            (0..2).flat_map(|c| (0..3).flat_map(move |a| (0..2).map(move |b| (c, a, b))))
        {
            let line = (2 * i + a).wrapping_sub(1);
            if line < 4 {
                sum += theta[IMAGES + 12 * o + 6 * c + 2 * a + b]
                    * theta[((c * 4 + line) * 5 + j + b) * 3 + n];
            }
        }
        assert!((y[((o * 2 + i) * 4 + j, n)] - sum).abs() < 1e-14);
    }
    Ok(())
}

/// The value does not depend on how the inputs lie.
#[test]
fn storage_orders_do_not_matter() -> Result<(), Box<dyn std::error::Error>> {
    for operation in OPERATIONS {
        let entries = |orders: [Order; 2]| -> Result<Vec<f64>, AutodiffError> {
            // The same matrices: where columns are contiguous the window holds the transpose.
            let mut theta = point();
            for (k, (offset, shape)) in [
                (0, Shape::new(3, 4)),
                (12, Shape::new(3, 4)),
                (24, Shape::new(4, 2)),
            ]
            .into_iter()
            .enumerate()
            {
                if orders[k.min(1)] == Order::Columns {
                    transpose_in_place(&mut theta[offset..][..shape.rows * shape.columns], shape);
                }
            }
            let tape = Tape::new(&theta);
            let y = operation.record(&tape, orders).value()?;
            Ok(y.as_slice().to_vec())
        };
        for orders in ORDERS {
            all_relative(&entries(ORDERS[0])?, &entries(orders)?, 1e-15)
                .map_err(|violation| violation.within(format!("{operation:?} of {orders:?}")))?;
        }
    }
    Ok(())
}

fn transpose_in_place(window: &mut [f64], shape: Shape) {
    let rows = window.to_vec();
    for i in 0..shape.rows {
        for j in 0..shape.columns {
            window[i + j * shape.rows] = rows[i * shape.columns + j];
        }
    }
}

/// A rule whose derivative is wrong in one of three ways.
#[derive(Clone, Copy, Debug)]
enum Broken {
    Slope,
    Transpose,
    SecondOrder,
}

impl<T: Element> Rule<T> for Broken {
    fn name(&self) -> &'static str {
        "broken"
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        map2(x.as_slice(), x.as_slice(), y.into_slice(), |a, b| a * b);
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let broken = *self;
        map2(
            at.x[0].as_slice(),
            at.y_bar.as_slice(),
            x_bar.into_slice(),
            move |x, y_bar| match broken {
                Broken::Slope => T::from_f64(2.00001) * x * y_bar,
                Broken::Transpose => T::from_f64(2.0) * x * y_bar.abs(),
                Broken::SecondOrder => T::from_f64(2.0 * x.to_f64()) * y_bar,
            },
        );
    }
}

impl Recorded for Broken {
    fn record<'t, T: Element>(&self, tape: &'t Tape<'t, T>) -> MatrixVar<'t, T> {
        let x = tape.parameter(0, Shape::new(2, 2));
        match self {
            Self::Slope => x.apply(&Broken::Slope),
            Self::Transpose => x.apply(&Broken::Transpose),
            Self::SecondOrder => x.apply(&Broken::SecondOrder),
        }
    }
}

/// The checker of this file sees a wrong pullback.
#[test]
fn wrong_pullbacks_are_found() {
    for broken in [Broken::Slope, Broken::Transpose, Broken::SecondOrder] {
        assert!(
            check(&broken, &[0.5, -0.25, 0.75, 1.0]).is_err(),
            "{broken:?} passes"
        );
    }
}

/// A function of every entry, and the same function of each entry as a scalar.
#[test]
fn matrices_and_scalars_agree() -> Result<(), AutodiffError> {
    let theta = point();
    let mut by_matrix = vec![f64::NAN; PARAMETERS];
    let matrix = Arena::new().value_and_gradient(&theta, &mut by_matrix, |tape| {
        let x = tape.parameter(0, Shape::new(4, PARAMETERS / 4));
        x.apply(&Map(Sigmoid)).hadamard(x.tanh()).sum()
    })?;
    let mut by_scalars = vec![f64::NAN; PARAMETERS];
    let scalar = Arena::new().value_and_gradient(&theta, &mut by_scalars, |tape| {
        tape.variables()
            .into_iter()
            .map(|x| x.apply(Sigmoid) * x.tanh())
            .sum()
    })?;
    assert!((matrix - scalar).abs() <= 8.0 * f64::EPSILON * scalar.abs()); // sums in another order
    assert_eq!(by_matrix, by_scalars);
    Ok(())
}

/// A column that is added to every column gets the sum over the columns.
#[test]
fn the_gradient_of_a_broadcast_is_a_sum() -> Result<(), AutodiffError> {
    let u = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let mut gradient = [f64::NAN; 2];
    Arena::new().value_and_gradient(&[7.0, 8.0], &mut gradient, |tape| {
        let u = tape.constant(Shape::new(2, 3), Order::Rows, |m| m.copy_from_slice(&u));
        let zero = tape.constant(Shape::new(2, 3), Order::Columns, |m| m.fill(0.0));
        zero.add_column(tape.parameter(0, Shape::new(2, 1)))
            .hadamard(u)
            .sum()
    })?;
    assert_eq!(gradient, [6.0, 15.0]);
    Ok(())
}

/// The sum of a softmax column is 1, so its gradient is zero, also for huge scores.
#[test]
fn softmax_columns_sum_to_one_whatever_the_scores() -> Result<(), AutodiffError> {
    for scores in [
        [0.0, 1.0, -2.0],
        [1e4, -1e4, 1e4],
        [1e308, -1e308, 0.0],
        [5e-324, 0.0, 0.0],
    ] {
        let mut gradient = [f64::NAN; 3];
        let sum = Arena::new().value_and_gradient(&scores, &mut gradient, |tape| {
            tape.parameter(0, Shape::new(3, 1)).softmax().sum()
        })?;
        assert!((sum - 1.0).abs() <= 3.0 * f64::EPSILON);
        assert!(
            gradient.iter().all(|g| g.abs() <= 3.0 * f64::EPSILON),
            "{gradient:?}"
        );
    }
    Ok(())
}
