//! The tape itself: memory, windows, mistakes.

use gradus_autodiff::rules::{Hadamard, Softmax};
use gradus_autodiff::{
    Arena, AutodiffError, Dual, Element, MatrixVar, Tape, Var, hessian_vector_product, jvp, vjp,
};
use gradus_numeric::{Order, Real, Shape};
use gradus_testkit::{all_same_bits, cases, strategies};
use proptest::prelude::*;

const THETA: usize = 64 * 10 + 64 + 10 * 64 + 10 + 1;

/// A network of one hidden layer with dropout and weight decay.
fn network<'t, T: Element>(tape: &'t Tape<'t, T>) -> Var<'t, T> {
    let x = tape.constant(Shape::new(10, 20), Order::Columns, |x| {
        x.iter_mut()
            .enumerate()
            .for_each(|(i, x)| *x = T::from_f64((i % 13) as f64 / 13.0));
    });
    let mask = tape.constant(Shape::new(64, 20), Order::Columns, |m| {
        m.iter_mut()
            .enumerate()
            .for_each(|(i, m)| *m = T::from_f64((i % 3) as f64));
    });
    let (w1, b1) = (
        tape.parameter(0, Shape::new(64, 10)),
        tape.parameter(640, Shape::new(64, 1)),
    );
    let (w2, b2) = (
        tape.parameter(704, Shape::new(10, 64)),
        tape.parameter(1344, Shape::new(10, 1)),
    );
    let z = x.affine(w1, b1).relu().hadamard(mask).affine(w2, b2);
    let loss = z.loss(|z, mut gradient| {
        let half = T::from_f64(0.5);
        gradient.as_mut_slice().copy_from_slice(z.as_slice());
        Ok::<_, ()>(z.as_slice().iter().map(|&z| half * z * z).sum())
    });
    let decay = w1.squared_sum() + w2.squared_sum();
    loss + decay * Var::constant(T::from_f64(0.01)) + tape.variable(1354).tanh()
}

fn theta() -> Vec<f64> {
    (0..THETA).map(|i| (i as f64 * 0.7).sin()).collect()
}

#[test]
fn a_step_in_steady_state_allocates_nothing() -> Result<(), AutodiffError> {
    let (mut arena, theta) = (Arena::new(), theta());
    let mut gradient = vec![0.0; THETA];
    arena.value_and_gradient(&theta, &mut gradient, network)?; // warms up
    let mut outcome = Ok(0.0);
    let allocated = allocation_counter::measure(|| {
        outcome = arena.value_and_gradient(&theta, &mut gradient, network);
    });
    assert_eq!(allocated.count_total, 0);
    assert!(outcome?.is_finite());

    let warm = allocation_counter::measure(|| drop(std::hint::black_box(vec![0_u8; 100])));
    assert_eq!(warm.count_total, 1); // the counter counts
    Ok(())
}

#[test]
fn a_used_arena_gives_the_same_bits() -> Result<(), Box<dyn std::error::Error>> {
    let theta = theta();
    let (mut fresh, mut used) = (vec![f64::NAN; THETA], vec![f64::NAN; THETA]);
    let first = Arena::new().value_and_gradient(&theta, &mut fresh, network)?;
    let mut arena = Arena::new();
    let mut nan = vec![0.0; THETA];
    let noise = vec![f64::NAN; THETA];
    arena.value_and_gradient(&noise, &mut nan, |tape| {
        tape.parameter(0, Shape::new(THETA, 1))
            .exp()
            .softplus()
            .sum() // fills the memory with NaN
    })?;
    let second = arena.value_and_gradient(&theta, &mut used, network)?;
    assert_eq!(first.to_bits(), second.to_bits());
    all_same_bits(&fresh, &used)?;
    Ok(())
}

#[test]
fn a_tape_answers_twice_the_same() -> Result<(), Box<dyn std::error::Error>> {
    let theta = theta();
    let tape = Tape::new(&theta);
    let y = network(&tape);
    let first = tape.gradient(y)?;
    let other = tape.gradient(y * y)?;
    all_same_bits(&first, &tape.gradient(y)?)?;
    let factor = 2.0 * y.value();
    gradus_testkit::all_relative(
        &other,
        &first.iter().map(|g| g * factor).collect::<Vec<_>>(),
        1e-12,
    )?;
    Ok(())
}

