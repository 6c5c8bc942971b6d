//! Inputs with a constant seed.

use gradus::numeric::Float;
use gradus::random::{Key, normal};

/// Standard normal numbers, the same in every run.
pub(crate) fn normals<T: Float>(count: usize) -> Vec<T> {
    let mut rng = Key::new(1).rng();
    (0..count).map(|_| T::from_f64(normal(&mut rng))).collect()
}
