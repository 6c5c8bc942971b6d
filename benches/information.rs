//! How long does it take to estimate the mutual information of ten thousand pairs from their neighbors?

mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::information::{entropy_nearest, mutual_information_ksg1, mutual_information_ksg2};
use gradus::numeric::{MatrixRef, Order, Shape};
use gradus::random::{Key, fill_normal};
use std::hint::black_box;

fn neighbors(c: &mut Criterion) {
    let mut group = c.benchmark_group("information/neighbors");
    for n in [1000, 10_000] {
        let mut numbers = vec![0.0; 2 * n];
        fill_normal(&mut numbers, &mut Key::new(1).rng());
        let (x, noise) = numbers.split_at(n);
        let y: Vec<f64> = x
            .iter()
            .zip(noise)
            .map(|(x, e)| 0.9 * x + 0.43 * e)
            .collect();
        let both = [x, &y].concat();
        let (x, y) = (MatrixRef::from_row(x), MatrixRef::from_row(&y));
        group.throughput(Throughput::Elements(n as u64));
        group.bench_function(BenchmarkId::new("cubes", n), |b| {
            b.iter(|| mutual_information_ksg1(black_box(x), black_box(y), 3));
        });
        group.bench_function(BenchmarkId::new("boxes", n), |b| {
            b.iter(|| mutual_information_ksg2(black_box(x), black_box(y), 3));
        });
        group.bench_function(BenchmarkId::new("entropy", n), |b| {
            let pairs = || MatrixRef::new(&both, Shape::new(2, n), Order::Rows);
            b.iter(|| pairs().map(|pairs| entropy_nearest(black_box(pairs), 3)));
        });
    }
}

fn main() {
    let mut criterion = settings::criterion();
    neighbors(&mut criterion);
    criterion.final_summary();
}
