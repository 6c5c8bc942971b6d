//! The test problems of J. J. Moré, B. S. Garbow and K. E. Hillstrom, *Testing unconstrained optimization software*, ACM
//! TOMS 7 (1981), section 3: residuals, written once for numbers and for variables of a tape.

use gradus_numeric::Real;

/// A problem: its number and name in the paper, its start, and the sums of squares at its published minima.
pub(crate) struct Problem {
    pub(crate) name: &'static str,
    pub(crate) start: Vec<f64>,
    pub(crate) minima: &'static [f64],
}

/// All 35 problems.
pub(crate) fn all() -> Vec<Problem> {
    let problem = |(name, start, minima)| Problem {
        name,
        start,
        minima,
    };
    let lists = fits().into_iter().chain(systems());
    lists.map(problem).collect()
}

type Entry = (&'static str, Vec<f64>, &'static [f64]);

/// Those with data or a handful of variables.
fn fits() -> [Entry; 19] {
    [
        ("1 Rosenbrock", vec![-1.2, 1.0], &[0.0]),
        ("2 Freudenstein and Roth", vec![0.5, -2.0], &[0.0, 48.9842]),
        ("3 Powell badly scaled", vec![0.0, 1.0], &[0.0]),
        ("4 Brown badly scaled", vec![1.0, 1.0], &[0.0]),
        ("5 Beale", vec![1.0, 1.0], &[0.0]),
        ("6 Jennrich and Sampson", vec![0.3, 0.4], &[124.362]),
        ("7 helical valley", vec![-1.0, 0.0, 0.0], &[0.0]),
        ("8 Bard", vec![1.0; 3], &[8.21487e-3, 17.4286]),
        ("9 Gaussian", vec![0.4, 1.0, 0.0], &[1.12793e-8]),
        ("10 Meyer", vec![0.02, 4000.0, 250.0], &[87.9458]),
        ("11 Gulf", vec![5.0, 2.5, 0.15], &[0.0]),
        ("12 Box", vec![0.0, 10.0, 20.0], &[0.0]),
        ("13 Powell singular", vec![3.0, -1.0, 0.0, 1.0], &[0.0]),
        ("14 Wood", vec![-3.0, -1.0, -3.0, -1.0], &[0.0]),
        (
            "15 Kowalik and Osborne",
            vec![0.25, 0.39, 0.415, 0.39],
            &[3.07505e-4, 1.02734e-3],
        ),
        (
            "16 Brown and Dennis",
            vec![25.0, 5.0, -5.0, -1.0],
            &[85822.2],
        ),
        (
            "17 Osborne 1",
            vec![0.5, 1.5, -1.0, 0.01, 0.02],
            &[5.46489e-5],
        ),
        (
            "18 Biggs",
            vec![1.0, 2.0, 1.0, 1.0, 1.0, 1.0],
            &[5.65565e-3, 0.0],
        ),
        (
            "19 Osborne 2",
            vec![1.3, 0.65, 0.65, 0.7, 0.6, 3.0, 5.0, 7.0, 2.0, 4.5, 5.5],
            &[4.01377e-2],
        ),
    ]
}

/// Those of any number of variables.
fn systems() -> [Entry; 19] {
    [
        ("20 Watson", vec![0.0; 6], &[2.28767e-3]),
        ("20 Watson", vec![0.0; 9], &[1.39976e-6]),
        ("21 extended Rosenbrock", [-1.2, 1.0].repeat(5), &[0.0]),
        (
            "22 extended Powell singular",
            [3.0, -1.0, 0.0, 1.0].repeat(3),
            &[0.0],
        ),
        ("23 penalty I", vec![1.0, 2.0, 3.0, 4.0], &[2.24997e-5]),
        ("24 penalty II", vec![0.5; 4], &[9.37629e-6]),
        (
            "25 variably dimensioned",
            (1..=10).map(|j| 1.0 - f64::from(j) / 10.0).collect(),
            &[0.0],
        ),
        ("26 trigonometric", vec![0.1; 10], &[0.0, 2.79506e-5]),
        ("27 Brown almost linear", vec![0.5; 10], &[0.0, 1.0]),
        ("28 boundary value", grid(10), &[0.0]),
        ("29 integral equation", grid(10), &[0.0]),
        ("30 Broyden tridiagonal", vec![-1.0; 10], &[0.0]),
        ("31 Broyden banded", vec![-1.0; 10], &[0.0]),
        ("32 linear, full rank", vec![1.0; 5], &[5.0]),
        ("33 linear, rank 1", vec![1.0; 5], &[90.0 / 42.0]),
        (
            "34 linear, rank 1 with zeros",
            vec![1.0; 5],
            &[124.0 / 34.0],
        ),
        ("35 Chebyquad", places(7), &[0.0]),
        ("35 Chebyquad", places(8), &[3.51687e-3]),
        ("35 Chebyquad", places(10), &[6.50395e-3, 4.77271e-3]),
    ]
}

