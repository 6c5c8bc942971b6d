//! Classes made to count alike.

use crate::error::DataError;
use crate::tables::labelled::check_labels;
use gradus_random::rand::Rng;
use gradus_random::shuffle;

/// A weight for each class with which all classes weigh the same.
///
/// ```math
/// w_k = \frac{n}{K n_k}
/// ```
///
/// where $`n_k`$ of the $`n`$ samples are of class $`k`$ and $`K`$ classes occur at all. The weights of all samples sum
/// to $`n`$. A class that does not occur has weight 0, which no sample is given.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | every class that occurs weighs $`n / K`$ | `balanced_classes_weigh_the_same` |
///
/// # Errors
///
/// [`DataError::Empty`] without labels, [`DataError::LabelOutOfRange`].
///
/// # Examples
///
/// ```
/// use gradus_data::class_weights;
///
/// assert_eq!(class_weights(&[0, 0, 0, 1], 2)?, [4.0 / 6.0, 2.0]);
/// # Ok::<(), gradus_data::DataError>(())
/// ```
///
/// # References
///
/// G. King and L. Zeng, *Logistic regression in rare events data*, Political Analysis 9 (2001), 137–163, section 4.2.
pub fn class_weights(labels: &[u32], classes: u32) -> Result<Vec<f64>, DataError> {
    let members = members(labels, classes)?;
    let present = members.iter().filter(|class| !class.is_empty()).count();
    let weight = |class: &Vec<u32>| match class.len() {
        0 => 0.0,
        n => labels.len() as f64 / (present as f64 * n as f64),
    };
    Ok(members.iter().map(weight).collect())
}

/// Indices of samples in which every class that occurs is as frequent as the largest, in random order.
///
/// Samples of smaller classes come several times: each as often as the others, up to one. Only training samples should
/// be repeated, after the split: a copy in the test set is a sample that was learned by heart.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | all classes get the size of the largest, all samples come, copies differ by at most one | `oversampling_repeats_evenly` |
///
/// # Errors
///
/// [`DataError::Empty`] without labels, [`DataError::LabelOutOfRange`].
///
/// # Examples
///
/// ```
/// use gradus_data::{Key, oversampled};
///
/// let labels = [0, 0, 0, 1];
/// let indices = oversampled(&labels, 2, &mut Key::new(1).rng())?;
/// assert_eq!(indices.iter().filter(|&&i| i == 3).count(), 3); // the rare one, three times
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn oversampled(
    labels: &[u32],
    classes: u32,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<u32>, DataError> {
    let mut members = members(labels, classes)?;
    let largest = members.iter().map(Vec::len).max().unwrap_or(0);
    let mut chosen = Vec::new();
    for class in &mut members {
        shuffle(class, rng);
        if !class.is_empty() {
            chosen.extend(class.iter().cycle().take(largest));
        }
    }
    shuffle(&mut chosen, rng);
    Ok(chosen)
}

/// Indices of samples in which every class that occurs is as frequent as the smallest, in random order.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | all classes get the size of the smallest, no sample comes twice | `undersampling_keeps_the_smallest_class` |
///
/// # Errors
///
/// [`DataError::Empty`] without labels, [`DataError::LabelOutOfRange`].
///
/// # Examples
///
/// ```
/// use gradus_data::{Key, undersampled};
///
/// let indices = undersampled(&[0, 0, 0, 1], 2, &mut Key::new(1).rng())?;
/// assert!(indices.len() == 2 && indices.contains(&3));
/// # Ok::<(), gradus_data::DataError>(())
/// ```
pub fn undersampled(
    labels: &[u32],
    classes: u32,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Vec<u32>, DataError> {
    let mut members = members(labels, classes)?;
    members.retain(|class| !class.is_empty());
    let smallest = members.iter().map(Vec::len).min().unwrap_or(0);
    let mut chosen = Vec::new();
    for class in &mut members {
        shuffle(class, rng);
        chosen.extend(class.iter().take(smallest));
    }
    shuffle(&mut chosen, rng);
    Ok(chosen)
}

/// The samples of each class.
pub(crate) fn members(labels: &[u32], classes: u32) -> Result<Vec<Vec<u32>>, DataError> {
    check_labels(labels, classes)?;
    if labels.is_empty() {
        return Err(DataError::Empty);
    }
    let mut members = vec![Vec::new(); classes as usize];
    for (i, &label) in (0..).zip(labels) {
        members[label as usize].push(i); // below the number of classes
    }
    Ok(members)
}
