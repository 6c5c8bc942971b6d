//! The rows themselves: one type per function, for [`Real::apply`](crate::Real::apply) and for matrices on a tape.
//!
//! | row | value | slope | at kinks and ends |
//! |---|---|---|---|
//! | [`Exp`], [`ExpM1`] | $`e^x`$, $`e^x - 1`$ | $`e^x`$ | |
//! | [`Ln`], [`Ln1p`] | $`\ln x`$, $`\ln(1 + x)`$ | $`1 / x`$, $`1 / (1 + x)`$ | slope $`+\infty`$ where the value is $`-\infty`$ |
//! | [`Sqrt`] | $`\sqrt x`$ | $`1 / (2 y)`$ | slope $`+\infty`$ at 0 |
//! | [`Sin`], [`Cos`], [`Tanh`] | | $`\cos x`$, $`-\sin x`$, $`(1 - y)(1 + y)`$ | |
//! | [`Powi`], [`Powf`] | $`x^n`$, $`x^p`$ | $`n x^{n - 1}`$, $`p x^{p - 1}`$ | $`x^0 = 1`$ with slope 0, also at 0 |
//! | [`Abs`] | $`\lvert x \rvert`$ | $`\operatorname{sign} x`$ | slope 0 at 0 |
//! | [`Relu`] | $`\max(x, 0)`$ | $`[x > 0]`$ | slope 0 at 0 |
//! | [`Clamp`] | nearest number in $`[l, h]`$ | $`[l \le x \le h]`$ | slope 1 at both ends |
//! | [`Max`], [`Min`] | | 1 for the winner, 0 for the other | ½ for each at a tie |
//! | [`Sigmoid`] | $`1 / (1 + e^{-x})`$ | $`\sigma(x) \sigma(-x)`$ | |
//! | [`LogSigmoid`] | $`\ln \sigma(x)`$ | $`\sigma(-x)`$ | |
//! | [`Softplus`] | $`\ln(1 + e^x)`$ | $`\sigma(x)`$ | |
//! | [`Logit`] | $`\ln(p / (1 - p))`$ | $`1 / (p (1 - p))`$ | slope $`+\infty`$ at 0 and 1 |
//! | [`Log1mExp`] | $`\ln(1 - e^x)`$ | $`-1 / (e^{-x} - 1)`$ | slope $`-\infty`$ at 0 |
//! | [`LogAddExp`] | $`\ln(e^a + e^b)`$ | $`\sigma(a - b)`$, $`\sigma(b - a)`$ | slopes 0 at two $`-\infty`$ |
//! | [`XLogY`] | $`a \ln b`$ | $`\ln b`$, $`a / b`$ | 0 at $`a = 0`$; slopes $`-\infty`$, 0 at $`(0, 0)`$ |
//! | [`Erf`], [`Erfc`], [`NormalCdf`] | | the bell curves | |
//! | [`NormalLogCdf`] | $`\ln \Phi(x)`$ | $`\varphi(x) / \Phi(x)`$ | |
//! | [`ErfInv`], [`ErfcInv`], [`NormalQuantile`] | the inverses | $`1 /`$ the bell curve | slope $`\pm\infty`$ at both ends |
//!
//! A slope is the derivative where it exists; at a kink the sub-gradient of least norm; at an end the
//! one-sided limit, which may be infinite. Outside of the domain the value is NaN.

mod elementary;
pub(crate) mod erf;
pub(crate) mod erfinv;
mod extremum;
mod kink;
pub(crate) mod log1mexp;
pub(crate) mod log_sigmoid;
pub(crate) mod logaddexp;
pub(crate) mod logit;
pub(crate) mod normal;
mod power;
pub(crate) mod relu;
pub(crate) mod sigmoid;
mod single;
pub(crate) mod softplus;
pub(crate) mod xlogy;

pub use elementary::{Cos, Exp, ExpM1, Ln, Ln1p, Sin, Sqrt, Tanh};
pub use erf::{Erf, Erfc, NormalCdf};
pub use erfinv::{ErfInv, ErfcInv};
pub use extremum::{Max, Min};
pub use kink::{Abs, Clamp};
pub use log_sigmoid::LogSigmoid;
pub use log1mexp::Log1mExp;
pub use logaddexp::LogAddExp;
pub use logit::Logit;
pub use normal::{NormalLogCdf, NormalQuantile};
pub use power::{Powf, Powi};
pub use relu::Relu;
pub use sigmoid::Sigmoid;
pub use softplus::Softplus;
pub use xlogy::XLogY;
