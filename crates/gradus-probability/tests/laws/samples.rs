//! Samples themselves: their distribution, quantiles, bins, densities.

use gradus_numeric::{mean, variance};
use gradus_probability::{
    Affine, Beta, BinRule, Continuous, Empirical, Gamma, Histogram, Key, Mixture, Normal, Simplex,
    Triangular, Uniform, bin_edges, interpolated_quantile, kernel_density, kolmogorov_test,
    scott_bandwidth, silverman_bandwidth, smirnov_test,
};
use gradus_testkit::strategies::{finite, integers, special, structured_vector, vector};
use gradus_testkit::{all_same_bits, at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::error::Error;
use std::iter::zip;

const EPS: f64 = f64::EPSILON;

/// Ordinary numbers, ties, constants, tiny and huge ones.
fn sample() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![vector(1..40), integers(1..40), structured_vector(1..40)]
}

/// Numbers of all sizes, mostly with some that are not finite.
fn extreme(length: std::ops::Range<usize>) -> impl Strategy<Value = Vec<f64>> {
    let numbers = prop::collection::vec(finite(), length.clone());
    prop_oneof![prop::collection::vec(special(), length), numbers]
}

/// Numbers that are not all equal.
fn spread() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![vector(2..60), integers(2..60)]
        .prop_filter("spread", |x| x.iter().any(|y| *y != x[0]))
}

/// Probabilities, and those that a sample of so many has.
fn level(n: usize) -> impl Strategy<Value = f64> {
    prop_oneof![0.0..=1.0, (0..=n).prop_map(move |k| k as f64 / n as f64)]
}

