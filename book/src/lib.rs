//! What the pages of the book compute live: plain exports over numbers in one shared buffer.
//!
//! JavaScript writes `n` numbers at [`buffer`], calls a function, and reads its results there.

use gradus_information::entropy;
use gradus_numeric::{Simplex, softmax_with_temperature};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Where inputs and results lie; 64 numbers.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn buffer() -> *const AtomicU64 {
    BUFFER.as_ptr()
}

/// Replaces `n` scores by their softmax at a temperature; the result is its entropy in nats, or NaN.
#[allow(unsafe_code, reason = "a name that JavaScript can call")]
#[unsafe(no_mangle)]
pub extern "C" fn softmax(n: usize, temperature: f64) -> f64 {
    let scores: Vec<f64> = BUFFER.iter().take(n).map(load).collect();
    let Ok(p) = softmax_with_temperature(&scores, temperature) else {
        return f64::NAN;
    };
    for (cell, p) in BUFFER.iter().zip(&p) {
        cell.store(p.to_bits(), Relaxed);
    }
    Simplex::new(p).map_or(f64::NAN, |p| entropy(&p))
}

fn load(cell: &AtomicU64) -> f64 {
    f64::from_bits(cell.load(Relaxed))
}

static BUFFER: [AtomicU64; 64] = [const { AtomicU64::new(0) }; 64];

/// The pages, for `cargo test --doc`.
#[cfg(doctest)]
mod pages {
    include!(concat!(env!("OUT_DIR"), "/pages.rs"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softmax_of_two() {
        BUFFER[0].store(3.0_f64.ln().to_bits(), Relaxed);
        BUFFER[1].store(0.0_f64.to_bits(), Relaxed);
        let entropy = softmax(2, 1.0);
        let p = [load(&BUFFER[0]), load(&BUFFER[1])];
        assert!((p[0] - 0.75).abs() < 1e-15 && (p[1] - 0.25).abs() < 1e-15);
        assert!((entropy - 0.562_335).abs() < 1e-6);
        assert!(softmax(2, 0.0).is_nan());
    }
}
