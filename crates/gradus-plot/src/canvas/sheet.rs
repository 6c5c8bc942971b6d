//! The few shapes that pictures are made of; the only file that knows the drawing library.

use crate::canvas::color::{Color, INK};
use crate::canvas::figure::Figure;
use crate::canvas::png::data_uri;
use crate::canvas::shrink::shrunk;
use crate::error::PlotError;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Rectangle, Text};
use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontTransform, IntoFont, IntoTextStyle, RGBColor, ShapeStyle};
use std::error::Error;
use std::fmt::Write;

/// A white sheet in the middle of being drawn.
pub(crate) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
    rasters: Vec<String>,
}

/// A rectangle in pixels, right and bottom excluded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

/// Where a text lies about its point.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Anchor {
    /// The point is the middle of the text.
    Center,
    /// The point is the middle of its left side.
    Left,
    /// The point is the middle of its right side.
    Right,
}

/// Draws a figure of the given size and returns the SVG document.
pub(crate) fn draw(
    figure: &Figure,
    paint: impl FnOnce(&mut Canvas<'_>) -> Result<(), PlotError>,
) -> Result<String, PlotError> {
    figure.size()?;
    let mut svg = String::new();
    let rasters = paint_into(&mut svg, figure, paint)?;
    // Rasters lie on the white sheet and below everything else; the sheet is the first element.
    let sheet = svg.find("/>\n").map_or(svg.len(), |at| at + 3);
    svg.insert_str(sheet, &rasters);
    Ok(svg)
}

/// Draws into `svg` and returns the rasters, which the drawing library does not know.
fn paint_into(
    svg: &mut String,
    figure: &Figure,
    paint: impl FnOnce(&mut Canvas<'_>) -> Result<(), PlotError>,
) -> Result<String, PlotError> {
    let area = SVGBackend::with_string(svg, (figure.width, figure.height)).into_drawing_area();
    let rasters = Vec::new();
    let mut canvas = Canvas { area, rasters };
    canvas.area.fill(&rgb([255; 3]))?;
    paint(&mut canvas)?;
    canvas.area.present()?;
    Ok(canvas.rasters.concat())
}

impl Canvas<'_> {
    /// A filled rectangle.
    pub(crate) fn rectangle(&self, area: Area, color: Color) -> Result<(), PlotError> {
        let corners = [(area.left, area.top), (area.right, area.bottom)];
        self.area
            .draw(&Rectangle::new(corners, rgb(color).filled()))?;
        Ok(())
    }

    /// The outline of a rectangle.
    pub(crate) fn frame(&self, area: Area, color: Color) -> Result<(), PlotError> {
        let (right, bottom) = (area.right, area.bottom);
        let corners = [
            (area.left, area.top),
            (right, area.top),
            (right, bottom),
            (area.left, bottom),
            (area.left, area.top),
        ];
        self.line(&corners, color, 1)
    }

    /// A line through points.
    pub(crate) fn line(
        &self,
        points: &[(i32, i32)],
        color: Color,
        width: u32,
    ) -> Result<(), PlotError> {
        let style = stroke(color, width);
        self.area.draw(&PathElement::new(points.to_vec(), style))?;
        Ok(())
    }

    /// A disk with a white rim.
    pub(crate) fn disk(
        &self,
        center: (i32, i32),
        radius: i32,
        color: Color,
    ) -> Result<(), PlotError> {
        let white = rgb([255; 3]).filled();
        self.area.draw(&Circle::new(center, radius + 1, white))?;
        self.area
            .draw(&Circle::new(center, radius, rgb(color).filled()))?;
        Ok(())
    }

    /// A text of at most `room` pixels.
    pub(crate) fn text(
        &self,
        text: &str,
        at: (i32, i32),
        size: i32,
        color: Color,
        anchor: Anchor,
        room: i32,
    ) -> Result<(), PlotError> {
        self.write(text, at, size, color, anchor, room, FontTransform::None)
    }

    /// A text of at most `room` pixels that runs upwards, with its middle at a point.
    pub(crate) fn upward_text(
        &self,
        text: &str,
        at: (i32, i32),
        size: i32,
        room: i32,
    ) -> Result<(), PlotError> {
        let turn = FontTransform::Rotate270;
        self.write(text, at, size, INK, Anchor::Center, room, turn)
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "the one place that both directions of text go through"
    )]
    fn write(
        &self,
        text: &str,
        at: (i32, i32),
        size: i32,
        color: Color,
        anchor: Anchor,
        room: i32,
        turn: FontTransform,
    ) -> Result<(), PlotError> {
        let text = fit(text, size, room);
        if text.is_empty() {
            return Ok(());
        }
        let across = match anchor {
            Anchor::Center => HPos::Center,
            Anchor::Left => HPos::Left,
            Anchor::Right => HPos::Right,
        };
        let font = ("sans-serif", size).into_font().transform(turn);
        let color = rgb(color);
        let style = font
            .into_text_style(&self.area)
            .color(&color)
            .pos(Pos::new(across, VPos::Center));
        self.area.draw(&Text::new(text, at, style))?;
        Ok(())
    }

    /// A picture of colored cells, `columns` in a row, stretched over an area with sharp edges.
    ///
    /// More cells than pixels are averaged first: the document stays as small as the picture.
    pub(crate) fn raster(&mut self, area: Area, columns: usize, cells: &[Color]) {
        let mut image = String::new();
        let (width, height) = (area.width(), area.height());
        let most = [height, width].map(|n| usize::try_from(n).unwrap_or(0).max(1));
        let (columns, cells) = &shrunk(columns, cells, most);
        let _ = writeln!(
            image,
            "<image x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\" \
             style=\"image-rendering:pixelated\" href=\"{}\"/>",
            area.left,
            area.top,
            data_uri(*columns, cells)
        ); // writing to a String cannot fail
        self.rasters.push(image);
    }
}

