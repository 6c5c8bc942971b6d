//! Closed forms within a family.

use gradus_information::{kl_bernoulli, kl_divergence, kl_normal};
use gradus_numeric::Simplex;
use gradus_probability::{Bernoulli, Continuous, Normal};
use gradus_testkit::strategies::finite;
use gradus_testkit::{cases, same_bits, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// Normal distributions of all positions and widths.
fn any_normal() -> impl Strategy<Value = Normal> {
    (finite(), finite()).prop_filter_map("positive width", |(m, s)| Normal::new(m, s.abs()).ok())
}

/// Normal distributions around the origin, about one wide.
fn normal() -> impl Strategy<Value = Normal> {
    (-3.0..3.0, 0.5..2.0).prop_filter_map("in range", |(m, s)| Normal::new(m, s).ok())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn kl_of_bernoullis_is_that_of_their_tables(j in 0_u32..=64, k in 0_u32..=64) {
        let (p, q) = (f64::from(j) / 64.0, f64::from(k) / 64.0); // 1 − p is exact
        let tables = [p, q].map(|p| Simplex::new(vec![1.0 - p, p]));
        let [p_table, q_table] = tables;
        let expected = kl_divergence(&p_table?, &q_table?)?;
        let closed = kl_bernoulli(&Bernoulli::new(p)?, &Bernoulli::new(q)?);
        scaled(closed, expected, 4.0 * EPS, 1.0 + expected)?;
        prop_assert!(closed >= 0.0);
        prop_assert_eq!(closed == 0.0, p == q);
    }

    #[test]
    fn kl_of_normals_is_its_integral(p in normal(), q in normal()) {
        // the trapezoidal rule errs by e^(−2π²/h²) < 1e-34 in steps of h = σ/2
        let step = p.standard_deviation() / 2.0;
        let term = |k: i32| {
            let x = p.location() + step * f64::from(k);
            p.pdf(x) * (p.ln_pdf(x) - q.ln_pdf(x))
        };
        let integral = (-60..=60).map(term).sum::<f64>() * step;
        let closed = kl_normal(&p, &q);
        scaled(closed, integral, 64.0 * EPS, 1.0 + closed)?;
    }

    #[test]
    fn kl_of_normals_is_affine_invariant(p in normal(), q in normal(), scale in -30_i32..30, wild in any_normal(), other in any_normal()) {
        let a = 2.0_f64.powi(scale); // scaling is exact
        let scaled_by = |n: &Normal| Normal::new(a * n.location(), a * n.standard_deviation());
        same_bits(kl_normal(&scaled_by(&p)?, &scaled_by(&q)?), kl_normal(&p, &q))?;
        same_bits(kl_normal(&p, &p), 0.0)?;
        same_bits(kl_normal(&wild, &wild), 0.0)?;
        prop_assert!(kl_normal(&wild, &other) >= 0.0);
        if p != q {
            prop_assert!(kl_normal(&p, &q) > 0.0);
        }
    }
}
