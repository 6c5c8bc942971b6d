//! How fast is the product at the shapes of training, in every storage order, next to nalgebra's own?
//! What does a checked solution or factorization cost next to a bare one?

mod inputs;
mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{product, solve, svd};
use gradus::numeric::{MatrixMut, MatrixRef, Order, Shape};
use inputs::normals;
use std::hint::black_box;

/// (m, k, n) of the products of a shard of 64 samples: forward and backward, small and wide network.
const SHAPES: [(usize, usize, usize); 6] = [
    (10, 784, 64),
    (10, 64, 784),
    (128, 10, 64),
    (512, 784, 64),
    (512, 64, 784),
    (512, 512, 64),
];

fn products(c: &mut Criterion) {
    let orders = [Order::Rows, Order::Columns];
    for (m, k, n) in SHAPES {
        let (a, b): (Vec<f32>, Vec<f32>) = (normals(m * k), normals(k * n));
        let mut c_memory = vec![0.0_f32; m * n];
        let mut group = c.benchmark_group(format!("linalg/product {m}x{k}x{n}"));
        group.throughput(Throughput::Elements((m * k * n) as u64));
        for (left, right) in orders.iter().flat_map(|&l| orders.map(|r| (l, r))) {
            group.bench_function(
                BenchmarkId::new("gradus", format!("{left:?}-{right:?}")),
                |bench| {
                    bench.iter(|| {
                        let a = MatrixRef::new(black_box(&a), Shape::new(m, k), left)?;
                        let b = MatrixRef::new(black_box(&b), Shape::new(k, n), right)?;
                        let c = MatrixMut::new(&mut c_memory, Shape::new(m, n), Order::Rows)?;
                        product(a, b, c)
                    });
                },
            );
        }
        let (a, b) = (DMatrix::from_vec(m, k, a), DMatrix::from_vec(k, n, b));
        let mut c = DMatrix::zeros(m, n);
        group.bench_function(BenchmarkId::new("nalgebra", "Columns-Columns"), |bench| {
            bench.iter(|| black_box(&a).mul_to(black_box(&b), &mut c));
        });
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the bare factorizations are what the checked ones are compared with"
)]
fn checks(c: &mut Criterion) {
    let mut group = c.benchmark_group("linalg/checked");
    for n in [4, 32, 128] {
        let a: DMatrix<f64> = DMatrix::from_vec(n, n, normals(n * n));
        let b: DVector<f64> = DVector::from_vec(normals(n));
        group.bench_function(BenchmarkId::new("solve, gradus", n), |bench| {
            bench.iter(|| solve(black_box(&a), black_box(&b)));
        });
        group.bench_function(BenchmarkId::new("solve, nalgebra", n), |bench| {
            bench.iter(|| black_box(&a).clone().lu().solve(black_box(&b)));
        });
        group.bench_function(BenchmarkId::new("svd, gradus", n), |bench| {
            bench.iter(|| svd(black_box(&a)));
        });
        group.bench_function(BenchmarkId::new("svd, nalgebra", n), |bench| {
            bench.iter(|| black_box(&a).clone().svd(true, true));
        });
    }
}

fn main() {
    let mut criterion = settings::criterion();
    products(&mut criterion);
    checks(&mut criterion);
    criterion.final_summary();
}
