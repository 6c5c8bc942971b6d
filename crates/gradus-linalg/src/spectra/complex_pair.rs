//! Eigenvalues of a real matrix with their vectors, one of each conjugate pair, checked.

use crate::checked::check::{at_most, frobenius, rounding, times};
use crate::error::LinalgError;
use crate::kernels::as_faer::{faer, faer_mut};
use crate::kernels::sign::leading;
use crate::kernels::view::view;
use crate::spectra::balanced::Balanced;
use crate::spectra::hessenberg::Hessenberg;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{ComputeEigenvectors, evd_real, evd_scratch};
use faer::{Par, Spec, diag::Diag};
use gradus_numeric::norm2;
use nalgebra::{Complex, DMatrix};
use std::cmp::Ordering;

/// $`\lambda`$ and $`v`$ with $`A v = \lambda v`$.
#[derive(Clone, Debug)]
pub(crate) struct ComplexPair {
    pub(crate) value: Complex<f64>,
    pub(crate) vector: Vec<Complex<f64>>,
}

/// The pairs with $`\operatorname{Im} \lambda \ge 0`$, largest modulus first; those that are not real stand
/// for their conjugates too. Those of the balanced matrix, unless what is small in its units is not in those of `a`.
pub(crate) fn eigenpairs(a: &DMatrix<f64>) -> Result<Vec<ComplexPair>, LinalgError> {
    let balanced = Balanced::new(a);
    if balanced.is_unchanged() {
        return pairs_as_they_are(a);
    }
    let in_balance = pairs_as_they_are(&balanced.matrix);
    in_balance
        .and_then(|pairs| restored(a, &balanced, pairs))
        .or_else(|_| pairs_as_they_are(a))
}

/// The pairs of `a`, from those of the balanced matrix.
fn restored(
    a: &DMatrix<f64>,
    balanced: &Balanced,
    mut pairs: Vec<ComplexPair>,
) -> Result<Vec<ComplexPair>, LinalgError> {
    let bound = bound(a);
    for pair in &mut pairs {
        pair.vector = balanced.restored(&pair.vector);
        pair.normalize();
        pair.check(a, bound)?;
    }
    Ok(pairs)
}

/// The checked pairs, without balancing.
fn pairs_as_they_are(a: &DMatrix<f64>) -> Result<Vec<ComplexPair>, LinalgError> {
    let bound = bound(a);
    let mut hessenberg = None;
    let mut pairs = unchecked(a)?;
    for pair in &mut pairs {
        pair.normalize();
        if pair.check(a, bound).is_err() {
            let form = hessenberg.get_or_insert_with(|| Hessenberg::new(a));
            pair.vector = form.eigenvector(pair.value);
            pair.normalize();
            pair.check(a, bound)?;
        }
    }
    check_power_sums(a, &pairs)?;
    pairs.sort_by(descending);
    Ok(pairs)
}

/// $`10\,n^2 u \lVert A \rVert_F`$.
fn bound(a: &DMatrix<f64>) -> f64 {
    rounding(a.nrows(), a.nrows()) * frobenius(a)
}

impl ComplexPair {
    pub(crate) fn conjugate(&self) -> Self {
        Self {
            value: self.value.conj(),
            vector: self.vector.iter().map(Complex::conj).collect(),
        }
    }

    /// Length 1, and the leading entry real and positive.
    fn normalize(&mut self) {
        let moduli: Vec<f64> = self.vector.iter().map(|z| z.norm()).collect();
        let (length, Some(i)) = (norm2(&moduli), leading(&moduli)) else {
            return;
        };
        let phase = self.vector[i].conj() / moduli[i];
        for z in &mut self.vector {
            *z = *z * phase / length;
        }
        self.vector[i] = Complex::new(moduli[i] / length, 0.0);
    }

    fn check(&self, a: &DMatrix<f64>, bound: f64) -> Result<(), LinalgError> {
        at_most("eigen, residual", self.residual(a), bound)
    }

    /// $`\lVert A v - \lambda v \rVert_2`$.
    fn residual(&self, a: &DMatrix<f64>) -> f64 {
        let part = |z: Complex<f64>, j: usize| if j == 0 { z.re } else { z.im };
        let n = self.vector.len();
        let v = DMatrix::from_fn(n, 2, |i, j| part(self.vector[i], j));
        let stretched = DMatrix::from_fn(n, 2, |i, j| part(self.value * self.vector[i], j));
        frobenius(&(times(view(a), view(&v)) - stretched))
    }
}

