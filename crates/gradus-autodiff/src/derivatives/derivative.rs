//! The derivative of a function of one number.

use crate::forward::Dual;
use gradus_numeric::Real;

/// The derivative of a function of one number, by forward mode.
///
/// ```math
/// f(x + \varepsilon) = f(x) + f'(x)\,\varepsilon
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | sum, product, quotient and chain rule | `the_rules_of_differentiation_hold` |
/// | the derivative of an inverse is the inverse of the derivative | `the_inverse_rule_holds` |
///
/// # Examples
///
/// ```
/// use gradus_autodiff::derivative;
/// use gradus_autodiff::Real;
///
/// assert_eq!(derivative(|x| x.powi(3), 2.0), 12.0);
/// assert_eq!(derivative(|x| derivative(|x| x.powi(3), x), 2.0), 12.0); // 6 x
/// ```
///
/// # References
///
/// A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd ed., SIAM 2008, section 3.1.
pub fn derivative<R: Real>(f: impl FnOnce(Dual<R>) -> Dual<R>, x: R) -> R {
    f(Dual::variable(x)).derivative
}
