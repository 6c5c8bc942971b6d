//! The cosine of an angle. Book: *Length, distance, angle*.

/// The cosine of the angle between two vectors of one length, neither of which is zero.
pub fn cosine(x: &[f64], y: &[f64]) -> f64 {
    todo!("{x:?} {y:?}")
}

gradus_judges::judge!(cosine);
