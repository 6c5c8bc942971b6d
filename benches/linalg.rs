//! How fast is the product at the shapes of training, in every storage order, next to nalgebra's own?
//! What does a checked solution or factorization cost next to a bare one?

mod inputs;
mod settings;

use criterion::{BenchmarkId, Criterion, Throughput};
use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{cholesky, lu, product, qr, solve, svd, symmetric_eigen};
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

type Call = fn(&Problem) -> bool;

/// Name, checked call, bare call; a call says whether it succeeded.
#[expect(
    clippy::disallowed_methods,
    reason = "the bare factorizations are what the checked ones are compared with"
)]
#[rustfmt::skip] // a table
const CALLS: [(&str, Call, Call); 6] = [
    ("solve", |p| solve(&p.a, &p.b).is_ok(), |p| p.a.clone().lu().solve(&p.b).is_some()),
    ("lu", |p| lu(&p.a).is_ok(), |p| !p.a.clone().lu().unpack().1.is_empty()),
    ("cholesky", |p| cholesky(&p.spd).is_ok(), |p| p.spd.clone().cholesky().is_some()),
    ("qr", |p| qr(&p.a).is_ok(), |p| !p.a.clone().qr().q().is_empty()),
    ("svd", |p| svd(&p.a).is_ok(), |p| p.a.clone().svd(true, true).u.is_some()),
    ("symmetric_eigen", |p| symmetric_eigen(&p.spd).is_ok(), |p| !p.spd.clone().symmetric_eigen().eigenvalues.is_empty()),
];

/// A general matrix, a positive definite one and a right-hand side.
struct Problem {
    a: DMatrix<f64>,
    spd: DMatrix<f64>,
    b: DVector<f64>,
}

fn checks(c: &mut Criterion) {
    for n in [10, 100, 500] {
        let mut group = c.benchmark_group(format!("linalg/checked {n}"));
        let a = DMatrix::from_vec(n, n, normals(n * n));
        let problem = Problem {
            spd: &a * a.transpose() + DMatrix::identity(n, n),
            b: DVector::from_vec(normals(n)),
            a,
        };
        for (name, checked, bare) in CALLS {
            for (who, call) in [("gradus", checked), ("nalgebra", bare)] {
                let id = BenchmarkId::new(name, who);
                group.bench_function(id, |bench| bench.iter(|| call(black_box(&problem))));
            }
        }
    }
}

fn main() {
    let mut criterion = settings::criterion();
    products(&mut criterion);
    checks(&mut criterion);
    criterion.final_summary();
}
