//! Mutual information: what one variable tells about another.

use super::entropy::entropy;
use crate::terms::{kl_term, total};
use gradus_probability::JointTable;
use std::iter::zip;

/// The mutual information of two variables, in nats: what each tells about the other on average.
///
/// ```math
/// I(X; Y) = \sum_{x, y} p(x, y) \ln \frac{p(x, y)}{p(x) \, p(y)} = H(X) + H(Y) - H(X, Y)
/// ```
///
/// The Kullback–Leibler divergence of the product of the marginals from the joint distribution: 0 exactly
/// for independent variables, the entropy $`H(X)`$ if Y determines X. Unlike a correlation it sees every
/// kind of dependence.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`I = H(X) + H(Y) - H(X, Y) = H(Y) - H(Y \mid X)`$ | `mutual_information_is_the_overlap_of_entropies` |
/// | $`I \le \min(H(X), H(Y))`$, to the bit | `mutual_information_is_at_most_either_entropy` |
/// | $`I \ge 0`$; 0 for independent variables; symmetric; $`I(X; X) = H(X)`$ | `mutual_information_is_symmetric_and_non_negative` |
/// | $`I(X; Z) \le I(X; Y)`$ if Z comes from Y (data processing) | `processing_loses_information` |
/// | concave in $`p(x)`$, convex in $`p(y \mid x)`$ | `mutual_information_is_concave_in_the_input` |
///
/// # Numerics
///
/// The terms of [`kl_divergence`](crate::kl_divergence), none of which is negative;
/// $`\ln(p(x) \, p(y))`$ is taken as $`\ln p(x) + \ln p(y)`$ and survives the underflow of the product. Never
/// above $`H(X)`$ or $`H(Y)`$.
///
/// # Examples
///
/// ```
/// use gradus_information::{JointTable, bits, mutual_information};
///
/// let glued = JointTable::new(&[[0.5, 0.0], [0.0, 0.5]])?;
/// assert_eq!(bits(mutual_information(&glued)), 1.0); // each tells the other
/// let independent = JointTable::new(&[[0.25, 0.25], [0.25, 0.25]])?;
/// assert_eq!(mutual_information(&independent), 0.0);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// T. M. Cover and J. A. Thomas, *Elements of Information Theory*, 2nd ed. (2006), eq. 2.28 and theorem 2.4.1.
#[must_use]
#[doc(alias = "information gain")]
pub fn mutual_information(table: &JointTable) -> f64 {
    let (px, py) = (table.marginal_x().as_slice(), table.marginal_y().as_slice());
    let marginals = px.iter().flat_map(|&px| py.iter().map(move |&py| (px, py)));
    let terms = zip(table.joint().as_slice(), marginals);
    let information = total(terms.map(|(&p, (px, py))| kl_term(p, px * py, px.ln() + py.ln())));
    let known = entropy(table.marginal_x()).min(entropy(table.marginal_y()));
    information.min(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_product_of_tiny_marginals_underflows() {
        let rare = JointTable::new(&[[1.0, 0.0], [0.0, 1e-200]]).unwrap();
        let expected = 1e-200 * 200.0 * 10.0_f64.ln() + 1e-200; // h(p) = −p ln p + p + …
        assert!((mutual_information(&rare) / expected - 1.0).abs() < 1e-14);
    }

    #[test]
    fn a_table_of_cover_and_thomas() {
        let table = JointTable::new(
            &[
                [4.0, 2.0, 1.0, 1.0],
                [2.0, 4.0, 1.0, 1.0],
                [2.0, 2.0, 2.0, 2.0],
                [8.0, 0.0, 0.0, 0.0],
            ]
            .map(|row| row.map(|k| k / 32.0)),
        )
        .unwrap();
        let information = crate::bits(mutual_information(&table));
        assert!(
            (information - 0.375).abs() <= 4.0 * f64::EPSILON,
            "{information}"
        );
    }
}