/// By modulus, then by real part.
fn descending(p: &ComplexPair, q: &ComplexPair) -> Ordering {
    let modulus = q.value.norm().total_cmp(&p.value.norm());
    modulus.then(q.value.re.total_cmp(&p.value.re))
}

/// Pairs that satisfy $`A v = \lambda v`$ could still be too many of one kind: $`\sum \lambda_i`$ and
/// $`\sum \lambda_i^2`$ must be the traces of $`A`$ and of $`A^2`$.
///
/// Both move by at most $`2 n \lVert A \rVert_F \lVert E \rVert_F`$ if the matrix moves by $`E`$.
fn check_power_sums(a: &DMatrix<f64>, pairs: &[ComplexPair]) -> Result<(), LinalgError> {
    let n = a.nrows();
    let size = frobenius(a);
    let bound = 2.0 * n as f64 * rounding(n, n);
    let total = |power: i32| -> f64 {
        let twice = |z: Complex<f64>| if z.im == 0.0 { 1.0 } else { 2.0 };
        let term = |p: &ComplexPair| twice(p.value) * p.value.powi(power).re;
        pairs.iter().map(term).sum()
    };
    let trace: f64 = (0..n).map(|i| a[(i, i)]).sum();
    let entries = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
    let trace_of_square: f64 = entries.map(|(i, j)| a[(i, j)] * a[(j, i)]).sum();
    at_most("eigen, trace", (total(1) - trace).abs(), bound * size)?;
    let difference = (total(2) - trace_of_square).abs();
    at_most(
        "eigen, trace of the square",
        difference,
        bound * size * size,
    )
}

/// What the iteration gives; vectors of long chains may have overflowed.
fn unchecked(a: &DMatrix<f64>) -> Result<Vec<ComplexPair>, LinalgError> {
    let n = a.nrows();
    let (mut re, mut im, mut v) = (Diag::zeros(n), Diag::zeros(n), DMatrix::zeros(n, n));
    let failed = LinalgError::NoDecomposition { operation: "eigen" };
    if n > 0 {
        let (no, yes, spec) = (
            ComputeEigenvectors::No,
            ComputeEigenvectors::Yes,
            Spec::default(),
        );
        let scratch = evd_scratch::<f64>(n, no, yes, Par::Seq, spec);
        evd_real(
            faer(a),
            re.as_mut(),
            im.as_mut(),
            None,
            Some(faer_mut(&mut v)),
            Par::Seq,
            MemStack::new(&mut MemBuffer::new(scratch)),
            Spec::default(),
        )
        .map_err(|_| failed)?;
    }
    let (mut pairs, mut j) = (Vec::with_capacity(n), 0);
    while j < n {
        let (value, is_real) = (Complex::new(re[j], im[j]), im[j] == 0.0);
        if !is_real && j + 1 == n {
            return Err(failed);
        }
        // Of a conjugate pair, one column holds the real parts and the next one the imaginary ones.
        let imaginary = |i: usize| if is_real { 0.0 } else { v[(i, j + 1)] };
        let vector = (0..n)
            .map(|i| Complex::new(v[(i, j)], imaginary(i)))
            .collect();
        let pair = ComplexPair { value, vector };
        pairs.push(if value.im < 0.0 {
            pair.conjugate()
        } else {
            pair
        });
        j += if is_real { 1 } else { 2 };
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::{ComplexPair, check_power_sums, eigenpairs};
    use crate::error::LinalgError;
    use nalgebra::{Complex, DMatrix};

    #[test]
    fn a_vector_is_normalized() {
        let vector = vec![Complex::new(0.0, 3.0), Complex::new(0.0, -4.0)];
        let value = Complex::new(1.0, 0.0);
        let mut pair = ComplexPair { value, vector };
        pair.normalize();
        assert_eq!(
            pair.vector,
            [Complex::new(-0.6, 0.0), Complex::new(0.8, 0.0)]
        );
    }

    #[test]
    fn the_power_sums_find_an_eigenvalue_that_is_there_twice() -> Result<(), LinalgError> {
        let a = DMatrix::from_row_slice(2, 2, &[2.0, 0.0, 0.0, 1.0]);
        let mut pairs = eigenpairs(&a)?;
        pairs[1] = pairs[0].clone();
        assert_eq!(pairs[1].residual(&a), 0.0);
        assert!(matches!(
            check_power_sums(&a, &pairs),
            Err(LinalgError::Inaccurate { found: 1.0, .. })
        ));
        Ok(())
    }
}