#[test]
fn an_arena_moves_to_another_thread() {
    fn is_send_and_sync<T: Send + Sync>() {}
    is_send_and_sync::<Arena<f32>>();
    is_send_and_sync::<Arena<Dual<f64>>>();
    is_send_and_sync::<AutodiffError>();
    let mut arena = Arena::new();
    let mut gradient = [0.0];
    let moved = std::thread::scope(|scope| {
        let ask =
            || arena.value_and_gradient(&[3.0], &mut gradient, |tape| tape.variable(0).powi(2));
        scope.spawn(ask).join()
    });
    assert!(matches!(moved, Ok(Ok(9.0))));
    assert_eq!(gradient, [6.0]);
}

#[test]
fn weights_are_shared() -> Result<(), AutodiffError> {
    let mut gradient = [f64::NAN; 4];
    Arena::new().value_and_gradient(&[3.0, 5.0, -2.0, 7.0], &mut gradient, |tape| {
        let window = || tape.parameter(1, Shape::new(1, 2));
        (window().hadamard(window()) + window()).sum() // x² + x
    })?;
    assert_eq!(gradient, [0.0, 11.0, -3.0, 0.0]);
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    /// Windows in any order, some unused: the gradient is written everywhere.
    #[test]
    fn unused_inputs_and_gaps_have_gradient_zero(
        used in proptest::collection::vec(any::<bool>(), 9), order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle(),
        theta in strategies::vector(20),
    ) {
        let mut gradient = vec![f64::NAN; 20];
        Arena::new().value_and_gradient(&theta, &mut gradient, |tape| {
            let windows: Vec<_> = order.iter().map(|&k| (k, tape.parameter(2 * k, Shape::new(1, 1 + k % 2)))).collect();
            windows.iter().filter(|(k, _)| used[*k]).map(|(_, w)| w.sum()).sum()
        })?;
        for (i, g) in gradient.iter().enumerate() {
            let k = i / 2;
            let inside = k < 9 && i % 2 <= k % 2 && used[k];
            prop_assert_eq!(*g, f64::from(u8::from(inside)), "entry {}", i);
        }
    }

    /// Any sequence of operations on any shapes: an answer or an error, never a panic.
    #[test]
    fn nonsense_is_an_error(steps in proptest::collection::vec((0..12_u8, 0..8_usize, 0..8_usize), 1..12)) {
        let theta = [1.0; 6];
        let mut gradient = [0.0; 6];
        let outcome = Arena::new().value_and_gradient(&theta, &mut gradient, |tape| {
            let mut known = vec![
                tape.parameter(0, Shape::new(2, 3)),
                tape.constant(Shape::new(0, 3), Order::Columns, |_| {}),
                tape.constant(Shape::new(3, 2), Order::Columns, |m| m.fill(2.0)),
            ];
            for &(operation, i, j) in &steps {
                let (a, b) = (known[i % known.len()], known[j % known.len()]);
                known.push(nonsense(tape, operation, a, b));
            }
            known.last().map_or(Var::from_f64(0.0), |x| x.sum())
        });
        prop_assert!(outcome.is_ok() || gradient == [0.0; 6]);
    }
}

fn nonsense<'t>(
    tape: &'t Tape<'t, f64>,
    operation: u8,
    a: MatrixVar<'t, f64>,
    b: MatrixVar<'t, f64>,
) -> MatrixVar<'t, f64> {
    match operation {
        0 => a * b,
        1 => a + b,
        2 => a - b,
        3 => a.hadamard(b),
        4 => a.affine(b, a),
        5 => a.transpose(),
        6 => a.softmax(),
        7 => a.scale_by(b.mean()),
        8 => a.add_column(b),
        9 => tape.parameter(b.shape().rows, a.shape()),
        10 => tape.apply(&Hadamard, [a]),
        _ => a.tanh(),
    }
}

