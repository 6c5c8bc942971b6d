//! Down into a bowl. Book: *Conjugate gradients*.

/// One step of conjugate gradients for $`A x = b`$: from the point x, what is left of the equations, $`r = b - A x`$, and the direction p to the
/// next three.
///
/// $`\alpha = r^\top r / p^\top A p`$ leads to the lowest point along p: $`x' = x + \alpha p`$, $`r' = r - \alpha A p`$. The next direction is
/// $`p' = r' + \beta p`$ with $`\beta = r'^\top r' / r^\top r`$. `a` holds the rows of a symmetric positive definite matrix.
pub fn conjugate_gradients_step(
    a: &[Vec<f64>],
    x: &[f64],
    r: &[f64],
    p: &[f64],
) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    todo!("{a:?} {x:?} {r:?} {p:?}")
}

gradus_judges::judge!(conjugate_gradients_step);
