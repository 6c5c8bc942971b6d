//! The pages of the book, for `cargo test --doc`.
#![forbid(unsafe_code)]

#[cfg(doctest)]
mod pages {
    include!(concat!(env!("OUT_DIR"), "/pages.rs"));
}
