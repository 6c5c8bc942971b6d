//! Cross-entropy, Kullback–Leibler, Jensen–Shannon, total variation, Hellinger.

use crate::generators::{
    channel, distribution_on, four_distributions, mixture, three_distributions, two_distributions,
};
use gradus_information::{
    InformationError, cross_entropy, entropy, hellinger, jensen_shannon, kl_divergence,
    total_variation,
};
use gradus_numeric::Simplex;
use gradus_probability::{JointTable, ln_evidence, posterior_from_ln_likelihood};
use gradus_testkit::{at_most, cases, same_bits, scaled, within_ulps};
use proptest::prelude::*;
use std::f64::consts::{LN_2, SQRT_2};
use std::iter::zip;

const EPS: f64 = f64::EPSILON;

/// Whether p allows something that q does not.
fn has_more_support(p: &Simplex, q: &Simplex) -> bool {
    zip(p.as_slice(), q.as_slice()).any(|(&p, &q)| p > 0.0 && q == 0.0)
}

/// Whether no product of two positive probabilities loses digits to underflow.
fn products_are_normal(p: &Simplex, q: &Simplex) -> bool {
    let is_normal = |p: f64, q: f64| p * q == 0.0 && (p == 0.0 || q == 0.0) || (p * q).is_normal();
    p.as_slice()
        .iter()
        .all(|&p| q.as_slice().iter().all(|&q| is_normal(p, q)))
}

