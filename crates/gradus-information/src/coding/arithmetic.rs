//! Arithmetic coding: one number for a whole message.

use crate::error::InformationError;

/// A message as the bits of one number, by arithmetic coding.
///
/// ```math
/// [0, 1) \supset \Bigl[ F(x_1), F(x_1) + p(x_1) \Bigr) \supset \dots, \qquad
/// \text{length} \le -\log_2 \prod_t p(x_t) + 2 \text{ bits}
/// ```
///
/// Each symbol shrinks an interval by its probability $`p(x) = n_x / N`$, where $`n_x`$ are the `counts`; any number inside of the last one
/// stands for the message. Unlike a prefix code it does not round every symbol up to whole bits: a symbol of probability 0.99 costs 0.0145 bits.
///
/// # Shapes
///
/// `counts: n`, `message: m`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | what was encoded is decoded | `arithmetic_codes_are_decoded` |
/// | at most 2 bits more than the surprise of the message | `arithmetic_codes_are_as_long_as_their_surprise` |
///
/// # Numerics
///
/// Whole numbers of 32 bits; bits that are settled are put out, and the interval is doubled. Rounding it costs less than
/// $`2^{-5}`$ of a bit a symbol for counts whose sum is at most $`2^{24}`$.
///
/// # Errors
///
/// [`InformationError::UnknownSymbol`] for a symbol without a count, [`InformationError::Impossible`] for one whose count is 0,
/// [`InformationError::TooManyCounts`] if the counts sum to more than $`2^{24}`$, [`InformationError::Empty`] if to 0.
///
/// # Examples
///
/// ```
/// use gradus_information::{arithmetic_decode, arithmetic_encode};
///
/// let counts = [99, 1];
/// let message = [0; 100];
/// let bits = arithmetic_encode(&counts, &message)?;
/// assert!(bits.len() <= 4); // −100 log₂ 0.99 = 1.45; a prefix code would need 100
/// assert_eq!(arithmetic_decode(&counts, &bits, 100)?, message);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// I. H. Witten, R. M. Neal and J. G. Cleary, *Arithmetic coding for data compression*, Commun. ACM 30 (1987), 520–540; D. MacKay,
/// *Information Theory, Inference, and Learning Algorithms* (2003), §6.2.
pub fn arithmetic_encode(counts: &[u32], message: &[usize]) -> Result<Vec<bool>, InformationError> {
    let model = Model::new(counts)?;
    let mut interval = Interval::UNIT;
    let (mut bits, mut undecided) = (Vec::new(), 0_usize);
    for &symbol in message {
        interval.narrow(&model, model.range(symbol)?);
        while let Some(half) = interval.half() {
            match half {
                Half::Straddling => undecided += 1,
                Half::Lower => put(&mut bits, false, &mut undecided),
                Half::Upper => put(&mut bits, true, &mut undecided),
            }
            interval.double(half);
        }
    }
    if !message.is_empty() {
        // a quarter that lies inside of what is left
        undecided += 1;
        put(&mut bits, interval.low >= QUARTER, &mut undecided);
    }
    Ok(bits)
}

/// The message of so many symbols that bits of [`arithmetic_encode`] stand for, with the same counts.
///
/// # Errors
///
/// As [`arithmetic_encode`]. Other bits give another message, never a panic.
///
/// # Examples
///
/// See [`arithmetic_encode`].
///
/// # References
///
/// As [`arithmetic_encode`].
pub fn arithmetic_decode(
    counts: &[u32],
    bits: &[bool],
    symbols: usize,
) -> Result<Vec<usize>, InformationError> {
    let model = Model::new(counts)?;
    let mut interval = Interval::UNIT;
    let mut bits = bits
        .iter()
        .copied()
        .chain(std::iter::repeat(false))
        .map(u64::from);
    let mut next = move || bits.next().unwrap_or(0);
    let mut number = (0..REGISTER).fold(0, |number, _| 2 * number + next());
    let mut message = Vec::with_capacity(symbols.min(1 << 20));
    for _ in 0..symbols {
        let place = ((number - interval.low + 1) * model.total - 1) / interval.width();
        let symbol = model.at(place);
        interval.narrow(&model, model.range(symbol)?);
        message.push(symbol);
        while let Some(half) = interval.half() {
            number = 2 * (number - half.start()) + next();
            interval.double(half);
        }
    }
    Ok(message)
}

