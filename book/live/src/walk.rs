//! Steps of an optimizer.

use gradus_numeric::Shape;
use gradus_optim::{At, Entry, Entrywise, Now, OptimError, ScaleByFactor, Schedule};

/// The direction of gradient descent.
pub(crate) const GRADIENT: ScaleByFactor = ScaleByFactor { factor: 1.0 };

/// Where steps against a direction, an equation of the library, lead from a start: `gradient` is asked for each step, from
/// 0, and `visit` sees the parameters after it. A chain of the library makes the same steps to the bit. It also splits
/// parameters into tensors and blocks, and bounds each step ahead: a page would load 60 kB more for a handful of numbers.
pub(crate) fn walk<E: From<OptimError>, D: Entrywise<f64>>(
    direction: &D,
    rate: &impl Schedule,
    start: Vec<f64>,
    steps: usize,
    mut gradient: impl FnMut(u64, &[f64]) -> Result<Vec<f64>, E>,
    mut visit: impl FnMut(&[f64]),
) -> Result<Vec<f64>, E> {
    rate.check()?;
    direction.check()?;
    let mut theta = start;
    let tensor = Entry {
        name: String::new(),
        offset: 0,
        shape: Shape::new(theta.len(), 1),
    };
    let mut state = vec![0.0; D::WIDTH * theta.len()];
    let mut numbers = vec![0.0; D::COUNT];
    for step in 0..steps as u64 {
        let gradient = gradient(step, &theta)?;
        let now = Now {
            step: step + 1, // a chain counts its steps from 1
            loss: None,
            before: &numbers.clone(),
        };
        direction.prepare(&now, &mut numbers)?;
        let entry = direction.entry(At {
            tensor: &tensor,
            numbers: &numbers,
            sums: [0.0; 2],
        });
        for (i, (x, &g)) in theta.iter_mut().zip(&gradient).enumerate() {
            *x -= rate.at(step) * entry(g, *x, &mut state[D::WIDTH * i..][..D::WIDTH]);
        }
        visit(&theta);
    }
    Ok(theta)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_optim::{
        Chain, Cosine, Gradient, Layout, Look, ScaleByAdam, Trace, adam, momentum, sgd,
    };

    const STEPS: usize = 30;
    const RATE: Cosine = Cosine {
        start: 0.03,
        end: 0.01,
        steps: 20,
    };
    const START: [f64; 2] = [-4.0, 1.5];

    fn slope(theta: &[f64]) -> Vec<f64> {
        vec![theta[0], 40.0 * theta[1]]
    }

    fn walked(direction: &impl Entrywise<f64>) -> Result<Vec<f64>, OptimError> {
        let slope = |_, theta: &[f64]| Ok::<_, OptimError>(slope(theta));
        walk(direction, &RATE, START.to_vec(), STEPS, slope, |_| ())
    }

    fn chained(chain: &Chain<f64>) -> Result<Vec<f64>, OptimError> {
        let mut theta = START.to_vec();
        let mut layout = Layout::new();
        layout.push("theta", Shape::new(2, 1))?;
        let mut state = chain.init(&layout, &theta)?;
        for _ in 0..STEPS {
            let gradient = slope(&theta);
            chain.update(&mut state, &mut theta, Gradient::sum_of(&[&gradient]))?;
        }
        Ok(theta)
    }

    #[test]
    fn a_picture_walks_as_the_chain_does() -> Result<(), OptimError> {
        assert_eq!(walked(&GRADIENT)?, chained(&sgd(RATE)?)?);
        let trace = Trace {
            decay: 0.8,
            look: Look::Here,
        };
        assert_eq!(walked(&trace)?, chained(&momentum(RATE, 0.8)?)?);
        assert_eq!(walked(&ScaleByAdam::default())?, chained(&adam(RATE)?)?);
        Ok(())
    }
}
