//! Writing down what a network needs, or following what was written down.

use super::declaration::{Declaration, LayerRequest, Parameter, Request};
use super::name::Name;
use crate::error::NnError;
use gradus_autodiff::Rule;
use gradus_linalg::Scalar;
use gradus_numeric::Shape;
use std::iter::zip;
use std::sync::Arc;

/// Writing down what a network needs, or following what was written down.
#[derive(Debug)]
pub(super) enum Plan<'p, T: Scalar> {
    Declare(&'p mut Declaration<T>, Place),
    Follow(Follower<'p, T>),
}

/// Where in the network the declaration stands.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// The names of the layers around, each with a dot behind it.
    pub(super) path: String,
    pub(super) depth: usize,
    pub(super) kind: &'static str,
    /// Whether names that are there already mean the same parameters.
    pub(super) shared: bool,
    /// The parameters that the layer and those within it use.
    pub(super) used: Vec<usize>,
}

impl Place {
    /// Declares a parameter, unless it is shared and declared already.
    pub(super) fn parameter<T: Scalar>(
        &self,
        declaration: &mut Declaration<T>,
        name: &str,
        shape: Shape,
        parameter: Parameter,
    ) -> Result<(), NnError> {
        parameter.initializer.check()?;
        let name = format!("{}{name}", self.path);
        let known = declaration.entries().find(|(entry, _)| entry.name == name);
        match known {
            Some((_, known)) if self.shared && known.dimensions == parameter.dimensions => Ok(()),
            Some((_, known)) if self.shared => Err(NnError::Tied {
                name,
                first: known.dimensions.clone(),
                second: parameter.dimensions,
            }),
            _ => {
                declaration.layout.push(name, shape)?;
                declaration.parameters.push(parameter);
                Ok(())
            }
        }
    }

    /// Declares two buffers, unless they are shared and declared already; the place of the first one.
    pub(super) fn buffers<T: Scalar>(
        &self,
        declaration: &mut Declaration<T>,
        names: [&str; 2],
        n: usize,
        initial: [f64; 2],
    ) -> Result<usize, NnError> {
        let entries = declaration.buffer_layout.entries();
        let first = format!("{}{}", self.path, names[0]);
        if let Some(known) = entries.iter().position(|entry| entry.name == first)
            && self.shared
        {
            return Ok(known);
        }
        let first = entries.len();
        for (name, initial) in zip(names, initial) {
            let name = format!("{}{name}", self.path);
            declaration.buffer_layout.push(name, matrix(&[n]))?;
            declaration.buffers.push(initial);
        }
        Ok(first)
    }
}

/// What has been asked for so far, by counting.
#[derive(Debug)]
pub(super) struct Follower<'p, T: Scalar> {
    declaration: &'p Declaration<T>,
    /// The number of the next request.
    next: usize,
    /// The number of the request of the innermost layer.
    pub(super) layer: usize,
}

impl<'p, T: Scalar> Follower<'p, T> {
    pub(super) const fn new(declaration: &'p Declaration<T>) -> Self {
        Self {
            declaration,
            next: 0,
            layer: usize::MAX,
        }
    }

