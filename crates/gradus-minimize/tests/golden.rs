//! Minima that others have published or computed.

#[path = "golden/more.rs"]
mod more;
#[path = "golden/problems.rs"]
mod problems;
#[path = "golden/scipy.rs"]
mod scipy;
#[path = "golden/zoo.rs"]
mod zoo;