fn places(n: i32) -> Vec<f64> {
    (1..=n).map(|j| f64::from(j) / f64::from(n + 1)).collect()
}

fn grid(n: i32) -> Vec<f64> {
    places(n).iter().map(|t| t * (t - 1.0)).collect()
}

/// The residuals of a problem by its number.
pub(crate) fn residuals<R: Real>(name: &str, x: &[R]) -> Vec<R> {
    match name.split(' ').next().unwrap_or_default() {
        "1" | "21" => x
            .chunks(2)
            .flat_map(|x| [c::<R>(10.0) * (x[1] - x[0] * x[0]), c::<R>(1.0) - x[0]])
            .collect(),
        "2" => freudenstein(x),
        "3" => vec![
            c::<R>(1e4) * x[0] * x[1] - c::<R>(1.0),
            (-x[0]).exp() + (-x[1]).exp() - c::<R>(1.0001),
        ],
        "4" => vec![
            x[0] - c::<R>(1e6),
            x[1] - c::<R>(2e-6),
            x[0] * x[1] - c::<R>(2.0),
        ],
        "5" => [1.5, 2.25, 2.625]
            .iter()
            .zip(1..)
            .map(|(y, i)| c::<R>(*y) - x[0] * (c::<R>(1.0) - x[1].powi(i)))
            .collect(),
        "6" => upto(10)
            .map(|i| c::<R>(2.0 + 2.0 * i) - (c::<R>(i) * x[0]).exp() - (c::<R>(i) * x[1]).exp())
            .collect(),
        "7" => helix(x),
        "8" => bard(x),
        "9" => gaussian(x),
        "10" => meyer(x),
        "11" => gulf(x),
        "12" => upto(10).map(|i| boxed(x, 0.1 * i)).collect(),
        "13" | "22" => x.chunks(4).flat_map(singular).collect(),
        "14" => wood(x),
        "15" => kowalik(x),
        "16" => upto(20).map(|i| brown_dennis(x, i / 5.0)).collect(),
        "17" => osborne1(x),
        "18" => upto(13).map(|i| biggs(x, 0.1 * i)).collect(),
        "19" => osborne2(x),
        "20" => watson(x),
        "23" => penalty1(x),
        "24" => penalty2(x),
        "25" => variably(x),
        "26" => trigonometric(x),
        "27" => almost_linear(x),
        "28" => boundary(x),
        "29" => integral(x),
        "30" => tridiagonal(x),
        "31" => banded(x),
        "32" => full_rank(x),
        "33" => upto(10)
            .map(|i| c::<R>(i) * weighted(x, 0, x.len()) - c::<R>(1.0))
            .collect(),
        "34" => upto(10).map(|i| zeros(x, i)).collect(),
        _ => chebyquad(x),
    }
}

fn c<R: Real>(x: f64) -> R {
    R::from_f64(x)
}

/// 1, 2, …, n.
fn upto(n: i32) -> impl Iterator<Item = f64> {
    (1..=n).map(f64::from)
}

fn total<R: Real>(x: &[R]) -> R {
    x.iter().copied().sum()
}

/// $`\sum j x_j`$ over some entries.
fn weighted<R: Real>(x: &[R], from: usize, to: usize) -> R {
    (from..to).map(|j| c::<R>(j as f64 + 1.0) * x[j]).sum()
}

fn freudenstein<R: Real>(x: &[R]) -> Vec<R> {
    let y = x[1];
    vec![
        c::<R>(-13.0) + x[0] + ((c::<R>(5.0) - y) * y - c::<R>(2.0)) * y,
        c::<R>(-29.0) + x[0] + ((y + c::<R>(1.0)) * y - c::<R>(14.0)) * y,
    ]
}

/// Problem 7; `Real` has no arctangent.
fn helix<R: Real>(x: &[R]) -> Vec<R> {
    let r = (x[0] * x[0] + x[1] * x[1]).sqrt();
    vec![
        c::<R>(10.0) * (x[2] - c::<R>(10.0) * turn(x[0], x[1])),
        c::<R>(10.0) * (r - c::<R>(1.0)),
        x[2],
    ]
}

