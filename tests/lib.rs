//! Nothing: the tests of this package stand beside this file.
#![forbid(unsafe_code)]
