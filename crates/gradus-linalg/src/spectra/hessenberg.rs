//! Eigenvectors by substitution in the Hessenberg form, where others overflow.

use crate::checked::check::{frobenius, times};
use crate::kernels::as_faer::{faer, faer_mut};
use crate::kernels::view::view;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::hessenberg::{hessenberg_in_place, hessenberg_in_place_scratch};
use faer::linalg::householder::{
    apply_block_householder_sequence_on_the_left_in_place_scratch as apply_scratch,
    apply_block_householder_sequence_on_the_left_in_place_with_conj as apply,
};
use faer::linalg::qr::no_pivoting::factor::recommended_block_size;
use faer::{Conj, Par, Spec};
use nalgebra::{Complex, DMatrix};

/// $`A = Q H Q^\top`$ with $`h_{ij} = 0`$ for $`i > j + 1`$.
#[derive(Debug)]
pub(crate) struct Hessenberg {
    q: DMatrix<f64>,
    h: DMatrix<f64>,
}

impl Hessenberg {
    pub(crate) fn new(a: &DMatrix<f64>) -> Self {
        let n = a.nrows();
        let below = n.saturating_sub(1);
        let block = recommended_block_size::<f64>(below, below);
        let (mut factors, mut coefficients) = (a.clone(), DMatrix::zeros(block, below));
        let scratch = hessenberg_in_place_scratch::<f64>(n, block, Par::Seq, Spec::default());
        let memory = &mut MemBuffer::new(scratch);
        let stack = MemStack::new(memory);
        let spec = Spec::default();
        hessenberg_in_place(
            faer_mut(&mut factors),
            faer_mut(&mut coefficients),
            Par::Seq,
            stack,
            spec,
        );

        let mut q = DMatrix::identity(n, n);
        let memory = &mut MemBuffer::new(apply_scratch::<f64>(below, block, below));
        apply(
            faer(&factors).submatrix(n - below, 0, below, below),
            faer(&coefficients),
            Conj::No,
            faer_mut(&mut q).submatrix_mut(n - below, n - below, below, below),
            Par::Seq,
            MemStack::new(memory),
        );
        let h = DMatrix::from_fn(n, n, |i, j| if i > j + 1 { 0.0 } else { factors[(i, j)] });
        Self { q, h }
    }

    /// A vector that $`A - \lambda I`$ maps to (almost) nothing, if $`\lambda`$ is an eigenvalue.
    ///
    /// One step of inverse iteration: $`U y = b`$, where $`U`$ is what elimination makes of
    /// $`H - \lambda I`$, and the signs of $`b`$ are chosen on the way so that $`y`$ grows. Before it can
    /// overflow it is scaled down, together with $`b`$: what remains is a residual of rounding errors.
    ///
    /// # References
    ///
    /// G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed. (2013), §7.6.1 (inverse iteration on
    /// the Hessenberg form) and §3.5.4 (the signs).
    pub(crate) fn eigenvector(&self, lambda: Complex<f64>) -> Vec<Complex<f64>> {
        let floor = (f64::EPSILON * frobenius(&self.h)).max(f64::MIN_POSITIVE);
        let y = null_vector(&eliminated(&self.h, lambda), floor);
        let parts = DMatrix::from_fn(y.len(), 2, |i, j| if j == 0 { y[i].re } else { y[i].im });
        let v = times(view(&self.q), view(&parts));
        (0..y.len())
            .map(|i| Complex::new(v[(i, 0)], v[(i, 1)]))
            .collect()
    }
}

