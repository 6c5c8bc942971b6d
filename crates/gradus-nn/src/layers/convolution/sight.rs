//! What a window sees of images.

use crate::error::{Misfit, NnError};
use crate::recording::{Batch, Pass};
use crate::sample_shape::SampleShape;
use gradus_autodiff::rules::Window;
use gradus_linalg::Scalar;

/// How a window looks at images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sight {
    pub(super) kernel: [usize; 2],
    pub(super) stride: [usize; 2],
    pub(super) padding: [usize; 2],
    pub(super) dilation: [usize; 2],
}

impl Sight {
    /// The window over the images `x`, and the shape of `outputs` images that it makes of them.
    pub(super) fn over<'t, T: Scalar>(
        self,
        x: Batch<'t, T>,
        pass: &Pass<'_, 't, T>,
        outputs: usize,
    ) -> Result<(Window, SampleShape), NnError> {
        let SampleShape::Image {
            channels,
            height,
            width,
        } = x.sample
        else {
            return Err(pass.misfit(x, Misfit::NotAnImage));
        };
        let Self {
            kernel,
            stride,
            padding,
            dilation,
        } = self;
        let window = Window {
            channels,
            image: [height, width],
            kernel,
            stride,
            padding,
            dilation,
        };
        let why = Misfit::Window {
            kernel,
            stride,
            padding,
            dilation,
        };
        match window.output() {
            Some([height, width]) if outputs > 0 => {
                let channels = outputs;
                let sample = SampleShape::Image {
                    channels,
                    height,
                    width,
                };
                Ok((window, sample))
            }
            _ => Err(pass.misfit(x, why)),
        }
    }
}
