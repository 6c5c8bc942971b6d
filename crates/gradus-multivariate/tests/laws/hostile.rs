//! Anything at all: an answer that is a number, or an error.

use gradus_multivariate::nalgebra::{DMatrix, DVector};
use gradus_multivariate::{
    BayesianRegression, CovarianceShape, GaussianMixture, InverseWishart, Key, MixtureSettings,
    MultivariateError, MultivariateNormal, MultivariateT, NormalInverseWishart, Wishart, laplace,
    plus_plus,
};
use gradus_testkit::cases;
use gradus_testkit::strategies::{special, structured_matrix};
use proptest::prelude::*;

/// Squares of matrices with structure, in any unit; some are not symmetric, not square or not finite.
fn anything() -> impl Strategy<Value = DMatrix<f64>> {
    let squares =
        (structured_matrix(1..4, 1..5), -480..480_i32, -60..1_i32).prop_map(|(a, e, f)| {
            let d = a.nrows();
            (&a * a.transpose() + DMatrix::identity(d, d) * 2_f64.powi(f)) * 2_f64.powi(e)
        });
    let units = (
        structured_matrix(3, 3),
        prop::collection::vec(-400..400_i32, 3),
    )
        .prop_map(|(a, e)| {
            let b = &a * a.transpose() + DMatrix::identity(3, 3);
            DMatrix::from_fn(3, 3, |i, j| b[(i, j)] * 2_f64.powi(e[i]) * 2_f64.powi(e[j]))
        });
    let wild = prop::collection::vec(special(), 4).prop_map(|x| DMatrix::from_vec(2, 2, x));
    prop_oneof![3 => squares, 2 => units, 1 => wild, 1 => structured_matrix(1..4, 1..4)]
}

fn entries() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![2 => prop::collection::vec(-9.0..9.0_f64, 4), 1 => prop::collection::vec(special(), 4)]
}

/// No NaN, unless there is one in x.
fn is_number(values: impl IntoIterator<Item = f64>, x: &DVector<f64>) -> Result<(), TestCaseError> {
    let nan = x.iter().any(|x| x.is_nan());
    for value in values {
        prop_assert!(!value.is_nan() || nan, "{x:?}");
    }
    Ok(())
}

