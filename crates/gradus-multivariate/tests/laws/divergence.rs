//! The Kullback–Leibler divergence of normal laws.

use crate::generators::{condition, map, two_laws};
use gradus_multivariate::MultivariateNormal;
use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_testkit::{cases, relative, scaled};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// $`\operatorname{E}_p \ln q`$: exact for a quadratic, by the mean over the points $`\mu \pm \sqrt d\, l_i`$.
fn mean_ln(p: &MultivariateNormal, q: &MultivariateNormal) -> Result<f64, TestCaseError> {
    let (l, d) = (p.cholesky_factor(), p.dimension());
    let mut sum = 0.0;
    for i in 0..d {
        let step = (d as f64).sqrt() * l.column(i);
        sum += q.ln_pdf(&(p.mean() + &step))? + q.ln_pdf(&(p.mean() - &step))?;
    }
    Ok(sum / (2 * d) as f64)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn divergence_is_cross_entropy_minus_entropy((p, q) in two_laws(1..6_usize)) {
        let (own, cross) = (mean_ln(&p, &p)?, mean_ln(&p, &q)?);
        let k = condition(&p) + condition(&q);
        scaled(own, -p.entropy(), 64.0 * EPS * k, 100.0)?;
        scaled(p.kl(&q)?, own - cross, 64.0 * EPS * k, 100.0 + cross.abs())?;
    }

    #[test]
    fn the_divergence_of_normal_laws_is_at_least_zero((p, q) in two_laws(1..6_usize), t in 1e-9..1e-5_f64) {
        prop_assert!(p.kl(&q)? >= 0.0 && q.kl(&p)? >= 0.0);
        // the ratio of a number with itself is 1, and a row of a root with itself gives a row of the identity up to rounding
        scaled(p.kl(&p)?, 0.0, EPS * EPS, 64.0 * condition(&p).powi(2))?;
        // a little wider in all d directions: d ((1 + t)² − 1 − ln (1 + t)²) / 2 = d t² (1 − t/3 + …)
        let wider = MultivariateNormal::from_cholesky_factor(p.mean().clone(), &(p.cholesky_factor() * (1.0 + t)))?;
        let expected = p.dimension() as f64 * t * t * (1.0 - t / 3.0);
        let error = 64.0 * EPS * condition(&p) / t + 1e-9;
        relative(wider.kl(&p)?, expected, error)?;
    }

    #[test]
    fn affine_maps_do_not_change_the_divergence(((p, q), m) in two_laws(1..5_usize).prop_flat_map(|laws| {
        let d = laws.0.dimension();
        (Just(laws), map(d))
    })) {
        let b = DVector::from_element(p.dimension(), 0.5);
        let images = (p.affine(&m, &b)?, q.affine(&m, &b)?);
        let k = condition(&p) + condition(&q) + condition(&images.0) + condition(&images.1);
        relative(images.0.kl(&images.1)?, p.kl(&q)?, 1e4 * EPS * k)?;
    }
}

#[test]
fn laws_of_other_dimensions_have_no_divergence() -> Result<(), Box<dyn std::error::Error>> {
    let of = |d: usize| MultivariateNormal::new(DVector::zeros(d), &DMatrix::identity(d, d));
    assert!(of(2)?.kl(&of(3)?).is_err());
    let far = |m: f64, s: f64| {
        MultivariateNormal::from_cholesky_factor(
            DVector::from_element(1, m),
            &DMatrix::from_element(1, 1, s),
        )
    };
    assert_eq!(far(1e200, 1.0)?.kl(&far(0.0, 1.0)?)?, f64::INFINITY);
    assert_eq!(far(0.0, 1e300)?.kl(&far(0.0, 1e-300)?)?, f64::INFINITY);
    let narrow = far(0.0, 1e-300)?.kl(&far(0.0, 1e300)?)?;
    relative(narrow, 600.0 * 10_f64.ln() - 0.5, 4.0 * EPS)?;
    Ok(())
}