/// $`\theta / 2 \pi`$ in the convention of the paper: from −1/4 to 3/4.
fn turn<R: Real>(x: R, y: R) -> R {
    let quotient = arctangent(y / x) * c::<R>(1.0 / std::f64::consts::TAU);
    if x.to_f64() > 0.0 {
        quotient
    } else {
        quotient + c::<R>(0.5)
    }
}

/// $`\arctan`$ by halving the angle eight times, then its series.
fn arctangent<R: Real>(mut t: R) -> R {
    for _ in 0..8 {
        t = t / (c::<R>(1.0) + (c::<R>(1.0) + t * t).sqrt());
    }
    let s = t * t;
    c::<R>(256.0)
        * t
        * (c::<R>(1.0) - s * (c::<R>(1.0 / 3.0) - s * (c::<R>(0.2) - s * c::<R>(1.0 / 7.0))))
}

fn bard<R: Real>(x: &[R]) -> Vec<R> {
    const Y: [f64; 15] = [
        0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39,
    ];
    Y.iter()
        .zip(upto(15))
        .map(|(y, u)| {
            let v = 16.0 - u;
            c::<R>(*y) - (x[0] + c::<R>(u) / (c::<R>(v) * x[1] + c::<R>(u.min(v)) * x[2]))
        })
        .collect()
}

fn gaussian<R: Real>(x: &[R]) -> Vec<R> {
    const Y: [f64; 15] = [
        0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989, 0.3521, 0.2420, 0.1295,
        0.0540, 0.0175, 0.0044, 0.0009,
    ];
    Y.iter()
        .zip(upto(15))
        .map(|(y, i)| {
            let d = c::<R>((8.0 - i) / 2.0) - x[2];
            x[0] * (-x[1] * d * d * c::<R>(0.5)).exp() - c::<R>(*y)
        })
        .collect()
}

fn meyer<R: Real>(x: &[R]) -> Vec<R> {
    const Y: [f64; 16] = [
        34780.0, 28610.0, 23650.0, 19630.0, 16370.0, 13720.0, 11540.0, 9744.0, 8261.0, 7030.0,
        6005.0, 5147.0, 4427.0, 3820.0, 3307.0, 2872.0,
    ];
    Y.iter()
        .zip(upto(16))
        .map(|(y, i)| x[0] * (x[1] / (c::<R>(45.0 + 5.0 * i) + x[2])).exp() - c::<R>(*y))
        .collect()
}

fn gulf<R: Real>(x: &[R]) -> Vec<R> {
    upto(99)
        .map(|i| {
            let t = i / 100.0;
            let y = 25.0 + (-50.0 * t.ln()).powf(2.0 / 3.0);
            let power = (x[2] * (c::<R>(y) - x[1]).abs().ln()).exp();
            (-power / x[0]).exp() - c::<R>(t)
        })
        .collect()
}

fn boxed<R: Real>(x: &[R], t: f64) -> R {
    let decay = |x: R| (-c::<R>(t) * x).exp();
    decay(x[0]) - decay(x[1]) - x[2] * c::<R>((-t).exp() - (-10.0 * t).exp())
}

fn singular<R: Real>(x: &[R]) -> [R; 4] {
    [
        x[0] + c::<R>(10.0) * x[1],
        c::<R>(5.0_f64.sqrt()) * (x[2] - x[3]),
        (x[1] - c::<R>(2.0) * x[2]).powi(2),
        c::<R>(10.0_f64.sqrt()) * (x[0] - x[3]).powi(2),
    ]
}

fn wood<R: Real>(x: &[R]) -> Vec<R> {
    vec![
        c::<R>(10.0) * (x[1] - x[0] * x[0]),
        c::<R>(1.0) - x[0],
        c::<R>(90.0_f64.sqrt()) * (x[3] - x[2] * x[2]),
        c::<R>(1.0) - x[2],
        c::<R>(10.0_f64.sqrt()) * (x[1] + x[3] - c::<R>(2.0)),
        c::<R>(0.1_f64.sqrt()) * (x[1] - x[3]),
    ]
}

fn kowalik<R: Real>(x: &[R]) -> Vec<R> {
    const Y: [f64; 11] = [
        0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246,
    ];
    const U: [f64; 11] = [
        4.0, 2.0, 1.0, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625,
    ];
    let model = |u: f64| {
        let u2 = c::<R>(u * u);
        x[0] * (u2 + c::<R>(u) * x[1]) / (u2 + c::<R>(u) * x[2] + x[3])
    };
    Y.iter()
        .zip(U)
        .map(|(y, u)| c::<R>(*y) - model(u))
        .collect()
}

