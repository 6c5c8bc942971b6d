//! Many small pictures side by side.

use crate::canvas::axes::title;
use crate::canvas::color::{Color, ColorMap, GRID, INK};
use crate::canvas::figure::Figure;
use crate::canvas::sheet::{Anchor, Area, draw};
use crate::charts::heat_map::ends;
use crate::error::PlotError;
use gradus_numeric::{Float, MatrixRef};

/// A picture with a caption.
#[derive(Clone, Copy, Debug)]
pub struct Image<'a, T> {
    /// The pixels, row 0 on top.
    pub pixels: MatrixRef<'a, T>,
    /// What stands below; empty for none.
    pub caption: &'a str,
}

/// Which numbers the ends of the color map stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contrast {
    /// Smallest and largest number of all images together: brightness can be compared.
    Shared,
    /// Smallest and largest number of each image: every image uses all colors.
    PerImage,
}

/// Images in rows of `columns`, each with its caption: digits, mistakes, weights of a first layer.
///
/// The figure's width decides how large the images are; its height follows from their number, so the
/// height that was given is not used. Pixels that are not finite are gray. An image with more pixels than its place is
/// shrunk: each pixel there has the mean color of those below it.
///
/// # Errors
///
/// [`PlotError::Empty`] without images, columns or finite pixels; [`PlotError::ImageSize`] if the images
/// differ in size; [`PlotError::TooMany`] if the figure has less than a pixel for an image;
/// [`PlotError::BadSize`] if the figure becomes too high.
///
/// # Examples
///
/// ```
/// use gradus_plot::{MatrixRef, Order, Shape, ColorMap, Contrast, Figure, Image, image_grid};
///
/// let pixels = [0.0, 1.0, 1.0, 0.0];
/// let pixels = MatrixRef::new(&pixels, Shape::new(2, 2), Order::Rows)?;
/// let images = vec![Image { pixels, caption: "7, not 1" }; 6];
/// let figure = Figure::new("Worst mistakes", "", "");
/// let svg = image_grid(&figure, &images, 3, ColorMap::Gray, Contrast::Shared)?;
/// assert_eq!(svg.matches("<image").count(), 6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn image_grid<T: Float>(
    figure: &Figure,
    images: &[Image<'_, T>],
    columns: usize,
    map: ColorMap,
    contrast: Contrast,
) -> Result<String, PlotError> {
    paint(figure, images, columns, contrast, |index, data| {
        let color = |x| map.color(map.share(x, data));
        numbers(&images[index]).map(color).collect() // below their number
    })
}

