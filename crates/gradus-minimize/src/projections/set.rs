//! Convex sets, as methods see them.

/// A closed convex set that is not empty, known by its nearest points.
///
/// ```math
/// P(x) = \arg\min_{y \in C} \lVert x - y \rVert_2
/// ```
///
/// The sets of this crate check their parameters when they are made; a projection cannot fail. A set of one's own needs
/// this one method, and then stands in [`proximal_gradient`](crate::proximal_gradient) and [`fista`](crate::fista):
/// projecting is the proximal map of a penalty that is 0 inside and infinite outside.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`P(P(x)) = P(x)`$ | `a_set_holds_its_projections` |
/// | $`\lVert P(x) - P(y) \rVert \le \lVert x - y \rVert`$ | `projections_do_not_stretch` |
/// | $`(x - P(x))^\top (z - P(x)) \le 0`$ for $`z \in C`$ | `projections_obey_their_variational_inequality` |
///
/// # Examples
///
/// ```
/// use gradus_minimize::ConvexSet;
///
/// /// What is at least its predecessor: not convex in general, but two numbers in order are a half-plane.
/// struct Ordered;
/// impl ConvexSet for Ordered {
///     fn project(&self, x: &[f64]) -> Vec<f64> {
///         let mean = (x[0] + x[1]) / 2.0;
///         if x[0] <= x[1] { x.to_vec() } else { vec![mean, mean] }
///     }
/// }
/// assert_eq!(Ordered.project(&[3.0, 1.0]), [2.0, 2.0]);
/// ```
///
/// # References
///
/// S. Boyd and L. Vandenberghe, *Convex Optimization* (2004), §8.1.
pub trait ConvexSet {
    /// The nearest point of the set.
    fn project(&self, x: &[f64]) -> Vec<f64>;
}

/// A bounded convex set on which a linear function is minimized in closed form.
///
/// ```math
/// \arg\min_{y \in C} c^\top y
/// ```
///
/// That is all [`frank_wolfe`](crate::frank_wolfe) asks of a set. The point is an extreme one: a corner, or a point of
/// the sphere.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`c^\top y^* \le c^\top z`$ for $`z \in C`$ | `no_point_of_a_set_is_below_its_linear_minimum` |
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Ball, LinearMinimum};
///
/// let diamond = Ball::one(vec![0.0, 0.0], 2.0)?;
/// assert_eq!(diamond.linear_minimum(&[1.0, -3.0]), [0.0, 2.0]);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
pub trait LinearMinimum: ConvexSet {
    /// A point of the set where $`c^\top y`$ is smallest.
    fn linear_minimum(&self, c: &[f64]) -> Vec<f64>;
}