fn brown_dennis<R: Real>(x: &[R], t: f64) -> R {
    let a = x[0] + c::<R>(t) * x[1] - c::<R>(t.exp());
    let b = x[2] + c::<R>(t.sin()) * x[3] - c::<R>(t.cos());
    a * a + b * b
}

fn osborne1<R: Real>(x: &[R]) -> Vec<R> {
    const Y: [f64; 33] = [
        0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685,
        0.658, 0.628, 0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448,
        0.438, 0.431, 0.424, 0.420, 0.414, 0.411, 0.406,
    ];
    let decay = |t: f64, x: R| (-c::<R>(t) * x).exp();
    Y.iter()
        .zip(upto(33))
        .map(|(y, i)| {
            let t = 10.0 * (i - 1.0);
            c::<R>(*y) - (x[0] + x[1] * decay(t, x[3]) + x[2] * decay(t, x[4]))
        })
        .collect()
}

fn biggs<R: Real>(x: &[R], t: f64) -> R {
    let y = (-t).exp() - 5.0 * (-10.0 * t).exp() + 3.0 * (-4.0 * t).exp();
    let decay = |x: R| (-c::<R>(t) * x).exp();
    x[2] * decay(x[0]) - x[3] * decay(x[1]) + x[5] * decay(x[4]) - c::<R>(y)
}

fn osborne2<R: Real>(x: &[R]) -> Vec<R> {
    const Y: [f64; 65] = [
        1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608,
        0.655, 0.616, 0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661,
        0.612, 0.558, 0.533, 0.495, 0.500, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428,
        0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559,
        0.597, 0.625, 0.739, 0.710, 0.729, 0.720, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054,
    ];
    let bell = |t: f64, k: usize| {
        let d = c::<R>(t) - x[8 + k];
        x[1 + k] * (-d * d * x[5 + k]).exp()
    };
    Y.iter()
        .zip(upto(65))
        .map(|(y, i)| {
            let t = (i - 1.0) / 10.0;
            let tail = x[0] * (-c::<R>(t) * x[4]).exp();
            c::<R>(*y) - (tail + bell(t, 0) + bell(t, 1) + bell(t, 2))
        })
        .collect()
}

fn watson<R: Real>(x: &[R]) -> Vec<R> {
    let mut r: Vec<R> = upto(29)
        .map(|i| {
            let t = i / 29.0;
            let slope: R = (1..x.len())
                .map(|j| c::<R>(j as f64 * t.powf(j as f64 - 1.0)) * x[j])
                .sum();
            let value: R = (0..x.len()).map(|j| c::<R>(t.powf(j as f64)) * x[j]).sum();
            slope - value * value - c::<R>(1.0)
        })
        .collect();
    r.extend([x[0], x[1] - x[0] * x[0] - c::<R>(1.0)]);
    r
}

fn penalty1<R: Real>(x: &[R]) -> Vec<R> {
    let a = 1e-5_f64.sqrt();
    let mut r: Vec<R> = x.iter().map(|x| c::<R>(a) * (*x - c::<R>(1.0))).collect();
    r.push(x.iter().map(|x| *x * *x).sum::<R>() - c::<R>(0.25));
    r
}

fn penalty2<R: Real>(x: &[R]) -> Vec<R> {
    let (a, n) = (1e-5_f64.sqrt(), x.len());
    let grown = |x: R| (x * c::<R>(0.1)).exp();
    let mut r = vec![x[0] - c::<R>(0.2)];
    for i in 1..n {
        let k = i as f64 + 1.0;
        let y = (k / 10.0).exp() + ((k - 1.0) / 10.0).exp();
        r.push(c::<R>(a) * (grown(x[i]) + grown(x[i - 1]) - c::<R>(y)));
    }
    r.extend((1..n).map(|i| c::<R>(a) * (grown(x[i]) - c::<R>((-0.1_f64).exp()))));
    r.push(
        (0..n)
            .map(|j| c::<R>((n - j) as f64) * x[j] * x[j])
            .sum::<R>()
            - c::<R>(1.0),
    );
    r
}

fn variably<R: Real>(x: &[R]) -> Vec<R> {
    let mut r: Vec<R> = x.iter().map(|x| *x - c::<R>(1.0)).collect();
    let sum = weighted(&r, 0, x.len());
    r.extend([sum, sum * sum]);
    r
}

