//! Random expressions at extreme arguments: no NaN out of a finite value, and both modes agree.

use gradus_autodiff::{Dual, Element, Watched, gradient};
use gradus_numeric::functions as f;
use gradus_numeric::{Float, Real};
use gradus_testkit::cases;
use proptest::prelude::*;
use std::iter::zip;

/// An expression in three variables.
#[derive(Clone, Debug)]
enum Expression {
    Variable(usize),
    Constant(f64),
    One(u64, Box<Self>),
    Two(u64, Box<[Self; 2]>),
}

use Expression::{Constant, One, Two, Variable};

/// Steele, Lea & Flood's generator: any seed will do.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn number(&mut self) -> f64 {
        let magnitudes = [
            0.0,
            5e-324,
            1e-310,
            1e-300,
            1e-150,
            1e-45,
            1e-40,
            1e-30,
            1e-8,
            0.5,
            1.0,
            1.5,
            3.0,
            30.0,
            90.0,
            710.0,
            1e6,
            1e20,
            3e38,
            1e150,
            1e300,
            f64::MAX,
        ];
        let sign = if self.below(2) == 0 { 1.0 } else { -1.0 };
        sign * magnitudes[usize::try_from(self.below(magnitudes.len() as u64)).unwrap_or(0)]
    }

    fn expression(&mut self, depth: u32) -> Expression {
        match (depth, self.below(8)) {
            (0, 0..7) | (_, 0) => Variable(usize::try_from(self.below(3)).unwrap_or(0)),
            (0, _) => Constant(self.number()),
            (_, 1..5) => One(self.below(UNARY), Box::new(self.expression(depth - 1))),
            _ => Two(
                self.below(BINARY),
                Box::new([self.expression(depth - 1), self.expression(depth - 1)]),
            ),
        }
    }
}

const UNARY: u64 = 24;

fn one<R: Real>(operation: u64, x: R) -> R {
    match operation {
        0 => x.exp(),
        1 => x.ln(),
        2 => x.sqrt(),
        3 => x.sin(),
        4 => x.cos(),
        5 => x.tanh(),
        6 => x.abs(),
        7 => x.powi(2),
        8 => x.powi(3),
        9 => x.powi(-1),
        10 => x.powf(0.5),
        11 => x.powf(1.5),
        12 => x.clamp(-1.0, 1.0),
        13 => x.apply(f::Sigmoid),
        14 => x.apply(f::Softplus),
        15 => x.apply(f::Relu),
        16 => -x,
        17 => x.ln_1p(),
        18 => x.exp_m1(),
        19 => x.apply(f::Erf),
        20 => x.apply(f::XLogX),
        21 => x.apply(f::Entr),
        22 => x.apply(f::Gelu),
        _ => x.clamp(0.0, 1e10),
    }
}

const BINARY: u64 = 8;
const DIVISION: u64 = 3;

fn two<R: Real>(operation: u64, a: R, b: R) -> R {
    match operation {
        0 => a + b,
        1 => a - b,
        2 => a * b,
        DIVISION => a / b,
        4 => a.max(b),
        5 => a.min(b),
        6 => a.apply2(b, f::Hypot),
        _ => a.apply2(b, f::LogAddExp),
    }
}

fn value<R: Real>(expression: &Expression, x: &[R]) -> R {
    match expression {
        Variable(i) => x[*i],
        Constant(c) => R::from_f64(*c),
        One(operation, inner) => one(*operation, value(inner, x)),
        Two(operation, inner) => two(*operation, value(&inner[0], x), value(&inner[1], x)),
    }
}

/// What the chain rule adds up: for each way from the result to a variable, the slopes that it multiplies.
struct Ways<T> {
    ways: Vec<(usize, Vec<T>)>,
    /// Whether all values on the way are numbers.
    defined: bool,
}

impl<T: Float> Ways<T> {
    fn of(expression: &Expression, x: &[T]) -> Self {
        let mut ways = Self {
            ways: vec![],
            defined: true,
        };
        ways.walk(expression, x, &[]);
        ways
    }

