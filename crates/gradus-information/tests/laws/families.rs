//! Closed forms within a family.

use gradus_information::{kl_bernoulli, kl_divergence, kl_normal, mutual_information_normal};
use gradus_numeric::Simplex;
use gradus_probability::{Bernoulli, Continuous, Normal};
use gradus_testkit::strategies::finite;
use gradus_testkit::{cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::f64::consts::{E, LN_2, PI};

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

    #[test]
    fn information_of_a_normal_pair_is_a_logarithm_of_cosh(t in -18.0..18.0, tiny in 1e-150..1e-3) {
        // ρ is rounded, which its distance from 1 magnifies
        let (rho, t) = (f64::tanh(t), t.abs());
        let expected = t + (-2.0 * t).exp().ln_1p() - LN_2;
        scaled(mutual_information_normal(rho)?, expected, 8.0 * EPS, 1.0 + expected + 1.0 / (1.0 - rho.abs()))?;
        same_bits(mutual_information_normal(-rho)?, mutual_information_normal(rho)?)?;
        // ½ ρ² (1 + ½ ρ²)
        relative(mutual_information_normal(tiny)?, 0.5 * tiny * tiny * (1.0 + 0.5 * tiny * tiny), 4.0 * EPS + tiny.powi(4))?;
    }

    #[test]
    fn information_of_a_normal_pair_is_lost_entropy(rho in -0.999..0.999_f64, m in -9.0..9.0, sigma in 0.01..99.0, c in 0.01..99.0_f64) {
        let alone = Normal::new(m, sigma)?.entropy();
        let known = Normal::new(m, sigma * ((1.0 - rho) * (1.0 + rho)).sqrt())?.entropy();
        scaled(mutual_information_normal(rho)?, alone - known, 16.0 * EPS, 8.0)?;
        // ½ ln 2πe σ², and another unit
        let nats = 0.5 * (2.0 * PI * E * sigma * sigma).ln();
        scaled(alone, nats, 8.0 * EPS, 8.0)?;
        scaled(Normal::new(c * m, c * sigma)?.entropy(), alone + c.ln(), 8.0 * EPS, 16.0)?;
    }
}
