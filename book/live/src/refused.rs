//! An error without a message.

use gradus_autodiff::AutodiffError;
use gradus_optim::OptimError;

/// The library refused the input. A `Box<dyn Error>` would do too, but it brings what prints the numbers in messages, and
/// no page shows them.
pub(crate) struct Refused;

impl From<OptimError> for Refused {
    fn from(_: OptimError) -> Self {
        Self
    }
}

impl From<AutodiffError> for Refused {
    fn from(_: AutodiffError) -> Self {
        Self
    }
}
