//! The losses against independent computations; see `golden/losses.py` and `golden/pointwise.py`.

use gradus_losses::{
    AbsolutePercentageError, BinaryCrossEntropyLogits, Cauchy, CosineDistance, Focal,
    GeneralizedCrossEntropy, Huber, ListNet, LogCosh, Loss, MatrixMut, MatrixRef, Order, Pinball,
    Poisson, Poly1, PositiveWeightedCrossEntropy, Shape, SmoothL1, SoftmaxCrossEntropy,
    SoftmaxFocal, Sparsemax, SquaredLogarithmicError, Target, Tukey, Tweedie, Weights,
    binary_cross_entropy, binary_cross_entropy_from_logit,
};
use gradus_testkit::golden;

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[test]
fn binary_cross_entropy_is_golden() -> Outcome {
    for row in golden::read(include_str!("golden/binary_cross_entropy.csv"))? {
        row.check(binary_cross_entropy(row.inputs[0], row.inputs[1]))?;
    }
    Ok(())
}

#[test]
fn binary_cross_entropy_from_logit_is_golden() -> Outcome {
    for row in golden::read(include_str!("golden/binary_cross_entropy_from_logit.csv"))? {
        row.check(binary_cross_entropy_from_logit(
            row.inputs[0],
            row.inputs[1],
        ))?;
    }
    Ok(())
}

#[test]
fn the_slope_of_binary_cross_entropy_is_golden() -> Outcome {
    for row in golden::read(include_str!("golden/binary_cross_entropy_slope.csv"))? {
        let target = Target::Values(MatrixRef::from_column(&row.inputs[1..]));
        let (_, slopes) = run(&BinaryCrossEntropyLogits, &row.inputs[..1], target)?;
        row.check(slopes[0])?;
    }
    Ok(())
}

#[test]
fn softmax_cross_entropy_is_golden() -> Outcome {
    for row in golden::read(include_str!("golden/softmax_cross_entropy.csv"))? {
        let (z, label, label_smoothing) = (&row.inputs[..4], index(row.inputs[4]), row.inputs[5]);
        let loss = SoftmaxCrossEntropy { label_smoothing };
        row.check(run(&loss, z, Target::Labels(&[label]))?.0)?;
    }
    Ok(())
}

#[test]
fn the_slope_of_softmax_cross_entropy_is_golden() -> Outcome {
    for row in golden::read(include_str!("golden/softmax_cross_entropy_slope.csv"))? {
        let (z, label, component) = (&row.inputs[..4], index(row.inputs[4]), index(row.inputs[5]));
        let (_, slopes) = run(&SoftmaxCrossEntropy::default(), z, Target::Labels(&[label]))?;
        row.check(slopes[component as usize])?;
    }
    Ok(())
}

/// The loss of a row of `golden/pointwise.py`.
fn pointwise(name: &str, setting: f64) -> Box<dyn Loss<f64>> {
    match name {
        "huber" => Box::new(Huber { delta: setting }),
        "smooth_l1" => Box::new(SmoothL1 { beta: setting }),
        "log_cosh" => Box::new(LogCosh),
        "pinball" => Box::new(Pinball { quantile: setting }),
        "squared_logarithmic_error" => Box::new(SquaredLogarithmicError),
        "absolute_percentage_error" => Box::new(AbsolutePercentageError),
        "cauchy" => Box::new(Cauchy { scale: setting }),
        "tukey" => Box::new(Tukey { scale: setting }),
        "poisson" => Box::new(Poisson),
        "tweedie_1" | "tweedie_2" => Box::new(Tweedie { power: setting }),
        "focal" => Box::new(Focal { gamma: setting }),
        _ => Box::new(PositiveWeightedCrossEntropy { weight: setting }),
    }
}

#[test]
fn losses_of_one_number_are_golden() -> Outcome {
    let (mut values, mut slopes) = (0, 0);
    for row in golden::read(include_str!("golden/pointwise.csv"))? {
        let target = Target::Values(MatrixRef::from_column(&row.inputs[1..2]));
        let loss = pointwise(&row.class, row.inputs[2]);
        row.check(run(&*loss, &row.inputs[..1], target)?.0)?;
        values += 1;
    }
    for row in golden::read(include_str!("golden/pointwise_slope.csv"))? {
        let target = Target::Values(MatrixRef::from_column(&row.inputs[1..2]));
        let loss = pointwise(&row.class, row.inputs[2]);
        row.check(run(&*loss, &row.inputs[..1], target)?.1[0])?;
        slopes += 1;
    }
    assert_eq!((values, slopes), (387, 384));
    Ok(())
}

/// The loss of a row of `golden/classes.py`.
fn of_classes(name: &str, setting: f64) -> Box<dyn Loss<f64>> {
    match name {
        "generalized" => Box::new(GeneralizedCrossEntropy { exponent: setting }),
        "poly" => Box::new(Poly1 { epsilon: setting }),
        "focal" => Box::new(SoftmaxFocal { gamma: setting }),
        "sparsemax" => Box::new(Sparsemax),
        "list_net" => Box::new(ListNet),
        _ => Box::new(CosineDistance),
    }
}

#[test]
fn losses_of_several_entries_are_golden() -> Outcome {
    let rows = golden::read(include_str!("golden/classes.csv"))?;
    assert_eq!(rows.len(), 400);
    for row in rows {
        let (z, q) = (&row.inputs[..3], MatrixRef::from_column(&row.inputs[3..6]));
        let loss = of_classes(&row.class, row.inputs[6]);
        let (value, slopes) = run(&*loss, z, Target::Values(q))?;
        let asked = match row.inputs[7] {
            -1.0 => value,
            component => slopes[index(component) as usize],
        };
        // The slope of a loss near its smallest value is a difference of numbers near 1.
        if (asked - row.output).abs() > 8.0 * f64::EPSILON {
            row.check(asked)?;
        }
    }
    Ok(())
}

/// A label or component of the tables.
fn index(x: f64) -> u32 {
    (0..4).find(|&k| f64::from(k) == x).unwrap_or(u32::MAX)
}

/// Value and gradient of one sample.
fn run(
    loss: &dyn Loss<f64>,
    prediction: &[f64],
    target: Target<'_, f64>,
) -> Result<(f64, Vec<f64>), Box<dyn std::error::Error>> {
    let mut memory = vec![f64::NAN; prediction.len()];
    let gradient = MatrixMut::new(&mut memory, Shape::new(prediction.len(), 1), Order::Rows)?;
    let prediction = MatrixRef::from_column(prediction);
    let value = loss.value_and_gradient(prediction, target, Weights::Equal, 1.0, gradient)?;
    Ok((value, memory))
}
