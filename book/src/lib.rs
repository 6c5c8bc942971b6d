//! What the pages of the book compute live: plain exports over numbers in one shared buffer.
//!
//! JavaScript writes its numbers at [`buffer`], calls a function, and reads the results there. A result of NaN says that
//! the library refused the input.

mod boundary;
mod code;
mod depth;
mod descent;
mod dropout;
mod refused;
mod schedule;
mod tape;
mod walk;

use descent::Method;
use gradus_calculus::{central_difference, forward_difference};
use gradus_information::{binary_entropy, entropy, kl_normal};
use gradus_numeric::{Simplex, logit, sigmoid, softmax_with_temperature};
use gradus_probability::{Normal, posterior};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// How many numbers the buffer holds.
const LENGTH: usize = 512;

/// Where inputs and results lie.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn buffer() -> *const AtomicU64 {
    BUFFER.as_ptr()
}

/// Replaces `n` scores by their softmax at a temperature; the result is its entropy in nats.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn softmax(n: usize, temperature: f64) -> f64 {
    let Ok(p) = softmax_with_temperature(&read(n), temperature) else {
        return f64::NAN;
    };
    write(&p);
    Simplex::new(p).map_or(f64::NAN, |p| entropy(&p))
}

/// Writes the slope of the sigmoid at x and the logit of its value; the result is the value.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn sigmoid_at(x: f64) -> f64 {
    let value = sigmoid(x);
    write(&[value * sigmoid(-x), logit(value)]);
    value
}

/// Writes the forward and the central difference of the sine at x with the step h; the result is the derivative.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn differences(x: f64, h: f64) -> f64 {
    let forward = forward_difference(f64::sin, x, h);
    let central = central_difference(f64::sin, x, h);
    write(&[forward.unwrap_or(f64::NAN), central.unwrap_or(f64::NAN)]);
    x.cos()
}

/// Writes the path of an optimizer down the valley $`\frac12 (x^2 + \kappa y^2)`$ from (−4, 1.5): `steps` points after
/// the start, x and y in turn. Method 0 is gradient descent, 1 momentum, 2 Adam. The result is the last height.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn descend(method: u32, rate: f64, mu: f64, kappa: f64, steps: usize) -> f64 {
    let method = match method {
        0 => Method::GradientDescent,
        1 => Method::Momentum { mu },
        _ => Method::Adam,
    };
    let steps = steps.min(LENGTH / 2);
    let Ok(path) = descent::path(method, rate, kappa, steps) else {
        return f64::NAN;
    };
    write(path.as_flattened());
    path.last()
        .map_or(f64::NAN, |&theta| descent::height(theta, kappa))
}

/// The probability of being ill after a positive test, from the share of the ill and the two rates of the test.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn bayes(prior: f64, sensitivity: f64, false_alarms: f64) -> f64 {
    let Ok(prior) = Simplex::new(vec![prior, 1.0 - prior]) else {
        return f64::NAN;
    };
    let after = posterior(&prior, &[sensitivity, false_alarms]);
    after.map_or(f64::NAN, |p| p.as_slice()[0])
}

/// The entropy in nats of a coin that shows heads with the probability p.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn coin(p: f64) -> f64 {
    binary_entropy(p).unwrap_or(f64::NAN)
}

/// The divergence in nats of two normal laws; writes the divergence the other way round.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn divergence(mean_p: f64, spread_p: f64, mean_q: f64, spread_q: f64) -> f64 {
    let (Ok(p), Ok(q)) = (Normal::new(mean_p, spread_p), Normal::new(mean_q, spread_q)) else {
        return f64::NAN;
    };
    write(&[kl_normal(&q, &p)]);
    kl_normal(&p, &q)
}

/// Trains a line between two groups of points by `steps` steps of gradient descent on the mean cross-entropy: writes its
/// two weights, its bias and the share of points on the right side, then the coordinates of the points, half of them of
/// each group. The result is the loss.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn boundary(rate: f64, steps: usize) -> f64 {
    let Ok(line) = boundary::trained(rate, steps) else {
        return f64::NAN;
    };
    let [u, v, b] = line;
    let mut numbers = vec![u, v, b, boundary::accuracy(line)];
    numbers.extend(boundary::POINTS.as_flattened());
    write(&numbers);
    boundary::loss(line)
}

/// Writes the values and the adjoints of y = (a + b) b in the order in which the tape finds them: s, y, the adjoint of s,
/// what b gets from y, the adjoint of a, what b gets from s. The result is y.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn tape(a: f64, b: f64) -> f64 {
    let found = tape::both_ways(a, b).unwrap_or([f64::NAN; 6]);
    write(&found);
    found[1]
}

/// Trains a network with dropout p on noisy points for some steps: writes its values at 101 places from -2 to 2, then the
/// points. The result is the root of the mean squared distance to the rule that the points obey.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn dropout(p: f64, steps: usize) -> f64 {
    const PLACES: usize = 101;
    if !(0.0..1.0).contains(&p) {
        return f64::NAN;
    }
    let Ok(theta) = dropout::trained(p, steps) else {
        return f64::NAN;
    };
    let places = (0..PLACES).map(|i| -2.0 + 4.0 * i as f64 / (PLACES - 1) as f64);
    let mut numbers: Vec<f64> = Vec::with_capacity(LENGTH);
    let mut squares = 0.0;
    for x in places {
        let value = dropout::predict(&theta, x);
        squares += (value - dropout::rule(x)).powi(2);
        numbers.push(value);
    }
    numbers.extend(dropout::points().as_flattened());
    write(&numbers);
    (squares / PLACES as f64).sqrt()
}

