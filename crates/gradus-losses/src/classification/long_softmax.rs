//! Softmax cross-entropy of long samples that lie together: one sample after the other, down its own numbers.

use crate::classification::softmax::{add_apart, exponentials, normalizer, slope};
use crate::kernel::lanes::{LANES, Lanes};
use crate::kernel::logarithm::ln_1p;
use crate::kernel::target::Weights;
use gradus_numeric::{CompensatedSum, Float, MatrixRef, vectorized};
use std::iter::zip;

/// From so many classes on this is faster than to turn sixteen samples: `benches/peers/optim`, 4096 samples, microseconds: 64 classes 812
/// and 698 turned, 100 classes 1055 and 1225 turned.
const LONG: usize = 96;

/// $`\sum_i w_i \ell_i`$ and the gradient of it over the denominator, with the bits of sixteen samples side by side; `None` if the samples are
/// short.
///
/// While the exponentials of a sample are computed the largest logit of the next one is found. So the memory has time to bring it.
pub(crate) fn one_by_one<T: Float>(
    logits: MatrixRef<'_, T>,
    labels: &[u32],
    weights: Weights<'_, T>,
    denominator: f64,
    gradient: &mut [T],
) -> Option<f64> {
    let classes = logits.rows();
    if classes < LONG {
        return None;
    }
    let samples = logits.as_slice().chunks_exact(classes);
    let (first, last) = (samples.clone().next()?, samples.clone().next_back());
    let next = samples.clone().skip(1).chain(last); // after the last one its own top is found again
    let gradients = gradient.chunks_exact_mut(classes);
    let sum = vectorized(
        #[inline(always)]
        move || {
            let mut sum = CompensatedSum::default();
            let mut top = largest(first);
            for (j, ((z, next), gradient)) in zip(zip(samples, next), gradients).enumerate() {
                let (excess, top_of_next) = keep_exponentials(z, top, gradient, next);
                let weight = weights.of(j);
                if weight == 0.0 {
                    gradient.fill(T::from_f64(0.0));
                } else {
                    let label = labels[j] as usize; // checked, as it counts
                    sum.add(weight * (top.to_f64() - z[label].to_f64() + ln_1p(excess)));
                    exponentials_to_slopes(gradient, label, excess, weight / denominator);
                }
                top = top_of_next;
            }
            sum.value()
        },
    );
    Some(sum)
}

/// Writes $`e_i = e^{z_i - \max z}`$; tells $`\sum_i e_i - 1`$, in sixteen parts, to each of which goes every sixteenth, and the largest number of
/// the next sample.
#[inline(always)]
fn keep_exponentials<T: Float>(z: &[T], top: T, kept: &mut [T], next: &[T]) -> (f64, T) {
    let (mut ones, mut others) = ([0.0; LANES], [0.0; LANES]);
    let mut tops_of_next = lowest();
    let (whole, rest) = z.as_chunks();
    let (next_whole, next_rest) = next.as_chunks();
    let (kept_whole, kept_rest) = kept.as_chunks_mut();
    for ((z, next), kept) in zip(zip(whole, next_whole), kept_whole) {
        *kept = exponentials(*z, &[top; LANES]);
        add_apart(kept, &mut ones, &mut others);
        raise(&mut tops_of_next, next);
    }
    let last = exponentials(filled(rest), &[top; LANES]);
    add_apart(&last, &mut ones, &mut others);
    raise(&mut tops_of_next, &filled(next_rest));
    kept_rest.copy_from_slice(&last[..rest.len()]);
    let ones = ones.iter().fold(-1.0, |sum, one| sum + one);
    let others = others.iter().fold(0.0, |sum, other| sum + other);
    (others + ones, highest(&tops_of_next))
}

/// $`-\infty`$, above which everything is.
#[inline(always)]
fn lowest<T: Float>() -> Lanes<T> {
    [T::from_f64(f64::NEG_INFINITY); LANES]
}