impl Area {
    pub(crate) const fn width(self) -> i32 {
        self.right - self.left
    }

    pub(crate) const fn height(self) -> i32 {
        self.bottom - self.top
    }

    pub(crate) const fn center(self) -> (i32, i32) {
        (self.left + self.width() / 2, self.top + self.height() / 2)
    }
}

/// What of a text fits into `room` pixels, without characters that XML forbids.
fn fit(text: &str, size: i32, room: i32) -> String {
    // A letter of a sans-serif font is half of its size wide on average.
    let most = usize::try_from(room.saturating_mul(2) / size.max(1)).unwrap_or(0);
    let clean = |c: char| {
        if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') {
            '\u{fffd}'
        } else {
            c
        }
    };
    if text.chars().count() <= most {
        return text.chars().map(clean).collect();
    }
    let kept = text.chars().take(most.saturating_sub(1)).map(clean);
    kept.chain((most > 0).then_some('…')).collect()
}

const fn rgb([r, g, b]: Color) -> RGBColor {
    RGBColor(r, g, b)
}

fn stroke(color: Color, width: u32) -> ShapeStyle {
    ShapeStyle::from(&rgb(color)).stroke_width(width)
}

trait Filled {
    fn filled(&self) -> ShapeStyle;
}

impl Filled for RGBColor {
    fn filled(&self) -> ShapeStyle {
        ShapeStyle::from(self).filled()
    }
}

impl<E: Error + Send + Sync> From<DrawingAreaErrorKind<E>> for PlotError {
    fn from(_: DrawingAreaErrorKind<E>) -> Self {
        Self::Refused
    }
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn a_text_is_cut_to_its_room() {
        assert_eq!(fit("short", 10, 100), "short");
        assert_eq!(fit("abcdefghij", 10, 33), "abcde…"); // six letters of 5 pixels
        assert_eq!(fit("abc", 10, 0), "");
        assert_eq!(fit("abc", 10, -5), "");
    }

    #[test]
    fn forbidden_characters_are_replaced() {
        assert_eq!(
            fit("a\u{0}b\u{ffff}\n", 10, 100),
            "a\u{fffd}b\u{fffd}\u{fffd}"
        );
    }
}
