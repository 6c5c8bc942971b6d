//! Families whose most likely parameters have to be searched for.

use crate::fits::{Family, count, counts, found};
use gradus_probability::{
    BetaBinomial, ChiSquared, Continuous, Discrete, FisherF, InverseGamma, NegativeBinomial,
    StudentT, VonMises,
};

/// With the number of trials, which is known beforehand.
pub(crate) const SEARCHED: [Family; 7] = [
    Family {
        name: "inverse gamma",
        truth: &[3.0, 0.2],
        draw: |t, rng| Ok(InverseGamma::new(t[0], t[1])?.sample(rng)),
        ln_p: |t, x| Ok(InverseGamma::new(t[0], t[1])?.ln_pdf(x)),
        fit: |x, w| {
            found(InverseGamma::fit_weighted(x, w), |d| {
                vec![d.shape(), d.scale()]
            })
        },
    },
    Family {
        name: "chi-squared",
        truth: &[4.5],
        draw: |t, rng| Ok(ChiSquared::new(t[0])?.sample(rng)),
        ln_p: |t, x| Ok(ChiSquared::new(t[0])?.ln_pdf(x)),
        fit: |x, w| found(ChiSquared::fit_weighted(x, w), |d| vec![d.freedom()]),
    },
    Family {
        name: "von Mises",
        truth: &[1.0, 1.5],
        draw: |t, rng| Ok(VonMises::new(t[0], t[1])?.sample(rng)),
        // an angle from the mean direction in the half turns around it
        ln_p: |t, x| {
            let angle = (x - t[0]).sin().atan2((x - t[0]).cos());
            Ok(VonMises::new(0.0, t[1])?.ln_pdf(angle))
        },
        fit: |x, w| {
            found(VonMises::fit_weighted(x, w), |d| {
                vec![d.location(), d.concentration()]
            })
        },
    },
    Family {
        name: "Student's t",
        truth: &[5.0, 2.0, 3.0],
        draw: |t, rng| Ok(StudentT::new(t[0], t[1], t[2])?.sample(rng)),
        ln_p: |t, x| Ok(StudentT::new(t[0], t[1], t[2])?.ln_pdf(x)),
        fit: |x, w| {
            found(StudentT::fit_weighted(x, w), |d| {
                vec![d.location(), d.scale(), d.freedom()]
            })
        },
    },
    Family {
        name: "Fisher's F",
        truth: &[5.0, 8.0],
        draw: |t, rng| Ok(FisherF::new(t[0], t[1])?.sample(rng)),
        ln_p: |t, x| Ok(FisherF::new(t[0], t[1])?.ln_pdf(x)),
        fit: |x, w| {
            found(FisherF::fit_weighted(x, w), |d| {
                vec![d.numerator(), d.denominator()]
            })
        },
    },
    Family {
        name: "negative binomial",
        truth: &[2.5, 0.3],
        draw: |t, rng| Ok(NegativeBinomial::new(t[0], t[1])?.sample(rng) as f64),
        ln_p: |t, x| Ok(NegativeBinomial::new(t[0], t[1])?.ln_pmf(count(x))),
        fit: |x, w| {
            found(NegativeBinomial::fit_weighted(&counts(x), w), |d| {
                vec![d.successes(), d.probability()]
            })
        },
    },
    Family {
        name: "beta-binomial of 12",
        truth: &[0.8, 1.4],
        draw: |t, rng| Ok(BetaBinomial::new(12, t[0], t[1])?.sample(rng) as f64),
        ln_p: |t, x| Ok(BetaBinomial::new(12, t[0], t[1])?.ln_pmf(count(x))),
        fit: |x, w| {
            found(BetaBinomial::fit_weighted(12, &counts(x), w), |d| {
                vec![d.probability().a(), d.probability().b()]
            })
        },
    },
];
