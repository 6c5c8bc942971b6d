//! The rule of Gauss and Kronrod with 10 and 21 points, and what its values say of their function.

/// The 21 values at the nodes, in pairs left and right of the center; the first pair is the center, twice.
pub(super) type Values = [[f64; 2]; 11];

/// Samples at the nodes of an interval, scaled to $`[-1, 1]`$.
pub(super) fn sample<E>(
    f: impl Fn(f64) -> Result<f64, E>,
    center: f64,
    half: f64,
) -> Result<Values, E> {
    let middle = f(center)?;
    let mut values = [[middle, middle]; 11];
    for (pair, [node, ..]) in values.iter_mut().zip(RULE).skip(1) {
        *pair = [f(center - half * node)?, f(center + half * node)?];
    }
    Ok(values)
}

/// The values in a unit in which no sum of them overflows, and the unit: 1 unless some are huge.
///
/// A power of two, so no digit is lost, except of values that are $`2^{-900}`$ of the largest and less.
pub(super) fn in_unit(mut values: Values) -> (Values, f64) {
    let sizes = values.iter().flatten().map(|v| v.abs());
    if sizes.fold(0.0, f64::max) < f64::MAX / UNIT {
        return (values, 1.0);
    }
    values.iter_mut().flatten().for_each(|v| *v /= UNIT);
    (values, UNIT)
}

/// $`\sum w_i f(x_i)`$ with the weights in column `rule` of the table.
fn weighted(values: &Values, rule: usize, term: impl Fn(f64) -> f64) -> f64 {
    let center = RULE[0][rule] * term(values[0][0]);
    let pairs = RULE.iter().zip(values).skip(1);
    center
        + pairs
            .map(|(row, [l, r])| row[rule] * (term(*l) + term(*r)))
            .sum::<f64>()
}

/// The integral over $`[-1, 1]`$ by Kronrod's 21 points.
pub(super) fn integral(values: &Values) -> f64 {
    weighted(values, KRONROD, |v| v)
}

/// The integral of $`|f|`$.
pub(super) fn magnitude(values: &Values) -> f64 {
    weighted(values, KRONROD, f64::abs)
}

/// The integral of $`|f - g|`$, with g a function on $`[-1, 1]`$.
pub(super) fn distance(values: &Values, g: impl Fn(f64) -> f64) -> f64 {
    let mut distances = *values;
    for ([left, right], [node, ..]) in distances.iter_mut().zip(RULE) {
        *left -= g(-node);
        *right -= g(node);
    }
    magnitude(&distances)
}

/// How far the integral over $`[-1, 1]`$ may be off: the larger of two witnesses.
///
/// The first is the distance of f from the polynomials of degree 16, seen at the nodes,
///
/// ```math
/// \int |f - p| \le \sqrt{2 \int (f - p)^2} \le \sqrt2 \, \sum_{k=17}^{20} |c_k|
/// ```
///
/// where $`c_k`$ are the last coefficients of f by orthonormal polynomials. A function that the nodes do not
/// resolve has coefficients that do not fall, however well two rules agree by chance. The second is the experience
/// of QUADPACK with the difference of Kronrod's and Gauss's sums.
pub(super) fn error(values: &Values) -> f64 {
    let tail: f64 = TAIL.iter().map(|p| p.coefficient(values).abs()).sum();
    (2.0_f64.sqrt() * tail).max(by_two_rules(values))
}

/// $`v \min(1, (200\, d / v)^{3/2})`$ with $`v = \int |f - \bar f|`$ and d the difference of the two rules.
fn by_two_rules(values: &Values) -> f64 {
    let (kronrod, gauss) = (integral(values), weighted(values, GAUSS, |v| v));
    let mean = kronrod / 2.0;
    let variation = weighted(values, KRONROD, |v| (v - mean).abs());
    let difference = (kronrod - gauss).abs();
    if difference == 0.0 || variation == 0.0 {
        return difference;
    }
    variation * (200.0 * difference / variation).powf(1.5).min(1.0)
}

/// The polynomial of degree 20 through all values, at a place in $`[-1, 1]`$, by the barycentric formula.
pub(super) fn interpolate(values: &Values, t: f64) -> f64 {
    let (mut numerator, mut denominator) = (0.0, 0.0);
    for (i, ([left, right], weight)) in values.iter().zip(BARYCENTRIC).enumerate() {
        let node = RULE[i][0];
        for (place, value) in [(-node, left), (node, right)]
            .into_iter()
            .skip(usize::from(i == 0))
        {
            if t == place {
                return *value;
            }
            numerator += weight / (t - place) * value;
            denominator += weight / (t - place);
        }
    }
    numerator / denominator
}

/// All nodes in ascending order.
pub(super) fn nodes() -> impl Iterator<Item = f64> {
    let left = RULE.iter().skip(1).rev().map(|row| -row[0]);
    left.chain(RULE.iter().map(|row| row[0]))
}

/// How far the outermost nodes are from the ends of $`[-1, 1]`$.
pub(super) const MARGIN: f64 = 1.0 - RULE[10][0];

/// A polynomial of the family that is orthogonal over the nodes with Kronrod's weights.
#[derive(Clone, Copy)]
struct Polynomial {
    degree: usize,
    /// Its values at the center and at the nodes right of it.
    at: [f64; 11],
    /// The sum of its squares, weighted.
    norm: f64,
}

