//! Convex sets and proximal maps.

use crate::{distance, dot, minus};
use gradus_minimize::nalgebra::{DMatrix, DVector};
use gradus_minimize::{
    AffineSet, Ball, Bounds, ConvexSet, HalfSpace, L1Norm, LinearMinimum, MinimizeError, Proximal,
    ScaledSimplex,
};
use gradus_testkit::cases;
use proptest::prelude::*;

const N: usize = 4;

fn point() -> impl Strategy<Value = Vec<f64>> {
    let entry = prop_oneof![4 => -5.0..5.0, 1 => Just(0.0), 1 => Just(1.0), 1 => -1e-9..1e-9];
    prop::collection::vec(entry, N)
}

/// One set of each kind.
fn sets(c: &[f64], a: &[f64], r: f64) -> Result<Vec<Box<dyn ConvexSet>>, MinimizeError> {
    let lower: Vec<f64> = c.iter().map(|c| c - r).collect();
    let upper = vec![f64::INFINITY, c[1], c[2] + 1.0, c[3] + r];
    let rows = DMatrix::from_fn(2, N, |i, j| if i == 0 { a[j] } else { 1.0 });
    let b = &rows * DVector::from_row_slice(c);
    Ok(vec![
        Box::new(Bounds::new(lower, upper)?),
        Box::new(ScaledSimplex::new(N, r)?),
        Box::new(Ball::one(c.to_vec(), r)?),
        Box::new(Ball::two(c.to_vec(), r)?),
        Box::new(Ball::infinity(c.to_vec(), r)?),
        Box::new(HalfSpace::new(a, r)?),
        Box::new(AffineSet::new(&rows, &b)?),
    ])
}

fn length(x: &[f64]) -> f64 {
    dot(x, x).sqrt()
}

