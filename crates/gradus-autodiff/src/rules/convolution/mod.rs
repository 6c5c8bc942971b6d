//! Windows that move over images.

mod average_pool;
mod convolve;
mod dots;
mod max_pool;
mod patches;
mod run;
mod tiles;
mod window;

pub use average_pool::AveragePool;
pub use convolve::Convolve;
pub use max_pool::MaxPool;
pub use patches::Patches;
pub use window::Window;

use crate::error::AutodiffError;
use crate::reverse::mismatch;
use gradus_numeric::Shape;

/// The shape of what is left of images `x` under a window, channel by channel.
fn pooled(operation: &'static str, window: &Window, x: Shape) -> Result<Shape, AutodiffError> {
    let rows = |places: usize| places.checked_mul(window.channels);
    match window.places(x).and_then(rows) {
        Some(rows) => Ok(Shape::new(rows, x.columns)),
        None => Err(mismatch(operation, x, window.images())),
    }
}
