//! How long does it take to shuffle the indices of MNIST, and to draw normal and uniform numbers?

mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::random::{Key, fill_normal, fill_normal_f32, fill_uniform, permutation};
use std::hint::black_box;

fn permutations(c: &mut Criterion) {
    let mut group = c.benchmark_group("random/permutation");
    let mut rng = Key::new(1).rng();
    for n in [128, 60_000] {
        group.throughput(Throughput::Elements(n.into()));
        group.bench_function(BenchmarkId::from_parameter(n), |b| {
            b.iter(|| permutation(black_box(n), &mut rng));
        });
    }
}

fn draws(c: &mut Criterion) {
    const N: usize = 10_000;
    let mut group = c.benchmark_group("random/draws");
    let mut rng = Key::new(1).rng();
    let (mut x, mut single) = (vec![0.0; N], vec![0.0_f32; N]);
    group.throughput(Throughput::Elements(N as u64));
    group.bench_function(BenchmarkId::new("normal, f64", N), |b| {
        b.iter(|| fill_normal(black_box(&mut x), &mut rng));
    });
    group.bench_function(BenchmarkId::new("normal, f32", N), |b| {
        b.iter(|| fill_normal_f32(black_box(&mut single), &mut rng));
    });
    group.bench_function(BenchmarkId::new("uniform, f64", N), |b| {
        b.iter(|| fill_uniform(0.0, 1.0, black_box(&mut x), &mut rng));
    });
}

fn main() {
    let mut criterion = settings::criterion();
    permutations(&mut criterion);
    draws(&mut criterion);
    criterion.final_summary();
}