/// Cumulative counts.
struct Model {
    starts: Vec<u64>, // one more than there are symbols
    total: u64,
}

impl Model {
    fn new(counts: &[u32]) -> Result<Self, InformationError> {
        let mut starts = vec![0];
        starts.extend(counts.iter().scan(0, |sum, count| {
            *sum += u64::from(*count);
            Some(*sum)
        }));
        let total = starts[counts.len()];
        if total == 0 {
            return Err(InformationError::Empty);
        }
        if total > LARGEST_TOTAL {
            return Err(InformationError::TooManyCounts {
                sum: total,
                largest: LARGEST_TOTAL,
            });
        }
        Ok(Self { starts, total })
    }

    /// Where a symbol starts and ends among all counts.
    fn range(&self, symbol: usize) -> Result<(u64, u64), InformationError> {
        let symbols = self.starts.len() - 1;
        if symbol >= symbols {
            return Err(InformationError::UnknownSymbol { symbol, symbols });
        }
        let (start, end) = (self.starts[symbol], self.starts[symbol + 1]);
        if start == end {
            return Err(InformationError::Impossible { outcome: symbol });
        }
        Ok((start, end))
    }

    /// The symbol whose range holds this place.
    fn at(&self, place: u64) -> usize {
        self.starts.partition_point(|start| *start <= place) - 1
    }
}

/// Numbers from `low` to `high`, both included.
struct Interval {
    low: u64,
    high: u64,
}

#[derive(Clone, Copy)]
enum Half {
    Lower,
    Upper,
    Straddling,
}

impl Half {
    /// What is taken off before the interval is doubled.
    fn start(self) -> u64 {
        match self {
            Self::Lower => 0,
            Self::Upper => 2 * QUARTER,
            Self::Straddling => QUARTER,
        }
    }
}

impl Interval {
    const UNIT: Self = Self {
        low: 0,
        high: 4 * QUARTER - 1,
    };

    fn width(&self) -> u64 {
        self.high - self.low + 1
    }

    fn narrow(&mut self, model: &Model, (start, end): (u64, u64)) {
        let width = self.width();
        self.high = self.low + width * end / model.total - 1;
        self.low += width * start / model.total;
    }

    /// The half of all numbers that holds the interval, if one does.
    fn half(&self) -> Option<Half> {
        if self.high < 2 * QUARTER {
            Some(Half::Lower)
        } else if self.low >= 2 * QUARTER {
            Some(Half::Upper)
        } else if self.low >= QUARTER && self.high < 3 * QUARTER {
            Some(Half::Straddling)
        } else {
            None
        }
    }

    fn double(&mut self, half: Half) {
        self.low = 2 * (self.low - half.start());
        self.high = 2 * (self.high - half.start()) + 1;
    }
}

/// A bit that is settled, and after it the opposite ones that waited for it.
fn put(bits: &mut Vec<bool>, bit: bool, undecided: &mut usize) {
    bits.push(bit);
    bits.extend(std::iter::repeat_n(!bit, *undecided));
    *undecided = 0;
}

/// Bits of a number.
const REGISTER: u32 = 32;
const QUARTER: u64 = 1 << (REGISTER - 2);
/// Far below a quarter, so that every symbol keeps a part of the interval.
const LARGEST_TOTAL: u64 = 1 << 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_cannot_be() {
        assert_eq!(
            arithmetic_encode(&[1, 0], &[1]),
            Err(InformationError::Impossible { outcome: 1 })
        );
        assert_eq!(
            arithmetic_encode(&[1], &[1]),
            Err(InformationError::UnknownSymbol {
                symbol: 1,
                symbols: 1
            })
        );
        assert_eq!(arithmetic_encode(&[0], &[]), Err(InformationError::Empty));
        assert!(matches!(
            arithmetic_encode(&[u32::MAX], &[0]),
            Err(InformationError::TooManyCounts { .. })
        ));
        assert_eq!(arithmetic_encode(&[1, 1], &[]), Ok(vec![]));
        assert_eq!(arithmetic_decode(&[3], &[], 2), Ok(vec![0, 0]));
    }
}
