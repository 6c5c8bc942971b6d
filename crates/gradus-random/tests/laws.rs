//! The laws of keys, permutations and draws. Statistical laws use one fixed key each and bounds that
//! a right implementation fails once in a million keys.

use gradus_random::{
    Key, RandomError, bernoulli, fill_bernoulli, fill_normal, fill_normal_f32, fill_uniform,
    fill_uniform_f32, normal, normal_f32, permutation, permute, shuffle, uniform, uniform_below,
    uniform_between, uniform_between_f32, uniform_f32,
};
use gradus_testkit::cases;
use proptest::prelude::*;
use rand::{Rng, TryRng};
use std::convert::Infallible;
use std::fmt::Debug;

fn key() -> impl Strategy<Value = Key> {
    let number = || prop_oneof![Just(0), Just(1), Just(u64::MAX), any::<u64>()];
    (number(), number(), number(), number()).prop_map(|(seed, stream, round, index)| Key {
        seed,
        stream,
        round,
        index,
    })
}

/// Two keys that differ, often in one place only.
fn two_keys() -> impl Strategy<Value = (Key, Key)> {
    let other = (key(), 0..64, 0..4).prop_map(|(a, bit, place)| {
        let flip = 1_u64 << bit;
        let b = match place {
            0 => Key {
                seed: a.seed ^ flip,
                ..a
            },
            1 => a.stream(a.stream ^ flip),
            2 => a.round(a.round ^ flip),
            _ => a.index(a.index ^ flip),
        };
        (a, b)
    });
    // The same four numbers in other places are another key.
    let turned = (key(), Just(())).prop_filter_map("turns into another key", |(a, ())| {
        let b = Key {
            seed: a.stream,
            stream: a.round,
            round: a.index,
            index: a.seed,
        };
        (a != b).then_some((a, b))
    });
    prop_oneof![other, turned]
}

/// Two finite numbers in order, all magnitudes.
fn interval() -> impl Strategy<Value = (f64, f64)> {
    let end = || prop_oneof![Just(0.0), Just(-1.0), Just(1.0), Just(f64::MAX), finite()];
    let free = (end(), end()).prop_map(|(a, b): (f64, f64)| (a.min(b), a.max(b)));
    let narrow = finite().prop_map(|a| (a, if a < f64::MAX { a.next_up() } else { a }));
    prop_oneof![free, narrow]
}

fn finite() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("finite", |x| x.is_finite())
}

#[expect(clippy::cast_possible_truncation, reason = "rounding is meant")]
fn single(x: f64) -> f32 {
    x as f32
}