fn trigonometric<R: Real>(x: &[R]) -> Vec<R> {
    let n = x.len() as f64;
    let cosines: R = x.iter().map(|x| x.cos()).sum();
    let entry =
        |(x, i): (&R, f64)| c::<R>(n) - cosines + c::<R>(i) * (c::<R>(1.0) - x.cos()) - x.sin();
    x.iter().zip((1..).map(f64::from)).map(entry).collect()
}

fn almost_linear<R: Real>(x: &[R]) -> Vec<R> {
    let n = x.len();
    let sum = total(x) - c::<R>(n as f64 + 1.0);
    let mut r: Vec<R> = x[..n - 1].iter().map(|x| *x + sum).collect();
    r.push(x.iter().fold(c::<R>(1.0), |product, x| product * *x) - c::<R>(1.0));
    r
}

/// x with zeros at both ends.
fn padded<R: Real>(x: &[R]) -> Vec<R> {
    let mut padded = vec![c::<R>(0.0)];
    padded.extend_from_slice(x);
    padded.push(c::<R>(0.0));
    padded
}

fn cube<R: Real>(x: &[R], j: usize) -> R {
    let t = (j as f64 + 1.0) / (x.len() as f64 + 1.0);
    (x[j] + c::<R>(t + 1.0)).powi(3)
}

fn boundary<R: Real>(x: &[R]) -> Vec<R> {
    let (y, h) = (padded(x), 1.0 / (x.len() as f64 + 1.0));
    (0..x.len())
        .map(|i| c::<R>(2.0) * y[i + 1] - y[i] - y[i + 2] + c::<R>(h * h / 2.0) * cube(x, i))
        .collect()
}

fn integral<R: Real>(x: &[R]) -> Vec<R> {
    let n = x.len();
    let h = 1.0 / (n as f64 + 1.0);
    let t = |j: usize| (j as f64 + 1.0) * h;
    (0..n)
        .map(|i| {
            let before: R = (0..=i).map(|j| c::<R>(t(j)) * cube(x, j)).sum();
            let after: R = (i + 1..n).map(|j| c::<R>(1.0 - t(j)) * cube(x, j)).sum();
            x[i] + c::<R>(h / 2.0) * (c::<R>(1.0 - t(i)) * before + c::<R>(t(i)) * after)
        })
        .collect()
}

fn tridiagonal<R: Real>(x: &[R]) -> Vec<R> {
    let y = padded(x);
    (1..=x.len())
        .map(|i| {
            (c::<R>(3.0) - c::<R>(2.0) * y[i]) * y[i] - y[i - 1] - c::<R>(2.0) * y[i + 1]
                + c::<R>(1.0)
        })
        .collect()
}

fn banded<R: Real>(x: &[R]) -> Vec<R> {
    let n = x.len();
    (0..n)
        .map(|i| {
            let near = (i.saturating_sub(5)..(i + 2).min(n)).filter(|j| *j != i);
            let sum: R = near.map(|j| x[j] * (c::<R>(1.0) + x[j])).sum();
            x[i] * (c::<R>(2.0) + c::<R>(5.0) * x[i] * x[i]) + c::<R>(1.0) - sum
        })
        .collect()
}

fn full_rank<R: Real>(x: &[R]) -> Vec<R> {
    let sum = c::<R>(0.2) * total(x) + c::<R>(1.0);
    (0..10)
        .map(|i| x.get(i).map_or(-sum, |x| *x - sum))
        .collect()
}

fn zeros<R: Real>(x: &[R], i: f64) -> R {
    let factor = if i == 10.0 { 0.0 } else { i - 1.0 };
    c::<R>(factor) * weighted(x, 1, x.len() - 1) - c::<R>(1.0)
}

fn chebyquad<R: Real>(x: &[R]) -> Vec<R> {
    let n = x.len();
    let shifted: Vec<R> = x.iter().map(|x| c::<R>(2.0) * *x - c::<R>(1.0)).collect();
    let (mut before, mut now) = (vec![c::<R>(1.0); n], shifted.clone());
    (1..=n)
        .map(|i| {
            let integral = if i % 2 == 0 {
                -1.0 / ((i * i) as f64 - 1.0)
            } else {
                0.0
            };
            let r = total(&now) * c::<R>(1.0 / n as f64) - c::<R>(integral);
            let next = (0..n)
                .map(|j| c::<R>(2.0) * shifted[j] * now[j] - before[j])
                .collect();
            before = std::mem::replace(&mut now, next);
            r
        })
        .collect()
}
