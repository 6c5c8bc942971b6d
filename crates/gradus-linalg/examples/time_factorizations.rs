//! How long a call takes, checked and bare, as a command, so that it can be timed in turn with other libraries.
//!
//! ```text
//! cargo run --release -p gradus-linalg --example time_factorizations -- solve 500
//! ```
//!
//! prints the median seconds of a call of gradus and of nalgebra, which take turns.
//! `benches/peers/linalg` compares both with LAPACK.

#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command")]
#![allow(
    clippy::disallowed_methods,
    reason = "the bare factorizations are what the checked ones are compared with"
)]

use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    cholesky, ldlt, least_squares, lu, qr, qr_pivoted, solve, svd, symmetric_eigen,
};
use std::env::args;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// A positive definite matrix, a symmetric and a general one, and a right-hand side.
struct Problem {
    spd: DMatrix<f64>,
    symmetric: DMatrix<f64>,
    a: DMatrix<f64>,
    b: DVector<f64>,
}

type Call = fn(&Problem) -> bool;

/// Name, checked call, bare call; a call says whether it succeeded.
#[rustfmt::skip] // a table
const CALLS: &[(&str, Call, Call)] = &[
    ("solve", |p| solve(&p.a, &p.b).is_ok(), |p| p.a.clone().lu().solve(&p.b).is_some()),
    ("lu", |p| lu(&p.a).is_ok(), |p| { let (_, l, u) = p.a.clone().lu().unpack(); l.len() == u.len() }),
    ("least_squares", |p| least_squares(&p.a, &p.b).is_ok(), |p| p.a.clone().qr().solve(&p.b).is_some()),
    ("cholesky", |p| cholesky(&p.spd).is_ok(), |p| p.spd.clone().cholesky().is_some_and(|c| !c.l().is_empty())),
    ("ldlt", |p| ldlt(&p.symmetric).is_ok(), |p| { let (_, l, u) = p.symmetric.clone().lu().unpack(); l.len() == u.len() }),
    ("ldlt_unpivoted", |p| ldlt(&p.symmetric).is_ok(), |p| p.symmetric.clone().udu().is_some()),
    ("qr", |p| qr(&p.a).is_ok(), |p| { let qr = p.a.clone().qr(); qr.q().len() == qr.r().len() }),
    ("qr_pivoted", |p| qr_pivoted(&p.a).is_ok(), |p| { let qr = p.a.clone().col_piv_qr(); qr.q().len() == qr.r().len() }),
    ("svd", |p| svd(&p.a).is_ok(), |p| !p.a.clone().svd(true, true).singular_values.is_empty()),
    ("symmetric_eigen", |p| symmetric_eigen(&p.spd).is_ok(), |p| !p.spd.clone().symmetric_eigen().eigenvalues.is_empty()),
];

fn main() -> ExitCode {
    let words: Vec<String> = args().skip(1).collect();
    let call = words
        .first()
        .and_then(|name| CALLS.iter().find(|call| call.0 == name));
    let n = words.get(1).and_then(|n| n.parse::<usize>().ok());
    let (Some((_, checked, bare)), Some(n)) = (call, n) else {
        let names: Vec<&str> = CALLS.iter().map(|call| call.0).collect();
        eprintln!(
            "time: a call and a size are needed; calls: {}",
            names.join(", ")
        );
        return ExitCode::FAILURE;
    };
    let problem = problem(n);
    let [checked, bare] = in_turn(&problem, [*checked, *bare]);
    println!("{checked:e} {bare:e}");
    ExitCode::SUCCESS
}

/// The median seconds of a call, the two taking turns.
fn in_turn(problem: &Problem, calls: [Call; 2]) -> [f64; 2] {
    const ROUNDS: usize = 15;
    let batch = batch(problem, calls[0]);
    let mut seconds = [vec![], vec![]];
    for _ in 0..ROUNDS {
        for (seconds, call) in seconds.iter_mut().zip(calls) {
            seconds.push(time(problem, call, batch).as_secs_f64() / f64::from(batch));
        }
    }
    seconds.map(|mut seconds| {
        seconds.sort_by(f64::total_cmp);
        seconds[ROUNDS / 2]
    })
}

/// So many calls that they take 20 ms.
fn batch(problem: &Problem, call: Call) -> u32 {
    let mut batch = 1;
    while time(problem, call, batch) < Duration::from_millis(20) {
        batch *= 2;
    }
    batch
}

fn time(problem: &Problem, call: Call, batch: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..batch {
        assert!(call(black_box(problem)), "the problem has a solution");
    }
    start.elapsed()
}

/// Entries without a pattern between −1 and 1, the same in every run.
fn problem(n: usize) -> Problem {
    let mut state = 1_u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    };
    let a = DMatrix::from_fn(n, n, |_, _| next());
    let b = DVector::from_fn(n, |_, _| next());
    let spd = &a * a.transpose() + DMatrix::identity(n, n);
    let symmetric = &a + a.transpose();
    Problem {
        spd,
        symmetric,
        a,
        b,
    }
}
