#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod large_pages;
#[cfg(target_os = "linux")]
mod mapping;

pub use bytemuck::Pod;
pub use large_pages::LargePages;
