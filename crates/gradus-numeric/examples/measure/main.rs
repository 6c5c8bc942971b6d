//! The functions of this crate as a command, so that their accuracy can be measured from outside.
//!
//! ```text
//! cargo run --release -p gradus-numeric --example measure -- evaluate sigmoid < bits
//! cargo run --release -p gradus-numeric --example measure -- textbook sigmoid < bits
//! cargo run --release -p gradus-numeric --example measure -- sweep sigmoid
//! ```
//!
//! `evaluate` reads the arguments of one call a line, as the bits of doubles in hexadecimal, and prints the
//! bits of the result; `textbook` does the same with the formula one would write first. `tools/accuracy`
//! compares both with 60 digits.
//!
//! `sweep` computes a function at all $`2^{32}`$ single-precision numbers and counts how many results are
//! proven to be the nearest single-precision number: those whose double-precision value, give or take its
//! own error, rounds to them. Undecided are values that close to the middle between two numbers.

#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command")]
#![allow(
    clippy::imprecise_flops,
    reason = "the formulas of the textbook are measured too"
)]

use gradus_numeric::{
    Real, beta_regularized, beta_regularized_inverse, cbrt, digamma, elu, entr, erf, erfc, erfcinv,
    erfinv, gamma, gamma_p, gamma_p_inverse, gamma_q, gamma_q_inverse, gelu, gelu_tanh, hypot,
    ln_beta, ln_gamma, log_cosh, log_sigmoid, log1mexp, logaddexp, logit, logsubexp, mish,
    normal_cdf, normal_log_cdf, normal_quantile, selu, sigmoid, silu, softplus, softplus_inverse,
    softsign, trigamma, xlog1py, xlogx, xlogy,
};
use std::env::args;
use std::io::{self, BufRead};
use std::process::ExitCode;
use std::thread;

type Call = fn(&[f64]) -> f64;

/// A function, the formula one would write first, and its form in single precision.
struct Function {
    name: &'static str,
    here: Call,
    textbook: Call,
    single: Option<fn(f32) -> f32>,
}

const fn one(name: &'static str, here: Call, textbook: Call, single: fn(f32) -> f32) -> Function {
    Function {
        name,
        here,
        textbook,
        single: Some(single),
    }
}

const fn many(name: &'static str, here: Call, textbook: Call) -> Function {
    Function {
        name,
        here,
        textbook,
        single: None,
    }
}

