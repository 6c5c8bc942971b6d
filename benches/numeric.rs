//! What does a careful sum cost? What does a vectorized exponential or sigmoid gain?
//!
//! Sums: a loop, pairwise, compensated. Functions: the library's formula in a vectorized `map`, against
//! a loop of calls to the standard library's `exp`.

mod inputs;
mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::numeric::{
    Real, compensated_dot, compensated_sum, map, pairwise_sum, sigmoid, softmax,
};
use inputs::normals;
use std::hint::black_box;
use std::iter::zip;

fn sums(c: &mut Criterion) {
    let mut group = c.benchmark_group("numeric/sum");
    for n in [1_000, 100_000] {
        let x: Vec<f64> = normals(n);
        group.throughput(Throughput::Elements(n as u64));
        group.bench_function(BenchmarkId::new("loop", n), |b| {
            b.iter(|| black_box(&x).iter().sum::<f64>());
        });
        group.bench_function(BenchmarkId::new("pairwise", n), |b| {
            b.iter(|| pairwise_sum(black_box(&x)));
        });
        group.bench_function(BenchmarkId::new("compensated", n), |b| {
            b.iter(|| compensated_sum(black_box(&x)));
        });
        group.bench_function(BenchmarkId::new("compensated dot", n), |b| {
            b.iter(|| compensated_dot(black_box(&x), black_box(&x)));
        });
    }
}

#[expect(
    clippy::redundant_closure,
    reason = "only a closure can ask to be inlined into the vectorized loop"
)]
fn functions(c: &mut Criterion) {
    const N: usize = 8192;
    let x: Vec<f32> = normals(N);
    let mut y = vec![0.0_f32; N];
    let mut group = c.benchmark_group("numeric/function");
    group.throughput(Throughput::Elements(N as u64));
    group.bench_function(BenchmarkId::new("exp, loop", N), |b| {
        b.iter(|| {
            for (y, x) in zip(&mut y, black_box(&x)) {
                *y = x.exp();
            }
        });
    });
    group.bench_function(BenchmarkId::new("exp, vectorized", N), |b| {
        b.iter(|| {
            map(
                black_box(&x),
                &mut y,
                #[inline(always)]
                |x| Real::exp(x),
            );
        });
    });
    group.bench_function(BenchmarkId::new("sigmoid, loop", N), |b| {
        b.iter(|| {
            for (y, x) in zip(&mut y, black_box(&x)) {
                *y = 1.0 / (1.0 + (-x).exp());
            }
        });
    });
    group.bench_function(BenchmarkId::new("sigmoid, vectorized", N), |b| {
        b.iter(|| {
            map(
                black_box(&x),
                &mut y,
                #[inline(always)]
                |x| sigmoid(x),
            );
        });
    });
    group.bench_function(BenchmarkId::new("softmax", N), |b| {
        b.iter(|| softmax(black_box(&x)));
    });
}

fn main() {
    let mut criterion = settings::criterion();
    sums(&mut criterion);
    functions(&mut criterion);
    criterion.final_summary();
}