/// The outcome of a recording over six parameters; the gradient must be untouched on error.
fn mistake(f: impl for<'t> FnOnce(&'t Tape<'t, f64>) -> Var<'t, f64>) -> Option<AutodiffError> {
    let mut gradient = [7.0; 6];
    let outcome = Arena::new().value_and_gradient(&[1.0; 6], &mut gradient, f);
    assert!(outcome.is_ok() || gradient == [7.0; 6]);
    outcome.err()
}

#[test]
fn shapes_that_do_not_fit_are_an_error_with_both_shapes() {
    let (tall, wide) = (Shape::new(3, 2), Shape::new(2, 3));
    let mismatch = |operation, left, right| {
        Some(AutodiffError::ShapeMismatch {
            operation,
            left,
            right,
        })
    };
    assert_eq!(
        mistake(|tape| (tape.parameter(0, wide) * tape.parameter(0, wide)).sum()),
        mismatch("matrix product", wide, wide)
    );
    assert_eq!(
        mistake(|tape| {
            let a = tape.parameter(0, wide);
            (a + a.transpose()).sum()
        }),
        mismatch("sum", wide, tall)
    );
    assert_eq!(
        mistake(|tape| {
            let a = tape.parameter(0, wide);
            a.affine(a.transpose(), a).sum() // the bias is no column
        }),
        mismatch("affine map with bias", tall, wide)
    );
}

/// The first mistake wins; what follows is harmless.
#[test]
fn the_first_mistake_is_returned() {
    let first = mistake(|tape| {
        let a = tape.parameter(0, Shape::new(2, 3));
        let lost = a * a;
        let later = tape.parameter(9, Shape::new(9, 9)).relu() + lost.softmax().transpose();
        let scalar = later.sum() * lost.mean() + tape.variable(77);
        assert!(lost.with(|_| ()).is_err() && a.value().is_err());
        scalar.sqrt()
    });
    assert!(matches!(
        first,
        Some(AutodiffError::ShapeMismatch {
            operation: "matrix product",
            ..
        })
    ));
}

#[test]
fn parameters_must_lie_in_the_vector_and_apart() {
    let error = mistake(|tape| tape.parameter(2, Shape::new(5, 1)).sum());
    assert!(matches!(
        error,
        Some(AutodiffError::ParameterOutOfRange {
            offset: 2,
            length: 6,
            ..
        })
    ));
    let error = mistake(|tape| tape.parameter(usize::MAX, Shape::new(usize::MAX, 2)).sum());
    assert!(matches!(
        error,
        Some(AutodiffError::ParameterOutOfRange { .. })
    ));
    for (first, second) in [
        ((0, 3), (2, 3)),
        ((2, 3), (0, 3)),
        ((0, 6), (2, 1)),
        ((2, 1), (0, 6)),
        ((0, 2), (0, 3)),
    ] {
        let error = mistake(|tape| {
            let sum = |(offset, rows)| tape.parameter(offset, Shape::new(rows, 1)).sum();
            sum(first) + sum(second)
        });
        assert!(
            matches!(error, Some(AutodiffError::OverlappingParameters { .. })),
            "{first:?} {second:?}"
        );
    }
    let reshaped = mistake(|tape| {
        tape.parameter(0, Shape::new(2, 3)).sum() + tape.parameter(0, Shape::new(3, 2)).sum()
    });
    assert!(matches!(
        reshaped,
        Some(AutodiffError::OverlappingParameters { .. })
    ));
    assert_eq!(
        mistake(|tape| tape.parameter(6, Shape::new(0, 3)).sum()),
        None
    );
    assert_eq!(mistake(|tape| tape.variables().into_iter().sum()), None);
}

#[test]
fn two_tapes_do_not_mix() {
    let (theta, mixed) = ([1.0; 6], |error| {
        matches!(error, AutodiffError::MixedTapes { .. })
    });
    let (a, b) = (Tape::new(&theta), Tape::new(&theta));
    assert!(a.gradient(b.variable(0)).is_err_and(mixed));
    let y = a.variable(0) * b.variable(1);
    assert_eq!(y.value(), 1.0);
    assert!(a.gradient(y).is_err_and(mixed) && b.gradient(b.variable(0)).is_err_and(mixed));
    let (a, b) = (Tape::new(&theta), Tape::new(&theta));
    let shape = Shape::new(2, 3);
    let y = (a.parameter(0, shape) + b.parameter(0, shape)).sum();
    assert!(a.gradient(y).is_err_and(mixed) && b.gradient(Var::from_f64(0.0)).is_err_and(mixed));
}