/// What rounding does to numbers of this size; the affine set multiplies by its condition.
const ROUNDING: f64 = 1e-12;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_set_holds_its_projections(x in point(), c in point(), r in 0.1..3.0) {
        for set in sets(&c, &[1.0, -2.0, 0.5, 3.0], r)? {
            let once = set.project(&x);
            prop_assert!(distance(&set.project(&once), &once) <= ROUNDING);
        }
    }

    /// Lagrange: at the smallest $`\tfrac12 x^\top H x - c^\top x`$ among the x with $`A x = b`$ the gradient is a combination of the rows of A. With
    /// $`H = L L^\top`$ and $`y = L^\top x`$ that point is a projection, and in closed form $`(H, A^\top; A, 0)(x; \lambda) = (c; b)`$.
    #[test]
    fn at_the_best_point_of_an_affine_set_the_gradient_is_a_combination_of_the_equations(
        l in prop::collection::vec(-1.0..1.0_f64, N * N), a in prop::collection::vec(-1.0..1.0_f64, 2 * N), c in point(), b in prop::collection::vec(-3.0..3.0_f64, 2),
    ) {
        let l = DMatrix::from_fn(N, N, |i, j| match i.cmp(&j) { std::cmp::Ordering::Less => 0.0, std::cmp::Ordering::Equal => 2.0, std::cmp::Ordering::Greater => l[N * i + j] });
        let a = DMatrix::from_fn(2, N, |i, j| a[N * i + j] + if i == j { 3.0 } else { 0.0 });
        let (c, b, h) = (DVector::from_vec(c), DVector::from_vec(b), &l * l.transpose());
        let inverse = gradus_linalg::inverse(&l)?;
        // ½ |y - L⁻¹ c|² but for a constant, among the y with A L⁻ᵀ y = b
        let set = AffineSet::new(&(&a * inverse.transpose()), &b)?;
        let x = inverse.transpose() * DVector::from_vec(set.project((&inverse * &c).as_slice()));
        let gradient = &h * &x - &c;
        let multipliers = gradus_linalg::least_squares(&a.transpose(), &gradient)?;
        prop_assert!(length((a.transpose() * &multipliers.x - &gradient).as_slice()) <= 1e-10);
        prop_assert!(length((&a * &x - &b).as_slice()) <= 1e-10);
        let whole = DMatrix::from_fn(N + 2, N + 2, |i, j| match (i < N, j < N) {
            (true, true) => h[(i, j)],
            (true, false) => a[(j - N, i)],
            (false, true) => a[(i - N, j)],
            (false, false) => 0.0,
        });
        let right = DVector::from_fn(N + 2, |i, _| if i < N { c[i] } else { b[i - N] });
        let closed = gradus_linalg::solve(&whole, &right)?.x;
        prop_assert!(length((closed.rows(0, N) - &x).as_slice()) <= 1e-10);
        prop_assert!(length((closed.rows(N, 2) + &multipliers.x).as_slice()) <= 1e-9);
    }

    #[test]
    fn projections_do_not_stretch(x in point(), y in point(), c in point(), r in 0.1..3.0) {
        for set in sets(&c, &[1.0, -2.0, 0.5, 3.0], r)? {
            let moved = length(&minus(&set.project(&x), &set.project(&y)));
            prop_assert!(moved <= length(&minus(&x, &y)) + ROUNDING);
        }
    }

    #[test]
    fn projections_obey_their_variational_inequality(x in point(), w in point(), c in point(), r in 0.1..3.0) {
        for (i, set) in sets(&c, &[1.0, -2.0, 0.5, 3.0], r)?.iter().enumerate() {
            let (p, z) = (set.project(&x), set.project(&w));
            let product = dot(&minus(&x, &p), &minus(&z, &p));
            prop_assert!(product <= 100.0 * ROUNDING, "set {i}: {product}");
        }
    }

    #[test]
    fn points_of_the_simplex_are_weights(x in point(), sum in 1e-3..1e3) {
        let p = ScaledSimplex::new(N, sum)?.project(&x);
        prop_assert!(p.iter().all(|p| *p >= 0.0));
        prop_assert!((p.iter().sum::<f64>() - sum).abs() <= 16.0 * f64::EPSILON * (sum + 5.0));
    }

    #[test]
    fn projections_onto_balls_lie_inside(x in point(), c in point(), r in 0.1..3.0) {
        let sum = |d: &[f64]| d.iter().map(|d| d.abs()).sum::<f64>();
        let largest = |d: &[f64]| d.iter().fold(0.0_f64, |a, d| a.max(d.abs()));
        let inside = r + 16.0 * f64::EPSILON * 10.0;
        prop_assert!(sum(&minus(&Ball::one(c.clone(), r)?.project(&x), &c)) <= inside);
        prop_assert!(length(&minus(&Ball::two(c.clone(), r)?.project(&x), &c)) <= inside);
        prop_assert!(largest(&minus(&Ball::infinity(c.clone(), r)?.project(&x), &c)) <= inside);
    }

    #[test]
    fn projections_onto_affine_sets_solve_their_equations(x in point(), c in point(), a in point()) {
        // A second row that depends on the first half of the time.
        let rows = DMatrix::from_fn(2, N, |i, j| if i == 0 { a[j] + 0.5 } else { 2.0 * (a[j] + 0.5) });
        let b = &rows * DVector::from_row_slice(&c);
        let set = AffineSet::new(&rows, &b)?;
        let p = DVector::from_vec(set.project(&x));
        prop_assert!((&rows * p - &b).amax() <= 1e-12 * (1.0 + rows.amax() * 10.0));
        let none = AffineSet::new(&rows, &(b + DVector::from_row_slice(&[0.0, 1.0])));
        let refused = matches!(none, Err(MinimizeError::Domain { .. }));
        prop_assert!(refused);
    }

    #[test]
    fn no_point_of_a_set_is_below_its_linear_minimum(c in point(), g in point(), w in point(), r in 0.1..3.0) {
        let sets: [Box<dyn LinearMinimum>; 4] = [
            Box::new(ScaledSimplex::new(N, r)?),
            Box::new(Ball::one(c.clone(), r)?),
            Box::new(Ball::two(c.clone(), r)?),
            Box::new(Ball::infinity(c.clone(), r)?),
        ];
        for set in sets {
            let y = set.linear_minimum(&g);
            prop_assert!(distance(&set.project(&y), &y) <= ROUNDING);
            prop_assert!(dot(&g, &y) <= dot(&g, &set.project(&w)) + 100.0 * ROUNDING);
        }
    }

    #[test]
    fn proximal_maps_obey_their_variational_inequality(x in point(), w in point(), lambda in 0.0..3.0, t in 1e-3..10.0) {
        let h = L1Norm::new(lambda)?;
        let z = h.proximal(&x, t);
        let product = dot(&minus(&x, &z), &minus(&w, &z));
        prop_assert!(product <= t * (h.value(&w) - h.value(&z)) + 1e-12 * (1.0 + t * lambda * 40.0));
    }
}

#[test]
fn sets_that_are_none_are_refused() {
    assert!(ScaledSimplex::new(0, 1.0).is_err());
    assert!(HalfSpace::new(&[0.0, 0.0], 1.0).is_err());
    assert!(HalfSpace::new(&[1.0, f64::NAN], 1.0).is_err());
    assert!(HalfSpace::new(&[1e-300], 1e300).is_err());
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(ScaledSimplex::new(2, bad).is_err());
        assert!(Ball::two(vec![0.0], bad).is_err());
    }
    assert!(Ball::one(vec![f64::NAN], 1.0).is_err());
    assert!(L1Norm::new(f64::NAN).is_err());
}

/// Entries of $`10^{300}`$ and their opposites: sums of squares overflow, the projections do not.
#[test]
fn projections_of_huge_points_are_finite() -> Result<(), MinimizeError> {
    let x = [1e300, -1e300, 1e299, 0.0];
    let zero = vec![0.0; N];
    for set in [
        Ball::one(zero.clone(), 1.0)?,
        Ball::two(zero.clone(), 1.0)?,
        Ball::infinity(zero, 1.0)?,
    ] {
        assert!(
            set.project(&x)
                .iter()
                .all(|p| p.is_finite() && p.abs() <= 1.0)
        );
    }
    let weights = ScaledSimplex::new(N, 1.0)?.project(&x);
    assert_eq!(weights, [1.0, 0.0, 0.0, 0.0]);
    Ok(())
}
