//! Transformations that see a matrix or everything: Muon, Adafactor, L-BFGS.

use crate::{flat, run};
use gradus_numeric::norm2;
use gradus_optim::{
    Chain, ClipByValue, Gradient, Layout, Link, OptimError, Orthogonalize, ScaleByFactoredRms,
    ScaleByLbfgs, ScaleByLearningRate, Shape, adafactor, chain, sharpest,
};
use gradus_testkit::nalgebra::{DMatrix, DVector};
use gradus_testkit::strategies::{orthogonal, vector};
use gradus_testkit::{all_scaled, at_most, cases};
use proptest::prelude::*;

/// One step of a link alone with rate 1: minus its update.
fn one(link: Link<f64>, rows: usize, columns: usize, g: &[f64]) -> Result<Vec<f64>, OptimError> {
    let optimizer = chain(vec![link, Link::new(ScaleByLearningRate::new(1.0))])?;
    let mut layout = Layout::new();
    layout.push("w", Shape::new(rows, columns))?;
    let mut theta = vec![0.0; rows * columns];
    let mut state = optimizer.init(&layout, &theta)?;
    optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[g]))?;
    Ok(theta.iter().map(|x| -x).collect())
}

/// The entries of a matrix row by row, as a layout has them.
fn by_rows(a: &DMatrix<f64>) -> Vec<f64> {
    a.transpose().as_slice().to_vec()
}

/// A positive definite matrix with eigenvalues between ½ and 8, and a vector.
fn quadratic() -> impl Strategy<Value = (DMatrix<f64>, Vec<f64>)> {
    let spectrum = prop::collection::vec(0.5..8.0_f64, 5);
    (
        orthogonal(1..6),
        spectrum,
        prop::collection::vec(-10.0..10.0_f64, 5),
    )
        .prop_map(|(q, spectrum, x)| {
            let n = q.nrows();
            let d = DMatrix::from_diagonal(&DVector::from_column_slice(&spectrum[..n]));
            (&q * d * q.transpose(), x[..n].to_vec())
        })
}

