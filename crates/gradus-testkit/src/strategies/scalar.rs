//! Single numbers.

use proptest::num::f64 as float;
use proptest::prelude::*;
use proptest::sample::select;
use std::f64::consts::{LN_2, PI};

/// Finite numbers of all magnitudes: ordinary ones in ±100, uniform bits, and the edges.
///
/// # Examples
///
/// ```
/// use gradus_testkit::{cases, strategies::finite};
/// use proptest::prelude::*;
///
/// proptest!(cases(), |(x in finite())| prop_assert!(x.is_finite()));
/// ```
pub fn finite() -> impl Strategy<Value = f64> {
    let any_bits =
        float::POSITIVE | float::NEGATIVE | float::NORMAL | float::SUBNORMAL | float::ZERO;
    prop_oneof![4 => -100.0..100.0, 3 => any_bits, 1 => extreme()]
}

/// The finite edges: zeros, subnormals, ±1 and its neighbors, and the points where exp, expm1, log1p,
/// tanh and integer conversion change their regime.
pub fn extreme() -> impl Strategy<Value = f64> {
    (select(&EDGES), any::<bool>()).prop_map(|(x, negative)| if negative { -x } else { x })
}

/// As [`finite`], with both infinities and NaN.
pub fn special() -> impl Strategy<Value = f64> {
    prop_oneof![
        2 => select(&[f64::INFINITY, f64::NEG_INFINITY, f64::NAN]),
        3 => finite(),
    ]
}

/// Magnitudes at which functions change their regime; 36.7 = −ln ε, 709.8 and 745.2 bound exp.
const EDGES: [f64; 22] = [
    0.0,
    5e-324,
    f64::MIN_POSITIVE,
    f64::EPSILON,
    0.5,
    LN_2,
    1.0 - f64::EPSILON / 2.0,
    1.0,
    1.0 + f64::EPSILON,
    PI,
    20.0,
    36.0,
    37.0,
    708.4,
    709.7,
    709.8,
    745.1,
    745.2,
    1e15,
    9007199254740992.0, // 2^53: from here on, odd integers are missing
    1e300,
    f64::MAX,
];
