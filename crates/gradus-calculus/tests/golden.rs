//! Integrals against closed forms and an independent quadrature, to the last bits.

use gradus_calculus::integrate;
use gradus_testkit::golden;
use std::error::Error;

/// The integrands of `golden/integrals.py`, by number.
const INTEGRANDS: [fn(f64) -> f64; 11] = [
    f64::exp,
    |x| 1.0 / (1.0 + x * x),
    |x| (-x * x).exp(),
    f64::sqrt,
    f64::ln,
    |x| x.sqrt().recip(),
    |x| (x - 1.0 / 3.0).abs(),
    |x| (50.0 * x).sin(),
    |x| 1.0 / (1e-4 + x * x),
    |x| x * x * (-x).exp(),
    |x| 1.0 / (x * x),
];

#[test]
fn integrals_agree_with_their_closed_forms() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("golden/integrals.csv"))? {
        let [number, a, b] = row.inputs[..] else {
            return Err("three inputs".into());
        };
        let integrand = INTEGRANDS
            .into_iter()
            .enumerate()
            .find_map(|(i, f)| (i as f64 == number).then_some(f))
            .ok_or("no such integrand")?;
        let integral = integrate(integrand, a, b, 1e-13)?;
        row.check(integral.value)?;
        assert!(
            (integral.value - row.output).abs() <= integral.error,
            "{row:?} {integral:?}"
        );
    }
    Ok(())
}
