//! Evolution with an adapted covariance matrix.

use crate::core::counted::{Plain, positive, within};
use crate::core::progress::Progress;
use crate::core::report::{Iterate, Report};
use crate::core::stopping::Stopping;
use crate::error::MinimizeError;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::symmetric_eigen;
use gradus_numeric::norm2;
use gradus_random::normal;
use gradus_random::rand::Rng;

/// The settings of [`cma_es`].
///
/// # Examples
///
/// ```
/// use gradus_minimize::CmaEs;
///
/// let wide = CmaEs { sigma: 3.0, population: None };
/// assert_eq!(CmaEs::default().sigma, 1.0);
/// assert!(wide.sigma > CmaEs::default().sigma);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CmaEs {
    /// The standard deviation of the first generation; the minimum should lie within some of it.
    pub sigma: f64,
    /// How many points a generation has, at least 4; `None` is $`4 + \lfloor 3 \ln n \rfloor`$. More points see more
    /// of a function with many valleys.
    pub population: Option<usize>,
}

impl Default for CmaEs {
    fn default() -> Self {
        Self {
            sigma: 1.0,
            population: None,
        }
    }
}

/// Minimizes by generations of normal draws whose mean, width and covariance learn from the better half.
///
/// ```math
/// x_i \sim m + \sigma\,\mathcal N(0, C), \qquad m \leftarrow \sum_{i \le \mu} w_i x_{i:\lambda}, \qquad
/// C \leftarrow (1 - c_1 - c_\mu)\, C + c_1\, p_c p_c^\top + c_\mu \sum_{i \le \mu} w_i\, y_{i:\lambda} y_{i:\lambda}^\top
/// ```
///
/// where $`x_{i:\lambda}`$ is the i-th best point, $`y = (x - m) / \sigma`$, and $`p_c`$ a moving average of the steps of the mean. $`C`$
/// comes to resemble the inverse Hessian: a narrow valley is sampled along its length. $`\sigma`$ grows while
/// steps point the same way and shrinks while they cancel. Robust on rugged, badly scaled and noisy functions of up to some
/// hundred variables. The residual is $`\sigma`$ times the longest axis of $`C`$.
///
/// # Shapes
///
/// `start: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one key, one answer | `random_methods_repeat_with_their_key` |
/// | only the order of values matters | `evolution_sees_only_the_order` |
/// | finds the minimum of bowls | `methods_without_derivatives_find_a_bowl` |
///
/// # Errors
///
/// [`MinimizeError::Domain`] for a $`\sigma`$ that is not positive, a population below 4, or no variable; otherwise as
/// [`nelder_mead`](crate::nelder_mead()).
///
/// # Examples
///
/// ```
/// use gradus_minimize::{CmaEs, Stopping, cma_es};
/// use gradus_random::Key;
///
/// let rosenbrock = |x: &[f64]| (1.0 - x[0]).powi(2) + 100.0 * (x[1] - x[0] * x[0]).powi(2);
/// let mut rng = Key::new(7).rng();
/// let report = cma_es(rosenbrock, &[-1.2, 1.0], CmaEs::default(), Stopping::default(), &mut rng, |_| ())?;
/// assert!((report.x[0] - 1.0).abs() < 1e-6 && (report.x[1] - 1.0).abs() < 1e-6);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// N. Hansen, *The CMA evolution strategy: a tutorial* (2016), appendix A, without negative weights,
/// <https://arxiv.org/abs/1604.00772>.
#[doc(alias = "evolution strategy")]
pub fn cma_es(
    mut f: impl FnMut(&[f64]) -> f64,
    start: &[f64],
    settings: CmaEs,
    stopping: Stopping,
    rng: &mut (impl Rng + ?Sized),
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let n = start.len();
    positive("sigma", settings.sigma)?;
    within("n", n as f64, n > 0, "at least 1")?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small positive number"
    )]
    let population = settings
        .population
        .unwrap_or(4 + (3.0 * (n as f64).ln()) as usize);
    within(
        "population",
        population as f64,
        population >= 4,
        "at least 4",
    )?;
    let mut progress = Progress::new(stopping, &mut observe)?.resting();
    let mut f = Plain::new(&mut f);
    let mut best = (f.start(start)?, start.to_vec());
    let rates = Rates::new(n as f64, population);
    let mut search = Search::new(start, settings.sigma);
    loop {
        let eigen = symmetric_eigen(&search.c)?;
        let axes = eigen.values.map(|v| v.max(0.0).sqrt());
        let residual = search.sigma * axes.max();
        if let Some(stop) = progress.reach(&best.1, best.0, residual, f.evaluations) {
            return Ok(progress.report(best.1, best.0, residual, stop, f.evaluations));
        }
        let mut draws: Vec<(f64, DVector<f64>)> = (0..population)
            .map(|_| {
                let z = DVector::from_fn(n, |i, _| axes[i] * normal(rng));
                let y = &eigen.vectors * z;
                let x = &search.mean + &y * search.sigma;
                (f.at(x.as_slice()), y)
            })
            .collect();
        draws.sort_by(|a, b| a.0.total_cmp(&b.0));
        if draws[0].0 < best.0 {
            let x = &search.mean + &draws[0].1 * search.sigma;
            best = (draws[0].0, x.as_slice().to_vec());
        }
        search.learn(&rates, &draws, &eigen.vectors, &axes);
    }
}