#[rustfmt::skip] // a table
const FUNCTIONS: &[Function] = &[
    one("exp", |x| x[0].exp(), |x| x[0].exp(), Real::exp),
    one("exp_m1", |x| x[0].exp_m1(), |x| x[0].exp() - 1.0, Real::exp_m1),
    one("tanh", |x| x[0].tanh(), |x| (x[0].exp() - (-x[0]).exp()) / (x[0].exp() + (-x[0]).exp()), Real::tanh),
    one("sigmoid", |x| sigmoid(x[0]), |x| 1.0 / (1.0 + (-x[0]).exp()), sigmoid),
    one("log_sigmoid", |x| log_sigmoid(x[0]), |x| (1.0 / (1.0 + (-x[0]).exp())).ln(), log_sigmoid),
    one("softplus", |x| softplus(x[0]), |x| (1.0 + x[0].exp()).ln(), softplus),
    one("logit", |x| logit(x[0]), |x| (x[0] / (1.0 - x[0])).ln(), logit),
    one("log1mexp", |x| log1mexp(x[0]), |x| (1.0 - x[0].exp()).ln(), log1mexp),
    many("logaddexp", |x| logaddexp(x[0], x[1]), |x| (x[0].exp() + x[1].exp()).ln()),
    many("xlogy", |x| xlogy(x[0], x[1]), |x| x[0] * x[1].ln()),
    many("logsubexp", |x| logsubexp(x[0], x[1]), |x| (x[0].exp() - x[1].exp()).ln()),
    many("xlog1py", |x| xlog1py(x[0], x[1]), |x| x[0] * (1.0 + x[1]).ln()),
    one("xlogx", |x| xlogx(x[0]), |x| x[0] * x[0].ln(), xlogx),
    one("entr", |x| entr(x[0]), |x| -(x[0] * x[0].ln()), entr),
    one("softplus_inverse", |x| softplus_inverse(x[0]), |x| (x[0].exp() - 1.0).ln(), softplus_inverse),
    one("log_cosh", |x| log_cosh(x[0]), |x| x[0].cosh().ln(), log_cosh),
    one("silu", |x| silu(x[0]), |x| x[0] / (1.0 + (-x[0]).exp()), silu),
    one("mish", |x| mish(x[0]), |x| x[0] * (1.0 + x[0].exp()).ln().tanh(), mish),
    one("gelu", |x| gelu(x[0]), |x| x[0] * 0.5 * (1.0 + erf(x[0] / 2.0_f64.sqrt())), gelu),
    one("gelu_tanh", |x| gelu_tanh(x[0]), |x| 0.5 * x[0] * (1.0 + ((2.0 / std::f64::consts::PI).sqrt() * (x[0] + 0.044715 * x[0].powi(3))).tanh()), gelu_tanh),
    one("elu", |x| elu(x[0], 1.0), |x| if x[0] > 0.0 { x[0] } else { x[0].exp() - 1.0 }, |x| elu(x, 1.0)),
    one("selu", |x| selu(x[0]), |x| 1.050_700_987_355_480_5 * if x[0] > 0.0 { x[0] } else { 1.673_263_242_354_377_2 * (x[0].exp() - 1.0) }, selu),
    one("softsign", |x| softsign(x[0]), |x| x[0] / (1.0 + x[0].abs()), softsign),
    one("cbrt", |x| cbrt(x[0]), |x| x[0].signum() * x[0].abs().powf(1.0 / 3.0), cbrt),
    many("hypot", |x| hypot(x[0], x[1]), |x| (x[0] * x[0] + x[1] * x[1]).sqrt()),
    one("erf", |x| erf(x[0]), |x| erf(x[0]), erf),
    one("erfc", |x| erfc(x[0]), |x| 1.0 - erf(x[0]), erfc),
    one("erfinv", |x| erfinv(x[0]), |x| erfinv(x[0]), erfinv),
    one("erfcinv", |x| erfcinv(x[0]), |x| erfinv(1.0 - x[0]), erfcinv),
    one("normal_cdf", |x| normal_cdf(x[0]), |x| 0.5 * (1.0 + erf(x[0] / 2.0_f64.sqrt())), normal_cdf),
    one("normal_log_cdf", |x| normal_log_cdf(x[0]), |x| (0.5 * (1.0 + erf(x[0] / 2.0_f64.sqrt()))).ln(), normal_log_cdf),
    one("normal_quantile", |x| normal_quantile(x[0]), |x| 2.0_f64.sqrt() * erfinv(2.0 * x[0] - 1.0), normal_quantile),
    one("gamma", |x| gamma(x[0]), |x| gamma(x[0]), gamma),
    one("ln_gamma", |x| ln_gamma(x[0]), |x| gamma(x[0]).ln(), ln_gamma),
    one("digamma", |x| digamma(x[0]), |x| (ln_gamma(x[0] + 1e-5) - ln_gamma(x[0] - 1e-5)) / 2e-5, digamma),
    one("trigamma", |x| trigamma(x[0]), |x| (digamma(x[0] + 1e-5) - digamma(x[0] - 1e-5)) / 2e-5, trigamma),
    many("ln_beta", |x| ln_beta(x[0], x[1]), |x| ln_gamma(x[0]) + ln_gamma(x[1]) - ln_gamma(x[0] + x[1])),
    many("gamma_p", |x| gamma_p(x[0], x[1]), |x| poisson(x[0], x[1])),
    many("gamma_q", |x| gamma_q(x[0], x[1]), |x| 1.0 - poisson(x[0], x[1])),
    many("beta_regularized", |x| beta_regularized(x[0], x[1], x[2]), |x| binomial(x[0], x[1], x[2])),
    many("gamma_p_inverse", |x| gamma_p_inverse(x[0], x[1]), |x| gamma_p_inverse(x[0], x[1])),
    many("gamma_q_inverse", |x| gamma_q_inverse(x[0], x[1]), |x| gamma_p_inverse(x[0], 1.0 - x[1])),
    many("beta_regularized_inverse", |x| beta_regularized_inverse(x[0], x[1], x[2]), |x| beta_regularized_inverse(x[0], x[1], x[2])),
];

/// $`P(a, x)`$ by its power series.
fn poisson(a: f64, x: f64) -> f64 {
    let mut term = x.powf(a) * (-x).exp() / gamma(a + 1.0);
    let mut sum = 0.0;
    for n in 1..1000 {
        sum += term;
        term *= x / (a + f64::from(n));
    }
    sum
}

