//! What the pages of the book compute live: one picture a file, and one WebAssembly module a picture in `examples/`.
//!
//! JavaScript writes its numbers at [`buffer`], calls a function, and reads the results there. A result of NaN says that
//! the library refused the input.

mod export;

mod bayes;
mod boundary;
mod buffer;
mod code;
mod coin;
mod depth;
mod descent;
mod differences;
mod divergence;
mod dropout;
mod refused;
mod schedule;
mod sigmoid;
mod softmax;
mod tape;
mod walk;

pub use bayes::bayes;
pub use boundary::boundary;
pub use buffer::buffer;
pub use code::code;
pub use coin::coin;
pub use depth::depth;
pub use descent::descend;
pub use differences::differences;
pub use divergence::divergence;
pub use dropout::dropout;
pub use schedule::schedule;
pub use sigmoid::sigmoid_at;
pub use softmax::softmax;
pub use tape::tape;
