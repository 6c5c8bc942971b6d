//! The promised bits, against tables made by `golden/draws.py`.

use gradus_random::{Key, normal, permutation, uniform};
use rand::{Rng, TryRng};
use std::convert::Infallible;
use std::num::ParseIntError;

#[test]
fn words_are_the_chacha8_key_stream() -> Result<(), ParseIntError> {
    for row in rows(include_str!("golden/words.csv"))? {
        let (key, words) = keyed(&row);
        let mut rng = key.rng();
        let drawn: Vec<u64> = (0..=1000).map(|_| u64::from(rng.next_u32())).collect();
        assert_eq!([&drawn[..8], &drawn[1000..]].concat(), words, "{key:?}");
    }
    Ok(())
}

#[test]
fn draws_have_the_bits_of_the_golden_table() -> Result<(), ParseIntError> {
    for row in rows(include_str!("golden/draws.csv"))? {
        let word = row[0];
        assert_eq!(
            uniform(&mut Once(word)).to_bits(),
            row[1],
            "uniform({word:#x})"
        );
        assert_eq!(
            normal(&mut Once(word)).to_bits(),
            row[2],
            "normal({word:#x})"
        );
    }
    Ok(())
}

#[test]
fn normal_draws_are_within_three_ulp_of_the_quantile() -> Result<(), ParseIntError> {
    for row in rows(include_str!("golden/draws.csv"))? {
        // Equal signs: the bits of neighbors differ by one.
        let ulps = normal(&mut Once(row[0])).to_bits().abs_diff(row[3]);
        assert!(ulps <= 3, "normal({:#x}) is off by {ulps} ULP", row[0]);
    }
    Ok(())
}

#[test]
fn permutations_are_those_of_the_golden_table() -> Result<(), ParseIntError> {
    for row in rows(include_str!("golden/permutations.csv"))? {
        let (key, rest) = keyed(&row);
        let (n, entries) = (rest[0], &rest[1..]);
        let order = permutation(u32::try_from(n).unwrap_or(u32::MAX), &mut key.rng());
        let every = if n <= 10 { 1 } else { 1000 };
        let kept: Vec<u64> = order.iter().step_by(every).map(|&i| i.into()).collect();
        assert_eq!(kept, entries, "{key:?}");
    }
    Ok(())
}

/// The numbers of each line, decimal or hexadecimal.
fn rows(table: &str) -> Result<Vec<Vec<u64>>, ParseIntError> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split(',').map(number).collect())
        .collect()
}

fn number(text: &str) -> Result<u64, ParseIntError> {
    match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16),
        None => text.parse(),
    }
}

/// The key in front of a row, and the rest.
fn keyed(row: &[u64]) -> (Key, &[u64]) {
    (
        Key::new(row[0]).stream(row[1]).round(row[2]).index(row[3]),
        &row[4..],
    )
}

/// A generator of one word.
struct Once(u64);

impl TryRng for Once {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.0 >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill(0);
        Ok(())
    }
}