fn times(a: &DMatrix<f64>, x: &[f64]) -> Vec<f64> {
    (a * DVector::from_column_slice(x)).as_slice().to_vec()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn bfgs(memory: usize) -> Result<Chain<f64>, OptimError> {
    let clip = ClipByValue { limit: 1e9 };
    chain(vec![
        Link::coarse(ScaleByLbfgs { memory }),
        Link::new((clip, ScaleByLearningRate::new(1.0))),
    ])
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn muon_maps_singular_values_by_its_polynomial(q in orthogonal(1..6), spectrum in prop::collection::vec(0.1..9.0_f64, 5), extra in 0..3_usize) {
        // G = Q Σ [I 0] is wide, its transpose tall; X = Q p(Σ / |Σ|) [I 0].
        let n = q.nrows();
        let muon = Orthogonalize::default();
        let [a, b, c] = muon.coefficients;
        let length = spectrum[..n].iter().map(|s| s * s).sum::<f64>().sqrt();
        let p = |s: f64| a * s + b * s.powi(3) + c * s.powi(5);
        let through = |s: f64| (0..5).fold(s / length, |s, _| p(s));
        let padded = |f: &dyn Fn(f64) -> f64| {
            let d = DMatrix::from_fn(n, n + extra, |i, j| if i == j { f(spectrum[i]) } else { 0.0 });
            &q * d
        };
        let (g, expected) = (padded(&|s| s), padded(&through));
        let wide = one(Link::coarse(muon), n, n + extra, &by_rows(&g))?;
        all_scaled(&wide, &by_rows(&expected), 1e-12, 1.0)?;
        let scale = ((n + extra) as f64 / n as f64).sqrt();
        let tall = one(Link::coarse(muon), n + extra, n, &by_rows(&g.transpose()))?;
        all_scaled(&tall, &by_rows(&(scale * expected.transpose())), 1e-12, 1.0)?;
    }

    #[test]
    fn newton_schulz_converges_to_an_orthogonal_matrix(q in orthogonal(1..5), spectrum in prop::collection::vec(0.2..5.0_f64, 5)) {
        let n = q.nrows();
        let g = DMatrix::from_fn(n, n, |i, j| q[(i, j)] * spectrum[j]);
        let exact = Orthogonalize { coefficients: [1.875, -1.25, 0.375], steps: 40, ..Orthogonalize::default() };
        let x = one(Link::coarse(exact), n, n, &by_rows(&g))?;
        all_scaled(&x, &by_rows(&q), 1e-12, 1.0)?; // the polar factor of Q D with D > 0 is Q
    }

    #[test]
    fn factored_squares_of_rank_one_are_exact(r in prop::collection::vec(0.1..9.0_f64, 1..6), c in prop::collection::vec(0.1..9.0_f64, 2..6)) {
        let g: Vec<f64> = r.iter().flat_map(|r| c.iter().map(move |c| -r * c)).collect();
        let u = one(Link::coarse(ScaleByFactoredRms::default()), r.len(), c.len(), &g)?;
        all_scaled(&u, &vec![-1.0; g.len()], 1e-13, 1.0)?;
    }

    #[test]
    fn adafactor_steps_are_bounded(g in vector(12..13), x in 0.1..10.0_f64, k in 1..6_u64, rate in 0.01..0.5) {
        let optimizer = adafactor(rate)?;
        let mut layout = Layout::new();
        layout.push("w", Shape::new(3, 4))?;
        let mut theta = vec![x; 12];
        let mut state = optimizer.init(&layout, &theta)?;
        let rms = |x: &[f64]| (dot(x, x) / 12.0).sqrt();
        for t in 0..k {
            let (before, g): (_, Vec<f64>) = (theta.clone(), g.iter().map(|g| g * (1.0 - t as f64)).collect());
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
            let moved: Vec<f64> = theta.iter().zip(&before).map(|(a, b)| a - b).collect();
            at_most(rms(&moved), rate * rms(&before).max(1e-3) * (1.0 + 1e-12) + 1e-15 * rms(&before))?;
        }
    }

    #[test]
    fn lbfgs_obeys_the_secant_equation((a, x) in quadratic(), memory in 1..5_usize, k in 1..5_u64) {
        // After k steps the pair is s = θₖ − θₖ₋₁, y = A s. Asked about g = y, with the same pairs, H y = s.
        prop_assume!(dot(&x, &x) > 1e-3);
        let optimizer = bfgs(memory)?;
        let layout = flat(x.len())?;
        let (mut theta, mut state) = (x.clone(), optimizer.init(&layout, &x)?);
        let mut before = x.clone();
        for _ in 0..k {
            before.copy_from_slice(&theta);
            let g = times(&a, &theta);
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
        }
        let s: Vec<f64> = theta.iter().zip(&before).map(|(a, b)| a - b).collect();
        prop_assume!(dot(&s, &s) > 1e-12);
        // The next gradient makes the pair; then the quadratic's own difference is asked: g(θ) − g(before) = y means that
        // H g(θ) and H g(before) differ by s. H is linear, and both questions are put to copies of one state.
        let g = times(&a, &theta);
        let ask = |question: &[f64]| -> Result<Vec<f64>, OptimError> {
            let (mut state, mut at) = (state.clone(), theta.clone());
            // the remembered gradient moves with the question, so that the difference is still y
            let shift: Vec<f64> = question.iter().zip(&g).map(|(q, g)| q - g).collect();
            let old: Vec<f64> = state.vector("0.gradient")?.iter().zip(shift).map(|(old, d)| old + d).collect();
            state.restore("0.gradient", &old)?;
            optimizer.update(&mut state, &mut at, Gradient::sum_of(&[question]))?;
            Ok(theta.iter().zip(at).map(|(a, b)| a - b).collect())
        };
        let (of_g, of_other) = (ask(&g)?, ask(&times(&a, &before))?);
        let difference: Vec<f64> = of_g.iter().zip(of_other).map(|(a, b)| a - b).collect();
        all_scaled(&difference, &s, 1e-8, dot(&s, &s).sqrt() + dot(&x, &x).sqrt())?;
    }

    #[test]
    fn two_loops_are_a_dense_matrix((a, x) in quadratic(), memory in 1..6_usize) {
        let optimizer = bfgs(memory)?;
        let (mut theta, mut state) = (x.clone(), optimizer.init(&flat(x.len())?, &x)?);
        let column = |x: &[f64]| DVector::from_column_slice(x);
        let mut pairs = Vec::new(); // the newest last
        let mut last: Option<(DVector<f64>, DVector<f64>)> = None;
        for _ in 0..8 {
            let (before, g) = (column(&theta), times(&a, &theta));
            if dot(&g, &g) <= 1e-10 * dot(&x, &x) {
                break; // differences are rounding
            }
            if let Some((theta, old)) = &last {
                pairs.push((&before - theta, column(&g) - old));
            }
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
            let known = &pairs[pairs.len().saturating_sub(memory)..];
            if let Some((s, y)) = known.last() {
                let identity = DMatrix::identity(x.len(), x.len());
                let mut h = &identity * (s.dot(y) / y.dot(y));
                for (s, y) in known {
                    let left = &identity - s * y.transpose() / s.dot(y);
                    h = &left * h * left.transpose() + s * s.transpose() / s.dot(y);
                }
                let expected = -(&h * column(&g));
                let moved = column(&theta) - &before;
                // The condition of H stays below 16² times a few, and the parameters round the step.
                let size = norm2(expected.as_slice()) + 1e-6 * norm2(before.as_slice());
                all_scaled(moved.as_slice(), expected.as_slice(), 1e-10, size)?;
            }
            last = Some((before, column(&g)));
        }
    }

    #[test]
    fn lbfgs_descends((a, x) in quadratic(), memory in 1..5_usize) {
        let optimizer = bfgs(memory)?;
        let (mut theta, mut state) = (x.clone(), optimizer.init(&flat(x.len())?, &x)?);
        for _ in 0..6 {
            let (before, g) = (theta.clone(), times(&a, &theta));
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
            let moved: Vec<f64> = theta.iter().zip(&before).map(|(a, b)| a - b).collect();
            prop_assert!(dot(&g, &moved) < 0.0 || dot(&g, &g) < 1e-16 * dot(&x, &x), "{g:?} {moved:?}");
        }
    }

    #[test]
    fn sharpest_of_a_quadratic_is_known((a, x) in quadratic(), rho in 0.0..1.0) {
        prop_assume!(dot(&x, &x) > 1e-6);
        let (mut nearby, mut g) = (vec![0.0; x.len()], vec![0.0; x.len()]);
        let loss = sharpest(rho, &x, &mut nearby, &mut g, |x, g| {
            g.copy_from_slice(&times(&a, x));
            Ok::<_, OptimError>(0.5 * dot(x, g))
        })?;
        let slope = times(&a, &x);
        let length = dot(&slope, &slope).sqrt();
        let expected: Vec<f64> = slope.iter().zip(times(&a, &slope)).map(|(g, h)| g + rho * h / length).collect();
        all_scaled(&g, &expected, 1e-13, 100.0)?;
        all_scaled(&[loss], &[0.5 * dot(&x, &slope)], 1e-13, 1e3)?;
    }
}

#[test]
fn a_tiny_gradient_has_a_sharpest_point() -> Result<(), OptimError> {
    // ρ / |g| is infinite in single precision; the direction is not.
    let (mut nearby, mut g) = ([0.0_f32; 2], [0.0_f32; 2]);
    sharpest(0.5, &[1.0, 1.0], &mut nearby, &mut g, |_, g| {
        g.copy_from_slice(&[1e-44, 0.0]);
        Ok::<_, OptimError>(0.0)
    })?;
    assert_eq!(nearby, [1.5, 1.0]);
    Ok(())
}

#[test]
fn a_direction_of_negative_curvature_counts_nothing() -> Result<(), OptimError> {
    // f = −x²: every pair has s y < 0, so the steps are those of the first one, of length 1.
    let theta = run(&bfgs(3)?, &[1.0], 3, |_, x| vec![-2.0 * x[0]])?;
    assert_eq!(theta, [4.0]);
    Ok(())
}