fn moved(x: &[f64], scale: f64, origin: f64) -> Vec<f64> {
    x.iter().map(|x| scale * x + origin).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn quantiles_of_a_sample_invert_its_shares((x, p, at) in sample().prop_flat_map(|x| {
        let n = x.len();
        (Just(x), level(n), 0..n)
    })) {
        let law = Empirical::new(&x)?;
        for x in [x[at], x[at].next_down(), x[at].next_up(), 0.0] {
            // where nothing was asked the first number is the answer
            prop_assert_eq!(law.quantile(p) <= x, p <= law.cdf(x) && x >= law.points()[0]);
            prop_assert_eq!(law.upper_quantile(p) <= x, law.sf(x) <= p && x >= law.points()[0]);
            scaled(law.cdf(x) + law.sf(x), 1.0, EPS, 1.0)?;
        }
        // in tenths, as in print
        let share = x.iter().filter(|y| **y <= x[at]).count() as f64 / x.len() as f64;
        same_bits(law.cdf(x[at]), share)?;
        same_bits(law.quantile(share), x[at] + 0.0)?;
    }

    #[test]
    fn weights_of_a_sample_count_repetitions(pairs in prop::collection::vec((-9_i32..9, 0_u32..5), 1..20), seed in 0_u64..99) {
        let (x, w): (Vec<_>, Vec<_>) = pairs.iter().map(|(x, w)| (f64::from(*x), f64::from(*w))).unzip();
        let mut many: Vec<_> = pairs.iter().flat_map(|(x, w)| vec![f64::from(*x); *w as usize]).collect();
        gradus_random::shuffle(&mut many, &mut Key::new(seed).rng());
        match (Empirical::from_weights(&x, &w), Empirical::new(&many)) {
            (Ok(weighted), Ok(repeated)) => prop_assert_eq!(weighted, repeated),
            (Err(_), Err(_)) => prop_assert!(many.is_empty()),
            _ => prop_assert!(false, "one of both failed"),
        }
    }

    #[test]
    fn an_empirical_distribution_has_the_moments_of_its_sample(x in sample()) {
        let law = Empirical::new(&x)?;
        let size = x.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        scaled(law.mean()?, mean(&x)?, 8.0 * EPS, size)?;
        if let Ok(square) = law.variance() {
            let center = size * size;
            prop_assert!(square >= 0.0);
            if center.is_finite() {
                scaled(square, variance(&x, 0)?, 16.0 * EPS, center + f64::MIN_POSITIVE)?;
            }
        }
        same_bits(law.probabilities().as_slice().iter().sum::<f64>().round(), 1.0)?;
    }

    #[test]
    fn interpolated_quantiles_join_the_sample(x in sample(), k in 0_usize..40, p in 0.0..=1.0, q in 0.0..=1.0, scale in -8_i32..8) {
        let (k, mut sorted) = (k % x.len(), moved(&x, 1.0, 0.0));
        sorted.sort_by(f64::total_cmp);
        let whole = if x.len() == 1 { 0.0 } else { k as f64 / (x.len() - 1) as f64 };
        if whole * (x.len() - 1) as f64 == k as f64 {
            same_bits(interpolated_quantile(&x, whole)?, sorted[k])?;
        }
        let (low, high) = (interpolated_quantile(&x, f64::min(p, q))?, interpolated_quantile(&x, f64::max(p, q))?);
        prop_assert!(sorted[0] <= low && low <= high && high <= sorted[x.len() - 1]);
        // between its neighbors, in proportion
        let at = p * (x.len() - 1) as f64;
        let i = (0..x.len()).rev().find(|i| *i as f64 <= at).unwrap_or(0);
        let next = sorted[(i + 1).min(x.len() - 1)];
        let t = at - i as f64;
        let size = sorted[i].abs().max(next.abs());
        scaled(interpolated_quantile(&x, p)?, (1.0 - t) * sorted[i] + t * next, 4.0 * EPS, size)?;
        let unit = 2.0_f64.powi(scale);
        let wide = moved(&x, unit, 0.0);
        if wide.iter().all(|x| x.is_finite()) {
            scaled(interpolated_quantile(&wide, p)?, unit * interpolated_quantile(&x, p)?, 4.0 * EPS, unit * size)?;
        }
    }

    #[test]
    fn edges_of_bins_follow_the_unit(x in spread(), rule in 0_usize..3, scale in -9_i32..9, origin in -99_i32..99) {
        let rule = [BinRule::Sturges, BinRule::Scott, BinRule::FreedmanDiaconis][rule];
        let unit = 2.0_f64.powi(scale);
        if let Ok(edges) = bin_edges(&x, rule) {
            let (low, high) = (x.iter().copied().fold(f64::INFINITY, f64::min), x.iter().copied().fold(f64::NEG_INFINITY, f64::max));
            same_bits(edges[0], low + 0.0)?;
            same_bits(edges[edges.len() - 1], high + 0.0)?;
            let bins = (edges.len() - 1) as f64;
            for pair in edges.windows(2) {
                scaled(pair[1] - pair[0], (high - low) / bins, 8.0 * EPS, low.abs().max(high.abs()))?;
            }
            // as many as the rule says, which sees neither unit nor origin
            let moved = bin_edges(&moved(&x, unit, 0.0), rule)?;
            all_same_bits(&moved, &edges.iter().map(|e| unit * e).collect::<Vec<_>>())?;
            let n = x.len() as f64;
            if rule == BinRule::Sturges {
                same_bits(bins, (n.log2() + 1.0).ceil())?;
            }
            let shifted: Vec<_> = x.iter().map(|x| x.round() + f64::from(origin)).collect(); // exactly
            let whole: Vec<_> = x.iter().map(|x| x.round()).collect();
            if let (Ok(a), Ok(b), true) = (bin_edges(&shifted, rule), bin_edges(&whole, rule), rule != BinRule::Scott) {
                prop_assert_eq!(a.len(), b.len());
            }
        }
    }

    #[test]
    fn eight_times_the_data_halve_the_bins(x in prop::collection::vec(-100.0..100.0, 9..60)) {
        let (n, eight) = (x.len(), x.repeat(8));
        // the quartiles of the repeated sample are other interpolations, so the widths are told apart from them
        let spread = |x: &[f64]| -> Result<f64, TestCaseError> {
            Ok(interpolated_quantile(x, 0.75)? - interpolated_quantile(x, 0.25)?)
        };
        let bins = |x: &[f64]| -> Result<f64, TestCaseError> {
            Ok(bin_edges(x, BinRule::FreedmanDiaconis)?.len() as f64 - 1.0)
        };
        let range = interpolated_quantile(&x, 1.0)? - interpolated_quantile(&x, 0.0)?;
        let expected = |x: &[f64], width: f64| -> Result<(), TestCaseError> {
            let exact = range / width;
            prop_assert!((bins(x)? - exact).abs() <= 1.0 + 1e-9);
            Ok(())
        };
        let root = (n as f64).cbrt();
        expected(&x, 2.0 * spread(&x)? / root)?;
        expected(&eight, spread(&eight)? / root)?; // 2 / 8^(1/3) = 1
        let scott = |x: &[f64]| -> Result<f64, TestCaseError> { Ok(bin_edges(x, BinRule::Scott)?.len() as f64 - 1.0) };
        let width = (24.0 * std::f64::consts::PI.sqrt()).cbrt() / root * variance(&x, 0)?.sqrt();
        prop_assert!((scott(&x)? - range / width).abs() <= 1.0 + 1e-9);
        prop_assert!((scott(&eight)? - 2.0 * range / width).abs() <= 1.0 + 1e-9);
    }

    #[test]
    fn histograms_count(x in sample(), steps in prop::collection::vec(1_u32..5, 1..8)) {
        let mut edges = vec![-9.0];
        for step in steps {
            edges.push(edges[edges.len() - 1] + f64::from(step));
        }
        let bins = edges.len() - 1;
        let holds = |x: f64, i: usize| edges[i] <= x && (x < edges[i + 1] || i + 1 == bins && x == edges[i + 1]);
        let counts: Vec<_> = (0..bins).map(|i| x.iter().filter(|x| holds(**x, i)).count() as u64).collect();
        let inside: u64 = counts.iter().sum();
        if let Ok(histogram) = Histogram::new(&x, edges.clone()) {
            prop_assert_eq!(histogram.counts(), counts);
            prop_assert_eq!(histogram.outside(), x.len() as u64 - inside);
        } else {
            prop_assert_eq!(inside, 0);
        }
    }

    #[test]
    fn joined_bins_have_the_sum_of_their_counts(x in spread(), half in 1_u32..20) {
        let fine = Histogram::with_bins(&x, 2 * half)?;
        let joined: Vec<_> = fine.edges().iter().step_by(2).copied().collect();
        let coarse = Histogram::new(&x, joined)?;
        let sums: Vec<_> = fine.counts().chunks(2).map(|pair| pair.iter().sum::<u64>()).collect();
        prop_assert_eq!(coarse.counts(), sums);
        prop_assert_eq!((coarse.outside(), fine.outside()), (0, 0));
    }

    #[test]
    fn a_histogram_is_a_mixture_of_uniform_laws(x in spread(), bins in 1_u32..20, p in 0.0..=1.0, at in -110.0..110.0) {
        let histogram = Histogram::with_bins(&x, bins)?;
        let edges = histogram.edges();
        let parts = edges.windows(2).map(|pair| Uniform::new(pair[0], pair[1])).collect::<Result<Vec<_>, _>>()?;
        let counts: Vec<_> = histogram.counts().iter().map(|k| *k as f64).collect();
        let mixture = Mixture::new(Simplex::from_weights(&counts)?, parts)?;
        let area: f64 = zip(histogram.densities(), edges.windows(2)).map(|(d, pair)| d * (pair[1] - pair[0])).sum();
        scaled(area, 1.0, 64.0 * EPS, 1.0)?;
        for at in [at, histogram.quantile(p)] {
            scaled(histogram.cdf(at), mixture.cdf(at), 64.0 * EPS, 1.0)?;
            scaled(histogram.sf(at), mixture.sf(at), 64.0 * EPS, 1.0)?;
            if !edges.contains(&at) {
                scaled(histogram.pdf(at), mixture.pdf(at), 64.0 * EPS, mixture.pdf(at))?;
                scaled(histogram.ln_pdf(at).exp(), histogram.pdf(at), 64.0 * EPS, 1.0)?;
            }
        }
        // a density times the rounding of a place is a rounding of a probability
        let narrow = (edges[1] - edges[0]) / edges[0].abs().max(edges[edges.len() - 1].abs());
        scaled(histogram.cdf(histogram.quantile(p)), p, 64.0 * EPS / narrow, 1.0)?;
        let size = edges[0].abs().max(edges[edges.len() - 1].abs());
        scaled(histogram.mean()?, mixture.mean()?, 64.0 * EPS, size)?;
        scaled(histogram.variance()?, mixture.variance()?, 64.0 * EPS, size * size)?;
    }

    #[test]
    fn kernel_densities_integrate_to_one(x in prop::collection::vec(-20.0..20.0, 1..12), h in 0.1..3.0) {
        let sample = Empirical::new(&x)?;
        let bells = kernel_density(&sample, |x| Normal::new(x, h))?;
        // the trapezoidal rule at half the width of a bell errs by exp(−8π²) of it
        let places = (-1000..=1000).map(|k| 0.5 * h * f64::from(k)); // from −50 at least: ten widths beyond
        let sum: f64 = places.filter(|x| x.abs() < 60.0).map(|x| bells.pdf(x)).sum();
        relative(0.5 * h * sum, 1.0, 1e-13)?;
        let tents = kernel_density(&sample, |x| Triangular::new(x - h, x, x + h))?;
        let (low, high) = (sample.points()[0] - h, sample.points()[sample.points().len() - 1] + h);
        scaled(tents.cdf(high) - tents.cdf(low), 1.0, 8.0 * EPS, 1.0)?;
        same_bits(tents.pdf(low - 1e-9), 0.0)?;
    }

    #[test]
    fn kernels_add_their_variance(x in spread(), h in 0.1..9.0) {
        let sample = Empirical::new(&x)?;
        let size = 100.0 + h;
        let bells = kernel_density(&sample, |x| Normal::new(x, h))?;
        scaled(bells.mean()?, sample.mean()?, 16.0 * EPS, size)?;
        scaled(bells.variance()?, sample.variance()? + h * h, 16.0 * EPS, size * size)?;
        let curves = kernel_density(&sample, |x| Affine::of(Beta::new(2.0, 2.0)?, x - h, 2.0 * h))?;
        scaled(curves.variance()?, sample.variance()? + h * h / 5.0, 16.0 * EPS, size * size)?;
    }

    #[test]
    fn kernel_densities_follow_the_unit(x in spread(), at in -120.0..120.0, scale in -9_i32..9) {
        let unit = 2.0_f64.powi(scale);
        let density = |x: &[f64]| -> Result<Mixture<Normal>, TestCaseError> {
            let h = scott_bandwidth(x)?;
            Ok(kernel_density(&Empirical::new(x)?, |x| Normal::new(x, h))?)
        };
        let (one, other) = (density(&x)?, density(&moved(&x, unit, 0.0))?);
        scaled(other.ln_pdf(unit * at), one.ln_pdf(at) - unit.ln(), 64.0 * EPS, 1.0 + one.ln_pdf(at).abs() + unit.ln().abs())?;
        same_bits(other.cdf(unit * at), one.cdf(at))?;
    }

    #[test]
    fn the_nearest_kernel_is_the_tail(x in spread(), h in 0.5..2.0, far in 1e3..1e150) {
        let sample = Empirical::new(&x)?;
        let points = sample.points();
        let bells = kernel_density(&sample, |x| Normal::new(x, h))?;
        let last = points.len() - 1;
        // all others together are at most so many times as large as the nearest one
        let nearest = Normal::new(points[last], h)?.ln_pdf(far) + sample.probabilities().as_slice()[last].ln();
        let others = (1.0 / sample.probabilities().as_slice()[last]).ln();
        prop_assert!(bells.ln_pdf(far).is_finite());
        at_most(nearest * (1.0 + 8.0 * EPS), bells.ln_pdf(far))?;
        at_most(bells.ln_pdf(far), (nearest + others) * (1.0 - 8.0 * EPS))?;
        same_bits(bells.pdf(far), 0.0)?;
    }

    #[test]
    fn hostile_samples_give_errors_or_numbers(x in extreme(0..12), y in extreme(1..5), at in special(), p in 0.0..=1.0, bins in 0_u32..9) {
        let hostile = x.is_empty() || x.iter().any(|x| !x.is_finite());
        let share = |p: f64| if at.is_nan() { p.is_nan() } else { (0.0..=1.0).contains(&p) };
        prop_assert_eq!(Empirical::new(&x).is_err(), hostile);
        if let Ok(law) = Empirical::new(&x) {
            prop_assert!(share(law.cdf(at)) && share(law.sf(at)) && share(law.pmf(at)));
            prop_assert_eq!(law.quantile(at).is_nan(), !(0.0..=1.0).contains(&at));
            prop_assert!(law.mean()?.is_finite() && law.variance().unwrap_or(0.0) >= 0.0);
        }
        prop_assert!(interpolated_quantile(&x, p).unwrap_or(0.0).is_finite() && interpolated_quantile(&x, at).unwrap_or(0.0).is_finite());
        for rule in [BinRule::Sturges, BinRule::Scott, BinRule::FreedmanDiaconis] {
            let edges = bin_edges(&x, rule).unwrap_or(vec![0.0, 1.0]);
            prop_assert!(edges.windows(2).all(|pair| pair[0] < pair[1]));
        }
        for histogram in [Histogram::with_bins(&x, bins), Histogram::new(&x, y.clone())].into_iter().flatten() {
            prop_assert!(!hostile && share(histogram.cdf(at)) && share(histogram.sf(at)));
            prop_assert_eq!((histogram.pdf(at).is_nan(), histogram.ln_pdf(at).is_nan()), (at.is_nan(), at.is_nan()));
            prop_assert!(histogram.counts().iter().sum::<u64>() + histogram.outside() == x.len() as u64);
            prop_assert!(histogram.median().is_finite() && histogram.mean()?.is_finite());
        }
        for bandwidth in [scott_bandwidth(&x), silverman_bandwidth(&x)].into_iter().flatten() {
            prop_assert!(!hostile && bandwidth > 0.0 && bandwidth.is_finite());
        }
        for test in [kolmogorov_test(&x, &Normal::STANDARD), smirnov_test(&x, &y)].into_iter().flatten() {
            prop_assert!(!hostile && (0.0..=1.0).contains(&test.p_value) && (0.0..=1.0).contains(&test.statistic));
        }
    }

    #[test]
    fn bandwidths_shrink_with_the_fifth_root(x in spread(), scale in -9_i32..9) {
        let (scott, n) = (scott_bandwidth(&x)?, x.len() as f64);
        let many = x.repeat(32);
        // with division by n − 1
        let spread = ((n - 1.0) / n * (32.0 * n) / (32.0 * n - 1.0)).sqrt();
        relative(scott_bandwidth(&many)?, 0.5 * spread * scott, 32.0 * EPS)?;
        relative(silverman_bandwidth(&x)?, (4.0_f64 / 3.0).powf(0.2) * scott, 8.0 * EPS)?;
        relative(scott.powi(5) * n, variance(&x, 1)?.sqrt().powi(5), 64.0 * EPS)?;
        let unit = 2.0_f64.powi(scale);
        same_bits(scott_bandwidth(&moved(&x, unit, 0.0))?, unit * scott)?;
    }
}

