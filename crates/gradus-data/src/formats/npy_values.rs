//! Elements of arrays, by their type.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::half::{of_bf16, of_f16};
use crate::error::DataError;

/// The elements of an array, by their type.
///
/// # Examples
///
/// ```
/// use gradus_data::npy::Values;
///
/// assert_eq!(Values::I64(vec![7, -1]).descr(), "<i8"); // bytes, not bits
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// `|b1`: true and false.
    Bool(Vec<bool>),
    /// `|u1`: unsigned bytes.
    U8(Vec<u8>),
    /// `<i4`: 32-bit integers.
    I32(Vec<i32>),
    /// `<i8`: 64-bit integers, NumPy's own.
    I64(Vec<i64>),
    /// `<f2`: half precision, as the bits of IEEE binary16.
    F16(Vec<u16>),
    /// The bits of bfloat16, the upper half of single precision. NumPy has no name for it: as an NPY array it is
    /// written in single precision, `<f4`, which changes no number.
    Bf16(Vec<u16>),
    /// `<f4`: single precision, bits kept (NaN and infinities too).
    F32(Vec<f32>),
    /// `<f8`: double precision, bits kept (NaN and infinities too).
    F64(Vec<f64>),
}

impl Values {
    /// The name that NumPy has for the type.
    #[must_use]
    pub const fn descr(&self) -> &'static str {
        match self {
            Self::Bool(_) => "|b1",
            Self::U8(_) => "|u1",
            Self::I32(_) => "<i4",
            Self::I64(_) => "<i8",
            Self::F16(_) => "<f2",
            Self::Bf16(_) | Self::F32(_) => "<f4",
            Self::F64(_) => "<f8",
        }
    }

    /// How many elements there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Bool(values) => values.len(),
            Self::U8(values) => values.len(),
            Self::I32(values) => values.len(),
            Self::I64(values) => values.len(),
            Self::F16(values) | Self::Bf16(values) => values.len(),
            Self::F32(values) => values.len(),
            Self::F64(values) => values.len(),
        }
    }

    /// Whether there is no element.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The elements as doubles, if that loses nothing.
    ///
    /// # Errors
    ///
    /// [`DataError::InexactInteger`] for an integer that is no double.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::npy::Values;
    ///
    /// assert_eq!(Values::F16(vec![0x3c00, 0xc000]).numbers()?, [1.0, -2.0]);
    /// assert!(Values::I64(vec![(1 << 53) + 1]).numbers().is_err());
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn numbers(&self) -> Result<Vec<f64>, DataError> {
        Ok(match self {
            Self::F16(bits) => bits.iter().map(|&b| of_f16(b).into()).collect(),
            Self::Bf16(bits) => bits.iter().map(|&b| of_bf16(b).into()).collect(),
            Self::Bool(values) => values.iter().map(|&b| f64::from(u8::from(b))).collect(),
            Self::U8(values) => values.iter().copied().map(f64::from).collect(),
            Self::I32(values) => values.iter().copied().map(f64::from).collect(),
            Self::F32(values) => values.iter().copied().map(f64::from).collect(),
            Self::F64(values) => values.clone(),
            Self::I64(values) => {
                let exact = |(index, &value): (usize, &i64)| {
                    let index = index as u64;
                    let error = DataError::InexactInteger { index, value };
                    let small = value.unsigned_abs() <= 1 << f64::MANTISSA_DIGITS;
                    small.then_some(value as f64).ok_or(error)
                };
                values
                    .iter()
                    .enumerate()
                    .map(exact)
                    .collect::<Result<_, _>>()?
            }
        })
    }

    /// The elements as the bytes of an array of this type, the little end first.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match self {
            Self::F16(bits) | Self::Bf16(bits) => {
                bits.iter().flat_map(|x| x.to_le_bytes()).collect()
            }
            Self::Bool(values) => values.iter().map(|&b| u8::from(b)).collect(),
            Self::U8(values) => values.clone(),
            Self::I32(values) => values.iter().flat_map(|x| x.to_le_bytes()).collect(),
            Self::I64(values) => values.iter().flat_map(|x| x.to_le_bytes()).collect(),
            Self::F32(values) => values.iter().flat_map(|x| x.to_le_bytes()).collect(),
            Self::F64(values) => values.iter().flat_map(|x| x.to_le_bytes()).collect(),
        }
    }

    /// The elements in another order: number `k` is what stood at `place(k)`.
    pub(super) fn gathered(&self, place: impl Fn(usize) -> usize) -> Self {
        match self {
            Self::Bool(values) => Self::Bool(gathered(values, place)),
            Self::U8(values) => Self::U8(gathered(values, place)),
            Self::I32(values) => Self::I32(gathered(values, place)),
            Self::I64(values) => Self::I64(gathered(values, place)),
            Self::F16(values) => Self::F16(gathered(values, place)),
            Self::Bf16(values) => Self::Bf16(gathered(values, place)),
            Self::F32(values) => Self::F32(gathered(values, place)),
            Self::F64(values) => Self::F64(gathered(values, place)),
        }
    }
}

/// Places are those of elements.
fn gathered<T: Copy + Default>(values: &[T], place: impl Fn(usize) -> usize) -> Vec<T> {
    let value = |k| values.get(place(k)).copied().unwrap_or_default();
    (0..values.len()).map(value).collect()
}