fn words(key: Key, n: usize) -> Vec<u64> {
    let mut rng = key.rng();
    (0..n).map(|_| rng.next_u64()).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn equal_keys_give_equal_bits(key in key()) {
        let built = Key::new(key.seed).index(key.index).stream(key.stream).round(key.round);
        prop_assert_eq!(words(key, 40), words(built, 40));
    }

    #[test]
    fn different_keys_give_different_bits((a, b) in two_keys()) {
        let equal = words(a, 40).into_iter().zip(words(b, 40)).filter(|(a, b)| a == b).count();
        prop_assert_eq!(equal, 0);
    }

    #[test]
    fn a_permutation_holds_every_index_once(n in 0_u32..600, key in key()) {
        let mut order = permutation(n, &mut key.rng());
        order.sort_unstable();
        prop_assert!(order.into_iter().eq(0..n));
    }

    #[test]
    fn a_permutation_is_the_shuffled_identity(
        mut buffer in prop::collection::vec(any::<u32>(), 0..300),
        key in key(),
    ) {
        let n = u32::try_from(buffer.len())?;
        let mut items: Vec<u32> = (0..n).collect();
        shuffle(&mut items, &mut key.rng());
        permute(&mut buffer, &mut key.rng())?;
        prop_assert_eq!(&buffer, &items);
        prop_assert_eq!(permutation(n, &mut key.rng()), items);
    }

    #[test]
    fn shuffling_keeps_the_items(items in prop::collection::vec(0_u8..5, 0..300), key in key()) {
        let (mut before, mut after) = (items.clone(), items);
        shuffle(&mut after, &mut key.rng());
        before.sort_unstable();
        after.sort_unstable();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn bounded_integers_stay_below_their_bound(
        n in prop_oneof![1..10_u32, Just(u32::MAX), Just(1 << 31), Just((1 << 31) + 1), 1..u32::MAX],
        key in key(),
    ) {
        let mut rng = key.rng();
        for _ in 0..50 {
            prop_assert!(uniform_below(n, &mut rng)? < n);
        }
    }

    #[test]
    fn uniform_draws_are_multiples_of_two_to_the_minus_53(key in key()) {
        let mut rng = key.rng();
        for _ in 0..50 {
            let (u, v) = (uniform(&mut rng), uniform_f32(&mut rng));
            prop_assert!((0.0..1.0).contains(&u) && (u * 2.0_f64.powi(53)).fract() == 0.0);
            prop_assert!((0.0..1.0).contains(&v) && (v * 2.0_f32.powi(24)).fract() == 0.0);
        }
    }

    #[test]
    fn uniform_draws_stay_in_their_interval((low, high) in interval(), key in key()) {
        let inside = |x: f64, low: f64, high: f64| low <= x && (x < high || low == high && x == low);
        let mut rng = key.rng();
        let (low_f32, high_f32) = (single(low), single(high));
        for _ in 0..20 {
            prop_assert!(inside(uniform_between(low, high, &mut rng)?, low, high));
            match uniform_between_f32(low_f32, high_f32, &mut rng) {
                Ok(x) => prop_assert!(inside(x.into(), low_f32.into(), high_f32.into())),
                Err(_) => prop_assert!(!(low_f32.is_finite() && high_f32.is_finite())),
            }
        }
    }

    #[test]
    fn the_unit_interval_is_uniform(key in key()) {
        let x = uniform_between(0.0, 1.0, &mut key.rng())?;
        prop_assert_eq!(x.to_bits(), uniform(&mut key.rng()).to_bits());
    }

    #[test]
    fn filling_is_drawing_one_by_one(n in 0_usize..200, m in 0_usize..40, key in key()) {
        let both = Both { n, m, key };
        both.agree(|x, rng| fill_uniform(-2.0, 3.0, x, rng), |rng| uniform_between(-2.0, 3.0, rng))?;
        both.agree(
            |x, rng| fill_uniform_f32(-2.0, 3.0, x, rng),
            |rng| uniform_between_f32(-2.0, 3.0, rng),
        )?;
        let normals = |x: &mut [f64], rng: &mut dyn Rng| { fill_normal(x, rng); Ok(()) };
        both.agree(normals, |rng| Ok(normal(rng)))?;
        let normals = |x: &mut [f32], rng: &mut dyn Rng| { fill_normal_f32(x, rng); Ok(()) };
        both.agree(normals, |rng| Ok(normal_f32(rng)))?;
        both.agree(|x, rng| fill_bernoulli(0.3, true, false, x, rng), |rng| bernoulli(0.3, rng))?;
    }

    #[test]
    fn normal_is_symmetric(word in any::<u64>()) {
        let (x, y) = (normal(&mut Repeat(word)), normal(&mut Repeat(word ^ 1)));
        prop_assert_eq!(x.to_bits(), (-y).to_bits());
    }

    #[test]
    fn certain_events_are_certain(key in key()) {
        let mut rng = key.rng();
        for _ in 0..50 {
            prop_assert!(bernoulli(1.0, &mut rng)? && !bernoulli(0.0, &mut rng)?);
        }
    }
}

#[test]
fn uniform_moments() {
    let (mut rng, mut rng_f32) = (Key::new(1).rng(), Key::new(2).rng());
    let centered: Vec<f64> = (0..N).map(|_| uniform(&mut rng) - 0.5).collect();
    let centered_f32: Vec<f64> = (0..N)
        .map(|_| f64::from(uniform_f32(&mut rng_f32)) - 0.5)
        .collect();
    for sample in [centered, centered_f32] {
        assert_moment(&sample, 1, 0.0, 1.0 / 12.0);
        assert_moment(&sample, 2, 1.0 / 12.0, 1.0 / 180.0); // E x⁴ − (E x²)² = 1/80 − 1/144
    }
}

#[test]
fn normal_moments() {
    let mut rng = Key::new(3).rng();
    let sample: Vec<f64> = (0..N).map(|_| normal(&mut rng)).collect();
    assert_moment(&sample, 1, 0.0, 1.0);
    assert_moment(&sample, 2, 1.0, 2.0);
    assert_moment(&sample, 3, 0.0, 15.0);
    assert_moment(&sample, 4, 3.0, 96.0); // E x⁸ − (E x⁴)² = 105 − 9
}

#[test]
fn uniform_passes_kolmogorov_smirnov() {
    let mut rng = Key::new(4).rng();
    assert_distribution((0..N).map(|_| uniform(&mut rng)).collect(), |x| x);
}

#[test]
fn normal_passes_kolmogorov_smirnov() {
    let mut rng = Key::new(5).rng();
    assert_distribution((0..N).map(|_| normal(&mut rng)).collect(), normal_cdf);
}

#[test]
fn positions_are_uniform() {
    let mut rng = Key::new(6).rng();
    let mut counts = [[0_u32; 10]; 10];
    for _ in 0..20_000 {
        for (place, number) in permutation(10, &mut rng).into_iter().enumerate() {
            counts[number as usize][place] += 1;
        }
    }
    for (number, counts) in counts.iter().enumerate() {
        let statistic = chi_squared(counts);
        assert!(statistic < CHI_SQUARED_9, "number {number}: {statistic}");
    }
}

#[test]
fn all_orders_are_equally_likely() {
    let mut rng = Key::new(7).rng();
    let mut counts = [0_u32; 6];
    for _ in 0..60_000 {
        let order = permutation(3, &mut rng);
        counts[2 * order[0] as usize + usize::from(order[1] > order[2])] += 1;
    }
    let statistic = chi_squared(&counts);
    assert!(statistic < CHI_SQUARED_5, "{counts:?}: {statistic}");
}

#[test]
fn frequencies_meet_the_probability() -> Result<(), RandomError> {
    for (stream, p) in [(0, 0.5), (1, 0.8), (2, 0.01)] {
        let mut mask = vec![0.0; N];
        fill_bernoulli(
            p,
            1.0 / p,
            0.0,
            &mut mask,
            &mut Key::new(8).stream(stream).rng(),
        )?;
        assert_moment(&mask, 1, 1.0, (1.0 - p) / p);
    }
    Ok(())
}

/// Filling `n` entries and then `m`, beside drawing `n + m` numbers.
struct Both {
    n: usize,
    m: usize,
    key: Key,
}

impl Both {
    fn agree<T: Clone + Debug + Default + PartialEq>(
        &self,
        fill: impl Fn(&mut [T], &mut dyn Rng) -> Result<(), RandomError>,
        draw: impl Fn(&mut dyn Rng) -> Result<T, RandomError>,
    ) -> Result<(), TestCaseError> {
        let mut filled = vec![T::default(); self.n + self.m];
        let mut rng = self.key.rng();
        fill(&mut filled[..self.n], &mut rng)?;
        fill(&mut filled[self.n..], &mut rng)?;
        let mut rng = self.key.rng();
        for entry in filled {
            prop_assert_eq!(entry, draw(&mut rng)?);
        }
        Ok(())
    }
}

/// The mean of the powers of the sample is within 5σ of `mean`; `variance` is that of one power.
fn assert_moment(sample: &[f64], power: i32, mean: f64, variance: f64) {
    let n = sample.len() as f64;
    let z = (sample.iter().map(|x| x.powi(power)).sum::<f64>() / n - mean) / (variance / n).sqrt();
    assert!(
        z.abs() < 5.0,
        "moment {power} is {z} standard deviations off"
    );
}

/// Kolmogorov's and Smirnov's test: the largest distance between the two distribution functions.
fn assert_distribution(mut sample: Vec<f64>, cdf: fn(f64) -> f64) {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let distance =
        |(i, &x): (usize, &f64)| (cdf(x) - i as f64 / n).max((i + 1) as f64 / n - cdf(x));
    let statistic = sample.iter().enumerate().map(distance).fold(0.0, f64::max) * n.sqrt();
    assert!(statistic < KOLMOGOROV, "{statistic}");
}

/// Φ(x) = ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …): Marsaglia, J. Stat. Software 11(4), 2004.
fn normal_cdf(x: f64) -> f64 {
    let (mut term, mut sum, mut k) = (x, x, 1.0);
    while term.abs() > f64::EPSILON * sum.abs() {
        k += 2.0;
        term *= x * x / k;
        sum += term;
    }
    0.5 + sum * (-0.5 * x * x).exp() / std::f64::consts::TAU.sqrt()
}

/// Pearson's statistic for equally likely cells.
fn chi_squared(counts: &[u32]) -> f64 {
    let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
    counts
        .iter()
        .map(|&n| (f64::from(n) - expected).powi(2) / expected)
        .sum()
}

/// A generator that gives one word again and again.
struct Repeat(u64);

impl TryRng for Repeat {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok((self.0 >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(self.0)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        bytes.fill(0);
        Ok(())
    }
}

const N: usize = 100_000;

// Points exceeded with probability 1e-6: √(ln(2·10⁶) / 2), and χ² with 5 and 9 degrees of freedom.
const KOLMOGOROV: f64 = 2.693;
const CHI_SQUARED_5: f64 = 35.89;
const CHI_SQUARED_9: f64 = 44.81;
