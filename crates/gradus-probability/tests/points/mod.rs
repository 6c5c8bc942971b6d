//! The points of `golden/families.tsv`: what is true there, what is answered here, and by SciPy.

use gradus_probability::{
    Beta, Binomial, Cauchy, ChiSquared, Continuous, Discrete, FisherF, Gamma, Geometric, Gumbel,
    Hypergeometric, Laplace, LogNormal, Logistic, NegativeBinomial, Normal, Pareto, Poisson,
    ProbabilityError, StudentT, VonMises, Weibull,
};
use std::array::from_fn;
use std::collections::BTreeMap;

/// Points of 19 families and 60-digit values there, one a line, as `golden/families.py` prints them: the name, three
/// parameters (empty where there are fewer), x, ln p, p, F, 1 − F, ln F, ln(1 − F), and where a quantile was asked its
/// argument and value.
pub(crate) const FAMILIES: &str = include_str!("../golden/families.tsv");

/// What others answer there, a comment first: SciPy by `golden/families_scipy.py`, the others by `benches/peers/distributions`.
const PEERS: [(&str, &str); 3] = [
    ("SciPy", include_str!("../golden/families_scipy.tsv")),
    ("statrs", include_str!("../golden/families_statrs.tsv")),
    (
        "scirs2-stats",
        include_str!("../golden/families_scirs2.tsv"),
    ),
];

/// The columns of truth, by their names here.
const FUNCTIONS: [&str; 7] = ["ln_pdf", "pdf", "cdf", "sf", "ln_cdf", "ln_sf", "quantile"];

/// A line of the points: the family, and its numbers by the columns, NaN where there is none.
pub(crate) fn point(line: &str) -> (&str, Vec<f64>) {
    let fields: Vec<_> = line.split('\t').collect();
    let numbers = fields.iter().map(|field| field.parse().unwrap_or(f64::NAN));
    (fields[0], numbers.collect())
}

/// The true value of a function.
pub(crate) fn truth(at: &[f64], function: usize) -> f64 {
    at[if function == 6 { 12 } else { 5 + function }]
}

/// A row of the table: the worst error of a function of a family.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) family: &'static str,
    pub(crate) function: &'static str,
    /// How many points were asked.
    pub(crate) points: usize,
    /// The worst error here.
    pub(crate) here: f64,
    /// The answers here, and those of the others.
    counted: [Counted; 1 + PEERS.len()],
}

/// The answers of one library.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    /// How many there are: none where the library has no such function.
    answers: usize,
    /// The worst error of those that are numbers.
    worst: f64,
    /// By the columns of the summary.
    faults: [usize; FAULTS.len()],
}

/// What can be wrong with an answer.
const FAULTS: [&str; 6] = [
    "wrong",
    "NaN",
    "infinite",
    "outside of \\[0, 1\\]",
    "panic or refusal",
    "too slow",
];

impl Counted {
    fn cell(&self) -> String {
        match (self.answers, self.faults.iter().sum()) {
            (0, _) => "–".to_owned(),
            (_, 0_usize) => short(self.worst),
            (_, n) => format!("{} ({n})", short(self.worst)),
        }
    }

    /// Counts an answer as it was printed, with its error.
    fn add(&mut self, answer: &str, function: usize, error: f64) {
        self.answers += 1;
        let number: f64 = answer.parse().unwrap_or(f64::NAN);
        let fault = match answer {
            "panic" | "refused" => 4,
            "hang" => 5,
            _ if number.is_nan() => 1,
            _ if error <= WRONG => return self.worst = self.worst.max(error),
            _ if number.is_infinite() => 2,
            _ if (2..4).contains(&function) && !(0.0..=1.0).contains(&number) => 3,
            _ => 0,
        };
        self.faults[fault] += 1;
        if error.is_finite() {
            self.worst = self.worst.max(error);
        }
    }
}

impl Row {
    /// The cells of the others.
    pub(crate) fn peers(&self) -> [String; PEERS.len()] {
        from_fn(|i| self.counted[i + 1].cell())
    }
}

