//! Folds within folds: what chooses the settings never sees what judges the choice.

use crate::error::EvaluationError;
use crate::splits::folds::Fold;

/// An outer fold, and the folds of its training part.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Key, Nested, folds, nested_folds};
///
/// let rng = &mut Key::new(1).rng();
/// let outer = folds(6, 3, rng)?;
/// let rounds: Vec<Nested> = nested_folds(outer, |train| folds(train.len() as u32, 2, rng))?;
/// assert_eq!((rounds[0].outer.train.len(), rounds[0].inner[0].train.len()), (4, 2));
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nested {
    /// To learn from with the settings that were chosen, and to judge them by.
    pub outer: Fold,
    /// To choose the settings by: indices of the outer training part only.
    pub inner: Vec<Fold>,
}

/// Cuts the training part of every outer fold into inner folds.
///
/// A setting that wins among many has also been lucky, and the score by which it won tells the luck as skill. In a
/// nested cross-validation the inner folds choose and the outer ones judge: the judged samples had no part in the choice.
///
/// `inner` gets the indices of a training part and cuts their *places* `0..train.len()`; so it may look up labels
/// or groups, and inner folds keep groups together or classes even in the same way as outer ones.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the inner folds of a round hold its training part, and nothing that it judges | `nested_folds_never_see_what_they_judge` |
/// | inner folds by groups cut no group | `nested_folds_cut_no_group` |
///
/// # Errors
///
/// What `inner` returns; [`EvaluationError::NoSuchSample`] if it gives a place beyond the training part.
///
/// # Examples
///
/// ```
/// use gradus_evaluation::{Key, grouped_folds, nested_folds};
///
/// let patient = [0, 0, 1, 1, 2, 2];
/// let rng = &mut Key::new(1).rng();
/// let outer = grouped_folds(&patient, 3, rng)?;
/// let rounds = nested_folds(outer, |train| {
///     let patients: Vec<u32> = train.iter().map(|&i| patient[i as usize]).collect();
///     grouped_folds(&patients, 2, rng)
/// })?;
/// assert_eq!(rounds[0].inner[0].validation.len(), 2); // one patient
/// # Ok::<(), gradus_evaluation::EvaluationError>(())
/// ```
///
/// # References
///
/// G. C. Cawley and N. L. C. Talbot, *On over-fitting in model selection and subsequent selection bias in performance
/// evaluation*, JMLR 11 (2010), 2079–2107.
#[doc(alias = "nested cross-validation")]
pub fn nested_folds(
    outer: Vec<Fold>,
    mut inner: impl FnMut(&[u32]) -> Result<Vec<Fold>, EvaluationError>,
) -> Result<Vec<Nested>, EvaluationError> {
    let round = |outer: Fold| {
        let folds = inner(&outer.train)?;
        let named = |fold: &Fold| -> Result<Fold, EvaluationError> {
            Ok(Fold {
                train: indices(&outer.train, &fold.train)?,
                validation: indices(&outer.train, &fold.validation)?,
            })
        };
        let inner = folds.iter().map(named).collect::<Result<_, _>>()?;
        Ok(Nested { outer, inner })
    };
    outer.into_iter().map(round).collect()
}

/// The samples at these places of a part.
fn indices(part: &[u32], places: &[u32]) -> Result<Vec<u32>, EvaluationError> {
    let samples = part.len();
    let at = |&index: &u32| part.get(index as usize).copied().ok_or(index);
    let found: Result<Vec<u32>, u32> = places.iter().map(at).collect();
    found.map_err(|index| EvaluationError::NoSuchSample { index, samples })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_indices() {
        let (train, validation) = (vec![5, 7, 9], vec![6, 8]);
        let inner = |places: [u32; 2]| Fold {
            train: vec![places[0]],
            validation: vec![places[1]],
        };
        let outer = vec![Fold { train, validation }];
        let rounds = nested_folds(outer.clone(), |_| Ok(vec![inner([0, 2])])).unwrap();
        assert_eq!(rounds[0].inner, [inner([5, 9])]);
        let (index, samples) = (3, 3);
        assert_eq!(
            nested_folds(outer, |_| Ok(vec![inner([0, 3])])),
            Err(EvaluationError::NoSuchSample { index, samples })
        );
    }
}
