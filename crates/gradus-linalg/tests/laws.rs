//! The theorems of this crate, each a property test named as it reads.

#[path = "laws/angle.rs"]
mod angle;
#[path = "laws/blocked.rs"]
mod blocked;
#[path = "laws/census.rs"]
mod census;
#[path = "laws/condition.rs"]
mod condition;
#[path = "laws/conjugate_gradients.rs"]
mod conjugate_gradients;
#[path = "laws/criteria.rs"]
mod criteria;
#[path = "laws/determinant.rs"]
mod determinant;
#[path = "laws/eigen.rs"]
mod eigen;
#[path = "laws/elimination.rs"]
mod elimination;
#[path = "laws/exponential.rs"]
mod exponential;
#[path = "laws/full_svd.rs"]
mod full_svd;
#[path = "laws/gram_schmidt.rs"]
mod gram_schmidt;
#[path = "laws/householder.rs"]
mod householder;
#[path = "laws/inputs.rs"]
mod inputs;
#[path = "laws/iteration.rs"]
mod iteration;
#[path = "laws/kronecker.rs"]
mod kronecker;
#[path = "laws/ldlt.rs"]
mod ldlt;
#[path = "laws/least_squares.rs"]
mod least_squares;
#[path = "laws/low_rank.rs"]
mod low_rank;
#[path = "laws/norm.rs"]
mod norm;
#[path = "laws/orthogonal.rs"]
mod orthogonal;
#[path = "laws/pca.rs"]
mod pca;
#[path = "laws/perturbation.rs"]
mod perturbation;
#[path = "laws/pivoted_qr.rs"]
mod pivoted_qr;
#[path = "laws/polar.rs"]
mod polar;
#[path = "laws/positive_definite.rs"]
mod positive_definite;
#[path = "laws/product.rs"]
mod product;
#[path = "laws/pseudo_inverse.rs"]
mod pseudo_inverse;
#[path = "laws/ranked.rs"]
mod ranked;
#[path = "laws/size.rs"]
mod size;
#[path = "laws/special.rs"]
mod special;
#[path = "laws/subspace.rs"]
mod subspace;
#[path = "laws/symmetric.rs"]
mod symmetric;
#[path = "laws/system.rs"]
mod system;
#[path = "laws/update.rs"]
mod update;