/// All answers of each library, a line of a table each.
pub(crate) fn summary(rows: &[Row]) -> String {
    let head = format!(
        "| library | answers | {} |\n|---|---|{}",
        FAULTS.join(" | "),
        "---|".repeat(6)
    );
    let names = ["here"].into_iter().chain(PEERS.map(|(name, _)| name));
    let lines = names.enumerate().map(|(library, name)| {
        let of = |f: fn(&Counted) -> usize| {
            rows.iter()
                .map(|row| f(&row.counted[library]))
                .sum::<usize>()
        };
        let faults = (0..FAULTS.len()).map(|fault| {
            let counts = rows.iter().map(|row| row.counted[library].faults[fault]);
            format!(" {} |", counts.sum::<usize>())
        });
        format!(
            "| {name} | {} |{}",
            of(|counted| counted.answers),
            faults.collect::<String>()
        )
    });
    [head]
        .into_iter()
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

/// An error to one digit, rounded up so that it is a bound.
pub(crate) fn short(error: f64) -> String {
    if error == 0.0 {
        return "0".to_owned();
    }
    let size = error.log10().floor();
    match (error / 10.0_f64.powf(size)).ceil() {
        10.0 => format!("1e{}", size + 1.0),
        digit => format!("{digit}e{size}"),
    }
}

/// The table, family by family.
pub(crate) fn rows() -> Result<Vec<Row>, ProbabilityError> {
    let mut rows = BTreeMap::new();
    let mut others = PEERS.map(|(_, answers)| answers.lines().skip(1));
    for line in FAMILIES.lines() {
        let (name, at) = point(line);
        let theirs = others.each_mut().map(|lines| {
            let line = lines.next().unwrap_or_default();
            line.split('\t').collect::<Vec<_>>()
        });
        for (i, answer) in answers(name, &at)?.into_iter().enumerate() {
            // an answer that is no normal number may have fewer digits; not every point asks for a quantile
            let truth = truth(&at, i);
            if truth.is_nan() || (i > 0 && truth.abs() < 1e-307) {
                continue;
            }
            let row = rows.entry((name, i)).or_insert(Row {
                family: family(name),
                function: FUNCTIONS[i],
                points: 0,
                here: 0.0,
                counted: Default::default(),
            });
            row.points += 1;
            row.here = row.here.max(error(name, &at, i, answer));
            row.counted[0].add(&answer.to_string(), i, error(name, &at, i, answer));
            for (counted, theirs) in row.counted[1..].iter_mut().zip(&theirs) {
                let answer = theirs.get(i).copied().unwrap_or_default();
                if answer != "-" {
                    let number = answer.parse().unwrap_or(f64::NAN);
                    counted.add(answer, i, error(name, &at, i, number));
                }
            }
        }
    }
    Ok(rows.into_values().collect())
}

/// How far an answer is off: relative to the truth, of ln p at least to 1, of a quantile to its place and to what a rounding of the probability
/// moves it; infinite where it is no number, or no probability.
fn error(name: &str, at: &[f64], function: usize, answer: f64) -> f64 {
    let truth = truth(at, function);
    if answer == truth {
        return 0.0; // infinite ones, too
    }
    let size = match function {
        0 => truth.abs().max(1.0),
        6 => {
            let placed = ["normal", "cauchy", "laplace", "logistic", "gumbel"].contains(&name);
            let place = if placed { at[1].abs().max(at[2]) } else { 0.0 };
            let (p, density) = (at[11].min(1.0 - at[11]), at[6]);
            // the density at the point of the line is that of the quantile, where one is asked
            truth.abs().max(place) + if density > 0.0 { p / density } else { 0.0 }
        }
        _ => truth.abs(),
    };
    let possible = !(1..4).contains(&function) || function == 1 || (0.0..=1.0).contains(&answer);
    if answer.is_finite() && possible {
        (answer - truth).abs() / size
    } else {
        f64::INFINITY
    }
}

/// The name in words.
fn family(name: &str) -> &'static str {
    match name {
        "normal" => "normal",
        "gamma" => "gamma",
        "chi2" => "χ²",
        "weibull" => "Weibull",
        "cauchy" => "Cauchy",
        "laplace" => "Laplace",
        "logistic" => "logistic",
        "gumbel" => "Gumbel",
        "pareto" => "Pareto",
        "lognormal" => "log-normal",
        "beta" => "beta",
        "student" => "Student t",
        "f" => "F",
        "vonmises" => "von Mises",
        "hypergeom" => "hypergeometric",
        "poisson" => "Poisson",
        "geometric" => "geometric",
        "binomial" => "binomial",
        _ => "negative binomial",
    }
}

