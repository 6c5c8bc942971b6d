//! Optimizers against independent computations, and the known failures of peers.

#[path = "golden/failures.rs"]
mod failures;
#[path = "golden/peers.rs"]
mod peers;
#[path = "golden/soap.rs"]
mod soap;
#[path = "golden/trajectories.rs"]
mod trajectories;

use gradus_optim::{Layout, OptimError, Shape};

/// A layout of one parameter `w` with `n` numbers.
fn layout(n: usize) -> Result<Layout, OptimError> {
    let mut layout = Layout::new();
    layout.push("w", Shape::new(n, 1))?;
    Ok(layout)
}
