//! Adding up, and sampling.

use gradus_privacy::{Budget, Key, amplified, poisson_sample};
use gradus_testkit::{at_most, cases, relative, same_bits, within_ulps};
use proptest::prelude::*;

const EPSILON: f64 = f64::EPSILON;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn budgets_add(e in prop::array::uniform3(0.0..10.0), d in prop::array::uniform3(0.0..0.1)) {
        let [a, b, c] = [0, 1, 2].map(|k| Budget::new(e[k], d[k]));
        let (a, b, c) = (a?, b?, c?);
        prop_assert_eq!(a.and(b), b.and(a));
        let (left, right) = (a.and(b).and(c), a.and(b.and(c)));
        relative(left.epsilon, right.epsilon, 2.0 * EPSILON)?;
        relative(left.delta, right.delta, 2.0 * EPSILON)?;
        prop_assert_eq!(a.and(Budget::new(0.0, 0.0)?), a);
    }

    #[test]
    fn many_answers_cost_at_most_their_sum(epsilon in prop_oneof![1e-6..1e-2_f64, 1e-2..3.0], k in 0..100_000_u64, slack in 1e-12..1e-3_f64) {
        let all = Budget::new(epsilon, 0.0)?.times(k, slack)?;
        let (n, sum) = (k as f64, k as f64 * epsilon);
        at_most(all.epsilon, sum)?;
        let advanced = epsilon * (2.0 * n * (1.0 / slack).ln()).sqrt() + n * epsilon * epsilon.exp_m1();
        relative(all.epsilon, sum.min(advanced), 8.0 * EPSILON)?;
        prop_assert_eq!(all.delta > 0.0, all.epsilon < sum);
    }

    #[test]
    fn sampling_never_costs_privacy(epsilon in prop_oneof![0.0..2.0, 0.0..1500.0], q in 0.0..=1.0, more in 0.0..=1.0) {
        within_ulps(amplified(epsilon, 1.0)?, epsilon, 4)?;
        same_bits(amplified(epsilon, 0.0)?, 0.0)?;
        let (low, high) = (f64::min(q, more), f64::max(q, more));
        at_most(amplified(epsilon, low)?, amplified(epsilon, high)? * (1.0 + 4.0 * EPSILON))?;
        at_most(amplified(epsilon, q)?, epsilon * (1.0 + 4.0 * EPSILON))?;
        // To the first order q ε.
        if epsilon < 1e-3 {
            relative(amplified(epsilon, q)?, q * epsilon, epsilon + 4.0 * EPSILON)?;
        }
    }

    #[test]
    fn sampled_randomized_response_reaches_its_epsilon(epsilon in 1e-3..20.0_f64, q in 1e-6..=1.0) {
        // In the sample with probability q: the answer by randomized response of two; else a fair coin's lie, which says 0 as a
        // person who is not there would. Likelier with the person by p = q e^ε + (1 − q), over the common divisor.
        let (said_with, said_without) = (q * epsilon.exp() + (1.0 - q), 1.0);
        // Three roundings of a number near 1, of which the logarithm is taken.
        let tolerance = 4.0 * EPSILON * (1.0 + 1.0 / (q * epsilon));
        relative(amplified(epsilon, q)?, f64::ln(said_with / said_without), tolerance)?;
    }

    #[test]
    fn poisson_samples_rise(n in 0..500_u32, rate in prop_oneof![Just(0.0), Just(1.0), 0.0..1.0, 1e-12..1e-3], seed in 0..1000_u64) {
        let sample = poisson_sample(n, rate, &mut Key::new(seed).rng())?;
        prop_assert!(sample.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(sample.iter().all(|&i| i < n));
        if rate == 0.0 || rate == 1.0 {
            prop_assert_eq!(sample.len(), if rate == 1.0 { n as usize } else { 0 });
        }
        prop_assert_eq!(sample, poisson_sample(n, rate, &mut Key::new(seed).rng())?);
    }
}

#[test]
fn members_of_a_poisson_sample_are_independent() -> Result<(), Box<dyn std::error::Error>> {
    let (n, rate, times) = (6_u32, 0.3, 20_000);
    let mut rng = Key::new(5).rng();
    let mut both = [[0.0; 6]; 6];
    for _ in 0..times {
        let sample = poisson_sample(n, rate, &mut rng)?;
        for &i in &sample {
            for &j in &sample {
                both[i as usize][j as usize] += 1.0;
            }
        }
    }
    for i in 0..6 {
        for j in 0..6 {
            let (p, times) = (if i == j { rate } else { rate * rate }, f64::from(times));
            // Five deviations: of 36 counts one in fifty thousand seeds.
            at_most(
                (both[i][j] - times * p).abs(),
                5.0 * (times * p * (1.0 - p)).sqrt(),
            )?;
        }
    }
    Ok(())
}
