//! Settings of a node.

use super::message::Message;
use gradus_numeric::Real;

/// A setting of a node of an ONNX graph.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute {
    /// A whole number.
    Int(i64),
    /// Whole numbers.
    Ints(Vec<i64>),
    /// A number; the format keeps it in single precision.
    Float(f64),
}

impl Attribute {
    /// A count as a whole number.
    #[must_use]
    pub fn count(count: usize) -> Self {
        Self::Int(whole(count))
    }

    /// Counts as whole numbers.
    #[must_use]
    pub fn counts(counts: &[usize]) -> Self {
        Self::Ints(counts.iter().map(|&n| whole(n)).collect())
    }

    /// The message `AttributeProto`.
    pub(super) fn message(&self, name: &str) -> Message {
        let message = Message::default().text(1, name);
        match self {
            Self::Int(i) => message.int(3, *i).int(20, 2),
            Self::Ints(all) => all.iter().fold(message, |m, &i| m.int(8, i)).int(20, 7),
            Self::Float(f) => message.float(2, f32::from_f64(*f)).int(20, 1),
        }
    }
}

/// A count as a whole number with a sign.
pub(super) fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
