//! Value and gradient of losses, samples contiguous as in the other libraries.

use crate::clock::{numbers, shortest};
use gradus_losses::{
    BinaryCrossEntropyLogits, Comparison, Loss, MatrixMut, MatrixRef, NtXent, Order, Shape,
    SoftmaxCrossEntropy, Target, Weights,
};
use std::error::Error;
use std::hint::black_box;

type Answer = Result<f64, Box<dyn Error>>;

pub(crate) fn softmax(samples: usize, classes: usize, threads: usize) -> Answer {
    let labels = (0..samples).map(|i| (i * 7 % classes) as u32).collect();
    time(&SoftmaxCrossEntropy::default(), classes, labels, threads)
}

pub(crate) fn binary(samples: usize, threads: usize) -> Answer {
    let labels = (0..samples).map(|i| u32::from(i % 3 == 0)).collect();
    time(&BinaryCrossEntropyLogits::default(), 1, labels, threads)
}

/// NT-Xent of `views` columns of `rows` numbers, which are pairs; it has no shards, so one thread is all.
pub(crate) fn pairs(views: usize, rows: usize) -> Answer {
    let (x, mut gradient) = (numbers(views * rows), vec![0.0; views * rows]);
    let pairs: Vec<_> = (0..views / 2).map(|k| [k, k + views / 2]).collect();
    let shape = Shape::new(rows, views);
    shortest(1, || {
        let x = MatrixRef::new(black_box(&x), shape, Order::Columns)?;
        let gradient = MatrixMut::new(&mut gradient, shape, Order::Columns)?;
        let d = pairs.len() as f64;
        black_box(NtXent::default().value_and_gradient(x, &pairs, Weights::Equal, d, gradient)?);
        Ok(())
    })
}

fn time(loss: &dyn Loss<f32>, rows: usize, labels: Vec<u32>, threads: usize) -> Answer {
    let logits: Vec<f32> = numbers(rows * labels.len())
        .iter()
        .map(|x| 4.0 * x)
        .collect();
    let mut gradient = vec![0.0; logits.len()];
    shortest(threads, || {
        let total = labels.len() as f64;
        black_box(shards(
            loss,
            rows,
            (&logits, &labels, &mut gradient),
            total,
            threads,
        )?);
        Ok(())
    })
}

/// Logits, labels, and where the gradient goes.
type Samples<'a> = (&'a [f32], &'a [u32], &'a mut [f32]);

/// The mean loss of all samples, cut into one part for each thread.
fn shards(
    loss: &dyn Loss<f32>,
    rows: usize,
    (logits, labels, gradient): Samples<'_>,
    total: f64,
    threads: usize,
) -> Result<f64, String> {
    if threads > 1 {
        let half = labels.len() / 2;
        let (left, right) = logits.split_at(half * rows);
        let (first, second) = labels.split_at(half);
        let (to_left, to_right) = gradient.split_at_mut(half * rows);
        let (a, b) = rayon::join(
            || shards(loss, rows, (left, first, to_left), total, threads / 2),
            || {
                shards(
                    loss,
                    rows,
                    (right, second, to_right),
                    total,
                    threads - threads / 2,
                )
            },
        );
        return Ok(a? + b?);
    }
    let shape = Shape::new(rows, labels.len());
    let logits =
        MatrixRef::new(black_box(logits), shape, Order::Columns).map_err(|e| e.to_string())?;
    let gradient = MatrixMut::new(gradient, shape, Order::Columns).map_err(|e| e.to_string())?;
    let value = loss.value_and_gradient(
        logits,
        Target::Labels(labels),
        Weights::Equal,
        total,
        gradient,
    );
    value.map_err(|e| e.to_string())
}
