//! From the weights of a true convolution to those of a correlation.

use crate::error::NnError;
use gradus_numeric::Float;

/// Weights with every window turned by half a turn: those of a convolution as weights of a correlation, and back.
///
/// ```math
/// w'_{o, c, a, b} = w_{o, c,\ h - 1 - a,\ w - 1 - b}
/// ```
///
/// where `kernel` is $`h \times w`$. What libraries call a convolution is a correlation, which lays the window on the image as it is.
/// The convolution of mathematics and of signal processing mirrors it first,
/// $`z_{i, j} = \sum_{a, b} w_{a, b}\, x_{i - a,\ j - b}`$, as Theano did, and `conv2` of MATLAB and `convolve2d` of SciPy do. Weights
/// from there are turned once, when they are read; for a sequence the kernel is $`1 \times w`$.
///
/// # Shapes
///
/// `weights: outputs × channels × h × w`, rows contiguous, as [`Convolution`](super::Convolution) keeps them; the same comes back.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a correlation with turned windows multiplies polynomials | `full_convolution_is_the_product_of_polynomials` |
/// | turned twice, they are what they were | `windows_turned_twice_are_what_they_were` |
///
/// # Errors
///
/// [`NnError::EntryCount`] unless the weights are whole windows.
///
/// # Examples
///
/// ```
/// use gradus_nn::layers::turned_windows;
///
/// let two_windows = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
/// assert_eq!(turned_windows(&two_windows, [2, 2])?, [4.0, 3.0, 2.0, 1.0, 8.0, 7.0, 6.0, 5.0]);
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press 2016, §9.1, (9.4) to (9.6).
#[doc(alias = "flip")]
pub fn turned_windows<T: Float>(weights: &[T], kernel: [usize; 2]) -> Result<Vec<T>, NnError> {
    let pixels = kernel[0].saturating_mul(kernel[1]);
    let got = weights.len();
    if pixels == 0 || !got.is_multiple_of(pixels) {
        let expected = got.next_multiple_of(pixels.max(1)).max(1);
        return Err(NnError::EntryCount { expected, got });
    }
    let mut turned = weights.to_vec();
    turned.chunks_mut(pixels).for_each(<[T]>::reverse);
    Ok(turned)
}