/// Writes the length of the gradient of each layer of a deep stack, the first layer first: plain, then with batch
/// normalization. The result is the number of layers.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn depth(scale: f64) -> usize {
    let lengths =
        |normalized| depth::gradients(scale, normalized).unwrap_or(vec![f64::NAN; depth::LAYERS]);
    write(&[lengths(false), lengths(true)].concat());
    depth::LAYERS
}

/// Writes the distances of noisy descents to the minimum at a rate that stays, then those at a rate with warm-up that
/// falls to zero, then the rates of the second; 100 numbers each. The result is the last distance at the falling rate.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn schedule(rate: f64, warm_up: usize) -> f64 {
    let Ok([still, falling]) = schedule::both(rate, warm_up) else {
        return f64::NAN;
    };
    write(&[&*still, &falling, &schedule::rates(rate, warm_up)].concat());
    falling.last().copied().unwrap_or(f64::NAN)
}

/// The bits per flip of Huffman's code for blocks of n flips of a coin, where heads have the probability p.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn code(p: f64, n: u32) -> f64 {
    code::bits_per_flip(p, n.clamp(1, 8)).unwrap_or(f64::NAN)
}

fn read(n: usize) -> Vec<f64> {
    let cells = BUFFER.iter().take(n);
    cells.map(|it| f64::from_bits(it.load(Relaxed))).collect()
}

fn write(numbers: &[f64]) {
    for (cell, number) in BUFFER.iter().zip(numbers) {
        cell.store(number.to_bits(), Relaxed);
    }
}

static BUFFER: [AtomicU64; LENGTH] = [const { AtomicU64::new(0) }; LENGTH];

/// The pages, for `cargo test --doc`.
#[cfg(doctest)]
mod pages {
    include!(concat!(env!("OUT_DIR"), "/pages.rs"));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test, since all exports share the buffer.
    #[test]
    fn exports_compute_what_the_pages_show() {
        write(&[3.0_f64.ln(), 0.0]);
        let entropy = softmax(2, 1.0);
        let p = read(2);
        assert!((p[0] - 0.75).abs() < 1e-15 && (p[1] - 0.25).abs() < 1e-15);
        assert!((entropy - 0.562_335).abs() < 1e-6);
        assert!(softmax(2, 0.0).is_nan());

        assert!((sigmoid_at(3.0_f64.ln()) - 0.75).abs() < 1e-15);
        assert!((read(2)[0] - 0.1875).abs() < 1e-15 && (read(2)[1] - 3.0_f64.ln()).abs() < 1e-15);

        let slope = differences(1.0, 1e-3);
        assert!((read(2)[0] - slope).abs() > 4e-4 && (read(2)[1] - slope).abs() < 1e-6);

        // One step of gradient descent multiplies x by 1 - rate and y by 1 - κ rate.
        let height = descend(0, 0.1, 0.0, 10.0, 1);
        let to = read(2);
        assert!((to[0] + 3.6).abs() < 1e-12 && to[1].abs() < 1e-12);
        assert!((height - 0.5 * 3.6 * 3.6).abs() < 1e-12);
        assert!(descend(0, -1.0, 0.0, 10.0, 1).is_nan());

        // Without a step every probability is one half; with many, all points are on their side.
        assert!((boundary(0.5, 0) - 2.0_f64.ln()).abs() < 1e-15);
        let learned = boundary(0.5, 200);
        assert!(
            learned < 0.2 && (read(4)[3] - 11.0 / 12.0).abs() < 1e-12,
            "{learned}"
        );

        // By hand: s = 5, y = 15; then 3, 5, 3, 3.
        assert!((tape(2.0, 3.0) - 15.0).abs() < 1e-15);
        assert_eq!(read(6), [5.0, 15.0, 3.0, 5.0, 3.0, 3.0]);

        // The points are remembered without dropout, and the rule is found better with it.
        let [plain, dropped] = [dropout(0.0, 300), dropout(0.3, 300)];
        assert!(dropped < 0.9 * plain, "{plain} {dropped}");
        assert!(dropout(1.0, 1).is_nan());

        // Small weights: the plain gradient dies out on its way to the first layer.
        let layers = depth(0.3);
        let lengths = read(2 * layers);
        let [plain, normalized] =
            [0, layers].map(|first| lengths[first] / lengths[first + layers - 1]);
        assert!(plain < 1e-3 && normalized > 0.1, "{plain} {normalized}");

        let falling = schedule(0.5, 10);
        let still = read(100)[99];
        assert!(falling < 0.5 * still, "{still} {falling}");
        assert!(schedule(-1.0, 10).is_nan());

        // Blocks of two: words of 1, 2, 3 and 3 bits.
        let by_hand = (0.81 + 2.0 * 0.09 + 3.0 * 0.1) / 2.0;
        assert!((code(0.1, 1) - 1.0).abs() < 1e-15 && (code(0.1, 2) - by_hand).abs() < 1e-15);

        assert!((bayes(0.01, 0.9, 0.09) - 1.0 / 10.9).abs() < 1e-15);
        assert!((coin(0.5) - 2.0_f64.ln()).abs() < 1e-15 && coin(2.0).is_nan());
        assert!((divergence(0.0, 1.0, 1.0, 1.0) - 0.5).abs() < 1e-15);
        assert!((read(1)[0] - 0.5).abs() < 1e-15);
    }
}