/// Zero on the diagonal, symmetric to the bit, triangle inequality.
fn is_metric(
    d: impl Fn(&Simplex, &Simplex) -> Result<f64, InformationError>,
    [p, q, r]: &[Simplex; 3],
    tolerance: f64,
) -> Result<(), TestCaseError> {
    same_bits(d(p, p)?, 0.0)?;
    same_bits(d(p, q)?, d(q, p)?)?;
    at_most(d(p, r)?, d(p, q)? + d(q, r)? + tolerance)?;
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    /// ln p(x) = E_q [ln p(z, x) − ln q(z)] + D(q ‖ p(z | x)): the bound of variational inference.
    #[test]
    fn the_evidence_is_its_lower_bound_plus_a_divergence((prior, q) in two_distributions(), ln_likelihood in prop::collection::vec(-9.0..9.0, 64)) {
        prop_assume!(!has_more_support(&q, &prior) && products_are_normal(&q, &prior));
        let ln_likelihood = &ln_likelihood[..prior.len().min(64)];
        prop_assume!(ln_likelihood.len() == prior.len());
        let terms = zip(q.as_slice(), zip(prior.as_slice(), ln_likelihood)).filter(|(q, _)| **q > 0.0);
        let terms: Vec<f64> = terms.map(|(q, (prior, l))| q * (prior.ln() + l - q.ln())).collect();
        let posterior = posterior_from_ln_likelihood(&prior, ln_likelihood)?;
        prop_assume!(!has_more_support(&q, &posterior));
        let sum = terms.iter().sum::<f64>() + kl_divergence(&q, &posterior)?;
        let size = 20.0 + terms.iter().map(|term| term.abs()).sum::<f64>();
        scaled(sum, ln_evidence(&prior, ln_likelihood)?, 64.0 * EPS, size)?;
    }

    #[test]
    fn cross_entropy_is_entropy_plus_divergence((p, q) in two_distributions()) {
        let (cross, sum) = (cross_entropy(&p, &q)?, entropy(&p) + kl_divergence(&p, &q)?);
        if has_more_support(&p, &q) {
            same_bits(cross, f64::INFINITY)?;
            same_bits(sum, f64::INFINITY)?;
        } else {
            scaled(cross, sum, 16.0 * EPS, 1.0 + cross)?;
        }
        within_ulps(cross_entropy(&p, &p)?, entropy(&p), 4)?; // which is at most ln n
    }

    #[test]
    fn kl_is_non_negative((p, q) in two_distributions()) {
        let d = kl_divergence(&p, &q)?;
        prop_assert!(d >= 0.0);
        prop_assert_eq!(d == f64::INFINITY, has_more_support(&p, &q));
        same_bits(kl_divergence(&p, &p)?, 0.0)?;
        // (q − p)² / p underflows only below this
        if zip(p.as_slice(), q.as_slice()).any(|(p, q)| (p - q).abs() > 1e-150) {
            prop_assert!(d > 0.0);
        }
    }

    #[test]
    fn kl_of_products_adds_up((p, q) in two_distributions(), (r, s) in two_distributions()) {
        let (pr, qs) = (JointTable::product(&p, &r)?, JointTable::product(&q, &s)?);
        let product = kl_divergence(pr.joint(), qs.joint())?;
        let sum = kl_divergence(&p, &q)? + kl_divergence(&r, &s)?;
        if products_are_normal(&p, &r) && products_are_normal(&q, &s) {
            scaled(product, sum, 64.0 * EPS, 1.0 + sum)?;
        }
    }

    /// $`D(p(x, y) \parallel q(x, y)) = D(p(x) \parallel q(x)) + \sum_x p(x) D(p(y \mid x) \parallel q(y \mid x))`$.
    #[test]
    fn kl_has_the_chain_rule([p, q] in [distribution_on(3), distribution_on(3)], v in channel(3, 4), w in channel(3, 4)) {
        let whole = kl_divergence(JointTable::from_conditionals(&p, &v)?.joint(), JointTable::from_conditionals(&q, &w)?.joint())?;
        let mut sum = kl_divergence(&p, &q)?;
        for (p, (v, w)) in zip(p.as_slice(), zip(&v, &w)).filter(|(p, _)| **p > 0.0) {
            sum += p * kl_divergence(v, w)?;
        }
        if zip(&v, &w).all(|(v, w)| products_are_normal(&p, v) && products_are_normal(&q, w)) {
            scaled(whole, sum, 64.0 * EPS, 1.0 + sum)?;
        }
    }

    #[test]
    fn kl_is_jointly_convex([p, q, r, s] in four_distributions(), t in 0.0..=1.0) {
        let mixed = kl_divergence(&mixture(&p, &q, t)?, &mixture(&r, &s, t)?)?;
        let first = if t < 1.0 { (1.0 - t) * kl_divergence(&p, &r)? } else { 0.0 };
        let second = if t > 0.0 { t * kl_divergence(&q, &s)? } else { 0.0 };
        let bound = first + second;
        at_most(mixed, bound + 32.0 * EPS * (1.0 + bound))?;
    }

    #[test]
    fn kl_bounds_total_variation((p, q) in two_distributions()) {
        let (d, tv) = (kl_divergence(&p, &q)?, total_variation(&p, &q)?);
        at_most(2.0 * tv * tv, d + 4.0 * EPS)?; // Pinsker: ‖p − q‖₁ = 2 TV
        at_most(tv, (-(-d).exp_m1()).sqrt() + 4.0 * EPS)?; // Bretagnolle and Huber
    }

    #[test]
    fn jensen_shannon_is_symmetric_and_bounded((p, q) in two_distributions()) {
        let js = jensen_shannon(&p, &q)?;
        prop_assert!((0.0..=LN_2).contains(&js));
        same_bits(js, jensen_shannon(&q, &p)?)?;
        same_bits(jensen_shannon(&p, &p)?, 0.0)?;
        let shared = zip(p.as_slice(), q.as_slice()).any(|(&p, &q)| p > 0.0 && q > 0.0);
        if !shared {
            scaled(js, LN_2, 8.0 * EPS, 1.0)?;
        }
    }

    #[test]
    fn root_of_jensen_shannon_is_a_metric(points in three_distributions()) {
        is_metric(|p, q| Ok(jensen_shannon(p, q)?.sqrt()), &points, 16.0 * EPS)?;
    }

    #[test]
    fn jensen_shannon_is_what_mixing_adds((p, q) in two_distributions()) {
        let added = entropy(&mixture(&p, &q, 0.5)?) - 0.5 * (entropy(&p) + entropy(&q));
        scaled(jensen_shannon(&p, &q)?, added, 16.0 * EPS, 1.0)?;
    }

    #[test]
    fn total_variation_and_hellinger_are_metrics(points in three_distributions()) {
        is_metric(total_variation, &points, 4.0 * EPS)?;
        is_metric(hellinger, &points, 4.0 * EPS)?;
    }

    #[test]
    fn total_variation_is_the_largest_difference_of_an_event((p, q) in two_distributions()) {
        let difference = |event: u32| -> f64 {
            let gaps = zip(p.as_slice(), q.as_slice()).map(|(p, q)| p - q).enumerate();
            gaps.filter(|(i, _)| event >> i & 1 == 1).map(|(_, gap)| gap).sum()
        };
        let events = (0..1 << p.len()).map(|event| difference(event).abs());
        scaled(total_variation(&p, &q)?, events.fold(0.0, f64::max), 16.0 * EPS, 1.0)?;
    }

    #[test]
    fn hellinger_brackets_total_variation((p, q) in two_distributions()) {
        let (h, tv) = (hellinger(&p, &q)?, total_variation(&p, &q)?);
        at_most(h * h, tv + 4.0 * EPS)?;
        at_most(tv, SQRT_2 * h * (1.0 + 4.0 * EPS) + f64::MIN_POSITIVE.sqrt())?;
    }
}
