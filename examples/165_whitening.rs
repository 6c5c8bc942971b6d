//! Whitening: a long, tilted cloud becomes a round one, and descent goes straight to its goal.
//!
//! Four points, ±(3, 3) and ±(1, −1), have mean 0 and the covariance
//!
//! ```text
//! C = ⎛ 5  4 ⎞ = U Λ Uᵀ,    λ₁ = 9 along (1, 1)/√2,    λ₂ = 1 along (1, −1)/√2
//!     ⎝ 4  5 ⎠
//! ```
//!
//! Divided by its standard deviation along each of these axes, every cloud has the covariance W C Wᵀ = I. Since any
//! rotation of such a cloud is another one, there are many W. Two have a name:
//!
//! ```text
//! PCA    W = Λ^(−½) Uᵀ        the axes become the coordinates
//! ZCA    W = U Λ^(−½) Uᵀ      and are turned back: symmetric, the nearest to doing nothing
//! ```
//!
//! ZCA here: W = ⅓ (1, 1)(1, 1)ᵀ/2 + (1, −1)(1, −1)ᵀ/2, with ⅔ on the diagonal and −⅓ beside it.
//!
//! What is it good for? Gradient descent on a squared error sees the data by their covariance, and takes of the order
//! of κ = λ₁/λ₂ steps: along the short axis it could go nine times as far as the long one lets it. On white data
//! κ = 1, and the first step ends at the goal. Normalizing layers do half of it, the diagonal.
//!
//! A direction in which nothing varies has no white image; with a regularization ε > 0 variances become
//! λ/(λ + ε) instead of 1, and what hardly varies stays small.
//!
//! What to try: divide each coordinate by its own standard deviation, and compute C and κ again: half of the work is
//! not enough here. Whiten the digits of `160_digits_pca`, whose corners never vary.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{Whitening, WhiteningKind, covariance, max_norm, symmetric_eigenvalues};
use gradus::numeric::norm2;
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use gradus::random::{Key, fill_normal};
use std::error::Error;

/// Points of the cloud.
const POINTS: usize = 400;

fn main() -> Result<(), Box<dyn Error>> {
    let four = DMatrix::from_row_slice(2, 4, &[3.0, -3.0, 1.0, -1.0, 3.0, -3.0, -1.0, 1.0]);
    let zca = by_hand(&four)?;
    regularized(&four)?;

    let raw = cloud();
    let white = Whitening::fit(&raw, WhiteningKind::Zca, 0, 0.0)?.transform(&raw)?;
    println!("a cloud of {POINTS} normal points with the covariance 5, 4, 5");
    let (c, rounded) = (covariance(&raw, 0)?, covariance(&white, 0)?.map(f64::abs));
    println!("  C                 {:.4?}", c.as_slice());
    println!("  of the white ones {:.4?}", rounded.as_slice());
    let steps = [steps(&raw)?, steps(&white)?];
    draw(&raw, &white)?;

    let expected = DMatrix::from_row_slice(2, 2, &[2.0, -1.0, -1.0, 2.0]) / 3.0;
    let identity = max_norm(&(covariance(&white, 0)? - DMatrix::identity(2, 2))) < 1e-14;
    if max_norm(&(zca - expected)) < 1e-14 && identity && steps[1] == 1 {
        let [raw, white] = steps;
        println!("result: {raw} steps of descent on the raw cloud, {white} on the white one");
        Ok(())
    } else {
        Err(format!("white data have C = I and need one step, not {}", steps[1]).into())
    }
}

