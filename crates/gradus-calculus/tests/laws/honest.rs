//! The error estimate of an integral covers its error, on functions of every kind that is hard to integrate.

use gradus_calculus::{CalculusError, Estimate, Tolerance, integrate, integrate_through};
use gradus_numeric::erf;
use gradus_testkit::{Violation, at_most, cases};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::f64::consts::PI;

/// A function of x between `a` and `a + length`, by its place $`s = (x - a) / \text{length}`$ from 0 to 1.
#[derive(Clone, Debug)]
struct Integrand {
    a: f64,
    length: f64,
    base: Wave,
    kind: Kind,
}

/// $`c_0 + c_1 \sin(\omega s + \varphi) + c_2 e^{q s}`$.
#[derive(Clone, Debug)]
struct Wave {
    c: [f64; 3],
    omega: f64,
    phase: f64,
    q: f64,
}

/// What makes the function difficult.
#[derive(Clone, Debug)]
enum Kind {
    Smooth,
    Lorentz {
        center: f64,
        width: f64,
    },
    Kink {
        at: f64,
        slope: f64,
    },
    Jump {
        at: f64,
        height: f64,
    },
    Bell {
        center: f64,
        width: f64,
        height: f64,
    },
    /// $`c_0 d_0^{\alpha_0} + c_1 d_1^{\alpha_1}`$, with the distances from both ends.
    Ends {
        c: [f64; 2],
        alpha: [f64; 2],
    },
    Oscillation {
        omega: f64,
        phase: f64,
        q: f64,
    },
}

impl Integrand {
    fn value(&self, x: f64) -> f64 {
        let s = (x - self.a) / self.length;
        match self.kind {
            Kind::Smooth => self.base.value(s),
            Kind::Lorentz { center, width } => 1.0 / (1.0 + ((s - center) / width).powi(2)),
            Kind::Kink { at, slope } => self.base.value(s) + slope * (s - at).abs(),
            Kind::Jump { at, height } => self.base.value(s) + if s > at { height } else { 0.0 },
            Kind::Bell {
                center,
                width,
                height,
            } => self.base.value(s) + height * (-((s - center) / width).powi(2)).exp(),
            Kind::Ends { c, alpha } => {
                let distances = [x - self.a, self.end() - x];
                (0..2).map(|i| c[i] * distances[i].powf(alpha[i])).sum()
            }
            Kind::Oscillation { omega, phase, q } => (q * s).exp() * (omega * s + phase).cos(),
        }
    }

    /// The closed form, and how far rounding may move it.
    fn integral(&self) -> (f64, f64) {
        let terms = match self.kind {
            Kind::Smooth => vec![],
            Kind::Lorentz { center, width } => {
                vec![
                    width * ((1.0 - center) / width).atan(),
                    width * (center / width).atan(),
                ]
            }
            Kind::Kink { at, slope } => {
                vec![slope * at * at / 2.0, slope * (1.0 - at) * (1.0 - at) / 2.0]
            }
            Kind::Jump { at, height } => vec![height * (1.0 - at)],
            Kind::Bell {
                center,
                width,
                height,
            } => [(1.0 - center) / width, center / width]
                .map(|end| height * width * PI.sqrt() / 2.0 * erf(end))
                .to_vec(),
            Kind::Ends { c, alpha } => {
                let length = self.end() - self.a;
                let term = |i: usize| c[i] * length.powf(1.0 + alpha[i]) / (1.0 + alpha[i]);
                // Not by the place from 0 to 1: the length is that of the rounded ends.
                vec![term(0) / self.length, term(1) / self.length]
            }
            Kind::Oscillation { omega, phase, q } => {
                let primitive = |s: f64| {
                    let (sin, cos) = (omega * s + phase).sin_cos();
                    (q * s).exp() * (q * cos + omega * sin) / (q * q + omega * omega)
                };
                vec![primitive(1.0), -primitive(0.0)]
            }
        };
        let stands_alone = matches!(
            self.kind,
            Kind::Lorentz { .. } | Kind::Ends { .. } | Kind::Oscillation { .. }
        );
        let base = if stands_alone {
            vec![]
        } else {
            self.base.terms()
        };
        let terms: Vec<f64> = base.iter().chain(&terms).map(|t| t * self.length).collect();
        let size: f64 = terms.iter().map(|t| t.abs()).sum();
        (terms.iter().sum(), 16.0 * f64::EPSILON * size)
    }

