//! Signed numbers over pictures: what speaks for an answer, and what against it.

use crate::canvas::color::{ColorMap, INK, mix};
use crate::canvas::figure::Figure;
use crate::charts::heat_map::ends;
use crate::charts::image_grid::{Contrast, Image, numbers, paint};
use crate::error::PlotError;
use gradus_numeric::{Float, MatrixRef};

/// Signed numbers over a picture of the same size, with a caption.
#[derive(Clone, Copy, Debug)]
pub struct Overlay<'a, T> {
    /// The picture below: large numbers are strokes.
    pub ground: MatrixRef<'a, T>,
    /// The signed numbers, one a pixel.
    pub values: MatrixRef<'a, T>,
    /// What stands below; empty for none.
    pub caption: &'a str,
}

/// Pictures in rows of `columns`, each under its signed numbers: attributions of pixels.
///
/// Red speaks for, blue against, white is nothing; the strokes of the picture are shadows. With [`Contrast::Shared`] the colors of all pictures can
/// be compared, with [`Contrast::PerImage`] each uses all of them. The height follows from the number of pictures, as in
/// [`image_grid`](crate::image_grid).
///
/// # Errors
///
/// As [`image_grid`](crate::image_grid); [`PlotError::ImageSize`] also if a ground has another size than its numbers.
///
/// # Examples
///
/// ```
/// use gradus_plot::{Contrast, Figure, MatrixRef, Order, Overlay, Shape, overlay_grid};
///
/// let shape = Shape::new(2, 2);
/// let ground = MatrixRef::new(&[0.0, 1.0, 1.0, 0.0], shape, Order::Rows)?;
/// let values = MatrixRef::new(&[0.1, 2.0, -1.0, 0.0], shape, Order::Rows)?;
/// let over = [Overlay { ground, values, caption: "why a 7" }];
/// let svg = overlay_grid(&Figure::new("Attributions", "", ""), &over, 1, Contrast::Shared)?;
/// assert!(svg.contains("<image") && svg.contains("why a 7"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn overlay_grid<T: Float>(
    figure: &Figure,
    overlays: &[Overlay<'_, T>],
    columns: usize,
    contrast: Contrast,
) -> Result<String, PlotError> {
    check_sizes(overlays)?;
    let images: Vec<Image<'_, T>> = overlays
        .iter()
        .map(|over| Image {
            pixels: over.values,
            caption: over.caption,
        })
        .collect();
    let map = ColorMap::Diverging;
    paint(figure, &images, columns, contrast, |index, data| {
        let ground = Image {
            pixels: overlays[index].ground, // an image for each overlay
            caption: "",
        };
        let light = ends(numbers(&ground)).unwrap_or([0.0; 2]);
        let pixels = numbers(&images[index]).zip(numbers(&ground));
        let shadow = |g: f64| match ColorMap::Gray.share(g, light) {
            share if share.is_nan() || light[0] == light[1] => 0.0,
            share => SHADOW * share,
        };
        pixels
            .map(|(x, g)| mix(map.color(map.share(x, data)), INK, shadow(g)))
            .collect()
    })
}

/// Every ground has the size of its numbers.
fn check_sizes<T: Float>(overlays: &[Overlay<'_, T>]) -> Result<(), PlotError> {
    let differs = |over: &Overlay<'_, T>| over.ground.shape() != over.values.shape();
    match overlays.iter().position(differs) {
        None => Ok(()),
        Some(index) => {
            let Overlay { ground, values, .. } = overlays[index]; // a position in it
            Err(PlotError::ImageSize {
                index,
                rows: values.rows(),
                columns: values.columns(),
                got_rows: ground.rows(),
                got_columns: ground.columns(),
            })
        }
    }
}

/// How dark the strokes are: colors on them can still be told apart.
const SHADOW: f64 = 0.4;
