//! When to stop. Book: *Overfitting and the test set*.

/// How many epochs a training runs, and after which of them (counted from 1) the parameters are kept, if the validation
/// losses are these. It keeps the best, the first of equals, and stops after `patience` epochs in a row without a new best,
/// or at the end.
pub fn early_stopping(losses: &[f64], patience: usize) -> (usize, usize) {
    todo!("{losses:?} {patience}")
}

gradus_judges::judge!(early_stopping);
