#![doc = include_str!("../docs/readme-links.md")]
#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

#[doc(inline)]
pub use gradus_autodiff as autodiff;
#[doc(inline)]
pub use gradus_calculus as calculus;
#[doc(inline)]
pub use gradus_data as data;
#[doc(inline)]
pub use gradus_evaluation as evaluation;
#[doc(inline)]
pub use gradus_explain as explain;
#[doc(inline)]
pub use gradus_fairness as fairness;
#[doc(inline)]
pub use gradus_files as files;
#[doc(inline)]
pub use gradus_information as information;
#[doc(inline)]
pub use gradus_linalg as linalg;
#[doc(inline)]
pub use gradus_losses as losses;
#[doc(inline)]
pub use gradus_minimize as minimize;
#[doc(inline)]
pub use gradus_models as models;
#[doc(inline)]
pub use gradus_multivariate as multivariate;
#[doc(inline)]
pub use gradus_nn as nn;
#[doc(inline)]
pub use gradus_numeric as numeric;
#[doc(inline)]
pub use gradus_optim as optim;
pub use gradus_pages as pages;
#[doc(inline)]
pub use gradus_plot as plot;
#[doc(inline)]
pub use gradus_privacy as privacy;
#[doc(inline)]
pub use gradus_probability as probability;
#[doc(inline)]
pub use gradus_random as random;
#[doc(inline)]
pub use gradus_select as select;

#[doc = include_str!("../docs/topics-links.md")]
#[doc = include_str!("../docs/topics.md")]
pub mod topics {}