/// Both maps for four points; the symmetric one is returned.
fn by_hand(four: &DMatrix<f64>) -> Result<DMatrix<f64>, Box<dyn Error>> {
    let c = covariance(four, 0)?;
    println!("four points");
    println!("  C                 {:.4?}", c.as_slice());
    let lambda = symmetric_eigenvalues(&c)?;
    println!("  its eigenvalues   {:.4?}", lambda.as_slice());
    let mut symmetric = c;
    for (name, kind) in [("PCA", WhiteningKind::Pca), ("ZCA", WhiteningKind::Zca)] {
        let whitening = Whitening::fit(four, kind, 0, 0.0)?;
        let white = whitening.transform(four)?;
        let by_rows = whitening.matrix().transpose();
        println!("  {name}: W (by rows)  {:.4?}", by_rows.as_slice());
        for j in [0, 2] {
            let [x, y] = [0, 1].map(|i| (1e4 * white[(i, j)]).round() / 1e4 + 0.0); // no -0
            let (from_x, from_y) = (four[(0, j)], four[(1, j)]);
            println!("    ({from_x}, {from_y})  ↦  ({x:.4}, {y:.4})");
        }
        let back = whitening.inverse_transform(&white)?;
        println!("    and back        {:.0e}", max_norm(&(back - four)));
        symmetric.copy_from(whitening.matrix());
    }
    Ok(symmetric)
}

/// Variances with ε = 1: 9/10 and 1/2.
fn regularized(four: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let softly = Whitening::fit(four, WhiteningKind::Pca, 0, 1.0)?.transform(four)?;
    let variances = covariance(&softly, 0)?.diagonal();
    let shown = variances.as_slice();
    println!("  with ε = 1        variances {shown:.4?} = λ/(λ + 1)");
    if norm2((variances - DVector::from_row_slice(&[0.9, 0.5])).as_slice()) < 1e-14 {
        Ok(())
    } else {
        Err("variances are not λ/(λ + ε)".into())
    }
}

/// Normal points z, stretched and tilted: U Λ^½ z + (7, 0) has the covariance U Λ Uᵀ.
fn cloud() -> DMatrix<f64> {
    let mut z = vec![0.0; 2 * POINTS];
    fill_normal(&mut z, &mut Key::new(3).rng());
    let (z, half) = (DMatrix::from_vec(2, POINTS, z), 0.5_f64.sqrt());
    let map = DMatrix::from_row_slice(2, 2, &[3.0 * half, half, 3.0 * half, -half]);
    let center = DVector::from_row_slice(&[7.0, 0.0]);
    let mut x = map * z;
    x.column_iter_mut().for_each(|mut column| column += &center);
    x
}

/// Steps of gradient descent that fit y = wᵀ(x − µ) to the weights (1, 2), to six digits, at the rate 2/(λ₁ + λ₂).
fn steps(x: &DMatrix<f64>) -> Result<usize, Box<dyn Error>> {
    let c = covariance(x, 0)?;
    let lambda = symmetric_eigenvalues(&c)?;
    let rate = 2.0 / (lambda[0] + lambda[1]);
    let goal = DVector::from_row_slice(&[1.0, 2.0]);
    let mut w = DVector::zeros(2);
    let mut steps = 0;
    while norm2((&w - &goal).as_slice()) > 1e-6 && steps < 1000 {
        w -= rate * (&c * (&w - &goal));
        steps += 1;
    }
    let kappa = lambda[0] / lambda[1];
    println!("  κ = {kappa:<8.4}      steps of gradient descent: {steps}");
    Ok(steps)
}

/// The cloud before and after, as dots, in `out/`.
fn draw(raw: &DMatrix<f64>, white: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let dots = |x: &DMatrix<f64>| {
        let point = |j: usize| (x[(0, j)], x[(1, j)]);
        (0..x.ncols()).map(point).collect::<Vec<_>>()
    };
    let (raw, white) = (dots(raw), dots(white));
    let [raw, white] =
        [("raw", &raw), ("white", &white)].map(|(name, x)| PlaneCurve::points(name, x));
    let figure = Figure::new("A cloud before and after whitening", "x₁", "x₂").sized(720, 480);
    let path = save(
        "out/165_whitening.svg",
        &plane_curves(&figure, &[raw, white])?,
    )?;
    println!("picture: {}", path.display());
    Ok(())
}
