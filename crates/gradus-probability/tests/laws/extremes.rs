//! No NaN, no probability outside of [0, 1] and no lost quantile, for parameters and arguments from 1e-300 to 1e300.

use crate::contract::{Counts, FAMILIES, Line, of_discrete_family, of_family};
use gradus_probability::{Affine, Continuous, Gamma, ProbabilityError};
use gradus_testkit::{at_most, cases, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

/// Positive numbers of all sizes.
fn size() -> impl Strategy<Value = f64> {
    (-300.0..300.0).prop_map(|e| 10.0_f64.powf(e))
}

/// Numbers of all sizes and both signs.
fn signed() -> impl Strategy<Value = f64> {
    (size(), any::<bool>()).prop_map(|(x, negative)| if negative { -x } else { x })
}

/// Counts of all sizes.
fn count() -> impl Strategy<Value = u64> {
    (any::<u64>(), 0_u32..64).prop_map(|(k, shift)| k >> shift)
}

/// Probabilities of all sizes.
fn level() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..=1.0, (-300.0..0.0).prop_map(|e| 10.0_f64.powf(e))]
}

/// A moment exists and is no number.
fn is_nan(moment: Result<f64, ProbabilityError>) -> bool {
    moment.is_ok_and(f64::is_nan)
}

/// What a probability and its logarithm owe.
fn probabilities((p, q): (f64, f64), (ln_p, ln_q): (f64, f64)) -> Result<(), TestCaseError> {
    prop_assert!(
        (0.0..=1.0).contains(&p) && (0.0..=1.0).contains(&q),
        "F = {:e}, 1 - F = {:e}",
        p,
        q
    );
    prop_assert!(
        ln_p <= 0.0 && ln_q <= 0.0,
        "ln F = {:e}, ln (1 - F) = {:e}",
        ln_p,
        ln_q
    );
    scaled(p + q, 1.0, 4.0 * EPS, 1.0)?;
    for (value, ln) in [(p, ln_p), (q, ln_q)] {
        if value > 1e-290 {
            scaled(ln.exp(), value, 1e-11, value)?;
        } else {
            at_most(ln, -660.0)?; // ln 1e-290 = −667.7
        }
    }
    Ok(())
}

/// A law with a density at two arguments and a probability; a quantile is known to 8 ε of itself and of the `place` that it is counted from, of a
/// log-normal law to ε of its logarithm, too.
fn line(
    law: &dyn Line,
    x: f64,
    y: f64,
    p: f64,
    family: usize,
    place: f64,
) -> Result<(), TestCaseError> {
    for x in [x, y] {
        prop_assert!(!law.ln_pdf(x).is_nan() && law.pdf(x) >= 0.0, "density");
        probabilities(law.tails(x), law.ln_tails(x))?;
    }
    at_most(law.cdf(x.min(y)), law.cdf(x.max(y)) * (1.0 + 1e-11))?;
    at_most(law.sf(x.max(y)), law.sf(x.min(y)) * (1.0 + 1e-11))?;
    for moment in [
        law.mean(),
        law.variance(),
        law.skewness(),
        law.excess_kurtosis(),
        law.mode(),
    ] {
        prop_assert!(!is_nan(moment), "moment");
    }
    prop_assert!(
        law.variance().is_ok_and(|v| v >= 0.0) || law.variance().is_err(),
        "variance"
    );
    for upper in [false, true] {
        let q = if upper {
            law.upper_quantile(p)
        } else {
            law.quantile(p)
        };
        prop_assert!(!q.is_nan(), "quantile");
        // the probability lies between those of the neighbors, also where F leaps from one double to the next
        let finite = q.clamp(-f64::MAX, f64::MAX);
        let logarithm = if family == LOG_NORMAL {
            finite.abs().max(f64::MIN_POSITIVE).ln().abs()
        } else {
            0.0
        };
        let rounding = (8.0 + logarithm) * finite.abs() + 8.0 * place;
        let step = rounding * EPS + f64::from_bits(8);
        let error = 64.0 * EPS * (1.0 - p.min(1.0 - p).max(1e-300).ln());
        let (fewest, most) = (p * (1.0 - error), p * (1.0 + error));
        let (below, above) = (finite - step, finite + step);
        let reached = if upper {
            fewest <= law.sf(below) && law.sf(above) <= most
        } else {
            law.cdf(below) <= most && fewest <= law.cdf(above)
        };
        prop_assert!(
            reached || p > 0.5,
            "{} {:e}: quantile {:e}, F {:e} to {:e}, 1 - F {:e} to {:e}",
            if upper { "upper" } else { "lower" },
            p,
            q,
            law.cdf(below),
            law.cdf(above),
            law.sf(below),
            law.sf(above)
        );
    }
    Ok(())
}