/// An error above this is a wrong answer.
const WRONG: f64 = 1e-6;

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of a table"
)]
pub(crate) fn count(x: f64) -> u64 {
    x as u64
}

/// ln p, p, F, 1 − F, ln F, ln(1 − F) and the quantile.
type Answers = Result<[f64; 7], ProbabilityError>;

/// What a line asks.
pub(crate) fn answers(name: &str, at: &[f64]) -> Answers {
    let (a, b, x, p) = (at[1], at[2], at[4], at[11]);
    match name {
        "normal" => Normal::new(a, b).map(|law| continuous(&law, x, p)),
        "gamma" => Gamma::new(a, b).map(|law| continuous(&law, x, p)),
        "chi2" => ChiSquared::new(a).map(|law| continuous(&law, x, p)),
        "weibull" => Weibull::new(a, b).map(|law| continuous(&law, x, p)),
        "cauchy" => Cauchy::new(a, b).map(|law| continuous(&law, x, p)),
        "laplace" => Laplace::new(a, b).map(|law| continuous(&law, x, p)),
        "logistic" => Logistic::new(a, b).map(|law| continuous(&law, x, p)),
        "gumbel" => Gumbel::new(a, b).map(|law| continuous(&law, x, p)),
        "pareto" => Pareto::new(a, b).map(|law| continuous(&law, x, p)),
        "lognormal" => LogNormal::new(a, b).map(|law| continuous(&law, x, p)),
        "beta" => Beta::new(a, b).map(|law| continuous(&law, x, p)),
        "student" => StudentT::new(0.0, 1.0, a).map(|law| continuous(&law, x, p)),
        "f" => FisherF::new(a, b).map(|law| continuous(&law, x, p)),
        "vonmises" => VonMises::new(0.0, a).map(|law| continuous(&law, x, p)),
        "hypergeom" => {
            let law = Hypergeometric::new(count(a), count(b), count(at[3]));
            law.map(|law| discrete(&law, x, 0.0, p))
        }
        "poisson" => Poisson::new(a).map(|law| discrete(&law, x, 0.0, p)),
        // trials there, failures here
        "geometric" => Geometric::new(a).map(|law| discrete(&law, x, 1.0, p)),
        "binomial" => Binomial::new(count(a), b).map(|law| discrete(&law, x, 0.0, p)),
        // "negbin"
        _ => NegativeBinomial::new(a, b).map(|law| discrete(&law, x, 0.0, p)),
    }
}

fn continuous(law: &impl Continuous, x: f64, p: f64) -> [f64; 7] {
    [
        law.ln_pdf(x),
        law.pdf(x),
        law.cdf(x),
        law.sf(x),
        law.ln_cdf(x),
        law.ln_sf(x),
        law.quantile(p),
    ]
}

/// Of counts that begin at `first` in the table and at 0 here.
fn discrete(law: &impl Discrete, x: f64, first: f64, p: f64) -> [f64; 7] {
    let k = count(x - first);
    [
        law.ln_pmf(k),
        law.pmf(k),
        law.cdf(k),
        law.sf(k),
        law.ln_cdf(k),
        law.ln_sf(k),
        law.quantile(p).map_or(f64::NAN, |k| k as f64 + first),
    ]
}
