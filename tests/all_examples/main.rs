//! Every example under its own name: a link to this program that is called `110_linear_system` is that example.
//!
//! Networks, optimizers and losses are generic; each example that trains something compiles them once more, and in one
//! program they are compiled once for all. `tools/run-examples` makes the links.

// They are looked at as examples; here a part of some is not used, and their documentation is that of modules.
#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    clippy::all,
    clippy::pedantic
)]

use std::env;
use std::path::Path;
use std::process::{ExitCode, Termination as _};

include!(concat!(env!("OUT_DIR"), "/examples.rs"));

fn main() -> ExitCode {
    let path = env::args().next().unwrap_or_default();
    let name = Path::new(&path).file_name().unwrap_or_default();
    run(&name.to_string_lossy()).unwrap_or_else(|| {
        eprintln!("{path}: there is no example of that name");
        ExitCode::FAILURE
    })
}
