//! Bayes' rule: how data change a belief.

mod check;
pub(crate) mod evidence;
pub(crate) mod odds;
pub(crate) mod posterior;
