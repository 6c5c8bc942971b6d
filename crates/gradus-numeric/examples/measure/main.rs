//! The functions of this crate as a command, so that their accuracy can be measured from outside.
//!
//! ```text
//! cargo run --release -p gradus-numeric --example measure -- evaluate sigmoid < bits
//! cargo run --release -p gradus-numeric --example measure -- textbook sigmoid < bits
//! cargo run --release -p gradus-numeric --example measure -- standard tanh < bits
//! cargo run --release -p gradus-numeric --example measure -- sweep sigmoid
//! ```
//!
//! `evaluate` reads the arguments of one call a line, as the bits of doubles in hexadecimal, and prints the
//! bits of the result; `textbook` does the same with the formula one would write first, `standard` with the
//! function of the standard library. `tools/accuracy` compares them with 60 digits.
//!
//! `sweep` computes a function at all $`2^{32}`$ single-precision numbers.

#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command")]
#![allow(
    clippy::imprecise_flops,
    reason = "the formulas of the textbook are measured too"
)]

mod sweep;

use gradus_numeric::{
    NumericError, Real, beta_regularized, beta_regularized_inverse, cbrt, celu, compensated_dot,
    compensated_sum, digamma, elu, entr, erf, erfc, erfcinv, erfinv, gamma, gamma_p,
    gamma_p_inverse, gamma_q, gamma_q_inverse, gelu, gelu_tanh, hard_sigmoid, hard_swish,
    hard_tanh, hypot, ln_beta, ln_binomial, ln_factorial, ln_gamma, log_cosh, log_mean_exp,
    log_sigmoid, log_softmax, log_sum_exp, log1mexp, logaddexp, logit, logsubexp, mean, mish,
    norm2, normal_cdf, normal_ln_cdf, normal_quantile, pairwise_sum, polygamma, selu, sigmoid,
    silu, softmax, softplus, softplus_inverse, softsign, trigamma, variance, xlog1py, xlogx, xlogy,
};
use std::env::args;
use std::io::{self, BufRead};
use std::process::ExitCode;

type Call = fn(&[f64]) -> f64;

/// A function, the formula one would write first, that of the standard library, and its form in single precision.
struct Function {
    name: &'static str,
    here: Call,
    textbook: Option<Call>,
    standard: Option<Call>,
    single: Option<fn(f32) -> f32>,
}

const fn row(name: &'static str, here: Call) -> Function {
    Function {
        name,
        here,
        textbook: None,
        standard: None,
        single: None,
    }
}

impl Function {
    const fn textbook(mut self, f: Call) -> Self {
        self.textbook = Some(f);
        self
    }

    const fn standard(mut self, f: Call) -> Self {
        self.standard = Some(f);
        self
    }

    const fn single(mut self, f: fn(f32) -> f32) -> Self {
        self.single = Some(f);
        self
    }
}