    fn end(&self) -> f64 {
        self.a + self.length
    }
}

impl Wave {
    fn value(&self, s: f64) -> f64 {
        let [c0, c1, c2] = self.c;
        c0 + c1 * (self.omega * s + self.phase).sin() + c2 * (self.q * s).exp()
    }

    /// The integral from 0 to 1, term by term.
    fn terms(&self) -> Vec<f64> {
        let [c0, c1, c2] = self.c;
        let (omega, phase) = (self.omega, self.phase);
        vec![
            c0,
            c1 * phase.cos() / omega,
            -c1 * (omega + phase).cos() / omega,
            c2 * self.q.exp_m1() / self.q,
        ]
    }
}

/// A number from `low` to `high`, evenly in its logarithm.
fn scale(low: f64, high: f64) -> impl Strategy<Value = f64> {
    (low.ln()..high.ln()).prop_map(f64::exp)
}

fn power() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -0.95..1.0, 1 => scale(1e-3, 1.0).prop_map(|above| above - 1.0)]
}

fn kind() -> impl Strategy<Value = Kind> {
    let at = || prop_oneof![3 => 0.0..1.0, 1 => scale(1e-3, 1.0), 1 => scale(1e-3, 1.0).prop_map(|d| 1.0 - d)];
    prop_oneof![
        Just(Kind::Smooth),
        (-1.0..2.0, scale(0.05, 2.0)).prop_map(|(center, width)| Kind::Lorentz { center, width }),
        (at(), -3.0..3.0).prop_map(|(at, slope)| Kind::Kink { at, slope }),
        (at(), -3.0..3.0).prop_map(|(at, height)| Kind::Jump { at, height }),
        (0.0..1.0, scale(1e-3, 1.0), -3.0..3.0).prop_map(|(center, width, height)| Kind::Bell {
            center,
            width,
            height
        }),
        ([0.0..2.0, 0.0..2.0], [power(), power()]).prop_map(|(c, alpha)| Kind::Ends { c, alpha }),
        (scale(20.0, 5000.0), 0.0..6.0, -1.0..1.0)
            .prop_map(|(omega, phase, q)| Kind::Oscillation { omega, phase, q }),
    ]
}

fn integrand() -> impl Strategy<Value = Integrand> {
    let coefficient = || prop_oneof![1 => Just(0.0), 2 => -1.0..1.0];
    let wave = (
        [-2.0..2.0, -2.0..2.0, -2.0..2.0],
        coefficient(),
        0.5..8.0,
        0.0..6.0,
        0.1..2.0,
    );
    let wave = wave.prop_map(|([c0, c1, c2], share, omega, phase, q)| Wave {
        c: [c0, share * c1, share * c2],
        omega,
        phase,
        q,
    });
    (-2.0..2.0, scale(0.1, 10.0), wave, kind()).prop_map(|(a, length, base, kind)| Integrand {
        a,
        length,
        base,
        kind,
    })
}

fn tolerance() -> impl Strategy<Value = f64> {
    scale(1e-11, 1e-2)
}

/// Whether the answer is within three of its own errors, and its error within the tolerance.
fn is_honest(integrand: &Integrand, found: Estimate) -> bool {
    let (truth, rounding) = integrand.integral();
    (found.value - truth).abs() <= 3.0 * found.error + rounding
}