    /// The next request that was written down.
    fn request(&mut self) -> Option<&'p Request> {
        self.next += 1;
        self.declaration.requests.get(self.next - 1)
    }

    /// Where the parameters start in θ, and whether all of them are frozen.
    pub(super) fn parameters<const N: usize>(
        &mut self,
        names: [&str; N],
        shape: Shape,
    ) -> Result<(usize, bool), NnError> {
        if let Some(&Request::Parameters(first)) = self.request() {
            let range = first..first + N;
            let entries = self.declaration.layout.entries().get(range.clone());
            let parameters = self.declaration.parameters.get(range);
            if let (Some(entries), Some(parameters)) = (entries, parameters) {
                let same = zip(entries, names)
                    .all(|(entry, name)| entry.shape == shape && last(&entry.name) == name);
                if let (Some(first), true) = (entries.first(), same) {
                    return Ok((first.offset, parameters.iter().all(|p| p.frozen)));
                }
            }
        }
        Err(self.differs(format!("for {shape} numbers, {}", names.join(", "))))
    }

    /// Where the buffers start.
    pub(super) fn buffers(&mut self, names: [&str; 2], n: usize) -> Result<usize, NnError> {
        if let Some(&Request::Buffers(first)) = self.request()
            && let Some(entry) = self.declaration.buffer_layout.entries().get(first)
            && entry.shape == matrix(&[n])
            && last(&entry.name) == names[0]
        {
            return Ok(entry.offset);
        }
        Err(self.differs(format!("for buffers of {n} numbers, {}", names.join(", "))))
    }

    pub(super) fn rule(&mut self) -> Result<Arc<dyn Rule<T>>, NnError> {
        if let Some(&Request::Rule(number)) = self.request()
            && let Some(rule) = self.declaration.rules.get(number)
        {
            return Ok(Arc::clone(rule));
        }
        Err(self.differs("for a rule".into()))
    }

    pub(super) fn stream(&mut self) -> Result<u64, NnError> {
        match self.request() {
            Some(&Request::Stream(stream)) => Ok(stream),
            _ => Err(self.differs("for a random stream".into())),
        }
    }

    /// Enters a layer.
    pub(super) fn begin(
        &mut self,
        name: Name<'_>,
        kind: &'static str,
    ) -> Result<&'p LayerRequest, NnError> {
        match self.request() {
            Some(Request::Layer(layer))
                if layer.kind == kind && name.is(layer.number, &layer.path) =>
            {
                self.layer = self.next - 1;
                Ok(layer)
            }
            _ => Err(self.differs(format!("for a layer {name} ({kind})"))),
        }
    }

    /// Leaves the innermost layer.
    pub(super) fn end(&mut self, asked: &str) -> Result<(), NnError> {
        match self.request() {
            Some(Request::End) => Ok(()),
            _ => Err(self.differs(asked.into())),
        }
    }

    /// Whether everything has been asked for.
    pub(super) fn finish(mut self) -> Result<(), NnError> {
        match self.request() {
            None => Ok(()),
            Some(_) => Err(self.differs("to end".into())),
        }
    }

    /// Path and kind of the innermost layer.
    pub(super) fn place(&self) -> (&'p str, &'static str) {
        match self.declaration.requests.get(self.layer) {
            Some(Request::Layer(layer)) => (&layer.path, layer.kind),
            _ => ("", "network"),
        }
    }

    /// The error of a layer that asks for something else than it declared.
    #[cold]
    fn differs(&self, asked: String) -> NnError {
        let (path, kind) = self.place();
        let declared = self.declaration.requests.get(self.next.saturating_sub(1));
        NnError::Request {
            layer: path.trim_end_matches('.').to_owned(),
            kind,
            asked,
            declared: match declared {
                Some(Request::Parameters(first)) => {
                    let entry = self.declaration.layout.entries().get(*first);
                    entry.map_or("for a parameter".into(), |entry| {
                        format!("for {} numbers, {}", entry.shape, last(&entry.name))
                    })
                }
                Some(Request::Buffers(_)) => "for buffers".into(),
                Some(Request::Rule(_)) => "for a rule".into(),
                Some(Request::Stream(_)) => "for a random stream".into(),
                Some(Request::Layer(layer)) => {
                    format!(
                        "for a layer {} ({})",
                        last(layer.path.trim_end_matches('.')),
                        layer.kind
                    )
                }
                Some(Request::End) | None => "to end".into(),
            },
        }
    }
}

/// The last of names with dots between them.
fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// The first dimension counts the rows.
pub(super) fn matrix(dimensions: &[usize]) -> Shape {
    let (rows, rest) = dimensions.split_first().unwrap_or((&1, &[]));
    Shape::new(*rows, rest.iter().fold(1, |n, &d| n.saturating_mul(d)))
}