#[rustfmt::skip] // a table
const FUNCTIONS: &[Function] = &[
    row("exp", |x| Real::exp(x[0])).standard(|x| x[0].exp()).single(Real::exp),
    row("exp_m1", |x| Real::exp_m1(x[0])).textbook(|x| x[0].exp() - 1.0).standard(|x| x[0].exp_m1()).single(Real::exp_m1),
    row("ln", |x| Real::ln(x[0])).standard(|x| x[0].ln()),
    row("ln_1p", |x| Real::ln_1p(x[0])).textbook(|x| (1.0 + x[0]).ln()).standard(|x| x[0].ln_1p()),
    row("tanh", |x| Real::tanh(x[0])).textbook(|x| (x[0].exp() - (-x[0]).exp()) / (x[0].exp() + (-x[0]).exp())).standard(|x| x[0].tanh()).single(Real::tanh),
    row("sigmoid", |x| sigmoid(x[0])).textbook(|x| 1.0 / (1.0 + (-x[0]).exp())).single(sigmoid),
    row("log_sigmoid", |x| log_sigmoid(x[0])).textbook(|x| (1.0 / (1.0 + (-x[0]).exp())).ln()).single(log_sigmoid),
    row("softplus", |x| softplus(x[0])).textbook(|x| (1.0 + x[0].exp()).ln()).single(softplus),
    row("logit", |x| logit(x[0])).textbook(|x| (x[0] / (1.0 - x[0])).ln()),
    row("log1mexp", |x| log1mexp(x[0])).textbook(|x| (1.0 - x[0].exp()).ln()),
    row("logaddexp", |x| logaddexp(x[0], x[1])).textbook(|x| (x[0].exp() + x[1].exp()).ln()),
    row("logsubexp", |x| logsubexp(x[0], x[1])).textbook(|x| (x[0].exp() - x[1].exp()).ln()),
    row("xlogy", |x| xlogy(x[0], x[1])).textbook(|x| x[0] * x[1].ln()),
    row("xlog1py", |x| xlog1py(x[0], x[1])).textbook(|x| x[0] * (1.0 + x[1]).ln()),
    row("xlogx", |x| xlogx(x[0])).textbook(|x| x[0] * x[0].ln()),
    row("entr", |x| entr(x[0])).textbook(|x| -(x[0] * x[0].ln())),
    row("softplus_inverse", |x| softplus_inverse(x[0])).textbook(|x| (x[0].exp() - 1.0).ln()),
    row("log_cosh", |x| log_cosh(x[0])).textbook(|x| x[0].cosh().ln()),
    row("silu", |x| silu(x[0])).textbook(|x| x[0] / (1.0 + (-x[0]).exp())),
    row("mish", |x| mish(x[0])).textbook(|x| x[0] * (1.0 + x[0].exp()).ln().tanh()),
    row("gelu", |x| gelu(x[0])).textbook(|x| x[0] * 0.5 * (1.0 + erf(x[0] / 2.0_f64.sqrt()))),
    row("gelu_tanh", |x| gelu_tanh(x[0])).textbook(|x| 0.5 * x[0] * (1.0 + ((2.0 / std::f64::consts::PI).sqrt() * (x[0] + 0.044715 * x[0].powi(3))).tanh())),
    row("elu", |x| elu(x[0], x[1])).textbook(|x| if x[0] > 0.0 { x[0] } else { x[1] * (x[0].exp() - 1.0) }),
    row("selu", |x| selu(x[0])).textbook(|x| 1.050_700_987_355_480_5 * if x[0] > 0.0 { x[0] } else { 1.673_263_242_354_377_2 * (x[0].exp() - 1.0) }),
    row("celu", |x| celu(x[0], x[1])).textbook(|x| if x[0] > 0.0 { x[0] } else { x[1] * ((x[0] / x[1]).exp() - 1.0) }),
    row("hard_sigmoid", |x| hard_sigmoid(x[0])).textbook(|x| (x[0] / 6.0 + 0.5).clamp(0.0, 1.0)),
    row("hard_swish", |x| hard_swish(x[0])).textbook(|x| x[0] * (x[0] / 6.0 + 0.5).clamp(0.0, 1.0)),
    row("hard_tanh", |x| hard_tanh(x[0])),
    row("softsign", |x| softsign(x[0])),
    row("cbrt", |x| cbrt(x[0])).textbook(|x| x[0].signum() * x[0].abs().powf(1.0 / 3.0)).standard(|x| x[0].cbrt()),
    row("hypot", |x| hypot(x[0], x[1])).textbook(|x| (x[0] * x[0] + x[1] * x[1]).sqrt()).standard(|x| x[0].hypot(x[1])),
    row("erf", |x| erf(x[0])),
    row("erfc", |x| erfc(x[0])).textbook(|x| 1.0 - erf(x[0])),
    row("erfinv", |x| erfinv(x[0])),
    row("erfcinv", |x| erfcinv(x[0])).textbook(|x| erfinv(1.0 - x[0])),
    row("normal_cdf", |x| normal_cdf(x[0])).textbook(|x| 0.5 * (1.0 + erf(x[0] / 2.0_f64.sqrt()))),
    row("normal_ln_cdf", |x| normal_ln_cdf(x[0])).textbook(|x| (0.5 * (1.0 + erf(x[0] / 2.0_f64.sqrt()))).ln()),
    row("normal_quantile", |x| normal_quantile(x[0])).textbook(|x| 2.0_f64.sqrt() * erfinv(2.0 * x[0] - 1.0)),
    row("gamma", |x| gamma(x[0])),
    row("ln_gamma", |x| ln_gamma(x[0])).textbook(|x| gamma(x[0]).abs().ln()),
    row("digamma", |x| digamma(x[0])).textbook(|x| (ln_gamma(x[0] + 1e-5) - ln_gamma(x[0] - 1e-5)) / 2e-5),
    row("trigamma", |x| trigamma(x[0])).textbook(|x| (digamma(x[0] + 1e-5) - digamma(x[0] - 1e-5)) / 2e-5),
    row("polygamma", |x| polygamma(whole(x[0]), x[1])),
    row("ln_factorial", |x| ln_factorial(whole(x[0]))).textbook(|x| gamma(x[0] + 1.0).ln()),
    row("ln_binomial", |x| ln_binomial(whole(x[0]), whole(x[1]))).textbook(|x| ln_gamma(x[0] + 1.0) - ln_gamma(x[1] + 1.0) - ln_gamma(x[0] - x[1] + 1.0)),
    row("ln_beta", |x| ln_beta(x[0], x[1])).textbook(|x| ln_gamma(x[0]) + ln_gamma(x[1]) - ln_gamma(x[0] + x[1])),
    row("gamma_p", |x| gamma_p(x[0], x[1])).textbook(|x| poisson(x[0], x[1])),
    row("gamma_q", |x| gamma_q(x[0], x[1])).textbook(|x| 1.0 - poisson(x[0], x[1])),
    row("beta_regularized", |x| beta_regularized(x[0], x[1], x[2])).textbook(|x| binomial(x[0], x[1], x[2])),
    row("gamma_p_inverse", |x| gamma_p_inverse(x[0], x[1])),
    row("gamma_q_inverse", |x| gamma_q_inverse(x[0], x[1])).textbook(|x| gamma_p_inverse(x[0], 1.0 - x[1])),
    row("beta_regularized_inverse", |x| beta_regularized_inverse(x[0], x[1], x[2])),
    row("log_sum_exp", log_sum_exp).textbook(|x| x.iter().map(|x| x.exp()).sum::<f64>().ln()),
    row("log_mean_exp", |x| known(log_mean_exp(x))).textbook(|x| (x.iter().map(|x| x.exp()).sum::<f64>() / x.len() as f64).ln()),
    row("softmax", |x| first(softmax(x))).textbook(|x| x[0].exp() / x.iter().map(|x| x.exp()).sum::<f64>()),
    row("log_softmax", |x| first(log_softmax(x))).textbook(|x| (x[0].exp() / x.iter().map(|x| x.exp()).sum::<f64>()).ln()),
    row("pairwise_sum", pairwise_sum).textbook(|x| x.iter().sum()),
    row("compensated_sum", compensated_sum).textbook(|x| x.iter().sum()),
    row("compensated_sum_f32", |x| compensated_sum(&singles(x)).into()).textbook(|x| singles(x).iter().sum::<f32>().into()),
    row("compensated_dot", |x| known(compensated_dot(&x[..x.len() / 2], &x[x.len() / 2..]))).textbook(|x| (0..x.len() / 2).map(|i| x[i] * x[x.len() / 2 + i]).sum()),
    row("mean", |x| known(mean(x))).textbook(|x| x.iter().sum::<f64>() / x.len() as f64),
    row("variance", |x| known(variance(x, 0))).textbook(|x| x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64 - (x.iter().sum::<f64>() / x.len() as f64).powi(2)),
    row("norm2", norm2).textbook(|x| x.iter().map(|x| x * x).sum::<f64>().sqrt()),
];