#[test]
fn what_cannot_be_recorded_is_an_error() {
    let huge = Shape::new(usize::MAX, 2);
    let error = mistake(|tape| tape.constant(huge, Order::Rows, |_| {}).sum());
    assert_eq!(error, Some(AutodiffError::TooLarge { shape: huge }));
    let huge = Shape::new(1 << 50, 1 << 10);
    let error = mistake(|tape| tape.constant(huge, Order::Rows, |_| {}).sum());
    assert_eq!(error, Some(AutodiffError::TooLarge { shape: huge }));
    let error = mistake(|tape| tape.constant(Shape::new(0, 2), Order::Rows, |_| {}).mean());
    assert_eq!(error, Some(AutodiffError::Empty { operation: "mean" }));
    let error = mistake(|tape| tape.apply(&Softmax, []).sum());
    assert!(matches!(
        error,
        Some(AutodiffError::WrongInputs {
            expected: 1,
            got: 0,
            ..
        })
    ));
    let error = mistake(|tape| {
        tape.parameter(0, Shape::new(2, 3))
            .loss(|_, _| Err("no labels"))
    });
    assert_eq!(error, Some(AutodiffError::LossFailed));
}

/// Recording inside of a closure that reads or writes the tape is an error, not a panic.
#[test]
fn a_busy_tape_is_an_error() -> Result<(), AutodiffError> {
    let busy = |error| matches!(error, Some(AutodiffError::Busy { .. }));
    let shape = Shape::new(2, 3);
    assert!(busy(mistake(|tape| tape
        .constant(shape, Order::Rows, |x| x.fill(tape.variable(0).value()))
        .sum())));
    assert!(busy(mistake(|tape| {
        let a = tape.parameter(0, shape);
        a.loss(|_, _| Ok::<_, ()>(a.sum().value()))
    })));
    let theta = [1.0; 6];
    let tape = Tape::new(&theta);
    let a = tape.parameter(0, shape);
    let recorded: f64 = a.with(|_| a.relu().sum().value())?;
    assert!(recorded.is_nan());
    assert!(busy(tape.gradient(Var::from_f64(0.0)).err()));
    Ok(())
}

#[test]
fn questions_check_lengths() {
    let wrong = |error| matches!(error, AutodiffError::LengthMismatch { left: 2, right: 1 });
    assert!(jvp(<[_]>::to_vec, &[1.0, 2.0], &[1.0]).is_err_and(wrong));
    assert!(vjp(|x| x.to_vec(), &[1.0, 2.0], &[1.0]).is_err_and(wrong));
    assert!(hessian_vector_product(|x| x[0], &[1.0, 2.0], &[1.0]).is_err_and(wrong));
    let mut short = [0.0];
    let outcome = Arena::new().value_and_gradient(&[1.0, 2.0], &mut short, |tape| tape.variable(0));
    assert_eq!(
        outcome,
        Err(AutodiffError::WrongGradientLength {
            gradient: 1,
            parameters: 2
        })
    );
}

#[test]
fn empty_problems_have_empty_answers() -> Result<(), AutodiffError> {
    assert_eq!(
        gradus_autodiff::gradient(|_| Var::from_f64(3.0), &[] as &[f64])?,
        []
    );
    assert_eq!(
        gradus_autodiff::jacobian(|_| vec![], &[1.0, 2.0])?.shape(),
        (0, 2)
    );
    assert_eq!(
        gradus_autodiff::jacobian(|_| vec![Var::from_f64(1.0)], &[] as &[f64])?.shape(),
        (1, 0)
    );
    assert_eq!(
        gradus_autodiff::hessian(|_| Var::from_f64(3.0), &[] as &[f64])?.shape(),
        (0, 0)
    );
    Ok(())
}

