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
//! | [`LeakyRelu`] | $`\max(x, 0) + s \min(x, 0)`$ | 1 or $`s`$ | smaller of both at 0 |
//! | [`Relu6`], [`HardSigmoid`], [`HardTanh`], [`HardSwish`] | clipped lines | | smaller of both sides at a kink |
//! | [`Elu`] | $`x`$ or $`\alpha (e^x - 1)`$, with SELU and CELU | 1 or $`\alpha e^x`$ | smaller of both at 0 |
//! | [`Silu`], [`Gelu`], [`GeluTanh`], [`Mish`] | $`x\,g(x)`$ with a gate $`g`$ | $`g(x) + x\,g'(x)`$ | |
//! | [`Softsign`] | $`x / (1 + \lvert x \rvert)`$ | $`1 / (1 + \lvert x \rvert)^2`$ | |
//! | [`Clamp`] | nearest number in $`[l, h]`$ | $`[l \le x \le h]`$ | slope 1 at both ends |
//! | [`Max`], [`Min`] | | 1 for the winner, 0 for the other | ½ for each at a tie |
//! | [`Sigmoid`] | $`1 / (1 + e^{-x})`$ | $`\sigma(x) \sigma(-x)`$ | |
//! | [`LogSigmoid`] | $`\ln \sigma(x)`$ | $`\sigma(-x)`$ | |
//! | [`Softplus`] | $`\ln(1 + e^x)`$ | $`\sigma(x)`$ | |
//! | [`SoftplusInverse`] | $`\ln(e^y - 1)`$ | $`1 / (1 - e^{-y})`$ | slope $`+\infty`$ at 0 |
//! | [`LogCosh`] | $`\ln \cosh x`$ | $`\tanh x`$ | |
//! | [`Logit`] | $`\ln(p / (1 - p))`$ | $`1 / (p (1 - p))`$ | slope $`+\infty`$ at 0 and 1 |
//! | [`Log1mExp`] | $`\ln(1 - e^x)`$ | $`-1 / (e^{-x} - 1)`$ | slope $`-\infty`$ at 0 |
//! | [`LogAddExp`] | $`\ln(e^a + e^b)`$ | $`\sigma(a - b)`$, $`\sigma(b - a)`$ | slopes 0 at two $`-\infty`$ |
//! | [`LogSubExp`] | $`\ln(e^a - e^b)`$ | $`1 / (1 - e^{b - a})`$, $`1 - 1 / (1 - e^{b - a})`$ | slopes $`\pm\infty`$ at a tie |
//! | [`XLogX`], [`Entr`] | $`x \ln x`$, $`-x \ln x`$ | $`1 + \ln x`$, $`-1 - \ln x`$ | 0 at 0 with an infinite slope |
//! | [`XLogY`] | $`a \ln b`$ | $`\ln b`$, $`a / b`$ | 0 at $`a = 0`$; slopes $`-\infty`$, 0 at $`(0, 0)`$ |
//! | [`XLog1pY`] | $`a \ln(1 + b)`$ | $`\ln(1 + b)`$, $`a / (1 + b)`$ | as [`XLogY`] |
//! | [`Hypot`] | $`\sqrt{a^2 + b^2}`$ | $`a / y`$, $`b / y`$ | slopes 0 at $`(0, 0)`$ |
//! | [`Cbrt`] | $`\sqrt[3]{x}`$ | $`1 / (3 y^2)`$ | slope $`+\infty`$ at 0 |
//! | [`Erf`], [`Erfc`], [`NormalCdf`] | | the bell curves | |
//! | [`NormalLnCdf`] | $`\ln \Phi(x)`$ | $`\varphi(x) / \Phi(x)`$ | |
//! | [`ErfInv`], [`ErfcInv`], [`NormalQuantile`] | the inverses | $`1 /`$ the bell curve | slope $`\pm\infty`$ at both ends |
//! | [`Gamma`], [`LnGamma`] | $`\Gamma(x)`$, $`\ln \lvert \Gamma(x) \rvert`$ | $`\Gamma(x) \psi(x)`$, $`\psi(x)`$ | |
//! | [`Polygamma`] | $`\psi_n(x)`$ | $`\psi_{n + 1}(x)`$ | |
//! | [`LnBeta`] | $`\ln \mathrm{B}(a, b)`$ | $`\psi(a) - \psi(a + b)`$, $`\psi(b) - \psi(a + b)`$ | |
//! | [`StirlingError`] | $`\delta(x)`$ | $`\psi(x) - \ln x + 1 / (2x)`$ | |
//! | [`Deviance`] | $`x \ln(x / m) + m - x`$ | $`\ln(x / m)`$, $`1 - x / m`$ | slope $`-\infty`$ at $`x = 0`$ |
//! | [`StirlingError`] | $`\delta(x)`$ | $`\psi(x) - \ln x + \tfrac{1}{2x}`$ | slope $`-\infty`$ at 0 |
//! | [`Deviance`] | $`x \ln \tfrac xm + m - x`$ | $`\ln \tfrac xm`$, $`1 - \tfrac xm`$ | |
//! | [`GammaP`], [`GammaQ`] | $`P(a, x)`$, $`Q(a, x)`$ | $`\pm x^{a - 1} e^{-x} / \Gamma(a)`$ | slope 0, 1 or $`\infty`$ at 0 |
//! | [`BetaRegularized`] | $`I_x(a, b)`$ | $`x^{a - 1} (1 - x)^{b - 1} / \mathrm{B}(a, b)`$ | |
//! | [`GammaPInverse`], [`GammaQInverse`], [`BetaRegularizedInverse`] | the inverses | $`1 /`$ the slope | |
//!
//! A slope is the derivative where it exists; at a kink the sub-gradient of least norm; at an end the
//! one-sided limit, which may be infinite. Outside of the domain the value is NaN.
//!
//! # Laws
//!
//! | law | property test |
//! |-----|---------------|
//! | where a value is finite the slope is a number, and where the slope is finite its own slope is one, from 0 to the largest number and at infinity | `slopes_of_finite_values_are_numbers`, `slopes_of_finite_special_values_are_numbers`, `slopes_of_finite_values_of_two_arguments_are_numbers` |