/// The whole number that a double holds.
fn whole<N: TryFrom<u64> + Default>(x: f64) -> N {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the command is given whole numbers"
    )]
    N::try_from(x as u64).unwrap_or_default()
}

/// Single-precision numbers, which a double holds exactly.
fn singles(x: &[f64]) -> Vec<f32> {
    x.iter().copied().map(f32::from_f64).collect()
}

fn known(y: Result<f64, NumericError>) -> f64 {
    y.unwrap_or(f64::NAN)
}

fn first(y: Result<Vec<f64>, NumericError>) -> f64 {
    y.ok().and_then(|y| y.first().copied()).unwrap_or(f64::NAN)
}

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
        return complain(
            "two words are needed: evaluate, textbook, standard or sweep, and a function",
        );
    };
    let Some(function) = FUNCTIONS.iter().find(|f| f.name == name) else {
        let known: Vec<&str> = FUNCTIONS.iter().map(|f| f.name).collect();
        return complain(&format!(
            "no function {name}; there are {}",
            known.join(", ")
        ));
    };
    match task.as_str() {
        "evaluate" => answer(function.here),
        "textbook" => function
            .textbook
            .map_or_else(|| lacks(function, task), answer),
        "standard" => function
            .standard
            .map_or_else(|| lacks(function, task), answer),
        "sweep" => match function.single {
            Some(single) => sweep::sweep(function.name, function.here, single),
            None => lacks(function, task),
        },
        _ => complain(&format!(
            "{task} is not evaluate, textbook, standard or sweep"
        )),
    }
}

/// What the table of the page shows as a dash.
fn lacks(function: &Function, task: &str) -> ExitCode {
    complain(&format!("{} has no {task}", function.name))
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