/// $`I_x(a, b)`$ by its power series.
fn binomial(a: f64, b: f64, x: f64) -> f64 {
    let mut term = x.powf(a) * (1.0 - x).powf(b) * gamma(a + b) / (gamma(a + 1.0) * gamma(b));
    let mut sum = 0.0;
    for n in 1..1000 {
        sum += term;
        term *= x * (a + b + f64::from(n - 1)) / (a + f64::from(n));
    }
    sum
}

fn main() -> ExitCode {
    let words: Vec<String> = args().skip(1).collect();
    let [task, name] = words.as_slice() else {
        return complain("two words are needed: evaluate, textbook or sweep, and a function");
    };
    let Some(function) = FUNCTIONS.iter().find(|f| f.name == name) else {
        let known: Vec<&str> = FUNCTIONS.iter().map(|f| f.name).collect();
        return complain(&format!(
            "no function {name}; there are {}",
            known.join(", ")
        ));
    };
    match (task.as_str(), function.single) {
        ("evaluate", _) => answer(function.here),
        ("textbook", _) => answer(function.textbook),
        ("sweep", Some(single)) => sweep(function, single),
        ("sweep", None) => complain(&format!("{name} has more than one argument")),
        _ => complain(&format!("{task} is not evaluate, textbook or sweep")),
    }
}

fn complain(message: &str) -> ExitCode {
    eprintln!("measure: {message}");
    ExitCode::FAILURE
}

/// One call a line, bits in, bits out.
fn answer(f: Call) -> ExitCode {
    for line in io::stdin().lock().lines() {
        let Ok(line) = line else {
            return complain("standard input ends in the middle of a character");
        };
        let numbers: Result<Vec<f64>, _> = line
            .split_whitespace()
            .map(|bits| u64::from_str_radix(bits, 16).map(f64::from_bits))
            .collect();
        match numbers {
            Ok(x) => println!("{:016x}", f(&x).to_bits()),
            Err(error) => return complain(&format!("{line:?}: {error}")),
        }
    }
    ExitCode::SUCCESS
}

/// What a sweep found.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    nearest: u64,
    undecided: u64,
    wrong: u64,
    farthest: u32,
}

/// How far a double-precision value may be from the true one, relatively: 4 ULP.
const ERROR: f64 = 4.0 * f64::EPSILON;

fn sweep(function: &Function, single: fn(f32) -> f32) -> ExitCode {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let here = function.here;
    let counts = thread::scope(|scope| {
        let part = |worker| scope.spawn(move || count(worker, workers, here, single));
        let running: Vec<_> = (0..workers).map(part).collect();
        running
            .into_iter()
            .map(thread::ScopedJoinHandle::join)
            .collect::<Result<Vec<_>, _>>()
    });
    let Ok(counts) = counts else {
        return complain("a thread has stopped");
    };
    let sum = |part: fn(&Count) -> u64| counts.iter().map(part).sum::<u64>();
    let farthest = counts.iter().map(|c| c.farthest).max().unwrap_or(0);
    println!(
        "| `{}` | {} | {} | {} | {farthest} |",
        function.name,
        sum(|c| c.nearest),
        sum(|c| c.undecided),
        sum(|c| c.wrong),
    );
    ExitCode::SUCCESS
}

/// Every number whose highest bits belong to this worker.
fn count(worker: usize, workers: usize, here: Call, single: fn(f32) -> f32) -> Count {
    let mut count = Count::default();
    for high in (worker..1 << 16).step_by(workers) {
        for low in 0..1 << 16 {
            let Ok(bits) = u32::try_from(high << 16 | low) else {
                continue;
            };
            let x = f32::from_bits(bits);
            judge(&mut count, single(x), here(&[x.into()]));
        }
    }
    count
}

fn judge(count: &mut Count, found: f32, reference: f64) {
    let [low, high] = [1.0 - ERROR, 1.0 + ERROR].map(|factor| f32::from_f64(reference * factor));
    let is = |y: f32| found == y || (found.is_nan() && y.is_nan());
    if is(low) && is(high) {
        count.nearest += 1;
    } else if is(low) || is(high) {
        count.undecided += 1;
    } else {
        count.wrong += 1;
    }
    if !is(low) && !is(high) {
        let distance = |y: f32| found.to_bits().abs_diff(y.to_bits());
        count.farthest = count.farthest.max(distance(low).min(distance(high)));
    }
}
