//! Numbers of a model that are not trained.

/// The buffers of a model, such as running moments: as they are, and as a recording would have them.
///
/// Without memory in `next` nothing is updated, as in evaluation.
#[derive(Debug, Default)]
pub struct Buffers<'p, T> {
    /// The buffers of the model.
    pub now: &'p [T],
    /// As long as `now`, or empty.
    pub next: &'p mut [T],
}