/// The mean, the width, the covariance and the two paths.
struct Search {
    mean: DVector<f64>,
    sigma: f64,
    c: DMatrix<f64>,
    path_c: DVector<f64>,
    path_sigma: DVector<f64>,
    generation: i32,
}

impl Search {
    fn new(start: &[f64], sigma: f64) -> Self {
        let n = start.len();
        Self {
            mean: DVector::from_row_slice(start),
            sigma,
            c: DMatrix::identity(n, n),
            path_c: DVector::zeros(n),
            path_sigma: DVector::zeros(n),
            generation: 0,
        }
    }

    /// Moves the distribution towards the better half of the sorted draws.
    fn learn(
        &mut self,
        rates: &Rates,
        draws: &[(f64, DVector<f64>)],
        vectors: &DMatrix<f64>,
        axes: &DVector<f64>,
    ) {
        let n = self.mean.len();
        let elite = || draws.iter().zip(&rates.weights);
        let y = elite().fold(DVector::zeros(n), |sum, ((_, y), w)| sum + y * *w);
        self.mean += &y * self.sigma;
        self.generation = self.generation.saturating_add(1);
        // C^(-1/2) y, where an axis that has vanished counts as one that nothing moves along.
        let inverse = axes.map(|a| if a > 0.0 { 1.0 / a } else { 0.0 });
        let white = vectors * vectors.tr_mul(&y).component_mul(&inverse);
        let Rates {
            c_sigma, c_c, mu, ..
        } = *rates;
        let gain = (c_sigma * (2.0 - c_sigma) * mu).sqrt();
        self.path_sigma = &self.path_sigma * (1.0 - c_sigma) + white * gain;
        let length = norm2(self.path_sigma.as_slice());
        let correction = (1.0 - (1.0 - c_sigma).powi(2 * self.generation)).sqrt();
        // While σ still grows fast, the path would add its length once more.
        let steady = length / correction < (1.4 + 2.0 / (n as f64 + 1.0)) * rates.expected;
        let h = f64::from(u8::from(steady));
        let gain = (c_c * (2.0 - c_c) * mu).sqrt();
        self.path_c = &self.path_c * (1.0 - c_c) + &y * (h * gain);
        let lost = (1.0 - h) * c_c * (2.0 - c_c);
        let rank_mu = elite().fold(DMatrix::zeros(n, n), |sum, ((_, y), w)| {
            sum + y * y.transpose() * *w
        });
        let kept = 1.0 - rates.c_1 - rates.c_mu + rates.c_1 * lost;
        self.c = &self.c * kept
            + &self.path_c * self.path_c.transpose() * rates.c_1
            + rank_mu * rates.c_mu;
        let growth = c_sigma / rates.d_sigma * (length / rates.expected - 1.0);
        // A generation changes the width by a factor e at most (Hansen, appendix B.2).
        self.sigma *= growth.min(1.0).exp();
    }
}

/// Hansen's defaults, table 1.
struct Rates {
    weights: Vec<f64>,
    mu: f64,
    c_sigma: f64,
    d_sigma: f64,
    c_c: f64,
    c_1: f64,
    c_mu: f64,
    expected: f64,
}

impl Rates {
    fn new(n: f64, population: usize) -> Self {
        let half = 0.5 * population as f64 + 0.5;
        let raw: Vec<f64> = (1..=population / 2)
            .map(|i| half.ln() - (i as f64).ln())
            .collect();
        let total: f64 = raw.iter().sum();
        let weights: Vec<f64> = raw.iter().map(|w| w / total).collect();
        let mu = 1.0 / weights.iter().map(|w| w * w).sum::<f64>();
        let c_sigma = (mu + 2.0) / (n + mu + 5.0);
        let c_1 = 2.0 / ((n + 1.3).powi(2) + mu);
        let c_mu = 2.0 * (mu - 2.0 + 1.0 / mu) / ((n + 2.0).powi(2) + mu);
        Self {
            weights,
            mu,
            c_sigma,
            d_sigma: 1.0 + 2.0 * (((mu - 1.0) / (n + 1.0)).sqrt() - 1.0).max(0.0) + c_sigma,
            c_c: (4.0 + mu / n) / (n + 4.0 + 2.0 * mu / n),
            c_1,
            c_mu: c_mu.min(1.0 - c_1),
            expected: n.sqrt() * (1.0 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n)),
        }
    }
}
