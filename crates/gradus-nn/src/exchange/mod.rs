//! Processes that train one model together.

mod agreement;
mod alone;
mod channels;
mod contract;
mod error;
mod link;

pub use alone::Alone;
pub use channels::Channels;
pub use contract::{Exchange, Rank};
pub use error::ExchangeError;
pub(crate) use link::Link;
