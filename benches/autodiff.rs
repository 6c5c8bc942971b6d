//! What does a node of the tape cost beyond its arithmetic? How much more than the value does the
//! gradient of Rosenbrock's function cost?

mod inputs;
mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::autodiff::{Arena, Dual};
use gradus::numeric::Real;
use inputs::normals;
use std::hint::black_box;

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

fn main() {
    let mut criterion = settings::criterion();
    nodes(&mut criterion);
    valley(&mut criterion);
    criterion.final_summary();
}