    fn walk(&mut self, expression: &Expression, x: &[T], slopes: &[T]) {
        let y = value(expression, x);
        self.defined &= !y.to_f64().is_nan();
        let further = |more: &[T]| [slopes, more].concat();
        let (variable, constant) = (Dual::variable, Dual::constant);
        match expression {
            Variable(i) => self.ways.push((*i, slopes.to_vec())),
            Constant(_) => {}
            One(operation, inner) => {
                let slope = one(*operation, variable(value(inner, x))).derivative;
                self.walk(inner, x, &further(&[slope]));
            }
            Two(DIVISION, inner) => {
                let share = T::from_f64(1.0) / value(&inner[1], x);
                self.walk(&inner[0], x, &further(&[share]));
                self.walk(&inner[1], x, &further(&[share, -y]));
            }
            Two(operation, inner) => {
                let [a, b] = [0, 1].map(|k| value(&inner[k], x));
                let by_a = two(*operation, variable(a), constant(b)).derivative;
                let by_b = two(*operation, constant(a), variable(b)).derivative;
                self.walk(&inner[0], x, &further(&[by_a]));
                self.walk(&inner[1], x, &further(&[by_b]));
            }
        }
    }

    /// The ways to variable `i` that do not pass a slope of zero, which absorbs all others.
    fn to(&self, i: usize) -> impl Iterator<Item = &[T]> {
        let passes = |slopes: &[T]| slopes.iter().all(|s| !s.is_zero());
        let ways = self.ways.iter().filter(move |(k, _)| *k == i);
        ways.map(|(_, slopes)| slopes.as_slice())
            .filter(move |slopes| passes(slopes))
    }

    /// Whether the products of slopes keep their digits, and no two infinite ways are of opposite sign.
    fn is_tame(&self, i: usize) -> bool {
        let sign = |slopes: &[T]| {
            let infinite = slopes.iter().any(|s| s.to_f64().is_infinite());
            infinite.then(|| slopes.iter().map(|s| s.to_f64().signum()).product::<f64>())
        };
        let signs: Vec<f64> = self.to(i).filter_map(sign).collect();
        signs.iter().all(|&s| s == signs[0]) && self.to(i).all(Self::in_range)
    }

    /// Whether every product of slopes, gathered from either end, keeps all of its digits.
    fn in_range(way: &[T]) -> bool {
        let (low, high) = (T::MIN_POSITIVE.to_f64().log2(), T::MAX.to_f64().log2());
        let room = low + 60.0..high - 10.0; // the ways are summed, and there may be 64
        let exponent = |s: &T| {
            let size = s.to_f64().abs();
            if size.is_infinite() { 0.0 } else { size.log2() }
        };
        let mut products = [0.0, 0.0]; // forth and back
        zip(way, way.iter().rev()).all(|(forth, back)| {
            products = [products[0] + exponent(forth), products[1] + exponent(back)];
            products.iter().all(|p| room.contains(p))
        })
    }

    /// $`\sum \lvert \text{products} \rvert`$.
    fn size(&self, i: usize) -> f64 {
        let product = |way: &[T]| way.iter().map(|s| s.to_f64().abs()).product::<f64>();
        self.to(i).map(product).sum()
    }

    /// Whether no slope is infinite and no product of slopes leaves the range, even if a zero absorbs it afterwards.
    fn is_finite(&self) -> bool {
        let factors = |way: &[T]| {
            way.iter()
                .copied()
                .filter(|s| !s.is_zero())
                .collect::<Vec<_>>()
        };
        let finite = |way: &[T]| way.iter().all(|s| s.to_f64().is_finite());
        let mut ways = self.ways.iter().map(|(_, way)| way);
        ways.all(|way| finite(way) && Self::in_range(&factors(way)))
    }
}