/// The pictures of a grid, with the colors that `cells` gives each, by its index and the ends of its numbers.
pub(super) fn paint<T: Float>(
    figure: &Figure,
    images: &[Image<'_, T>],
    columns: usize,
    contrast: Contrast,
    cells: impl Fn(usize, [f64; 2]) -> Vec<Color>,
) -> Result<String, PlotError> {
    let grid = Grid::new(figure, images, columns)?;
    let all = images.iter().flat_map(numbers);
    let shared = ends(all).ok_or(PlotError::Empty)?;
    let figure = Figure {
        height: grid.height,
        ..figure.clone()
    };
    draw(&figure, |canvas| {
        title(canvas, &figure)?;
        for (index, image) in images.iter().enumerate() {
            let data = match contrast {
                Contrast::Shared => shared,
                Contrast::PerImage => ends(numbers(image)).unwrap_or(shared),
            };
            let area = grid.area(index);
            canvas.raster(area, image.pixels.columns(), &cells(index, data));
            canvas.frame(area, GRID)?;
            let below = (area.center().0, area.bottom + 10);
            let room = area.width() + GAP;
            canvas.text(image.caption, below, 12, INK, Anchor::Center, room)?;
        }
        Ok(())
    })
}

/// Where the images of a grid lie.
struct Grid {
    columns: usize,
    left: i32,
    top: i32,
    image: (i32, i32),
    caption: i32,
    height: u32,
}

impl Grid {
    fn new<T: Float>(
        figure: &Figure,
        images: &[Image<'_, T>],
        columns: usize,
    ) -> Result<Self, PlotError> {
        let (width, _) = figure.sized_like_width().size()?;
        let (rows, image_columns) = one_size(images)?;
        let columns = columns.min(images.len());
        if columns == 0 || rows == 0 || image_columns == 0 {
            return Err(PlotError::Empty);
        }
        let pixels = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
        let room = (width - 2 * MARGIN) / pixels(columns) - GAP;
        if room < 1 {
            let each = usize::try_from(1 + GAP).unwrap_or(0);
            return Err(PlotError::TooMany {
                needed: columns.saturating_mul(each),
                available: usize::try_from(width - 2 * MARGIN).unwrap_or(0),
            });
        }
        // Whole pixels of the figure for each of the image, or, for a large image, several of its pixels in one.
        let (wide, high) = (pixels(image_columns), pixels(rows));
        let image = match room / wide {
            0 => (room, shrunk_height(room, wide, high)),
            zoom => (zoom * wide, zoom.saturating_mul(high)),
        };
        let caption = if images.iter().any(|image| !image.caption.is_empty()) {
            20
        } else {
            0
        };
        let top = if figure.title.is_empty() { MARGIN } else { 40 };
        // i64: at most 8192 / 1 times a row count that fits memory.
        let lines = pixels(images.len().div_ceil(columns));
        let high = i64::from(image.1) + i64::from(caption + GAP);
        let height = i64::from(top + MARGIN).saturating_add(high.saturating_mul(lines.into()));
        let height = u32::try_from(height).unwrap_or(u32::MAX).max(64);
        let used = pixels(columns) * (image.0 + GAP) - GAP;
        Ok(Self {
            columns,
            left: (width - used) / 2,
            top,
            image,
            caption,
            height,
        })
    }

    /// The area of an image; the figure's size was checked, so nothing overflows.
    fn area(&self, index: usize) -> Area {
        let step = |n: usize, each: i32| i32::try_from(n).unwrap_or(0).saturating_mul(each);
        let left = self.left + step(index % self.columns, self.image.0 + GAP);
        let each = self.image.1.saturating_add(GAP + self.caption);
        let top = self.top.saturating_add(step(index / self.columns, each));
        Area {
            left,
            top,
            right: left + self.image.0,
            bottom: top.saturating_add(self.image.1),
        }
    }
}

impl Figure {
    /// The same width with a height that is surely fine: the height of a grid follows later.
    fn sized_like_width(&self) -> Self {
        Self {
            height: 64,
            ..self.clone()
        }
    }
}

/// Rows and columns of every image.
fn one_size<T: Float>(images: &[Image<'_, T>]) -> Result<(usize, usize), PlotError> {
    let size = |image: &Image<'_, T>| (image.pixels.rows(), image.pixels.columns());
    let (rows, columns) = images.first().map(size).ok_or(PlotError::Empty)?;
    match images
        .iter()
        .position(|image| size(image) != (rows, columns))
    {
        None => Ok((rows, columns)),
        Some(index) => {
            let (got_rows, got_columns) = size(&images[index]);
            Err(PlotError::ImageSize {
                index,
                rows,
                columns,
                got_rows,
                got_columns,
            })
        }
    }
}

/// The pixels from left to right, top to bottom.
pub(super) fn numbers<T: Float>(image: &Image<'_, T>) -> impl Iterator<Item = f64> {
    let pixels = image.pixels;
    (0..pixels.rows())
        .flat_map(move |i| pixels.row(i))
        .map(gradus_numeric::Real::to_f64)
}

/// The height that belongs to a width of `room`.
fn shrunk_height(room: i32, wide: i32, high: i32) -> i32 {
    let height = i64::from(room) * i64::from(high) / i64::from(wide.max(1));
    i32::try_from(height).unwrap_or(i32::MAX).max(1)
}

/// Between two images.
const GAP: i32 = 10;
/// Around the grid.
const MARGIN: i32 = 16;