/// Whatever a normal law can be asked.
fn answers(law: &MultivariateNormal, x: &DVector<f64>) -> Result<(), TestCaseError> {
    let d = law.dimension();
    let x = x.clone().resize_vertically(d, 0.5);
    let none = DVector::zeros(d);
    is_number([law.mahalanobis(&x)?, law.ln_pdf(&x)?, law.pdf(&x)?], &x)?;
    prop_assert_eq!(law.ln_pdf(&x)?.is_nan(), x.iter().any(|x| x.is_nan()));
    prop_assert!(law.entropy().is_finite());
    is_number(
        law.covariance()
            .iter()
            .chain(law.precision().iter())
            .copied(),
        &none,
    )?;
    is_number(law.sample(&mut Key::new(1).rng()).iter().copied(), &none)?;
    is_number([law.kl(law)?], &none)?;
    for part in [
        law.marginal(&[0]),
        law.conditional(&[0], &x.rows(0, 1).into_owned()),
        law.affine(
            &DMatrix::from_element(1, d, 1.0),
            &none.rows(0, 1).into_owned(),
        ),
    ]
    .into_iter()
    .flatten()
    {
        prop_assert!(part.entropy().is_finite() && part.mean().iter().all(|m| m.is_finite()));
        is_number([part.ln_pdf(&DVector::zeros(part.dimension()))?], &none)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8 * cases().cases, ..cases() })]

    #[test]
    fn normal_laws_of_anything_answer_with_numbers(a in anything(), b in anything(), mean in entries(), x in entries()) {
        let x = DVector::from_vec(x);
        let mean = DVector::from_row_slice(&mean[..a.nrows()]);
        let laws = [
            MultivariateNormal::new(mean.clone(), &a),
            MultivariateNormal::from_precision(mean.clone(), &a),
            MultivariateNormal::from_cholesky_factor(mean.clone(), &a.lower_triangle()),
            laplace(mean.clone(), 0.0, &a).map(|peak| peak.law),
            MultivariateNormal::fit(&b).map(|fit| fit.distribution),
        ];
        let laws: Vec<_> = laws.into_iter().flatten().collect();
        for law in &laws {
            answers(law, &x)?;
            for other in &laws {
                is_number(law.kl(other).ok(), &DVector::zeros(1))?;
            }
        }
    }

    #[test]
    fn other_laws_of_anything_answer_with_numbers(a in anything(), b in anything(), mean in entries(), x in entries(), nu in special()) {
        let (x, none) = (DVector::from_vec(x), DVector::zeros(1));
        let mean = DVector::from_row_slice(&mean[..a.nrows()]);
        if let Ok(law) = MultivariateT::new(mean.clone(), &a, nu) {
            let x = x.clone().resize_vertically(law.dimension(), 0.5);
            is_number([law.ln_pdf(&x)?], &x)?;
            is_number(law.sample(&mut Key::new(1).rng()).iter().copied(), &none)?;
            is_number([law.entropy()], &none)?;
            if let Ok(rest) = law.conditional(&[0], &x.rows(0, 1).into_owned()) {
                is_number([rest.ln_pdf(&DVector::zeros(rest.dimension()))?], &none)?;
            }
        }
        if let Ok(law) = Wishart::new(&a, nu) {
            is_number(law.ln_pdf(&a).into_iter().chain(law.ln_pdf(&b)), &none)?;
            is_number(law.sample(&mut Key::new(1).rng()).iter().copied(), &none)?;
            is_number([law.entropy()], &none)?;
        }
        if let Ok(law) = InverseWishart::new(&a, nu) {
            is_number(law.ln_pdf(&a).into_iter().chain(law.ln_pdf(&b)), &none)?;
            is_number(law.sample(&mut Key::new(1).rng()).iter().flatten().copied(), &none)?;
        }
        if let Ok(prior) = NormalInverseWishart::new(mean, 0.5, nu, &a) {
            is_number(prior.ln_evidence(&b), &none)?;
            is_number(prior.ln_predictive(&x.clone().resize_vertically(prior.dimension(), 0.5)), &x)?;
        }
    }

    #[test]
    fn fits_of_anything_are_numbers_or_errors(x in structured_matrix(1..4, 1..9), e in -1000..1000_i32, y in entries(), floor in special(), k in 1..4_usize) {
        let x = x.map(|x| gradus_numeric::ldexp(x, e));
        let numbers = |values: &[f64]| is_number(values.iter().copied(), &DVector::zeros(1));
        if let Ok(start) = plus_plus(&x, k, &mut Key::new(1).rng()) {
            for shape in [CovarianceShape::Full, CovarianceShape::Diagonal, CovarianceShape::Spherical] {
                let settings = MixtureSettings { shape, floor, tolerance: 1e-6, iterations: 10 };
                if let Ok(fit) = GaussianMixture::fit(&x, &start, &settings) {
                    numbers(&fit.ln_likelihoods)?;
                    numbers(fit.mixture.mean().as_slice())?;
                }
            }
        }
        let y = DVector::from_fn(x.ncols(), |j, _| y[j % 4]);
        let fits: Vec<Result<_, MultivariateError>> = vec![
            BayesianRegression::fit(&x, &y, 1.0, 1.0),
            BayesianRegression::with_most_evidence(&x, &y, 1.0, 1.0, 1e-6, 20).map(|fit| fit.regression),
        ];
        for fit in fits.into_iter().flatten() {
            numbers(&[fit.ln_evidence(), fit.determined()])?;
            // squares of larger targets overflow
            prop_assert!(fit.ln_evidence().is_finite() || y.amax() > 1e150);
            answers(fit.weights(), &y)?;
            is_number(fit.predictive(&DVector::from_element(x.nrows(), 1.0)).map(|law| law.standard_deviation()), &DVector::zeros(1))?;
        }
    }
}