#[test]
fn a_sample_stays_in_the_band_around_its_law() -> Result<(), Box<dyn Error>> {
    let (law, mut rng) = (Gamma::new(0.7, 2.0)?, Key::new(61).rng());
    for n in [10, 100, 10_000] {
        let x: Vec<_> = (0..n).map(|_| law.sample(&mut rng)).collect();
        let sample = Empirical::new(&x)?;
        let gap = sample.points().iter().map(|x| {
            let before = sample.cdf(x.next_down());
            f64::max(
                (sample.cdf(*x) - law.cdf(*x)).abs(),
                (before - law.cdf(*x)).abs(),
            )
        });
        // 2 exp(−2 n ε²) = 10⁻⁶
        let band = ((13.815510557964274 + 2.0_f64.ln()) / (2.0 * f64::from(n))).sqrt();
        at_most(gap.fold(0.0, f64::max), band)?;
    }
    Ok(())
}

#[test]
fn draws_from_a_sample_have_its_shares() -> Result<(), Box<dyn Error>> {
    let (x, w) = ([3.0, -1.0, 7.0, 7.0, 9.0], [1.0, 2.0, 3.0, 1.0, 0.0]);
    let (law, n) = (Empirical::from_weights(&x, &w)?, 100_000);
    let mut rng = Key::new(62).rng();
    let draws: Vec<_> = (0..n).map(|_| law.sample(&mut rng)).collect();
    for (point, p) in zip(law.points(), law.probabilities().as_slice()) {
        let share = draws.iter().filter(|x| *x == point).count() as f64 / f64::from(n);
        // five standard deviations of a share
        at_most(
            (share - p).abs(),
            5.0 * (p * (1.0 - p) / f64::from(n)).sqrt(),
        )?;
        assert_eq!(law.pmf(*point), *p);
    }
    assert!(draws.iter().all(|x| law.pmf(*x) > 0.0));
    Ok(())
}
