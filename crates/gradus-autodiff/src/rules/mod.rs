//! The matrix operations, one rule a file: shape, value, and the vector–Jacobian product of each input.
//!
//! | Operation | Rule | Value | Backward |
//! |---|---|---|---|
//! | matrix product | [`Product`] | $`Y = A B`$ | $`\bar A = \bar Y B^\top`$, $`\bar B = A^\top \bar Y`$ |
//! | layer | [`Affine`] | $`Y = W X + b\,1^\top`$ | $`\bar W = \bar Y X^\top`$, $`\bar X = W^\top \bar Y`$, $`\bar b = \bar Y 1`$ |
//! | bias | [`AddColumn`] | $`Y = X + b\,1^\top`$ | $`\bar X = \bar Y`$, $`\bar b = \bar Y 1`$ |
//! | sum, difference | [`Sum`], [`Difference`] | $`Y = A \pm B`$ | $`\bar A = \bar Y`$, $`\bar B = \pm \bar Y`$ |
//! | entrywise product | [`Hadamard`] | $`Y = A \circ B`$ | $`\bar A = B \circ \bar Y`$, $`\bar B = A \circ \bar Y`$ |
//! | multiple | [`Scale`] | $`Y = c X`$ | $`\bar X = c \bar Y`$, $`\bar c = \langle X, \bar Y \rangle`$ |
//! | a function, entry by entry | [`Map`] | $`y_{ij} = f(x_{ij})`$ | $`\bar x_{ij} = f'(x_{ij})\,\bar y_{ij}`$ |
//! | transpose | [`Transpose`] | $`Y = X^\top`$ | $`\bar X = \bar Y^\top`$ |
//! | softmax of each column | [`Softmax`] | $`y = e^{x} / \sum_i e^{x_i}`$ | $`\bar x = y \circ (\bar y - \langle y, \bar y \rangle)`$ |
//! | sum of all entries | [`Total`] | $`y = \sum x_{ij}`$ | $`\bar x_{ij} = \bar y`$ |
//! | mean of all entries | [`Mean`] | $`y = \frac{1}{mn} \sum x_{ij}`$ | $`\bar x_{ij} = \bar y / (mn)`$ |
//! | largest of all entries | [`Maximum`] | $`y = \max x_{ij}`$ | $`\bar x_{ij} = \bar y / k`$ on k ties |
//! | patches under a window | [`Patches`] | $`p = x_{\text{shifted}}`$ | every patch added to where it came from |
//! | convolution | [`Convolve`] | $`y_{oij} = \sum w_{ocab}\,x_{c, i+a, j+b} + b_o`$ | as of a layer, patch by patch |
//! | largest pixel | [`MaxPool`] | $`y = \max x`$ | all to the first of them |
//! | mean of pixels | [`AveragePool`] | $`y = \frac1m \sum x`$ | $`\bar y / m`$ to each |
//! | moments of channels | [`Moments`] | $`\mu, v`$ | $`\bar x = (\bar \mu + 2 (x - \mu) \bar v) / m`$ |
//! | batch normalization | [`Normalize`] | $`y = \gamma (x - \mu) / \sigma + \beta`$ | see there |
//! | layer normalization | [`LayerNorm`] | $`y = \gamma \hat x + \beta`$ | see there |
//! | group normalization | [`GroupNorm`] | $`y = \gamma \hat x + \beta`$ | see there |
//! | RMS normalization | [`RmsNorm`] | $`y = \gamma x / \sigma`$ | see there |
//! | rows of a table | [`Embed`] | $`y = w_{x}`$ | $`\bar w_k = \sum_{x = k} \bar y`$ |
//! | sum of squares | [`SquaredSum`] | $`y = \sum x_{ij}^2`$ | $`\bar x_{ij} = 2\,x_{ij}\,\bar y`$ |
//!
//! # Laws
//!
//! | law | property test |
//! |-----|---------------|
//! | five-point differences, $`\langle u, J v \rangle = \langle J^\top u, v \rangle`$, second order | `every_rule_passes_the_gradient_check`, `rules_of_images_pass_the_gradient_check` |
//! | the storage orders of the inputs do not matter | `storage_orders_do_not_matter` |
//! | the checker finds a rule that is wrong | `wrong_pullbacks_are_found` |

mod activations;
mod arithmetic;
mod convolution;
mod linear_algebra;
mod normalization;
mod reductions;
mod shapes;

pub use activations::{Map, Softmax};
pub use arithmetic::{AddColumn, Difference, Hadamard, Scale, Sum};
pub use convolution::{AveragePool, Convolve, MaxPool, Patches, Window};
pub use linear_algebra::{Affine, Product};
pub use normalization::{GroupNorm, LayerNorm, Moments, Normalize, RmsNorm};
pub use reductions::{Maximum, Mean, SquaredSum, Total};
pub use shapes::{Embed, Transpose};