/// The rest of a sample, and then $`-\infty`$, which adds nothing.
#[inline(always)]
fn filled<T: Float>(rest: &[T]) -> Lanes<T> {
    let mut lanes = lowest();
    zip(&mut lanes, rest).for_each(|(lane, &z)| *lane = z);
    lanes
}

/// The larger ones of two; what is NaN is left to the exponentials.
#[inline(always)]
fn raise<T: Float>(top: &mut Lanes<T>, z: &Lanes<T>) {
    for (top, &z) in zip(top, z) {
        *top = if *top < z { z } else { *top };
    }
}

/// The largest of sixteen.
#[inline(always)]
fn highest<T: Float>(tops: &Lanes<T>) -> T {
    let higher = |a: T, &b: &T| if a < b { b } else { a };
    tops.iter().fold(T::from_f64(f64::NEG_INFINITY), higher)
}

/// The largest number of a sample.
#[inline(always)]
fn largest<T: Float>(z: &[T]) -> T {
    let mut top = lowest();
    let (whole, rest) = z.as_chunks();
    for z in whole {
        raise(&mut top, z);
    }
    raise(&mut top, &filled(rest));
    highest(&top)
}

/// $`\sigma(z)_i - [i = y]`$ times a factor, in place of $`e_i`$.
#[inline(always)]
fn exponentials_to_slopes<T: Float>(gradient: &mut [T], label: usize, excess: f64, factor: f64) {
    let normalizer = normalizer([1.0; LANES], [excess; LANES]);
    let at_label = slope(&normalizer, 0, gradient[label].to_f64(), 1.0);
    let [_, _, [inverse, ..]] = normalizer;
    for e in &mut *gradient {
        *e = T::from_f64(e.to_f64() * inverse * factor); // the slope where the target is 0
    }
    gradient[label] = T::from_f64(at_label * factor);
}

#[cfg(test)]
mod tests {
    use crate::{Loss, SoftmaxCrossEntropy, Target, Weights};
    use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};

    /// Value and gradient in single precision, sample by sample.
    fn run(logits: &[f32], order: Order) -> Result<(f64, Vec<u32>), Box<dyn std::error::Error>> {
        let shape = Shape::new(logits.len() / 3, 3);
        let mut gradient = vec![f32::NAN; logits.len()];
        let value = SoftmaxCrossEntropy::default().value_and_gradient(
            MatrixRef::new(logits, shape, order)?,
            Target::Labels(&[0, 64, 9999]),
            Weights::PerSample(&[1.0, 0.5, 0.0]), // the label of the last one is ignored
            1.0,
            MatrixMut::new(&mut gradient, shape, order)?,
        )?;
        let gradient = MatrixRef::new(&gradient, shape, order)?;
        let bits = (0..3).flat_map(|j| gradient.column(j).map(f32::to_bits));
        Ok((value, bits.collect()))
    }

    #[test]
    fn single_precision_has_the_bits_of_samples_side_by_side()
    -> Result<(), Box<dyn std::error::Error>> {
        for classes in [97, 112, 1007] {
            let wave = |i: usize| ((i * i) % 997) as f32 / 50.0 - 10.0;
            let by_samples: Vec<f32> = (0..3 * classes).map(wave).collect();
            let by_rows = (0..3 * classes).map(|at| by_samples[at % 3 * classes + at / 3]);
            let by_rows: Vec<f32> = by_rows.collect();
            assert_eq!(
                run(&by_samples, Order::Columns)?,
                run(&by_rows, Order::Rows)?
            );
        }
        Ok(())
    }

    #[test]
    fn nan_stays_in_its_sample() -> Result<(), Box<dyn std::error::Error>> {
        let mut logits = vec![0.0_f32; 600];
        logits[300] = f32::NAN;
        let (value, bits) = run(&logits, Order::Columns)?;
        assert!(value.is_nan());
        let gradient: Vec<f32> = bits.into_iter().map(f32::from_bits).collect();
        assert_eq!(gradient[1], 0.005);
        assert!(gradient[200..400].iter().all(|g| g.is_nan()));
        assert!(gradient[400..].iter().all(|&g| g == 0.0));
        Ok(())
    }
}
