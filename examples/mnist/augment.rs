//! Images that are a little different in every epoch: moved, turned, larger or smaller.
//!
//! ```text
//! x'(p) = x(A⁻¹ (p − c − t) + c),    A = s · (cos φ, −sin φ; sin φ, cos φ)
//! ```
//!
//! for pixels p, the center c, a shift t, an angle φ and a scale s. Between pixels the brightness is bilinear, beyond the
//! edge it is zero. What is drawn for an image depends on seed, epoch and image alone, so that neither threads nor a
//! killed training change it.

use gradus::data::LabelledImages;
use gradus::nn::{Callback, Event, Samples, TargetBuffer};
use gradus::random::{Key, uniform};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

/// Training images, each drawn anew in every epoch.
pub(crate) struct Augmented<'a> {
    images: &'a LabelledImages,
    key: Key,
    /// Which epoch it is.
    epoch: &'a AtomicU64,
}

impl<'a> Augmented<'a> {
    pub(crate) const fn new(images: &'a LabelledImages, key: Key, epoch: &'a AtomicU64) -> Self {
        Self { images, key, epoch }
    }

    /// Writes image `i` as it is in this epoch.
    fn draw(&self, i: u32, x: &mut [f32]) {
        let epoch = self.epoch.load(Ordering::Relaxed);
        let mut rng = self.key.round(epoch).index(i.into()).rng();
        let mut within = |most: f64| most * (2.0 * uniform(&mut rng) - 1.0);
        let (shift, angle, scale) = ([within(SHIFT), within(SHIFT)], within(ANGLE), within(SCALE));
        let (sin, cos) = angle.sin_cos();
        let [cos, sin] = [cos, sin].map(|part| part / (1.0 + scale)); // of A⁻¹
        let (rows, columns) = (self.images.rows(), self.images.columns());
        let center = [rows, columns].map(|n| (n as f64 - 1.0) / 2.0);
        let pixels = self.images.sample(i as usize).unwrap_or(&[]);
        for (at, x) in x.iter_mut().enumerate() {
            let row = (at / columns) as f64 - center[0] - shift[0];
            let column = (at % columns) as f64 - center[1] - shift[1];
            let from = [
                cos * row + sin * column + center[0],
                cos * column - sin * row + center[1],
            ];
            *x = bilinear(pixels, [rows, columns], from) / f32::from(self.images.white());
        }
    }
}

/// The brightness between four pixels.
#[expect(
    clippy::cast_possible_truncation,
    reason = "places near the image, brightness up to 255"
)]
fn bilinear(pixels: &[u8], [rows, columns]: [usize; 2], [row, column]: [f64; 2]) -> f32 {
    let pixel = |row: i64, column: i64| -> f64 {
        let (Ok(row), Ok(column)) = (usize::try_from(row), usize::try_from(column)) else {
            return 0.0;
        };
        let inside = row < rows && column < columns;
        let pixel = pixels.get(row * columns + column).filter(|_| inside);
        pixel.map_or(0.0, |&pixel| pixel.into())
    };
    let (i, j) = (row.floor() as i64, column.floor() as i64);
    let (down, right) = (row - row.floor(), column - column.floor());
    let between = |i| (1.0 - right) * pixel(i, j) + right * pixel(i, j + 1);
    ((1.0 - down) * between(i) + down * between(i + 1)) as f32
}

impl Samples<f32> for Augmented<'_> {
    fn len(&self) -> usize {
        self.images.len()
    }

    fn features(&self) -> usize {
        self.images.features()
    }

    fn gather(&self, index: &[u32], x: &mut [f32]) {
        let samples = x.chunks_exact_mut(self.features().max(1));
        samples.zip(index).for_each(|(x, &i)| self.draw(i, x));
    }

    fn gather_targets(&self, index: &[u32], targets: &mut TargetBuffer<f32>) {
        let labels = self.images.labels();
        targets.set_labels(
            index
                .iter()
                .filter_map(|&i| labels.get(i as usize).copied()),
        );
    }
}

/// Tells the images which epoch it is, also where a training goes on in the middle of one.
pub(crate) struct Clock<'a>(pub(crate) &'a AtomicU64);

impl Callback<f32> for Clock<'_> {
    fn on(&mut self, event: &Event<'_, f32>) -> ControlFlow<()> {
        if let Event::EpochStart { epoch } = event {
            self.0.store(*epoch, Ordering::Relaxed);
        }
        ControlFlow::Continue(())
    }
}

/// How far an image moves, in pixels; how far it turns, in radians; by which share it grows or shrinks.
const SHIFT: f64 = 2.0;
const ANGLE: f64 = 0.15;
const SCALE: f64 = 0.1;
