//! Mutual information of a density and a label from the numbers of neighbors.

use super::kraskov::mean_digamma;
use super::neighbors::{Margin, Points};
use crate::error::InformationError;
use gradus_numeric::{MatrixRef, digamma};
use std::collections::BTreeMap;

/// Ross's estimate of the mutual information of numbers and a label, in nats.
///
/// ```math
/// \hat I(X; Y) = \psi(k) + \psi(N) - \frac{1}{N} \sum_{j=1}^N \bigl( \psi(N_j) + \psi(m_j + 1) \bigr)
/// ```
///
/// where $`N_j`$ samples have the label of sample j, and $`m_j`$ other samples of any label are closer to it than the `k`-th neighbor with its label is, in the maximum
/// norm; $`\psi`$ is [`digamma`]. If x tells the label, whoever is near has the same one, and $`m_j`$ is hardly larger than k. How much one feature
/// tells about a class: no bins are needed.
///
/// # Shapes
///
/// `x: d × N`, one sample a column, `labels: N`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the formula, with neighbors found among all samples | `neighbors_with_a_label_are_neighbors_among_all` |
/// | groups that lie apart tell their label in full: $`\psi(N) - \tfrac1N \sum_j \psi(N_j)`$ | `labels_of_groups_that_lie_apart_are_told_in_full` |
/// | the order of the samples and the names of the labels do not matter; moved, mirrored, in another unit: the same | `information_of_labels_does_not_see_names` |
///
/// # Numerics
///
/// As [`mutual_information_ksg1`](crate::mutual_information_ksg1): exact neighbors, a sum of counts, not cut off at 0.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if there are not as many labels as samples; [`InformationError::NoNeighbor`] if a label has at most k
/// samples; else as [`entropy_nearest`](crate::entropy_nearest) of the samples of each label.
///
/// # Examples
///
/// ```
/// use gradus_information::{MatrixRef, mutual_information_labels};
///
/// // two groups: ψ(1) + ψ(4) − ψ(2) − ψ(1) = 1/2 + 1/3
/// let x = [0.0, 1.0, 9.0, 10.0];
/// let told = mutual_information_labels(MatrixRef::from_row(&x), &[0, 0, 1, 1], 1)?;
/// assert!((told - 5.0 / 6.0).abs() < 1e-15);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// B. C. Ross, *Mutual information between discrete and continuous data sets*, PLOS ONE 9 (2014), e87357, eq. 1.
pub fn mutual_information_labels(
    x: MatrixRef<'_, f64>,
    labels: &[u32],
    k: usize,
) -> Result<f64, InformationError> {
    let (left, right) = (x.columns(), labels.len());
    if left != right {
        return Err(InformationError::LengthMismatch { left, right });
    }
    let points = Points::new(&[x])?;
    let all = Margin::new(&points)?;
    let (mut near, mut classes) = (vec![0; left + 1], vec![0; left + 1]);
    for samples in by_label(labels).values() {
        let group = points.some(samples);
        let tree = group.tree()?;
        classes[samples.len()] += samples.len();
        for (sample, point) in samples.iter().zip(group.iter()) {
            let radius = tree.neighborhood(*sample, point, k)?.radius;
            near[all.within(point, radius.next_down())?] += 1;
        }
    }
    let n = left as f64;
    let apart = mean_digamma(&classes, n) + mean_digamma(&near, n);
    Ok(digamma(k as f64) + digamma(n) - apart)
}

/// The samples of each label.
fn by_label(labels: &[u32]) -> BTreeMap<u32, Vec<usize>> {
    let mut samples = BTreeMap::<_, Vec<_>>::new();
    for (sample, label) in labels.iter().enumerate() {
        samples.entry(*label).or_default().push(sample);
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_do_not_fit_are_errors() {
        let of = |x: &[f64], labels: &[u32], k| {
            mutual_information_labels(MatrixRef::from_row(x), labels, k)
        };
        let (left, right) = (2, 1);
        assert_eq!(
            of(&[0.0, 1.0], &[0], 1),
            Err(InformationError::LengthMismatch { left, right })
        );
        assert_eq!(of(&[], &[], 1), Err(InformationError::Empty));
        let (neighbors, samples) = (1, 1);
        assert_eq!(
            of(&[0.0, 1.0, 2.0], &[4, 4, 7], 1),
            Err(InformationError::NoNeighbor { neighbors, samples })
        );
        let sample = 2;
        assert_eq!(
            of(&[0.0, 1.0, 5.0, 5.0], &[0, 0, 1, 1], 1),
            Err(InformationError::Repeated { sample, neighbors })
        );
        // equal samples with different labels are fine
        assert!(of(&[0.0, 1.0, 0.0, 1.0], &[0, 0, 1, 1], 1).unwrap() < 0.0);
    }
}
