//! Two distributions on one set.

use crate::error::InformationError;
use gradus_numeric::Simplex;
use std::iter::{Zip, zip};
use std::slice::Iter;

/// Their probabilities side by side.
pub(super) type Pairs<'a> = Zip<Iter<'a, f64>, Iter<'a, f64>>;

/// Their probabilities side by side, if they are equally many.
pub(super) fn pairs<'a>(p: &'a Simplex, q: &'a Simplex) -> Result<Pairs<'a>, InformationError> {
    let (p, q) = slices(p, q)?;
    Ok(zip(p, q))
}

/// Their probabilities, if they are equally many.
pub(super) fn slices<'a>(
    p: &'a Simplex,
    q: &'a Simplex,
) -> Result<(&'a [f64], &'a [f64]), InformationError> {
    if p.len() != q.len() {
        return Err(InformationError::LengthMismatch {
            left: p.len(),
            right: q.len(),
        });
    }
    Ok((p.as_slice(), q.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergences::cross_entropy::cross_entropy;
    use crate::divergences::hellinger::hellinger;
    use crate::divergences::jensen_shannon::jensen_shannon;
    use crate::divergences::kl::kl_divergence;
    use crate::divergences::total_variation::total_variation;

    fn simplex(p: &[f64]) -> Simplex {
        Simplex::new(p.to_vec()).unwrap()
    }

    #[test]
    fn distributions_must_have_the_same_length() {
        let (p, q) = (simplex(&[1.0]), simplex(&[0.5, 0.5]));
        let mismatch = Err(InformationError::LengthMismatch { left: 1, right: 2 });
        for f in [
            cross_entropy,
            kl_divergence,
            jensen_shannon,
            total_variation,
            hellinger,
        ] {
            assert_eq!(f(&p, &q), mismatch);
        }
    }
}
