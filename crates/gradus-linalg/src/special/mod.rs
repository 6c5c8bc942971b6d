//! Matrices with a name, whose properties are known in closed form: to test algorithms with, and to learn from.
//!
//! | matrix | entries | what it is good for |
//! |---|---|---|
//! | [`hilbert`], [`hilbert_inverse`] | $`1 / (i + j + 1)`$ | so ill-conditioned that each row costs 1.5 digits |
//! | [`vandermonde`] | $`x_i^j`$ | polynomials through points |
//! | [`toeplitz`], [`circulant`] | $`t_{i - j}`$ | convolution |
//! | [`hadamard_matrix`] | ±1 | orthogonal without rounding |
//! | [`pascal`] | $`\binom{i + j}{i}`$ | determinant 1, and an inverse in integers |
//! | [`wilkinson`] | $`\lvert i - m \rvert`$ and ones beside | pairs of eigenvalues that almost agree |
//! | [`wilkinson_growth`] | 1, −1 and a column of ones | elimination grows as $`2^{n - 1}`$ |
//! | [`lauchli`] | a row of ones over $`\mu I`$ | $`A^\top A`$ loses what A knows |
//! | [`random_orthogonal`] | uniform among all orthogonal matrices | a random basis |
//! | [`random_with_singular_values`], [`random_symmetric`] | any spectrum | a condition number of one's choice |

mod hadamard_matrix;
mod hilbert;
mod lauchli;
mod pascal;
mod random;
mod toeplitz;
mod vandermonde;
mod wilkinson;

pub use hadamard_matrix::hadamard_matrix;
pub use hilbert::{hilbert, hilbert_inverse};
pub use lauchli::lauchli;
pub use pascal::pascal;
pub use random::{random_orthogonal, random_symmetric, random_with_singular_values};
pub use toeplitz::{circulant, toeplitz};
pub use vandermonde::vandermonde;
pub use wilkinson::{wilkinson, wilkinson_growth};
