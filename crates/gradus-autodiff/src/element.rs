//! Numbers that can stand in matrices on a tape, and their matrix product.

use crate::forward::{Dual, Watched};
use gradus_linalg::Scalar;
use gradus_numeric::{MatrixMut, MatrixRef, Real};

/// A number that can stand in matrices on a tape: `f32`, `f64`, [`Dual`]s and [`Watched`] numbers of them.
///
/// What a tape needs beyond [`Real`] is a matrix product: the fast one of `gradus-linalg` for machine
/// numbers, the definition for duals.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::{Dual, Element};
///
/// fn bytes<T: Element>() -> usize {
///     size_of::<T>()
/// }
/// assert_eq!((bytes::<f32>(), bytes::<Dual<f64>>()), (4, 16));
/// ```
pub trait Element: Real + Send + Sync + 'static {
    /// $`C = A B`$. Shapes that do not fit give a `C` of NaN; a tape checks them before.
    fn product(a: MatrixRef<'_, Self>, b: MatrixRef<'_, Self>, c: MatrixMut<'_, Self>);

    /// $`a x + b`$ for the number $`a`$; machine numbers round once.
    #[must_use]
    #[inline(always)]
    fn multiply_add(self, x: Self, b: Self) -> Self {
        self * x + b
    }
}

/// By the fast product of `gradus-linalg`.
impl<T: Scalar> Element for T {
    fn product(a: MatrixRef<'_, Self>, b: MatrixRef<'_, Self>, mut c: MatrixMut<'_, Self>) {
        if gradus_linalg::product(a, b, c.reborrow()).is_err() {
            fill_with_nan(&mut c);
        }
    }
    #[inline(always)]
    fn multiply_add(self, x: Self, b: Self) -> Self {
        self.fused(x, b)
    }
}

/// In dual arithmetic, which is
/// $`(A + A'\varepsilon)(B + B'\varepsilon) = A B + (A' B + A B')\,\varepsilon`$.
impl<R: Element> Element for Dual<R> {
    fn product(a: MatrixRef<'_, Self>, b: MatrixRef<'_, Self>, c: MatrixMut<'_, Self>) {
        product_by_definition(a, b, c);
    }
}

impl<R: Element> Element for Watched<R> {
    fn product(a: MatrixRef<'_, Self>, b: MatrixRef<'_, Self>, c: MatrixMut<'_, Self>) {
        product_by_definition(a, b, c);
    }
}

/// $`c_{ij} = \sum_k a_{ik} b_{kj}`$.
fn product_by_definition<T: Real>(
    a: MatrixRef<'_, T>,
    b: MatrixRef<'_, T>,
    mut c: MatrixMut<'_, T>,
) {
    if a.columns() != b.rows() {
        return fill_with_nan(&mut c);
    }
    for i in 0..c.rows() {
        for j in 0..c.columns() {
            if let Some(c) = c.get_mut(i, j) {
                *c = a.row(i).zip(b.column(j)).map(|(a, b)| a * b).sum();
            }
        }
    }
}

fn fill_with_nan<T: Real>(c: &mut MatrixMut<'_, T>) {
    c.as_mut_slice().fill(T::from_f64(f64::NAN));
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_numeric::{Order, Shape};

    fn product<T: Element>(a: [T; 4], b: [T; 4]) -> [T; 4] {
        let (square, mut c) = (Shape::new(2, 2), a);
        T::product(
            MatrixRef::new(&a, square, Order::Rows).unwrap(),
            MatrixRef::new(&b, square, Order::Columns).unwrap(),
            MatrixMut::new(&mut c, square, Order::Rows).unwrap(),
        );
        c
    }

    #[test]
    fn a_product_by_hand() {
        // (1 2; 3 4) (5 7; 6 8) by columns
        assert_eq!(
            product([1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]),
            [17.0, 23.0, 39.0, 53.0]
        );
    }

    #[test]
    fn a_product_of_duals_follows_the_product_rule() {
        let a = [1.0, 2.0, 3.0, 4.0].map(Dual::variable);
        let b = [5.0, 6.0, 7.0, 8.0].map(Dual::constant);
        let c = product(a, b);
        assert_eq!(c.map(|c| c.value), [17.0, 23.0, 39.0, 53.0]);
        assert_eq!(c.map(|c| c.derivative), [11.0, 15.0, 11.0, 15.0]); // column sums of B
    }

    #[test]
    fn shapes_that_do_not_fit_give_nan() {
        fn nan<T: Element>() -> bool {
            let (a, mut c) = ([T::from_f64(1.0); 3], [T::from_f64(0.0)]);
            let a = MatrixRef::from_column(&a);
            T::product(
                a,
                a,
                MatrixMut::new(&mut c, Shape::new(1, 1), Order::Rows).unwrap(),
            );
            c[0].to_f64().is_nan()
        }
        assert!(nan::<f32>() && nan::<f64>() && nan::<Dual<f64>>());
    }
}
