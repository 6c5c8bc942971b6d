//! What pictures are made of: a sheet, colors, axes and the lines between them.

pub(crate) mod axes;
pub(crate) mod color;
pub(crate) mod curves;
pub(crate) mod figure;
pub(crate) mod png;
pub(crate) mod sheet;
pub(crate) mod shrink;
pub(crate) mod ticks;

pub use axes::AxisScale;
pub use color::ColorMap;
pub use curves::Mark;
pub use figure::Figure;
