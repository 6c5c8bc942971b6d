//! The nodes and tensors of a graph.

use super::attribute::{Attribute, whole};
use super::message::Message;
use gradus_linalg::Scalar;

/// Nodes and tensors in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    operations: Vec<Message>,
    tensors: Vec<Message>,
    /// Names of the tensors.
    known: Vec<String>,
    /// How many names have been made.
    made: usize,
}

impl Nodes {
    /// Adds a node with one output, and returns the name of that.
    pub(crate) fn node(
        &mut self,
        operation: &str,
        inputs: &[&str],
        attributes: &[(&str, Attribute)],
    ) -> String {
        let name = self.name();
        self.named(operation, inputs, attributes, &name);
        name
    }

    fn named(
        &mut self,
        operation: &str,
        inputs: &[&str],
        attributes: &[(&str, Attribute)],
        output: &str,
    ) {
        let node = inputs.iter().fold(Message::default(), |m, x| m.text(1, x));
        let node = node.text(2, output).text(4, operation);
        let settings = attributes.iter();
        self.operations
            .push(settings.fold(node, |m, (name, a)| m.message(5, &a.message(name))));
    }

    /// Adds a tensor under that name, unless it is there.
    pub(crate) fn tensor<T: Scalar>(&mut self, name: &str, dimensions: &[usize], numbers: &[T]) {
        if self.known.iter().any(|known| known == name) {
            return;
        }
        let width = size_of::<T>();
        let bytes = numbers.iter().map(|x| x.bits().to_le_bytes());
        let bytes: Vec<u8> = bytes.flat_map(|b| b.into_iter().take(width)).collect();
        self.add(name, dimensions, number_type::<T>(), &bytes);
    }

    /// Adds whole numbers under a new name.
    pub(crate) fn integers(&mut self, numbers: &[i64]) -> String {
        let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        let name = self.name();
        self.add(&name, &[numbers.len()], INT64, &bytes);
        name
    }

    /// Adds the same number, `count` times, under a new name.
    pub(crate) fn repeated<T: Scalar>(&mut self, number: f64, count: usize) -> String {
        let name = self.name();
        self.tensor(&name, &[count], &vec![T::from_f64(number); count]);
        name
    }

    fn add(&mut self, name: &str, dimensions: &[usize], kind: i64, bytes: &[u8]) {
        let dimensions = dimensions.iter();
        let tensor = dimensions.fold(Message::default(), |m, &d| m.int(1, whole(d)));
        self.tensors
            .push(tensor.int(2, kind).text(8, name).bytes(9, bytes));
        self.known.push(name.to_owned());
    }

    fn name(&mut self) -> String {
        self.made += 1;
        format!("_{}", self.made)
    }

    /// The file: a model that makes `outputs` numbers of `inputs` ones, for any number of samples, one a row.
    pub(crate) fn into_model<T: Scalar>(
        mut self,
        [inputs, outputs]: [usize; 2],
        result: &str,
    ) -> Vec<u8> {
        self.named("Identity", &[result], &[], "y");
        let graph = self
            .operations
            .iter()
            .fold(Message::default(), |m, n| m.message(1, n));
        let graph = graph.text(2, "gradus");
        let graph = self.tensors.iter().fold(graph, |m, t| m.message(5, t));
        let kind = number_type::<T>();
        let graph = graph
            .message(11, &matrix("x", kind, inputs))
            .message(12, &matrix("y", kind, outputs));
        let model = Message::default().int(1, IR_VERSION).text(2, "gradus");
        let opset = Message::default().text(1, "").int(2, OPSET);
        model.message(7, &graph).message(8, &opset).into_bytes()
    }
}

/// A matrix of samples with `columns` numbers each.
fn matrix(name: &str, kind: i64, columns: usize) -> Message {
    let samples = Message::default().text(2, "samples");
    let columns = Message::default().int(1, whole(columns));
    let shape = Message::default().message(1, &samples).message(1, &columns);
    let tensor = Message::default().int(1, kind).message(2, &shape);
    let kind = Message::default().message(1, &tensor);
    Message::default().text(1, name).message(2, &kind)
}

/// The number of a number type: 1 for single, 11 for double precision.
const fn number_type<T>() -> i64 {
    if size_of::<T>() == 4 { 1 } else { 11 }
}

/// Whole numbers of 64 bits.
const INT64: i64 = 7;
/// The version of the format: that of ONNX 1.12.
const IR_VERSION: i64 = 8;
/// The version of the operations: the first with layer normalization.
const OPSET: i64 = 17;
