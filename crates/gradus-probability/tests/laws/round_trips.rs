//! There and back: quantiles of distribution functions, standard members of families, quantiles of uniform draws.

use crate::contract::{FAMILIES, of_discrete_family, of_family};
use gradus_numeric::Simplex;
use gradus_probability::{
    Cauchy, Continuous, Discrete, Gumbel, Key, Laplace, Logistic, ProbabilityError, StudentT,
    chi_squared_test, kolmogorov_test,
};
use gradus_random::uniform;
use gradus_testkit::{at_least, cases, relative, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

/// Families that are made by a location and a scale.
fn placed(
    location: f64,
    scale: f64,
    freedom: f64,
) -> Result<[Box<dyn Continuous>; 5], ProbabilityError> {
    Ok([
        Box::new(StudentT::new(location, scale, freedom)?),
        Box::new(Cauchy::new(location, scale)?),
        Box::new(Laplace::new(location, scale)?),
        Box::new(Logistic::new(location, scale)?),
        Box::new(Gumbel::new(location, scale)?),
    ])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn quantiles_undo_distribution_functions(family in 0_usize..FAMILIES, m in -2.0..2.0, a in 0.6..9.0, b in 0.6..9.0, p in 0.001..0.999) {
        let law = of_family(family, m, a, b)?;
        let x = law.quantile(p);
        let (below, above) = law.tails(x);
        // The smaller tail is right to some units, which move x by their share of the tail over the density; x + m rounds too.
        let moved = 128.0 * EPS * below.min(above) / law.pdf(x);
        scaled(law.at_tails(below, above), x, 1.0, moved + 16.0 * EPS * (x.abs() + m.abs()))?;
    }

    #[test]
    fn densities_scale_with_location_and_scale(z in -12_i32..12, location in -99_i32..99, power in -20_i32..20, freedom in 0.5..30.0) {
        let (z, m, s) = (f64::from(z), f64::from(location), 2.0_f64.powi(power)); // m + s z is exact
        for (law, standard) in placed(m, s, freedom)?.iter().zip(&placed(0.0, 1.0, freedom)?) {
            // a density is the exponential of its logarithm, whose rounding it multiplies
            let rounding = 4.0 * EPS * (1.0 + s.ln().abs() + standard.ln_pdf(z).abs());
            relative(s * law.pdf(m + s * z), standard.pdf(z), rounding)?;
            scaled(law.ln_pdf(m + s * z) + s.ln(), standard.ln_pdf(z), 4.0 * EPS, 1e5)?;
        }
    }
}

#[test]
fn quantiles_of_uniform_draws_follow_their_law() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(41).rng();
    let u: Vec<f64> = (0..2000).map(|_| uniform(&mut rng)).collect();
    for family in 0..FAMILIES {
        let law = of_family(family, 0.5, 2.5, 1.5)?;
        let x: Vec<f64> = u.iter().map(|u| law.quantile(*u)).collect();
        at_least(kolmogorov_test(&x, &law)?.p_value, 1e-6)
            .map_err(|violation| violation.within(format!("family {family}")))?;
    }
    for family in 0..8 {
        let law = of_discrete_family(family, 9, 2.5, 0.4)?;
        // outcomes above 30 together
        let mut counts = [0_u64; 32];
        for u in &u {
            let k = law.quantile(*u).ok_or("a quantile of a share below 1")?;
            counts[usize::try_from(k.min(31))?] += 1;
        }
        let mut p: Vec<f64> = (0..31).map(|k| law.pmf(k)).collect();
        p.push(law.sf(30));
        at_least(
            chi_squared_test(&counts, &Simplex::from_weights(&p)?)?.p_value,
            1e-6,
        )
        .map_err(|violation| violation.within(format!("discrete family {family}")))?;
    }
    Ok(())
}
