//! How large the gradient is in each layer of a deep stack, plain or with batch normalization.

use crate::buffer::write;
use gradus_autodiff::{AutodiffError, Var, gradient};
use gradus_numeric::{Real, norm2};
use gradus_random::{Key, normal};

/// Writes the length of the gradient of each layer of a deep stack, the first layer first: plain, then with batch
/// normalization. The result is the number of layers.
#[must_use]
pub fn depth(scale: f64) -> usize {
    let lengths = |normalized| gradients(scale, normalized).unwrap_or(vec![f64::NAN; LAYERS]);
    write(&[lengths(false), lengths(true)].concat());
    LAYERS
}

/// How many layers there are.
const LAYERS: usize = 12;
const WIDTH: usize = 6;
const SAMPLES: usize = 12;

/// The length of the gradient by the sums of each layer, from the first to the last, if the weights are drawn with the
/// standard deviation `scale` / √width.
fn gradients(scale: f64, normalized: bool) -> Result<Vec<f64>, AutodiffError> {
    let spread = scale / (WIDTH as f64).sqrt();
    let rng = &mut Key::new(11).rng();
    let mut draw =
        |n: usize, spread: f64| -> Vec<f64> { (0..n).map(|_| spread * normal(rng)).collect() };
    let inputs = draw(WIDTH * SAMPLES, 1.0);
    let targets = draw(WIDTH * SAMPLES, 1.0);
    let weights = draw(LAYERS * WIDTH * WIDTH, spread);
    // Zeros that are added to the sums: the derivative by them is the derivative by the sums.
    let added = vec![0.0; LAYERS * WIDTH * SAMPLES];
    let by_sums = gradient(
        |added| loss(added, &weights, [&inputs, &targets], normalized),
        &added,
    )?;
    let layers = by_sums.chunks_exact(WIDTH * SAMPLES);
    Ok(layers.map(norm2).collect())
}

/// The mean square of the difference to targets.
fn loss<'t>(
    added: &[Var<'t, f64>],
    weights: &[f64],
    [inputs, targets]: [&[f64]; 2],
    normalized: bool,
) -> Var<'t, f64> {
    let mut h: Vec<Var<'t, f64>> = inputs.iter().map(|&x| Real::from_f64(x)).collect();
    let layers = weights.chunks_exact(WIDTH * WIDTH);
    for (weights, added) in layers.zip(added.chunks_exact(WIDTH * SAMPLES)) {
        h = layer(weights, added, &h, normalized);
    }
    let errors = h.iter().zip(targets).map(|(&h, &y)| {
        let error = h - Real::from_f64(y);
        error * error
    });
    errors.sum::<Var<'t, f64>>() / targets.len() as f64
}

/// The hyperbolic tangent of W h, one neuron after the other with all samples.
fn layer<'t>(
    weights: &[f64],
    added: &[Var<'t, f64>],
    h: &[Var<'t, f64>],
    normalized: bool,
) -> Vec<Var<'t, f64>> {
    let mut out = Vec::with_capacity(h.len());
    for (row, added) in weights.chunks_exact(WIDTH).zip(added.chunks_exact(SAMPLES)) {
        let sample = |s: usize| (0..WIDTH).map(|j| h[j * SAMPLES + s] * row[j]).sum();
        let z: Vec<Var<'t, f64>> = (0..SAMPLES).map(sample).collect();
        let z = if normalized { batch_norm(&z) } else { z };
        out.extend(z.iter().zip(added).map(|(&z, &zero)| (z + zero).tanh()));
    }
    out
}

/// $`(z - \mu) / \sqrt{v + 10^{-5}}`$ over the samples.
fn batch_norm<'t>(z: &[Var<'t, f64>]) -> Vec<Var<'t, f64>> {
    let mean = z.iter().copied().sum::<Var<'t, f64>>() / SAMPLES as f64;
    let squares = z.iter().map(|&z| (z - mean) * (z - mean));
    let variance = squares.sum::<Var<'t, f64>>() / SAMPLES as f64;
    let deviation = (variance + Real::from_f64(1e-5)).sqrt();
    z.iter().map(|&z| (z - mean) / deviation).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::read;

    #[test]
    fn small_weights_let_the_plain_gradient_die_out() {
        let layers = depth(0.3);
        let lengths = read(2 * layers);
        let [plain, normalized] =
            [0, layers].map(|first| lengths[first] / lengths[first + layers - 1]);
        assert!(plain < 1e-3 && normalized > 0.1, "{plain} {normalized}");
    }
}
