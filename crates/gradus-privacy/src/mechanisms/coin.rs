//! Coins with exact probabilities, by integers alone.

use gradus_random::rand::Rng;

/// One of the integers from 0 to below `n`, each with the same probability; `n` is positive.
pub(crate) fn below(n: u128, rng: &mut (impl Rng + ?Sized)) -> u128 {
    // As many bits as n - 1 has: every other draw is kept, or more.
    let bits = u128::BITS - n.saturating_sub(1).leading_zeros();
    let mask = u128::MAX.checked_shr(u128::BITS - bits).unwrap_or(0);
    loop {
        let word = u128::from(rng.next_u64()) << 64 | u128::from(rng.next_u64());
        if word & mask < n {
            return word & mask;
        }
    }
}

/// True with probability $`e^{-a/b}`$, exactly.
///
/// For $`\gamma = a/b \le 1`$: coins with the probabilities $`\gamma/1, \gamma/2, \gamma/3, \dots`$ are thrown until one fails. The
/// first to fail is the $`k`$-th with probability $`\gamma^{k-1}/(k-1)! - \gamma^k/k!`$, and the sum of that over odd $`k`$ is $`e^{-\gamma}`$.
/// For larger ratios, $`e^{-1}`$ must come $`\lfloor \gamma \rfloor`$ times first.
///
/// (C. L. Canonne, G. Kamath and T. Steinke, *The discrete Gaussian for differential privacy*, `NeurIPS` 2020, algorithm 1.)
pub(crate) fn exponential(a: u128, b: u128, rng: &mut (impl Rng + ?Sized)) -> bool {
    let mut whole = a / b;
    while whole > 0 {
        if !exponential_up_to_one(1, 1, rng) {
            return false; // soon: two times in three
        }
        whole -= 1;
    }
    exponential_up_to_one(a % b, b, rng)
}

fn exponential_up_to_one(a: u128, b: u128, rng: &mut (impl Rng + ?Sized)) -> bool {
    let mut k = 1;
    while below(b.saturating_mul(k), rng) < a {
        k += 1;
    }
    k % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_random::Key;

    #[test]
    fn integers_are_equally_likely() {
        let mut rng = Key::new(1).rng();
        let mut counts = [0_u32; 5];
        (0..5000).for_each(|_| counts[usize::try_from(below(5, &mut rng)).unwrap()] += 1);
        assert!(counts.iter().all(|&c| c.abs_diff(1000) < 150)); // 5 deviations of 28
        assert_eq!(below(1, &mut rng), 0);
        assert!(below(u128::MAX, &mut rng) < u128::MAX);
    }

    #[test]
    fn coins_are_exponentials() {
        let mut rng = Key::new(2).rng();
        for (a, b) in [(0, 1), (1, 2), (1, 1), (7, 2)] {
            let n = 20_000;
            let heads = (0..n).filter(|_| exponential(a, b, &mut rng)).count() as f64;
            let p = (-(a as f64) / b as f64).exp();
            let deviation = (f64::from(n) * p * (1.0 - p)).sqrt();
            assert!(
                (heads - f64::from(n) * p).abs() <= 5.0 * deviation,
                "{a}/{b}"
            );
        }
    }
}