/// A law of counts at a count and a probability.
fn counts(law: &dyn Counts, k: u64, p: f64) -> Result<(), TestCaseError> {
    prop_assert!(law.ln_pmf(k) <= 4.0 * EPS, "ln p = {:e}", law.ln_pmf(k));
    prop_assert!((0.0..=1.0 + 4.0 * EPS).contains(&law.pmf(k)), "mass");
    probabilities(law.tails(k), law.ln_tails(k))?;
    for moment in [
        law.mean(),
        law.variance(),
        law.skewness(),
        law.excess_kurtosis(),
    ] {
        prop_assert!(!is_nan(moment), "moment");
    }
    for upper in [false, true] {
        let reached = |k| {
            if upper {
                law.sf(k) <= p
            } else {
                law.cdf(k) >= p
            }
        };
        if p <= 0.5 {
            match if upper {
                law.upper_quantile(p)
            } else {
                law.quantile(p)
            } {
                Some(k) => {
                    prop_assert!(reached(k), "{} does not reach", k);
                    prop_assert!(
                        k == 0 || !reached(k - 1) || law.cdf(k - 1) == 0.0,
                        "{} is not the first",
                        k
                    );
                }
                None => prop_assert!(!reached(u64::MAX) || p == 0.0, "there is one"),
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn extreme_parameters_give_numbers(m in signed(), a in size(), b in size(), x in signed(), y in signed(), u in 0.0..1.0, p in level(), inside in any::<bool>()) {
        for family in 0..FAMILIES {
            // some parameters are not allowed: a location too far from 0 for the scale, or for a circle
            if let Ok(law) = of_family(family, m, a, b) {
                let (x, y) = if inside { (law.quantile(u), law.quantile(p)) } else { (x, y) };
                line(&*law, x, y, p, family, place(family, m, a))?;
            }
        }
    }

    #[test]
    fn extreme_counts_give_numbers(n in count(), a in size(), share in level(), k in count(), u in 0.0..1.0, p in level(), inside in any::<bool>()) {
        for family in 0..DISCRETE_FAMILIES {
            // tails of larger populations take too long for a test
            let n = if family == HYPERGEOMETRIC { n >> 32 } else { n };
            if let Ok(law) = of_discrete_family(family, n, a, share) {
                let k = if inside { law.quantile(u).unwrap_or(k) } else { k };
                counts(&*law, k, p)?;
            }
        }
    }
}

/// What the quantiles of a family are counted from: its location, or for an angle the cut of the circle.
fn place(family: usize, m: f64, scale: f64) -> f64 {
    match family {
        1 | 3 | 9..=12 | 17 => m.abs(),
        // what is stretched may be smaller than any normal number, and has few digits there
        AFFINE => m.abs() + scale * f64::MIN_POSITIVE,
        VON_MISES => std::f64::consts::PI,
        _ => 0.0,
    }
}

/// Families by their numbers in the contract.
const LOG_NORMAL: usize = 6;
const VON_MISES: usize = 18;
const AFFINE: usize = 19;
const HYPERGEOMETRIC: usize = 7;
/// How many families of counts there are.
const DISCRETE_FAMILIES: usize = 9;

/// 1e-300 is no distance in units of 1e300, and all the mass of this law lies next to the location: above it.
#[test]
fn a_distance_that_underflows_stays_on_its_side() -> Result<(), Box<dyn Error>> {
    let law = Affine::of(Gamma::new(1e-300, 1.0)?, 0.0, 1e300)?;
    assert_eq!([-1e-300, 0.0, 1e-300].map(|x| law.cdf(x)), [0.0, 0.0, 1.0]);
    Ok(())
}
