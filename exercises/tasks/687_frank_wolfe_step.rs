//! Some way to a corner. Book: *Minima within bounds*.

/// Step number k (from 0) of Frank and Wolfe on the simplex: $`x + \gamma\,(s - x)`$ with $`\gamma = 2 / (k + 2)`$. s is the corner of the simplex
/// where the linear function $`g \cdot s`$ is smallest: a 1 at the smallest entry of the gradient g (the first of equal ones), 0 elsewhere.
///
/// x is a distribution.
pub fn frank_wolfe_step(x: &[f64], g: &[f64], k: usize) -> Vec<f64> {
    todo!("{x:?} {g:?} {k}")
}

gradus_judges::judge!(frank_wolfe_step);
