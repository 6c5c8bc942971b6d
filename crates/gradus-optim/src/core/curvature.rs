//! What a chain learns of the curvature.

use crate::core::chain::Chain;
use crate::core::ordinary::ordinary;
use crate::core::pass::MAX_VECTORS;
use crate::core::state::State;
use crate::core::transformation::Grain;
use crate::error::OptimError;
use gradus_numeric::Float;
use std::array::from_fn;

impl<T: Float> Chain<T> {
    /// Shows an estimate of the Hessian's diagonal to the links that learn it, such as
    /// [`ScaleBySophia`](crate::ScaleBySophia).
    ///
    /// ```math
    /// h \leftarrow \beta_2 h + (1 - \beta_2)\, \hat h
    /// ```
    ///
    /// It is called whenever there is an estimate, every ten steps or so, with one laid out like θ. Before
    /// [`update`](Self::update) the step uses it already, as in the paper; after it, the next one does. The step counter
    /// stays, parameters are not needed.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | a curvature that is refused changes nothing | `a_refused_curvature_changes_nothing` |
    ///
    /// # Errors
    ///
    /// [`OptimError::NoCurvature`], [`OptimError::CurvatureLength`], [`OptimError::BadCurvature`],
    /// [`OptimError::ForeignState`]; the state is then unchanged.
    pub fn learn_curvature(&self, state: &mut State<T>, curvature: &[T]) -> Result<(), OptimError> {
        let (expected, got) = (state.layout.len(), curvature.len());
        if expected != got {
            return Err(OptimError::CurvatureLength { expected, got });
        }
        self.check(state, curvature)?;
        if !self.links.iter().any(|link| link.what.learns()) {
            return Err(OptimError::NoCurvature);
        }
        check_curvature(state, curvature)?;
        for index in 0..self.links.len() {
            self.teach(index, state, curvature);
        }
        Ok(())
    }

    /// Shows a link its tensors, one after the other.
    fn teach(&self, index: usize, state: &mut State<T>, curvature: &[T]) {
        let link = &self.links[index];
        if !link.what.learns() || link.what.grain() == Grain::Whole {
            return; // directions of everything have no diagonal
        }
        let mut vectors = state.vectors[link.vectors.clone()].iter_mut();
        let mut rest: [&mut [T]; MAX_VECTORS] =
            from_fn(|_| vectors.next().map_or(&mut [][..], |v| &mut v[..]));
        for (tensor, entry) in state.layout.entries().iter().enumerate() {
            if !state.plan.active[index][tensor] {
                continue;
            }
            let mut own: [&mut [T]; MAX_VECTORS] = from_fn(|k| {
                let vector = link.vectors.start + k;
                let length = state
                    .plan
                    .lengths
                    .get(vector)
                    .filter(|_| vector < link.vectors.end);
                let length = length.map_or(0, |of| of[tensor]);
                rest[k].split_off_mut(..length).unwrap_or_default()
            });
            let count = link.vectors.len();
            link.what
                .learn(&curvature[entry.window()], &mut own[..count]);
        }
    }
}

fn check_curvature<T: Float>(state: &State<T>, curvature: &[T]) -> Result<(), OptimError> {
    let limit = ordinary::<T>();
    let Some(at) = curvature
        .iter()
        .position(|h| !h.is_finite() || h.abs() > limit)
    else {
        return Ok(());
    };
    let entry = state.layout.at(at);
    Err(OptimError::BadCurvature {
        parameter: entry.map(|e| e.name.clone()).unwrap_or_default(),
        index: at - entry.map_or(0, |e| e.offset),
        value: curvature[at].to_f64(),
        limit: limit.to_f64(),
    })
}
