//! Colors that every reader can tell apart.

/// Red, green, blue.
pub(crate) type Color = [u8; 3];

/// How numbers become colors.
///
/// All maps keep their order in gray print and for readers who confuse red and green.
///
/// # References
///
/// `Blues` and `Diverging` are interpolated from `ColorBrewer`'s nine-class *Blues* and *`RdBu`* (C. Brewer,
/// <https://colorbrewer2.org>), `Viridis` from ten colors of the map by S. van der Walt and N. Smith (2015).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorMap {
    /// Black to white: photographs, bright strokes on a dark ground.
    Gray,
    /// White to dark blue: counts and shares.
    Blues,
    /// Dark violet to yellow: any surface.
    Viridis,
    /// Blue below zero, white at zero, red above: weights.
    Diverging,
}

impl ColorMap {
    /// The color of a share in $`[0, 1]`$; gray for what is not a number.
    pub(crate) fn color(self, share: f64) -> Color {
        let stops: &[Color] = match self {
            Self::Gray => &GRAY,
            Self::Blues => &BLUES,
            Self::Viridis => &VIRIDIS,
            Self::Diverging => &DIVERGING,
        };
        if share.is_nan() {
            return MISSING;
        }
        let last = stops.len() - 1; // every map has two stops at least
        let position = share.clamp(0.0, 1.0) * last as f64;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the number of stops"
        )]
        let below = (position as usize).min(last - 1);
        mix(stops[below], stops[below + 1], position - below as f64)
    }

    /// Where a value lies between the ends of the map, given the ends of the data.
    pub(crate) fn share(self, value: f64, [low, high]: [f64; 2]) -> f64 {
        // Halves keep the differences finite; equal ends show the middle.
        let [low, high] = match self {
            Self::Diverging => [-low.abs().max(high.abs()), low.abs().max(high.abs())],
            _ => [low, high],
        };
        let span = high / 2.0 - low / 2.0;
        if !value.is_finite() {
            f64::NAN
        } else if span > 0.0 {
            (value / 2.0 - low / 2.0) / span
        } else {
            0.5
        }
    }

    /// The ends of a legend for data between the given ends.
    pub(crate) const fn ends(self, [low, high]: [f64; 2]) -> [f64; 2] {
        match self {
            Self::Diverging => [-low.abs().max(high.abs()), low.abs().max(high.abs())],
            _ => [low, high],
        }
    }
}

/// The color of a class or a curve; after seven they begin again.
pub(crate) const fn category(index: usize) -> Color {
    CATEGORIES[index % CATEGORIES.len()]
}

/// A light version of a color, for grounds.
pub(crate) fn tint(color: Color) -> Color {
    mix([255; 3], color, 0.3)
}

/// The way from one color to another.
pub(crate) fn mix(a: Color, b: Color, share: f64) -> Color {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between two bytes"
    )]
    let channel =
        |i: usize| (f64::from(a[i]) * (1.0 - share) + f64::from(b[i]) * share).round() as u8;
    [channel(0), channel(1), channel(2)]
}

/// Texts.
pub(crate) const INK: Color = [40, 40, 40];
/// Frames and ticks.
pub(crate) const LINE: Color = [120, 120, 120];
/// Grid lines.
pub(crate) const GRID: Color = [228, 228, 228];
/// Cells without a number.
pub(crate) const MISSING: Color = [190, 190, 190];

/// M. Okabe and K. Ito, *Color Universal Design* (2008), without the yellow, which is weak on white.
const CATEGORIES: [Color; 7] = [
    [0, 114, 178],
    [213, 94, 0],
    [0, 158, 115],
    [204, 121, 167],
    [230, 159, 0],
    [86, 180, 233],
    [0, 0, 0],
];
const GRAY: [Color; 2] = [[0; 3], [255; 3]];
const BLUES: [Color; 9] = [
    [247, 251, 255],
    [222, 235, 247],
    [198, 219, 239],
    [158, 202, 225],
    [107, 174, 214],
    [66, 146, 198],
    [33, 113, 181],
    [8, 81, 156],
    [8, 48, 107],
];
const VIRIDIS: [Color; 10] = [
    [68, 1, 84],
    [72, 40, 120],
    [62, 74, 137],
    [49, 104, 142],
    [38, 130, 142],
    [31, 158, 137],
    [53, 183, 121],
    [110, 206, 88],
    [181, 222, 43],
    [253, 231, 37],
];
const DIVERGING: [Color; 9] = [
    [33, 102, 172],
    [67, 147, 195],
    [146, 197, 222],
    [209, 229, 240],
    [247, 247, 247],
    [253, 219, 199],
    [244, 165, 130],
    [214, 96, 77],
    [178, 24, 43],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_start_and_end_where_they_say() {
        assert_eq!(ColorMap::Gray.color(0.0), [0; 3]);
        assert_eq!(ColorMap::Gray.color(0.5), [128; 3]);
        assert_eq!(ColorMap::Gray.color(7.0), [255; 3]);
        assert_eq!(ColorMap::Diverging.color(0.5), [247; 3]);
        assert_eq!(ColorMap::Viridis.color(f64::NAN), MISSING);
    }

    #[test]
    fn zero_is_the_middle_of_a_diverging_map() {
        assert_eq!(ColorMap::Diverging.share(0.0, [-1.0, 3.0]), 0.5);
        assert_eq!(ColorMap::Diverging.share(3.0, [-1.0, 3.0]), 1.0);
        assert_eq!(ColorMap::Blues.share(0.0, [-1.0, 3.0]), 0.25);
    }

    #[test]
    fn extreme_data_still_has_a_place() {
        let ends = [-f64::MAX, f64::MAX];
        assert_eq!(ColorMap::Gray.share(0.0, ends), 0.5);
        assert_eq!(ColorMap::Gray.share(f64::MAX, ends), 1.0);
        assert_eq!(ColorMap::Gray.share(2.0, [2.0, 2.0]), 0.5);
        assert!(ColorMap::Gray.share(f64::INFINITY, ends).is_nan());
    }
}