/// $`U`$ of $`P (H - \lambda I) = L U`$: only neighboring rows change places.
fn eliminated(h: &DMatrix<f64>, lambda: Complex<f64>) -> DMatrix<Complex<f64>> {
    let n = h.nrows();
    let shift = |i, j| if i == j { lambda } else { Complex::ZERO };
    let mut u = DMatrix::from_fn(n, n, |i, j| Complex::from(h[(i, j)]) - shift(i, j));
    for k in 1..n {
        if u[(k, k - 1)].norm() > u[(k - 1, k - 1)].norm() {
            u.swap_rows(k - 1, k);
        }
        if u[(k, k - 1)] != Complex::ZERO {
            let factor = quotient(u[(k, k - 1)], u[(k - 1, k - 1)]);
            for j in k - 1..n {
                let above = u[(k - 1, j)];
                u[(k, j)] -= factor * above;
            }
        }
    }
    u
}

/// $`z / w`$ for $`|z| \le |w|`$, also where $`|w|^2`$ underflows, which makes NaN of `z / w`.
fn quotient(z: Complex<f64>, w: Complex<f64>) -> Complex<f64> {
    let size = w.norm();
    (z / size) * (w / size).conj()
}

/// $`y`$ with $`U y = b`$, $`|b_i| = \beta`$, where $`\beta`$ is tiny against $`y`$ if $`U`$ is nearly
/// singular; pivots below `floor` count as that.
fn null_vector(u: &DMatrix<Complex<f64>>, floor: f64) -> Vec<Complex<f64>> {
    let n = u.nrows();
    let (mut y, mut beta) = (vec![Complex::ZERO; n], 1.0);
    // What the finished entries of y contribute to each row.
    let mut sums = vec![Complex::ZERO; n];
    for i in (0..n).rev() {
        let size = sums[i].norm();
        let sign = if size == 0.0 {
            Complex::ONE
        } else {
            -sums[i] / size
        };
        let pivot = u[(i, i)];
        let pivot = if pivot.norm() < floor {
            Complex::from(floor)
        } else {
            pivot
        };
        y[i] = sign * (beta + size) / pivot;
        for k in 0..i {
            sums[k] += u[(k, i)] * y[i];
        }
        let growth = y[i].norm();
        if growth > GREAT {
            y.iter_mut().chain(&mut sums).for_each(|z| *z /= growth);
            beta /= growth;
        }
    }
    y
}

/// One more division by a pivot of rounding size is far from overflow.
const GREAT: f64 = 1e100;

#[cfg(test)]
mod tests {
    use super::Hessenberg;
    use crate::checked::check::{check_orthonormal, check_product};
    use crate::error::LinalgError;
    use crate::kernels::view::view;
    use nalgebra::{Complex, DMatrix};

    #[test]
    fn the_hessenberg_form_is_similar() -> Result<(), LinalgError> {
        for n in [0, 1, 2, 3, 9] {
            let a = DMatrix::from_fn(n, n, |i, j| ((3 * i + 5 * j) % 7) as f64 - 3.0);
            let form = Hessenberg::new(&a);
            let (q, h) = (view(&form.q), view(&form.h));
            check_orthonormal("q", q)?;
            check_product("form", &a, &[q, h, q.transposed()])?;
        }
        Ok(())
    }

    /// (1, -1e-200) is sent to 0; by the square of 1e-200 nothing can be divided.
    #[test]
    fn a_pivot_may_have_no_square() {
        let a = DMatrix::from_row_slice(2, 2, &[1e-200, 1.0, 1e-201, 0.1]);
        let v = Hessenberg::new(&a).eigenvector(Complex::ZERO);
        assert!(v[0].norm() > 0.0 && v[0].norm().is_finite());
        assert!(v[1].norm() < 1e-15 * v[0].norm());
    }

    #[test]
    fn a_chain_has_its_eigenvector_at_the_end() {
        let n = 60;
        let chain = DMatrix::from_fn(n, n, |i, j| f64::from(u8::from(i + 1 == j)));
        let v = Hessenberg::new(&chain).eigenvector(Complex::ZERO);
        assert!(v[0].norm() > 0.0 && v[0].norm().is_finite());
        assert!(v[1..].iter().all(|z| z.norm() < 1e-14 * v[0].norm()));
    }
}