/// Of all answers, at most one in a thousand is off by more than three of its own errors.
///
/// A feature between two points cannot be seen by any rule, so this counts; it is not said of each.
#[test]
fn integrate_is_honest() -> Result<(), Box<dyn std::error::Error>> {
    let config = cases();
    let count = config.cases;
    let mut runner = TestRunner::new(config);
    let (mut dishonest, mut refused) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let drawn = (integrand(), tolerance())
            .new_tree(&mut runner)
            .map_err(|reason| reason.to_string())?;
        let (integrand, tolerance) = drawn.current();
        match integrate(
            |x| integrand.value(x),
            integrand.a,
            integrand.end(),
            tolerance,
        ) {
            Ok(found) if !is_honest(&integrand, found) => {
                dishonest.push(format!("{integrand:?} at {tolerance:e}: {found:?}"));
            }
            Ok(_) => {}
            Err(error) => refused.push(format!("{integrand:?} at {tolerance:e}: {error}")),
        }
    }
    let all = f64::from(count);
    let lines = |cases: &[String]| cases.join("\n");
    at_most(dishonest.len() as f64, all / 1000.0)
        .map_err(|violation| violation.within(format!("dishonest:\n{}\n", lines(&dishonest))))?;
    at_most(refused.len() as f64, all / 20.0)
        .map_err(|violation| violation.within(format!("refused:\n{}\n", lines(&refused))))?;
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn break_points_keep_the_integral(integrand in integrand(), share in 0.01..0.99_f64) {
        let (a, b) = (integrand.a, integrand.end());
        let f = |x| integrand.value(x);
        let tolerance = Tolerance { absolute: 0.0, relative: 1e-6 };
        let answers = (
            integrate_through(f, &[a, b], tolerance),
            integrate_through(f, &[a, a + share * (b - a), b], tolerance),
        );
        if let (Ok(whole), Ok(parts)) = answers {
            at_most((whole.value - parts.value).abs(), 3.0 * (whole.error + parts.error))?;
        }
    }

    #[test]
    fn the_absolute_tolerance_is_kept(integrand in integrand(), absolute in scale(1e-6, 1e-1)) {
        let points = [integrand.a, integrand.end()];
        let tolerance = Tolerance { absolute, relative: 0.0 };
        if let Ok(found) = integrate_through(|x| integrand.value(x), &points, tolerance) {
            at_most(found.error, absolute)?;
        }
    }

    /// Beside a smooth function, $`h / |x - p|^{1 + e}`$ has no integral on either side of p, nor over it.
    #[test]
    fn divergent_integrals_are_refused(
        integrand in integrand(),
        at in prop_oneof![Just(0.0), Just(1.0), 0.01..0.99_f64],
        height in 0.1..3.0_f64,
        beyond in prop_oneof![2 => Just(0.0), 1 => 0.0..1.0_f64],
        odd in any::<bool>(),
        tolerance in tolerance(),
    ) {
        let (a, b) = (integrand.a, integrand.end());
        let pole = if at == 1.0 { b } else { a + at * (b - a) };
        let f = |x: f64| {
            let sign = if odd { (x - pole).signum() } else { 1.0 };
            integrand.base.value((x - a) / (b - a)) + sign * height * (x - pole).abs().powf(-1.0 - beyond)
        };
        let answer = integrate(f, a, b, tolerance);
        prop_assert!(answer.is_err(), "{:?}", answer);
    }

    #[test]
    fn slow_tails_are_refused(power in 0.0..1.0_f64, odd in any::<bool>(), tolerance in tolerance()) {
        let f = |x: f64| if odd { x * (1.0 + x * x).powf(-0.5 - 0.5 * power) } else { (1.0 + x.abs()).powf(-power) };
        for (a, b) in [(f64::NEG_INFINITY, f64::INFINITY), (0.0, f64::INFINITY), (f64::NEG_INFINITY, 3.0)] {
            let answer = integrate(f, a, b, tolerance);
            let refused = matches!(answer, Err(CalculusError::Divergent { .. } | CalculusError::DidNotConverge { .. }));
            prop_assert!(refused, "{:?}", answer);
        }
    }
}

/// The law of the whole line, where halves cancel to 0 whatever they are.
#[test]
fn odd_functions_have_an_integral_only_if_their_halves_have() -> Result<(), Violation> {
    let whole = |f: fn(f64) -> f64| integrate(f, f64::NEG_INFINITY, f64::INFINITY, 1e-9);
    let found = whole(|x| x * (-x * x).exp()).map_or(f64::NAN, |found| found.value);
    at_most(found.abs(), 1e-9)?;
    assert!(whole(|x| x / (1.0 + x * x)).is_err());
    Ok(())
}