pub(crate) mod activations;
pub(crate) mod logarithms;
pub(crate) mod roots;
pub(crate) mod special;

pub use crate::scalars::elementary::{Cos, Exp, ExpM1, Ln, Ln1p, Sin, Sqrt, Tanh};
pub use crate::scalars::extremum::{Max, Min};
pub use crate::scalars::kink::{Abs, Clamp};
pub use crate::scalars::power::{Powf, Powi};
pub use activations::elu::Elu;
pub use activations::gelu::{Gelu, GeluTanh};
pub use activations::hard::{HardSigmoid, HardSwish, HardTanh, Relu6};
pub use activations::leaky_relu::LeakyRelu;
pub use activations::log_cosh::LogCosh;
pub use activations::log_sigmoid::LogSigmoid;
pub use activations::mish::Mish;
pub use activations::relu::Relu;
pub use activations::sigmoid::Sigmoid;
pub use activations::silu::Silu;
pub use activations::softplus::Softplus;
pub use activations::softplus_inverse::SoftplusInverse;
pub use activations::softsign::Softsign;
pub use logarithms::log1mexp::Log1mExp;
pub use logarithms::logaddexp::LogAddExp;
pub use logarithms::logit::Logit;
pub use logarithms::logsubexp::LogSubExp;
pub use logarithms::xlog1py::XLog1pY;
pub use logarithms::xlogx::{Entr, XLogX};
pub use logarithms::xlogy::XLogY;
pub use roots::cbrt::Cbrt;
pub use roots::hypot::Hypot;
pub use special::deviance::Deviance;
pub use special::erf::{Erf, Erfc, NormalCdf};
pub use special::erfinv::{ErfInv, ErfcInv};
pub use special::gamma::{Gamma, LnGamma};
pub use special::incomplete_beta::BetaRegularized;
pub use special::incomplete_gamma::{GammaP, GammaQ};
pub use special::incomplete_inverse::{BetaRegularizedInverse, GammaPInverse, GammaQInverse};
pub use special::ln_beta::LnBeta;
pub use special::normal::{NormalLnCdf, NormalQuantile};
pub use special::polygamma::Polygamma;
pub use special::power_deviance::PowerDeviance;
pub use special::stirling_error::StirlingError;