impl Polynomial {
    /// The coefficient of a function by the polynomial of norm 1.
    fn coefficient(&self, values: &Values) -> f64 {
        let sign = if self.degree.is_multiple_of(2) {
            1.0
        } else {
            -1.0
        };
        let center = RULE[0][KRONROD] * self.at[0] * values[0][0];
        let pairs = RULE.iter().zip(self.at).zip(values).skip(1);
        let sides = pairs.map(|((row, at), [l, r])| row[KRONROD] * at * (r + sign * l));
        (center + sides.sum::<f64>()) / self.norm.sqrt()
    }

    const fn new(degree: usize, at: [f64; 11]) -> Self {
        let mut norm = RULE[0][KRONROD] * at[0] * at[0];
        let mut i = 1;
        while i < 11 {
            norm += 2.0 * RULE[i][KRONROD] * at[i] * at[i];
            i += 1;
        }
        Self { degree, at, norm }
    }
}

/// The orthogonal polynomials of degree 17 to 20, by Stieltjes's recurrence
/// $`p_{k+1} = x p_k - (\|p_k\|^2 / \|p_{k-1}\|^2) \, p_{k-1}`$.
const TAIL: [Polynomial; 4] = {
    let mut before = Polynomial::new(0, [0.0; 11]);
    let mut last = Polynomial::new(0, [1.0; 11]);
    let mut tail = [last; 4];
    while last.degree < 20 {
        let ratio = if last.degree == 0 {
            0.0
        } else {
            last.norm / before.norm
        };
        let mut next = [0.0; 11];
        let mut i = 0;
        while i < 11 {
            next[i] = RULE[i][0] * last.at[i] - ratio * before.at[i];
            i += 1;
        }
        (before, last) = (last, Polynomial::new(last.degree + 1, next));
        if last.degree > 16 {
            tail[last.degree - 17] = last;
        }
    }
    tail
};

/// $`1 / \prod_{j \ne i} (x_i - x_j)`$ over all 21 nodes; the same left and right of the center.
const BARYCENTRIC: [f64; 11] = {
    let mut weights = [1.0; 11];
    let mut i = 0;
    while i < 11 {
        let x = RULE[i][0];
        // The node itself has the partner −x, at a distance of 2x; the center has none.
        let mut product = if i == 0 { 1.0 } else { x * 2.0 * x };
        let mut j = 1;
        while j < 11 {
            if j != i {
                product *= x * x - RULE[j][0] * RULE[j][0];
            }
            j += 1;
        }
        weights[i] = 1.0 / product;
        i += 1;
    }
    weights
};

/// $`2^{64}`$: more than any sum of weights and coefficients.
pub(super) const UNIT: f64 = 4_294_967_296.0 * 4_294_967_296.0;

const KRONROD: usize = 1;
const GAUSS: usize = 2;

/// Node, weight of Kronrod, weight of Gauss (0 if the node is not one of his), from the center outwards.
///
/// Printed by `tests/golden/gauss_kronrod.py`.
const RULE: [[f64; 3]; 11] = [
    [0.0, 0.14944555400291690566, 0.0],
    [
        0.14887433898163121088,
        0.14773910490133849137,
        0.29552422471475287017,
    ],
    [0.29439286270146019813, 0.1427759385770600808, 0.0],
    [
        0.4333953941292471908,
        0.13470921731147332593,
        0.26926671930999635509,
    ],
    [0.56275713466860468334, 0.12349197626206585108, 0.0],
    [
        0.67940956829902440623,
        0.1093871588022976419,
        0.219086362515982044,
    ],
    [0.78081772658641689706, 0.093125454583697605535, 0.0],
    [
        0.86506336668898451073,
        0.075039674810919952767,
        0.14945134915058059315,
    ],
    [0.930157491355708226, 0.054755896574351996031, 0.0],
    [
        0.97390652851717172008,
        0.032558162307964727479,
        0.066671344308688137594,
    ],
    [0.99565716302580808074, 0.011694638867371874278, 0.0],
];

#[cfg(test)]
mod tests {
    use super::*;

    fn values(f: impl Fn(f64) -> f64) -> Values {
        sample(|x| Ok::<f64, ()>(f(x)), 0.0, 1.0).unwrap()
    }

    #[test]
    fn the_weights_of_both_rules_add_up_to_two() {
        let total = |column: usize| -> f64 {
            RULE[0][column] + 2.0 * RULE[1..].iter().map(|row| row[column]).sum::<f64>()
        };
        assert!((total(1) - 2.0).abs() <= 2.0 * f64::EPSILON);
        assert!((total(2) - 2.0).abs() <= 2.0 * f64::EPSILON);
    }

    #[test]
    fn polynomials_of_degree_16_have_no_tail_and_those_of_degree_17_have() {
        let chebyshev = |k: f64| values(|x| (k * x.acos()).cos());
        assert!((0..17).all(|k| error(&chebyshev(f64::from(k))) < 1e-14));
        assert!((17..21).all(|k| error(&chebyshev(f64::from(k))) > 0.1));
    }

    #[test]
    fn twenty_one_values_fix_a_polynomial_of_degree_20() {
        let polynomial = |x: f64| (0.5 + x).powi(20) - x.powi(7);
        let values = values(polynomial);
        for t in [-1.0, -0.999, -0.3, 0.0, 0.5, 0.43339539412924721, 1.0] {
            let scale = polynomial(1.0);
            assert!(
                (interpolate(&values, t) - polynomial(t)).abs() < 1e-13 * scale,
                "{t}"
            );
        }
    }

    #[test]
    fn nodes_rise_from_end_to_end() {
        let nodes: Vec<f64> = nodes().collect();
        assert!(nodes.len() == 21 && nodes.is_sorted());
        assert!((1.0 - nodes[20] - MARGIN).abs() < 1e-16 && nodes[0] == -nodes[20]);
    }
}
