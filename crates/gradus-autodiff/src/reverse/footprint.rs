//! What a recording takes.

/// What a recording and its way back take: memory and work.
///
/// It is known without computing anything, from a tape that follows shapes only
/// ([`Tape::dry`](crate::Tape::dry)).
///
/// # Examples
///
/// A layer of 3 outputs on 5 samples of 2 features:
///
/// ```
/// use gradus_autodiff::Tape;
/// use gradus_numeric::{Order, Shape};
///
/// let tape = Tape::<f64>::dry();
/// let x = tape.constant(Shape::new(2, 5), Order::Columns, |_| ());
/// let (w, b) = (tape.parameter(0, Shape::new(3, 2)), tape.parameter(6, Shape::new(3, 1)));
/// assert_eq!(x.affine(w, b).shape(), Shape::new(3, 5));
/// let footprint = tape.footprint()?;
/// assert_eq!(footprint.multiply_adds, 3 * 2 * 5);
/// assert!(footprint.values >= 2 * 5 + 3 * 5);
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// How many numbers the values take.
    pub values: usize,
    /// How many numbers the way back takes beside the gradient.
    pub adjoints: usize,
    /// How many multiplications with an addition the values take.
    pub multiply_adds: u64,
}