/// The derivatives by each variable, in forward mode.
fn forward<T: Real>(expression: &Expression, x: &[T; 3]) -> [T; 3] {
    std::array::from_fn(|i| {
        let mut line = x.map(Dual::constant);
        line[i] = Dual::variable(x[i]);
        value(expression, &line).derivative
    })
}

/// Whether the two modes were compared, and not only looked at.
fn modes_agree<T: Element + Float>(
    expression: &Expression,
    x: [f64; 3],
) -> Result<bool, TestCaseError> {
    let x = x.map(T::from_f64);
    let ways = Ways::of(expression, &x);
    if !value(expression, &x).to_f64().is_finite() || !ways.defined {
        return Ok(false);
    }
    let reverse = gradient(|x| value(expression, x), &x)?;
    let forward = forward(expression, &x);
    let mut compared = false;
    for i in 0..3 {
        let (r, f) = (reverse[i].to_f64(), forward[i].to_f64());
        let told = || format!("variable {i} of {expression:?} at {x:?}: {r:e} back, {f:e} forth");
        prop_assert!(!r.is_nan() && !f.is_nan(), "NaN by {}", told());
        if ways.is_tame(i) {
            compared = true;
            // at most 64 ways of at most 12 slopes
            let bound = 80.0 * T::EPSILON.to_f64() * ways.size(i);
            prop_assert!(r == f || (r - f).abs() <= bound, "{}", told());
        }
    }
    Ok(compared)
}

/// A watched gradient, plainly and with what was decided.
fn watched<T: Element + Float>(expression: &Expression, x: [f64; 3]) -> Result<(), TestCaseError> {
    let x = x.map(T::from_f64);
    let plain = gradient(|x| value(expression, x), &x)?;
    let watched = gradient(|x| value(expression, x), &x.map(Watched::new))?;
    let forward = [
        forward(expression, &x),
        forward(expression, &x.map(Watched::new)).map(|w| w.value),
    ];
    let bits = |x: T| {
        if x.to_f64().is_nan() {
            None
        } else {
            Some(x.to_f64().to_bits())
        }
    };
    for i in 0..3 {
        prop_assert_eq!(bits(plain[i]), bits(watched[i].value));
        prop_assert_eq!(bits(forward[0][i]), bits(forward[1][i]));
    }
    Ok(())
}

fn case() -> impl Strategy<Value = (Expression, [f64; 3])> {
    any::<u64>().prop_map(|seed| {
        let mut random = Random(seed);
        let expression = random.expression(6);
        (expression, [0; 3].map(|_| random.number()))
    })
}

proptest! {
    #![proptest_config(cases())]

    /// In single precision, and in double precision.
    #[test]
    fn modes_agree_on_any_expression_and_finite_values_have_gradients((expression, x) in case()) {
        modes_agree::<f32>(&expression, x)?;
        modes_agree::<f64>(&expression, x)?;
    }

    #[test]
    fn watching_changes_nothing((expression, x) in case()) {
        watched::<f32>(&expression, x)?;
        watched::<f64>(&expression, x)?;
    }

    #[test]
    fn nothing_is_decided_among_finite_slopes((expression, x) in case()) {
        let ways = Ways::of(&expression, &x);
        if ways.is_finite() {
            let gradient = gradient(|x| value(&expression, x), &x.map(Watched::new))?;
            for entry in gradient {
                prop_assert_eq!(entry.decided, None, "{:?} at {:?}", expression, x);
            }
        }
    }
}

/// The law above would be empty if it hardly ever compared.
#[test]
fn many_expressions_are_compared() -> Result<(), TestCaseError> {
    let mut compared = [0; 2];
    for seed in 0..4000 {
        let mut random = Random(seed);
        let expression = random.expression(6);
        let x = [0; 3].map(|_| random.number());
        compared[0] += u32::from(modes_agree::<f32>(&expression, x)?);
        compared[1] += u32::from(modes_agree::<f64>(&expression, x)?);
    }
    assert!(compared.iter().all(|&n| n > 1000), "{compared:?}");
    Ok(())
}
