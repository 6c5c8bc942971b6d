//! What does a node of the tape cost beyond its arithmetic? How much more than the value does the
//! gradient of Rosenbrock's function cost? How near to copying memory are normalizations, and the
//! maximum under a window?

mod inputs;
mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::autodiff::rules::{GroupNorm, LayerNorm, MaxPool, Moments, Normalize, RmsNorm, Window};
use gradus::autodiff::{Arena, Dual, MatrixVar, Rule, Shape, Tape};
use gradus::numeric::Real;
use inputs::normals;
use std::hint::black_box;
use std::sync::Arc;

/// n multiplications in a row: nearly nothing but nodes.
fn power<R: Real>(x: R, n: usize) -> R {
    (0..n).fold(x, |y, _| y * x)
}

/// Rosenbrock's valley, $`\sum_i 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2`$.
fn rosenbrock<R: Real>(x: &[R]) -> R {
    let (one, hundred) = (R::from_f64(1.0), R::from_f64(100.0));
    let terms = x.windows(2).map(|pair| {
        let (rise, run) = (pair[1] - pair[0] * pair[0], one - pair[0]);
        hundred * rise * rise + run * run
    });
    terms.fold(R::from_f64(0.0), |sum, term| sum + term)
}

fn nodes(c: &mut Criterion) {
    let mut group = c.benchmark_group("autodiff/node");
    let x = [1.000_1];
    let mut gradient = [0.0];
    let mut arena = Arena::new();
    for n in [100, 10_000] {
        group.throughput(Throughput::Elements(n as u64));
        group.bench_function(BenchmarkId::new("f64", n), |b| {
            b.iter(|| power(black_box(x[0]), n));
        });
        group.bench_function(BenchmarkId::new("dual", n), |b| {
            b.iter(|| power(Dual::variable(black_box(x[0])), n));
        });
        group.bench_function(BenchmarkId::new("tape", n), |b| {
            b.iter(|| {
                arena.value_and_gradient(black_box(&x), &mut gradient, |tape| {
                    power(tape.variable(0), n)
                })
            });
        });
    }
}

fn valley(c: &mut Criterion) {
    let mut group = c.benchmark_group("autodiff/rosenbrock");
    let mut arena = Arena::new();
    for n in [2, 100, 1000] {
        let x: Vec<f64> = normals(n);
        let mut gradient = vec![0.0; n];
        group.bench_function(BenchmarkId::new("value", n), |b| {
            b.iter(|| rosenbrock(black_box(&x)));
        });
        group.bench_function(BenchmarkId::new("gradient", n), |b| {
            b.iter(|| {
                arena.value_and_gradient(black_box(&x), &mut gradient, |tape| {
                    rosenbrock(&tape.variables())
                })
            });
        });
    }
}

/// Channels, places and samples: a dense layer, a wide one, and images.
const NORMALIZED: [[usize; 3]; 3] = [[64, 1, 64], [512, 1, 64], [64, 49, 64]];

fn normalizations(c: &mut Criterion) {
    let mut group = c.benchmark_group("autodiff/normalization");
    let mut arena = Arena::new();
    for [channels, places, samples] in NORMALIZED {
        let (rows, length) = (channels * places, channels * places * samples);
        let theta: Vec<f32> = normals(length + 2 * channels);
        let (mut gradient, mut copy) = (vec![0.0; theta.len()], vec![0.0; length]);
        let size = format!("{channels} × {places} × {samples}");
        group.throughput(Throughput::Elements(length as u64));
        group.bench_function(BenchmarkId::new("copy", &size), |b| {
            b.iter(|| black_box(&mut copy).copy_from_slice(&theta[..length]));
        });
        for (name, norm) in norms(channels) {
            group.bench_function(BenchmarkId::new(name, &size), |b| {
                b.iter(|| {
                    arena.value_and_gradient(black_box(&theta), &mut gradient, |tape| {
                        let x = tape.parameter(0, Shape::new(rows, samples));
                        norm(tape, x, length).sum()
                    })
                });
            });
        }
    }
}

/// Images of a convolution: 16 channels of 28 × 28 pixels.
const IMAGES: [usize; 3] = [16, 28, 28];

fn max_pools(c: &mut Criterion) {
    let mut group = c.benchmark_group("autodiff/max pool");
    let mut arena = Arena::new();
    let [channels, height, width] = IMAGES;
    let tiles = Window {
        channels,
        image: [height, width],
        kernel: [2, 2],
        stride: [2, 2],
        padding: [0, 0],
        dilation: [1, 1],
    };
    let strips = Window {
        stride: [2, 1],
        ..tiles
    };
    for samples in [16, 64] {
        let theta: Vec<f32> = normals(channels * height * width * samples);
        let (mut gradient, mut copy) = (vec![0.0; theta.len()], vec![0.0; theta.len()]);
        group.throughput(Throughput::Elements(theta.len() as u64));
        group.bench_function(BenchmarkId::new("copy", samples), |b| {
            b.iter(|| black_box(&mut copy).copy_from_slice(&theta));
        });
        for (name, window) in [("tiles", tiles), ("windows that overlap", strips)] {
            let pool = Arc::new(MaxPool(window));
            group.bench_function(BenchmarkId::new(name, samples), |b| {
                b.iter(|| {
                    arena.value_and_gradient(black_box(&theta), &mut gradient, |tape| {
                        let x = tape.parameter(0, Shape::new(channels * height * width, samples));
                        x.apply(Arc::clone(&pool)).sum()
                    })
                });
            });
        }
    }
}

/// Normalizes a matrix by scales that start there among the parameters.
type Norm = Box<dyn for<'t> Fn(&'t Tape<'t, f32>, MatrixVar<'t, f32>, usize) -> MatrixVar<'t, f32>>;

/// What normalizes so many channels, and, to compare, nothing.
fn norms(channels: usize) -> Vec<(&'static str, Norm)> {
    let epsilon = 1e-5;
    let both = Shape::new(2, channels);
    let layer = Arc::new(LayerNorm { channels, epsilon });
    let group = Arc::new(GroupNorm {
        channels,
        groups: 8,
        epsilon,
    });
    let rms = Arc::new(RmsNorm { channels, epsilon });
    let moments = Arc::new(Moments { channels });
    let batch = Arc::new(Normalize { channels, epsilon });
    vec![
        ("sum alone", Box::new(|_, x, _| x)),
        ("layer", by_scales(layer, both)),
        ("group", by_scales(group, both)),
        ("RMS", by_scales(rms, Shape::new(1, channels))),
        (
            "batch",
            Box::new(move |tape, x, at| {
                let own = x.apply(Arc::clone(&moments));
                tape.apply(Arc::clone(&batch), [x, own, tape.parameter(at, both)])
            }),
        ),
    ]
}

fn by_scales<R: Rule<f32> + 'static>(rule: Arc<R>, scales: Shape) -> Norm {
    Box::new(move |tape, x, at| {
        let scales = tape.parameter(at, scales);
        tape.apply(Arc::clone(&rule), [x, scales])
    })
}

fn main() {
    let mut criterion = settings::criterion();
    nodes(&mut criterion);
    valley(&mut criterion);
    normalizations(&mut criterion);
    max_pools(&mut criterion);
    criterion.final_summary();
}
