//! Messages of protocol buffers.

/// A message: fields one after the other, each with its number and its kind.
///
/// Only what ONNX needs: integers, single numbers, and bytes, which texts and inner messages are too. The encoding is that
/// of <https://protobuf.dev/programming-guides/encoding>; a library for it would bring a compiler of its own language.
#[derive(Clone, Debug, Default)]
pub(super) struct Message {
    bytes: Vec<u8>,
}

impl Message {
    pub(super) fn int(mut self, field: u8, value: i64) -> Self {
        self.tag(field, 0);
        self.varint(value.cast_unsigned());
        self
    }

    pub(super) fn float(mut self, field: u8, value: f32) -> Self {
        self.tag(field, 5);
        self.bytes.extend(value.to_le_bytes());
        self
    }

    pub(super) fn bytes(mut self, field: u8, bytes: &[u8]) -> Self {
        self.tag(field, 2);
        self.varint(bytes.len() as u64);
        self.bytes.extend(bytes);
        self
    }

    pub(super) fn text(self, field: u8, text: &str) -> Self {
        self.bytes(field, text.as_bytes())
    }

    pub(super) fn message(self, field: u8, message: &Self) -> Self {
        self.bytes(field, &message.bytes)
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn tag(&mut self, field: u8, kind: u64) {
        self.varint(u64::from(field) << 3 | kind);
    }

    /// Seven bits a byte, the lowest first; the highest bit of a byte tells that there are more.
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            let [lowest, ..] = value.to_le_bytes();
            self.bytes.push(lowest | 0x80);
            value >>= 7;
        }
        let [lowest, ..] = value.to_le_bytes();
        self.bytes.push(lowest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_those_of_the_guide() {
        assert_eq!(
            Message::default().int(1, 150).into_bytes(),
            [0x08, 0x96, 0x01]
        );
        let text = Message::default().text(2, "testing").into_bytes();
        assert_eq!(text, [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
        let inner = Message::default().message(3, &Message::default().int(1, 150));
        assert_eq!(inner.into_bytes(), [0x1a, 0x03, 0x08, 0x96, 0x01]);
        assert_eq!(Message::default().int(1, -1).into_bytes().len(), 11); // ten bytes of ones
    }
}
