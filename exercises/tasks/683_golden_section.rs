//! An interval in the golden ratio. Book: *Minima on a line*.

/// The interval around the minimum of f on [a, b] after it was shortened `cuts` times, each time to $`\varphi = (\sqrt 5 - 1)/2`$ of its length.
///
/// f first falls and then rises. The inner points are $`x_1 = b - \varphi (b - a)`$ and $`x_2 = a + \varphi (b - a)`$; if $`f(x_1) < f(x_2)`$
/// the interval becomes $`[a, x_2]`$, otherwise $`[x_1, b]`$. One of the two points is an inner point of the new interval again, so `cuts + 1`
/// evaluations are enough.
pub fn golden_section(f: &dyn Fn(f64) -> f64, a: f64, b: f64, cuts: usize) -> (f64, f64) {
    todo!("{} {a} {b} {cuts}", f(a))
}

gradus_judges::judge!(golden_section);