/// A dry tape follows the same operations: shapes and mistakes are those of any tape, and its footprint is memory
/// enough for the recording and the way back.
#[test]
fn a_dry_tape_knows_shapes_work_and_memory() -> Result<(), AutodiffError> {
    let dry = Tape::<f64>::dry();
    let y = network(&dry);
    assert!(y.value().is_nan());
    let footprint = dry.footprint()?;
    assert_eq!(footprint.multiply_adds, (64 * 10 + 10 * 64) * 20);
    assert!(footprint.values >= 20 * (10 + 64 + 64 + 64 + 64 + 10 + 10));
    assert_eq!(
        dry.gradient(y),
        Err(AutodiffError::Dry {
            operation: "gradient"
        })
    );
    let dry = Tape::<f64>::dry();
    let x = dry.parameter(0, Shape::new(2, 3));
    let looking = "looking at a value";
    assert_eq!(x.value(), Err(AutodiffError::Dry { operation: looking }));
    let _ = x * x;
    assert!(matches!(
        dry.footprint(),
        Err(AutodiffError::ShapeMismatch { .. })
    ));
    let theta = vec![0.01; THETA];
    let gradient = |mut arena: Arena<f64>| {
        let mut gradient = vec![0.0; THETA];
        let value = arena.value_and_gradient(&theta, &mut gradient, network);
        value.map(|value| (value, gradient))
    };
    assert_eq!(
        gradient(Arena::with_room(&footprint)?),
        gradient(Arena::new())
    );
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    /// A frozen window is a constant: its gradient is zero, and that of everything else is what it was.
    #[test]
    fn frozen_windows_are_constants(theta in proptest::collection::vec(-9.0..9.0_f64, 8)) {
        let gradient = |frozen: bool| {
            let mut gradient = [f64::NAN; 8];
            let shape = Shape::new(2, 2);
            let value = Arena::new().value_and_gradient(&theta, &mut gradient, |tape| {
                let a = tape.parameter(0, shape);
                let b = if frozen { tape.frozen(4, shape) } else { tape.parameter(4, shape) };
                (a * b + b * b).squared_sum()
            });
            value.map(|value| (value, gradient))
        };
        let (free, frozen) = (gradient(false)?, gradient(true)?);
        prop_assert_eq!(free.0, frozen.0);
        all_same_bits(&free.1[..4], &frozen.1[..4])?;
        prop_assert_eq!(&frozen.1[4..], &[0.0; 4]);
    }
}

/// One of six parts, each of a parameter of its own and of numbers that are no parameters.
fn part<'t>(tape: &'t Tape<'t, f64>, k: usize) -> Var<'t, f64> {
    let w = tape.parameter(4 * k, Shape::new(2, 2));
    let x = tape.constant(Shape::new(2, 3), Order::Columns, |x| {
        x.iter_mut()
            .enumerate()
            .for_each(|(i, x)| *x = ((i + k) as f64).cos());
    });
    match k % 3 {
        0 => (w * x).tanh().squared_sum(),
        1 => (w * x).softmax().hadamard(x).sum(),
        _ => (w * w).exp().mean(),
    }
}

proptest! {
    #![proptest_config(cases())]

    /// Parts that share no parameter may be recorded in any order: neither a value nor a derivative changes a bit.
    #[test]
    fn the_order_in_which_parts_are_recorded_changes_no_bit(
        order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
        theta in proptest::collection::vec(-2.0..2.0_f64, 24),
    ) {
        let ask = |order: &[usize]| {
            let mut gradient = vec![f64::NAN; 24];
            let value = Arena::new().value_and_gradient(&theta, &mut gradient, |tape| {
                let mut parts = [Var::from_f64(0.0); 6];
                for &k in order {
                    parts[k] = part(tape, k);
                }
                parts.into_iter().sum()
            });
            value.map(|value| (value, gradient))
        };
        let (first, again) = (ask(&[0, 1, 2, 3, 4, 5])?, ask(&order)?);
        prop_assert_eq!(first.0.to_bits(), again.0.to_bits());
        all_same_bits(&first.1, &again.1)?;
    }
}
